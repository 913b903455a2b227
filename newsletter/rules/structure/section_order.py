"""A section stands out of the alphabetical order that the other sections keep.

Readers who know the order look for a heading where it should be, and take it that there is nothing
this month.

To mend it, move the section, or write `order: alphabetical` in newsletter.yaml, which sorts
sections for you, with "Other" last. Sections that are in no alphabetical order anyway are not told.

Bad:

    sections:
      - title: Child exploitation
        entries:
          - A trust has published [a report on exploitation](https://example.org/parents).
      - title: Education
        entries:
          - A trust has published [a report on education](https://example.org/schools).
      - title: Youth justice
        entries:
          - A trust has published [a report on youth justice](https://example.org/justice).
      - title: Missing
        entries:
          - A trust has published [a report on missing children](https://example.org/councils).
      - title: Neglect
        entries:
          - A trust has published [a report on neglect](https://example.org/calls).
      - title: Online safety
        entries:
          - A trust has published [a report on online safety](https://example.org/online).

Good:

    sections:
      - title: Youth justice
        entries:
          - A trust has published [a report on youth justice](https://example.org/parents).
      - title: Neglect
        entries:
          - A trust has published [a report on neglect](https://example.org/schools).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from newsletter.compose import alphabetical
from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.NOTE

_FEWEST = 6  # sections; fewer may be in order by chance


def check(proof: Proof) -> Iterator[Finding]:
    if proof.settings.order != "as-written":
        return
    shown = [
        (steps, section)
        for steps, section in proof.sections
        if steps != ("lead",) and section.title and section.entries
    ]
    keys = [alphabetical(section, proof.labels) for _, section in shown]
    kept = _longest_in_order(keys)
    if len(keys) < _FEWEST or len(keys) - len(kept) > len(keys) // _FEWEST:
        return
    for at in sorted(set(range(len(keys))) - set(kept)):
        steps, section = shown[at]
        after = max((key for key in (keys[i] for i in kept) if key <= keys[at]), default=None)
        right = f"after '{shown[keys.index(after)][1].title}'" if after else "first"
        yield Finding(
            f"'{section.title}' stands out of alphabetical order: it would come {right}",
            Place((*steps, "title"), 0, len(section.title)),
            f"'order: alphabetical' in {SETTINGS} sorts sections for you",
        )


def _longest_in_order(keys: Sequence[Any]) -> list[int]:
    """The places of the longest run of `keys`, with gaps, that never goes down."""
    ends: list[int] = []  # of the best run of each length so far, where it ends
    before: list[int] = []
    for at, key in enumerate(keys):
        length = bisect_right(ends, key, key=lambda end: keys[end])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [at]
    run, at = [], ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]
