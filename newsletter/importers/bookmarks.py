"""A list of bookmarks, as every browser exports it (HTML).

The format is Netscape's, and no HTML in earnest: nothing of it is closed but folders.

    <DT><H3>Folder</H3>
    <DL><p>
        <DT><A HREF="https://..." ADD_DATE="1700000000" TAGS="one,two">Title</A>
        <DD>A note
    </DL><p>
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import chain
from typing import NamedTuple

from newsletter.importers import Given
from newsletter.importers._saved import MOST_PAGES, Saved, begin, draft, is_usual, text, too_many
from newsletter.intake import clean
from newsletter.intake.draft import Draft, Log

SUFFIXES = (".html", ".htm")

_SIGN = re.compile(r"<!DOCTYPE\s+NETSCAPE-Bookmark-file", re.IGNORECASE)
_LIST = re.compile(r"<dl>\s*<p>\s*(?:<hr>\s*)?<dt><(?:h3|a)\s", re.IGNORECASE)


def detect(given: Given) -> int:
    """Whether it says that it is one, or has a list that only bookmarks have."""
    start = begin(given)
    if _SIGN.search(start[:1000]):
        return 100
    return 60 if _LIST.search(start) else 0


def read(given: Given, log: Log) -> Draft:
    """The draft: folders are sections, bookmarks are entries. Raises NewsletterError."""
    # Icons are nine tenths of such a file.
    raw = re.sub(rb'\sICON(?:_URI)?="[^"]{0,1000000}"', b"", given.raw, flags=re.IGNORECASE)
    given = given._replace(raw=raw)
    reader = _Reader(log)
    found = reader.pages(marks(given, log))
    return draft(found, given, log, reader.folders)


# --- what stands in the file ---------------------------------------------------------------------


class Mark(NamedTuple):
    """A tag with its attributes, or the words between two of them (`name` is "")."""

    name: str
    attributes: Mapping[str, str] = {}
    words: str = ""


_TAG = re.compile(
    r"<(?:(?P<name>/?(?:dl|dt|dd|h[1-6]|a|ul|ol|li|title|br|hr|p|meta|html|head|body))(?=[\s>/])"
    r"|(?P<comment>!--)|(?:![a-z]|\?))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"[\s/]*(?P<name>[^\s=>\"'/]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s>]*))?"
)


_MOST_TAGS = 40 * MOST_PAGES


def marks(given: Given, log: Log) -> Iterator[Mark]:
    """The tags and words of a list, in order. Tags that no list has are words.

    Each character is looked at once, whatever is left open. Raises NewsletterError.
    """
    markup = text(given, "a list of bookmarks", log)
    if markup.count("<") > _MOST_TAGS:
        raise too_many(given)
    at = done = 0
    last_comment = markup.rfind("-->")
    while tag := _TAG.search(markup, at):
        at = tag.end()
        if tag["comment"] and tag.start() > last_comment:
            continue  # it never ends, so it is none
        if tag.start() > done:
            yield Mark("", words=unescape(markup[done : tag.start()]))
        attributes: dict[str, str] = {}
        while tag["name"] and (found := _ATTRIBUTE.match(markup, at)):
            attributes.setdefault(found["name"].lower(), _value(found["value"] or ""))
            at = found.end()
        close = markup.find("-->" if tag["comment"] else ">", at)
        at = done = len(markup) if close < 0 else close + (3 if tag["comment"] else 1)
        if tag["name"]:
            yield Mark(tag["name"].lower(), attributes)
    if done < len(markup):
        yield Mark("", words=unescape(markup[done:]))


def _value(typed: str) -> str:
    quoted = len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "\"'"
    return unescape(typed[1:-1] if quoted else typed)


# --- what is what --------------------------------------------------------------------------------

_STANDARD = {"personal_toolbar_folder", "unfiled_bookmarks_folder"}
_USUAL = "a folder that every browser has"
_DEEPEST = 20
_AFTER_PAGE = {"a", "dt", "dl", "/dl", "h3", "hr"}
_BLOCKS = {"dl", "/dl", "dt", "dd", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "a", "title"}


class _Folder(NamedTuple):
    """A folder; `standard` if it is the browser's, not the reader's."""

    name: str
    standard: bool = False


class _Reader:
    """Takes the marks of a list one by one. What words belong to is in `place`."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.open: list[_Folder] = []  # the folders around this place
        self.next = _Folder("", standard=True)  # the one whose list comes next
        self.folders: dict[tuple[str, ...], None] = {}  # the ways to all of them, in order
        self.place = ""
        self.attributes: Mapping[str, str] = {}
        self.words: list[str] = []
        self.page: Saved | None = None

    @property
    def way(self) -> tuple[str, ...]:
        return tuple(folder.name for folder in self.open if not folder.standard)

    def pages(self, found: Iterable[Mark]) -> Iterator[Saved]:
        """The bookmarks of a list, each as soon as it is complete."""
        for mark in chain(found, [Mark("hr")]):  # the last one ends, too
            if not mark.name:
                self.words.append(mark.words)
            elif mark.name == "br":
                self.words.append("\n")
            elif mark.name in _BLOCKS or mark.name == f"/{self.place}":
                self._end()
                if self.page and mark.name in _AFTER_PAGE:
                    yield self.page
                    self.page = None
                self._begin(mark)

    def _begin(self, mark: Mark) -> None:
        if mark.name in ("title", "h1", "h2", "h3", "a", "dd"):
            self.place, self.attributes = mark.name, mark.attributes
        elif mark.name == "dl":
            self.open.append(self.next)
            self.next = _Folder("", standard=True)
        elif mark.name == "/dl" and self.open:
            self.open.pop()

    def _end(self) -> None:
        """What the words since the last tag are."""
        words, self.words = "".join(self.words), []
        place, self.place = self.place, ""
        if place == "a":
            tags = re.split(r"\s*,\s*", self.attributes.get("tags", ""))
            self.page = Saved(
                words, self.attributes.get("href", ""), folder=self.way, tags=tuple(tags)
            )
        elif place == "dd" and self.page:
            self.page = self.page._replace(notes=words.strip())
        elif place == "dd" and not self.next.standard:
            self.log.leave(clean.line(words), f"a note on the folder '{self.next.name}'")
        elif place == "h3":
            name = clean.line(words)
            usual = is_usual(name) or bool(_STANDARD & self.attributes.keys())
            deep = len(self.open) > _DEEPEST
            self.next = _Folder(name, usual or deep)
            if usual or deep:
                self.log.leave(name, _USUAL if usual else "a folder inside too many others")
            else:
                self.folders[(*self.way, name)] = None
        elif place in ("title", "h1", "h2"):
            self.log.leave(clean.line(words), "the browser's own title of the list")
        else:
            self.log.leave(clean.line(words), "words that belong to no bookmark")
