"""Blocks in, a draft out: which of the round-up formats a document has, and what is what in it."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest

from newsletter.intake import targets
from newsletter.intake.blocks import Block, Span, markdown
from newsletter.intake.days import day, days
from newsletter.intake.draft import Draft, DraftEntry, DraftLink, DraftSection, Log
from newsletter.intake.entries import Entries, with_row
from newsletter.intake.pieces import LOOKS, Piece, pieces_of
from newsletter.values import Language


def shaped(
    blocks: Sequence[Block], language: Language, log: Log, title: str = "", layout: str = ""
) -> Draft:
    """The draft of a document whose blocks are clean.

    `title` is what it is called, if something outside its blocks says so (the title of a page, the
    subject of an email); `layout` the one that it is to have, "" for that whose form it has.
    """
    pieces = pieces_of(blocks, language)
    form = _form(pieces)
    draft = _Document(pieces, language, log, form).draft(title)
    targets.tell(blocks, draft, log)
    return draft._replace(layout=layout or form)


def _form(pieces: Sequence[Piece]) -> str:
    """The layout that a document has by its pieces."""
    count = {kind: sum(piece.kind == kind for piece in pieces) for kind in _TELLING}
    texts = [piece for piece in pieces if piece.kind in ("text", "item")]
    linked = sum(bool(piece.block.links) for piece in texts)
    headings = [piece for piece in pieces if piece.kind == "heading"]
    if count["dated"] > 1:
        return "digest"
    labelled = sum(piece.kind == "published" and piece.label != "" for piece in pieces)
    if labelled > 1 or count["kicker"] > 1:
        return "bulletin"
    special = sum(bool(_SPECIAL.match(piece.words)) for piece in headings)
    long = len(texts) > _PARAGRAPHS * len(headings) and linked < len(texts) / 2
    if headings and (special or (long and (count["picture"] or count["row"]))):
        return "recap"
    if count["row"] > 1 and (count["row"] >= linked or count["source"]):
        return "briefing"
    return "roundup"


_TELLING = ("dated", "kicker", "row", "source", "picture")
_SPECIAL = re.compile(r"(?:must|tweet of the|quote of the|post of the)\b", re.IGNORECASE)

_CONTENTS = re.compile(
    r"(?:in|inside) this (?:issue|edition|newsletter|e-?mail|update):?|(?:table of )?contents:?",
    re.IGNORECASE,
)

_PARAGRAPHS = 2.5
"""Below a heading, from which on it is a story."""
_PART_LINKED = 0.5
"""Of the paragraphs of a round-up that has one entry a paragraph; those of stories have fewer."""


_MASTHEAD = 4
"""Pieces that may stand above the title."""
_NEAR = 4
"""Pieces below the title among which the date may stand."""
_NAME = 100
"""Characters of a newsletter's name, or of whose it is."""


