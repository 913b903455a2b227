"""Letters are not letters but signs that look like bold, italic or wide ones: 𝗕𝗼𝗹𝗱.

Web tools make them for networks that know no bold type. Screen readers read each one out
("mathematical bold capital B") or skip them, no search finds them, and spam filters count them.

To mend it, take the suggestion, and write **bold** for what should be bold.

Source: https://www.unicode.org/reports/tr15/
    https://www.w3.org/TR/WCAG22/#info-and-relationships

Bad:

    entries:
      - The trust has published 𝗶𝘁𝘀 𝗿𝗲𝗽𝗼𝗿𝘁, [Neglect in figures](https://example.org/neglect).

Good:

    entries:
      - The trust has published **its report**, [Neglect in figures](https://example.org/neglect).
"""

import re
import unicodedata
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING
SAFE = True

_WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_STYLED = f"\U0001d400-\U0001d7ff\u210e\u2110-\u2112\u211b-\u211d{_WIDE}"
_ENCLOSED = "\u24b6-\u24e9\U0001f130-\U0001f149"
_RUN = re.compile(
    f"[{_STYLED}]+(?:[ '’-][{_STYLED}]+)*|[{_ENCLOSED}]{{2,}}(?: [{_ENCLOSED}]{{2,}})*"
)
_USUAL = re.compile(f"[^{_STYLED}{_ENCLOSED}]*")
_CHINESE = re.compile("[\u3000-\u9fff\uac00-\ud7af]")


def check(proof: Proof) -> Iterator[Finding]:
    if _USUAL.fullmatch("".join(proof.characters)):
        return
    if proof.issue.language.primary in ("ja", "ko", "zh"):
        return
    for match in proof.find(_RUN):
        typed = match.match[0]
        beside = match.passage.words[max(match.start - 1, 0) : match.end + 1]
        if _CHINESE.search(beside):  # what is foreign there is more than its letters
            continue
        plain = unicodedata.normalize("NFKC", typed)
        place = match.place
        sound = match.passage.raw[place.start : place.end] == typed
        yield Finding(
            f"'{typed}' is written with signs that only look like '{plain}'",
            place,
            "screen readers cannot read them; write ** around words that should be bold",
            plain if sound else None,
        )
