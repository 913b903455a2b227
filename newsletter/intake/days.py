"""A day as people and programs write it in, ISO 8601 out."""

import re
from contextlib import suppress
from datetime import date
from email.utils import parsedate_to_datetime
from functools import lru_cache

from newsletter.dates import names
from newsletter.values import Language

_ISO = re.compile(
    r"([12]\d{3})(?:[-/]([01]\d)(?:[-/]([0-3]\d))?)?(?:[T ]\d\d:?\d\d.{0,24})?", re.ASCII
)
_NUMBERS = re.compile(r"(\d{1,2})[/.-] ?(\d{1,2})[/.-] ?(\d{4}|\d{2})", re.ASCII)
_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d:\d\d.{0,30}", re.ASCII)


def day(text: str, language: Language) -> str:
    """The date that the whole of `text` names, as precise as it is (2024, 2024-04, 2024-04-23), or
    "". Days come first in 01/02/2024, but for English of the United States."""
    text = " ".join(text.split()).strip(" .,;")
    if match := _ISO.fullmatch(text):
        return _dated(match[1], match[2], match[3])
    if match := _NUMBERS.fullmatch(text):
        first, second, year = match.groups()
        month_first = language.lower() == "en-us"
        parts = (
            [(first, second), (second, first)]
            if month_first
            else [(second, first), (first, second)]
        )
        year = year if len(year) > 2 else f"20{year}"
        found = (_dated(year, month, number) for month, number in parts)
        return next((one for one in found if one), "")
    if _MAIL.fullmatch(text):
        with suppress(ValueError, IndexError, TypeError):
            return parsedate_to_datetime(text).date().isoformat()
    for pattern in _worded(language):
        if match := pattern.fullmatch(text):
            month = _month(match["month"], language)
            return _dated(match["year"], str(month), match.groupdict().get("day"))
    return ""


def days(text: str, language: Language) -> list[str]:
    """The dates that a title has in it, in words or as 23/04/2024: "Round-up, April 2024"."""
    found = []
    for pattern in _worded(language):
        for match in pattern.finditer(text):
            month = _month(match["month"], language)
            found.append(_dated(match["year"], str(month), match.groupdict().get("day")))
    numbers = [day(match[0], language) for match in _NUMBERS.finditer(text)]
    return [one for one in [*found, *numbers] if one]


_FIRST, _LAST = 1900, 2099  # years of anything that is news


def _dated(year: str, month: str | None, number: str | None) -> str:
    """The ISO date of these, if there is such a day."""
    with suppress(ValueError):
        if not _FIRST <= int(year) <= _LAST:
            return ""
        date(int(year), int(month or 1), int(number or 1))
        parts = [year, *(f"{int(part):02}" for part in (month, number) if part)]
        return "-".join(parts)
    return ""


def _month(name: str, language: Language) -> int:
    name = name.casefold()
    return names(language).months.get(name) or names("en").months.get(name, 0)


@lru_cache(maxsize=8)
def _worded(language: Language) -> tuple[re.Pattern[str], ...]:
    months, weekdays = (
        "|".join(sorted({*map(re.escape, own), *map(re.escape, english)}, key=len, reverse=True))
        for own, english in zip(names(language)[:2], names("en")[:2], strict=True)
    )
    weekday = rf"(?:(?:{weekdays})\b\.?,? (?:the )?)?"
    month = rf"(?P<month>{months})\b\.?"
    number = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
    year = r"(?P<year>(?:19|20)\d\d)\b"
    return tuple(
        re.compile(rf"(?<!\w){form}", re.IGNORECASE)
        for form in (
            rf"{weekday}{number} (?:of |de )?{month},? (?:de )?{year}",
            rf"{weekday}{month} {number},? {year}",
            rf"{month},? (?:de )?{year}",
        )
    )
