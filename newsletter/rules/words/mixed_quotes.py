"""Straight and curly quotation marks are mixed in one issue: "it's" here, “it’s” there.

It shows what was pasted and from where. Curly ones are what books and newspapers have; an issue
that has straight ones throughout is not told.

To mend it, take the suggestions: they turn the kind of which there are fewer into the other. Where
it is not certain whether a mark opens or closes a quotation there is none.

Source: https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-6/
    https://www.chicagomanualofstyle.org/

Bad:

    entries:
      - The trust’s [report on “neglect”](https://example.org/neglect) is the council's first.

Good:

    entries:
      - The trust’s [report on “neglect”](https://example.org/neglect) is the council’s first.

Good:

    entries:
      - "The trust's [report on 'neglect'](https://example.org/neglect) is the council's first."
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from newsletter.markup import PLATFORM_TAG
from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof
from newsletter.proof.quotations import paragraph_of

LEVEL = Level.NOTE
SAFE = True

_MARK = re.compile("[\"'“”„‟‘’‚‛]")
_STRAIGHT, _CURLY = frozenset("\"'"), frozenset("“”„‟‘’‚‛")
_OPENERS = frozenset("([{/«“‘„‚¿¡")
_SHOWN = 80  # characters of a word in a message
_ELISION = re.compile(r"(?:tis|twas|em|till?|cause|cos|n|bout|neath|round)\b|\d0s", re.IGNORECASE)


class _Forms(NamedTuple):
    """The marks of a language: they open and close a quotation, and one inside it."""

    double: str
    single: str


_USUAL = _Forms("“”", "‘’")
_FORMS = {
    "cs": _Forms("„“", "‚‘"),
    "de": _Forms("„“", "‚‘"),
    "hu": _Forms("„”", "‚’"),
    "nb": _Forms("””", "’’"),
    "fi": _Forms("””", "’’"),
    "pl": _Forms("„”", "‚’"),
    "ro": _Forms("„”", "‚’"),
    "sk": _Forms("„“", "‚‘"),
    "sv": _Forms("””", "’’"),
}


def check(proof: Proof) -> Iterator[Finding]:
    if proof.characters.isdisjoint(_STRAIGHT) or proof.characters.isdisjoint(_CURLY):
        return
    marks = [match for match in proof.find(_MARK) if not _in_tag(match)]
    straight = [match for match in marks if match.match[0] in _STRAIGHT]
    if len(straight) > len(marks) - len(straight):
        curly = [match for match in marks if match.match[0] in _CURLY]
        turned = [(m, '"' if m.match[0] in "“”„‟" else "'") for m in curly]
        yield from _findings("curly", "straight", turned)
        return
    language = proof.issue.language
    forms = None if language.direction == "rtl" else _FORMS.get(language.primary, _USUAL)
    for _, group in groupby(straight, _paragraph):
        yield from _findings("straight", "curly", list(_turned(list(group), forms)))


def _in_tag(match: Match) -> bool:
    tags = _tags(match.passage.words)
    index = bisect_left(tags, (match.start, 0)) - 1
    return index >= 0 and match.start < tags[index][1]


@lru_cache(maxsize=1024)
def _tags(words: str) -> tuple[tuple[int, int], ...]:
    if "{" not in words and "*|" not in words:
        return ()
    return tuple(tag.span() for tag in PLATFORM_TAG.finditer(words))


def _paragraph(match: Match) -> tuple[object, int]:
    return match.passage.steps, paragraph_of(match.passage.words, match.start)


def _findings(
    kind: str, others: str, turned: Sequence[tuple[Match, str | None]]
) -> Iterator[Finding]:
    """One finding a text: what is pasted has many such marks."""
    for _, group in groupby(turned, lambda pair: pair[0].passage.steps):
        (match, instead), *more = group
        words, at = match.passage.words, match.start
        inside = words[max(at - 1, 0) : at].isalnum() and words[at + 1 : at + 2].isalpha()
        name = "apostrophe" if inside and match.match[0] in "'’" else "quotation mark"
        start = max(words.rfind(" ", 0, at), words.rfind("\n", 0, at)) + 1
        word = words[start : start + _SHOWN].split(maxsplit=1)[0]
        yield Finding(
            f"a {kind} {name} among {others} ones: {word}"
            + (f", and {len(more)} more in this text" if more else ""),
            match.place,
            f"type it again, {others}" if instead is None else "",
            instead,
            tuple((m.place, mark) for m, mark in more if mark is not None),
        )


def _turned(marks: list[Match], forms: _Forms | None) -> Iterator[tuple[Match, str | None]]:
    """The straight marks of a paragraph, each with the curly one that is meant, or None where that
    is not certain. Feet and inches are left out."""
    sides = _sides(marks)
    doubles = [sides[m.start] for m in marks if m.match[0] == '"' and sides[m.start] != "measure"]
    paired = doubles == ["open", "close"] * (len(doubles) // 2)
    last = max(
        (m.start for m in marks if m.match[0] == "'" and sides[m.start] == "close"), default=0
    )
    pending = False
    for match in marks:
        side = sides[match.start]
        if side == "measure":
            continue
        if forms is None:
            yield match, "’" if side == "inside" else None
        elif match.match[0] == '"':
            yield match, forms.double[side == "close"] if paired else None
        elif side == "inside":
            yield match, "’"
        elif side == "close":
            yield match, forms.single[1] if pending else "’"
            pending = False
        else:
            elided = _ELISION.match(match.passage.words, match.start + 1)
            decade = elided and elided[0][0].isdigit()
            later = not decade and last > match.start
            pending = later and not elided and side == "open"
            yield match, forms.single[0] if pending else "’" if elided and not later else None


def _sides(marks: list[Match]) -> dict[int, str]:
    """By its place, whether a mark opens or closes a quotation, stands inside a word, or after a
    figure as a measure."""
    sides: dict[int, str] = {}
    opened = {'"': 0, "'": 0}
    for match in marks:
        words, at, sign = match.passage.words, match.start, match.match[0]
        before, after = words[max(at - 1, 0) : at] or " ", words[at + 1 : at + 2] or " "
        if at - 1 in sides:
            opens = sides[at - 1] == "open"
        elif before in "-–—":
            opens = after.isalnum()
        else:
            opens = before.isspace() or before in _OPENERS
        if before.isdigit() and not opened[sign]:
            side = "inside" if after.isalpha() and sign == "'" else "measure"
        elif sign == "'" and before.isalpha() and after.isalnum():
            side = "inside"
        elif opens:
            side = "lone" if after.isspace() else "open"
        else:
            side = "close"
        opened[sign] = side == "open" or (opened[sign] and side == "inside")
        sides[at] = side
    return sides
