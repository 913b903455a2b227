"""Requests of a browser in; the page, what came of each issue, and word of every change, out: the
one door of Starlette.

What is served is made here or comes with the program: no path of a request is ever looked for on
the disk. Nothing is written, but for what a bookmark brings and somebody confirms (adding.py).
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast, get_args
from urllib.parse import parse_qs, quote

import msgspec
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsletter.build import Result
from newsletter.check.explain import explained
from newsletter.export import bundle
from newsletter.preview import highlight, shown
from newsletter.preview.adding import LONGEST_FORM, PATH, Adding
from newsletter.preview.counting import Counter
from newsletter.preview.desk import Desk, Look
from newsletter.preview.guard import COOKIE, Lock, stranger
from newsletter.preview.history import committed
from newsletter.preview.views import Scheme, View, viewed
from newsletter.preview.watch import changes
from newsletter.rules import manuals

if TYPE_CHECKING:
    from newsletter.live.fetch import Network

_PAGE = Path(__file__).parent / "page"

_IDLE = 1  # seconds without a change, after which problems are counted in issues nobody looks at

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)

# No script runs in an email, whatever stands in it, and nothing is fetched for it.
_EMAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:{web}; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)

_T = TypeVar("_T")


class Preview:
    """The preview of one newsletter. `lock` is for those who are not at this computer."""

    def __init__(
        self,
        desk: Desk,
        hosts: frozenset[str],
        lock: Lock | None = None,
        idle: float = _IDLE,
        network: "Network | None" = None,
    ) -> None:
        self._desk = desk
        self._idle = idle
        self._lock = lock
        self._adding = Adding(network)
        self._counter = Counter(desk.root)
        self._thread = ThreadPoolExecutor(1, "desk")  # the one that works at the desk
        self._listening: set[asyncio.Queue[str]] = set()
        self._files = _files()
        contents = b"".join(content for _, content in self._files.values())
        self._edition = hashlib.sha256(contents).hexdigest()[:12]
        self.stop = asyncio.Event()
        routed = Starlette(routes=self._routes(), exception_handlers={Exception: _failed})
        routed.router.redirect_slashes = False
        self.app: ASGIApp = _Guarded(routed, hosts, lock)

    async def watch(self) -> None:
        """Tells the pages of each change, until the preview stops."""
        desk = self._desk
        counting = asyncio.create_task(self._count())
        try:
            async for paths in changes(
                desk.root, lambda: desk.root / desk.project.settings.output, self.stop
            ):
                counting.cancel()
                try:
                    names = await self._at_desk(partial(Desk.changed, paths=paths))
                except Exception:  # a fault of the program: whoever asks for an issue is told
                    names = None
                self._tell("changed", sorted(names) if names is not None else None)
                counting = asyncio.create_task(self._count())
        finally:
            counting.cancel()
            await self._counter.close()
            self._thread.shutdown(wait=False, cancel_futures=True)

    async def _count(self) -> None:
        """Counts the problems of the issues that nobody looks at, one after the other."""
        await asyncio.sleep(self._idle)
        await asyncio.shield(self._settle())
        try:
            while asked := await self._at_desk(Desk.uncounted):
                path, stamp = asked
                found = await self._counter.count(path)
                await self._at_desk(partial(Desk.count, name=path.name, stamp=stamp, found=found))
                self._tell("counted", [path.name])
        except EOFError:  # the others stay uncounted until something changes
            pass
        await self._counter.close()

    async def _settle(self) -> None:
        if later := await self._at_desk(Desk.settle):
            self._tell("changed", sorted(later))

    async def _at_desk(self, work: Callable[[Desk], _T]) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, work, self._desk)

    def _tell(self, event: str, names: list[str] | None) -> None:
        message = f"event: {event}\ndata: {msgspec.json.encode(names).decode()}\n\n"
        for waiting in self._listening:
            waiting.put_nowait(message)

    # --- what is asked for ------------------------------------------------------------------------

    def _routes(self) -> list[Route]:
        return [
            Route("/", self._page),
            Route("/page/{name:path}", self._file),
            Route("/events", self._events),
            Route("/newsletter", self._newsletter),
            Route("/platforms", self._platforms),
            Route("/rules/{code}", self._rule),
            Route("/issues/{name}", self._issue),
            Route("/issues/{name}/email", self._email),
            Route("/issues/{name}/pictures/{file}", self._picture),
            Route("/issues/{name}/committed", self._compared),
            Route("/issues/{name}/code/{kind}", self._code),
            Route("/issues/{name}/download.{kind}", self._download),
            Route("/key", self._key, methods=["POST"]),
            Route(PATH, self._asks_to_add, methods=["GET"]),
            Route(PATH, self._adds, methods=["POST"]),
        ]

    async def _page(self, request: Request) -> Response:
        if self._lock and "key" in request.query_params:
            return _with_key(request, self._lock, request.query_params["key"])
        return self._served("index.html")

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        return _nothing() if name.endswith(".html") else self._served(name)

    def _served(self, name: str) -> Response:
        if name not in self._files:
            return _nothing()
        kind, content = self._files[name]
        headers = {"Content-Security-Policy": _PAGE_POLICY} if name.endswith(".html") else {}
        return Response(content, media_type=kind, headers=headers)

    async def _key(self, request: Request) -> Response:
        if self._lock is None:
            return _nothing()
        body = await _form(request, _LONGEST_FORM)
        if body is None:
            return _nothing()
        form = body.decode("ascii", "ignore")
        return _with_key(request, self._lock, parse_qs(form).get("key", [""])[0])

    async def _asks_to_add(self, request: Request) -> Response:
        project = await self._at_desk(lambda desk: desk.project)
        query = dict(request.query_params)
        page = await asyncio.to_thread(self._adding.asks, project, query)
        return _told_of_adding(page, _OLD_BOOKMARK)

    async def _adds(self, request: Request) -> Response:
        body = await _form(request, LONGEST_FORM)
        project = await self._at_desk(lambda desk: desk.project)
        page = await asyncio.to_thread(self._adding.adds, project, body or b"")
        return _told_of_adding(page, _OLD_FORM)

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        waiting: asyncio.Queue[str] = asyncio.Queue()
        self._listening.add(waiting)
        stopping = asyncio.create_task(self.stop.wait())
        message = asyncio.create_task(waiting.get())
        try:
            yield f'retry: 500\nevent: hello\ndata: "{self._edition}"\n\n'
            while not self.stop.is_set():
                if message.done():
                    message = asyncio.create_task(waiting.get())
                await asyncio.wait({message, stopping}, timeout=20, return_when="FIRST_COMPLETED")
                if message.done():
                    yield message.result()
                else:
                    yield ": still here\n\n"  # else a browser that has gone is never noticed
        finally:
            stopping.cancel()
            message.cancel()
            self._listening.discard(waiting)

    async def _newsletter(self, _request: Request) -> Response:
        def work(desk: Desk) -> shown.Newsletter:
            return shown.newsletter(desk.project, desk.rows())

        return _json(await self._at_desk(work))

    async def _platforms(self, _request: Request) -> Response:
        return _json(await self._at_desk(lambda desk: shown.platforms(desk.project)))

    async def _rule(self, request: Request) -> Response:
        rule = manuals().get(request.path_params["code"])
        return _json(explained(rule)) if rule else _nothing()

    async def _issue(self, request: Request) -> Response:
        name, platform = _asked(request)

        def work(desk: Desk) -> shown.Shown | None:
            look, path = desk.look(name, platform), desk.path(name)
            if look is None or path is None:
                return None
            return shown.shown(look, desk.problems(name, look), path, desk.root)

        told = await self._at_desk(work)
        answer = _json(told) if told else _nothing()
        answer.background = BackgroundTask(self._at_desk, Desk.tidy)
        return answer

    async def _email(self, request: Request) -> Response:
        name, platform = _asked(request)
        query = request.query_params
        scheme = query.get("scheme", "light")
        view = View(
            scheme=cast("Scheme", scheme) if scheme in get_args(Scheme) else "light",
            images=query.get("images") != "off",
            styles=query.get("styles") != "off",
            cut=query.get("cut") == "on",
        )

        def work(desk: Desk) -> str | None:
            result = _result(desk, name, platform, _is_committed(request))
            sample = result.sample if result else None
            if result is None or sample is None:
                return None
            at = f"/issues/{quote(name, safe='')}/pictures/{{}}"
            at += "?at=committed" if _is_committed(request) else ""
            return viewed(sample.html, view, shown.pictures(result, at))

        page = await self._at_desk(work)
        web = " https: http:" if query.get("web") == "on" else ""
        policy = {"Content-Security-Policy": _EMAIL_POLICY.format(web=web)}
        return HTMLResponse(page, headers=policy) if page is not None else _nothing()

    async def _picture(self, request: Request) -> Response:
        name, platform = _asked(request)

        def work(desk: Desk) -> bytes | None:
            result = _result(desk, name, platform, _is_committed(request))
            files = result.images if result else {}
            return files.get(f"images/{request.path_params['file']}")

        content = await self._at_desk(work)
        kind = next((kind for begin, kind in _IMAGES if (content or b"").startswith(begin)), "")
        if content is None or not kind:
            return _nothing()
        policy = {"Content-Security-Policy": "default-src 'none'; sandbox"}
        return Response(content, media_type=kind, headers=policy)

    async def _compared(self, request: Request) -> Response:
        name, platform = _asked(request)

        def work(desk: Desk) -> shown.Compared | None:
            look = desk.look(name, platform)
            if look is None:
                return None
            if not file.missing:
                desk.commit(name, file.text)
            return shown.compared(look.shown, desk.committed(name, platform), file)

        path = await self._at_desk(partial(Desk.path, name=name))
        if path is None:
            return _nothing()
        file = await asyncio.to_thread(committed, path)  # git may take its time
        told = await self._at_desk(work)
        return _json(told) if told else _nothing()

    async def _code(self, request: Request) -> Response:
        name, platform = _asked(request)
        kind = request.path_params["kind"]
        if kind not in get_args(highlight.Language):
            return _nothing()

        def work(desk: Desk) -> list[highlight.Line] | None:
            look = desk.look(name, platform)
            return highlight.lines(shown.code(look, kind), kind) if look else None

        lines = await self._at_desk(work)
        return _json(lines) if lines is not None else _nothing()

    async def _download(self, request: Request) -> Response:
        name, platform = _asked(request)
        kind = request.path_params["kind"]
        make = _PACKED.get(kind)

        def work(desk: Desk) -> tuple[Look, bytes] | None:
            look = desk.look(name, platform)
            if look is None or make is None or look.shown.email is None:
                return None
            return look, make(look.shown)

        made = await self._at_desk(work)
        if made is None:
            return _nothing()
        look, content = made
        file = f"{Path(name).stem}-{look.shown.platform}.{kind}"
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file)}"}
        return Response(content, media_type=_KINDS[kind], headers=headers)


# By how they begin: a name may say anything.
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
_KINDS = {"eml": "message/rfc822", "zip": "application/zip"}
_PACKED: dict[str, Callable[[Result], bytes]] = {"eml": Result.eml, "zip": bundle}


def _result(desk: Desk, name: str, platform: str, was_committed: bool) -> Result | None:
    if was_committed:
        return desk.committed(name, platform)
    return desk.email(name, platform)


def _asked(request: Request) -> tuple[str, str]:
    """The issue and the platform that a request is about."""
    return request.path_params["name"], request.query_params.get("platform", "")


def _is_committed(request: Request) -> bool:
    """Whether an issue is asked for as it was committed."""
    return request.query_params.get("at") == "committed"


def _json(value: object) -> Response:
    return Response(msgspec.json.encode(value, enc_hook=str), media_type="application/json")


def _nothing() -> Response:
    return Response("There is nothing here.\n", 404, media_type="text/plain")


def _failed(request: Request, error: Exception) -> Response:
    """A fault of the program: the page says so, and the preview goes on."""
    told = f"The program broke down over {request.url.path} ({type(error).__name__}: {error})."
    return Response(f"{told} Please tell whoever looks after it.\n", 500, media_type="text/plain")


def _with_key(request: Request, lock: Lock, typed: str) -> Response:
    ticket = lock.try_key(typed)
    if ticket is None:
        return _asks(_SHUT if lock.is_shut else "That is not the key.")
    response = RedirectResponse("/", 303)
    response.set_cookie(_cookie(request), ticket, httponly=True, samesite="strict")
    return response


_LONGEST_FORM = 1000  # bytes

_OLD_BOOKMARK = "This bookmark is another newsletter's, or an old one. Make it again: "
_OLD_BOOKMARK += "newsletter add --bookmarklet"
_OLD_FORM = "The preview was started anew meanwhile. Use the bookmark once more."


async def _form(request: Request, most: int) -> bytes | None:
    """What a form sends; None if it is longer than any of these."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            return None
    return body


