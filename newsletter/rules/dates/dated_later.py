"""An entry is dated later than the issue that it stands in.

What readers get today cannot have been published next month. Mostly the year or the month is a slip
of the keys, or the issue still has the date of the last one.

To mend it, look up when the entry was published, or give the issue its own date.

Bad:

    entries:
      - date: 2024-11-20
        text: The charity has published [a report on neglect](https://example.org/neglect).

Good:

    entries:
      - date: 2024-05-20
        text: The charity has published [a report on neglect](https://example.org/neglect).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    issue = proof.issue.date
    for item in proof.items:
        dated = item.entry.date
        if dated and dated.first > issue.last:
            yield Finding(
                f"this is dated {dated.format()}, later than the issue ({issue.format()})",
                Place((*item.steps, "date"), 0, len(dated)),
                "look up when it was published; or has the issue still an earlier one's date?",
            )
