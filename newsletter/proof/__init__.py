"""An issue and its email in; all that rules ask about out, each worked out once.

A proof is what is read before printing. It holds the issue as it was written, the words of it as
readers see them with their places in the file, its links, its finished email, and the issues
before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from newsletter.build import Result
from newsletter.compose import Email
from newsletter.markup import Markdown
from newsletter.model import Entry, Image, Issue, Section, Settings, Words
from newsletter.problems import Mark
from newsletter.project import Project
from newsletter.proof.earlier import Earlier, earlier_issues
from newsletter.proof.page import Page
from newsletter.source import Source, Steps


class Place(NamedTuple):
    """A value of a file, or a part of one; which characters of it, as they were typed.

    `settings` says that it is a value of newsletter.yaml, not of the issue; `key` that the name of
    the value is meant, not the value. A value that is not there stands where the nearest one above
    it does.
    """

    steps: Steps = ()
    start: int | None = None
    end: int | None = None
    settings: bool = False
    key: bool = False


class Finding(NamedTuple):
    """What a rule has found. `place` is None where the whole email is meant.

    `suggestion` could stand in place of the characters from `place.start` to `place.end`; `also`
    has more places with what could stand there, when one finding speaks for several.
    """

    message: str
    place: Place | None = None
    hint: str = ""
    suggestion: str | None = None
    also: tuple[tuple[Place, str], ...] = ()


class Item(NamedTuple):
    """An entry, with its place in the issue. `section` is None for an entry outside sections."""

    steps: Steps
    entry: Entry
    section: Section | None

    @property
    def name(self) -> str:
        """How a message calls it: its title, or else its first words."""
        words = " ".join((self.entry.title or passage_words(self.entry.text)).split())
        return words if len(words) <= 50 else words[:49].rsplit(" ", 1)[0] + "…"


class Reference(NamedTuple):
    """A link of the issue or of the settings.

    `words` are those that readers click; `place` that of its address, with start and end;
    `words_place` that of the whole link in a text, of the title (or the label) in a row of links.
    """

    url: str
    words: str
    place: Place
    words_place: Place
    item: Item | None = None
    in_text: bool = True


class Passage(NamedTuple):
    """One text of the issue: a title, a paragraph, a caption.

    `field` is its name in the file ("title", "text", ...); `raw` is the text as it was typed,
    `words` as readers see it: without Markdown's signs and addresses; U+FFFC stands for an address
    that readers see. A line end in `words` is one of the file, an empty line ends a paragraph.
    """

    steps: Steps
    field: str
    raw: str
    words: str
    cuts: tuple[tuple[int, int], ...]  # from this character of `words` on, so many were left out
    item: Item | None

    def typed(self, at: int) -> int:
        """Where character `at` of the words stands in the text as it was typed."""
        index = bisect_right(self.cuts, at, key=lambda cut: cut[0]) - 1
        return at + (self.cuts[index][1] if index >= 0 else 0)

    def place(self, start: int, end: int) -> Place:
        """The place of `words[start:end]`."""
        last = self.typed(end - 1) + 1 if end > start else self.typed(start)
        return Place(self.steps, self.typed(start), last)


class Match(NamedTuple):
    """Words of the issue that a pattern matched."""

    passage: Passage
    match: re.Match[str]
    start: int  # in passage.words
    end: int

    @property
    def place(self) -> Place:
        """Where they stand."""
        return self.passage.place(self.start, self.end)

    def group(self, name: str | int) -> tuple[str, Place]:
        """The text and place of a group of the pattern."""
        at = self.match.start() - self.start
        start, end = (place - at for place in self.match.span(name))
        return self.match[name], self.passage.place(start, end)


ADDRESS = "\ufffc"
"""What stands in the words of a passage for an address that is its own words."""


def mark_of(place: Place, source: Source) -> Mark | None:
    """Where `place` stands in its file; None in a file that has nothing in it."""
    if source.root is None:
        return None
    if place.key:
        return source.key(place.steps)
    if place.start is not None:
        return source.inside(place.steps, place.start)
    return source.value(place.steps)


_END = "\0"  # between the passages that are searched together; no text can hold it


class Proof:
    """An issue to be judged. Its values are worked out when they are first asked for."""

    def __init__(self, result: Result, project: Project) -> None:
        if result.issue is None or result.source is None or result.words is None:
            raise ValueError("an issue that could not be read has no proof")
        self.result = result
        self.project = project
        self.issue: Issue = result.issue
        self.source: Source = result.source
        self.labels: Words = result.words
        self.settings: Settings = result.settings or project.settings

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every entry, in the order in which they are written."""
        issue = self.issue
        found = []
        if issue.lead:
            found += [
                Item(("lead", "entries", index), entry, issue.lead)
                for index, entry in enumerate(issue.lead.entries)
            ]
        for at, section in enumerate(issue.sections):
            found += [
                Item(("sections", at, "entries", index), entry, section)
                for index, entry in enumerate(section.entries)
            ]
        found += [
            Item(("entries", index), entry, None) for index, entry in enumerate(issue.entries)
        ]
        return tuple(found)

    @cached_property
    def sections(self) -> tuple[tuple[Steps, Section], ...]:
        """The lead and the sections, with their places."""
        lead = ((("lead",), self.issue.lead),) if self.issue.lead else ()
        rest = ((("sections", at), section) for at, section in enumerate(self.issue.sections))
        return (*lead, *rest)

    @cached_property
    def images(self) -> tuple[tuple[Steps, Image], ...]:
        """The pictures of the entries, with their places."""
        pairs = ((item.steps, item.entry.image) for item in self.items)
        return tuple(((*steps, "image"), image) for steps, image in pairs if image)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the issue that readers see, in order."""
        return tuple(self._passages())

    def _passages(self) -> Iterator[Passage]:
        issue = self.issue
        for name in ("title", "subject", "preheader"):
            yield from self._line((), name, getattr(issue, name), None)
        yield from _text(("intro",), "intro", issue.intro, None)
        for steps, section in self.sections:
            yield from self._line(steps, "title", section.title, None)
            yield from self._line(steps, "subtitle", section.subtitle, None)
            yield from self._entries(steps)
        yield from self._entries(())
        yield from _text(("outro",), "outro", issue.outro, None)

    def _entries(self, above: Steps) -> Iterator[Passage]:
        for item in self.items:
            steps, entry = item.steps, item.entry
            if steps[:-2] != above:
                continue
            for name in ("kind", "title", "source"):
                yield from self._line(steps, name, getattr(entry, name), item)
            if entry.image:
                for name in ("alt", "caption", "credit"):
                    yield from self._line((*steps, "image"), name, getattr(entry.image, name), item)
            yield from _text(self._text_steps(item), "text", entry.text, item)
            for index, link in enumerate(entry.links):
                for name in ("label", "title"):
                    yield from self._line((*steps, "links", index), name, getattr(link, name), item)

    def _line(self, above: Steps, field: str, words: str, item: Item | None) -> Iterator[Passage]:
        if words:
            node = self.source.node((*above, field))
            raw = node.text if node else words
            gaps = [(*match.span(), " ") for match in _RUNS.finditer(raw)]
            gaps = [(a, b, space if a > 0 and b < len(raw) else "") for a, b, space in gaps]
            shown, cuts = _without(gaps, raw) if gaps and raw != words else (words, ())
            yield Passage((*above, field), field, raw, shown, cuts, item)

    def _text_steps(self, item: Item) -> Steps:
        """Where the text of an entry stands: an entry may be nothing but its text."""
        node = self.source.node(item.steps)
        short = node is not None and node.kind == "text"
        return item.steps if short else (*item.steps, "text")

    @cached_property
    def links(self) -> tuple[Reference, ...]:
        """Every link of the issue, in order."""
        return tuple(self._links())

    def _links(self) -> Iterator[Reference]:
        yield from _linked(("intro",), self.issue.intro, None)
        for item in self.items:
            yield from _linked(self._text_steps(item), item.entry.text, item)
            for index, link in enumerate(item.entry.links):
                steps = (*item.steps, "links", index)
                named = "title" if link.title else "label"
                yield Reference(
                    link.url,
                    link.title or link.label,
                    self._whole((*steps, "url")),
                    self._whole((*steps, named)),
                    item,
                    in_text=False,
                )
        yield from _linked(("outro",), self.issue.outro, None)

    def _whole(self, steps: Steps) -> Place:
        """All of the value at `steps` but the blanks around it."""
        node = self.source.node(steps)
        text = node.text if node else ""
        start = len(text) - len(text.lstrip())
        return Place(steps, start, start + len(text.strip()))

    @cached_property
    def standing_links(self) -> tuple[Reference, ...]:
        """The links that the settings give every issue: privacy notice, helplines, web version."""
        settings = self.project.settings
        found: list[tuple[Steps, str, str]] = []
        if settings.privacy:
            found.append((("privacy",), settings.privacy, self.labels.privacy))
        for index, support in enumerate(settings.support):
            if support.url:
                found.append((("support", index, "url"), support.url, support.name))
        for name in ("unsubscribe", "view_online"):
            url = getattr(settings.links, name)
            if url and re.match("(https?|mailto):", url):
                found.append((("links", name), url, getattr(self.labels, name)))
        places = [Place(steps, 0, len(url), settings=True) for steps, url, _ in found]
        return tuple(
            Reference(url, words, place, place, None, in_text=False)
            for (_, url, words), place in zip(found, places, strict=True)
        )

    @cached_property
    def _searched(self) -> tuple[str, list[int]]:
        words = [passage.words for passage in self.passages]
        starts = [0, *accumulate(len(text) + len(_END) for text in words)]
        return _END.join(words), starts

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that its words hold: most rules about characters need ask no more."""
        return frozenset(self._searched[0])

    def find(self, pattern: re.Pattern[str], *fields: str) -> Iterator[Match]:
        """Every match of `pattern` in the words of the issue, or of the `fields` named only.

        The texts are searched in one go, with U+0000 between them, which no `\\s` or `\\w` matches:
        keep `.`, `[^x]` and lookarounds from reaching across it. A text or a line of it begins
        where `(?<![^\\n\\0])` matches, and ends where `(?![^\\n\\0])` does.
        """
        everything, starts = self._searched
        for match in pattern.finditer(everything):
            index = bisect_right(starts, match.start()) - 1
            passage = self.passages[index]
            if not fields or passage.field in fields:
                start = match.start() - starts[index]
                yield Match(passage, match, start, start + len(match[0]))

    @cached_property
    def earlier(self) -> Earlier:
        """The issues before this one."""
        project = self.project
        publication = project.settings.publication
        return earlier_issues(self.source, self.issue.date, project.issues, publication)


