"""Addresses in, what the pages there say of themselves out: many at once, a few of each host."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread
from typing import NamedTuple
from urllib.parse import urlsplit

from newsletter.addresses import site
from newsletter.intake import decode
from newsletter.live.answer import Kind
from newsletter.live.client import Client
from newsletter.live.fetch import HEADERS, NETWORK, Fetched, Network, client, fetch
from newsletter.live.reply import NoReply
from newsletter.live.verdict import verdict
from newsletter.pages import Given, Page, read

SECONDS = 10
READING = 10  # seconds that a page which has come may take
MOST = 5_000_000  # bytes
_AT_ONCE = 10
_A_HOST = 3

_DOUBTFUL = (Kind.BLOCKED, Kind.BUSY, Kind.LOGIN, Kind.SOFT_404)
"""Nothing is known of such a page; but in a browser it may well be there."""

_CONSENT = re.compile(r"^consent\.|\.consent\.|/consent(?:[/?]|$)|^(?:www\.)?guce\.", re.IGNORECASE)
_BEFORE = re.compile(
    rb"<title>[^<]{0,40}(?:before you continue|bevor sie fortfahren|avant de continuer"
    rb"|cookie consent)",
    re.IGNORECASE,
)


class Gathered(NamedTuple):
    """What came of an address: a page, or why there is none, without a full stop."""

    url: str
    page: Page | None
    why: str = ""


def gathered(
    urls: Sequence[str], network: Network = NETWORK, told: Callable[[], None] = lambda: None
) -> list[Gathered]:
    """What stands at each of `urls`, in their order. `told` is called after each. Never raises for
    what a server does."""
    return asyncio.run(_all(urls, network, told))


async def _all(urls: Sequence[str], network: Network, told: Callable[[], None]) -> list[Gathered]:
    at_once = asyncio.Semaphore(_AT_ONCE)
    reading = asyncio.Lock()  # a large page takes much memory to read
    hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(_A_HOST))
    async with client(network) as asking:

        async def one(url: str) -> Gathered:
            async with hosts[site(url)], at_once:
                found = await _one(url, asking, reading)
            told()
            return found

        return list(await asyncio.gather(*(one(url) for url in urls)))


async def _one(url: str, asking: Client, reading: asyncio.Lock) -> Gathered:
    try:
        fetched = await fetch(url, asking, most=MOST, seconds=SECONDS, headers=HEADERS)
        kind, words = _judged(url, fetched)
        if kind in _DOUBTFUL:
            return Gathered(url, Page(url, doubt=words))
        if kind not in (Kind.OK, Kind.MOVED):
            return Gathered(url, None, words)
        async with reading:
            return Gathered(url, await _read(_given(fetched)))
    except NoReply as fault:
        return Gathered(url, None, fault.words)
    except TimeoutError:
        return Gathered(url, Page(url, doubt="it takes too long to read"))
    except Exception as error:  # a page can hold what no library has thought of
        words = f"the program failed on it: {type(error).__name__}"
        return Gathered(url, Page(url, doubt=words))


async def _read(given: Given) -> Page:
    """What a page says of itself. Raises TimeoutError, and whatever a library does.

    A thread cannot be stopped. Nobody waits for this one, so that the program can end.
    """
    result: Future[Page] = Future()

    def work() -> None:
        result.set_running_or_notify_cancel()
        try:
            result.set_result(read(given))
        except Exception as error:
            result.set_exception(error)

    Thread(target=work, daemon=True).start()
    return await asyncio.wait_for(asyncio.wrap_future(result), READING)


def _judged(url: str, fetched: Fetched) -> tuple[Kind, str]:
    final = fetched.url if fetched.url.partition("#")[0] != url.partition("#")[0] else ""
    answer = verdict(url, fetched.reply, final, fetched.moved and bool(final))
    parts = urlsplit(fetched.url)
    asks = _CONSENT.search(f"{parts.netloc}{parts.path}") or _BEFORE.search(
        fetched.content[:100_000]
    )
    if answer.kind in (Kind.OK, Kind.MOVED, Kind.SOFT_404) and asks:
        return Kind.LOGIN, f"'{parts.hostname}' first asks its visitors about cookies"
    return answer.kind, answer.words


def _given(fetched: Fetched) -> Given:
    told = fetched.reply.headers.get("content-type", "").lower()
    kind = told.partition(";")[0].strip()
    return Given(fetched.url, fetched.content, kind, decode.said(told, fetched.content))
