"""A text names a day that there is not: 31 June, or 29 February 2023.

Readers cannot keep it, and do not know which day is meant.

To mend it, look the day up again.

Bad:

    entries:
      - The Example Trust holds [a webinar on neglect](https://example.org/webinar) on
        31 June 2024.

Good:

    entries:
      - The Example Trust holds [a webinar on neglect](https://example.org/webinar) on
        30 June 2024.
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.dates._written import written_days

LEVEL = Level.WARNING

_LEAP = 2024  # without a year, 29 February may be meant


def check(proof: Proof) -> Iterator[Finding]:
    for day in written_days(proof):
        if 1 <= day.day <= 31 and day.of_year(day.year or _LEAP) is None:
            yield Finding(f"there is no {day.text}", day.place, "look the day up again")
