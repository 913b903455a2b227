"""An issue and its email in; all that rules ask about out, each worked out once.

A proof is what is read before printing. It holds the issue as it was written, the words of it as
readers see them with their places in the file, its links, its finished email, and the issues
before it.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, wraps
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from newsletter import tags
from newsletter.build import Result
from newsletter.compose import Email
from newsletter.markup import Markdown
from newsletter.model import Entry, Image, Issue, Section, Settings, Words
from newsletter.platforms import Platforms
from newsletter.platforms.fill import Supply, supply
from newsletter.platforms.profile import Profile
from newsletter.problems import Mark, shortened
from newsletter.project import Project
from newsletter.proof.earlier import Earlier, earlier_issues
from newsletter.proof.page import Page
from newsletter.proof.seen import Cuts, seen, seen_in_line, words_of
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
        return shortened(self.entry.title or words_of(self.entry.text), 50)


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
    cuts: Cuts  # from this character of `words` on, so many were left out
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


def mark_of(place: Place, source: Source) -> Mark | None:
    """Where `place` stands in its file; None in a file that has nothing in it."""
    if source.root is None:
        return None
    if place.key:
        return source.key(place.steps)
    if place.start is not None:
        return source.inside(place.steps, place.start)
    return source.value(place.steps)


def sections_of(issue: Issue) -> Iterator[tuple[Steps, Section]]:
    """The lead and the sections of `issue`, with their places."""
    if issue.lead:
        yield ("lead",), issue.lead
    for at, section in enumerate(issue.sections):
        yield ("sections", at), section


def items_of(issue: Issue) -> Iterator[Item]:
    """Every entry of `issue`, in the order of its parts."""
    for steps, section in sections_of(issue):
        for index, entry in enumerate(section.entries):
            yield Item((*steps, "entries", index), entry, section)
    for index, entry in enumerate(issue.entries):
        yield Item(("entries", index), entry, None)


_END = "\0"  # between the passages that are searched together; no text can hold it

_T = TypeVar("_T")


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
        self._done: dict[Callable[..., Any], Any] = {}

    @cached_property
    def profile(self) -> Profile:
        """The mailing platform that the email is for."""
        profile = self.result.profile or Platforms().profile("generic")[0]
        if profile is None:
            raise ValueError("the platform 'generic' that comes with the program is broken")
        return profile

    @cached_property
    def supplied(self) -> Supply:
        """What stands for each neutral tag."""
        return self.result.supplied or supply(self.profile, self.settings)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every entry, in the order in which they are written."""
        return tuple(items_of(self.issue))

    @cached_property
    def sections(self) -> tuple[tuple[Steps, Section], ...]:
        """The lead and the sections, with their places."""
        return tuple(sections_of(self.issue))

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
        items: dict[Steps, list[Item]] = {}
        for item in self.items:
            items.setdefault(item.steps[:-2], []).append(item)
        for name in ("title", "subject", "preheader"):
            yield from self._line((), name, getattr(issue, name), None)
        yield from _text(("intro",), "intro", issue.intro, None)
        for steps, section in self.sections:
            yield from self._line(steps, "title", section.title, None)
            yield from self._line(steps, "subtitle", section.subtitle, None)
            yield from self._entries(items.get(steps, ()))
        yield from self._entries(items.get((), ()))
        yield from _text(("outro",), "outro", issue.outro, None)

    def _entries(self, items: Iterable[Item]) -> Iterator[Passage]:
        for item in items:
            steps, entry = item.steps, item.entry
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
            yield Passage((*above, field), field, raw, *seen_in_line(raw, words), item)

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

    def _whole(self, steps: Steps, settings: bool = False) -> Place:
        """All of the value at `steps` but the blanks around it."""
        node = (self.project.source if settings else self.source).node(steps)
        text = node.text if node else ""
        start = len(text) - len(text.lstrip())
        return Place(steps, start, start + len(text.strip()), settings)

    @cached_property
    def standing_links(self) -> tuple[Reference, ...]:
        """The links that the settings give an issue: privacy notice, helplines, web version."""
        settings, own = self.settings, self.issue.settings
        found: list[tuple[Steps, str, str]] = []
        if settings.privacy:
            found.append((("privacy",), settings.privacy, self.labels.privacy))
        above = ("settings", "support") if own and own.support else ("support",)
        for index, support in enumerate(settings.support):
            if support.url:
                found.append(((*above, index, "url"), support.url, support.name))
        for name in tags.LINKS:
            url = getattr(settings.links, name)
            is_shown = url and url == self.supplied.tags[name].tag
            if is_shown and re.match("(https?|mailto):", url):
                found.append((("links", name), url, getattr(self.labels, name, name)))
        places = [self._whole(at, settings=at[0] != "settings") for at, _, _ in found]
        return tuple(
            Reference(url, words, place, place, None, in_text=False)
            for (_, url, words), place in zip(found, places, strict=True)
        )

    @property
    def all_links(self) -> tuple[Reference, ...]:
        """Those of the issue and those of the settings."""
        return (*self.links, *self.standing_links)

    def file_of(self, place: Place) -> Source:
        """The file that `place` is one of: the issue's, or that of the settings."""
        return self.project.source if place.settings else self.source

    def line(self, place: Place) -> int:
        """The line that `place` is on."""
        mark = mark_of(place, self.file_of(place))
        return mark.line if mark else 1

    @cached_property
    def words(self) -> str:
        """Those of all passages, with U+0000 between two."""
        return _END.join(passage.words for passage in self.passages)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each passage begins in `words`."""
        return [0, *accumulate(len(passage.words) + len(_END) for passage in self.passages)]

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that its words hold: most rules about characters need ask no more."""
        return frozenset(self.words)

    def find(self, pattern: re.Pattern[str], *fields: str) -> Iterator[Match]:
        """Every match of `pattern` in the words of the issue, or of the `fields` named only.

        The texts are searched in one go, with U+0000 between them, which no `\\s` or `\\w` matches:
        keep `.`, `[^x]` and lookarounds from reaching across it. A text or a line of it begins
        where `(?<![^\\n\\0])` matches, and ends where `(?![^\\n\\0])` does.
        """
        starts = self._starts
        for match in pattern.finditer(self.words):
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


