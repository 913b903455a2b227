"""Lines that say something by their form: `Read the report: Title`, `Source: Name`."""

import re
from functools import lru_cache

# What invites to open a page, as a label begins: in English, and in the languages of the labels.
_INVITES = (
    "read|view|visit|watch|listen|download|see|find out|find|learn|explore|access|discover|open"
    "|register|book|sign up|apply|take part|complete|respond|join|get|share|continue|more|full"
    "|press release|report|website|link|darllen(?:wch)?|gwylio|gwrando|lire|voir|lesen|leer|czytaj"
)
_LABEL = re.compile(rf"(?P<label>(?i:{_INVITES})\b[^:.!?\n]{{0,60}}?) ?:(?=\s|$)")
_SOURCE = re.compile(r"(?i:source|published by|publisher|ffynhonnell|quelle) ?:\s*(?P<words>.+)")
_PUBLISHED = re.compile(
    r"(?i:date published|published(?: on)?|publication date|date|posted(?: on)?|dyddiad cyhoeddi"
    r"|veröffentlicht|publié le) ?:\s*(?P<words>.+)"
)
_DATED = re.compile(
    r"(?P<date>\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)? [^\W\d_]{3,12} \d{4})"
    r"\s?[:–—-]\s+(?P<title>\S.*)"
)
_MOST_WORDS = 8  # of a label


@lru_cache(maxsize=4096)
def label(line: str) -> str:
    """The label that a line begins with, without its colon: "Read the report"; else ""."""
    match = _LABEL.match(line)
    return match["label"] if match and len(match["label"].split()) <= _MOST_WORDS else ""


def is_label(line: str) -> bool:
    """Whether a line is a label whose title must be on the next one."""
    found = label(line)
    return bool(found) and line[len(found) :].strip() == ":"


def source(line: str) -> str:
    """Who published it, where a line says only that: "Source: NSPCC Learning"."""
    match = _SOURCE.fullmatch(line)
    return match["words"].strip() if match else ""


def published(line: str) -> str:
    """The words for a day, where a line says only that: "Date published: 6 January 2025"."""
    match = _PUBLISHED.fullmatch(line)
    return match["words"].strip() if match else ""


def dated(line: str) -> tuple[str, str]:
    """Day and headline of "23/04/2024: Headline"; two times "" for another line."""
    match = _DATED.fullmatch(line)
    return (match["date"], match["title"]) if match else ("", "")


def begins_row(line: str) -> bool:
    """Whether a line is one of these, so that the one before it ends there."""
    return bool(label(line) or source(line) or published(line) or dated(line)[0])
