"""A sentence is broken in the middle, by an empty line or over two entries.

Text copied from a PDF or from Word ends its lines, and sometimes its paragraphs, where the page
did. Readers take the first half for the whole.

To mend it, join the two halves. A list, a quotation, and a first half that ends with a full stop or
any other sign are left alone.

Bad:

    entries:
      - |
        The charity calls its [new report on neglect](https://example.org/neglect) a

        shift from counting visits to asking children.

Bad:

    sections:
      - title: Neglect
        entries:
          - The [charity's report on neglect](https://example.org/neglect) marks a
          - shift from counting visits to asking children what they need.

Good:

    entries:
      - |
        The [charity's report on neglect](https://example.org/neglect) asks for

        - more time for each visit, and

        - training for teachers.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof
from newsletter.proof.quotations import paragraph_of

LEVEL = Level.WARNING

_GAP = re.compile(r"\n[ \t]*\n\s{0,99}(?P<next>[^\W\d_][\w’'-]*)")
# A word at the end, and no sign after it but a comma or a hyphen.
_LAST = re.compile(r"(?P<last>[^\W_][\w’'-]*),?\s*$")
_NEXT = re.compile(r"[^\W\d_][\w’'-]*")
# Bold up to the end of a line, and again on the next.
_BOLD = re.compile(
    r"(?P<last>[^\W_][\w’'-]{0,99}),?(?P<mark>\*\*|__)[ \t]{0,99}\n\s{0,99}(?P=mark)"
    r"(?P<next>[^\W\d_][\w’'-]*)"
)
_BLOCK = re.compile(r"^[ \t]*(?:>|[-*+•–][ \t]|\(?(?:\d{1,9}|[a-z])[.)][ \t])", re.MULTILINE)
_REACH = 40  # characters in which the last word is looked for
_SHORT = 5  # words of a greeting, a heading or a signature, after which no sentence goes on


def check(proof: Proof) -> Iterator[Finding]:
    yield from _over_paragraphs(proof)
    yield from _over_bold_lines(proof)
    yield from _over_entries(proof)


def _over_paragraphs(proof: Proof) -> Iterator[Finding]:
    for match in proof.find(_GAP, "text", "intro", "outro"):
        passage = match.passage
        last = _LAST.search(passage.words[max(match.start - _REACH, 0) : match.start])
        following, place = match.group("next")
        above = passage.words[paragraph_of(passage.words, match.start) : match.start]
        if not last or not following.islower() or len(above.split()) <= _SHORT:
            continue
        begins = max(match.start - _REACH, 0) + last.start()
        start, end = passage.typed(begins), place.end or 0
        if not _in_block(passage.raw, start, end):
            joined = "" if last["last"].endswith("-") else passage.raw[start:end]
            yield _broken(
                Place(passage.steps, start, end),
                last["last"],
                following,
                "remove the empty line",
                " ".join(joined.split()) or None,
            )


def _over_bold_lines(proof: Proof) -> Iterator[Finding]:
    for passage in proof.passages:
        if "**" not in passage.raw and "__" not in passage.raw:
            continue
        for bold in _BOLD.finditer(passage.raw):
            if bold["next"].islower() and not _in_block(passage.raw, *bold.span()):
                yield _broken(
                    Place(passage.steps, *bold.span()),
                    bold["last"],
                    bold["next"],
                    "make the two lines one",
                )


def _over_entries(proof: Proof) -> Iterator[Finding]:
    """A sentence that one entry begins and the next one ends."""
    texts = [passage for passage in proof.passages if passage.field == "text"]
    for one, other in pairwise(texts):
        before, after = one.item, other.item
        if not before or not after or before.steps[:-2] != after.steps[:-2]:
            continue
        entry = after.entry
        last, following = _LAST.search(one.words[-_REACH:]), _NEXT.match(other.words)
        whole = before.entry.links or entry.title or entry.kind or entry.date or entry.image
        if last and following and following[0].islower() and not whole:
            start = one.raw.rstrip().rfind("\n") + 1
            if not _BLOCK.match(one.raw[start:]) and not _BLOCK.match(other.raw):
                place = other.place(0, following.end())
                yield _broken(place, last["last"], following[0], "make the two entries one")


def _in_block(raw: str, start: int, end: int) -> bool:
    """Whether one of the halves is a part of a list or of a quotation."""
    blocks = _blocks(raw)
    first = bisect_left(blocks, (paragraph_of(raw, start), 0))
    return first < len(blocks) and blocks[first][1] <= end


@lru_cache(maxsize=64)
def _blocks(raw: str) -> tuple[tuple[int, int], ...]:
    """From where to where the signs go that begin a line of a list or of a quotation."""
    return tuple(match.span() for match in _BLOCK.finditer(raw))


def _broken(
    place: Place, last: str, following: str, hint: str, joined: str | None = None
) -> Finding:
    message = f"the sentence breaks off after '{last.rstrip('-')}' and goes on with '{following}'"
    return Finding(message, place, hint, joined)
