"""One address in, its answer out: HEAD, then GET, redirects followed by hand."""

from datetime import UTC, datetime
from urllib.parse import urldefrag, urlsplit

from newsletter.live.answer import Answer, Kind
from newsletter.live.client import Client, joined, origin, plain
from newsletter.live.limits import Limits
from newsletter.live.reply import NoReply, Reply
from newsletter.live.turns import Turns
from newsletter.live.verdict import verdict

_FOR_GOOD = (301, 308)


class Visit:
    """The way of one address through its redirects."""

    def __init__(self, url: str, client: Client, turns: Turns, limits: Limits) -> None:
        self._url = url
        self._client = client
        self._turns = turns
        self._limits = limits
        self._seconds: float | None = None  # that are left, from its first turn on
        self._waited = False

    async def answer(self) -> Answer:
        """Never raises for what a server does."""
        final, permanent, hops = "", True, 0
        try:
            url = plain(self._url)
            seen = {url}
            while True:
                reply = await self._reply(url)
                if not reply.location:
                    break
                hops += 1
                final = joined(final or url, reply.location)
                permanent = permanent and reply.status in _FOR_GOOD
                url = plain(final)
                if hops > self._limits.hops or (url in seen and "set-cookie" not in reply.headers):
                    words = "it redirects in a circle, or without end"
                    raise NoReply(Kind.FAILING, words)
                seen.add(url)
        except NoReply as fault:
            words = fault.words
            if final and urlsplit(final).hostname != urlsplit(self._url).hostname:
                words = f"it redirects to another website, and {words}"
            return Answer(fault.kind, words, 0, final, permanent and bool(final))
        if final and urldefrag(final).url == urldefrag(self._url).url:
            final = ""  # a cookie, and back again
        return verdict(self._url, reply, final, permanent and bool(final))

    async def _reply(self, url: str) -> Reply:
        """What stands at `url`, asked with GET where HEAD is not enough. Raises NoReply."""
        try:
            reply = await self._turn("HEAD", url)
            if reply.location or (reply.status < 300 and not reply.is_page):
                return reply
        except NoReply as fault:
            if not fault.again:
                raise
        try:
            reply = await self._turn("GET", url)
        except NoReply as fault:
            if not fault.again or fault.kind is Kind.TIMEOUT:
                raise
            reply = await self._turn("GET", url)
        return reply

    async def _turn(self, method: str, url: str) -> Reply:
        """One request; one more after a short while if the server asks for that."""
        reply = await self._ask(method, url)
        if reply.status in (429, 503) and not self._waited:
            seconds = reply.retry_after(datetime.now(UTC))
            most = min(self._limits.wait, self._turns.left / 2)
            if seconds is not None and seconds <= most:
                self._waited = True
                self._turns.rest(origin(url).host, seconds)
                reply = await self._ask(method, url)
        return reply

    async def _ask(self, method: str, url: str) -> Reply:
        where = origin(url)
        async with self._turns.turn(where):
            if self._seconds is None:
                self._seconds = self._turns.share()
            began = self._turns.now
            # A server that hangs at HEAD may still answer GET.
            seconds = self._seconds * (0.5 if method == "HEAD" else 1)
            try:
                return await self._client.ask(method, url, max(seconds, 0.1))
            except NoReply as fault:
                if not fault.again:
                    self._turns.silent(where, fault)
                raise
            finally:
                self._seconds -= self._turns.now - began
