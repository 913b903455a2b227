"""Pages that somebody has saved: what lists of bookmarks have in common, whoever made them."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from newsletter.addresses import canonical
from newsletter.importers import Given
from newsletter.intake import clean, decode
from newsletter.intake.blocks import NOWHERE, Block, Span, markdown
from newsletter.intake.draft import REWRITE, Draft, DraftEntry, DraftSection, Log
from newsletter.markup import MAX_TEXT
from newsletter.problems import Faults, NewsletterError, cannot, shortened
from newsletter.values import WebAddress

MOST_BYTES = 4_000_000
"""Of a list, without icons; 3,000 bookmarks have far less."""

MOST_PAGES = 3_000
"""Of a list: an issue cannot hold more."""


class Saved(NamedTuple):
    """A page that somebody saved. `notes` are their own words, `theirs` those of its publisher;
    `folder` is the way to it, without folders that every browser has."""

    title: str
    url: str
    notes: str = ""
    theirs: str = ""
    folder: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


# --- reading -------------------------------------------------------------------------------------


def begin(given: Given) -> str:
    """How it begins, for `detect`; English in UTF-16 can be read, too."""
    return given.begin.replace("\0", "").lstrip("\ufffd\ufeff")


def text(given: Given, what: str, log: Log, most: int = MOST_BYTES) -> str:
    """All of its text, in UTF-8 or whatever it is in. Raises NewsletterError for what is too large,
    empty or no text. `what` names it: "a list of bookmarks"."""
    if len(given.raw) > most:
        raise cannot(
            given.name,
            "file-too-large",
            f"{what} of more than {most // 1_000_000} MB is not read",
            "export one folder, not everything",
        )
    found = decode.text(given.raw, log, decode.said("", given.raw), given.name)
    if not found.strip():
        raise cannot(given.name, "format", "this is empty", f"export {what} once more")
    return found


Row = Mapping[str, str]
"""A line of a table: its cells by the names of their columns."""

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 200


def columns(whole: str) -> tuple[str, ...]:
    """The names of the columns that a table's first line has, in lower case."""
    header = _header(_without_sep(whole))
    try:
        cells = next(csv.reader([header], delimiter=_delimiter(header)), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().lower() for cell in cells)


def _without_sep(whole: str) -> str:
    """Without Excel's own first line, which names the sign between cells: sep=;"""
    return re.sub(r'\A\s*"?sep=."?[^\S\r\n]*[\r\n]+', "", whole, flags=re.IGNORECASE).lstrip()


def _header(whole: str) -> str:
    return re.split("[\r\n]", whole, maxsplit=1)[0]


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def table(given: Given, needed: str, log: Log) -> Iterator[Row]:
    """The lines of a CSV file, in any dialect that Excel writes. Raises NewsletterError if it has
    no column `needed`."""
    whole = _without_sep(text(given, "a table", log))
    names = columns(whole)
    if needed not in names:
        raise cannot(
            given.name,
            "format",
            f"the first line of this table has no column '{needed}'",
            "export it once more, with the names of its columns",
        )
    if len(names) > _MOST_COLUMNS:
        raise cannot(
            given.name,
            "file-too-large",
            f"this table has more than {_MOST_COLUMNS} columns",
            "save one with the columns that are needed only",
        )
    if whole.count('"') % 2:
        log.notice("a quotation mark is never closed: look whether lines have become one")
    reader = csv.reader(StringIO(whole, newline=""), delimiter=_delimiter(_header(whole)))
    next(reader)
    try:
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(names):
                log.notice(f"line {line} has fewer cells than there are columns")
            for cell in cells[len(names) :]:
                log.leave(clean.line(cell), f"line {line} has more cells than there are columns")
            yield dict(zip(names, [*cells, *[""] * len(names)], strict=False))
    except csv.Error:
        raise cannot(
            given.name,
            "format",
            f"the table is broken at line {reader.line_num}: a quotation mark is never closed, or "
            "a cell holds more than 100,000 characters",
            "open it in Excel or LibreOffice, look at that line, and save it as CSV again",
        ) from None


def others(row: Row, known: Sequence[str], log: Log) -> None:
    """Log what stands in columns that are not `known`."""
    for name in [name for name in row if name not in known]:
        log.leave(clean.line(row[name]), f"what stands under '{clean.line(name)}'")


# --- as a draft ----------------------------------------------------------------------------------

_USUAL = re.compile(
    r"(?:bookmarks? ?|favou?rites? ?)(?:bar|toolbar|menu)?|(?:other|mobile|synced|unsorted|all|my)"
    r" (?:bookmarks?|favou?rites?)|imported(?: from .{1,30})?|unsorted|unfiled|reading ?list"
    r"|toolbar|mozilla firefox|root|com\.apple\.\w+",
    re.IGNORECASE,
)


def is_usual(folder: str) -> bool:
    """Whether every browser has a folder of this name: it says nothing of what is in it."""
    return not folder.strip() or _USUAL.fullmatch(folder.strip()) is not None


_TAGGED = "a tag; the first one of a page is its section"
_ALSO_TAGGED = "a tag; folders are the sections here"


