"""An entry was published long before the issue: a year ago, or earlier.

Readers take what stands in a newsletter for news. In January it is mostly a slip of the keys: the
date still has last year's number.

To mend it, look whether the year is right. If it is, say in the text why it matters now, or leave
the entry out.

Options:
    months: how many months before the issue is long ago

Bad:

    entries:
      - date: 2022-10-20
        text: The charity has published [a report on neglect](https://example.org/neglect).

Good:

    entries:
      - date: 2023-12-20
        text: The charity has published [a report on neglect](https://example.org/neglect).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.NOTE


def check(proof: Proof, *, months: int = 12) -> Iterator[Finding]:
    issue = proof.issue.date
    now = issue.first.year * 12 + issue.first.month
    for item in proof.items:
        dated = item.entry.date
        if not dated:
            continue
        # Whole months, so that a year's number that was left as it was is always told.
        age = now - (dated.last.year * 12 + dated.last.month)
        if age >= months:
            yield Finding(
                f"this is dated {dated.format()}, {age} months before the issue",
                Place((*item.steps, "date"), 0, len(dated)),
                "is the year right? If so, is it still news?",
            )
