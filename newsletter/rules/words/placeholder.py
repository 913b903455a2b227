"""Something still stands here in place of words that were to come.

TODO, TK, lorem ipsum, "[insert name]", XX%: a note to oneself that 4,000 people read.

To mend it, write what was to come, or delete it. "Date TBC" is left alone, though not "TBC" as a
sentence of its own, and so are cuts in a quotation: “one [...] two”.

Source: https://docs.buttondown.com/preflight

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect). TODO figures

Bad:

    entries:
      - About XX% of children [told a teacher](https://example.org/neglect).

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect), [insert date].

Bad:

    entries:
      - The [report on neglect](https://example.org/neglect) is to be published in June. TBC

Good:

    entries:
      - The next [conference](https://example.org/conference) is in May, the venue is TBC.
      - “The report [...] is a warning”, says [the charity](https://example.org/neglect).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof
from newsletter.proof.quotations import is_quoted
from newsletter.proof.wording import find_phrases, wording

LEVEL = Level.ERROR

# What is to come, in square brackets.
_ASKED = r"(?i:insert|add|enter|paste|your|put) [^\]\n\0]{1,60}"
_NAMED = (
    r"(?i:name|date|link|url|title|headline|text|number|source|organisation|publisher|image|photo)"
    r"(?i: here| to come)?"
)
# By what is in each of them, and quickly looked for.
_MARKS = {
    "TODO": r"\bTODO\b",
    "FIXME": r"\bFIXME\b",
    "TK": r"\bTKTK\b|\bTK\b(?! [A-Z])",
    "DD/MM": r"\bDD/MM/YY(?:YY)?\b",
    "XX": r"[£$€]X{2,}|\bX{2,}(?:%|/X{2,}(?:/X+)?|:X{2,}|bn\b)|\bX{2,}(?= per cent\b| percent\b)"
    r"|(?<![\w-])X{3,}(?![\w-])(?! (?:rated|films?|videos?|content|(?:web)?sites?)\b)",
    # A sentence of its own, the last one: "It is to be published in June. TBC"
    "TB": r"(?<=[a-zà-ÿ\d]{3}[.!?][ \n])TB[AC]\b(?=[.…]?\s*(?:\Z|\n\n|\0))",
    "[": rf"(?<!\[)\[(?: ?\.\.\.? ?| ?… ?|{_ASKED}|{_NAMED}|(?i:tbc|tba|tk|xx+|placeholder))\]",
}
_DUMMY = ("lorem ipsum", "placeholder text", "dummy text")
# What is a placeholder where nothing else stands: in a title, a paragraph.
_ALL = re.compile(
    r"(?:(?:your |the |add |insert )?(?:(?:sub)?title|headline|heading|text|caption|summary"
    r"|description|name|link|content|paragraph)(?: goes)? here"
    r"|(?:example|sample) (?:text|title|headline|heading|caption|entry)"
    r"|tbc|tba|xx+|untitled|to (?:come|follow)"
    # those of a new issue
    r"|its headline|its title|who published it|what it shows|first section"
    r"|the title of your newsletter|what it says, with a link inside the sentence)[.…]?",
    re.IGNORECASE,
)
_SHORT = 60  # characters of the longest of those


def check(proof: Proof) -> Iterator[Finding]:
    everything = proof.issue.language.primary in ("ca", "es", "gl", "pt")  # is "todo" there
    words = wording(proof).words
    there = [pattern for mark, pattern in _MARKS.items() if mark in words]
    for match in proof.find(re.compile("|".join(there))) if there else ():
        found = match.match[0]
        if found == "TODO" and everything:
            continue
        if found[0] == "[" and is_quoted(match.passage, match.start):
            continue
        yield _stands(found, match.place)
    for match in find_phrases(proof, _DUMMY):
        yield _stands(match.match[0], match.place)
    for passage in proof.passages:
        alone = passage.words.strip()
        if len(alone) <= _SHORT and _ALL.fullmatch(alone):
            start = passage.words.index(alone)
            yield _stands(alone, passage.place(start, start + len(alone)))


def _stands(words: str, place: Place) -> Finding:
    shown = " ".join(words.split())
    return Finding(
        f"'{shown}' still stands in place of what was to come", place, "write it, or delete this"
    )