class _Document:
    """A document on its way to a draft."""

    def __init__(self, pieces: Sequence[Piece], language: Language, log: Log, form: str) -> None:
        self.pieces = list(pieces)
        self.language = language
        self.log = log
        self.form = form
        texts = [piece for piece in pieces if piece.kind == "text"]
        linked = sum(bool(piece.block.links) for piece in texts)
        self.each = form == "roundup" and linked >= _PART_LINKED * len(texts)

    def draft(self, title: str) -> Draft:
        own, date = self._title(title)
        if own and title and own.casefold() != title.casefold():
            self.log.leave(title, "what the file, page or email is called")
        intro = self._intro()
        lead = self._lead()
        sections = self._sections()
        if not sections and not lead and intro:
            sections, intro = self._bare(intro), []
        name = own or title
        return Draft(
            title=name,
            date=date or next(iter(days(name, self.language)), ""),
            intro=markdown(piece.block for piece in intro),
            lead=lead,
            sections=tuple(sections),
        )

    # --- the top ---

    def _title(self, outside: str) -> tuple[str, str]:
        """Title and date of the issue, taken off the top; `outside` is what else names it."""
        date = next(iter(days(outside, self.language)), "")
        title = ""
        date = self._masthead() or date
        if self.pieces and self._is_title(outside):
            title = self.pieces.pop(0).words
        # A repeated title, and the date, which may stand above or below it.
        while self.pieces and self.pieces[0].kind in ("published", "heading", "divider"):
            first = self.pieces[0]
            if first.kind == "published" and self._agrees(first, date):
                date = max(date, self._date(self.pieces.pop(0)), key=len)
                if not title and self.pieces and self._is_title(outside):
                    title = self.pieces.pop(0).words
            elif first.kind == "divider":
                self.pieces.pop(0)
            elif first.words.casefold() == title.casefold() and title:
                self.log.leave(self.pieces.pop(0).words, "the title, once more")
            else:
                break
        return title, date or self._date_below()

    def _agrees(self, piece: Piece, date: str) -> bool:
        """Whether a day is the one that is known already, be it more or less precise."""
        named = day(piece.words, self.language)
        return not date or named.startswith(date) or date.startswith(named)

    def _date_below(self) -> str:
        """The date, where it stands a little below the title: on a line of its own, or in one with
        the issue's number."""
        for at, piece in enumerate(self.pieces[:_NEAR]):
            if piece.kind == "published" and not piece.label:
                return self._date(self.pieces.pop(at))
            if piece.kind not in ("text", "heading", "picture", "divider"):
                break
            named = days(piece.words, self.language)
            if named and len(piece.words) <= _NAME and not piece.block.links and at == 0:
                return named[0]
            if piece.kind == "heading":
                break
        return ""

    def _masthead(self) -> str:
        """Take off what stands above the title, the newsletter's name as a rule; the date, if it
        stands there."""
        levels = [piece.level for piece in self.pieces if piece.kind == "heading"]
        top = min(levels, default=LOOKS)
        if top == LOOKS or levels.count(top) > 1:
            return ""
        at = next(at for at, p in enumerate(self.pieces) if p.kind == "heading" and p.level == top)
        above = self.pieces[:at]
        if at > _MASTHEAD or any(not _is_masthead(piece) for piece in above):
            return ""
        del self.pieces[:at]
        date = ""
        for piece in above:
            if piece.kind == "published":
                date = self._date(piece)
            elif piece.kind == "picture" and piece.block.picture:
                one = piece.block.picture
                for words in (one.alt, one.caption, one.credit):
                    self.log.leave(words, "of a picture above the title")
            else:
                self.log.leave(piece.words, "above the title: the newsletter's name, as a rule")
        return date

    def _is_title(self, outside: str) -> bool:
        """Whether the first piece is the title: the only heading of its level, or a line with
        another heading, a date or a picture below it."""
        first = self.pieces[0]
        if first.kind != "heading":
            return False
        others = [piece for piece in self.pieces[1:] if piece.kind == "heading"]
        if outside and not others and 1 < first.level < LOOKS:
            return False  # a section, the only one
        below = self.pieces[1].kind if len(self.pieces) > 1 else ""
        if others and (below == "published" or (below == "heading" and not outside)):
            return first.level <= min(piece.level for piece in others)
        if first.level < LOOKS:
            return all(piece.level > first.level for piece in others)
        after = self.pieces[1].kind if len(self.pieces) > 1 else ""
        above = any(piece.kind == "dated" for piece in self.pieces)
        return after in ("heading", "published", "kicker", "picture", "dated") or above

    def _intro(self) -> list[Piece]:
        """What stands above the first heading, where there are any."""
        found: list[Piece] = []
        if any(piece.kind in ("heading", "dated") for piece in self.pieces):
            while self.pieces[0].kind in ("text", "item", "quotation", "divider"):
                found.append(self.pieces.pop(0))
        for piece in found:
            if _CONTENTS.fullmatch(piece.words):
                self.log.leave(piece.words, "the heading of a list of contents")
        return [p for p in found if p.kind != "divider" and not _CONTENTS.fullmatch(p.words)]

    def _bare(self, intro: Iterable[Piece]) -> list[DraftSection]:
        return [DraftSection(entries=self._entries(list(intro)))]

    def _lead(self) -> DraftSection | None:
        """The first section, if a line that is set large stands below its heading."""
        if len(self.pieces) < 3 or [piece.kind for piece in self.pieces[:2]] != ["heading"] * 2:
            return None
        heading, display = self.pieces[:2]
        displayed = display.level == LOOKS and (heading.level < LOOKS or display.block.is_bold)
        if not displayed or self.pieces[2].kind not in ("text", "item"):
            return None
        if heading.level == LOOKS and (
            heading.block.is_bold
            or any(p.kind == "heading" and p.block.is_bold for p in self.pieces[2:])
        ):
            return None  # bold lines are the headings here
        if any(
            one.level < LOOKS and other.level == LOOKS
            for one, other in pairwise(self.pieces[1:])
            if one.kind == other.kind == "heading"
        ):
            return None  # each section has entries with titles
        end = next(
            (at for at, one in enumerate(self.pieces) if at > 1 and one.kind == "heading"),
            len(self.pieces),
        )
        body = self.pieces[2:end]
        del self.pieces[:end]
        return DraftSection(heading.words, display.words, self._entries(body))

    # --- sections ---

    def _sections(self) -> list[DraftSection]:
        """What is below each heading, as sections with entries."""
        levels = sorted({piece.level for piece in self.pieces if piece.kind == "heading"})
        top = levels[0] if levels else LOOKS
        groups: list[tuple[str, list[Piece]]] = []
        linked: dict[int, Span] = {}  # where headings lead to, by their groups
        above: list[Piece] = []  # kickers and pictures that stand above the heading they belong to
        pictured = ("kicker", "heading") if self._has_pictures_above(top) else ("kicker",)
        for piece, following in zip_longest(self.pieces, self.pieces[1:]):
            below = following.kind if following else ""
            if piece.kind == "heading" and piece.level == top:
                title = piece.words
                if groups and groups[-1][0] == title and not above and not groups[-1][1]:
                    self.log.leave(title, "the same heading stood there twice")
                elif groups and groups[-1][0].casefold() == title.casefold():
                    self.log.leave(title, "one heading for two entries of the same name")
                    groups[-1][1].append(_BREAK)
                else:
                    linked |= {len(groups): span for span in piece.block.links}
                    groups.append((title, []))
                held, above = above, []
                groups[-1][1].extend(held)
            elif piece.kind == "kicker" or (
                piece.kind == "picture" and (above or below in pictured)
            ):
                above.append(piece)
            elif piece.kind == "published" and not piece.label and below == "heading":
                above.append(piece)  # the date of what follows
            elif piece.kind == "divider":
                continue
            else:
                if not groups:
                    groups.append(("", []))
                groups[-1][1].extend([*above, piece])
                above = []
        if above:
            groups.append(("", above)) if not groups else groups[-1][1].extend(above)
        headings = {title.casefold() for title, _ in groups}
        found: list[DraftSection] = []
        for number, (title, body) in enumerate(groups):
            if _is_contents(body, headings):
                for words in (title, *(piece.words for piece in body)):
                    self.log.leave(words, "the list of contents: the builder makes its own")
            else:
                made = self._section(title, body)
                found += _led(made, linked[number]) if number in linked else made
        return found

    def _has_pictures_above(self, top: int) -> bool:
        """Whether the picture of a story stands above its heading: so with the first one."""
        at = next(
            (n for n, p in enumerate(self.pieces) if p.kind == "heading" and p.level == top), 0
        )
        return at > 0 and self.pieces[at - 1].kind == "picture"

    def _section(self, title: str, body: list[Piece]) -> list[DraftSection]:
        """One section, or those that headings below its own divide it into."""
        parts = _parts(body)
        many = [name for name, pieces in parts if name and self._is_list(pieces)]
        if not many:
            return [DraftSection(title, entries=self._entries(body))]
        found = []
        for name, pieces in parts:
            heading = f"{title}: {name}" if title and name else title or name
            if name or pieces:
                found.append(DraftSection(heading, entries=self._entries(pieces)))
        # The heading above stands before each of them; it was there once.
        return found

    def _is_list(self, pieces: Sequence[Piece]) -> bool:
        """Whether what is below a heading are several entries, not the text of one."""
        items = [piece for piece in pieces if piece.kind == "item" and piece.block.level < 2]
        texts = [piece for piece in pieces if piece.kind == "text"]
        linked = sum(bool(piece.block.links) for piece in items or texts)
        return linked > 1 and linked >= _PART_LINKED * len(items or texts)

    # --- entries ---

    def _entries(self, body: Sequence[Piece]) -> tuple[DraftEntry, ...]:
        builder = Entries(self.language, self.log, self.each or self._each_of(body))
        for piece in body:
            builder.take(piece)
        return builder.done()

    def _each_of(self, body: Sequence[Piece]) -> bool:
        """Whether each paragraph of a section is an entry, though it is not so in most."""
        texts = [piece for piece in body if piece.kind == "text"]
        linked = sum(bool(piece.block.links) for piece in texts)
        return self.form == "roundup" and linked > 1 and linked >= _PART_LINKED * len(texts)

    def _date(self, piece: Piece) -> str:
        date = day(piece.words, self.language)
        self.log.read(piece.block.words, date)
        return date


