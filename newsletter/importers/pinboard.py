"""The bookmarks of Pinboard (JSON)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from newsletter.importers import Given
from newsletter.importers._saved import MOST_PAGES, Saved, begin, draft, others, text, too_many
from newsletter.intake import clean
from newsletter.intake.draft import Draft, Log
from newsletter.problems import Mark, cannot

SUFFIXES = (".json",)

_LIST = re.compile(r'\s*\[\s*\{[^{}\[\]]*"href"\s*:')
_KNOWN = ("href", "description", "extended", "tags", "time", "toread", "shared", "hash", "meta")


def detect(given: Given) -> int:
    """Whether it is a list of things that have an address as Pinboard calls it."""
    start = begin(given)
    if not _LIST.match(start):
        return 0
    return 95 if '"extended"' in start or '"description"' in start else 40


def read(given: Given, log: Log) -> Draft:
    """The draft: first tags are sections, bookmarks are entries. Raises NewsletterError."""
    whole = text(given, "a list of bookmarks", log)
    try:
        data = json.loads(whole)
    except json.JSONDecodeError as error:
        raise cannot(
            given.name,
            "format",
            f"this is broken from line {error.lineno}, column {error.colno} on: {error.msg}",
            "export the bookmarks once more",
            Mark(error.lineno, error.colno),
        ) from None
    except (ValueError, RecursionError):
        raise cannot(
            given.name,
            "format",
            "this JSON is nested too deeply, or has a number of too many digits",
            "export the bookmarks once more",
        ) from None
    if not isinstance(data, list):
        raise cannot(given.name, "format", "this is no list of bookmarks", "is it Pinboard's?")
    if len(data) > MOST_PAGES:
        raise too_many(given)
    return draft(_pages(data, log), given, log)


def _pages(data: list[Any], log: Log) -> Iterator[Saved]:
    for one in data:
        if not isinstance(one, dict):
            log.leave(clean.line(_words(one)), "no bookmark, but a mere value in their list")
            continue
        fields = {str(name): _words(value) for name, value in one.items()}
        yield Saved(
            fields.get("description", ""),
            fields.get("href", ""),
            notes=fields.get("extended", ""),
            tags=tuple(fields.get("tags", "").split()),
        )
        others(fields, _KNOWN, log)


def _words(value: Any) -> str:
    """The words of a value; none for those by which programs say that there is nothing."""
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
