"""A request in, whether it may be answered out: by whom it was sent, and with which key.

A page of some other website can have a browser ask this computer (DNS rebinding, forms, pictures):
so only the names are answered that the preview was started for, and only its own pages.
"""

import secrets
import socket
import time
from collections.abc import Mapping

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on a telephone
_LENGTH = 8
COOKIE = "newsletter-preview"

_TRIES = 10
_PAUSE = 60.0  # seconds, after so many wrong keys


def key() -> str:
    """A key that is typed once on a telephone: 40 bits, in two groups."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[: _LENGTH // 2]}-{letters[_LENGTH // 2 :]}"


def names(port: int, everywhere: bool) -> frozenset[str]:
    """What the Host header of a request may be: this computer's names, and its addresses if the
    preview is for others on the network, too."""
    hosts = {"127.0.0.1", "localhost"}
    if everywhere:
        own = socket.gethostname().lower()
        hosts |= {own, f"{own}.local", address()}
    return frozenset(f"{host}:{port}" for host in hosts) | (hosts if port == 80 else set())


def address() -> str:
    """The address that others on the network have for this computer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # only chooses a way out: nothing is sent (RFC 5737)
            return str(asked.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def stranger(headers: Mapping[str, str], allowed: frozenset[str]) -> str:
    """Why a request is not answered, in words; "" if it may be. Names of headers are lower-case."""
    host = headers.get("host", "").lower()
    if host not in allowed:
        return "This preview does not answer to that name. Use the address that the terminal shows."
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return "Only the preview's own page may ask this."
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        opened = headers.get("sec-fetch-mode") == "navigate"
        if not opened or headers.get("sec-fetch-dest") != "document":
            return "Only the preview's own page may ask this."
    return ""


class Lock:
    """A door that opens with a key, and stays shut for a while after too many wrong ones."""

    def __init__(self, right: str) -> None:
        self._right = right
        self._once = secrets.token_urlsafe(32)
        self._pass = secrets.token_urlsafe(32)
        self._wrong = 0
        self._shut_until = 0.0

    @property
    def once(self) -> str:
        """Another key, which opens a single time: for the browser of this computer, because others
        can see what programs are started with."""
        return self._once

    def try_key(self, typed: str) -> str | None:
        """What a browser shows from then on, for the right key; None for a wrong one."""
        if self._once and secrets.compare_digest(typed.encode(), self._once.encode()):
            self._once = ""
            return self._pass
        if self.is_shut:
            return None
        plain = typed.strip().lower().replace("-", "").replace(" ", "")
        if secrets.compare_digest(plain.encode(), self._right.replace("-", "").encode()):
            self._wrong = 0
            return self._pass
        self._wrong += 1
        if self._wrong >= _TRIES:
            self._wrong, self._shut_until = 0, time.monotonic() + _PAUSE
        return None

    def opens(self, shown: str | None) -> bool:
        """Whether a browser has typed the key before."""
        return shown is not None and secrets.compare_digest(shown.encode(), self._pass.encode())

    @property
    def is_shut(self) -> bool:
        """Whether no key opens it just now."""
        return time.monotonic() < self._shut_until
