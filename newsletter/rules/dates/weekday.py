"""A day of the week does not go with its date: "Monday 12 March 2024" was a Tuesday.

Readers put the event into their diaries on one of two days, and half of them come on the wrong one.
Mostly an earlier announcement was copied and only the date changed.

To mend it, find out which of the two is right, the date or the day of the week. A date without a
year is taken for the nearest one.

Bad:

    entries:
      - The Example Trust holds [a webinar on neglect](https://example.org/webinar) on
        Monday 11 June 2024.

Bad:

    entries:
      - The Example Trust holds [a webinar on neglect](https://example.org/webinar) on
        Monday, 12th June.

Good:

    entries:
      - The Example Trust holds [a webinar on neglect](https://example.org/webinar) on
        Tuesday 11 June 2024, and another on Wednesday, June 19.
"""

import re
from collections.abc import Iterator

from newsletter.dates import names
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.dates._written import written_days

LEVEL = Level.WARNING

_CORRECTED = re.compile(  # what an issue got wrong is said again when it is put right
    r"^\W*(?:corrections?|clarifications?)\b|\b(?:last|previous) issue (?:gave|said|had)\b", re.I
)
_GREGORIAN = 1753  # the first whole year of our calendar in Britain


def check(proof: Proof) -> Iterator[Finding]:
    for day in written_days(proof):
        dates = day.meant(proof.issue.date.first) if day.weekday is not None else []
        if (
            not dates
            or dates[0].year < _GREGORIAN
            or any(known.weekday() == day.weekday for known in dates)
            or _CORRECTED.search(day.passage.words)
        ):
            continue
        said = day.passage.words[day.start : day.weekday_end]
        name = names(proof.issue.language).days[dates[0].weekday()]
        first = name[0].upper() if said[0].isupper() else name[0].lower()
        name = first + name[1:]
        a = "a " if proof.issue.language.primary == "en" else ""
        year = "" if day.year else f" in {dates[0].year}"
        yield Finding(
            f"{day.text} is {a}{name}{year}, not {a}{said}",
            day.passage.place(day.start, day.weekday_end),
            "find out which is right, the date or the day of the week",
            name,
        )
