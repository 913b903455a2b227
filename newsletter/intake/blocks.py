"""The parts that every document has in common, whatever program made it: values without markup."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from newsletter.markup import Markdown
from newsletter.problems import Faults

NOWHERE = "#"
"""The address of a link that has none: it is kept, and `newsletter check` reports it."""


class Span(NamedTuple):
    """Words that are set alike.

    A newline in `words` is a line that ended there: a `<br>`, or the end of a line of a text file.
    `url` is "" where they are no link, and NOWHERE where they are one without an address.
    """

    words: str
    url: str = ""
    strong: bool = False
    emphasis: bool = False


class Picture(NamedTuple):
    """A picture; `content` are its bytes where the source has them inside itself."""

    src: str = ""  # an address, or the name of its file
    alt: str = ""
    credit: str = ""
    caption: str = ""
    content: bytes = b""


class Block(NamedTuple):
    """A heading, a paragraph, an item of a list, a paragraph of a quotation, a picture, or a line
    that divides.

    `level` is 1 to 6 for a heading, and how deep an item of a list is nested, from 1; 0 for all
    else. A heading of level 0 is one that merely looks like it: bold, or a line of its own.
    `line` is where it stands in a text file, from 1; 0 where that says nothing to anybody.
    """

    kind: Literal["heading", "paragraph", "item", "quotation", "picture", "divider"]
    spans: tuple[Span, ...] = ()
    level: int = 0
    picture: Picture | None = None
    line: int = 0

    @property
    def words(self) -> str:
        """Its words on one line."""
        return " ".join(words_of(self.spans).split())

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        return is_bold(self.spans)

    @property
    def links(self) -> tuple[Span, ...]:
        """Those of its spans that are links."""
        return tuple(span for span in self.spans if span.url)


def is_bold(spans: Iterable[Span]) -> bool:
    """Whether all words of `spans` are bold."""
    return all(span.strong for span in spans if span.words.strip())


def words_of(spans: Iterable[Span]) -> str:
    """The words of `spans`, as they stand."""
    return "".join(span.words for span in spans)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` without empty ones, those that are set alike as one."""
    groups = groupby((span for span in spans if span.words), key=lambda span: span[1:])
    return tuple(Span("".join(one.words for one in group), *looks) for looks, group in groups)


