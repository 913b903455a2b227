"""What is known of an address after it has been asked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What an answer means to somebody who clicks."""

    OK = "ok"
    MOVED = "moved"
    GONE = "gone"
    NO_HOST = "no-host"
    SOFT_404 = "soft-404"
    LOGIN = "login"
    CERTIFICATE = "certificate"
    FAILING = "failing"
    PRIVATE = "private"
    # What follows says nothing of the page: it could not be looked at.
    BLOCKED = "blocked"
    BUSY = "busy"
    TIMEOUT = "timeout"
    DNS = "dns"
    TLS = "tls"
    ODD = "odd"
    LATE = "late"
    OFFLINE = "offline"


class Answer(NamedTuple):
    """One address's answer.

    `status` is the last one of HTTP, 0 where there was none; `final` the address that redirects
    lead to, "" when there were none; `permanent` says that each of them is meant for good; `words`
    say to an editor what is wrong.
    """

    kind: Kind
    words: str = ""
    status: int = 0
    final: str = ""
    permanent: bool = False


Answers = Mapping[str, Answer]
"""By address, as it stands in the issue."""
