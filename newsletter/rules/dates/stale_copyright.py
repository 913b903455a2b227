"""A copyright line has another year than the issue.

It is the line that nobody reads when an issue is made from the last one, and that readers take for
a sign that nobody looks after the newsletter.

To mend it, write the issue's year, or no year at all: the law asks for none. Credits of single
pictures and reports in entries are left alone.

Source: https://docs.buttondown.com/preflight

Bad:

    outro: © 2023 Example Trust

Bad:

    newsletter.yaml:
      reason: You receive this because you asked us for it. Copyright 2019–2023 Example Trust.

Good:

    outro: © 2019–2024 Example Trust
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place
from newsletter.proof.standing import standing_texts

LEVEL = Level.WARNING

_SIGN = r"(?:©|\([cC]\)|[cC](?<![\w-][cC])(?<!rown\s[cC])(?i:opyright)\b)"
_YEARS = r"(?:(?:19|20)\d\d\s?[-–—,]\s?)*(?P<year>(?:19|20)\d\d)\b(?![-–/]\d)"


def _ours(built: Built) -> re.Pattern[str]:
    """A copyright line, with the sender's name before the year or without; not "Crown copyright".

    It begins with one of few characters: so it is quick.
    """
    names = filter(None, (built.settings.sender, built.settings.publication))
    ours = "|".join(map(re.escape, names)) or "(?!)"
    return re.compile(rf"{_SIGN}(?:\s|©|\([cC]\))*(?:(?:{ours}),?\s+)?{_YEARS}")


def check_email(built: Built) -> Iterator[Finding]:
    proof = built.proof
    small = built.email.text.lower()
    if not any(sign in small for sign in ("©", "(c)", "copyright")):
        return
    year = proof.issue.date[:4]
    ours = _ours(built)
    told = set()
    for passage in proof.passages:
        lines = [*ours.finditer(passage.words)]
        told |= {line[0] for line in lines}
        if passage.field in ("intro", "outro"):
            for line in _stale(lines, year):
                yield _finding(line["year"], year, passage.place(*line.span("year")))
    for standing in standing_texts(proof):
        lines = [*ours.finditer(standing.text)]
        told |= {line[0] for line in lines}
        for line in _stale(lines, year):
            yield _finding(line["year"], year, standing.place(*line.span("year")))
    # What is left was written by a template.
    found = ours.finditer(built.email.text)
    for line in _stale([line for line in found if line[0] not in told], year):
        yield _finding(line["year"], year, None)


def _stale(lines: list[re.Match[str]], year: str) -> list[re.Match[str]]:
    """Those of another year; where one has the right year, the others are credits."""
    return [] if any(line["year"] == year for line in lines) else lines


def _finding(found: str, year: str, place: Place | None) -> Finding:
    where = "" if place else " in the templates"
    return Finding(
        f"the copyright line{where} says {found}, but the issue is of {year}",
        place,
        "write the issue's year, or none",
        year if place else None,
    )
