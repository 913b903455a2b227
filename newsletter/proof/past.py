"""An earlier issue's file in; what stands where in it, out.

Its text is searched as it stands, in bytes, because reading YAML takes its time; it is read only
when somebody asks what a place of it is.
"""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from newsletter.dates import PartialDate
from newsletter.problems import NewsletterError
from newsletter.source import MAX_BYTES, Data, Node, Source, Steps, parse


class Sent(NamedTuple):
    """Where something stands in an earlier issue. `issued` is its date, `words` the text that it
    is (of a headline), `times` how many issues had it.

    `section` is the heading it stands under, if it does; `part` "intro" or "outro" if it stands in
    that. `entry` is what its entry is called by in the file, None where the file is too broken to
    say; `dated` the entry's date, if it has one.
    """

    path: Path
    line: int
    section: str = ""
    part: str = ""
    entry: Steps | None = None
    dated: str = ""
    issued: str = ""
    words: str = ""
    times: int = 1


class Spot(NamedTuple):
    """A text of an earlier issue that readers saw; `field` is its name in the file."""

    steps: Steps
    node: Node
    field: str
    section: str
    entry: Steps
    dated: str


_DATE = re.compile(rb"^[\"']?date[\"']?[ \t]*:[ \t]*[\"']?([12]\d{3}(?:-\d\d){0,2})(?!\d)", re.M)
_SUBJECT = re.compile(rb"^[\"']?subject[\"']?[ \t]*:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.M)
_PUBLICATION = re.compile(rb"^[ \t]+[\"']?publication[\"']?[ \t]*:[ \t]*(.+)", re.M)

# An address, as far as it is written without signs that can be written in two ways; and the rest.
_ADDRESS = re.compile(rb"://([A-Za-z0-9._/~-]+)([^\s\"'<>]*)")

# A title, with the lines after its first that are no key, no entry and no comment.
_TITLE = re.compile(
    rb"title[\"']?[ \t]*:(?<!subtitle:)[ \t]*"
    rb"([^\n]*(?:\n[ \t]+(?![ \t#]|-[ \t]|[\"']?[a-z_]+[\"']?[ \t]*:[ \t\n\r])[^\n]+)*)"
)

ESCAPED = b"\\"
"""What addresses are found by that have a backslash of Markdown in them."""

_SHORTEST = 16  # bytes of a headline that has words enough to be recognised by

# Capital letters are made small, and all that is no letter or figure a space. So are some bytes of
# other letters, which does no harm: what is compared goes through the same table.
_LETTERS = bytes(
    byte if bytes([byte]).isalnum() or (byte > 0x9F and byte != 0xE2) else 0x20
    for byte in bytes(range(256)).lower()
)


def letters(raw: bytes) -> bytes:
    """The words of a text, as they are compared in bytes, with spaces between them."""
    return raw.translate(_LETTERS)


class Past:
    """An earlier issue."""

    def __init__(self, path: Path, date: PartialDate, raw: bytes) -> None:
        self.path = path
        self.date = date
        self.raw = raw

    @property
    def subject(self) -> str:
        """Its subject; "" if it gives none."""
        match = _SUBJECT.search(self.raw)
        return value(match[1].decode("utf-8", "replace")) if match else ""

    @property
    def publication(self) -> str:
        """The newsletter that it is an issue of; "" if it is that of the settings."""
        match = _PUBLICATION.search(self.raw)
        return value(match[1].decode("utf-8", "replace")) if match else ""

    @cached_property
    def source(self) -> Source | None:
        """It, read; None if nothing of it can be."""
        try:
            source = parse(self.raw.decode("utf-8"), self.path.name)
        except (NewsletterError, ValueError):
            return None
        return source if source.root else None

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Its texts and addresses."""
        return tuple(_spots(self.source.root)) if self.source and self.source.root else ()

    @cached_property
    def addresses(self) -> dict[bytes, bytes]:
        """All that looks like an address, without its scheme, by the last part of its path; a space
        between two of one end."""
        found: dict[bytes, list[bytes]] = {}
        for begin, rest in _ADDRESS.findall(self.raw):
            tail = ESCAPED if rest[:1] == ESCAPED else begin.rstrip(b"/.").rpartition(b"/")[2]
            found.setdefault(tail, []).append(begin + rest)
        return {tail: b" ".join(those) for tail, those in found.items()}

    @cached_property
    def titles(self) -> dict[bytes, bytes]:
        """All that looks like a title, as it is written, with its words."""
        found = _TITLE.findall(self.raw)
        return {raw: letters(raw) for raw in found if len(raw) >= _SHORTEST}

    def guess(self, found: bytes) -> Sent:
        """Where these bytes stand in an issue that cannot be read."""
        line = self.raw.count(b"\n", 0, max(self.raw.find(found), 0)) + 1
        words = value(found.decode("utf-8", "replace"))
        return Sent(self.path, line, issued=self.date, words=words)

    def sent(self, spot: Spot, offset: int) -> Sent:
        """Where character `offset` of a text of it stands."""
        line = self.source.inside(spot.steps, offset).line if self.source else 1
        part = spot.field if spot.field in ("intro", "outro") else ""
        words = spot.node.text if spot.field in ("title", "heading") else ""
        return Sent(
            self.path, line, spot.section, part, spot.entry, spot.dated, self.date, words.strip()
        )


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else match[3]


def value(raw: str) -> str:
    """What a value of YAML says, from its first line to its last: near enough to compare."""
    text = " ".join(raw.split())
    text = re.sub(r"^[>|][-+0-9]* ", "", text)
    if text[:1] in ("'", '"'):
        quote = text[0]
        end = text.rfind(quote)
        inner = text[1:end] if end > 0 else text[1:]
        return inner.replace("''", "'") if quote == "'" else _ESCAPE.sub(_unescaped, inner)
    return re.sub(r"\s#.*", "", text)


def _spots(root: Node) -> Iterator[Spot]:
    for name in ("intro", "outro"):
        if name in root.children:
            yield Spot((name,), root.children[name], name, "", (), "")
    lead = root.children.get("lead")
    if lead:
        yield from _of_section(("lead",), lead)
    sections = root.children.get("sections")
    for index, section in (sections.children if sections else {}).items():
        yield from _of_section(("sections", index), section)
    yield from _of_section((), root)


def _of_section(steps: Steps, section: Node) -> Iterator[Spot]:
    title = section.children.get("title") if steps else None
    heading = " ".join(title.text.split()) if title else ""
    entries = section.children.get("entries")
    if title:
        yield Spot((*steps, "title"), title, "heading", "", steps, "")
    for index, entry in (entries.children if entries else {}).items():
        yield from _of_entry((*steps, "entries", index), entry, heading)


def _of_entry(steps: Steps, entry: Node, heading: str) -> Iterator[Spot]:
    if entry.kind == "text":
        yield Spot(steps, entry, "text", heading, steps, "")
        return
    date = entry.children.get("date")
    dated = date.text.strip() if date else ""
    for name in ("title", "text"):
        if name in entry.children:
            yield Spot((*steps, name), entry.children[name], name, heading, steps, dated)
    links = entry.children.get("links")
    for index, link in (links.children if links else {}).items():
        for name in ("title", "url"):
            if name in link.children:
                place = (*steps, "links", index, name)
                yield Spot(place, link.children[name], name, heading, steps, dated)


# --- from the disk --------------------------------------------------------------------------------


def past(path: Path) -> Past | None:
    """The issue in a file; None if that cannot be read, or has no date."""
    try:
        stamp = path.stat()
    except OSError:
        return None
    return _past(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=1024)  # who checks all issues asks for each of them many times
def _past(path: Path, changed: int, size: int) -> Past | None:
    raw = _bytes(path) if size <= MAX_BYTES else b""
    date = _date(raw)
    return Past(path, date, raw) if date else None


def _bytes(path: Path) -> bytes:
    """What stands in a file, with the line ends of Unix; nothing if it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError:
        return b""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in raw else raw


def _date(raw: bytes) -> PartialDate | None:
    match = _DATE.search(raw)
    if match:
        return PartialDate(match[1].decode())
    if not raw.startswith(b"{"):
        return None
    try:
        date: Data = parse(raw.decode("utf-8"), "").top("date")
    except (NewsletterError, ValueError):
        return None
    return PartialDate(date) if isinstance(date, str) and re.match(r"[12]\d{3}", date) else None
