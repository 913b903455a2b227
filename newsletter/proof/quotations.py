"""A text of the issue in; which parts of it are other people's words out: quotations, titles."""

import re
from collections.abc import Iterator

from newsletter.proof import Passage, Proof

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
    return any(start <= at < end for start, end in quotations(passage.words)) or _in_block(
        passage, at
    )


def quotations(words: str) -> Iterator[tuple[int, int]]:
    """From where to where each quotation goes, with its marks."""
    for match in _QUOTATION.finditer(words):
        yield match.span()


def _in_block(passage: Passage, at: int) -> bool:
    above = re.split(r"\n[ \t]*\n", passage.raw[: passage.typed(at)])[-1]
    return above.lstrip().startswith(">")


def is_title(proof: Proof, passage: Passage, at: int) -> bool:
    """Whether character `at` of the words stands in a link whose words are a title: three words
    or more that begin with a capital."""
    place = passage.typed(at)
    for link in proof.links:
        where = link.words_place
        if link.in_text and where.steps == passage.steps and where.start is not None:
            inside = where.start <= place < (where.end or 0)
            words = link.words.lstrip("“‘\"'«„ ")
            if inside and words[:1].isupper() and len(words.split()) > 2:
                return True
    return False
