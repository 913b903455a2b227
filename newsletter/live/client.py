"""One request over the network: the one door of httpx2 (httpx, as it is kept on)."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing, contextmanager, suppress
from typing import Self
from urllib.request import getproxies, proxy_bypass

import httpcore2 as httpcore
import httpx2 as httpx

from newsletter import __version__
from newsletter.live.answer import Kind
from newsletter.live.faults import unconnected
from newsletter.live.guard import Guard, Target
from newsletter.live.limits import Limits
from newsletter.live.reply import NoReply, Reply
from newsletter.live.turns import Origin

HEADERS = {
    "User-Agent": f"newsletter-builder/{__version__} (looks whether links of a newsletter work)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
_STEP = 2.0  # seconds after which a host's next address is tried


class Client:
    """Sends requests, each to addresses that the guard lets pass. Redirects are not followed."""

    def __init__(self, guard: Guard, limits: Limits, trust: ssl.SSLContext | None = None) -> None:
        self._limits = limits
        self._client = httpx.AsyncClient(
            transport=_Transport(guard, limits, trust or httpx.create_ssl_context()),
            headers=HEADERS,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._client.aclose()

    async def ask(self, method: str, url: str, seconds: float) -> Reply:
        """The reply, with the beginning of the page if `method` is GET. Raises NoReply."""
        return await self._asked(method, url, seconds, {}, None)

    async def get(self, url: str, seconds: float, most: int, headers: Mapping[str, str]) -> Reply:
        """The whole reply, whatever it is, if it has at most `most` bytes as they are sent. Raises
        NoReply."""
        return await self._asked("GET", url, seconds, headers, most)

    async def _asked(
        self, method: str, url: str, seconds: float, headers: Mapping[str, str], most: int | None
    ) -> Reply:
        # So much less that a host which cannot be reached is told from one that is slow.
        timeout = httpx.Timeout(None, connect=min(self._limits.connect, seconds * 0.8))
        with _faults(url):
            async with (
                asyncio.timeout(seconds),
                self._client.stream(
                    method, url, auth=None, timeout=timeout, headers=dict(headers)
                ) as response,
            ):
                reply = Reply(method, url, response.status_code, _lowered(response.headers))
                if method != "GET" or not (reply.is_page or most) or (most and reply.location):
                    return reply
                body = b""
                async with aclosing(response.aiter_raw()) as chunks:
                    async for chunk in chunks:
                        body += chunk
                        if most and len(body) > most:
                            raise NoReply(Kind.ODD, _larger(most))
                        if not most and len(body) >= self._limits.body:
                            break
                return reply._replace(body=body if most else body[: self._limits.body])


def _larger(most: int) -> str:
    return f"it is larger than {most // 1_000_000} MB"


def plain(url: str) -> str:
    """`url` as it is asked: without fragment, name and password. Raises NoReply."""
    try:
        parsed = httpx.URL(url)
        parsed = parsed.copy_with(fragment=None, userinfo=b"")
    except (httpx.InvalidURL, UnicodeError):
        raise NoReply(Kind.ODD, "this is no address that can be asked") from None
    host = parsed.raw_host.decode("ascii", "replace")
    if parsed.scheme not in ("http", "https") or not re.fullmatch(r"[\w.:-]+", host):
        raise NoReply(Kind.ODD, "this is no address of a web page")
    return str(parsed)


def origin(url: str) -> Origin:
    """What is connected to for an address that `plain` gave."""
    parsed = httpx.URL(url)
    return Origin(parsed.scheme, parsed.raw_host.decode("ascii"), parsed.port)


def joined(url: str, location: str) -> str:
    """Where a redirect of `url` to `location` leads. Raises NoReply."""
    try:
        target = httpx.URL(url).join(location)
        if not target.fragment and httpx.URL(url).fragment:
            target = target.copy_with(fragment=httpx.URL(url).fragment)
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise NoReply(Kind.ODD, "it redirects to something that is no address") from None
    return str(target)


def _lowered(headers: httpx.Headers) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def _faults(url: str) -> Iterator[None]:
    """What can go wrong with a request, as NoReply."""
    host = httpx.URL(url).host
    try:
        yield
    except httpcore.ConnectTimeout:
        raise NoReply(Kind.TIMEOUT, f"'{host}' does not answer") from None
    except (TimeoutError, httpcore.TimeoutException):
        raise NoReply(Kind.TIMEOUT, f"'{host}' takes too long to answer", again=True) from None
    except httpcore.ProxyError as error:
        raise NoReply(Kind.ODD, f"the proxy of this network says: {error}") from None
    except httpcore.ConnectError as error:
        raise unconnected(host, error) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError):
        words = f"the server of '{host}' breaks the connection"
        raise NoReply(Kind.FAILING, words, again=True) from None


class _Transport(httpx.AsyncBaseTransport):
    """Directly through the guard, or through the proxy that the system names."""

    def __init__(self, guard: Guard, limits: Limits, trust: ssl.SSLContext) -> None:
        self._guard = guard
        self._trust = trust
        self._proxies = getproxies()
        self._backend = _Backend(guard)
        self._direct = httpcore.AsyncConnectionPool(
            ssl_context=trust,
            http2=True,
            max_connections=None,  # turns are given elsewhere
            max_keepalive_connections=limits.in_all,
            network_backend=self._backend,
        )
        self._proxied: dict[str, httpcore.AsyncHTTPProxy] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        pool: httpcore.AsyncConnectionPool = self._direct
        proxy = self._proxy(url)
        if proxy:
            port = url.port or (443 if url.scheme == "https" else 80)
            seconds = request.extensions["timeout"]["connect"]
            await self._guard.check(url.raw_host.decode("ascii"), port, seconds)
            pool = self._through(proxy)
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=b"",
            extensions=request.extensions,
        )
        response = await pool.handle_async_request(asked)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        for pool in (self._direct, *self._proxied.values()):
            await pool.aclose()
        await self._backend.aclose()

    def _proxy(self, url: httpx.URL) -> str:
        """An http proxy; others (SOCKS) are not known here."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        proxy = proxy if "://" in proxy or not proxy else f"http://{proxy}"
        if not proxy.startswith(("http://", "https://")) or proxy_bypass(url.host):
            return ""
        return proxy

    def _through(self, proxy: str) -> httpcore.AsyncHTTPProxy:
        if proxy not in self._proxied:
            given = httpx.Proxy(proxy)
            self._proxied[proxy] = httpcore.AsyncHTTPProxy(
                str(given.url),
                proxy_auth=given.raw_auth,
                ssl_context=self._trust,
                http2=True,
                max_connections=None,
            )
        return self._proxied[proxy]


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._response.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._response.aclose()


class _Backend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that have been judged, never to a name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore.AnyIOBackend()
        self._opened: list[httpcore.AsyncNetworkStream] = []

    async def connect_tcp(  # type: ignore[no-untyped-def]
        self, host, port, timeout=None, local_address=None, socket_options=None
    ) -> httpcore.AsyncNetworkStream:
        *others, last = (await self._guard.targets(host, port, timeout))[:4]
        for target in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return await self._connected(target, min(_STEP, timeout), socket_options)
        return await self._connected(last, timeout, socket_options)

    async def _connected(  # type: ignore[no-untyped-def]
        self, target: Target, seconds: float, socket_options
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._inner.connect_tcp(
            target.address, target.port, seconds, None, socket_options
        )
        self._opened.append(stream)
        return stream

    async def aclose(self) -> None:
        """Close what is still open: a handshake that is cut off leaves its connection behind."""
        for stream in self._opened:
            await stream.aclose()
