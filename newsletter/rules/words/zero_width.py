r"""Invisible characters stand in the words: zero-width spaces, soft hyphens, byte order marks.

They come in from web pages and chat programs. Words with them are not found by a search, a screen
reader stumbles over them, and spam filters take them for an attempt to get past.

To mend it, take the suggestion, which is the same without them. They are not told where they
belong: the joiners U+200C and U+200D in Persian, Urdu, the languages of India and emoji, soft
hyphens in German.

Source: https://www.unicode.org/reports/tr39/
    https://www.gorganizer.net/explain/href-contains-invisible-chars

Bad:

    entries:
      - "The trust has published [its re\u200bport on neglect](https://example.org/neglect)."

Good:

    entries:
      - "The trust has published [its report on neglect 👩‍👧](https://example.org/neglect)."
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof
from newsletter.proof.characters import JOINED, RIGHT_TO_LEFT, called
from newsletter.rules.words._mends import Mend, by_line

LEVEL = Level.WARNING
SAFE = True

_INVISIBLE = "\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff"
_RUN = re.compile(f"[{_INVISIBLE}]+")
_JOINED = re.compile(f"[{JOINED}]")
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")


def check(proof: Proof) -> Iterator[Finding]:
    if not _RUN.search("".join(proof.characters)):
        return
    found = (match for match in proof.find(_RUN) if not _belongs(match, proof))
    mends = (Mend(match.passage, match.start, match.end, "") for match in found)
    for line in by_line(proof, mends):
        typed = "".join(mend.passage.words[mend.start : mend.end] for mend in line.mends)
        names = ", ".join(sorted({called(character) for character in typed}))
        if len(typed) == 1:
            told = f"an invisible character stands here: {names}"
        else:
            told = f"{len(typed)} invisible characters stand in this line: {names}"
        yield Finding(told, line.place, "delete it; it came in by copying", line.suggestion)


def _belongs(match: Match, proof: Proof) -> bool:
    run, words = match.match[0], match.passage.words
    before, after = words[: match.start][-1:], words[match.end : match.end + 1]
    if run in ("\u200c", "\u200d"):
        return bool(_JOINED.match(before) or (_EMOJI.match(before) and _EMOJI.match(after)))
    if run in ("\u200e", "\u200f"):
        right_to_left = proof.issue.language.direction == "rtl"
        return right_to_left or bool(_RIGHT_TO_LEFT.search(words))
    german = proof.issue.language.primary == "de"
    return run == "\u00ad" and german and before.isalpha() and after.isalpha()
