"""An entry has no date, though nearly all others of its section have one.

Where entries are shown newest first it comes last, however new it is; elsewhere readers ask why
this one has none.

To mend it, give it a `date`, as precisely as it is known: 2024 or 2024-04 will do.

Bad:

    entries:
      - date: 2024-05-20
        text: The charity has published [a report on neglect](https://example.org/neglect).
      - date: 2024-05-19
        text: Foster carers are asked for [their views](https://example.org/carers) by a trust.
      - text: Inspectors have [visited five councils](https://example.org/visits) this spring.
      - date: 2024-05-11
        text: Schools will get [new guidance on attendance](https://example.org/schools).
      - date: 2024-05-02
        text: A helpline has had [more calls than ever](https://example.org/helpline).

Good:

    entries:
      - date: 2024-05-20
        text: The charity has published [a report on neglect](https://example.org/neglect).
      - date: 2024
        text: Foster carers are asked for [their views](https://example.org/carers) by a trust.
"""

from collections import defaultdict
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Item, Place, Proof
from newsletter.source import Steps

LEVEL = Level.NOTE

_MOST = 0.8


def check(proof: Proof) -> Iterator[Finding]:
    groups: defaultdict[Steps, list[Item]] = defaultdict(list)
    for item in proof.items:
        groups[item.steps[:-1]].append(item)
    for items in groups.values():
        without = [item for item in items if not item.entry.date]
        if len(items) - len(without) < _MOST * len(items):
            continue
        for item in without:
            yield Finding(
                f"'{item.name}' has no date, unlike the entries around it",
                Place(item.steps),
                "give it a 'date', as precisely as it is known: 2024 or 2024-04 will do",
            )