def _told_of_adding(page: str | None, why_not: str) -> Response:
    if page is None:
        return Response(f"{why_not}\n", 403, media_type="text/plain")
    # Without a referrer a browser sends the form as from nowhere (Origin: null).
    headers = {"Content-Security-Policy": _PAGE_POLICY, "Referrer-Policy": "same-origin"}
    return HTMLResponse(page, headers=headers)


def _is_here(request: Request) -> bool:
    """Whether a request comes from this computer."""
    return request.client is not None and request.client.host == "127.0.0.1"


_SHUT = "Too many wrong keys: wait for a minute."


def _asks(told: str = "") -> Response:
    """The page that asks for the key, and says why it does so again."""
    page = (_PAGE / "key.html").read_text("utf-8").replace("{told}", told)
    # Without a referrer a browser sends the form as from nowhere (Origin: null).
    headers = {"Content-Security-Policy": _PAGE_POLICY, "Referrer-Policy": "same-origin"}
    return HTMLResponse(page, 401, headers=headers)


def _from_elsewhere(request: Request) -> bool:
    """Whether some other website leads here: to try keys, or to have the door shut."""
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


def _cookie(request: Request) -> str:
    """The name of the cookie: that of another preview on this computer is another one."""
    return f"{COOKIE}-{request.scope['server'][1]}"


