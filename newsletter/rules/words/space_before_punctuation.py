"""A space stands before a full stop, a comma or another mark that follows a word.

It is left when words before it are deleted, or comes in with a link that was copied. On a phone the
mark may begin a line of its own.

To mend it, take the suggestion, which is the same without the space. French has a space before
: ; ! ? and is not told of those.

Source: https://www.gov.uk/guidance/style-guide/a-to-z
    https://www.chicagomanualofstyle.org/

Bad:

    entries:
      - The trust has published [its report on neglect](https://example.org/neglect) .

Good:

    entries:
      - "The report ... finds that .5% of homes, [a ratio of 1 : 200](https://example.org/homes),
        fail."
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof
from newsletter.rules.words._mends import Mend, mended

LEVEL = Level.WARNING
SAFE = True

# The mark first: there are fewer marks than spaces.
_MARK = re.compile(r"[.,;:!?](?<=[ \n].)(?![.…])(?=[”’\"')\]]*(?:[\s\0]|\Z))")
_WORD = re.compile(r"(?<!\S)(?P<word>\S*[\w)\]”’\"'%])(?P<space>[ \n]+)$")
_REACH = 80  # characters in which the word before it is looked for
_SMILE = re.compile(r"[:;][()]")


def check(proof: Proof) -> Iterator[Finding]:
    if proof.issue.language.direction == "rtl":
        return
    french = proof.issue.language.primary == "fr"
    for match in proof.find(_MARK):
        mark, words = match.match[0], match.passage.words
        if french and mark in ":;!?":
            continue
        opened = max(match.start - _REACH, 0)
        before = _WORD.search(words[opened : match.start])
        if not before or _is_meant(match, before["word"]):
            continue
        place, suggestion = match.place, None
        if "\n" not in before["space"]:
            change = Mend(match.passage, opened + before.start("space"), match.start, "")
            _, place, suggestion = mended((change,))
        yield Finding(
            f"a space stands before the '{mark}' after '{before['word']}'",
            place,
            "delete the space",
            suggestion,
        )


def _is_meant(match: Match, word: str) -> bool:
    """A ratio, the first of several dots, a smile."""
    rest = match.passage.words[match.start : match.start + 3]
    ratio = rest[0] == ":" and word[-1].isdigit() and rest[-1:].isdigit()
    return ratio or rest.startswith(". .") or bool(_SMILE.match(rest))
