"""Built emails in, pictures of them out: desktop, phone and dark, as Chromium shows them.

Each folder of sample_output/ gets desktop.png (1280 px), phone.png and dark.png (375 px), cut to
the first screens so that they can be shown on a page.
"""

import shutil
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
# Without a sandbox of its own (containers have none to give), without a word to the network, and
# with letters that are drawn the same on every machine.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
]


class Shot(NamedTuple):
    width: int
    height: int
    scheme: Literal["light", "dark"]


SHOTS = {
    "desktop": Shot(1280, 1600, "light"),
    "phone": Shot(375, 1200, "light"),
    "dark": Shot(375, 1200, "dark"),
}


def main(folders: list[Path]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for folder in folders:
            for name, shot in SHOTS.items():
                page = browser.new_page(
                    viewport={"width": shot.width, "height": shot.height},
                    color_scheme=shot.scheme,
                )
                page.goto((folder / "email.html").as_uri())
                page.screenshot(path=folder / f"{name}.png")
                page.close()
            print(f"{folder}: {', '.join(f'{name}.png' for name in SHOTS)}")
        browser.close()


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(given or sorted(path.parent for path in (ROOT / "sample_output").glob("*/email.html")))
