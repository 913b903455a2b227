"""The list that Pocket gave its readers: a table (CSV), or a page (ril_export.html)."""

import re
from collections.abc import Iterator

from newsletter.importers import Given
from newsletter.importers._saved import Saved, begin, columns, draft, others, table
from newsletter.importers.bookmarks import marks
from newsletter.intake import clean
from newsletter.intake.draft import Draft, Log

SUFFIXES = (".csv", ".html")

_KNOWN = ("title", "url", "tags", "time_added", "status")
_PAGE = re.compile(r"<title>\s*Pocket Export\s*</title>", re.IGNORECASE)
_LISTS = ("h1", "title")  # Unread, Read Archive, Pocket Export


def detect(given: Given) -> int:
    """Whether its columns, or the page's title, are Pocket's."""
    start = begin(given)
    if _PAGE.search(start):
        return 95
    return 95 if {"title", "url", "time_added"} <= set(columns(start)) else 0


def read(given: Given, log: Log) -> Draft:
    """The draft: first tags are sections, pages are entries. Raises NewsletterError."""
    is_page = "<" in begin(given).lstrip()[:1]
    pages = _listed(given, log) if is_page else _rows(given, log)
    return draft(pages, given, log)


def _rows(given: Given, log: Log) -> Iterator[Saved]:
    for cells in table(given, "url", log):
        tags = re.split("[|,]", cells.get("tags", ""))
        yield Saved(cells.get("title", ""), cells["url"], tags=tuple(tags))
        others(cells, _KNOWN, log)


def _listed(given: Given, log: Log) -> Iterator[Saved]:
    page: Saved | None = None
    place = ""
    words: list[str] = []
    for mark in marks(given, log):
        if not mark.name:
            words.append(mark.words)
            continue
        if page:
            yield page._replace(title="".join(words))
        elif place in _LISTS:
            log.leave(clean.line("".join(words)), "Pocket's own title of the list")
        else:
            log.leave(clean.line("".join(words)), "words that belong to no page")
        place, words, page = mark.name, [], None
        if mark.name == "a":
            tags = mark.attributes.get("tags", "").split(",")
            page = Saved("", mark.attributes.get("href", ""), tags=tuple(tags))
    log.leave(clean.line("".join(words)), "words that belong to no page")
