"""Plain text in, blocks out: paragraphs between empty lines, and the signs with which people and
programs set headings, lists and links in it."""

import re
from collections.abc import Iterator
from itertools import islice

from newsletter.intake.blocks import NOWHERE, Block, Span, merged
from newsletter.markup import runs

_HEADING = re.compile(r"(#{1,6})\s+(.+?)(?:\s+#+)?\s*")
_UNDERLINE = re.compile(r"(?P<mark>[=~*-])(?P=mark){2,}\s*")
_DIVIDER = re.compile(r"\s*(?:([-*_=~•–—])\s?){3,}\s*")
_ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+•◦▪·]|[–—](?=\s)|\d{1,3}[.)])\s+(?P<words>\S.*)")
_QUOTED = re.compile(r"\s*>\s?(?P<words>.*)")

_LONGEST = 3
"""Lines of a heading that is underlined."""


MOST_BLOCKS = 10_000
_LONGEST_PARAGRAPH = 20_000
"""Characters; in longer ones nobody has set links by hand, and looking for them takes minutes."""


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, with line ends of Unix; of more than MOST_BLOCKS, one more than
    that. Markdown's links and emphasis are read; what merely looks like a heading is a paragraph
    still."""
    return tuple(islice(_blocks(_with_references(text).split("\n")), MOST_BLOCKS + 1))


# A list of addresses below the text, and the numbers in it that stand for them.
_REFERENCE = re.compile(r"^[ \t]*\[(\d{1,3})\]:?[ \t]+<?(https?://[^\s<>]+)>?[ \t]*$", re.MULTILINE)


def _with_references(text: str) -> str:
    """`text` with links in place of numbers in brackets whose addresses stand below."""
    known = {match[1]: match[2] for match in _REFERENCE.finditer(text)}
    used: set[str] = set()

    def linked(match: re.Match[str]) -> str:
        used.add(match[1])
        return f"[[{match[1]}]]({known[match[1]]})"

    if not known:
        return text
    numbers = "|".join(known)
    found = re.sub(rf"(?<![\]\[\w])\[({numbers})\](?![\[(:])", linked, _REFERENCE.sub("\0", text))
    left = iter(_REFERENCE.finditer(text))
    return re.sub("\0", lambda _: "" if (one := next(left))[1] in used else one[0], found)


def _blocks(lines: list[str]) -> Iterator[Block]:
    group: list[tuple[int, str]] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip() and not _DIVIDER.fullmatch(line):
            group.append((number, line.rstrip()))
            continue
        if group and line.strip() and _UNDERLINE.fullmatch(line) and len(group) <= _LONGEST:
            words = " ".join(heading.strip() for _, heading in group)
            yield Block("heading", spans(words), 1 if "=" in line else 2, line=group[0][0])
        else:
            yield from _paragraphs(group)
            if line.strip():
                yield Block("divider", line=number)
        group = []


def _paragraphs(lines: list[tuple[int, str]]) -> Iterator[Block]:
    """The blocks of lines without an empty one between them."""
    kind, level, text, begins = "", 0, "", 0
    for number, line in lines:
        heading, item, quoted = (p.fullmatch(line) for p in (_HEADING, _ITEM, _QUOTED))
        if (
            heading
            or item
            or (quoted and kind != "quotation")
            or (kind == "quotation" and not quoted)
        ):
            if text:
                yield _block(kind, level, text, begins)
            kind, level, text, begins = "paragraph", 0, "", number
        if heading:
            yield Block("heading", spans(heading[2]), len(heading[1]), line=number)
            continue
        if item:
            kind, level = "item", 1 + len(item["indent"].expandtabs(4)) // 2
            text = item["words"]
            continue
        kind = "quotation" if quoted else kind or "paragraph"
        words = quoted["words"] if quoted else line.strip()
        text, begins = (f"{text}\n{words}", begins) if text else (words, number)
    if text:
        yield _block(kind, level, text, begins)


def _block(kind: str, level: int, text: str, line: int) -> Block:
    if kind == "item":
        return Block("item", spans(text), level, line=line)
    return Block("quotation" if kind == "quotation" else "paragraph", spans(text), line=line)


def spans(text: str) -> tuple[Span, ...]:
    """The words and links of a paragraph."""
    if len(text) > _LONGEST_PARAGRAPH:
        return (Span(text),)
    found = []
    for run in runs(text):
        url = "" if run.url is None else (run.url or NOWHERE)
        found.append(Span(run.words, url, run.strong, run.emphasis))
    return merged(found)
