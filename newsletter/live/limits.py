"""How much is asked at once, and how long it may take."""

from typing import NamedTuple


class Limits(NamedTuple):
    """Seconds, where nothing else is said."""

    whole: float = 27
    address: float = 10
    least: float = 4
    """What an address gets even if there would then be no time for all."""
    connect: float = 5
    wait: float = 5
    """The longest Retry-After that is waited for."""
    in_all: int = 16  # requests at once
    a_host: int = 2
    hops: int = 10  # redirects
    body: int = 256 * 1024  # bytes of a page that are looked at
    most: int = 10_000_000  # bytes of what is read whole


LIMITS = Limits()
