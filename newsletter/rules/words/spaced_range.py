"""A range of years or numbers has a space on one side of its dash only: "2017- 2023".

It looks like a slip, and a line may end in the middle of the range.

To mend it, write the range without spaces: "2017–2023", or "2017 to 2023".

Source: https://www.gov.uk/guidance/style-guide/a-to-z
    https://www.chicagomanualofstyle.org/

Bad:

    entries:
      - The trust has published [its study of serious cases 2017- 2023](https://example.org/cases).

Good:

    entries:
      - The trust has published [its study of 16- and 17-year-olds
        2017–2023](https://example.org/cases), from April 2017 – March 2023.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof

LEVEL = Level.WARNING
SAFE = True

# The dash first: there are fewer dashes than numbers.
_LIKELY = re.compile(r"[-–—](?:(?<=\d.)[ \xa0]+\d|\d(?<=\d[ \xa0]..))")
_SPACED = re.compile(
    r"(?<![\w.,:/–£$€#+-])(?<!\d[ \xa0])(?P<first>\d{1,4})"
    r"(?P<gap>[-–—][ \xa0]+|[ \xa0]+[-–—])(?P<last>\d{1,4})(?P<unit>%?)"
    r"(?![\w/:–-]|[.,]\d|[ \xa0]+[-–—]?\d)"
)
_CLOSED = re.compile(r"(?<![\w–-])\d{2,4}(?P<dash>[-–])\d{2,4}(?![\w–-])")


def check(proof: Proof) -> Iterator[Finding]:
    if next(proof.find(_LIKELY), None) is None:
        return
    dash = _dash(proof)
    for match in proof.find(_SPACED):
        if not _is_range(match):
            continue
        plain = f"{match.match['first']}{dash}{match.match['last']}{match.match['unit']}"
        place = match.place
        sound = match.passage.raw[place.start : place.end] == match.match[0]
        side = "after" if match.match["gap"][0] in "-–—" else "before"
        yield Finding(
            f"'{match.match[0]}' has a space {side} its dash only",
            place,
            f"write '{plain}'",
            plain if sound else None,
        )


def _dash(proof: Proof) -> str:
    """The dash of most ranges in the issue; an en dash is the usual one."""
    typed = [match.match["dash"] for match in proof.find(_CLOSED)]
    return "-" if typed.count("-") > typed.count("–") else "–"


def _is_range(match: Match) -> bool:
    """Whether the second number can end a range that the first begins: no telephone number, no
    "-5 degrees"."""
    first, last = match.match["first"], match.match["last"]
    if first.startswith("0") or (last.startswith("0") and len(first) != 4):
        return False
    if len(first) == 4 and len(last) == 2:
        return int(first[2:]) < int(last) or first[2:] == "99"
    if match.match["gap"][0] not in "-–—" and len(first) != len(last):
        return False
    return int(first) < int(last)
