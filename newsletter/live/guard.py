"""Which addresses of the Internet may be asked: never one of this machine or a private network.

A newsletter's file, or a page that redirects, must not make the editor's computer ask the printer
next to it. The name is resolved here, and the connection goes to exactly the addresses that were
judged, so that a second look-up cannot answer otherwise.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

from newsletter.live.answer import Kind
from newsletter.live.reply import NoReply

PORTS = frozenset({80, 443, 8080, 8443})


class Target(NamedTuple):
    """One address that a name stands for."""

    address: str
    port: int


Resolve = Callable[[str, int], Awaitable[list[Target]]]
"""A name's addresses. Raises OSError, or UnicodeError for what can be no name."""

_IN_USE = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_RESERVED = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
"""Tunnels (an IPv4 address is hidden in them), documentation."""


def public(address: str) -> bool:
    """Whether `address` is one of the public Internet."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False  # one with a zone, for example: "fe80::1%eth0"
    if isinstance(parsed, IPv4Address):
        return _public_v4(parsed)
    hidden = parsed.ipv4_mapped or (
        IPv4Address(int(parsed) & 0xFFFFFFFF) if parsed in _NAT64 else None
    )
    return _public_v4(hidden) if hidden else _public_v6(parsed)


def _public_v4(address: IPv4Address) -> bool:
    relay = address.packed[:3] == bytes((192, 88, 99))
    return address.is_global and not (address.is_multicast or address.is_reserved or relay)


def _public_v6(address: IPv6Address) -> bool:
    return address in _IN_USE and not any(address in network for network in _RESERVED)


def literal(host: str) -> str:
    """The address that `host` spells, also as 0x7f.1, 2130706433 or localhost; "" if it is a
    name."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith(".localhost"):
        return "127.0.0.1"
    try:
        return str(ip_address(bare))
    except ValueError:
        if not re.fullmatch(r"[0-9a-fx]+(?:\.[0-9a-fx]+){0,3}", bare):
            return ""
    try:
        return socket.inet_ntoa(socket.inet_aton(bare))
    except OSError:
        return ""


class Guard:
    """Resolves each name once, and refuses what is not public."""

    def __init__(self, resolve: Resolve, allowed: frozenset[str] = frozenset()) -> None:
        self._resolve = resolve
        self._allowed = allowed
        self._known: dict[tuple[str, int], asyncio.Task[list[Target]]] = {}

    async def targets(self, host: str, port: int, seconds: float) -> list[Target]:
        """Where to connect to. Raises NoReply."""
        found = await self._found(host, port, seconds)
        good = [target for target in found if self._may(target)]
        if not good:
            raise _refused(host, port, found[0])
        return good

    async def check(self, host: str, port: int, seconds: float) -> None:
        """For a request that a proxy will connect: raise NoReply for one that must not be sent.

        A name that only the proxy can resolve is left to it.
        """
        try:
            found = await self._found(host, port, seconds)
        except NoReply:
            if port in PORTS:
                return
            raise
        for target in found:
            if not self._may(target):
                raise _refused(host, port, target)

    def _may(self, target: Target) -> bool:
        if target.address in self._allowed:
            return True
        return target.port in PORTS and public(target.address)

    async def _found(self, host: str, port: int, seconds: float) -> list[Target]:
        spelled = literal(host)
        if spelled:
            return [Target(spelled, port)]
        if (host, port) not in self._known:
            looked_up = asyncio.ensure_future(self._resolved(host, port))
            looked_up.add_done_callback(lambda task: task.cancelled() or task.exception())
            self._known[host, port] = looked_up
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(self._known[host, port])
        except TimeoutError:
            words = f"the name '{host}' could not be looked up in time"
            raise NoReply(Kind.DNS, words) from None

    async def _resolved(self, host: str, port: int) -> list[Target]:
        try:
            found = await self._resolve(host, port)
        except socket.gaierror as error:
            if error.errno in _NO_NAME:
                raise NoReply(Kind.NO_HOST, f"there is no website '{host}'") from None
            raise NoReply(Kind.DNS, f"the name '{host}' could not be looked up") from None
        except (OSError, UnicodeError):
            raise NoReply(Kind.DNS, f"the name '{host}' could not be looked up") from None
        if not found:
            raise NoReply(Kind.NO_HOST, f"there is no website '{host}'")
        return found


_NO_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


def _refused(host: str, port: int, target: Target) -> NoReply:
    if port not in PORTS and public(target.address):
        return NoReply(Kind.ODD, f"port {port} of '{host}' is not one of web pages")
    if literal(host):
        words = f"'{host}' is an address inside a private network"
    else:
        words = f"'{host}' leads to an address inside a private network ({target.address})"
    return NoReply(Kind.PRIVATE, words)
