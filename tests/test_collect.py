# ruff: noqa: E501  (feeds are written as they are sent)
"""What `newsletter collect` brings in, from publishers' feeds on a little Internet."""

import asyncio
import gzip
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newsletter.dates import PartialDate
from newsletter.feeds import collect as engine
from newsletter.feeds.ask import HEADERS, LIMITS, Asked, Polite, ask
from newsletter.feeds.collect import Collected, Read, Since, collect, first_day
from newsletter.feeds.memory import FILE, Memory, Remembered, keep, read
from newsletter.feeds.sorting import by_words, section_of
from newsletter.live.cache import FOLDER
from newsletter.live.fetch import Network
from newsletter.live.guard import Target
from newsletter.live.reply import Reply
from newsletter.live.turns import Origin, Turns
from newsletter.markup import Url
from newsletter.model import Feed, SectionWords
from newsletter.problems import NewsletterError
from newsletter.project import open_project
from newsletter.values import Line, WebAddress
from tests.conftest import SETTINGS
from tests.web import HERE, Page, Request, Web, trust

NOW = datetime(2024, 5, 10, 12, tzinfo=UTC)
TODAY = "Fri, 10 May 2024 09:00:00 +0000"
ONE = "https://one.example.org/feed"
TWO = "https://two.example.org/feed"


def item(
    title: str, link: str = "", published: str = TODAY, text: str = "A study asks why."
) -> str:
    parts = (("title", title), ("link", link), ("pubDate", published), ("description", text))
    return (
        "<item>"
        + "".join(f"<{name}>{words}</{name}>" for name, words in parts if words)
        + "</item>"
    )


def rss(*items: str, title: str = "A Charity", link: str = "https://one.example.org/") -> str:
    return f"200 <rss version='2.0'><channel><title>{title}</title><link>{link}</link>{''.join(items)}</channel></rss>"


def issue(folder: Path, name: str, day: str, url: str = "https://example.org/sent") -> None:
    text = f"title: A\ndate: {day}\nentries:\n  - '[A report]({url})'\n"
    (folder / "issues" / f"{name}.yaml").write_text(text, "utf-8")


Collect = Callable[..., Collected]


@pytest.fixture(name="collected")
def _collected(folder: Path) -> Collect:
    """Collects from pages of a web, under settings with their feeds."""

    def collected(
        web: Web,
        *urls: str,
        feeds: str = "",
        since: str = "",
        now: datetime = NOW,
        address: float = 10,
        most: int = LIMITS.most,
    ) -> Collected:
        known = feeds or "".join(f"  - url: {url}\n" for url in urls or (ONE,))
        (folder / "newsletter.yaml").write_text(f"{SETTINGS}feeds:\n{known}", "utf-8")
        return collect(
            open_project(folder),
            now,
            since=PartialDate.parse(since) if since else None,
            network=Network(web.resolve, frozenset({HERE}), trust()),
            limits=LIMITS._replace(address=address, most=most, whole=60),
        )

    return collected


def inbox(folder: Path) -> str:
    path = folder / "issues" / "inbox.yaml"
    return path.read_text("utf-8").partition("sections:\n")[2] if path.exists() else ""


# --- what is new ----------------------------------------------------------------------------------


