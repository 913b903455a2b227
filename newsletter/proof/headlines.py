"""Two headlines in; whether they announce the same thing out.

Headlines that differ in one word are mostly two stories: "Safeguarding statistics 2023" and
"... 2024", "girls" and "boys", "Wales" and "Scotland". So words are compared one by one; they may
be spelt otherwise ("organisation", "organization"), stand in another order, or have "report
finds" put behind them.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import chain
from typing import NamedTuple, TypeVar

from newsletter.proof.likeness import likeness, spelling

ENOUGH = 4
"""Words that say something, for a headline to be recognised by."""

_LONG = 8  # words of a headline that may have
_LONGEST_NAME = 6  # words
_MORE = 2  # others in it
_MOST_APART = 24  # words that stand in one of two only, and may be spelt otherwise in the other
_SAME_WORD = 85
_SAME_HEADLINE = 85

_WORD = re.compile(r"[^\W_]+")
_OF_PUBLISHER = re.compile(
    r"\s(?:\|\s.*|[-–—]\s(?:BBC|ITV|Sky|GOV\.UK|(?:The )?Guardian|CYP Now|Community Care)"
    r"(?: \w+)?)$"
)
_SAY = (
    "(?:says?|said|shows?|finds?|found|warns?|warned|reveals?|urges?|suggests?|claims?|told|hears?)"
)
_SAID_BY = re.compile(
    rf",\s+(?:(?:\S+\s+){{1,6}}{_SAY}|{_SAY}(?:\s+[^\s,]+){{1,6}})$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")


_Key = TypeVar("_Key", int, str)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say little, of the languages that issues are written in.
_SMALL = _words(
    "a an the of in on at to for from by with and or as is are was were be been being has have had "
    "it its this that these those their his her our we you your they them he she who which what "
    "how why when where will can could should would must do does did s t "
    "le la les l d de des du un une et en au aux pour par sur dans que qui est "
    "der die das den dem ein eine und im zu zum zur von mit für auf ist "
    "el los las y del al por con para una yr mae o ar i w z na się"
)
# What announces a headline or says who did.
_ANNOUNCED = _words(
    "new report study research says say finds find found warns warn reveals reveal shows show "
    "according latest exclusive news blog briefing podcast video watch read charity charities "
    "experts big sharp huge major stark just still now today"
)
# What makes another story of a headline where it stands instead of another word, or besides.
_TELLING = _words(
    "boys girls boy girl men women man woman male female mothers fathers mother father parents "
    "primary secondary nursery under over more less fewer most least up down rise rises rising "
    "rose fall falls falling fell increase increases decrease decreases drop drops higher lower "
    "before after with without not no never first second third last next one two three four five "
    "six seven eight nine ten part phase round wave week month quarter year spring summer autumn "
    "winter north south east west northern southern eastern western monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october november december ii iii iv vi vii viii ix adults adult children child interim final "
    "draft update updated annual former alleged fake yes local national good bad best worst"
)


class _Word(NamedTuple):
    text: str  # folded
    named: bool  # it is written with a capital or with figures


@lru_cache(maxsize=4096)
def words_of(headline: str) -> tuple[_Word, ...]:
    """The words of a headline that say something, folded."""
    shown = _OF_PUBLISHER.sub("", unicodedata.normalize("NFKC", headline).strip())
    shown = _POSSESSIVE.sub("", shown)
    found = (_Word(word.casefold(), not word.islower()) for word in _WORD.findall(shown))
    return tuple(word for word in found if word.text not in _SMALL)


@lru_cache(maxsize=4096)
def _without_speaker(headline: str) -> str:
    return _SAID_BY.sub("", " ".join(headline.split()))


def enough(headline: str) -> bool:
    """Whether it has words enough to be recognised by."""
    return len(words_of(headline)) >= ENOUGH


def is_name(words: str) -> bool:
    """Whether words seem to be the name of a publisher, not a headline: all begin with capitals."""
    found = words_of(words)
    return len(found) <= _LONGEST_NAME and all(word.named for word in found)


def telling_words(headline: str) -> set[str]:
    """The words that another headline must have, most of them, to be nearly the same."""
    return {word.text for word in words_of(_without_speaker(headline))} - _ANNOUNCED


def least_shared(count: int) -> int:
    """How many words of `count` two headlines have at least in common, if they are nearly one."""
    return max(count * 3 // 4, 2)


def pairs(headlines: Sequence[str]) -> list[tuple[int, int]]:
    """The places of those that are nearly the same, the earlier first; "" is like none."""
    found = []
    telling = [telling_words(headline) if headline else set() for headline in headlines]
    counts = Counter(chain.from_iterable(telling))
    by_word: dict[str, list[int]] = {}
    for place, words in enumerate(telling):
        # Of its words another must have most, and so one of the few that are rarest.
        least = least_shared(len(words))
        rare = sorted(words, key=lambda word: (counts[word], word))[: len(words) - least + 1]
        others = {other for word in rare for other in by_word.get(word, ())}
        shared = {other: len(words & telling[other]) for other in others}
        near = nearest({other: count for other, count in shared.items() if count >= least})
        found += [
            (other, place)
            for other in sorted(near)
            if same_headline(headlines[place], headlines[other])
        ]
        for word in words:
            those = by_word.setdefault(word, [])
            if len(those) < MOST_OF_WORD:
                those.append(place)
    return found


MOST_OF_WORD = 50
"""Headlines that are looked up by one word: more have it only where all are alike."""

_MOST_COMPARED = 10


def nearest(shared: dict[_Key, int]) -> list[_Key]:
    """Those that have most words in common, by how many they have: no more than are worth
    comparing."""
    if len(shared) <= _MOST_COMPARED:
        return list(shared)
    return nlargest(_MOST_COMPARED, shared, key=shared.__getitem__)


@lru_cache(maxsize=8192)  # two rules ask for those of one issue
def same_headline(one: str, other: str) -> bool:
    """Whether two headlines are nearly the same, and can be told from what is merely alike."""
    if _same(one, other):
        return True
    bare = _without_speaker(one), _without_speaker(other)
    return bare != (one, other) and _same(*bare)


def _same(one: str, other: str) -> bool:
    first, second = words_of(one), words_of(other)
    if min(len(first), len(second)) < ENOUGH:
        return False
    if first == second:
        return True
    left, right = _without_common(first, second)
    if len(left) + len(right) > _MOST_APART:
        return False
    left, right = _without_spellings(left, right)
    if not left and not right:
        return True
    rest = (*left, *right)
    if any(word.text in _TELLING or word.text.isdecimal() for word in rest):
        return False
    if all(word.text in _ANNOUNCED for word in rest):
        return len(rest) <= ENOUGH
    # One may say more than the other, if they have a lot in common.
    if (left and right) or len(rest) > _MORE or min(len(first), len(second)) < _LONG:
        return False
    return not any(word.named for word in rest) and likeness(one, other) >= _SAME_HEADLINE


def _without_common(
    first: tuple[_Word, ...], second: tuple[_Word, ...]
) -> tuple[list[_Word], list[_Word]]:
    left, right = (Counter(word.text for word in words) for words in (first, second))
    more, fewer = left - right, right - left
    return _those(first, more), _those(second, fewer)


def _those(words: tuple[_Word, ...], counts: Counter[str]) -> list[_Word]:
    wanted = Counter(counts)
    found = []
    for word in words:
        if wanted[word.text] > 0:
            wanted[word.text] -= 1
            found.append(word)
    return found


def _without_spellings(left: list[_Word], right: list[_Word]) -> tuple[list[_Word], list[_Word]]:
    """What is left when words that are one word, spelt in two ways, are taken out."""
    rest = []
    right = list(right)
    for word in left:
        same = next((other for other in right if _one_word(word.text, other.text)), None)
        if same:
            right.remove(same)
        else:
            rest.append(word)
    return rest, right


def _one_word(one: str, other: str) -> bool:
    if one[0] != other[0] or min(len(one), len(other)) < ENOUGH:
        return False
    if {one, other} & _TELLING or not (one + other).isalpha():
        return False
    return spelling(one, other) >= _SAME_WORD