def draft(
    pages: Iterable[Saved], given: Given, log: Log, folders: Iterable[tuple[str, ...]] = ()
) -> Draft:
    """A draft with a section for each folder, or for each first tag where there are no folders.

    `folders` are the ways to those that may have no page of their own.
    When a page was saved says nothing of when it was published, so entries have no date. Raises
    NewsletterError if there is no page at all, or more than an issue can hold.
    """
    listed = list(_not_too_many(map(_in_lines, pages), given))
    found = list(_once(_known(listed, log), log))
    if not found:
        raise cannot(
            given.name, "format", "no page is listed here", "export the list of bookmarks once more"
        )
    if any(page.folder for page in found):
        for page in found:
            log.leave(" ".join(page.tags), _ALSO_TAGGED)
    else:
        for page in found:
            log.leave(" ".join(page.tags[1:]), _TAGGED)
        found = [page._replace(folder=page.tags[:1]) for page in found]
    # Below any other section, what has none would seem to belong to it.
    groups: dict[tuple[str, ...], list[DraftEntry]] = {(): []}
    for page in found:
        made = entry(page, log)
        if made.text:
            groups.setdefault(page.folder, []).append(made)
    groups = {folder: entries for folder, entries in groups.items() if entries}
    # A folder's name that stands in several places needs the one that it is in.
    names = Counter(folder[-1].casefold() for folder in groups if folder)
    sections = tuple(
        DraftSection(title=_title(folder, names), entries=tuple(entries))
        for folder, entries in groups.items()
    )
    shown = {part for folder in groups if folder for part in folder[-_shown(folder, names) :]}
    for way in dict.fromkeys((*(page.folder for page in listed), *folders)):
        for part in way:
            if part not in shown:
                shown.add(part)
                log.leave(part, "a folder of whose own pages none is here")
    return Draft(sections=sections)


def _title(folder: tuple[str, ...], names: Mapping[str, int]) -> str:
    if not folder:
        return ""
    return ": ".join(folder[-_shown(folder, names) :])


def _shown(folder: Sequence[str], names: Mapping[str, int]) -> int:
    """How many of the names on the way to a folder its section has."""
    return 1 if names[folder[-1].casefold()] == 1 else 2


def _in_lines(page: Saved) -> Saved:
    return page._replace(
        title=clean.line(page.title),
        url=clean.characters(page.url).strip(),
        folder=tuple(filter(None, map(clean.line, page.folder))),
        tags=tuple(filter(None, map(clean.line, page.tags))),
    )


_PAGES = re.compile(r"https?://", re.IGNORECASE)
_OTHERS = re.compile(r"([a-z][a-z0-9+-]*):(?!\d)", re.IGNORECASE)


def _known(pages: Iterable[Saved], log: Log) -> Iterator[Saved]:
    """The pages that readers can open; the others are told."""
    for page in pages:
        scheme = _OTHERS.match(page.url)
        if scheme and not _PAGES.match(page.url):
            is_program = scheme[1].lower() == "javascript"
            why = "a bookmarklet" if is_program else f"an address that begins with {scheme[1]}:"
            _leave(page, f"{why} is no page that readers can open", log)
            continue
        yield page


def _not_too_many(pages: Iterable[Saved], given: Given) -> Iterator[Saved]:
    for number, page in enumerate(pages, 1):
        if number > MOST_PAGES:
            raise too_many(given)
        yield page


def too_many(given: Given) -> NewsletterError:
    """The error for a list of more pages than an issue can hold."""
    return cannot(
        given.name,
        "file-too-large",
        f"this list has more than {MOST_PAGES:,} pages: an issue cannot hold them",
        "export one folder, not everything",
    )


def _once(pages: Iterable[Saved], log: Log) -> Iterator[Saved]:
    seen: dict[str, Saved] = {}
    for page in pages:
        url = clean.address(page.url)
        first = seen.setdefault(canonical(url), page) if url else page
        if first is not page:
            _leave(page, f"the same page stands there as '{shortened(first.title)}'", log)
            continue
        if page.title or page.url or page.notes or page.theirs:
            yield page


def _leave(page: Saved, why: str, log: Log) -> None:
    for words in (page.title or page.url[:100], page.notes, page.theirs, " ".join(page.tags)):
        log.leave(clean.line(words), why)


_TOO_LONG = "it is too long for one entry"


def entry(page: Saved, log: Log) -> DraftEntry:
    """The entry of a page: its title as a link, and the words that were saved with it below."""
    url = _address(page, log)
    title = clean.line(page.title)
    words = title if title and title != page.url else url if url != NOWHERE else ""
    if len(words) > MAX_TEXT // 2:
        log.leave(words, _TOO_LONG)
        words = url
    theirs = page.theirs
    if title and clean.line(theirs) == title:
        log.leave(title, "the description only repeats the title")
        theirs = ""
    blocks = [Block("paragraph", (Span(words, url),))] if words else []
    blocks += [*paragraphs(page.notes), *paragraphs(theirs)]
    made = markdown(blocks)
    while len(made) > MAX_TEXT:
        log.leave(blocks.pop().words, _TOO_LONG)
        made = markdown(blocks)
    return DraftEntry(text=made, todo=REWRITE if clean.line(theirs) else "")


def _address(page: Saved, log: Log) -> str:
    url = clean.address(page.url).replace(" ", "%20")
    try:
        return str(WebAddress.parse(url))
    except Faults:
        if url:
            log.leave(url[:200], "it is no whole address, so nothing can be linked to it")
        return NOWHERE


def paragraphs(words: str) -> Iterator[Block]:
    """The paragraphs of a note, which an empty line parts."""
    for part in re.split(r"\n\s*\n", clean.characters(words)):
        if clean.line(part):
            yield Block("paragraph", (Span(clean.line(part)),))
