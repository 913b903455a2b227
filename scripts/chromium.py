"""The browser of this machine, for tests and pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# Without a sandbox of its own (containers have none to give), and without a word to the network.
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Debian's Chromium, with `more` arguments."""
    path = shutil.which("chromium")
    if path is None:
        raise FileNotFoundError("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *more])
        yield browser
        browser.close()
