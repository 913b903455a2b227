"""An issue in; the entries that remind readers of what they can still take part in out."""

import re
from collections.abc import Iterator
from datetime import date

from newsletter.proof import Proof, once
from newsletter.rules.dates._closing import closings
from newsletter.rules.dates._written import written_days
from newsletter.source import Steps


@once
def still_open(proof: Proof) -> frozenset[Steps]:
    """The entries that name a last day or the day of an event, with weekday or hour, that is still
    to come."""
    first = proof.issue.date.first
    days = [*((one.place.steps, one.last) for one in closings(proof)), *_events(proof, first)]
    coming = {steps for steps, day in days if day >= first}
    return frozenset(
        item.steps
        for item in proof.items
        if any(steps[: len(item.steps)] == item.steps for steps in coming)
    )


# 12.15 to 1pm, 14:00, 14h30: soon after a day, it says that something is on.
_HOUR = re.compile(
    r"[^.;!?]{0,20}?(?<!\d)(?:\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b|\d{1,2}[.:h]\d\d(?!\d)|noon\b)",
    re.IGNORECASE,
)


def _events(proof: Proof, now: date) -> Iterator[tuple[Steps, date]]:
    for written in written_days(proof):
        words, told = written.passage.words, written.weekday is not None
        if written.passage.item and (told or _HOUR.match(words, written.end)):
            day = next(iter(written.meant(now)), None)
            if day:
                yield written.place.steps, day
