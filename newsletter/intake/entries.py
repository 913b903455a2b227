"""The pieces of one section in, its entries out."""

import re
from collections.abc import Iterator

from newsletter.addresses import is_home, site
from newsletter.dates import PartialDate
from newsletter.intake.blocks import Block, Picture, Span, inline, markdown, merged, trimmed
from newsletter.intake.days import day
from newsletter.intake.draft import DraftEntry, DraftLink, Log
from newsletter.intake.pieces import Piece, continued
from newsletter.values import Language

OWN_LABEL = "a label that the builder writes itself"


def with_row(entry: DraftEntry, link: DraftLink) -> DraftEntry:
    """`entry` with a row for a link, if it has no other to that page."""
    if f"]({link.url})" in entry.text or any(row.url == link.url for row in entry.links):
        return entry
    return entry._replace(links=(*entry.links, link))


class Entries:
    """The entries of one section, piece by piece."""

    def __init__(self, language: Language, log: Log, each: bool) -> None:
        self._language = language
        self._log = log
        self._each = each
        self._found: list[DraftEntry] = []
        self._texts: list[list[Block]] = []
        self._next = DraftEntry()  # what is known of the entry that is still to come
        self._open = False  # whether the last entry may take more text
        self._began = ""  # what kind of piece its text begins with
        self._size = 0  # characters of its text
        self._titles: dict[str, str] = {}  # where titles lead to
        self._linked: dict[Picture | None, Span] = {}  # where pictures lead to

    def take(self, piece: Piece) -> None:
        """The next piece of the section."""
        if piece.kind == "divider":
            self._open = False
        elif piece.kind in ("heading", "dated"):
            self._open = False
            date = ""
            if piece.kind == "dated":
                date = day(piece.label, self._language)
                self._log.read(piece.label, date)
            self._begin(title=piece.words, date=date)
            self._titles |= {piece.words: span.url for span in piece.block.links}  # noqa: B035
        elif piece.kind in ("text", "item", "quotation"):
            for block in _cut(piece.block):
                self._text(piece._replace(block=block))
        elif piece.kind == "row":
            self._row(piece)
        else:
            self._fact(piece)

    def done(self) -> tuple[DraftEntry, ...]:
        """All of them."""
        if self._next != DraftEntry():
            self._begin()
        filled = [
            _shown(entry._replace(text=markdown(texts)))
            for entry, texts in zip(self._found, self._texts, strict=True)
        ]
        filled = [self._with_picture_link(self._with_title_link(entry)) for entry in filled]
        return tuple(entry for entry in filled if entry != DraftEntry())

    def _with_picture_link(self, entry: DraftEntry) -> DraftEntry:
        span = self._linked.get(entry.image)
        if not entry.image or not span or is_home(span.url):
            return entry
        return with_row(entry, DraftLink("", entry.image.alt or site(span.url), span.url))

    def _with_title_link(self, entry: DraftEntry) -> DraftEntry:
        url = self._titles.get(entry.title, "") if entry.title else ""
        return with_row(entry, DraftLink("", entry.title, url)) if url else entry

    def _begin(self, **facts: str) -> None:
        self._found.append(self._next._replace(**facts))  # type: ignore[arg-type]
        self._texts.append([])
        self._size = 0
        self._next = DraftEntry()
        self._open = True

    def _text(self, piece: Piece) -> None:
        block = piece.block
        kind, block = _kind(block)
        fresh = not self._open or self._next != DraftEntry() or bool(kind)
        if not fresh:
            fresh = bool(self._found[-1].links) and piece.kind == "text"
        if not fresh and not self._found[-1].title and self._texts[-1]:
            fresh = self._stands_alone(piece)
        if fresh:
            self._begin()
            self._found[-1] = self._found[-1]._replace(kind=kind or self._found[-1].kind)
        if self._texts[-1] and self._size + _size(block) > _LONGEST:
            self._begin()
            self._log.notice(f"a text longer than {_LONGEST:,} characters is cut into entries")
        if not self._texts[-1]:
            self._began = "text" if self._found[-1].title else piece.kind
            if self._began == "item":
                block = block._replace(kind="paragraph", level=0)
        self._texts[-1].append(block)
        self._size += _size(block)

    def _stands_alone(self, piece: Piece) -> bool:
        """Whether a paragraph or an item is an entry of its own, and not more of the last one."""
        if piece.kind == "quotation" or piece.block.level > 1:
            return False
        if piece.kind == "text":
            return self._each
        if self._began == "item":
            return True
        before = self._texts[-1][-1]
        return self._each and before.kind != "item" and not before.words.endswith(":")

    def _row(self, piece: Piece) -> None:
        if not self._found or (self._next != DraftEntry() and not self._open):
            self._begin()
        label, title, left = continued(piece.words)
        if label:
            # Words around an address that is only named: "click here for the full article on".
            self._log.leave(left, "it invites to click")
        else:
            label, title = piece.label, piece.words
        url = next((span.url for span in piece.block.links), "")
        shown = [span.words for span in piece.block.links if span.words.strip() in (url, "#")]
        for words in shown:
            title = title.replace(words.strip(), "").strip()
        link = DraftLink(label, title, url)
        last = self._found[-1]
        self._found[-1] = last._replace(links=(*last.links, link))

    def _fact(self, piece: Piece) -> None:
        """Who, when, what, or a picture: of the last entry if it lacks that, or of the next."""
        changes: dict[str, str | Picture | None]
        if piece.kind == "source":
            changes = {"source": piece.words.rstrip(".")}
            self._log.leave(piece.label, OWN_LABEL)
        elif piece.kind == "published":
            date = day(piece.words, self._language)
            changes = {"date": date}
            self._log.read(piece.block.words, date)
        elif piece.kind == "kicker":
            changes = {"kind": piece.words}
        else:
            changes = {"image": piece.block.picture}
            for span in piece.block.links:
                self._linked[piece.block.picture] = span
        name = next(iter(changes))
        last = self._found[-1] if self._found else None
        above = piece.kind in ("kicker", "picture") and not (last and last.title and not last.image)
        if last and self._open and not above and not getattr(last, name):
            self._found[-1] = last._replace(**changes)  # type: ignore[arg-type]
        else:
            if getattr(self._next, name):
                self._begin()
            self._next = self._next._replace(**changes)  # type: ignore[arg-type]


