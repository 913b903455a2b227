"""Two entries in; whether both tell of one event out.

Two reports on child sexual abuse share half their words, and have nothing else to do with each
other. So words of the field do not count; a name that few entries have must stand in both, and
the two must be of one day; or they give the same exact figure, or the same title of a report.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import combinations
from math import log

from newsletter.proof.headlines import enough, pairs
from newsletter.proof.stories import Publisher, Story, other_publishers, publisher

_DAYS = 2  # between reports of one event
_MONTH = 31
_WORDS = 5  # that say something and stand in both
_SHARE = 0.2  # of the weight of the shorter one's words
_MOST = 16  # entries of the longest issue in which a name says something
_STEM = 5  # letters: "groom" of "groomers", "sexua" of "sexually"

_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-Z](?<![A-Za-z][A-Z])[a-z]*[A-Z][A-Za-z]*\b")
_NAME = re.compile(r"[A-Z](?<=[a-z,;’'] [A-Z])[\w’'-]+(?: (?:of |for |and |the )?[A-Z][\w’'-]+)+")
_FIGURE = re.compile(
    r"[0-9](?<![\w.,-][0-9])[0-9]*(?:(?:,[0-9]{3})+(?![\w,])|\.[0-9]+(?=%|bn|m\b| ))"
)
_QUOTED = re.compile(r"[‘“\"]([^‘’“”\"\n]+(?:’\w[^‘’“”\"\n]*)*)[’”\"]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Who speaks or is spoken of in every second story of the field.
_EVERYWHERE = _words(
    "UK GB EU US USA NHS NSPCC BBC ITV MP MPs DfE Ofsted Government CSA CSE CCE CP SEND AI Covid "
    "GP GPs LGBT LGBTQ PDF QC KC PM CEO TV IT ID FAQ MACE PSHE RSE LADO"
)
_FIELD = _words(
    "child young peopl famil paren carer socia worke work safeg prote abuse abusi sexua explo "
    "onlin care careg schoo educa servi local autho counc polic gover repor resea study studi "
    "find findi found publi chari natio suppo help needs need risk risks harm harms harmf secto "
    "pract profe minis publis revie inqui about after again also among because been before being "
    "could every first from have inclu into many more most much other over says said shoul since "
    "some such than that their them then there these they this those three throu under until "
    "were what when where which while will with would year years accor call calls make makes "
    "made news story artic guida advic polic behav menta healt team teams group syste offen "
    "victi crime crimi engla wales scotl brita briti number"
)


class Told:
    """What a story says."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.text = story.words

    @cached_property
    def pages(self) -> frozenset[str]:
        """The pages it links to."""
        return self.story.pages

    @cached_property
    def publisher(self) -> Publisher:
        """Who published it."""
        return publisher(self.story)

    @cached_property
    def words(self) -> frozenset[str]:
        """The beginnings of its words, but those that every story has."""
        found = (
            word if word.isdecimal() or word.isupper() else word.lower()[:_STEM]
            for word in _WORD.findall(self.text)
            if len(word) > 3 or word.isdecimal() or word.isupper()
        )
        return frozenset(found) - _FIELD

    @cached_property
    def names(self) -> frozenset[str]:
        """Its acronyms and the names of more than one word."""
        names = (*_ACRONYM.findall(self.text), *_NAME.findall(self.text))
        return frozenset(re.sub(r"['’]s$", "", name) for name in names) - _EVERYWHERE

    @cached_property
    def figures(self) -> frozenset[str]:
        """Figures so exact that no other story has them by chance."""
        found = _FIGURE.findall(self.text)
        return frozenset(one for one in found if len(re.sub(r"\D", "", one).strip("0")) >= 3)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What stands in quotation marks and is long enough to be a title."""
        return tuple(words for words in _QUOTED.findall(self.text) if enough(words))

    def within(self, days: int, other: "Told") -> bool | None:
        """Whether so many days lie between the two at most; None where that is not known."""
        return abs((self.day - other.day).days) <= days if self.day and other.day else None

    @cached_property
    def day(self) -> date | None:
        """The day it was published."""
        dated = self.story.item.entry.date
        return date.fromisoformat(dated) if dated and len(dated) == 10 else None


def related(stories: Sequence[Story]) -> list[list[Story]]:
    """The stories that tell of one event, with each other."""
    told = [Told(story) for story in stories]
    weights = _Weights(told)
    groups = {place: [place] for place in range(len(told))}
    for (one, other), sure in sorted(_candidates(told).items()):
        few, many = sorted((groups[one], groups[other]), key=len)
        if groups[one] is groups[other] or not _may(told[one], told[other]):
            continue
        if sure or weights.alike(told[one], told[other]):
            many += few
            groups.update(dict.fromkeys(few, many))
    return [
        [stories[place] for place in sorted(group)]
        for first, group in groups.items()
        if len(group) > 1 and min(group) == first
    ]


def _may(one: Told, other: Told) -> bool:
    return one.pages.isdisjoint(other.pages) and other_publishers(one.publisher, other.publisher)


def _candidates(told: Sequence[Told]) -> dict[tuple[int, int], bool]:
    """The pairs that may tell of one event, and whether that is sure already."""
    sure = set(pairs([one.story.headline for one in told]))
    titles = [(title, place) for place, one in enumerate(told) for title in one.titles]
    for one, other in pairs([title for title, _ in titles]):
        if titles[one][1] != titles[other][1]:
            sure.add((titles[one][1], titles[other][1]))
    for pair in _sharing([one.figures for one in told]):
        first, second = (told[place] for place in pair)
        if first.names & second.names or first.within(_DAYS, second):
            sure.add(pair)
    dated = [one.names if one.day else frozenset() for one in told]
    found = dict.fromkeys(
        (
            (one, other)
            for one, other in _sharing(dated, most=min(max(3, len(told) // 10) + 1, _MOST))
            if told[one].within(_DAYS, told[other])
        ),
        False,
    )
    found.update(dict.fromkeys(sure, True))
    return {
        pair: known
        for pair, known in found.items()
        if told[pair[0]].within(_MONTH, told[pair[1]]) is not False
    }


def _sharing(marks: Sequence[frozenset[str]], most: int = 3) -> set[tuple[int, int]]:
    """The pairs that have a mark in common which no more than `most` have."""
    places: dict[str, list[int]] = {}
    for place, those in enumerate(marks):
        for mark in those:
            places.setdefault(mark, []).append(place)
    few = (shared for shared in places.values() if len(shared) <= most)
    return {pair for shared in few for pair in combinations(shared, 2)}


class _Weights:
    """How much a word says: the more, the fewer entries have it."""

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = told

    @cached_property
    def _weights(self) -> dict[str, float]:
        counts = Counter(word for one in self.told for word in one.words)
        return {word: log((len(self.told) + 1) / count) for word, count in counts.items()}

    def of(self, words: frozenset[str]) -> float:
        return sum(self._weights[word] for word in words)

    @cached_property
    def _wholes(self) -> dict[Told, float]:
        return {one: self.of(one.words) for one in self.told}

    def alike(self, one: Told, other: Told) -> bool:
        """Whether two have so many words in common that this is no chance."""
        shared = one.words & other.words
        if len(shared) < _WORDS:
            return False
        return self.of(shared) >= _SHARE * min(self._wholes[one], self._wholes[other])
