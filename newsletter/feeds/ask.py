"""Feeds in, what their servers send out: in parallel, one request at a time to a host."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import unescape
from math import inf
from typing import NamedTuple
from urllib.parse import urljoin

from newsletter import __version__
from newsletter.addresses import host
from newsletter.feeds.channel import Channel
from newsletter.feeds.memory import Remembered
from newsletter.feeds.parse import parsed
from newsletter.intake.decode import said
from newsletter.intake.draft import Log
from newsletter.live.answer import Kind
from newsletter.live.client import origin, plain
from newsletter.live.fetch import NETWORK, Asking, Fetched, Network, client, fetch
from newsletter.live.limits import Limits
from newsletter.live.reply import NoReply, Reply
from newsletter.live.turns import Turns
from newsletter.problems import NewsletterError
from newsletter.values import Language

LIMITS = Limits(whole=120, address=10, in_all=16, a_host=1)

HEADERS = {
    "User-Agent": f"newsletter-builder/{__version__} (collects feeds for a newsletter)",
    "Accept": "application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5",
}

_AT_ONCE = 10  # feeds that are held in memory
_REST = 60 * 60  # seconds, where a server says that it was asked too often, but not how long
_LONGEST_REST = 24 * 60 * 60


class Asked(NamedTuple):
    """What came of a feed.

    `channel` is None where there is nothing to read: because it is `unchanged`, or because of a
    `problem`, which is a sentence without its full stop. `moved` is its new address if it has one
    for good; `rests` is the host that is not to be asked, and until when (the time of Unix).
    `noticed` are sentences on what was mended in it.
    """

    url: str
    channel: Channel | None = None
    problem: str = ""
    unchanged: bool = False
    moved: str = ""
    rests: tuple[str, float] | None = None
    etag: str = ""
    modified: str = ""
    noticed: tuple[str, ...] = ()


def ask(
    urls: Sequence[str],
    *,
    now: datetime,
    language: Language,
    known: Mapping[str, Remembered],
    resting: Mapping[str, float],
    network: Network = NETWORK,
    limits: Limits = LIMITS,
    kept: Callable[[Channel], Channel] = lambda channel: channel,
    told: Callable[[], None] = lambda: None,
) -> list[Asked]:
    """What comes of each of `urls`, in their order.

    `known` says which version of each is known already, `resting` which hosts want to be left
    alone. `kept` makes of each what is held in memory while the others are read; `told` is called
    after each.
    """
    run = _Run(now, language, known, dict(resting), limits, kept, told)
    return asyncio.run(run.all(list(urls), network))


class Polite:
    """Waits for its turn before each request, and counts only the time in which it is asked."""

    def __init__(self, inner: Asking, turns: Turns, rests: Callable[[str], None], seconds: float):
        self._inner = inner
        self._turns = turns
        self._rests = rests
        self._left = seconds

    async def get(self, url: str, seconds: float, most: int, headers: Mapping[str, str]) -> Reply:
        """As `Asking` has it."""
        where = origin(url)
        async with self._turns.turn(where):
            self._rests(where.host)
            began = self._turns.now
            try:
                if self._left <= 0:
                    raise NoReply(Kind.TIMEOUT, f"'{where.host}' takes too long to answer")
                return await self._inner.get(url, min(self._left, seconds), most, headers)
            finally:
                self._left -= self._turns.now - began


class _Run:
    def __init__(
        self,
        now: datetime,
        language: Language,
        known: Mapping[str, Remembered],
        resting: dict[str, float],
        limits: Limits,
        kept: Callable[[Channel], Channel],
        told: Callable[[], None],
    ) -> None:
        self._now = now
        self._language = language
        self._known = known
        self._resting = resting
        self._limits = limits
        self._kept = kept
        self._told = told

    async def all(self, urls: list[str], network: Network) -> list[Asked]:
        turns = Turns(self._limits, len(urls))
        self._few = asyncio.Semaphore(_AT_ONCE)
        self._reading = asyncio.Semaphore(1)
        hosts: dict[str, list[str]] = {}
        for url in urls:
            hosts.setdefault(host(url), []).append(url)
        answers: dict[str, Asked] = {}
        async with client(network, self._limits) as inner:

            async def those(of_host: list[str]) -> None:
                for url in of_host:
                    answers[url] = await self._one(url, inner, turns)

            tasks = [asyncio.ensure_future(those(of_host)) for of_host in hosts.values()]
            try:
                await asyncio.wait(tasks, timeout=self._limits.whole)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        late = "time ran out before it could be read"
        return [answers.get(url) or Asked(url, problem=late) for url in urls]

    async def _one(self, url: str, inner: Asking, turns: Turns) -> Asked:
        asking = Polite(inner, turns, self._may, self._limits.address)
        headers = HEADERS | _conditions(self._known.get(url, Remembered()))
        try:
            async with self._few:
                found = await fetch(
                    url,
                    asking,
                    most=self._limits.most,
                    seconds=inf,  # each request has its own, and all have theirs
                    headers=headers,
                    limits=self._limits,
                )
                answer = self._said(url, found)
                if not answer.problem and not answer.unchanged:
                    async with self._reading:
                        answer = await asyncio.to_thread(self._read, answer, found)
        except NoReply as fault:
            answer = Asked(url, problem=fault.words)
        except Exception as error:  # a server can send what no library has thought of
            answer = Asked(url, problem=f"it could not be read ({type(error).__name__})")
        self._told()
        return answer

    def _may(self, name: str) -> None:
        until = self._resting.get(name, 0.0)
        if until > self._now.timestamp():
            clock = datetime.fromtimestamp(until).astimezone()
            when = f"{clock:%H:%M}" if clock.date() == self._now.date() else f"{clock:%d/%m %H:%M}"
            raise NoReply(Kind.BUSY, f"'{name}' has asked to be left alone until {when}")

    def _said(self, url: str, found: Fetched) -> Asked:
        """What the status means."""
        status = found.reply.status
        name = host(found.url)
        moved = found.url if found.moved and found.url != plain(url) else ""
        answer = Asked(url, moved=moved)
        if status == 304:
            return answer._replace(unchanged=True)
        if 200 <= status < 300:
            headers = found.reply.headers
            modified = headers.get("last-modified", "")
            return answer._replace(etag=headers.get("etag", ""), modified=modified)
        answer = answer._replace(problem=_refusal(status, name))
        if status in (429, 503):
            seconds = found.reply.retry_after(self._now)
            if seconds is None and status == 429:
                seconds = _REST
            if seconds:
                until = self._now.timestamp() + min(seconds, _LONGEST_REST)
                rests = origin(found.url).host
                self._resting[rests] = until
                answer = answer._replace(rests=(rests, until))
        return answer

    def _read(self, answer: Asked, found: Fetched) -> Asked:
        log = Log()
        try:
            channel = parsed(
                found.content,
                log,
                name=answer.url,
                address=found.url,
                charset=said(found.reply.headers.get("content-type", ""), b""),
                language=self._language,
            )
        except NewsletterError as error:
            words = error.problems[0].message
            feed = _feed_of(found)
            hint = f"; its feed seems to be {feed}" if feed else ""
            return Asked(answer.url, problem=f"{words}{hint}", moved=answer.moved)
        return answer._replace(channel=self._kept(channel), noticed=tuple(log.noticed))


def _conditions(known: Remembered) -> dict[str, str]:
    """The headers that ask for a newer version only."""
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in asked.items() if re.fullmatch(r"[ -~]{1,200}", value)}


def _refusal(status: int, name: str) -> str:
    if status in (404, 410):
        more = " any more: take it out of newsletter.yaml" if status == 410 else ""
        return f"the server says that there is no such feed{more} ({status})"
    if status in (401, 407):
        return f"'{name}' asks for a password ({status})"
    if status == 429:
        return f"'{name}' has been asked too often (429)"
    if status == 503:
        return f"'{name}' is out of service for the time being (503)"
    if status >= 500:
        return f"the server of '{name}' has failed ({status})"
    if status in (403, 406, 451):
        return f"'{name}' keeps programs out ({status})"
    return f"'{name}' did not send the feed ({status})"


_FEED_LINK = re.compile(
    r"<link\b(?=[^<>]*\btype=[\"']?application/(?:rss|atom|feed)\+(?:xml|json))[^<>]*>",
    re.IGNORECASE,
)
_HREF = re.compile(r"\bhref=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def _feed_of(found: Fetched) -> str:
    """The feed that a web page names."""
    link = _FEED_LINK.search(found.content[:200_000].decode("utf-8", "replace"))
    href = _HREF.search(link[0]) if link else None
    try:
        return (
            plain(urljoin(found.url, unescape(next(filter(None, href.groups()))))) if href else ""
        )
    except (NoReply, ValueError, StopIteration):
        return ""
