"""Something that readers are asked to take part in closed before the issue's date.

Readers who follow the link find that they are too late, and remember who sent them there.

To mend it, leave the entry out, look whether the time was extended, or say in the text what came of
it. In an issue that is dated by its month, what closed before that month is told, and what closed
before the latest entry was published.

Bad:

    entries:
      - text: Foster carers are asked for [their views on allowances](https://example.org/carers).
        closes: 2024-04-30

Bad:

    entries:
      - Foster carers are asked for [their views on allowances](https://example.org/carers). The
        survey closes at 5pm on 12 March 2024.

Good:

    entries:
      - text: Foster carers are asked for [their views on allowances](https://example.org/carers).
        closes: 2024-06-30
      - The survey of social workers closed on 12 March 2024, and [its results are
        out](https://example.org/results).
"""

from collections.abc import Iterator

from newsletter.dates import PartialDate
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.dates._closing import closings, sent_after

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    issue = proof.issue.date
    sent = sent_after(proof)
    for closing in closings(proof):
        if closing.last >= sent:
            continue
        when = f"{'on' if closing.first == closing.last else 'in'} {closing.words}"
        than = (
            f"before the issue's date ({issue.format()})"
            if closing.last < issue.first
            else f"before other entries came out ({PartialDate(sent.isoformat()).format()})"
        )
        yield Finding(
            f"this closed {when}, {than}",
            closing.place,
            "leave the entry out, or look whether the time was extended",
        )