def test_what_is_new_stands_in_the_inbox_by_section_newest_first(
    folder: Path, collected: Collect
) -> None:
    issue(folder, "2024-04", "2024-04", "https://www.one.example.org/sent/?utm_source=x")
    pages: dict[str, Page] = {
        ONE: rss(
            item("An older study", "https://one.example.org/a", "Thu, 09 May 2024 09:00:00 +0000"),
            item("A study of grooming", "https://one.example.org/b?utm_source=rss#comments"),
            item("It was sent", "https://one.example.org/sent"),
            item("It is old", "https://one.example.org/old", "Sun, 31 Mar 2024 09:00:00 +0000"),
            item("Without a date", "https://one.example.org/c", "", ""),
        ),
        TWO: rss(item("News of schools", "https://two.example.org/1"), title="Two", link=""),
    }
    feeds = (
        f"  - url: {ONE}\n    section: Research\n    publisher: One\n  - url: {TWO}\n"
        "sort:\n  - section: Online Safety\n    words: [grooming]\n"
    )
    with Web(pages) as web:
        found = collected(web, feeds=feeds)
    assert found == Collected(
        Since(date(2024, 4, 1), "issue 2024-04 begins there"),
        (Read("One", ONE, new=3, known=1, older=1), Read("Two", TWO, new=1)),
    )
    assert inbox(folder) == (
        """\
  - title: Online Safety
    entries:
      - title: A study of grooming
        source: One
        date: 2024-05-10
        # TODO: these are the publisher's words: write your own
        text: |
          A study asks why.
        links:
          - label: Read
            title: One
            url: https://one.example.org/b

  - title: Research
    entries:
      - title: An older study
        source: One
        date: 2024-05-09
        # TODO: these are the publisher's words: write your own
        text: |
          A study asks why.
        links:
          - label: Read
            title: One
            url: https://one.example.org/a

      - title: Without a date
        source: One
        links:
          - label: Read
            title: One
            url: https://one.example.org/c

  - title: Two
    entries:
      - title: News of schools
        source: Two
        date: 2024-05-10
        # TODO: these are the publisher's words: write your own
        text: |
          A study asks why.
        links:
          - label: Read
            title: Two
            url: https://two.example.org/1
"""
    )


def test_run_twice_it_adds_nothing(folder: Path, collected: Collect) -> None:
    page = rss(
        item("With a page", "https://one.example.org/a"),
        item("Neither page nor day", "", ""),
        item("", "", "", "Only some words, without a title."),
        "<item></item>",
    )
    with Web({ONE: page}) as web:
        first = collected(web)
        before = inbox(folder)
        again = collected(web)
        (folder / FOLDER / FILE).unlink()  # which another computer does not have
        elsewhere = collected(web)
    assert [found.feeds[0].new for found in (first, again)] == [3, 0]
    # What has neither page nor title cannot be known there.
    assert (elsewhere.feeds[0].new, elsewhere.feeds[0].known) == (1, 2)
    assert inbox(folder).count("With a page") == before.count("With a page") == 1


def test_what_was_deleted_from_the_inbox_comes_again_only_when_that_is_asked_for(
    folder: Path, collected: Collect
) -> None:
    path = folder / "issues" / "inbox.yaml"
    page = rss(item("A study", "https://one.example.org/a"), item("B", "https://one.example.org/b"))
    with Web({ONE: page}) as web:
        assert collected(web).new == 2
        path.write_text("title: Inbox\ndate: 2024-05-10\nsections: []\n", "utf-8")
        assert collected(web).new == 0
        assert collected(web, since="2024-05").new == 2
        assert collected(web).new == 0
        path.unlink()
        assert collected(web).new == 2


@pytest.mark.parametrize(
    ("issues", "since"),
    [
        ({}, Since(date(2024, 4, 9), "there is no earlier issue")),
        ({"a": "2024-04", "b": "2024-03"}, Since(date(2024, 4, 1), "issue a begins there")),
        ({"a": "2024-04", "b": "2024-05"}, Since(date(2024, 4, 1), "issue a begins there")),
        ({"a": "2024-05-09"}, Since(date(2024, 5, 9), "issue a begins there")),
        ({"a": "2024-05-10"}, Since(date(2024, 4, 9), "there is no earlier issue")),
        ({"a": "2023", "b": "soon"}, Since(date(2023, 1, 1), "issue a begins there")),
    ],
)
def test_news_is_taken_from_the_first_day_of_the_latest_issue_that_is_over(
    issues: dict[str, str], since: Since, folder: Path
) -> None:
    for name, day in issues.items():
        issue(folder, name, day)
    assert first_day(open_project(folder), NOW.date()) == since


