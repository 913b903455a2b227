"""The number of a footnote is stuck to a word: "as large as it would be1", "(99%)3".

Copied text keeps the numbers and loses the notes. Readers take the digit for a slip or, after a
figure, for a part of it.

To mend it, delete the number, or write out what the note said. Numbers in names ("Year7", "CO2",
"Catch22", "Kindred²"), measures ("20 m²", "I² = 62%"), and notes that are there ("¹ Figures for
England") are not told.

Source: https://www.w3.org/TR/WCAG22/#info-and-relationships
    https://www.chicagomanualofstyle.org/

Bad:

    entries:
      - Almost all of it (99%)3 [was found on forums](https://example.org/forums).

Bad:

    entries:
      - The trust has asked [how large the material would be1](https://example.org/material).

Good:

    entries:
      - The trust has asked [how much CO2 Catch22's mp3s and KS2 lessons on its 20 m² site
        cost](https://example.org/cost) under section 17(10), as in section 3(1)2.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof

LEVEL = Level.WARNING

_RAISED = "¹²³⁴-⁹⁰"
# A number right after something; what that is, is looked at then.
_STUCK = re.compile(
    rf"[1-9\[{_RAISED}](?<=[^\s\0\dA-Z(\[“‘£$€#@&=/_–-].|[^\s\0][{_RAISED}])"
    r"(?<!\d[.,:].)"
    rf"(?:(?<=[1-9])\d?(?!\d)|(?<=\[)\d{{1,2}}\](?![\w(:])"
    rf"|(?<=[{_RAISED}])[{_RAISED}]*(?:[,–-][{_RAISED}]+)*(?![\w(]))"
)
_BRACKET = re.compile(r"(?<!\w)(?:\([^()\n]{1,60}\)|\[[^\[\]\n]{3,60}\])$")
_SENTENCE = re.compile(
    r"(?<![^\s(“‘\"'])(?P<last>[^\W\d_’'-]*[a-zà-ÿ]{2})(?P<stop>[.!?][”’\"']?|[.,]?”)$"
)
_WORD = re.compile(r"(?<![\w@#/.&=’'-])[a-zà-ÿ]{2,}$")
_BEFORE_SQUARE = re.compile(r"(?:[^\W\d_][.,;”’\"'%)]|[^\W\d_]{3})$")
_UNITS = re.compile(
    r"(?:\b[kcdm]?m|\bft|\bin|\bmi|\byd|\bkg/m|\bm/s|\b[xyzrRnfIQTηχστωφρεΔ]|\bKindred"
    r"|[CN]O|\bH|\bO|(?<![\d/–-])\d{1,2})$"
)
_CITED = re.compile(r"\((?:\d{1,3}|[a-z]|[ivx]+)\)")
# Nouns that are numbered, and what is named with a number.
_NUMBERED = re.compile(
    "age|aged|android|annex|appendix|area|article|band|case|channel|chapter|child|class|cohort"
    "|covid|day|episode|family|fig|figure|floor|form|grade|group|ios|iphone|ipv|issue|junction"
    "|key|level|module|month|mpx|note|omicron|option|over|page|para|paras|part|participant|person"
    "|phase|question|radio|room|round|route|sample|schedule|school|season|section|series|site"
    "|stage|step|strand|study|table|task|team|tier|type|under|unit|utf|version|vol|volume|wave"
    "|web|week|windows|year|zone"
)
# Of the words of two letters those that a sentence may end with.
_SHORT = re.compile("am|an|as|at|be|by|do|go|he|if|in|is|it|me|my|no|of|on|or|so|to|up|us|we")
_ABBREVIATED = re.compile(
    "abs|app|apr|arts?|aug|cap|dec|ext|feb|figs?|jan|jul|jun|mar|nos|nov|oct|paras?|refs?|regs?"
    "|rev|sch|sect?|sept?|ser|str|tab|tel|ver|vols?"
)
_ENDED = re.compile(r"\s+[A-Z“‘]|\s*\Z|\s*\n\n")  # the sentence before it
_REACH = 64  # characters in which what it is stuck to is looked for
_NOTE = re.compile(rf"^[ \t]*(?:(?P<raised>[{_RAISED}]+)|\[(?P<square>\d{{1,2}})\])", re.MULTILINE)


def check(proof: Proof) -> Iterator[Finding]:
    found = [match for match in proof.find(_STUCK) if _is_note(match)]
    notes = _notes(proof) if found else set()
    for match in found:
        number = match.match[0].strip("[]")
        if number in notes:
            continue
        yield _finding(match)


def _finding(match: Match) -> Finding:
    passage = match.passage
    before = passage.words[max(match.start - _REACH, 0) : match.start]
    start = match.start - len(before.split()[-1])
    place, word = passage.place(start, match.end), passage.words[start : match.start]
    whole = passage.raw[place.start : place.end] == word + match.match[0]
    return Finding(
        f"'{match.match[0]}' is stuck to '{word}', as the number of a footnote is",
        place if whole else match.place,
        "delete it, or write out what the note said",
        word if whole else None,
    )


def _notes(proof: Proof) -> set[str]:
    """The numbers of the notes that the issue has."""
    notes = (match.match for match in proof.find(_NOTE))
    return {note["raised"] or note["square"] for note in notes}


def _is_note(match: Match) -> bool:
    words = match.passage.words
    before = words[max(match.start - _REACH, 0) : match.start]
    after = words[match.end : match.end + 2]
    number = match.match[0]
    if number[0] == "[":
        return bool(_BEFORE_SQUARE.search(before))
    if not number[0].isascii():
        return not _UNITS.search(before)
    if re.match(r"[\w%@]|[/’'-]\w|[.,:–-]\w", after):
        return False
    if before[-1] in ")]":
        bracket = _BRACKET.search(before)
        return bracket is not None and not _CITED.fullmatch(bracket[0])
    if ending := _SENTENCE.search(before):
        if not _ENDED.match(words, match.end):
            return False
        last = ending["last"].lower()
        if len(last) == 2 and (last == "no" or not _SHORT.fullmatch(last)):
            return False
        return ending["stop"] != "." or not _ABBREVIATED.fullmatch(last)
    word = _WORD.search(before)
    if not word or re.match("[/’'-]", after):
        return False
    known = _SHORT.fullmatch(word[0]) if len(word[0]) == 2 else not _NUMBERED.fullmatch(word[0])
    return bool(known)
