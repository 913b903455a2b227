"""Addresses in, what the network says of each out, within half a minute."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from urllib.parse import urldefrag, urlsplit

from newsletter.live.answer import Answer, Kind
from newsletter.live.client import Client
from newsletter.live.guard import Guard, Resolve
from newsletter.live.limits import LIMITS, Limits
from newsletter.live.names import lookup
from newsletter.live.turns import Turns
from newsletter.live.visit import Visit

_LATE = Answer(Kind.LATE, "time ran out before it could be asked")
_NO_NETWORK = Answer(Kind.OFFLINE, "this computer seems to have no network")
_FEW = 2  # hosts; when so many cannot be found, it is not they


def ask(
    addresses: Sequence[str],
    *,
    told: Callable[[], None] | None = None,
    limits: Limits = LIMITS,
    allowed: frozenset[str] = frozenset(),
    resolve: Resolve = lookup,
    trust: ssl.SSLContext | None = None,
) -> dict[str, Answer]:
    """The answer of each address. `told` is called after each.

    `allowed` are private addresses that may be asked all the same: for tests, whose servers stand
    on their own machine, and for nothing else. So are `resolve` and `trust`, which certificates to
    believe; as a rule those that the system does.
    """
    asked = list(dict.fromkeys(addresses))
    if not asked:
        return {}
    guard = Guard(resolve, allowed)
    answers = asyncio.run(_all(asked, guard, limits, trust, told or _nobody))
    return _offline(answers)


def _nobody() -> None:
    """Nobody wants to be told."""


async def _all(
    addresses: list[str],
    guard: Guard,
    limits: Limits,
    trust: ssl.SSLContext | None,
    told: Callable[[], None],
) -> dict[str, Answer]:
    pages: dict[str, list[str]] = {}  # a page is asked once, whatever part of it is meant
    for address in addresses:
        pages.setdefault(urldefrag(address).url, []).append(address)
    turns = Turns(limits, len(pages))
    answers: dict[str, Answer] = {}

    def take(page: str, answer: Answer) -> None:
        for address in pages[page]:
            answers[address] = _with_fragment(answer, address)
            told()

    async def one(page: str, client: Client) -> None:
        try:
            answer = await Visit(page, client, turns, limits).answer()
        except Exception as error:  # a server can send what no library has thought of
            name = type(error).__name__
            answer = Answer(Kind.ODD, f"its answer could not be read ({name})")
        turns.finished()
        take(page, answer)

    async with Client(guard, limits, trust) as client:
        tasks = [asyncio.ensure_future(one(page, client)) for page in pages]
        await asyncio.wait(tasks, timeout=limits.whole)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for page, meant in pages.items():
        if meant[0] not in answers:
            take(page, _LATE)
    return {address: answers[address] for address in addresses}


def _with_fragment(answer: Answer, address: str) -> Answer:
    fragment = urldefrag(address).fragment
    if not fragment or not answer.final or urldefrag(answer.final).fragment:
        return answer
    return answer._replace(final=f"{answer.final}#{fragment}")


def _offline(answers: dict[str, Answer]) -> dict[str, Answer]:
    """Where no name at all is found, it is not the links."""
    lost = (Kind.DNS, Kind.NO_HOST, Kind.LATE)
    # What is refused before it is asked says nothing of the network.
    asked = {url: one for url, one in answers.items() if one.kind is not Kind.PRIVATE}
    hosts = {urlsplit(address).hostname for address in asked}
    if len(hosts) < _FEW or any(answer.kind not in lost for answer in asked.values()):
        return answers
    if all(answer.kind is Kind.LATE for answer in asked.values()):
        return answers
    return {**answers, **dict.fromkeys(asked, _NO_NETWORK)}