def test_what_has_no_room_in_the_inbox_waits_and_comes_later(
    folder: Path, collected: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MAX_NODES", 470)
    monkeypatch.setattr(engine, "_FEW", 2)
    items = [
        item(f"Study {number} of care", f"https://one.example.org/{number}") for number in range(5)
    ]
    with Web({ONE: rss(*items)}) as web:
        first = collected(web).feeds[0]
        full = collected(web).feeds[0]
        (folder / "issues" / "inbox.yaml").write_text("title: Inbox\ndate: 2024-05-10\n", "utf-8")
        later = collected(web).feeds[0]
    assert (first.new, first.waiting) == (3, 2)
    assert (full.new, full.waiting, full.known) == (0, 2, 3)
    assert (later.new, later.waiting, later.known) == (2, 0, 3)


# --- one story ------------------------------------------------------------------------------------


def test_what_looks_like_one_story_stands_together_with_a_note(
    folder: Path, collected: Collect
) -> None:
    title = "Charity warns of sharp rise in sextortion of teenage boys"
    pages: dict[str, Page] = {
        ONE: rss(item(title, "https://one.example.org/a"), item("B", "https://one.example.org/b")),
        TWO: rss(
            item(
                f"{title}, charity says",
                "https://two.example.org/c",
                "Thu, 09 May 2024 09:00:00 GMT",
            ),
            title="Two",
        ),
    }
    with Web(pages) as web:
        found = collected(web, ONE, TWO)
    assert found.stories == ((title, f"{title}, charity says"),)
    text = inbox(folder)
    assert text.index("https://two.") < text.index("https://one.example.org/b")
    assert (
        "# TODO: it looks like one story with 'Charity warns of sharp rise in sextortion of…' "
        "(A Charity) above: keep one, or write one of both; these are the publisher's words: write your own\n"
    ) in text


def test_what_looks_like_a_story_of_an_issue_is_taken_and_told(
    folder: Path, collected: Collect
) -> None:
    title = "Charity warns of sharp rise in sextortion of teenage boys"
    path = folder / "issues" / "2024-04.yaml"
    path.write_text(f"title: A\ndate: 2024-04\nentries:\n  - title: {title}\n", "utf-8")
    with Web({ONE: rss(item(title, "https://one.example.org/a"))}) as web:
        assert collected(web).new == 1
    assert "# TODO: it looks like a story that stands in 2024-04 (line 4); these" in inbox(folder)


def test_a_story_of_two_feeds_is_taken_once(folder: Path, collected: Collect) -> None:
    page = rss(item("A study", "https://one.example.org/a"))
    with Web({ONE: page, TWO: page}) as web:
        found = collected(web, ONE, TWO)
    assert [(one.new, one.known) for one in found.feeds] == [(1, 0), (0, 1)]


def test_spam_before_every_title_is_taken_out_and_told(folder: Path, collected: Collect) -> None:
    spam = "极速赛车168最新开奖号码"
    page = rss(
        *(item(f"{spam} {title}", f"https://one.example.org/{title}") for title in ("A", "B")),
        title=f"{spam} A Charity",
    )
    with Web({ONE: page}) as web:
        found = collected(web)
    assert found.feeds == (
        Read(
            "A Charity",
            ONE,
            new=2,
            said=(f"spam was taken out of titles: '{spam}'",),
        ),
    )
    assert spam not in inbox(folder)


# --- sections -------------------------------------------------------------------------------------


def _words(section: str, *words: str) -> SectionWords:
    return SectionWords(section=Line(section), words=tuple(Line(word) for word in words))


SORT = (
    _words("Care", "care", "young carers"),
    _words("Online", "abuse online", "children's code", "AI"),
)


@pytest.mark.parametrize(
    ("title", "text", "section"),
    [
        ("Foster CARE in figures", "", "Care"),
        ("Careful study", "It aims at schools", ""),
        ("Who cares", "Abuse  Online, and care", "Online"),
        ("Care", "Abuse online", "Care"),
        ("Young-carers", "", "Care"),
        ("The children’s code", "", "Online"),
        ("AI in care", "", "Care"),
    ],
)
def test_whole_words_choose_a_section_the_longest_first(
    title: str, text: str, section: str
) -> None:
    assert by_words(SORT)(title, text) == section


def test_a_feeds_own_words_come_before_those_for_all_and_the_publisher_last() -> None:
    feed = Feed(url=WebAddress(Url(ONE)), section=Line("News"), sort=(_words("Own", "care"),))
    bare = Feed(url=WebAddress(Url(ONE)))
    assert [
        section_of("Care", "", feed, SORT, "A Charity"),
        section_of("Young carers", "", feed, SORT, "A Charity"),
        section_of("Schools", "", feed, SORT, "A Charity"),
        section_of("Schools", "", bare, SORT, "A Charity"),
    ] == ["Own", "Care", "News", "A Charity"]


# --- servers --------------------------------------------------------------------------------------


def test_a_server_is_asked_by_name_whether_there_is_something_newer(
    folder: Path, collected: Collect
) -> None:
    asked: list[tuple[str, str, str]] = []

    async def feed(request: Request) -> None:
        known = request.headers.get("if-none-match", "")
        asked.append(
            (request.headers["user-agent"], known, request.headers.get("if-modified-since", ""))
        )
        if known:
            await request.reply(304)
            return
        body = rss(item("A study", "https://one.example.org/a")).removeprefix("200 ").encode()
        await request.reply(
            200, gzip.compress(body), etag='"v1"', last_modified=TODAY, content_encoding="gzip"
        )

    with Web({ONE: feed}) as web:
        collected(web)
        again = collected(web)
        collected(web, since="2024-01")  # what was sent then must be sent again
        issue(folder, "2024-04", "2024-04")
        earlier = collected(web)
    agent = HEADERS["User-Agent"].lower()
    new, known = (agent, "", ""), (agent, '"v1"', TODAY.lower())
    assert asked == [new, known, new, known]
    assert again.feeds == (Read("one.example.org", ONE, unchanged=True),)
    assert earlier.feeds[0].unchanged


def test_what_was_older_before_is_asked_for_again_when_it_is_not_any_more(
    folder: Path, collected: Collect
) -> None:
    async def feed(request: Request) -> None:
        body = rss(item("A", "https://one.example.org/a", "Mon, 15 Apr 2024 09:00:00 GMT"))
        await request.reply(
            304 if "if-none-match" in request.headers else 200, body.encode(), etag='"v1"'
        )

    with Web({ONE: feed, TWO: rss(item("B", "https://two.example.org/b"))}) as web:
        issue(folder, "2024-05-01", "2024-05-01")
        assert collected(web, ONE, TWO).feeds[0].older == 1
        (folder / "issues" / "2024-05-01.yaml").unlink()
        assert collected(web, ONE, TWO).feeds[0].new == 1


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("404", "the server says that there is no such feed (404)"),
        ("410", "the server says that there is no such feed any more: take it out of newsletter.yaml (410)"),
        ("401", "'one.example.org' asks for a password (401)"),
        ("403", "'one.example.org' keeps programs out (403)"),
        ("418", "'one.example.org' did not send the feed (418)"),
        ("429", "'one.example.org' has been asked too often (429)"),
        ("500", "the server of 'one.example.org' has failed (500)"),
        ("503", "'one.example.org' is out of service for the time being (503)"),
        ("nothing", "there is no website 'one.example.org'"),
        (f"302 {ONE}", "it redirects in a circle, or without end"),
        ("301 https://10.0.0.1/feed", "'10.0.0.1' is an address inside a private network"),
        ("301 file:///etc/passwd", "this is no address of a web page"),
        ("200 ", "this is empty"),
        ("200 Words", "this is no feed"),
        ("200 <html><body></body></html>", "this is a web page, not a feed"),
        (
            "200 <html><link rel='alternate' type='application/rss+xml' href='/a?b&amp;c'></html>",
            "this is a web page, not a feed; its feed seems to be https://one.example.org/a?b&c",
        ),
        (
            "200 <html><link type='application/rss+xml'><link type='application/rss+xml' href='//['></html>",
            "this is a web page, not a feed",
        ),
    ],
)  # fmt: skip
def test_a_feed_that_cannot_be_read_is_told_and_the_rest_goes_on(
    page: str, words: str, collected: Collect
) -> None:
    with Web({ONE: page, TWO: rss(item("A", "https://two.example.org/a"))}) as web:
        found = collected(web, ONE, TWO)
    assert (found.feeds[0].problem, found.feeds[1].new, found.failed) == (words, 1, False)


