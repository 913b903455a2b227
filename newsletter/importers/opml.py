"""A list of feeds, as every feed reader exports it (OPML): for the settings, not for an issue."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple
from xml.etree import ElementTree

from newsletter.addresses import canonical
from newsletter.importers import Given
from newsletter.importers._saved import begin, text
from newsletter.intake import clean
from newsletter.intake.draft import Log
from newsletter.model import Feed
from newsletter.problems import Faults, Mark, cannot
from newsletter.values import Line, WebAddress

SUFFIXES = (".opml", ".xml")

MOST_BYTES = 5_000_000
MOST_FEEDS = 3_000
"""Of a list: the settings cannot hold more."""


def detect(given: Given) -> int:
    """Whether its first element says so."""
    start = begin(given).lstrip().lower()
    return 100 if start.startswith("<") and re.search(r"<opml[\s>]", start) else 0


def feeds(given: Given, log: Log) -> tuple[Feed, ...]:
    """The feeds of the list, each once; the folder that one is in is its section. Raises
    NewsletterError."""
    root = _root(text(given, "a list of feeds", log, MOST_BYTES), given)
    found: dict[str, Feed] = {}
    for outline in _outlines(root, log):
        feed = _feed(outline, log)
        if feed and found.setdefault(canonical(feed.url), feed) is not feed:
            log.leave(outline.words, f"the feed {feed.url} is in the list already")
        if len(found) > MOST_FEEDS:
            raise cannot(
                given.name,
                "file-too-large",
                f"this list has more than {MOST_FEEDS:,} feeds: the settings cannot hold them",
                "export one folder, not everything",
            )
    if not found:
        raise cannot(given.name, "format", "no feed is listed here", "export the list once more")
    return tuple(found.values())


# --- XML -----------------------------------------------------------------------------------------

_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{2,32};)?")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def _root(whole: str, given: Given) -> ElementTree.Element:
    if _DECLARES.search(whole):
        # The only use of it in such a list is to make a program read what it should not.
        raise cannot(
            given.name,
            "format",
            "this declares a DOCTYPE or entities of its own, which no list of feeds needs",
            "export the list once more, or take those lines out",
        )
    whole = re.sub(r"\A\s*<\?xml[^>]*\?>", "", whole)
    # Many programs write addresses with a bare "&", and letters as HTML names them.
    whole = _REFERENCE.sub(_reference, _UNREADABLE.sub("", whole))
    try:
        return ElementTree.fromstring(whole)  # noqa: S314 - nothing is declared, as seen above
    except ElementTree.ParseError as error:
        line, column = error.position
        raise cannot(
            given.name,
            "format",
            f"this is broken at line {line}, column {column + 1}: {error.msg.partition(':')[0]}",
            "export the list once more",
            Mark(line, column + 1),
        ) from None


def _reference(match: re.Match[str]) -> str:
    letter = html5.get(match[1] or "", "")
    return letter if letter and letter not in "<&" else f"&amp;{match[1] or ''}"


# --- outlines ------------------------------------------------------------------------------------


class _Outline(NamedTuple):
    """A line of the list, and the folder that it is in."""

    attributes: dict[str, str]
    folder: str

    @property
    def names(self) -> list[str]:
        """What it is called; programs write it twice."""
        both = (clean.line(self.attributes.get(name, "")) for name in ("title", "text"))
        return list(dict.fromkeys(filter(None, both)))

    @property
    def words(self) -> str:
        description = clean.line(self.attributes.get("description", ""))
        return " ".join([*self.names, description]).strip()


def _outlines(root: ElementTree.Element, log: Log) -> Iterator[_Outline]:
    """Those that are feeds; the names of folders that hold none are told, as is all other text."""
    used: set[str] = set()
    folders: list[str] = []
    waiting = [(root, "")]
    while waiting:
        element, folder = waiting.pop()
        for words in (element.text, element.tail):
            log.leave(clean.line(words or ""), "words that belong to no feed")
        if _name(element.tag) == "outline":
            attributes = {_name(name): value for name, value in element.attrib.items()}
            outline = _Outline(attributes, folder)
            if attributes.get("xmlurl", "").strip():
                used.add(folder)
                yield outline
            elif len(element):
                folder = " ".join(outline.names[:1])
                folders.append(folder)
                log.leave(" ".join(outline.names[1:]), "another name of a folder")
            else:
                log.leave(outline.words, "no address of a feed stands with it")
        waiting += [(child, folder) for child in reversed(element)]
    for folder in folders:
        if folder not in used:
            log.leave(folder, "a folder without feeds of its own")


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _feed(outline: _Outline, log: Log) -> Feed | None:
    typed = outline.attributes["xmlurl"].strip()
    # What some browsers open a feed reader with.
    url = re.sub(r"^feed:(?://(?=https?:)|(?=https?:))", "", typed, flags=re.IGNORECASE)
    url = re.sub(r"^feed://", "https://", url, flags=re.IGNORECASE)
    try:
        address = WebAddress.parse(url.replace(" ", "%20"))
    except Faults as faults:
        log.leave(outline.words or typed[:200], f"its feed cannot be read: {faults}")
        return None
    names = outline.names
    for words in (*names[1:], clean.line(outline.attributes.get("description", ""))):
        if words not in names[:1]:
            log.leave(words, f"what else the list says of {address}")
    section = outline.folder or _category(outline.attributes.get("category", ""))
    return Feed(
        url=address,
        publisher=Line.parse("".join(names[:1])),
        section=Line.parse(section),
    )


def _category(typed: str) -> str:
    """The first category: "/Children/Safety,/News" -> "Safety"."""
    return clean.line(typed.partition(",")[0].strip("/ ").rpartition("/")[2])