def _files() -> dict[str, tuple[str, bytes]]:
    """The page's own files and their media types, by their names."""
    return {
        path.relative_to(_PAGE).as_posix(): (_MEDIA_TYPES[path.suffix], path.read_bytes())
        for path in sorted(_PAGE.rglob("*.*"))
    }


# Some computers have other ideas of them (mimetypes asks the registry of Windows).
_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}


class _Guarded:
    """Lets no stranger in, and says in every answer what a browser may make of it."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], lock: Lock | None) -> None:
        self._app, self._hosts, self._lock = app, hosts, lock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
            await send(message)

        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        answer = self._refused(Request(scope)) or self._app
        return await answer(scope, receive, careful)

    def _refused(self, request: Request) -> Response | None:
        why = stranger(request.headers, self._hosts)
        if why:
            return Response(f"{why}\n", 403, media_type="text/plain")
        path = request.scope["path"]
        if path == PATH and not _is_here(request):
            return _nothing()
        if self._lock is None or self._lock.opens(request.cookies.get(_cookie(request))):
            return None
        if path == "/" and "key" in request.query_params and _from_elsewhere(request):
            return Response("Open this address yourself.\n", 403, media_type="text/plain")
        if path in (PATH, "/page/add.css") and _is_here(request):
            return None  # a key of its own opens it, and only here
        if path in ("/key", "/page/key.css") or (path == "/" and "key" in request.query_params):
            return None
        if path == "/":
            return _asks()
        return Response("Type the key first.\n", 401, media_type="text/plain")