def test_a_name_that_leads_into_a_private_network_is_refused(
    collected: Collect, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolve(_host: str, _port: int) -> list[Target]:
        return [Target("192.168.0.1", 443)]

    with Web() as web:
        monkeypatch.setattr(web, "resolve", resolve)
        found = collected(web)
    words = "'one.example.org' leads to an address inside a private network (192.168.0.1)"
    assert (found.feeds[0].problem, found.failed, inbox(folder)) == (words, True, "")


def test_a_feed_that_never_ends_is_given_up(collected: Collect) -> None:
    async def endless(request: Request) -> None:
        request.writer.write(b"HTTP/1.1 200 OK\r\n\r\n<rss>")
        for _ in range(200):
            request.writer.write(b" " * 100_000)
            await request.writer.drain()

    async def bomb(request: Request) -> None:
        await request.reply(200, gzip.compress(b" " * 3_000_000), content_encoding="gzip")

    with Web({ONE: endless, TWO: bomb}) as web:
        found = collected(web, ONE, TWO, most=1_000_000)
    assert [one.problem for one in found.feeds] == ["it is larger than 1 MB"] * 2


def test_a_feed_that_never_begins_is_given_up(collected: Collect) -> None:
    async def silent(request: Request) -> None:
        await asyncio.sleep(60)

    with Web({ONE: silent}) as web:
        found = collected(web, address=2)
    assert found.feeds[0].problem == "'one.example.org' takes too long to answer"


def test_one_host_is_asked_one_thing_at_a_time(collected: Collect) -> None:
    both = asyncio.Barrier(2)

    async def feed(request: Request) -> None:
        await asyncio.sleep(0.01)
        await request.reply(200, rss().removeprefix("200 ").encode())

    async def together(request: Request) -> None:
        await both.wait()
        await feed(request)

    urls = [f"https://one.example.org/{number}" for number in range(5)]
    pages: dict[str, Page] = {**dict.fromkeys(urls, feed), urls[0]: together, TWO: together}
    with Web(pages) as web:
        found = collected(web, *urls, TWO)
        assert (web.most_a_host, web.most) == (1, 2)
    assert [one.problem for one in found.feeds] == [""] * 6


def test_waiting_costs_nobody_their_turn() -> None:
    class Watch(Turns):
        """Turns by a clock that is set by hand."""

        time = 0.0

        @property
        def now(self) -> float:
            return self.time

    class Server:
        """Takes two seconds for each answer, and notes how many it was given."""

        def __init__(self, turns: Watch) -> None:
            self.turns = turns
            self.given: list[float] = []

        async def get(
            self, url: str, seconds: float, most: int, headers: Mapping[str, str]
        ) -> Reply:
            self.given.append(seconds)
            self.turns.time += 2
            return Reply("GET", url, 200, {})

    async def asked() -> list[float]:
        turns = Watch(LIMITS, 1)
        server = Server(turns)
        polite = Polite(server, turns, lambda _host: None, 5)
        async with turns.turn(Origin("https", "one.example.org", None)):
            waiting = asyncio.create_task(polite.get(ONE, 60, 1, {}))
            await asyncio.sleep(0)
            turns.time = 100
        await waiting
        await polite.get(ONE, 60, 1, {})
        return server.given

    assert asyncio.run(asked()) == [5, 3]


def test_no_more_of_a_feed_is_held_than_becomes_of_it(
    collected: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Asked] = []

    def noted(*arguments: Any, **more: Any) -> list[Asked]:
        answers.extend(ask(*arguments, **more))
        return answers

    monkeypatch.setattr(engine, "ask", noted)
    long = "A study asks why. " * 2000
    page = rss(
        item("New", "https://one.example.org/a", text=long),
        item("Old", "https://one.example.org/b", "Sun, 31 Mar 2024 09:00:00 +0000", text=long),
        "<item><category>A</category><title>B</title><author>A. Writer</author></item>",
    )
    with Web({ONE: page}) as web:
        collected(web)
    channel = answers[0].channel
    assert channel is not None
    new, old, other = channel.items
    assert (8_000 <= len(new.summary) <= 8_100, old.summary, new.title) == (True, "", "New")
    assert (other.categories, other.author) == ((), "")


def test_signs_that_no_file_may_hold_do_not_keep_other_feeds_out(
    folder: Path, collected: Collect
) -> None:
    odd = "A\x80 st\ufdd0udy\x9f"
    page = rss(item(odd, "https://one.example.org/a", text=odd), title=odd)
    with Web({ONE: page, TWO: rss(item("B", "https://two.example.org/b"), title="Two")}) as web:
        found = collected(web, ONE, TWO)
    assert [(one.publisher, one.new) for one in found.feeds] == [("A study", 1), ("Two", 1)]
    assert not open_project(folder).problems


def test_an_address_that_has_changed_for_good_is_told(collected: Collect) -> None:
    page = rss(item("A", "https://two.example.org/a"))
    with Web({ONE: f"301 {TWO}", TWO: page, "https://three.example.org/": f"302 {TWO}"}) as web:
        found = collected(web, ONE, "https://three.example.org/")
    assert found.feeds[0].said == (f"it has moved for good: write {TWO}",)
    assert found.feeds[1].said == ()


@pytest.mark.parametrize(
    ("status", "wait", "minutes"),
    [
        (429, "1800", 30),
        (503, "Fri, 10 May 2024 13:00:00 GMT", 60),
        (429, "", 60),
        (503, "999999999", 24 * 60),
    ],
)
def test_a_host_that_asks_to_be_left_alone_is_left_alone_also_by_the_next_run(
    status: int, wait: str, minutes: int, collected: Collect, folder: Path
) -> None:
    async def busy(request: Request) -> None:
        await request.reply(status, **({"retry-after": wait} if wait else {}))

    other = "https://one.example.org/other"
    until = NOW + timedelta(minutes=minutes)
    with Web({ONE: busy}) as web:
        collected(web, ONE)
        assert read(folder).resting == {"one.example.org": until.timestamp()}
        found = collected(web, ONE, other, now=until - timedelta(seconds=1))
        assert len(web.asked) == 1
        collected(web, ONE, now=until + timedelta(seconds=1))
        assert len(web.asked) == 2
    words = {one.problem.partition(" until ")[0] for one in found.feeds}
    assert words == {"'one.example.org' has asked to be left alone"}


def test_a_feed_that_no_library_can_read_does_not_stop_the_others(
    collected: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("newsletter.feeds.ask.parsed", broken)
    with Web({ONE: rss()}) as web:
        found = collected(web)
    assert found.feeds[0].problem == "it could not be read (ZeroDivisionError)"


def test_there_is_an_end_to_all_waiting(folder: Path) -> None:
    async def silent(request: Request) -> None:
        await asyncio.sleep(60)

    (folder / "newsletter.yaml").write_text(f"{SETTINGS}feeds: [url: {ONE}]\n", "utf-8")
    with Web({ONE: silent}) as web:
        found = collect(
            open_project(folder),
            NOW,
            network=Network(web.resolve, frozenset({HERE}), trust()),
            limits=LIMITS._replace(whole=0.3, address=60),
        )
    assert found.feeds[0].problem == "time ran out before it could be read"


# --- memory ---------------------------------------------------------------------------------------


def test_what_is_remembered_can_be_read_again(tmp_path: Path) -> None:
    memory = Memory({ONE: Remembered('"a"', TODAY, "2024-05-01", ("a", "b"))}, {"example.org": 5.0})
    keep(tmp_path, memory)
    assert read(tmp_path) == memory
    assert (tmp_path / FOLDER / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"version": 0}', '{"version": 1, "feeds": [], "resting": {}}',
     json.dumps({"version": 1, "feeds": {ONE: {"etag": ""}}, "resting": {}})],
)  # fmt: skip
def test_a_memory_that_is_broken_is_none(text: str, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / FILE).write_text(text)
    assert read(tmp_path) == Memory()


def test_nothing_is_remembered_where_nothing_could_be_written(
    folder: Path, collected: Collect
) -> None:
    (folder / "issues" / "inbox.yaml").write_text("title: [\n", "utf-8")
    with (
        Web({ONE: rss(item("A", "https://one.example.org/a"))}) as web,
        pytest.raises(NewsletterError),
    ):
        collected(web)
    assert (folder / "issues" / "inbox.yaml").read_text("utf-8") == "title: [\n"
    assert read(folder) == Memory()
