"""The subject, the title or the welcome names an earlier month than the issue's.

"April 2024" over the issue of May is what remains when an issue is made from the last one, and the
first thing that every reader sees.

To mend it, write the issue's month; or, if that is right, correct the issue's `date`. An issue with
a day in the first half of a month may name the month before.

Bad:

    subject: Safeguarding Monthly, April 2024

Bad:

    title: "Safeguarding Monthly: the April round-up"

Bad:

    intro: Welcome to the April issue, which begins with a look at the figures.

Good:

    date: 2024-05-03
    subject: Safeguarding Monthly, April 2024

Good:

    subject: "Neglect in the April 2024 figures: safeguarding, May 2024"
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.dates import PartialDate, names
from newsletter.problems import Level
from newsletter.proof import Finding, Passage, Proof
from newsletter.values import Language

LEVEL = Level.WARNING

_STALE = 13  # months; what is longer ago is spoken of, not left over
_EARLY = 15  # until this day of a month, an issue may be that of the month before

_ISSUE = (
    r"(?:issue|edition|round-?up|newsletter|bulletin|digest|recap|briefing|update)s?\b"
    r"(?!\s+of\s+(?!the\b|our\b|this\b))"
)


@lru_cache(maxsize=8)
def _patterns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Of a month that is set apart, with its year; and, in English, of "the April issue"."""
    known = sorted(map(re.escape, names(language).months), key=len, reverse=True)
    month = rf"(?P<month>{'|'.join(known)})\b\.?"
    year = r"\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b(?![/–-]\d)"
    apart = re.compile(
        rf"(?:^|[,،:;–—|·(-]\s*)(?P<whole>(?:\d{{1,2}}\s+)?{month}{year})"
        r"(?=\s*(?:[,.:;!?–—|·)]|$))",
        re.IGNORECASE,
    )
    if language.primary != "en":
        return apart, None
    issue = re.compile(
        rf"\b(?P<whole>(?-i:(?=[A-Z])){month}(?:{year}(?:\s+[\w’'-]+)?)?)\s+{_ISSUE}", re.IGNORECASE
    )
    return apart, issue


_WELCOME = re.compile(
    r"(?:^|[.!?]\s)\s*(?:welcome\s+to|this\s+is)\s+(?:the|our|your|this)\s+(?:[\w’'-]+\s+)?$",
    re.IGNORECASE,
)


def check(proof: Proof) -> Iterator[Finding]:
    language, issue = proof.issue.language, proof.issue.date
    if len(issue) < len("2024-04"):
        return
    told = set()
    for passage in proof.passages:
        if len(passage.steps) > 1 or passage.field == "outro":
            continue
        for match in _named(passage, language):
            before = passage.words[max(match.start("whole") - 25, 0) : match.start("whole")]
            place = passage.place(*match.span("whole"))
            if place in told or _range(before, language) or not _stale(match, issue, language):
                continue
            told.add(place)
            right = PartialDate(issue[:7])
            yield Finding(
                f"the {passage.field} says '{match['whole']}', but the issue is of "
                f"{right.format()}",
                place,
                "was it left over from an earlier issue?",
                _right(match, right, language),
            )


def _named(passage: Passage, language: str) -> Iterator[re.Match[str]]:
    """The months that a text names as its own."""
    apart, of_issue = _patterns(language)
    if passage.field != "intro":
        yield from apart.finditer(passage.words)
    for match in of_issue.finditer(passage.words) if of_issue else ():
        if passage.field != "intro" or _WELCOME.search(passage.words[: match.start()]):
            yield match


def _stale(match: re.Match[str], issue: PartialDate, language: str) -> bool:
    month = names(language).months.get(match["month"].casefold())
    if not month:  # "Aprıl" is one for a pattern only
        return False
    year = match["year"]
    now = issue.first.year * 12 + issue.first.month
    then = int(year) * 12 + month if year else now - (now - month) % 12
    least = 2 if issue.first == issue.last and issue.first.day <= _EARLY else 1
    return least <= now - then <= _STALE


def _range(before: str, language: str) -> bool:
    """Whether another month stands right before: "January to March 2024"."""
    words = re.findall(r"[^\W\d_]+", before.casefold())
    return any(word in names(language).months for word in words)


def _right(match: re.Match[str], right: PartialDate, language: str) -> str | None:
    """The issue's month in the form of the one that was found."""
    if match["whole"][0].isdigit():
        return None
    if match["year"]:
        return right.format("", language)
    return PartialDate(right.first.isoformat()).format("%B", language)
