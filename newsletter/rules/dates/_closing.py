"""An issue in; the last days to take part that it names out: `closes`, and in English prose."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from newsletter.proof import Place, Proof, once
from newsletter.rules.dates._written import written_days


class Closing(NamedTuple):
    """A last day: between which days it is, how it is written, and where."""

    first: date
    last: date
    words: str
    place: Place


@once
def closings(proof: Proof) -> tuple[Closing, ...]:
    """Every last day that the issue names, once where an entry has it as `closes` and in words."""
    fields = tuple(_fields(proof))
    given = {(closing.place.steps[:-1], closing.first, closing.last) for closing in fields}
    prose = (
        closing
        for closing in _prose(proof)
        if (closing.place.steps[:-1], closing.first, closing.last) not in given
    )
    return (*fields, *prose)


def sent_after(proof: Proof) -> date:
    """The day before which the issue cannot have been sent: its own; or, if it has only a month,
    the last in that month on which an entry was published."""
    issue = proof.issue.date
    dated = (item.entry.date.first for item in proof.items if item.entry.date)
    return max((day for day in dated if issue.first <= day <= issue.last), default=issue.first)


def _fields(proof: Proof) -> Iterator[Closing]:
    for item in proof.items:
        closes = item.entry.closes
        if closes:
            place = Place((*item.steps, "closes"), 0, len(closes))
            yield Closing(closes.first, closes.last, closes.format(), place)


# What says of a day that it is the last one, in the present or as a request: "the survey closed on
# 2 May" and "they had to answer by 2 May" tell what was.
_LEAD = re.compile(
    r"(?:\b[Cc]loses|\b(?:is|are)\s+closing|\bwill\s+close|\b(?:[Cc]losing\s+date|[Dd]eadline)"
    r"(?!\s+(?:of|was|had))"
    r"|\b(?:is|are|remains?|stays?)\s+open\s+(?:until|till)"
    r"|\b(?:[Aa]pplications?|[Nn]ominations?|[Ss]ubmissions?|[Ee]ntries|[Rr]egistrations?|[Bb]ookings?"
    r"|[Rr]esponses)\s+(?:close\b|(?:is|are)\s+due(?:\s+in)?\s+by)"
    r"|\b(?:has|have|must|needs?)\s+(?:to\s+)?(?:be\s+(?:in|with\s+us)|reach\s+us)\s+by"
    r"|(?:(?:^|[.!?:;]\s+)(?:[Pp]lease\s+)?|\b[Pp]lease\s+)"
    r"(?i:apply|register|respond|reply|book|submit|enter|nominate|sign\s+up)"
    r"(?:\s+[\w’'-]+){0,4}?\s+(?:by|before))"
    # Between that and the day: "for applications is at 5 pm on".
    r"(?:[\s:,–—(-]|\b(?:on|at|is|by|the|for|to|new|midnight|noon|midday|applications?|responses?|entries"
    r"|submissions?|nominations?|registrations?|bookings?|proposals?|abstracts?|bids|end\s+of"
    r"|\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\.?|\d\d:\d\d)(?=\W))*$"
)
# What may have happened since: "when the home closes"; what is told of what was.
_CLAUSE = re.compile(r"\b(?i:when|after|once|before|until|if|since|as)\b[^.!?;:]*$")
_EACH_YEAR = re.compile(r",?\s+(?:each|every)\s+year|\s+annually")
_BEFORE = 90  # characters
_LONG_AGO = timedelta(days=120)
_HISTORY = timedelta(days=400)


def _prose(proof: Proof) -> Iterator[Closing]:
    if proof.issue.language.primary != "en":
        return
    now = proof.issue.date.first
    for written in written_days(proof):
        words = written.passage.words
        opened = max(written.start - _BEFORE, 0)
        lead = _LEAD.search(words[opened : written.start])
        if (
            not lead
            or _CLAUSE.search(words[opened : opened + lead.start()])
            or _EACH_YEAR.match(words, written.end)
        ):
            continue
        # Without a year, what would be long over is rather to come.
        first = now - (_HISTORY if written.year else _LONG_AGO)
        day = next((day for day in written.meant(now) if day >= first), None)
        if day:
            yield Closing(day, day, written.text, written.place)
