"""Dates as precise as an editor gives them: a year, a month or a day."""

import re
from calendar import monthrange
from typing import ClassVar

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

    def format(self, form: str = "%-d %B %Y") -> str:  # type: ignore[override]
        """The date in words, no more precise than it is: "23 April 2024", "April 2024", "2024".

        `form` is for whole dates: see DateFormat. Month names are English whatever the machine's
        own language, so that an issue is the same everywhere.
        """
        year, month, day = (int(part) for part in (f"{self}-0-0").split("-")[:3])
        if not month:
            return str(year)
        name = MONTHS[month - 1]
        if not day:
            return f"{name} {year}"
        known = {
            "d": f"{day:02}",
            "-d": str(day),
            "m": f"{month:02}",
            "-m": str(month),
            "b": name[:3],
            "B": name,
            "y": f"{year % 100:02}",
            "Y": str(year),
            "%": "%",
        }
        return _CODES.sub(lambda match: known[match[1]], form)


class DateFormat(str):
    """A pattern for whole dates: `%-d %B %Y` gives 23 April 2024, `%d/%m/%Y` gives 23/04/2024."""

    __slots__ = ()
    FORM: ClassVar = r"([^%]|%(-?[dm]|[bByY%]))*"

    @classmethod
    def parse(cls, text: str) -> "DateFormat":
        """`text` when each of its codes is known. Raises Faults otherwise."""
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
