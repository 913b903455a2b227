"""Who may ask when: few at once a host, few in all, and a fair share of the time for each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import ceil
from typing import NamedTuple

from newsletter.live.limits import Limits
from newsletter.live.reply import NoReply


class Origin(NamedTuple):
    """What is connected to."""

    scheme: str
    host: str
    port: int | None


class _Host:
    def __init__(self, at_once: int) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.rests_until = 0.0


class Turns:
    """The turns of one run; `addresses` are to be asked in it."""

    def __init__(self, limits: Limits, addresses: int) -> None:
        self._limits = limits
        self._all = asyncio.Semaphore(limits.in_all)
        self._hosts: dict[str, _Host] = {}
        self._silent: dict[Origin, NoReply] = {}
        self._ends = self.now + limits.whole
        self._unfinished = addresses

    @property
    def now(self) -> float:
        """Seconds, from some moment on."""
        return asyncio.get_running_loop().time()

    @property
    def left(self) -> float:
        """Seconds until all is over."""
        return self._ends - self.now

    def share(self) -> float:
        """Seconds for an address that begins now, so that the others have as many."""
        fair = self.left / ceil(self._unfinished / self._limits.in_all)
        return min(self._limits.address, max(self._limits.least, fair))

    def finished(self) -> None:
        """Note that an address has its answer."""
        self._unfinished -= 1

    @asynccontextmanager
    async def turn(self, origin: Origin) -> AsyncIterator[None]:
        """Wait for a turn to ask `origin`. Raises the NoReply of one that is known not to
        answer."""
        one = self._host(origin.host)
        async with one.slots:
            if one.rests_until > self.now:
                await asyncio.sleep(one.rests_until - self.now)
            async with self._all:
                if origin in self._silent:
                    raise self._silent[origin]
                yield

    def rest(self, host: str, seconds: float) -> None:
        """Leave `host` alone for some seconds: it asked for that."""
        one = self._host(host)
        one.rests_until = max(one.rests_until, self.now + seconds)

    def silent(self, origin: Origin, fault: NoReply) -> None:
        """Do not try to connect to `origin` again."""
        self._silent[origin] = fault

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._limits.a_host))
