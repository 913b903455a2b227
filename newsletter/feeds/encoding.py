"""A feed's bytes in, their characters out: no more items than are read, in the encoding that they
are really in."""

import codecs
import re
from contextlib import suppress

from newsletter.feeds.channel import MOST_ITEMS
from newsletter.intake import clean
from newsletter.intake.draft import Log

MOST_READ = 5_000_000
"""Bytes that are read: feedparser takes a second for two millions."""

_ITEM = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_ROOT = re.compile(rb"<((?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel))(?=[\s>])", re.IGNORECASE)
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00r\x00", "utf-16-le"), (b"\x00<\x00r", "utf-16-be"),
)  # fmt: skip


def characters(raw: bytes, charset: str, log: Log) -> str:
    """The characters of the feed `raw`, but for those that no file of ours may hold. `charset` is
    what its server says of its encoding."""
    return clean.characters(_text(_few_items(raw, log), charset, log)).lstrip()


def _few_items(raw: bytes, log: Log) -> bytes:
    """`raw` with no more items than are read, in UTF-8 if its encoding is one of two bytes."""
    for mark, encoding in _WIDE:
        if raw.startswith(mark):
            raw = raw.decode(encoding, "replace").encode("utf-8", "replace")
            break
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return raw
    count, stop, last = 0, 0, 0
    for match in _ITEM.finditer(raw):
        count += 1
        if not stop and (count > MOST_ITEMS or match.start() > MOST_READ):
            # The last item is cut off, too, if there is too much of it.
            stop = match.start() if match.start() <= MOST_READ else last
            kept = count - (1 if stop == match.start() else 2)
        last = match.start()
    if not stop and len(raw) > MOST_READ and count > 1:
        stop, kept = last, count - 1
    if not stop:
        return raw
    log.notice(f"there are {count:,} items: only the first {kept:,} are read")
    return raw[:stop] + _closed(raw)


def _closed(raw: bytes) -> bytes:
    root = _ROOT.search(raw[:4000])
    channel = b"" if not root or not root[1].lower().endswith(b"rss") else b"</channel>"
    return channel + (b"</" + root[1] + b">" if root else b"")


_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# Not those that decode otherwise than byte by byte, which can take for ever.
_ENCODING = re.compile(
    r"iso[-_]?8859[-_]\d+|iso[-_]?2022[-_]\w+|(?:windows|cp)[-_]?\d+|latin[-_]?\d|koi8[-_]\w|gb\w+"
    r"|big5\w*|euc[-_]\w+|shift[-_]?jis|sjis|tis[-_]?620|mac\w*|(?:us[-_]?)?ascii",
    re.IGNORECASE,
)


def _text(raw: bytes, charset: str, log: Log) -> str:
    """The characters of a feed, as many as it has right."""
    found = _DECLARED.search(raw[:400])
    declared = found[1].decode() if found else charset.strip(" \"'")
    if declared.lower().startswith("iso-2022"):
        with suppress(UnicodeDecodeError, LookupError):
            return raw.decode(declared)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if _ENCODING.fullmatch(declared) and not raw.isascii():
            log.notice(f"it says that it is written in {declared}, but it is in UTF-8")
        return text
    if _ENCODING.fullmatch(declared):
        with suppress(UnicodeDecodeError, LookupError):
            return raw.decode(declared)
    text = raw.decode("utf-8", _AS_WINDOWS)
    log.notice(f"not all of it is in {declared or 'UTF-8'}: look whether its letters are right")
    return text


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8, as Windows has it: feeds are put together from pages of many ages."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    if error.end == len(error.object) and wrong[0] >= 0xC2:
        return "", error.end  # half a letter, where a file was cut off
    return wrong.decode("windows-1252", "replace"), error.end


_AS_WINDOWS = "newsletter-as-windows"
codecs.register_error(_AS_WINDOWS, _as_windows)
