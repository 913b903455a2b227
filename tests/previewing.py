"""A preview that runs for a test: the real server at a real port of this computer."""

import asyncio
import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from newsletter.live.fetch import NETWORK, Network
from newsletter.preview.desk import Desk
from newsletter.preview.guard import Lock, names
from newsletter.preview.run import listening, serve
from newsletter.preview.server import Preview

_FIRST_PORT = 20_000


class Answer(NamedTuple):
    """What the preview answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Running(NamedTuple):
    """A preview that runs."""

    desk: Desk
    preview: Preview
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Asks for a path just as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(
                "GET" if body is None else "POST", path, skip_host=True, skip_accept_encoding=True
            )
            sent = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            if body is not None:
                sent["Content-Length"] = str(len(body))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()


@contextmanager
def running(
    root: Path,
    key: str = "",
    port: int = _FIRST_PORT,
    idle: float = 60,
    network: Network = NETWORK,
) -> Iterator[Running]:
    """The preview of the newsletter in `root`; with a `key`, as `--host` has it. `idle` seconds
    after a change another process counts the problems of the issues that nobody looks at."""
    sock = listening(port, "127.0.0.1")
    number = sock.getsockname()[1]
    desk = Desk(root)
    preview = Preview(desk, names(number, bool(key)), Lock(key) if key else None, idle, network)
    started = threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def work() -> None:
        loops.append(asyncio.get_running_loop())
        await serve(preview, sock, started.set)

    thread = threading.Thread(target=lambda: asyncio.run(work()))
    thread.start()
    try:
        assert started.wait(10)
        yield Running(desk, preview, number)
    finally:
        loops[0].call_soon_threadsafe(preview.stop.set)
        thread.join(10)
        assert not thread.is_alive()