_BREAK = Piece("divider", Block("divider"))


def _led(sections: list[DraftSection], span: Span) -> list[DraftSection]:
    """Sections whose heading was a link, with that link at their first entry."""
    first = sections[0]
    entries = first.entries[:1] or (DraftEntry(),)
    entry = with_row(entries[0], DraftLink("", " ".join(span.words.split()), span.url))
    return [first._replace(entries=(entry, *first.entries[1:])), *sections[1:]]


def _is_contents(body: Sequence[Piece], headings: set[str]) -> bool:
    """Whether the lines below a heading are the other headings."""
    return len(body) > 2 and all(piece.words.casefold() in headings for piece in body)


def _parts(body: Iterable[Piece]) -> list[tuple[str, list[Piece]]]:
    """What is below each heading of a section; first, without a name, what is above them all."""
    found: list[tuple[str, list[Piece]]] = [("", [])]
    for piece in body:
        if piece.kind == "heading":
            found.append((piece.words, []))
        else:
            found[-1][1].append(piece)
    return found


def _is_masthead(piece: Piece) -> bool:
    """Whether it may stand above the title: a short line, the date, a logo."""
    if piece.kind in ("picture", "divider", "published", "kicker"):
        return True
    short = len(piece.words) <= _NAME and not piece.block.links
    return short and (piece.kind == "text" or piece.level == LOOKS)
