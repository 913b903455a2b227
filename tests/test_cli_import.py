"""`newsletter import`, as an editor meets it in a terminal."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import newsletter
from newsletter.importers import importers
from newsletter.live import fetch
from newsletter.live.fetch import Network
from tests.conftest import SETTINGS
from tests.importing import FILES, TODAY
from tests.web import HERE, Web, trust

TEXT = """\
Safeguarding Monthly

May 2024

Neglect

The charity has published [a report on neglect](https://example.org/neglect?utm_source=x).

The trust has a [survey](#) of schools.
"""
DRAFT = """\
# yaml-language-server: $schema=../.newsletter/issue.schema.json
# Imported from old.txt on {today}.
title: Safeguarding Monthly
date: 2024-05
layout: roundup

sections:
  - title: Neglect
    entries:
      - |
        The charity has published [a report on neglect](https://example.org/neglect).
      - |
        The trust has a [survey](#) of schools.
"""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands' day: a test may run at midnight."""
    monkeypatch.setattr(import_module("newsletter.cli.import_"), "_today", lambda: TODAY)


def _run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(newsletter, list(arguments), input=given, catch_exceptions=False)


def test_a_text_becomes_a_draft_that_says_what_is_to_be_done(folder: Path) -> None:
    Path("old.txt").write_text(TEXT)
    result = _run("import", "old.txt")
    assert (result.exit_code, result.output) == (
        0,
        "Read as text: plain text: a round-up, a digest, a briefing or news cards.\n"
        "issues/2024-05-old.yaml: 2 entries, set as roundup.\n"
        "  1 link has no address: look for # TODO and (#)\n"
        "Next: newsletter preview 2024-05-old\n",
    )
    made = folder / "issues" / "2024-05-old.yaml"
    assert made.read_text("utf-8") == DRAFT.format(today=TODAY)
    assert (folder / ".newsletter" / "issue.schema.json").is_file()


def test_a_draft_is_built_as_one_and_checked(folder: Path) -> None:
    Path("old.txt").write_text(TEXT)
    _run("import", "old.txt")
    assert _run("build", "--draft", "2024-05-old").exit_code == 0
    assert (folder / "output" / "2024-05-old" / "email.html").is_file()
    checked = _run("check", "2024-05-old").output
    assert re.findall(r"^(\S+): error: .*\[(\S+)\]$", checked, re.M) == [
        ("issues/2024-05-old.yaml:13:25", "link-target")
    ]


def test_the_report_lists_what_was_left_out(folder: Path) -> None:
    Path("old.txt").write_text(TEXT + "\nUnsubscribe\n\nUnsubscribe\n")
    output = _run("import", "old.txt", "--report").output
    assert output.partition("Next: ")[2] == (
        "newsletter preview 2024-05-old\n\n"
        "About unsubscribing:\n"
        "  Unsubscribe (2 times)\n\n"
        "Read as a date:\n"
        "  May 2024 → 2024-05\n"
    )


def test_the_report_of_what_was_imported_before_leaves_the_draft_alone(folder: Path) -> None:
    Path("old.txt").write_text(TEXT)
    _run("import", "old.txt")
    made = folder / "issues" / "2024-05-old.yaml"
    made.write_text("mine")
    result = _run("import", "old.txt", "--report")
    assert (result.exit_code, made.read_text(), result.output) == (
        0,
        "mine",
        "issues/2024-05-old.yaml is there already: it is left as it is.\n\n"
        "Read as a date:\n"
        "  May 2024 → 2024-05\n",
    )


def test_a_draft_that_is_there_is_never_overwritten(folder: Path) -> None:
    Path("old.txt").write_text(TEXT)
    _run("import", "old.txt")
    made = folder / "issues" / "2024-05-old.yaml"
    made.write_text("mine")
    result = _run("import", "old.txt")
    assert (result.exit_code, made.read_text()) == (1, "mine")
    assert "there is such a file already" in result.output
    assert "choose another name for the issue with -o FILE" in result.output


def test_the_draft_goes_where_it_is_told_in_the_layout_that_is_told(folder: Path) -> None:
    Path("old.txt").write_text(TEXT)
    result = _run("import", "old.txt", "-o", "issues/mine.yaml", "--layout", "briefing")
    assert (folder / ".newsletter" / "issue.schema.json").is_file()
    assert "issues/mine.yaml: 2 entries" in result.output
    assert "layout: briefing\n" in (folder / "issues" / "mine.yaml").read_text()


def test_standard_input_is_read(folder: Path) -> None:
    result = _run("import", "-", given=TEXT.encode())
    assert "issues/2024-05-safeguarding-monthly.yaml: 2 entries" in result.output
    made = folder / "issues" / "2024-05-safeguarding-monthly.yaml"
    assert made.read_text().splitlines()[1] == f"# Imported from standard input on {TODAY}."


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.docx"], "there is no such file"),
        (["odl.txt"], "there is no such file (did you mean 'old.txt'?)"),
        (["issues"], "this is a folder, not a file"),
        (["empty.txt"], "this is empty"),
        (["old.txt", "--as", "wrod"], "there is no format 'wrod' (did you mean 'word'?)"),
        (["old.txt", "--layout", "rundup"], "there is no layout 'rundup'"),
        (["picture.png"], "this is no format that is known here"),
        (["report.pdf"], "this is a PDF file, in which words have places but no order"),
        (["old.txt", "-o", "out.html"], "An issue is called NAME.yaml."),
        (["http://127.0.0.1/"], "'127.0.0.1' is an address inside a private network"),
        (["http://localhost:1/"], "'localhost' is an address inside a private network"),
    ],
)
def test_what_cannot_be_imported_is_told(folder: Path, arguments: list[str], words: str) -> None:
    Path("old.txt").write_text(TEXT)
    Path("empty.txt").write_text("")
    Path("report.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    Path("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = _run("import", *arguments)
    assert result.exit_code in (1, 2)
    assert words in " ".join(result.output.split())
    assert list((folder / "issues").iterdir()) == []


def test_a_file_of_200_mb_is_refused_unread(folder: Path) -> None:
    with Path("large.txt").open("wb") as file:
        file.truncate(200_000_000)
    result = _run("import", "large.txt")
    assert (result.exit_code, "this file is larger than 50 MB" in result.output) == (1, True)


def test_a_page_of_the_web_is_imported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (
        "200 <html><head><title>Round-up, May 2024</title></head><body><main>"
        "<h2>Neglect</h2><p>The trust has a <a href='/survey'>survey of schools</a>.</p>"
        "</main></body></html>"
    )
    with Web({"https://example.org/may": page}) as web:
        monkeypatch.setattr(fetch, "NETWORK", Network(web.resolve, frozenset({HERE}), trust()))
        result = _run("import", "https://example.org/may")
    assert "issues/2024-05-round-up.yaml: 1 entry" in result.output
    made = (folder / "issues" / "2024-05-round-up.yaml").read_text()
    assert "[survey of schools](https://example.org/survey)" in made


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("404 gone", "this page cannot be read: its server answers with 404"),
        ("301 https://example.org/a", "it redirects in a circle, or without end"),
        ("301 http://10.0.0.1/", "'10.0.0.1' is an address inside a private network"),
        ("nothing", "there is no website 'example.org'"),
    ],
)
def test_a_page_that_cannot_be_read_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, page: str, words: str
) -> None:
    with Web({"https://example.org/a": page}) as web:
        monkeypatch.setattr(fetch, "NETWORK", Network(web.resolve, frozenset({HERE}), trust()))
        result = _run("import", "https://example.org/a")
    assert (result.exit_code, words in " ".join(result.output.split())) == (1, True)
    assert list((folder / "issues").iterdir()) == []


