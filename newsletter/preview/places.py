"""An issue in; where each of its parts stands in its file, and by which words it is found in the
email, out."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from newsletter.dates import PartialDate
from newsletter.model import Entry, Issue, Section
from newsletter.problems import shortened
from newsletter.render import visible_text
from newsletter.source import Source, Steps

_PRINT = 160  # signs; no two texts of an issue begin with so many of the same

# The page takes the same out of what a browser shows: layouts break lines as they like.
_BLANK = re.compile("[\\s\ufeff\u200b\u00ad]+")


class Place(NamedTuple):
    """A part of an issue. Lines count from 1; `end` is the last one. `prints` are the beginnings
    of its text, its title and its links, without blanks; `image` is the address of its picture;
    `facts` are what layouts set above its words: what it is, by whom, of when, and a caption."""

    kind: Literal["intro", "section", "entry", "outro"]
    name: str
    steps: Steps
    line: int
    end: int
    prints: tuple[str, ...]
    image: str = ""
    facts: tuple[str, ...] = ()


def places(issue: Issue, source: Source, date_format: str = "") -> tuple[Place, ...]:
    """The parts of `issue` in the order of its file. Its dates are set in `date_format`."""

    def day(date: PartialDate) -> str:
        return date.format(date_format, issue.language)

    found = sorted(_places(issue, source, day), key=lambda place: place.line)
    lines = source.text.split("\n")
    ends = [*(place.line - 1 for place in found[1:]), len(lines)][: len(found)]
    return tuple(
        place._replace(end=_end(place.line, end, lines))
        for place, end in zip(found, ends, strict=True)
    )


def _end(first: int, last: int, lines: list[str]) -> int:
    """The last line of a place that begins in line `first`, before the next one does: what is not
    indented below it, blank lines and notes at its end are not its own."""
    indent = _indent(lines[first - 1])
    while last > first:
        line = lines[last - 1]
        if line.strip() and not line.lstrip().startswith("#") and _indent(line) > indent:
            break
        last -= 1
    return max(first, last)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def place_of(line: int, found: tuple[Place, ...]) -> int | None:
    """The number of the place that `line` belongs to."""
    return next((n for n, place in enumerate(found) if place.line <= line <= place.end), None)


_Day = Callable[[PartialDate], str]


def _places(issue: Issue, source: Source, day: _Day) -> Iterator[Place]:
    if issue.intro:
        yield _text("intro", "Opening", issue.intro.html, source)
    if issue.lead:
        yield from _section(issue.lead, ("lead",), source, day)
    for number, section in enumerate(issue.sections):
        yield from _section(section, ("sections", number), source, day)
    yield from _entries(issue.entries, ("entries",), source, day)
    if issue.outro:
        yield _text("outro", "Closing", issue.outro.html, source)


def _text(kind: Literal["intro", "outro"], name: str, page: str, source: Source) -> Place:
    line = source.key((kind,)).line
    return Place(kind, name, (kind,), line, line, (_print(page),))


def _section(section: Section, steps: Steps, source: Source, day: _Day) -> Iterator[Place]:
    if section.title and section.entries:
        line = source.key(steps).line
        print_ = _BLANK.sub("", section.title)
        yield Place("section", section.title, steps, line, line, (print_,))
    yield from _entries(section.entries, (*steps, "entries"), source, day)


def _entries(
    entries: tuple[Entry, ...], steps: Steps, source: Source, day: _Day
) -> Iterator[Place]:
    for number, entry in enumerate(entries):
        at = (*steps, number)
        line = source.value(at).line
        texts = (_print(entry.text.html), _BLANK.sub("", entry.title))
        links = (_BLANK.sub("", link.title or link.label) for link in entry.links)
        prints = (*texts, *(text for text in links if text))
        image = entry.image.src if entry.image else ""
        about = [entry.kind, entry.source, day(entry.date) if entry.date else ""]
        if entry.image:
            about += [entry.image.caption, entry.image.credit]
        facts = tuple(_BLANK.sub("", fact) for fact in about if fact)
        yield Place("entry", name_of(entry), at, line, line, prints, image, facts)


def name_of(entry: Entry) -> str:
    """What an entry is called in a list."""
    words = entry.title or entry.text.plain(lambda words, _: words)
    words = words or next((link.title or link.label for link in entry.links), "a picture")
    return shortened(words, 60)


def _print(page: str) -> str:
    words = _BLANK.sub("", visible_text(page))
    return words.partition("[[")[0][:_PRINT]  # a tag is another word in the email
