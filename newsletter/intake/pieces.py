"""Blocks in, pieces out: each line of a document and what it is by its form, before it is known
what it is a part of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from newsletter.intake import rows
from newsletter.intake.blocks import Block, Span, is_bold, lines_of, trimmed, words_of
from newsletter.intake.days import day
from newsletter.values import Language


class Piece(NamedTuple):
    """A part of a document.

    heading   `level` 1 to 6, or 7 for one that merely looks like it
    dated     a headline with its day: `label` is the day, `words` the headline
    row       a link of its own: `label`, and what is behind it
    source    who published it        published  when, as it is written
    kicker    what it is: News, Blog  text, item, quotation, picture, divider: as the block says
    """

    kind: Literal[
        "heading", "dated", "row", "source", "published", "kicker",
        "text", "item", "quotation", "picture", "divider",
    ]  # fmt: skip
    block: Block
    words: str = ""
    label: str = ""
    level: int = 0


LOOKS = 7
"""The level of a line that merely looks like a heading."""

_MOST = 120  # characters of a heading
_KINDS = (
    "news|blog|blog post|article|report|research|study|podcast|audio|video|webinar|film|event"
    "|training|course|resource|guidance|guide|briefing|consultation|survey|publication|statistics"
    "|data|letter|toolkit|feature|opinion|interview|press release|pdf|newyddion"
)
_KICKER = re.compile(rf"(?:{_KINDS})", re.IGNORECASE)
_ONE_LINK = re.compile(r"[\s.:;,–—|→»>()-]*")  # what may stand around a link that is all there is
_CONTINUES = re.compile(r"(?P<to>(?:to )?)(?P<label>continue reading)\b(?P<rest>.*)", re.IGNORECASE)


def pieces_of(blocks: Sequence[Block], language: Language) -> list[Piece]:
    """The pieces of a document, in order."""
    found = [piece for block in blocks for piece in _pieces(block, language)]
    real = sum(piece.level < LOOKS for piece in found if piece.kind == "heading")
    if real < 2:  # one is the title
        found = _with_headings(found)
    return _with_kickers(_with_whole_rows(found))


def _pieces(block: Block, language: Language) -> Iterator[Piece]:
    if block.kind == "heading":
        date, title = rows.dated(block.words)
        if date and day(date, language):
            yield Piece("dated", block, title, date)
        elif day(block.words, language):
            yield Piece("published", block, block.words)
        else:
            yield Piece("heading", block, block.words, level=block.level or LOOKS)
    elif block.kind == "paragraph":
        for part in _lines(block):
            yield _of_line(part, language)
    elif block.kind == "item" and _is_row(block):
        yield _row(block)
    elif block.kind == "divider":
        yield Piece("divider", block)
    elif block.kind == "picture":
        yield Piece("picture", block)
    else:
        yield Piece(block.kind, block, block.words)


def _lines(block: Block) -> Iterator[Block]:
    """A paragraph, cut before and after each line that says something by itself, and below a bold
    first line, which is a headline."""
    lines = lines_of(block.spans)
    group: list[tuple[Span, ...]] = []
    before = False
    for number, line in enumerate(lines):
        alone = len(lines) > 1 and _is_alone(block._replace(spans=line))
        headline = number == 1 and is_bold(lines[0]) and not is_bold(line)
        if group and (alone or before or headline):
            yield block._replace(spans=_as_lines(group))
            group = []
        group.append(line)
        before = alone
    yield block._replace(spans=_as_lines(group))


def _as_lines(lines: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    return trimmed([span for line in lines for span in (*line, Span("\n"))])


def _is_alone(line: Block) -> bool:
    """Whether a line is a row, a fact, a headline with its day, or an invitation."""
    return rows.begins_row(line.words) or (bool(line.links) and _is_row(line))


def _of_line(block: Block, language: Language) -> Piece:
    words = block.words
    date, title = rows.dated(words)
    if date and day(date, language):
        return Piece("dated", block, title, date)
    if source := rows.source(words):
        return Piece("source", block, source, words[: -len(source)])
    if (published := rows.published(words)) and day(published, language):
        return Piece("published", block, published, words[: -len(published)])
    if day(words, language) and not block.links:
        return Piece("published", block, words)
    if _is_row(block):
        return _row(block)
    if is_bold(block.spans) and _may_head(block):
        return Piece("heading", block, words, level=LOOKS)
    return Piece("text", block, words)


# --- rows ----------------------------------------------------------------------------------------


def _is_row(block: Block) -> bool:
    """Whether a line is a link with a label, or an invitation that is all linked."""
    words = block.words
    if len({span.url for span in block.links}) > 1 or len(words) > 300:
        return False
    if rows.label(words):
        return True
    if _CONTINUES.fullmatch(words):
        return True
    whole = block.links and _ONE_LINK.fullmatch(
        "".join(span.words for span in block.spans if not span.url)
    )
    return bool(whole) and rows.label(f"{words.split(' ', 1)[0]}:") != "" and len(words) < 80


def _with_whole_rows(pieces: list[Piece]) -> list[Piece]:
    """Rows joined with their titles, where these stand in the next paragraph: all of it a link."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before and _lacks_title(before) and _is_link(piece):
            found[-1] = before._replace(block=piece.block, words=piece.block.words)
            continue
        found.append(piece)
    return found


