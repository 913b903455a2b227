"""Dates as precise as an editor gives them, in the language of an issue: the one door of babel."""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, ClassVar, NamedTuple

from newsletter.problems import Fault, Faults

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_CODES = re.compile(r"%(-?.?)")


class PartialDate(str):
    """A date written YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601, reduced precision).

    It is its own text, which also sorts in order of time.
    """

    __slots__ = ()
    FORM: ClassVar = r"([12][0-9]{3})(?:-([0-9]{2}))?(?:-([0-9]{2}))?"

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """The date that `text` names. Raises Faults when there is none."""
        match = re.fullmatch(cls.FORM, text.strip())
        if not match:
            typed = re.fullmatch(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([12][0-9]{3})", text.strip())
            hint = "write 2024, 2024-04 or 2024-04-23"
            if typed:
                hint = f"write {typed[3]}-{int(typed[2]):02}-{int(typed[1]):02}"
            raise Faults(Fault("date", f"'{text}' is not a date", hint))
        year, month, day = (int(part or 0) for part in match.groups())
        if match[2] and not 1 <= month <= 12:
            raise Faults(Fault("date", f"'{text}' is not a date: there is no month {month:02}"))
        if match[3] and not 1 <= day <= (days := monthrange(year, month)[1]):
            name = MONTHS[month - 1]
            raise Faults(Fault("date", f"'{text}' is not a date: {name} {year} has {days} days"))
        return cls(match[0])

    @property
    def first(self) -> date:
        """The first day that it may be."""
        return date.fromisoformat(f"{self}-01-01"[:10])

    @property
    def last(self) -> date:
        """The last day that it may be."""
        year, month, day = (int(part) for part in (f"{self}-0-0").split("-")[:3])
        month = month or 12
        return date(year, month, day or monthrange(year, month)[1])

    def format(self, form: str = "", language: str = "en-GB") -> str:  # type: ignore[override]
        """The date in words, no more precise than it is: "23 April 2024", "April 2024", "2024".

        `form` is for whole dates (see DateFormat); without one they are written as `language`
        has it (CLDR's long form). A language that CLDR does not know has English dates.
        """
        year, month, day = (int(part) for part in (f"{self}-0-0").split("-")[:3])
        if not month:
            return str(year)
        names = _names(language)
        if not day:
            return names.month(year, month)
        if not form:
            return names.day(year, month, day)
        known = {
            "d": f"{day:02}",
            "-d": str(day),
            "m": f"{month:02}",
            "-m": str(month),
            "b": names.short[month - 1],
            "B": names.long[month - 1],
            "y": f"{year % 100:02}",
            "Y": str(year),
            "%": "%",
        }
        return _CODES.sub(lambda match: known[match[1]], form)


class _Names(NamedTuple):
    """How a language writes dates."""

    long: Sequence[str]  # months, as they stand in whole dates
    short: Sequence[str]
    day: Callable[[int, int, int], str]
    month: Callable[[int, int], str]


# As CLDR has it for en-GB; its tables take longer to load than everything else takes to build.
_ENGLISH = _Names(
    MONTHS,
    tuple("Sept" if name == "September" else name[:3] for name in MONTHS),
    lambda year, month, day: f"{day} {MONTHS[month - 1]} {year}",
    lambda year, month: f"{MONTHS[month - 1]} {year}",
)


@cache
def _names(language: str) -> _Names:
    locale = None if language in ("en", "en-GB") else _locale(language)
    if locale is None:
        return _ENGLISH
    from babel.dates import format_date, format_skeleton

    months = locale.months["format"]
    return _Names(
        [months["wide"][number] for number in range(1, 13)],
        [months["abbreviated"][number] for number in range(1, 13)],
        lambda *day: str(format_date(date(*day), "long", locale)),
        lambda year, month: str(format_skeleton("yMMMM", date(year, month, 1), locale=locale)),
    )


class Names(NamedTuple):
    """What a language calls months (from 1) and days of the week (from 0, Monday): every name of
    theirs, in small letters, and those of the days as they are written."""

    months: dict[str, int]
    weekdays: dict[str, int]
    days: tuple[str, ...]


@cache
def names(language: str) -> Names:
    """The names by which a date is known in a text of `language`; short ones in English only."""
    locale = None if language.split("-", 1)[0] == "en" else _locale(language)
    if locale is None:
        return _ENGLISH_NAMES
    months = {
        name.casefold(): number
        for form in ("stand-alone", "format")
        for number, name in locale.months[form]["wide"].items()
    }
    weekdays = {
        name.casefold(): number
        for form in ("stand-alone", "format")
        for number, name in locale.days[form]["wide"].items()
    }
    days = locale.days["format"]["wide"]
    return Names(months, weekdays, tuple(days[number] for number in range(7)))


def _english_names() -> Names:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = {name.casefold(): number for number, name in enumerate(MONTHS, 1)}
    short = {name[:3]: number for name, number in months.items()}
    weekdays = {name.casefold(): number for number, name in enumerate(days)}
    # Not "Sun": that is a newspaper, which is quoted with its date.
    abridged = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
    return Names({**months, **short, "sept": 9}, {**weekdays, **abridged}, days)


_ENGLISH_NAMES = _english_names()


def _locale(language: str) -> Any:
    """What CLDR knows of a language, or of the one that it is a variant of; else None."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-", 1)[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="-")
    return None


def name_of(language: str) -> str:
    """What a language is called in English: "Welsh"; its tag when it is not known."""
    locale = _locale(language)
    return locale.get_display_name("en") if locale else f"'{language}'"


class DateFormat(str):
    """A pattern for whole dates: `%-d %B %Y` gives 23 April 2024, `%d/%m/%Y` gives 23/04/2024."""

    __slots__ = ()
    FORM: ClassVar = r"([^%]|%(-?[dm]|[bByY%]))*"

    @classmethod
    def parse(cls, text: str) -> "DateFormat":
        """`text` when each of its codes is known. Raises Faults otherwise."""
        if text and "%" not in text:
            raise Faults(
                Fault(
                    "date-format",
                    f"'{text}' would be every date: there is no %d, %m or %Y in it",
                    "write '%d/%m/%Y' for 23/04/2024",
                )
            )
        unknown = [m for m in _CODES.finditer(text) if m[1] not in _KNOWN]
        if unknown:
            raise Faults(
                *(
                    Fault(
                        "date-format",
                        f"'{match[0]}' is not part of a date format",
                        "use %d or %-d (day), %m or %-m or %b or %B (month), %Y or %y (year)",
                        match.start(),
                    )
                    for match in unknown
                )
            )
        return cls(text)


_KNOWN = ("d", "-d", "m", "-m", "b", "B", "y", "Y", "%")
