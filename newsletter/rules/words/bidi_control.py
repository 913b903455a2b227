r"""Invisible characters turn the direction of the text around.

They exist for Arabic and Hebrew. In other languages they come in with telephone numbers and names
copied from a phone, or hide what a link or a name really says: what readers see is not what stands
there.

To mend it, take the suggestion, which is the same without them, and read the line once more.

Source: https://www.unicode.org/reports/tr9/
    https://www.unicode.org/reports/tr39/

Bad:

    entries:
      - "The trust has published [its \u202areport on neglect\u202c](https://example.org/neglect)."

Good:

    entries:
      - "The trust has published [its report on neglect](https://example.org/neglect)."
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Passage, Proof
from newsletter.proof.characters import RIGHT_TO_LEFT
from newsletter.rules.words._mends import Mend, by_line

LEVEL = Level.ERROR

_OPENS, _CLOSES = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
_RUN = re.compile(f"[{_OPENS}{_CLOSES}]+")
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")


def check(proof: Proof) -> Iterator[Finding]:
    if proof.characters.isdisjoint(_OPENS + _CLOSES):
        return
    if proof.issue.language.direction == "rtl":
        return
    found = (match for match in proof.find(_RUN) if not _belongs(match.passage))
    mends = (Mend(match.passage, match.start, match.end, "") for match in found)
    for line in by_line(proof, mends):
        count = sum(mend.end - mend.start for mend in line.mends)
        if count == 1:
            told = "an invisible character here turns the direction of the text"
        else:
            told = f"{count} invisible characters in this line turn the direction of the text"
        yield Finding(told, line.place, "delete it; it came in by copying", line.suggestion)


def _belongs(passage: Passage) -> bool:
    """Whether they stand in pairs in a text that has letters written from right to left."""
    words = passage.words
    pairs = sum(map(words.count, _OPENS)) == sum(map(words.count, _CLOSES))
    return pairs and bool(_RIGHT_TO_LEFT.search(words))
