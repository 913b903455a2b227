"""`newsletter add`: addresses in, entries in an issue or the inbox out."""

import asyncio
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from textwrap import indent
from threading import Event

import pytest
from click.testing import CliRunner, Result

from newsletter import __version__
from newsletter.cli import newsletter
from newsletter.live import fetch
from newsletter.live.fetch import Network, fetched
from newsletter.pages import Given, gather
from newsletter.pages import Page as Told
from newsletter.pages.adding import Added, Target, add, addresses_in
from newsletter.pages.gather import Gathered, gathered
from newsletter.project import open_project
from tests.web import HERE, Page, Request, Web, trust

TODAY = date(2024, 5, 2)
SAYS = "Families were asked how children travel. Most want crossings. Some want none."
TRAVEL = (
    "200 <title>Safe travel | Example Trust</title>"
    '<meta property="og:site_name" content="Example Trust">'
    f'<meta name="description" content="{SAYS}"><meta name="pubdate" content="2024-04-23">'
)


async def endless(request: Request) -> None:
    """A page that never ends."""
    request.writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
    while not request.writer.is_closing():
        request.writer.write(b"<p>and more</p>" * 10_000)
        await request.writer.drain()
        await asyncio.sleep(0)


async def packed(request: Request) -> None:
    """A small page that holds a large one."""
    import gzip

    bomb = BytesIO()
    with gzip.open(bomb, "wb", 9) as file:
        for _ in range(20):
            file.write(b" " * 1_000_000)
    await request.reply(200, bomb.getvalue(), content_encoding="gzip")


PAGES: dict[str, Page] = {
    "https://www.example.org/travel": TRAVEL,
    "https://www.example.org/old": "301 https://www.example.org/travel?utm_source=old",
    "https://www.example.org/play": "200 <title>Play streets - Example</title>",
    "https://www.example.org/gone": "404",
    "https://www.example.org/lost": "200 <title>Page not found | Example Trust</title>",
    "https://www.example.org/members": "302 https://www.example.org/login?next=1",
    "https://www.example.org/shy": "403",
    "https://www.example.org/consent": "302 https://consent.example.org/m?continue=1",
    "https://www.example.org/circle": "302 https://www.example.org/circle",
    "https://www.example.org/inside": "302 http://10.1.2.3/printer",
    "https://www.example.org/to-file": "302 file:///etc/passwd",
    "https://www.example.org/endless": endless,
    "https://www.example.org/packed": packed,
    "https://nobody.example.org/": "nothing",
}


@pytest.fixture(name="web", scope="module")
def _web() -> Iterator[Web]:
    with Web(PAGES) as web:
        yield web


@pytest.fixture(name="network", scope="module")
def _network(web: Web) -> Network:
    return Network(web.resolve, frozenset({HERE}), trust())


