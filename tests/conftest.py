"""What tests share: a newsletter's folder made for one test, and an issue built in it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import hypothesis
import pytest

from newsletter.build import Result, build
from newsletter.lookup import Templates
from newsletter.model import Words
from newsletter.project import open_project
from newsletter.values import Language

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SETTINGS = """\
publication: Safeguarding Monthly
sender: Example Trust
sender_email: editor@example.org
address: 1 Example Street
reason: You asked for it.
links:
  unsubscribe: https://example.org/unsubscribe
"""

PRIVACY = "privacy: https://example.org/privacy\n"
"""What settings without fault have besides."""

# The same examples at each run: a test that fails now and then is looked for where it is not.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("same")

Build = Callable[..., Result]

_WORDS = Templates().words(Language("en"))[0]
assert _WORDS
ENGLISH: Words = _WORDS


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite sample_output/")


@pytest.fixture(name="browser", scope="module")
def _browser() -> "Iterator[Browser]":
    """One browser for all tests of a module."""
    from scripts.chromium import chromium  # which most tests do without

    with chromium() as browser:
        yield browser


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty newsletter's folder, which is the current one."""
    (tmp_path / "issues").mkdir()
    (tmp_path / "newsletter.yaml").write_text(SETTINGS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(name="built")
def _built(folder: Path) -> Build:
    """Builds an issue from YAML, under settings that a test may replace or add to."""

    def built(issue: str, settings: str = "", more: str = "", theme: str = "") -> Result:
        (folder / "newsletter.yaml").write_text(
            dedent(settings) or SETTINGS + dedent(more), "utf-8"
        )
        path = folder / "issues" / "one.yaml"
        path.write_text(dedent(issue), "utf-8", newline="")
        return build(path, open_project(folder), theme)

    return built


def codes(result: Result) -> list[tuple[int, str]]:
    """The line and code of each problem."""
    return [(p.mark.line if p.mark else 0, p.code) for p in result.problems]


def escape(text: str) -> str:
    """Markdown that reads as exactly the characters of `text`, in one paragraph."""
    return re.sub(
        r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(re.split("[ \t\n]+", text.strip(" \t\n")))
    )
