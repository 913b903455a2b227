"""What a server says to one request, or why nothing was heard."""

import re
import zlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from newsletter.live.answer import Kind


class NoReply(Exception):
    """A request without a reply. `again` says that the next try may well have one."""

    def __init__(self, kind: Kind, words: str, again: bool = False) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words
        self.again = again


class Reply(NamedTuple):
    """One reply. Names of headers are in lower case; `body` is how the page begins, if it was
    asked for."""

    method: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def location(self) -> str:
        """Where it redirects to, "" if it does not."""
        return self.headers.get("location", "") if 300 <= self.status < 400 else ""

    @property
    def is_page(self) -> bool:
        """Whether it may be a page of text, with a title."""
        return "html" in self.headers.get("content-type", "html").lower()

    def retry_after(self, now: datetime) -> float | None:
        """How many seconds to wait before asking again, if the server says so."""
        given = self.headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,9}", given):
            return int(given)
        with suppress(ValueError):
            day = parsedate_to_datetime(given)
            day = day if day.tzinfo else day.replace(tzinfo=UTC)
            return max(0.0, (day - now).total_seconds())
        return None

    def text(self, most: int) -> str:
        """How the page begins, at most `most` characters of it."""
        body = self.content(most)
        named = re.search(r"charset=[\"']?([\w.:-]+)", self.headers.get("content-type", ""))
        try:
            return body.decode(named[1] if named else "utf-8", "replace")
        except LookupError:
            return body.decode("utf-8", "replace")

    def content(self, most: int) -> bytes:
        """What was sent, unpacked, at most `most` bytes of it; nothing if it cannot be unpacked."""
        coding = self.headers.get("content-encoding", "").strip().lower()
        if coding in ("gzip", "x-gzip", "deflate"):
            # No more is unpacked than is looked at: a small page can hold gigabytes.
            try:
                return zlib.decompressobj(wbits=47).decompress(self.body, most)
            except zlib.error:
                return b""
        return self.body[:most] if coding in ("", "identity") else b""
