"""One address in, all that stands there out, within limits of time and size."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple, Protocol

from newsletter import __version__
from newsletter.live.answer import Kind
from newsletter.live.client import Client, joined, plain
from newsletter.live.guard import Guard, Resolve
from newsletter.live.limits import LIMITS, Limits
from newsletter.live.names import lookup
from newsletter.live.reply import NoReply, Reply


class Network(NamedTuple):
    """How the web is reached: as the system does it.

    Tests, whose servers stand on their own machine, have other names, addresses that may be asked
    all the same, and certificates of their own.
    """

    resolve: Resolve = lookup
    allowed: frozenset[str] = frozenset()
    trust: ssl.SSLContext | None = None


NETWORK = Network()

HEADERS = {"User-Agent": f"newsletter-builder/{__version__} (reads pages for a newsletter)"}
"""As whom a program presents itself that wants what stands at an address."""


class Fetched(NamedTuple):
    """What stands at an address. `url` is where redirects led to; `moved` whether all of them were
    meant for good; `content` is unpacked."""

    url: str
    moved: bool
    reply: Reply
    content: bytes


class Asking(Protocol):
    """What sends a request: a client, or what decides when one may."""

    async def get(self, url: str, seconds: float, most: int, headers: Mapping[str, str]) -> Reply:
        """The whole reply, whatever it is, if it has at most `most` bytes as they are sent. Raises
        NoReply."""
        ...


@asynccontextmanager
async def client(network: Network = NETWORK, limits: Limits = LIMITS) -> AsyncIterator[Client]:
    """A client for some requests."""
    async with Client(Guard(network.resolve, network.allowed), limits, network.trust) as one:
        yield one


async def fetch(
    url: str,
    asking: Asking,
    *,
    most: int,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    limits: Limits = LIMITS,
) -> Fetched:
    """What `url` and its redirects lead to, whatever its status. `most` bytes are read, and as many
    unpacked. Raises NoReply."""
    try:
        async with asyncio.timeout(seconds):
            return await _fetched(url, asking, most, seconds, headers or {}, limits)
    except TimeoutError:
        raise NoReply(Kind.TIMEOUT, f"it takes longer than {seconds:.0f} seconds") from None


async def _fetched(
    url: str, asking: Asking, most: int, seconds: float, headers: Mapping[str, str], limits: Limits
) -> Fetched:
    target, moved = plain(url), True
    for _ in range(limits.hops + 1):
        reply = await asking.get(target, seconds, most, headers)
        if not reply.location:
            content = reply.content(most + 1)
            if len(content) > most:
                raise NoReply(Kind.ODD, f"it is larger than {most // 1_000_000} MB")
            return Fetched(target, moved, reply, content)
        moved = moved and reply.status in (301, 308)
        target = plain(joined(target, reply.location))
    raise NoReply(Kind.FAILING, "it redirects in a circle, or without end")


def fetched(url: str, *, most: int, seconds: float, network: Network = NETWORK) -> Fetched:
    """One address by itself. Raises NoReply, also where the server says that the page is not
    there."""

    async def one() -> Fetched:
        async with client(network) as asking:
            return await fetch(url, asking, most=most, seconds=seconds, headers=HEADERS)

    found = asyncio.run(one())
    if not 200 <= found.reply.status < 300:
        raise NoReply(Kind.FAILING, f"its server answers with {found.reply.status}")
    return found
