"""The address of a link holds a character that nobody can see.

It comes in by copying from a web page, a chat or a PDF. To a computer it is a character like any
other: the page is not found, or it is another's page.

To mend it, delete the address and copy it again. `newsletter check --fix` takes the character out.

Source: https://www.gorganizer.net/explain/href-contains-invisible-chars

Bad:

    entries:
      - text: "The charity has published [a report on neglect](https://example.org/neglect\u200b)."

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect%E2%80%8B).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect%20report).
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed

LEVEL = Level.ERROR
SAFE = True

# The joiners U+200C and U+200D belong in the words of many languages, and so in their addresses.
_UNSEEN = (
    "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f"
)
_CHARACTER = re.compile(f"[{_UNSEEN}]")
_ENCODED = re.compile(
    "%C2%AD|%E2%80%(?:8[BEF]|A[A-E])|%E2%81%A[0-46-9]|%EF%BB%BF|%F3%A0%8[01]%[89AB][0-9A-F]",
    re.IGNORECASE,
)
# A space that no-one sees at the end of an address.
_BLANKS = "%20|%C2%A0|%09|%0A|%0D|\u00a0"
_BLANKS_AT_END = re.compile(
    f"(?<!{')(?<!'.join(_BLANKS.split('|'))})(?:{_BLANKS})+$", re.IGNORECASE
)


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.all_links:
        address = typed(proof, link)
        if "%" not in address and address.isascii():
            continue
        unseen = _CHARACTER.search(address) or _ENCODED.search(address)
        clean = _BLANKS_AT_END.sub("", _ENCODED.sub("", _CHARACTER.sub("", address))).strip()
        if clean == address:
            continue
        if unseen:
            number = ord(unquote(unseen[0])[0])
            message = f"an invisible character (U+{number:04X}) stands in this address"
        else:
            message = "an invisible blank stands at the end of this address"
        yield Finding(message, link.place, "delete it, or copy the address again", clean or None)
