"""A host's name in, its addresses out.

Each look-up has a thread of its own, which nobody waits for: the system's resolver cannot be
stopped, and may take half a minute to give up.
"""

import asyncio
import socket
from contextlib import suppress
from threading import Thread

from newsletter.live.guard import Target


async def lookup(host: str, port: int) -> list[Target]:
    """The addresses of `host`, best first. Raises OSError, UnicodeError."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[list[Target]] = loop.create_future()

    def tell(found: list[Target], error: Exception | None) -> None:
        if done.cancelled():
            return
        if error:
            done.set_exception(error)
        else:
            done.set_result(found)

    def work() -> None:
        found: list[Target] = []
        failed = None
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(Target(str(info[4][0]), port) for info in infos))
        except (OSError, UnicodeError) as error:
            failed = error
        with suppress(RuntimeError):  # all is over, and nobody listens any more
            loop.call_soon_threadsafe(tell, found, failed)

    Thread(target=work, daemon=True).start()
    return await done