def trimmed(spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` without white space at their two ends."""
    rest = list(merged(spans))
    while rest and not (words := rest[0].words.lstrip()):
        del rest[0]
    if rest:
        rest[0] = rest[0]._replace(words=words)
    while rest and not (words := rest[-1].words.rstrip()):
        rest.pop()
    if rest:
        rest[-1] = rest[-1]._replace(words=words)
    return tuple(rest)


def cut(spans: Sequence[Span], start: int, end: int | None = None) -> tuple[Span, ...]:
    """The part of `spans` from character `start` to `end` of their words."""
    found, at = [], 0
    for span in spans:
        stop = len(span.words) if end is None else max(end - at, 0)
        found.append(span._replace(words=span.words[max(start - at, 0) : stop]))
        at += len(span.words)
    return merged(found)


def lines_of(spans: Iterable[Span]) -> list[tuple[Span, ...]]:
    """Each line of `spans`, without white space at its ends."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *rest = span.words.split("\n")
        lines[-1].append(span._replace(words=first))
        lines += [[span._replace(words=words)] for words in rest]
    return [trimmed(line) for line in lines]


# --- as Markdown ---------------------------------------------------------------------------------

# What Markdown would take for something else, wherever it stands; "_" inside a word it does not.
_SIGNS = re.compile(
    r"\\(?=\s*\Z|[!-/:-@\[-`{-~])|!(?=\Z)|[*`\[\]]|(?<=\])\(|<(?=[A-Za-z/!?])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)"
)
# Nothing in it that Markdown could take for its own, at the start of a line or within.
_ORDINARY = re.compile(r"[^\W\d_][^\\*_`\[\]<>&#!\n:@~|]*")
_LINE_STARTS = re.compile(
    r"^(\s*)([#>+]|[=-](?=[=-]*\s*$)|-|#{2,6}|\d{1,9}(?=[.)]\s))(?=[\s=-]|$|[.)])", re.MULTILINE
)


_GAPS = {"item": "\n", "quotation": "\n>\n"}  # between two of a kind


def markdown(blocks: Iterable[Block]) -> str:
    """Paragraphs, lists and quotations as Markdown that reads as these words and links."""
    parts: list[tuple[str, str]] = []
    levels: list[int] = []  # of the items that the last one is nested in, and its own
    for block in blocks:
        if not block.spans:
            continue
        if block.kind == "item":
            # A list begins at the margin, whatever the level of its first item, and goes in by one
            # step at a time.
            levels = [one for one in levels if one < block.level] if _is_item(parts) else []
            levels.append(block.level)
        parts.append((block.kind, _block(block, len(levels) - 1)))
    text = ""
    for number, (kind, words) in enumerate(parts):
        before = parts[number - 1][0] if number else ""
        gap = _GAPS.get(kind, "\n\n") if kind == before else "\n\n"
        text += (gap if number else "") + words
    return text


def _is_item(parts: Sequence[tuple[str, str]]) -> bool:
    return bool(parts) and parts[-1][0] == "item"


def _block(block: Block, depth: int) -> str:
    text = inline(block.spans)
    if block.kind == "item":
        indent = "  " * depth
        return f"{indent}- {text}".replace("\n", f"\n{indent}  ")
    if block.kind == "quotation":
        return f"> {text}".replace("\n", "\n> ")
    return text


def inline(spans: Sequence[Span]) -> str:
    """Words, links and emphasis as Markdown, on one line but for the lines that end in them.

    Signs are only escaped where Markdown would take them for markup.
    """
    if all(not any(span[1:]) and _ORDINARY.fullmatch(span.words) for span in spans):
        return words_of(spans)  # most texts of feeds
    bare = [Span(span.words, span.url) for span in spans]
    for tried, escape in ((spans, False), (spans, True), (bare, False)):
        text = _inline(tried, escape)
        if _reads_as(text, spans if tried is spans else bare):
            return text
    return _inline(bare, escape=True)  # marks of emphasis that would be words


def _reads_as(text: str, spans: Sequence[Span]) -> bool:
    try:
        read = Markdown.parse(text)
    except Faults as error:
        if any(fault.code != "link-target" for fault in error.faults):
            return False
        read = Markdown.as_typed(text)
    kinds = [token.type for token in read.tokens]
    if kinds != ["paragraph_open", "inline", "paragraph_close"]:
        return False
    children = read.tokens[1].children or []
    words = "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content for child in children
    )
    marks = sum(child.type in ("strong_open", "em_open") for child in children)
    links = [child.attrs.get("href") for child in children if child.type == "link_open"]
    wanted = [span.url for span in merged(_plainly(spans)) if span.url]
    meant = len([span for span in spans if span.strong]) + len([s for s in spans if s.emphasis])
    same = " ".join(words.split()) == " ".join(words_of(spans).split())
    return same and len(links) == len(wanted) and (marks > 0) == (meant > 0)


def _plainly(spans: Iterable[Span]) -> Iterable[Span]:
    return (Span(span.words, span.url) for span in spans)


def _inline(spans: Sequence[Span], escape: bool) -> str:
    text = ""
    for span in merged(spans):
        words = _escaped(span.words) if escape else span.words
        inner = words.strip()
        if not inner:
            text += words
            continue
        before = words[: len(words) - len(words.lstrip())]
        after = words[len(words.rstrip()) :]
        # A mark inside a word, or next to a space, is none for Markdown: bold words give way.
        if span.strong:
            inner = f"**{inner}**"
        if span.emphasis:
            inner = f"*{inner}*"
        if span.url and span.words.strip() == span.url != NOWHERE:
            inner = f"<{span.url}>"
        elif span.url:
            inner = f"[{inner}]({_target(span.url)})"
        text += before + inner + after
    return text


def _escaped(words: str) -> str:
    words = _SIGNS.sub(lambda match: "\\" + match[0], words)

    def start(match: re.Match[str]) -> str:
        number = match[2][0].isdigit()
        return f"{match[1]}{match[2]}\\" if number else f"{match[1]}\\{match[2]}"

    return _LINE_STARTS.sub(start, words)


def _target(url: str) -> str:
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C")
