"""A text of the issue in; which parts of it are other people's words out: quotations, titles."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from newsletter.proof import Passage, Proof, once
from newsletter.source import Steps

_SAME = r"(?!\n[ \t]*\n)"  # a quotation ends with its paragraph, at the latest
_QUOTATION = re.compile(
    rf"“(?:{_SAME}[^”])*”?"
    rf"|„(?:{_SAME}[^“”])*[“”]?"
    rf"|«(?:{_SAME}[^»])*»?"
    rf"|»(?:{_SAME}[^«»])*«"
    rf'|(?<!\w)"(?=\S)(?:{_SAME}[^"])*"'
    # A mark inside a word, and one after a plural's s with an end still to come, is an apostrophe.
    rf"|‘(?:{_SAME}(?:[^’]|’(?=\w)|(?<=s)’(?=\s(?:{_SAME}(?:[^‘’]|’(?=\w)))*’(?!\w))))*’"
    rf"|(?<![\w’'])'(?=\w)(?:{_SAME}(?:[^']|'(?=\w)))*'(?!\w)"
)


def is_quoted(passage: Passage, at: int) -> bool:
    """Whether character `at` of the words stands in a quotation, between marks or after `>`."""
    spans = quotations(passage.words)
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return (index >= 0 and at < spans[index][1]) or _in_block(passage, at)


@lru_cache(maxsize=1024)
def quotations(words: str) -> tuple[tuple[int, int], ...]:
    """From where to where each quotation goes, with its marks."""
    return tuple(_quotations(words))


_MARK = re.compile("[“„«»\"‘']")
_OPENS = re.compile(r"‘|(?<![\w’'])'(?=\w)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def _quotations(words: str) -> Iterator[tuple[int, int]]:
    # Where one mark is not closed in its paragraph, no later one of its kind there is: to look
    # for its end again each time would take long.
    open_until = {"‘": 0, "'": 0}
    at = 0
    while mark := _MARK.search(words, at):
        at, sign = mark.end(), mark[0]
        if mark.start() < open_until.get(sign, 0):
            continue
        if match := _QUOTATION.match(words, mark.start()):
            yield match.span()
            at = match.end()
        elif _OPENS.match(words, mark.start()):
            blank = _BLANK_LINE.search(words, at)
            open_until[sign] = blank.start() if blank else len(words)


def _in_block(passage: Passage, at: int) -> bool:
    if ">" not in passage.raw:
        return False
    place = passage.typed(at)
    sign = _BLOCK.match(passage.raw, paragraph_of(passage.raw, place))
    return sign is not None and sign.end() <= place


_BLOCK = re.compile(r"\s*>")


def paragraph_of(text: str, at: int) -> int:
    """Where the paragraph begins that character `at` of a text stands in."""
    begins = _paragraphs(text)
    return begins[bisect_right(begins, at) - 1]


@lru_cache(maxsize=1024)
def _paragraphs(text: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in _BLANK_LINE.finditer(text)))


def is_title(proof: Proof, passage: Passage, at: int) -> bool:
    """Whether character `at` of the words stands in a link whose words are a title: three words
    or more that begin with a capital."""
    place, titles = passage.typed(at), _titles(proof).get(passage.steps, [])
    index = bisect_right(titles, place, key=lambda span: span[0]) - 1
    return index >= 0 and place < titles[index][1]


@once
def _titles(proof: Proof) -> dict[Steps, list[tuple[int, int]]]:
    """From where to where the links go, in each text, whose words are a title."""
    found: dict[Steps, list[tuple[int, int]]] = {}
    for link in proof.links:
        steps, start, end, *_ = link.words_place
        words = link.words.lstrip("“‘\"'«„ ")
        if link.in_text and start is not None and words[:1].isupper() and len(words.split()) > 2:
            found.setdefault(steps, []).append((start, end or 0))
    return found
