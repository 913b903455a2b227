"""A preview in; it runs, in a browser of this computer, until Ctrl-C: the one door of uvicorn."""

import asyncio
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import uvicorn

from newsletter.preview.server import Preview
from newsletter.problems import cannot

PORT = 8642
"""The first one that is tried."""

_FREE_FOR_ALL = 1024  # the first port for which nobody needs leave
_PORTS = 50  # that are tried one after the other


def listening(port: int, host: str) -> socket.socket:
    """A socket at `port` or, if that is taken, at the next free one. Raises NewsletterError."""
    for number in range(port, min(port + _PORTS, 65536)):
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":  # a port that was left a moment ago is free; elsewhere it is shared
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, number))
            made.listen()
        except OSError as error:
            made.close()
            if isinstance(error, PermissionError) and number < _FREE_FOR_ALL:
                raise cannot(
                    "--port",
                    "port",
                    f"port {number} may not be used by you",
                    f"take one from {_FREE_FOR_ALL} on",
                ) from None
        else:
            return made
    raise cannot(
        "--port",
        "port",
        f"all ports from {port} to {min(port + _PORTS, 65536) - 1} are taken",
        "name another one: --port 9000",
    )


class _Server(uvicorn.Server):
    """Ends at once when it is told to."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._preview.stop.set()


def run(preview: Preview, sock: socket.socket, started: Callable[[], None]) -> None:
    """Answers at `sock` until Ctrl-C; calls `started` when the page can be opened."""
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(preview, sock, started))


async def serve(preview: Preview, sock: socket.socket, started: Callable[[], None]) -> None:
    """The same, until the preview is stopped."""
    config = uvicorn.Config(
        preview.app,
        log_level="critical",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=1,
        ws="none",
    )
    server = _Server(config, preview)
    tasks = [asyncio.create_task(preview.watch()), asyncio.create_task(_ends(server, preview))]
    started()  # the socket listens already: what is asked for now is answered in a moment
    try:
        await server.serve([sock])
    finally:
        preview.stop.set()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _ends(server: uvicorn.Server, preview: Preview) -> None:
    await preview.stop.wait()
    server.should_exit = True


def open_browser(url: str) -> None:
    """Opens `url` in a browser of this computer, unless that would be one inside the terminal."""
    on_screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform in ("win32", "darwin") or on_screen or os.environ.get("BROWSER"):
        # Some browsers are waited for until they are closed.
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