def _lacks_title(piece: Piece) -> bool:
    return piece.kind == "row" and not piece.words and not piece.block.links


def _is_link(piece: Piece) -> bool:
    """Whether all of it is a link."""
    others = "".join(span.words for span in piece.block.spans if not span.url)
    return bool(piece.block.links) and _ONE_LINK.fullmatch(others) is not None


def _row(block: Block) -> Piece:
    words = block.words
    label = rows.label(words)
    if label:
        return Piece("row", block, words[len(label) :].lstrip(" :"), label)
    return Piece("row", block, words)


def continued(words: str) -> tuple[str, str, str]:
    """Label, title and the rest of "To continue reading please click here ... on www.iwf.org.uk";
    three times "" for a row that says something else."""
    match = _CONTINUES.fullmatch(words)
    if not match:
        return "", "", ""
    host = re.search(r"\b(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+\b", match["rest"])
    title = host[0] if host else ""
    rest = match["rest"].replace(title, "") if title else match["rest"]
    return match["label"].capitalize(), title, f"{match['to']}{rest}"


# --- headings ------------------------------------------------------------------------------------


def _may_head(block: Block) -> bool:
    """Whether a paragraph could be a heading by its form: one short line without a full stop."""
    words = block.words
    return (
        len(words) <= _MOST
        and "\n" not in words_of(block.spans)
        and not re.search(r"[.,;:](?:\d{1,2})?$", words)
        and words[:1] not in ("(", "[", "@", "-", "–")
        and not words[:1].islower()
    )


def _with_headings(pieces: list[Piece]) -> list[Piece]:
    """Those lines made headings that a document without real ones has in their place: plain short
    lines before something longer."""
    found = list(pieces)
    told = [at for at, piece in enumerate(pieces) if piece.kind not in ("picture", "divider")]
    heading = told[0] if told else 0  # the last one
    # What stands above a real heading, the title, is the name of the newsletter.
    real = next((at for at in told if pieces[at].kind == "heading"), -1)
    real = real if real >= 0 and pieces[real].level < LOOKS else -1
    bare = True  # whether only facts stand below it
    for at, after in pairwise(told):
        piece, following = found[at], pieces[after]
        if at > real and piece.kind == "text" and not piece.block.links and _may_head(piece.block):
            # Below who published it, and when, stands the text; and so it does between a heading
            # and rows of links. What stands first may be the title of everything.
            above = found[at - 1].kind if at else ""
            facts = above in ("source", "published")
            is_body = heading not in (told[0], real) and bare and (facts or following.kind == "row")
            if not is_body and (following.kind != "text" or _is_longer(piece, following)):
                found[at] = piece._replace(kind="heading", level=LOOKS)
        if found[at].kind == "heading":
            heading, bare = at, True
        elif found[at].kind not in ("source", "published"):
            bare = False
    return found


def _is_longer(piece: Piece, after: Piece) -> bool:
    """Whether what follows is a sentence, or a heading itself."""
    return bool(re.search(r"[.!?…:;)\]”’\"']$", after.words)) or bool(
        after.block.links or _may_head(after.block) or len(after.words) > _MOST
    )


_BELOW_KICKER = ("heading", "picture", "source", "published")


def _with_kickers(pieces: list[Piece]) -> list[Piece]:
    """Those short lines made kickers that say what follows them is: News, Blog."""
    found = list(pieces)
    for at, piece in enumerate(pieces):
        alone = piece.kind in ("heading", "text") and _KICKER.fullmatch(piece.words)
        after = pieces[at + 1].kind if at + 1 < len(pieces) else ""
        if alone and piece.level in (0, LOOKS) and at and after in _BELOW_KICKER:
            found[at] = piece._replace(kind="kicker")
    return found