class Built:
    """The finished email of an issue, for the rules that look at that."""

    def __init__(self, proof: Proof, email: Email) -> None:
        self.proof = proof
        self.email = email
        self.settings = proof.settings
        self.images = proof.result.images

    @cached_property
    def page(self) -> Page:
        """The HTML, taken apart."""
        return Page(self.email.html)


def _text(steps: Steps, field: str, text: Markdown, item: Item | None) -> Iterator[Passage]:
    if text:
        words, cuts = _without_signs(text)
        yield Passage(steps, field, str(text), words, cuts, item)


def _linked(steps: Steps, text: Markdown, item: Item | None) -> Iterator[Reference]:
    for link in text.linked:
        place = Place(steps, link.start, link.end)
        yield Reference(link.url, link.words, place, Place(steps, link.opens, link.closes), item)


def passage_words(text: Markdown) -> str:
    """The words of `text` as readers see them."""
    return _without_signs(text)[0]


# What a line of words is without; it may stand on several lines of the file.
_RUNS = re.compile("[ \t\n\u2028\u2029]{2,}|[\t\n\u2028\u2029]|^ | $")

# What begins a line of a list or a quotation; emphasis; the backslash of an escape.
_SIGNS = re.compile(
    r"^[ \t]*(?:(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t]*)+"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\*)|(?<!\w)_{1,3}(?=[^\s_])"
    r"|(?<=[^\s_])_{1,3}(?!\w)|\\(?=[!-/:-@\[-`{-~])",
    re.MULTILINE,
)


def _without_signs(text: Markdown) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words of `text`, and where what was left out stood."""
    gaps = [(*match.span(), "") for match in _SIGNS.finditer(text)]
    links = text.linked
    if links:
        inside = [(link.start, link.end) for link in links]
        gaps = [gap for gap in gaps if not any(a <= gap[0] < b for a, b in inside)]
    for link in links:
        if text[link.opens] == "[":
            opened = text.rfind("](", link.opens, link.start + 1)
            gaps += [(link.opens, link.opens + 1, ""), (opened, link.closes, "")]
        else:
            gaps.append((link.opens, link.closes, ADDRESS))
    return _without(gaps, text)


def _without(
    gaps: list[tuple[int, int, str]], text: str
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """`text` with something else in the place of each gap, and where what is gone stood."""
    words: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = made = 0
    for start, end, instead in sorted(gaps):
        if end <= at:
            continue
        words.append(text[at : max(start, at)] + instead)
        made += len(words[-1])
        cuts.append((made, end - made))
        at = end
    words.append(text[at:])
    return "".join(words), tuple(cuts)
