"""A table of pages with their titles (CSV), as Raindrop exports it or Excel saves it."""

from collections.abc import Iterator

from newsletter.importers import Given
from newsletter.importers._saved import Saved, begin, columns, draft, is_usual, others, table
from newsletter.intake.draft import Draft, Log

SUFFIXES = (".csv", ".tsv")

_OWN = ("note", "notes", "description")
_THEIRS = "excerpt"
_COUNTS = ("id", "created", "cover", "favorite", "important", "type", "domain")
_KNOWN = ("title", "url", "folder", "tags", *_OWN, _THEIRS, *_COUNTS)


def detect(given: Given) -> int:
    """Whether its first line names the columns."""
    names = set(columns(begin(given)))
    if not {"title", "url"} <= names or "time_added" in names:
        return 0
    return 95 if {"folder", "tags"} <= names else 40


def read(given: Given, log: Log) -> Draft:
    """The draft: folders are sections, pages are entries. Raises NewsletterError."""
    return draft(_pages(given, log), given, log)


def _pages(given: Given, log: Log) -> Iterator[Saved]:
    for cells in table(given, "url", log):
        folder = tuple(part.strip() for part in cells.get("folder", "").split(" / "))
        for part in filter(is_usual, folder):
            log.leave(part, "a folder that everybody has")
        yield Saved(
            cells.get("title", ""),
            cells["url"],
            notes="\n\n".join(filter(None, (cells.get(name, "") for name in _OWN))),
            theirs=cells.get(_THEIRS, ""),
            folder=tuple(part for part in folder if not is_usual(part)),
            tags=tuple(cells.get("tags", "").split(",")),
        )
        others(cells, _KNOWN, log)