def test_pictures_of_a_saved_page_are_taken_along(folder: Path) -> None:
    picture = (FILES.parent.parent / "issues/images/panel-report.png").read_bytes()
    Path("saved_files").mkdir()
    Path("saved_files/a photo.png").write_bytes(picture)
    Path("secret.png").write_bytes(picture)
    Path("below").mkdir()
    Path("below/saved.html").write_text(
        "<h1>May 2024</h1><h2>One</h2><p><img src='../secret.png' alt='Beside'></p><p>Words.</p>"
    )
    Path("saved.html").write_text(
        "<h1>May 2024</h1><h2>One</h2><p><img src='saved_files/a%20photo.png' alt='A desk'></p>"
        "<p>Words.</p>"
    )
    result = _run("import", "saved.html")
    assert "  1 picture saved beside it\n" in result.output
    made = folder / "issues"
    assert (made / "images" / "2024-05-saved-a-photo.png").read_bytes() == picture
    assert "src: images/2024-05-saved-a-photo.png\n" in (made / "2024-05-saved.yaml").read_text()
    # A page cannot take what lies outside its own folder.
    result = _run("import", "below/saved.html", "-o", "issues/other.yaml")
    assert "the picture '../secret.png' is not there" in result.output
    assert sorted(path.name for path in (made / "images").iterdir()) == [
        "2024-05-saved-a-photo.png"
    ]


OPML = """\
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Research"><outline type="rss" text="Example Trust" xmlUrl="https://example.org/feed"/>
</outline></body></opml>
"""


def test_a_list_of_feeds_goes_to_the_settings_and_nothing_else_changes(folder: Path) -> None:
    Path("feeds.opml").write_text(OPML)
    Path("newsletter.yaml").write_text(SETTINGS + "# the end\n")
    result = _run("import", "feeds.opml")
    assert (result.exit_code, result.output.splitlines()[:2]) == (
        0,
        ["feeds.opml is a list of feeds.", "newsletter.yaml: 1 feed added."],
    )
    settings = Path("newsletter.yaml").read_text()
    assert settings.startswith(SETTINGS)
    assert [line for line in settings.splitlines() if line not in SETTINGS.splitlines()] == [
        "# the end",
        "",
        "feeds:",
        "  - url: https://example.org/feed",
        "    publisher: Example Trust",
        "    section: Research",
    ]
    again = _run("import", "feeds.opml")
    assert "  1 feed stood there already.\n" in again.output
    assert Path("newsletter.yaml").read_text() == settings


def test_the_help_names_every_format() -> None:
    told = " ".join(_run("import", "--help").output.split())
    listed = re.search(r"Formats for --as: ([a-z, ]+)", told)
    assert listed is not None
    assert [name.strip() for name in listed[1].split(",")] == sorted(importers())
