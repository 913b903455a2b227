"""Something that readers are asked to take part in closes as the issue comes out.

Many newsletters are read days after they came. And an issue that is dated by its month only may go
out at the end of it, when what closes in the first half of that month is over.

To mend it, look when the issue will be sent, and whether that leaves readers time; say it in the
subject or leave the entry out. Give the issue its day (`date: 2024-05-02`), and only what closes
within a few days is told.

Options:
    days: how many days after the issue are too few

Bad:

    date: 2024-05-02
    entries:
      - text: Foster carers are asked for [their views on allowances](https://example.org/carers).
        closes: 2024-05-03

Bad:

    date: 2024-05
    entries:
      - Foster carers are asked for [their views on allowances](https://example.org/carers). The
        closing date is 9 May.

Good:

    date: 2024-05-02
    entries:
      - text: Foster carers are asked for [their views on allowances](https://example.org/carers).
        closes: 2024-05-12
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.dates._closing import closings, sent_after

LEVEL = Level.NOTE


def check(proof: Proof, *, days: int = 2) -> Iterator[Finding]:
    issue, sent = proof.issue.date, sent_after(proof)
    whole = issue.first == issue.last
    for closing in closings(proof):
        if closing.last < sent:
            continue  # it is closed: another rule's
        left = (closing.last - issue.first).days
        if whole and left <= days:
            yield Finding(
                f"this closes {_AFTER.get(left, f'{left} days after')} the issue",
                closing.place,
                "does that leave readers time?",
            )
        elif not whole and left < _HALF_A_MONTH:
            yield Finding(
                f"this closes on {closing.words}, and may be over when readers get the issue of "
                f"{issue.format()}",
                closing.place,
                "look when it will be sent; or give the issue its day",
            )


_AFTER = {0: "on the day of", 1: "the day after"}
_HALF_A_MONTH = 14  # days; whether the issue goes out before a later day, nobody knows
