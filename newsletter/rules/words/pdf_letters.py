r"""Letters are stored as a PDF keeps them: two letters as one sign, or an accent apart.

"ﬁ" may be one sign for f and i, and "é" an e with an accent after it. They look right on one
screen and fall apart on another, and no search for the word finds them.

To mend it, take the suggestion: it looks the same and is made of ordinary letters.

Source: https://www.unicode.org/reports/tr15/
    https://www.w3.org/TR/charmod-norm/

Bad:

    entries:
      - The trust has published [its ﬁrst report on neglect](https://example.org/neglect).

Bad:

    entries:
      - "Rene\u0301 Example has written [a report on neglect](https://example.org/neglect)."

Good:

    entries:
      - René Example has written [a first report on neglect](https://example.org/neglect).
"""

import re
import unicodedata
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.words._mends import words_with

LEVEL = Level.NOTE
SAFE = True

_JOINED = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
_ACCENT = "\u0300-\u0304\u0306-\u030c\u0323\u0327\u0328"
_SIGN = re.compile(f"[\ufb00-\ufb06]|(?<=[A-Za-z])[{_ACCENT}]")
_USUAL = re.compile(f"[^\ufb00-\ufb06{_ACCENT}]*")
_TABLE = str.maketrans(_JOINED)


def check(proof: Proof) -> Iterator[Finding]:
    if _USUAL.fullmatch("".join(proof.characters)):
        return
    for passage, start, end in words_with(_SIGN, proof, _is_letter):
        typed, place = passage.words[start:end], passage.place(start, end)
        plain = unicodedata.normalize("NFC", typed.translate(_TABLE))
        if plain == typed:
            continue
        sound = passage.raw[place.start : place.end] == typed
        yield Finding(
            f"'{typed}' has letters in it as a PDF keeps them",
            place,
            f"type '{plain}' again: it looks the same, but a search finds it",
            plain if sound else None,
        )


def _is_letter(character: str) -> bool:
    return character.isalpha() or unicodedata.combining(character) > 0
