r"""No-break spaces stand where ordinary spaces belong.

Word and web pages put them in, and they look like any other space. But a line cannot end at one, so
that on a phone the lines end where they should not, and several in a row show as a gap.

To mend it, take the suggestion. Not told are no-break spaces with figures and units ("£25 bn",
"16 March"), after titles, abbreviations and ordinals ("Mr", "No.", "1er"), before dashes and where
French has them.

Source: https://www.unicode.org/reports/tr14/
    https://www.w3.org/TR/css-text-3/#white-space-processing

Bad:

    entries:
      - "The trust\u00a0has published [its\u00a0report on neglect](https://example.org/neglect)."

Good:

    entries:
      - "On 16\u00a0March the trust published [a report by Dr\u00a0Ann Example on neglect that costs
        £25\u00a0bn](https://example.org/neglect)."
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof
from newsletter.rules.words._mends import Mend, Mended, by_line

LEVEL = Level.NOTE
SAFE = True

_MARKDOWN = ("intro", "text", "outro")
_NO_BREAK = "\u00a0\u2007\u202f"
_RUN = re.compile(f"(?<![ {_NO_BREAK}])[ {_NO_BREAK}]*[{_NO_BREAK}][ {_NO_BREAK}]*")
# What a single no-break space may follow, and what may follow it.
_BEFORE = re.compile(
    r"[\d£$€§#№–—+×=<>≤≥~«‹]$|(?<!\w)\d\d?\.$|\d(?:er|re|e|es|ère|ème|[ºª]|st|nd|rd|th)$"
    r"|(?<![\w.])(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady|St|Rev|Hon|Mme|Mlle|MM?|Ph|Th|Chr|[A-Z]|Nos?"
    r"|Nr|Abs|Art|art"
    r"|pp?|ss?|reg|para|paras|vol|ch|fig|cf|e\.g|i\.e|z|d|u|bzw|ggf|ca|vgl|np|ul|al|im|św|tj|tzw)\.?$"
)
_AFTER = re.compile(r"[\d–—+×=<>≤≥€£$%‰°:;!?»›]")
_ONE_LETTER = re.compile(r"(?<!\w)\w$")  # Polish and Czech keep such words with the next


def check(proof: Proof) -> Iterator[Finding]:
    if proof.characters.isdisjoint(_NO_BREAK):
        return
    language = proof.issue.language.primary
    found = (match for match in proof.find(_RUN) if not _belongs(match, language))
    mends = (Mend(match.passage, match.start, match.end, _instead(match)) for match in found)
    for line in by_line(proof, mends):
        yield Finding(
            _told(line),
            line.place,
            "ordinary spaces let the lines end where they should",
            line.suggestion,
        )


def _told(line: Mended) -> str:
    count = sum(
        mend.passage.words.count(sign, mend.start, mend.end)
        for mend in line.mends
        for sign in _NO_BREAK
    )
    if count > 1:
        return f"{count} no-break spaces stand in this line"
    mend = line.mends[0]
    before = mend.passage.words[: mend.start].rpartition("\n")[2].split()
    where = f"after '{before[-1]}'" if before else "at the beginning of the line"
    return f"a no-break space stands {where}"


def _instead(match: Match) -> str:
    words = match.passage.words
    edge = match.start == 0 or match.end == len(words)
    return "" if edge or "\n" in (words[match.start - 1], words[match.end]) else " "


def _belongs(match: Match, language: str) -> bool:
    words = match.passage.words
    before, after = words[max(match.start - 12, 0) : match.start], words[match.end :][:1]
    if re.search("[ÂÃ\ue000-\uf8ff]$", before):
        return True  # a part of what mojibake and private-use tell
    if not after.strip() and match.passage.field in _MARKDOWN:
        return True  # at the end of a line nobody sees it
    if len(match.match[0]) > 1 or not before.strip() or not after.strip():
        return False
    if language in ("cs", "pl", "sk") and _ONE_LETTER.search(before):
        return True
    return bool(_BEFORE.search(before) or _AFTER.match(after))
