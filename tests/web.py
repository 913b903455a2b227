"""A little Internet on this machine: names, certificates and servers, for tests of live links.

It stands on 127.0.0.1 only, at ports that are free, and lives as long as its `with` block.
"""

import asyncio
import re
import socket
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from threading import Thread
from typing import NamedTuple, Self

import trustme

from newsletter.live.answer import Answer
from newsletter.live.ask import ask
from newsletter.live.guard import Target
from newsletter.live.limits import LIMITS, Limits

HERE = "127.0.0.1"


class Request(NamedTuple):
    """What a server was asked, and where its answer goes."""

    method: str
    url: str
    headers: Mapping[str, str]
    writer: asyncio.StreamWriter

    async def reply(self, status: int, body: bytes = b"", /, **headers: str) -> None:
        """Answer, and leave the connection open for the next request."""
        given = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status} Status", *(f"{k}: {v}" for k, v in given.items()), "", ""]
        self.writer.write("\r\n".join(lines).encode())
        if self.method != "HEAD":
            self.writer.write(body)
        await self.writer.drain()


Page = str | Callable[[Request], Awaitable[None]]
"""What stands at an address: "404", "301 ADDRESS", "200 HTML", or a function that answers."""

NOTE = re.compile(r"^# (\S+) answers (.+)$", re.MULTILINE)
"""How an example of a manual says that: `# https://example.org/a answers 404`."""


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def trust() -> ssl.SSLContext:
    """Believes the certificates of this Internet."""
    context = ssl.create_default_context()
    _authority().configure_trust(context)
    return context


@cache
def _certificate() -> trustme.LeafCert:
    return _authority().issue_cert("example.org", "*.example.org", "example.com", "*.example.com")


class Web:
    """Answers "200" at every address that `pages` does not name; knows every host but those whose
    page is "nothing". `asked` is what was asked, in order."""

    def __init__(
        self,
        pages: Mapping[str, Page] | None = None,
        certificate: trustme.LeafCert | None = None,
        alpn: tuple[str, ...] = (),
    ) -> None:
        self.pages = dict(pages or {})
        self.asked: list[tuple[str, str]] = []
        self.most = 0  # requests at once
        self.most_a_host = 0
        self._now: Counter[str] = Counter()
        self._certificate = certificate
        self._alpn = alpn
        self._loop = asyncio.new_event_loop()
        self._ports: dict[int, int] = {}

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def resolve(self, host: str, port: int) -> list[Target]:
        """This machine, for every name."""
        if any(url.split("/")[2] == host and page == "nothing" for url, page in self.pages.items()):
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return [Target(HERE, self._ports.get(port, port))]

    def ask(
        self,
        *addresses: str,
        limits: Limits = LIMITS,
        told: Callable[[], None] | None = None,
    ) -> dict[str, Answer]:
        """What it answers."""
        return ask(
            addresses,
            told=told,
            limits=limits,
            allowed=frozenset({HERE}),
            resolve=self.resolve,
            trust=trust(),
        )

    async def _start(self) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        (self._certificate or _certificate()).configure_cert(context)
        if self._alpn:
            context.set_alpn_protocols(list(self._alpn))
        self._servers = [
            await asyncio.start_server(self._plain, HERE, 0),
            await asyncio.start_server(self._secure, HERE, 0, ssl=context),
        ]
        for port, server in zip((80, 443), self._servers, strict=True):
            self._ports[port] = server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0.01)  # for the connections to close

    async def _plain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._serve("http", reader, writer)

    async def _secure(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._serve("https", reader, writer)

    async def _serve(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                first, *lines = head.strip().split("\r\n")
                method, target, _ = first.split(" ")
                headers = dict(line.lower().split(": ", 1) for line in lines)
                url = target if "://" in target else f"{scheme}://{headers['host']}{target}"
                await self._answer(Request(method, url, headers, writer))
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, request: Request) -> None:
        host = request.headers["host"]
        self.asked.append((request.method, request.url))
        self._now[host] += 1
        self.most = max(self.most, self._now.total())
        self.most_a_host = max(self.most_a_host, self._now[host])
        try:
            page = self.pages.get(request.url, "200")
            if callable(page):
                await page(request)
                return
            status, _, more = page.partition(" ")
            if status.startswith("3"):
                await request.reply(int(status), location=more)
            else:
                await request.reply(int(status), more.encode())
        finally:
            self._now[host] -= 1
