"""What a feed is, whatever its format; and how its titles, dates and addresses are read."""

import re
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from datetime import UTC, date, datetime
from email.utils import parsedate_tz
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin

from newsletter.intake import clean
from newsletter.intake.blocks import Picture
from newsletter.intake.days import day
from newsletter.values import Language

MOST_ITEMS = 1_000
MOST_CATEGORIES = 60
"""Of an item."""


class Item(NamedTuple):
    """One item of a feed.

    `title` is plain words; `summary` and `content` are HTML, whose relative links belong to
    `base`. `published` is a date (ISO 8601), or "". `kind` is "Podcast" or "Video" when it comes
    with such a file. `others` are words that it says besides: a subtitle, whose rights they are.
    """

    title: str = ""
    url: str = ""
    published: str = ""
    summary: str = ""
    content: str = ""
    base: str = ""
    image: Picture | None = None
    categories: tuple[str, ...] = ()
    author: str = ""
    kind: str = ""
    others: tuple[str, ...] = ()


class Channel(NamedTuple):
    """A feed: its title, its publisher's page, its language as it names it, what it says of itself,
    its items in the order in which they stand, and words that it says besides."""

    title: str = ""
    url: str = ""
    language: str = ""
    description: str = ""
    items: tuple[Item, ...] = ()
    others: tuple[str, ...] = ()


# --- words ---------------------------------------------------------------------------------------

_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"</?(?:br|p|div|h[1-6]|li|ul|ol|img)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]*)?/?>|&(?:#\d+|\w{2,31});")


def plain(text: str) -> str:
    """A title's words: markup is not meant there, but written all the same."""
    for _ in range(2):  # some write it so that it has to be read twice
        text = _BREAKING.sub(" ", _INLINE.sub("", text))
        text = re.sub(r"&#?\w{2,31};", lambda match: unescape(match[0]), text)
    return clean.line(text.replace("]]>", " "))


def as_html(text: str) -> str:
    """A text that may be HTML or plain, as HTML."""
    text = text.replace("]]>", "")
    return text if _MARKUP.search(text) else paragraphs(text)


def paragraphs(text: str) -> str:
    """Plain text as HTML."""
    parts = (part.strip() for part in re.split(r"\n[^\S\n]*\n", text))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def categories(words: Iterable[str]) -> tuple[str, ...]:
    """Those that are words, each once."""
    found = (plain(word) for word in words)
    named = (word for word in found if word and not re.match(r"[a-z]+://", word, re.IGNORECASE))
    return tuple(dict.fromkeys(named))


_FLAG = re.compile(
    "yes|no|true|false|clean|explicit|full|trailer|bonus|episodic|serial|adult|nonadult|open"
    "|hourly|daily|weekly|monthly|yearly",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*")


def others(words: Iterable[str], taken: Set[str]) -> tuple[str, ...]:
    """Those of `words` that somebody is to read and that are not `taken`, each once: no addresses,
    numbers and flags."""
    found = dict.fromkeys(plain(one) for one in words)
    return tuple(one for one in found if one not in taken and _speaks(one))


def _speaks(words: str) -> bool:
    if " " in words:
        return re.search(r"[^\W\d_]", words) is not None
    return _NAME.fullmatch(words) is not None and not _FLAG.fullmatch(words)


# --- addresses -----------------------------------------------------------------------------------


def absolute(url: str, base: str) -> str:
    """`url` as a whole address; "" if it is none of a page."""
    lines = clean.characters(url).strip().split("\n")
    url = "".join(line.strip() for line in lines).replace(" ", "%20")
    try:
        whole = urljoin(base, url) if url else ""
    except ValueError:
        return ""
    return whole if re.match(r"https?://[^\s/]", whole, re.IGNORECASE) else ""


def kind(files: Iterable[Mapping[str, Any]]) -> str:
    """What an item is that comes with these files."""
    for one in files:
        first = str(one.get("type") or one.get("mime_type") or "").partition("/")[0].lower()
        if first in ("audio", "video"):
            return "Podcast" if first == "audio" else "Video"
    return ""


# --- dates ---------------------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d{4})(\d\d)(\d\d)(?:T|(?!\d)|\d{6}$)")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
_TIME = re.compile(r"(?:[\s,-]|\bat\b|\bà\b|\bum\b)+\d{1,2}[:.h]\d\d\b.*$")
_WEEKDAY = re.compile(r"^[^\W\d_]+[.,]+\s+")


def day_of(text: str, language: Language) -> str:
    """The date that `text` names, on the day that it was where it was written; "" if there is
    none, or one that only a clock can have that was never set."""
    text = " ".join(text.split())[:100]
    iso = _ISO.match(text)
    if iso:
        return real(*(int(part) for part in iso.groups() if part))
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).date().isoformat()
    if text.isascii():
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            read = parsedate_tz(text)
            if read and (found := real(*read[:3])):
                return found
    bare = _WEEKDAY.sub("", _TIME.sub("", text))
    found = day(bare, language) or day(bare, Language("en"))
    return found if _has_web(found) else ""


def real(year: int, month: int, of_month: int) -> str:
    """The day, if there is one in a year that had a web."""
    try:
        found = date(year, month, of_month).isoformat()
    except (ValueError, OverflowError):
        return ""
    return found if _has_web(found) else ""


def _has_web(found: str) -> bool:
    return "1990" <= found[:4] < "2200"
