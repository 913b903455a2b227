"""An issue in; where each of its parts stands in its file, and by which words it is found in the
email, out."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from newsletter.dates import PartialDate
from newsletter.model import Entry, Issue
from newsletter.proof import Item, items_of, sections_of
from newsletter.render import visible_text
from newsletter.source import Source, Steps

_PRINT = 160  # signs; no two texts of an issue begin with so many of the same

# The page takes the same out of what a browser shows: layouts break lines as they like.
_BLANK = re.compile("[\\s\ufeff\u200b\u00ad]+")


class Place(NamedTuple):
    """A part of an issue. Lines count from 1; `end` is the last one. `prints` are the beginnings
    of its text, its title and its links, without blanks; `image` is the address of its picture;
    `facts` are what layouts set above its words: what it is, by whom, of when, and a caption."""

    kind: Literal["text", "section", "entry"]
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
    for kind, name, text in (("intro", "Opening", issue.intro), ("outro", "Closing", issue.outro)):
        if text:
            line = source.key((kind,)).line
            yield Place("text", name, (kind,), line, line, (_print(text.html),))
    for steps, section in sections_of(issue):
        if section.title and section.entries:
            line = source.key(steps).line
            yield Place("section", section.title, steps, line, line, (_bare(section.title),))
    for item in items_of(issue):
        line = source.value(item.steps).line
        yield Place("entry", _name(item), item.steps, line, line, *_signs(item.entry, day))


def _name(item: Item) -> str:
    links = (link.title or link.label for link in item.entry.links)
    return item.name or next(links, "a picture")


def _signs(entry: Entry, day: _Day) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """By what an entry is found: its prints, its picture and its facts."""
    links = (_bare(link.title or link.label) for link in entry.links)
    prints = (_print(entry.text.html), _bare(entry.title), *filter(None, links))
    about = [entry.kind, entry.source, day(entry.date) if entry.date else ""]
    if entry.image:
        about += [entry.image.caption, entry.image.credit]
    image = entry.image.src if entry.image else ""
    return prints, image, tuple(_bare(fact) for fact in about if fact)


def _bare(words: str) -> str:
    return _BLANK.sub("", words)


def _print(page: str) -> str:
    words = _bare(visible_text(page))
    return words.partition("[[")[0][:_PRINT]  # a tag is another word in the email
