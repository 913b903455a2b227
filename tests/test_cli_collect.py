"""`newsletter collect`, as an editor meets it in a terminal."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import newsletter
from newsletter.cli.collect import collect
from newsletter.live import fetch
from newsletter.live.fetch import Network
from tests.conftest import SETTINGS
from tests.test_collect import ONE, TWO, rss
from tests.web import HERE, Page, Web, trust

WITHOUT_DAYS = "<item><title>{}</title><link>{}</link></item>"


def _run(web: Web, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setattr(fetch, "NETWORK", Network(web.resolve, frozenset({HERE}), trust()))
    return CliRunner().invoke(collect, list(arguments), catch_exceptions=False)


@pytest.fixture(name="feeds")
def _feeds(folder: Path) -> Path:
    """A newsletter with two feeds and an issue of April 2024."""
    feeds = (
        f"feeds:\n  - url: {ONE}\n    publisher: One\n  - url: {TWO}\n    publisher: Charity Two\n"
    )
    (folder / "newsletter.yaml").write_text(SETTINGS + feeds, "utf-8")
    (folder / "issues" / "2024-04.yaml").write_text("title: A\ndate: 2024-04\n", "utf-8")
    return folder


def test_it_says_what_came_of_each_feed(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Charity warns of a rise in sextortion of boys"
    pages: dict[str, Page] = {
        ONE: rss(
            WITHOUT_DAYS.format(title, "https://one.example.org/a"),
            WITHOUT_DAYS.format(f"{title}, charity says", "https://one.example.org/b"),
            "<item><title>Old</title><pubDate>Mon, 01 Jan 2024 10:00:00 GMT</pubDate></item>",
        ),
        TWO: "410",
    }
    with Web(pages) as web:
        first = _run(web, monkeypatch)
        again = _run(web, monkeypatch)
    assert (first.exit_code, first.stdout) == (
        0,
        f"""\
Since 1 April 2024 (issue 2024-04 begins there):

  One          2 new, 1 older
  Charity Two  not read: the server says that there is no such feed any more: take it out of \
newsletter.yaml (410)

One story each, by their titles; they stand together in the inbox:
  {title} / {title}, charity says

2 new entries in issues/inbox.yaml.
""",
    )
    assert (again.exit_code, again.stdout.splitlines()[2], again.stdout.splitlines()[-1]) == (
        0,
        "  One          2 known already, 1 older",
        "There is nothing new.",
    )


def test_it_fails_when_no_feed_could_be_read(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Web({ONE: "404", TWO: "503"}) as web:
        result = _run(web, monkeypatch)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "No feed could be read.")
    assert not (feeds / "issues" / "inbox.yaml").exists()


def test_a_feed_may_be_empty_or_have_changed_its_address(
    feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Web({ONE: f"301 {TWO}", TWO: rss()}) as web:
        lines = _run(web, monkeypatch, "--since", "2024-05-01").stdout.splitlines()
    assert lines == [
        "Since 1 May 2024 (you asked for it):",
        "",
        "  One          it is empty",
        f"                 it has moved for good: write {TWO}",
        "  Charity Two  it is empty",
        "",
        "There is nothing new.",
    ]


def test_an_inbox_without_room_is_told(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.feeds.collect.MAX_NODES", 0)
    page = rss(WITHOUT_DAYS.format("A", "https://one.example.org/a"))
    with Web({ONE: page, TWO: "404"}) as web:
        lines = _run(web, monkeypatch).stdout.splitlines()
    assert lines[2] == "  One          1 waiting for room"
    assert lines[-2:] == [
        "Waiting for room: 1 entry. Clear issues/inbox.yaml, and run `newsletter collect` again.",
        "There is nothing new.",
    ]


def test_without_feeds_it_shows_what_to_write(folder: Path) -> None:
    result = CliRunner().invoke(newsletter, ["collect"])
    assert (result.exit_code, result.stderr) == (
        1,
        "newsletter.yaml: error: there are no feeds here [missing]\n"
        "        write whose news you follow:\n"
        "          feeds:\n"
        "            - url: https://example.org/feed/\n"
        "              publisher: Example Charity\n"
        "              section: Online Safety\n",
    )


def test_a_date_that_is_none_is_wrong_use(feeds: Path) -> None:
    result = CliRunner().invoke(collect, ["--since", "23/04/2024"])
    assert result.exit_code == 2
    assert "'23/04/2024' is not a date. write 2024-04-23" in result.stderr


def test_settings_with_an_error_are_told_first(feeds: Path) -> None:
    path = feeds / "newsletter.yaml"
    path.write_text(path.read_text("utf-8").replace(TWO, "ftp://example.org"), "utf-8")
    result = CliRunner().invoke(collect, [])
    assert result.exit_code == 1
    assert "a link cannot begin with 'ftp:'" in result.stderr


def test_a_terminal_sees_a_progress_bar(feeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Web({ONE: rss(), TWO: rss()}) as web:
        monkeypatch.setattr(fetch, "NETWORK", Network(web.resolve, frozenset({HERE}), trust()))
        runner = CliRunner()
        with runner.isolation() as streams:
            monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
            collect.main([], standalone_mode=False)
        assert b"Reading feeds" in streams[1].getvalue()


def _files(folder: Path) -> dict[str, bytes]:
    """All that an editor would see."""
    there = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "cache")
    return {path.name: path.read_bytes() for path in there}


def test_whoever_interrupts_it_finds_everything_as_it_was(
    feeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsletter.feeds.collect.add_to_inbox", interrupted)
    before = _files(feeds)
    page = rss(WITHOUT_DAYS.format("A", "https://one.example.org/a"))
    with Web({ONE: page, TWO: rss()}) as web:
        monkeypatch.setattr(fetch, "NETWORK", Network(web.resolve, frozenset({HERE}), trust()))
        result = CliRunner().invoke(collect, [])
    assert result.exit_code == 1
    assert _files(feeds) == before