@pytest.fixture(name="run")
def _run(network: Network, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.setattr(fetch, "NETWORK", network)
    return Run()


class Run:
    """The command, on the Internet of this machine."""

    def __call__(self, *arguments: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(
            newsletter, ["add", *arguments], input=given, catch_exceptions=False
        )


def indented(text: str, spaces: int) -> str:
    return indent(text, " " * spaces)


# --- pages ---------------------------------------------------------------------------------------


def test_what_cannot_be_had_is_told_in_a_sentence_and_the_rest_is_read(network: Network) -> None:
    told = {
        "gone": "the server says that there is no such page (404)",
        "circle": "it redirects in a circle, or without end",
        "inside": "'10.1.2.3' is an address inside a private network",
        "to-file": "this is no address of a web page",
        "endless": "it is larger than 5 MB",
        "packed": "it is larger than 5 MB",
    }
    urls = [f"https://www.example.org/{name}" for name in told]
    others = ["https://nobody.example.org/", "https://www.example.org/travel"]
    *failed, nobody, travel = gathered([*urls, *others], network)
    assert failed == [
        Gathered(url, None, why) for url, why in zip(urls, told.values(), strict=True)
    ]
    assert nobody == Gathered(others[0], None, "there is no website 'nobody.example.org'")
    assert travel.page is not None
    assert travel.page.title == "Safe travel"


def test_a_page_that_shows_itself_to_no_program_is_kept_with_a_doubt(network: Network) -> None:
    doubts = {
        "lost": "the page calls itself 'Page not found'",
        "members": "it leads to a login page of 'www.example.org'",
        "shy": "'www.example.org' keeps programs out (403)",
        "consent": "'consent.example.org' first asks its visitors about cookies",
    }
    urls = [f"https://www.example.org/{name}" for name in doubts]
    found = [one.page for one in gathered(urls, network)]
    assert [(page.url, page.doubt) for page in found if page] == list(
        zip(urls, doubts.values(), strict=True)
    )


def test_addresses_of_this_computer_are_not_asked(folder: Path) -> None:
    urls = ["http://127.0.0.1:8642/", "http://localhost/", "http://[::1]/", "http://0x7f.1/a"]
    added = add(open_project(folder), urls, Target(), TODAY)
    assert [one.failed for one in added] == [True] * 4
    assert {one.words for one in added} == {
        f"'{host}' is an address inside a private network"
        for host in ("127.0.0.1", "localhost", "::1", "0x7f.1")
    }
    assert not (folder / "issues/inbox.yaml").exists()


def test_a_page_that_breaks_a_library_is_kept_with_a_doubt_and_the_others_are_read(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(given: Given) -> Told:
        if given.url.endswith("play"):
            raise RecursionError("maximum recursion depth exceeded")
        return Told(given.url, "Safe travel")

    monkeypatch.setattr(gather, "read", broken)
    play, travel = "https://www.example.org/play", "https://www.example.org/travel"
    assert gathered([play, travel], network) == [
        Gathered(play, Told(play, doubt="the program failed on it: RecursionError")),
        Gathered(travel, Told(travel, "Safe travel")),
    ]


def test_a_page_that_takes_too_long_to_read_is_not_waited_for(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Event()

    def slow(given: Given) -> Told:
        ended.wait(60)
        return Told(given.url)

    monkeypatch.setattr(gather, "read", slow)
    monkeypatch.setattr(gather, "READING", 0.05)
    play = "https://www.example.org/play"
    try:
        assert gathered([play], network) == [
            Gathered(play, Told(play, doubt="it takes too long to read"))
        ]
    finally:
        ended.set()


def test_a_server_is_told_what_its_page_is_wanted_for(web: Web, network: Network) -> None:
    asked: list[str] = []

    async def listening(request: Request) -> None:
        asked.append(request.headers["user-agent"])
        await request.reply(200, b"<title>A page</title>")

    url = "https://www.example.org/listens"
    web.pages[url] = listening
    gathered([url], network)
    fetched(url, most=1000, seconds=10, network=network)
    words = f"newsletter-builder/{__version__} (reads pages for a newsletter)"
    assert asked == [words, words]


# --- the command ---------------------------------------------------------------------------------

ROUND_UP = """\
title: Our round-up   # as ever
date: 2024-05
sections:
  - title: Roads
    entries:
      - See [what stood here](https://www.example.org/before).
  - title: Parks
    entries:
"""


def test_a_page_goes_to_the_inbox(folder: Path, run: Run) -> None:
    result = run("www.example.org/travel?utm_source=mail#comments")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "issues/inbox.yaml:11: Safe travel (To be sorted)\n"
    assert (folder / "issues/inbox.yaml").read_text("utf-8").endswith(indented(CARD, 6))


CARD = """\
- title: Safe travel
  source: Example Trust
  date: 2024-04-23
  # TODO: these are the publisher's words: write your own
  text: |
    Families were asked how children travel. Most want crossings.
  links:
    - label: Read
      title: Example Trust
      url: https://www.example.org/travel
"""
IN_SENTENCES = """\
- | # TODO: these are the publisher's words: write your own
  [Safe travel](https://www.example.org/travel) (Example Trust, 23 April 2024).
  Families were asked how children travel. Most want crossings.
"""


def test_a_page_has_the_form_that_the_newest_entries_have_where_it_may_go(
    folder: Path, run: Run
) -> None:
    for name, layout, entry in (
        ("2024-03-a.yaml", "roundup", "[A text](https://example.org/a)."),
        ("2024-04-b.yaml", "mine", "{title: A card, text: Words.}"),
        ("2024-05-c.yaml", "mine", ""),
        ("2024-06-d.yaml", "", ""),
        ("2024-07-e.yaml", "other", ""),
    ):
        rows = [f"title: A\ndate: {name[:7]}\n", f"layout: {layout}\n" * bool(layout), "entries:\n"]
        text = "".join([*rows, f"  - '{entry}'\n" if entry[:1] == "[" else f"  - {entry}\n"])
        (folder / "issues" / name).write_text(text if entry else "".join(rows), "utf-8")
    forms = {"inbox": CARD, "2024-05": CARD, "2024-06": IN_SENTENCES, "2024-07": CARD}
    for name, form in forms.items():
        where = ("--issue", name) if name != "inbox" else ()
        assert run("--again", *where, "https://www.example.org/travel").exit_code == 0
        (path,) = (folder / "issues").glob(f"{name}*.yaml")
        assert path.read_text("utf-8").endswith(indented(form, 2 if where else 6)), name


def test_a_page_goes_to_an_issue_as_a_card_if_that_has_cards(folder: Path, run: Run) -> None:
    issue = folder / "issues/2024-05-digest.yaml"
    before = "title: A digest\ndate: 2024-05\nlayout: digest\nlanguage: cy\nentries:\n"
    issue.write_text(before, "utf-8")
    result = run("--issue", "2024-05", "https://www.example.org/travel")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "issues/2024-05-digest.yaml:6: Safe travel\n"
    card = indented(CARD, 2).replace("label: Read", f"label: {_welsh_read()}")
    assert issue.read_text("utf-8") == before + card


def _welsh_read() -> str:
    from newsletter.project import project_at
    from newsletter.values import Language

    words, _ = project_at(Path()).templates.words(Language("cy"))
    assert words is not None
    return str(words.read)


def test_an_issue_with_a_page_in_it_builds_as_a_draft(folder: Path, run: Run) -> None:
    (folder / "issues/2024-05.yaml").write_text(ROUND_UP, "utf-8")
    urls = [url for url in PAGES if "example.org/" in url]
    assert run("--issue", "2024-05", *urls).exit_code == 1
    built = CliRunner().invoke(newsletter, ["build", "--draft", "2024-05"])
    assert built.exit_code == 0, built.output
    assert "Safe travel" in (folder / "output/2024-05/email.txt").read_text("utf-8")


def test_a_section_is_found_by_its_heading_and_a_near_one_is_not_made(
    folder: Path, run: Run
) -> None:
    issue = folder / "issues/2024-05.yaml"
    issue.write_text(ROUND_UP, "utf-8")
    near = run("--issue", "2024-05", "--section", "Park", "https://www.example.org/play")
    assert near.exit_code == 1
    assert "there is no section 'Park' (did you mean 'Parks'?)" in near.stderr
    assert issue.read_text("utf-8") == ROUND_UP
    exact = run("--issue", "2024-05", "--section", "parks", "https://www.example.org/play")
    assert exact.stdout == "issues/2024-05.yaml:9: Play streets (Parks)\n"
    new = run("--issue", "2024-05", "--section", "Travel", "https://www.example.org/travel")
    assert new.stdout == "issues/2024-05.yaml:13: Safe travel (Travel, a new section)\n"


def test_a_section_that_was_made_while_pages_were_asked_is_the_one_that_is_meant(
    folder: Path, run: Run, web: Web
) -> None:
    issue = folder / "issues/2024-05.yaml"
    other = ROUND_UP.replace("Parks", "Travel")

    async def meanwhile(request: Request) -> None:
        issue.write_text(other, "utf-8")
        await request.reply(200, b"<title>A page</title>")

    web.pages["https://www.example.org/meanwhile"] = meanwhile
    add_to = ("--issue", "2024-05", "--section")
    issue.write_text(ROUND_UP, "utf-8")
    near = run(*add_to, "Travell", "https://www.example.org/meanwhile")
    assert near.exit_code == 1
    assert "there is no section 'Travell' (did you mean 'Travel'?)" in near.stderr
    assert issue.read_text("utf-8") == other
    issue.write_text(ROUND_UP, "utf-8")
    exact = run(*add_to, "travel", "https://www.example.org/meanwhile")
    assert exact.stdout == "issues/2024-05.yaml:9: A page (Travel)\n"


def test_words_of_the_settings_choose_a_section_that_is_there(folder: Path, run: Run) -> None:
    with (folder / "newsletter.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "sort: [{section: parks, words: [play streets]}, {section: X, words: [travel]}]\n"
        )
    (folder / "issues/2024-05.yaml").write_text(ROUND_UP, "utf-8")
    urls = ["https://www.example.org/play", "https://www.example.org/travel"]
    issue = run("--issue", "2024-05", *urls)
    assert issue.stdout.splitlines() == [
        "issues/2024-05.yaml:9: Play streets (Parks)",
        "issues/2024-05.yaml:13: Safe travel (To be sorted, a new section)",
    ]
    inbox = run("--again", *urls)
    assert [line.partition(": ")[2] for line in inbox.stdout.splitlines()] == [
        "Play streets (parks)",
        "Safe travel (X)",
    ]


def test_what_is_there_already_is_told_and_not_added_twice(folder: Path, run: Run) -> None:
    (folder / "issues/2024-05.yaml").write_text(ROUND_UP, "utf-8")
    urls = [
        "http://example.org/before/?utm_medium=mail",
        "https://www.example.org/travel",
        "https://www.example.org/travel#more",
        "https://www.example.org/old",
    ]
    result = run(*urls)
    assert result.exit_code == 0
    assert result.stdout == "issues/inbox.yaml:11: Safe travel (To be sorted)\n"
    assert result.stderr.splitlines() == [
        "Not added: http://example.org/before/: it stands in 2024-05 (line 6) already.",
        "Not added: https://www.example.org/travel#more: it was given twice.",
        "Not added: https://www.example.org/old: it is the same page as "
        "https://www.example.org/travel.",
    ]
    again = run("https://www.example.org/old")
    assert again.stdout == ""
    assert "it stands in the inbox (line 12) already" in again.stderr
    assert run("--again", "https://www.example.org/old").stdout != ""


def test_addresses_come_from_standard_input_too(folder: Path, run: Run) -> None:
    given = (
        "\ufeffSee https://www.example.org/travel, and [play](https://www.example.org/play).\r\n"
    )
    result = run("-", given=given.encode())
    assert result.exit_code == 0
    assert [line.partition(": ")[2] for line in result.stdout.splitlines()] == [
        "Safe travel (To be sorted)",
        "Play streets (To be sorted)",
    ]
    empty = run("-", given="no address\n")
    assert (empty.exit_code, (folder / "output").exists()) == (2, False)


def test_what_fails_is_told_and_the_exit_code_says_so(folder: Path, run: Run) -> None:
    urls = ["mailto:a@example.org", "ftp://example.org/a", "https://www.example.org/gone"]
    result = run(*urls, "https://www.example.org/shy", "https://www.example.org/play")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.splitlines() == [
        "Not added: mailto:a@example.org: this is no address of a web page.",
        "Not added: ftp://example.org/a: this is no address of a web page.",
        "Not added: https://www.example.org/gone: the server says that there is no such page "
        "(404).",
        "Added, but 'www.example.org' keeps programs out (403): https://www.example.org/shy",
    ]


def test_a_file_that_cannot_be_read_is_told_before_anything_is_asked(
    folder: Path, run: Run, web: Web
) -> None:
    broken = folder / "issues/2024-05.yaml"
    broken.write_bytes(b"title: caf\xe9\n")
    before = list(web.asked)
    result = run("--issue", "2024-05", "https://www.example.org/travel")
    assert result.exit_code == 1
    assert "this file is not UTF-8" in result.stderr
    assert web.asked == before
    assert broken.read_bytes() == b"title: caf\xe9\n"


def test_an_issue_without_sections_gets_none(folder: Path, run: Run) -> None:
    issue = folder / "issues/2024-05.yaml"
    issue.write_text("title: A\ndate: 2024\nentries:\n  - Words.\n", "utf-8")
    result = run("--issue", "2024-05", "--section", "Parks", "https://www.example.org/play")
    assert result.exit_code == 1
    assert "this issue has entries without sections" in result.stderr


def test_nothing_is_added_from_no_address(folder: Path, run: Run) -> None:
    assert run(given="").exit_code == 2
    assert run("--bookmarklet", "https://www.example.org/").exit_code == 2


def test_the_results_are_in_the_order_of_the_addresses(folder: Path, network: Network) -> None:
    urls = ["", "https://www.example.org/play", "x", "https://www.example.org/travel"]
    added = add(open_project(folder), urls, Target(section="S"), TODAY, network=network)
    assert added == [
        Added("", words="this is no address of a web page", failed=True),
        Added("https://www.example.org/play", "issues/inbox.yaml:11", "Play streets", "S"),
        Added("x", words="this is no address of a web page", failed=True),
        Added("https://www.example.org/travel", "issues/inbox.yaml:19", "Safe travel", "S"),
    ]


def test_addresses_are_found_in_any_text() -> None:
    text = (
        "https://example.org/a\n- [b](https://example.org/b_(c)) (https://example.org/d)\n"
        '<a href="https://example.org/e">here</a>, https://example.org/f?x=1&y=2.\n'
        "www.example.org/g\n\nno address here: example\n“https://example.org/h”…\n"
    )
    assert addresses_in(text) == [
        "https://example.org/a",
        "https://example.org/b_(c)",
        "https://example.org/d",
        "https://example.org/e",
        "https://example.org/f?x=1&y=2",
        "www.example.org/g",
        "https://example.org/h",
    ]


@pytest.mark.parametrize("sign", [".", ")", "]", "()", "*)", "https://"])
def test_addresses_are_found_in_a_text_that_is_made_to_be_hard(sign: str) -> None:
    many = 500_000
    found = addresses_in(f"https://example.org/a{sign * many} and https://example.org/b")
    assert len(found) == 2
    assert found[1] == "https://example.org/b"


def test_an_address_that_is_too_long_is_not_made_another_one(folder: Path) -> None:
    url = f"https://www.example.org/?a={'b' * 2000}"
    (found,) = addresses_in(f"See ({url}).")
    assert found == url
    assert add(open_project(folder), [found], Target(), TODAY) == [
        Added(url, words="this address is longer than 2000 characters", failed=True)
    ]
