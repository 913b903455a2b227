"""What is to be changed in the words of a passage in; the place and the suggestion of a finding
out, as the text was typed."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from newsletter.proof import Passage, Place, Proof
from newsletter.source import Source


class Mend(NamedTuple):
    """Put `text` in place of the words from `start` to `end` of a passage."""

    passage: Passage
    start: int
    end: int
    text: str


class Mended(NamedTuple):
    """Mends of one line. `suggestion` is None where the text was not typed as readers see it."""

    mends: tuple[Mend, ...]
    place: Place
    suggestion: str | None


def mended(mends: tuple[Mend, ...]) -> Mended:
    """Mends of one passage, from the character before the first to the one after the last: what
    cannot be seen needs something that can be seen on both sides."""
    raw = mends[0].passage.raw
    spans = [(mend.passage.typed(mend.start), mend) for mend in mends]
    if any(not raw.startswith(m.passage.words[m.start : m.end], at) for at, m in spans):
        return Mended(mends, mends[0].passage.place(mends[0].start, mends[-1].end), None)
    while spans:
        first, last = spans[0][0], spans[-1][0] + spans[-1][1].end - spans[-1][1].start
        start, end = _before(raw, first), _after(raw, last)
        # At the edge of a text or a line there is nothing on one side.
        if raw[start].isspace():
            del spans[0]
        elif raw[end - 1].isspace():
            spans.pop()
        else:
            return Mended(
                mends, Place(mends[0].passage.steps, start, end), _text(spans, start, end)
            )
    return Mended(mends, _nearest(mends[0]), None)


def by_line(proof: Proof, mends: Iterable[Mend]) -> Iterator[Mended]:
    """Mends in the order of the issue, those of one line of the file together."""
    lines: dict[tuple[object, int], list[Mend]] = {}
    for mend in mends:
        place = _nearest(mend)
        lines.setdefault((place.steps, _line(proof.source, place)), []).append(mend)
    for line_mends in lines.values():
        yield mended(tuple(line_mends))


def _line(source: Source, place: Place) -> int:
    """The line that a place is on: of the file, or of a text that has its lines as in the file."""
    node, start = source.node(place.steps), place.start or 0
    if node is None or node.mark.line == node.end.line:
        return 0
    if node.style in ("|", ">"):
        return node.text.count("\n", 0, start)
    return source.inside(place.steps, start).line


def words_with(
    pattern: re.Pattern[str], proof: Proof, letter: Callable[[str], bool]
) -> Iterator[tuple[Passage, int, int]]:
    """Each word in which `pattern` is found: its passage, and from where to where it goes. `letter`
    says what a word is made of."""
    seen: tuple[Passage | None, int] = None, 0
    for match in proof.find(pattern):
        passage = match.passage
        if seen[0] is passage and match.start < seen[1]:
            continue
        start, end = _word_around(passage.words, match.start, match.end, letter)
        seen = passage, end
        yield passage, start, end


def _word_around(
    words: str, start: int, end: int, letter: Callable[[str], bool]
) -> tuple[int, int]:
    while start > 0 and letter(words[start - 1]):
        start -= 1
    while end < len(words) and letter(words[end]):
        end += 1
    return start, end


def _text(spans: list[tuple[int, Mend]], start: int, end: int) -> str:
    raw = spans[0][1].passage.raw
    parts = []
    for at, mend in spans:
        parts += [raw[start:at], mend.text]
        start = at + mend.end - mend.start
    return "".join([*parts, raw[start:end]])


def _before(raw: str, at: int) -> int:
    """The place of the visible character before `at` on its line, or `at`."""
    start = at - 1
    while start >= 0 and raw[start].isspace() and raw[start] != "\n":
        start -= 1
    return start if start >= 0 and raw[start] != "\n" else at


def _after(raw: str, at: int) -> int:
    end = at
    while end < len(raw) and raw[end].isspace() and raw[end] != "\n":
        end += 1
    return end + 1 if end < len(raw) and raw[end] != "\n" else at


def _nearest(mend: Mend) -> Place:
    """The place of what is to be changed or, if that is blank, of a visible character by it."""
    words, start = mend.passage.words, mend.start
    if words[start].isspace():
        before = _before(words, start)
        start = before if before < start else max(_after(words, mend.end) - 1, 0)
    return mend.passage.place(start, start + 1)