def _shown(entry: DraftEntry) -> DraftEntry:
    """`entry`, or, if it has nothing to show but who and what, one with these as its text."""
    if entry.title or entry.text or entry.image or entry.links:
        return entry
    date = PartialDate(entry.date).format() if entry.date else ""
    words = " ".join(filter(None, (entry.kind, entry.source, date)))
    return DraftEntry(text=inline([Span(words)]))


_LONGEST = 9_000
"""Characters of an entry's text; as Markdown they may be twice as many (markup.MAX_TEXT)."""


_WORD = re.compile(r"\s*\S{1,2000}\s*")


def _size(block: Block) -> int:
    return sum(len(span.words) + len(span.url) for span in block.spans)


def _cut(block: Block) -> Iterator[Block]:
    """`block`, or, if it is longer than any entry may be, its parts, cut between words."""
    if _size(block) <= _LONGEST:
        yield block
        return
    part: list[Span] = []
    size = 0
    for span in block.spans:
        for word in _WORD.findall(span.words):
            if part and size + len(word) + len(span.url) > _LONGEST // 2:
                yield block._replace(spans=trimmed(part))
                part, size = [], 0
            part.append(span._replace(words=word))
            size += len(word) + len(span.url)
    yield block._replace(spans=trimmed(part))


_MARK = re.compile(
    r"\s*\[(?P<kind>video|podcast|audio|pdf|report|article|blog|book|tool|webinar|film|slides"
    r"|paper|thread|paywall|survey|course|event|guide)s?\]\s*:?\s*",
    re.IGNORECASE,
)


def _kind(block: Block) -> tuple[str, Block]:
    """What a mark such as "[video]" at the beginning or the end of an entry says that it is."""
    for at in (0, -1):
        if not block.spans or block.spans[at].url:
            continue
        span = block.spans[at]
        match = (
            _MARK.match(span.words) if at == 0 else re.search(_MARK.pattern + "$", span.words, re.I)
        )
        if match:
            words = span.words[: match.start()] + span.words[match.end() :]
            spans = list(block.spans)
            spans[at] = Span(words, *span[1:])
            return match["kind"].capitalize(), block._replace(spans=trimmed(merged(spans)))
    return "", block