def once(work: Callable[[Proof], _T]) -> Callable[[Proof], _T]:
    """`work` that is done once for a proof, however many rules ask; what comes of it is kept with
    the proof, and goes with it."""

    @wraps(work)
    def asked(proof: Proof) -> _T:
        if work not in proof._done:
            proof._done[work] = work(proof)
        found: _T = proof._done[work]
        return found

    return asked


class Built:
    """The finished email of an issue, for the rules that look at that."""

    def __init__(self, proof: Proof, email: Email) -> None:
        self.proof = proof
        self.email = email
        self.settings = proof.settings
        self.images = proof.result.images

    @cached_property
    def subject(self) -> str:
        """The subject as a reader of whom nothing is known gets it, without tags."""
        neutral = self.proof.result.neutral
        if neutral is None or neutral.marks.begin not in neutral.subject:
            return self.email.subject
        return neutral.marks.fill(neutral.subject, lambda mark: mark.words)

    @cached_property
    def page(self) -> Page:
        """The HTML, taken apart."""
        return Page(self.email.html)


def _text(steps: Steps, field: str, text: Markdown, item: Item | None) -> Iterator[Passage]:
    if text:
        yield Passage(steps, field, str(text), *seen(text), item)


def _linked(steps: Steps, text: Markdown, item: Item | None) -> Iterator[Reference]:
    for link in text.linked:
        place = Place(steps, link.start, link.end)
        yield Reference(link.url, link.words, place, Place(steps, link.opens, link.closes), item)
