"""The same run of words stands before several titles, as hacked feeds put it there.

Spam is put before each headline of a hacked feed, and is copied with it.

To mend it, delete the run. A label that ends with a colon or a dash ("Report: ") may stand before
as many titles as you like.

Source: https://www.unicode.org/reports/tr39/

Bad:

    entries:
      - title: best online casino bonus New figures on neglect
        text: The charity has published [a report on neglect](https://example.org/neglect).
      - title: best online casino bonus How schools listen
        text: Teachers write about [their work](https://example.org/schools).

Good:

    entries:
      - title: "Learning from case reviews: neglect"
        text: The charity has published [a summary of cases](https://example.org/neglect).
      - title: "Learning from case reviews: suicide"
        text: The charity has published [another summary of cases](https://example.org/suicide).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile

from newsletter.problems import Level
from newsletter.proof import Finding, Passage, Proof
from newsletter.proof.scripts import foreign, is_long

LEVEL = Level.WARNING

_LEAST_ODD = 2  # words of a run that begins as no title does
_LEAST = 4  # words of any other run, and
_TITLES = 3  # titles that it stands before
_LABEL = re.compile(r"[:：|–—/»)\]-]$")
_OPENING = "“‘\"'«„([¿¡"


def check(proof: Proof) -> Iterator[Finding]:
    titles = [passage for passage in proof.passages if passage.field == "title"]
    groups: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for title in titles:
        groups[tuple(title.words.split()[:_LEAST_ODD])].append(title)
    for same in groups.values():
        run = _run({title.words for title in same})
        words = " ".join(run)
        known = any(is_long(found) for found in foreign(proof.issue.language).findall(words))
        if not run or known or _LABEL.search(words):
            continue
        often = len(run) >= _LEAST and len(same) >= max(_TITLES, len(titles) / 2)
        if often or _is_odd(run):
            for title in same:
                yield Finding(
                    f"'{words}' stands before {len(same)} titles",
                    title.place(0, len(words)),
                    "delete it, if it came from a hacked page; end it with ':' if it is a label",
                )


def _run(titles: set[str]) -> list[str]:
    """The words that all of these begin with, as far as a title begins after them in each."""
    split = [title.split() for title in titles]
    if len(split) == 1:
        return []
    shared = takewhile(lambda words: len(set(words)) == 1, zip(*split, strict=False))
    run = [words[0] for words in shared]
    while run and not all(_begins(words, len(run)) for words in split):
        run.pop()
    return run


def _begins(words: list[str], at: int) -> bool:
    """Whether a title could begin with the words from `at` on: with a capital."""
    return len(words) > at and words[at].lstrip(_OPENING)[:1].isupper()


def _is_odd(run: list[str]) -> bool:
    """Whether no title begins so: with a small letter (but "eSafety") or with a sign."""
    first = run[0].lstrip(_OPENING)
    sign = not first[:1].isalnum() and first[:1] not in ("", "#", "&", "@", "£", "€", "$")
    return len(run) >= _LEAST_ODD and (first.islower() or sign)
