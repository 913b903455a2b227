"""An issue in; the days that its texts name out, with their places: "Monday 12 March 2024"."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from newsletter.dates import names
from newsletter.proof import Passage, Place, Proof, once
from newsletter.values import Language


class Written(NamedTuple):
    """A day that a text names; `year` and `weekday` (0 is Monday) are None where it does not."""

    passage: Passage
    start: int  # in passage.words, of the weekday if there is one
    end: int
    weekday: int | None
    weekday_end: int
    date_start: int
    day: int
    month: int
    year: int | None

    @property
    def text(self) -> str:
        """The day without its weekday, on one line."""
        return " ".join(self.passage.words[self.date_start : self.end].split()).rstrip(".")

    @property
    def place(self) -> Place:
        """Where it stands, without its weekday."""
        return self.passage.place(self.date_start, self.end)

    def of_year(self, year: int) -> date | None:
        """The day in that year, if that year has it."""
        with suppress(ValueError):
            return date(year, self.month, self.day)
        return None

    def meant(self, now: date) -> list[date]:
        """The days that it may be, nearest first: that of the year that it names; or, in a text of
        `now`, those not much more than half a year away."""
        years = (self.year,) if self.year else (now.year - 1, now.year, now.year + 1)
        days = [day for day in map(self.of_year, years) if day]
        near = days if self.year else [day for day in days if abs(day - now) <= _NEAR]
        return sorted(near, key=lambda day: abs(day - now))


_NEAR = timedelta(days=240)


class _Patterns(NamedTuple):
    number: re.Pattern[str]
    weekday_before: re.Pattern[str]
    month_before: re.Pattern[str] | None


# It begins with a digit, and looks back only then: so it is quick.
_NUMBER = r"(?P<day>[\d](?<![\d.,:/£$€][\d])\d?)(?!\d|[%.]\d|,\d\d\d\b)(?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?P<year>(?:1\d|20)\d\d)(?![\d/]|[–-]\d|[,.]\d))?"


@lru_cache(maxsize=8)
def _patterns(language: Language) -> _Patterns:
    known = names(language)
    months, weekdays = (
        "|".join(sorted(map(re.escape, group), key=len, reverse=True)) for group in known[:2]
    )
    weekday = rf"(?<!\w)(?P<weekday>{weekdays})\b\.?[,،]?\s+(?:(?:the|le|den)\s+)?"
    english = language.primary == "en"
    return _Patterns(
        re.compile(
            rf"{_NUMBER}(?:\s+(?:of\s+|de\s+)?(?P<month>{months})\b(?:\.(?=\s+[12]))?)?{_YEAR}",
            re.IGNORECASE,
        ),
        re.compile(rf"{weekday}$", re.IGNORECASE),
        # Monday, March 12: only where a weekday says that the number is a day.
        re.compile(rf"{weekday}(?P<month>{months})\.?\s+$", re.IGNORECASE) if english else None,
    )


@once
def written_days(proof: Proof) -> tuple[Written, ...]:
    """Every day that the issue names in words, in its language."""
    return tuple(_written_days(proof))


_BEFORE = 40  # characters that a weekday and a month take at most


def _written_days(proof: Proof) -> Iterator[Written]:
    language = proof.issue.language
    patterns, known = _patterns(language), names(language)
    for found in proof.find(patterns.number):
        month = found.match["month"]
        behind = patterns.weekday_before if month else patterns.month_before
        opened = max(found.start - _BEFORE, 0)
        before = behind and behind.search(found.passage.words[opened : found.start])
        number = known.months.get((month or (before["month"] if before else "")).casefold())
        weekday = known.weekdays.get(before["weekday"].casefold()) if before else None
        if number:  # "Aprıl" is a month for a pattern only
            year = found.match["year"]
            named = opened + before.start("month") if before and not month else found.start
            yield Written(
                found.passage,
                opened + before.start() if before else found.start,
                found.end,
                weekday,
                opened + before.end("weekday") if before else found.start,
                named,
                int(found.match["day"]),
                number,
                int(year) if year else None,
            )
