"""A stop or a bracket touches an address in the plain text.

Mail programs make links of the addresses in a plain text, and some take the full stop behind one
along. Then the page is not found.

To mend it, have white space after the address, or put it into angle brackets: <https://...>.
Addresses in the texts of entries are written so for you; those in titles and settings are not.

Source: https://www.rfc-editor.org/rfc/rfc3986#appendix-C

Bad:

    newsletter.yaml:
      reason: You asked us for it at https://example.org/join.

Good:

    newsletter.yaml:
      reason: "You asked us for it here: https://example.org/join"
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place
from newsletter.proof.standing import standing_texts

LEVEL = Level.NOTE

# From the first address in a run without spaces: there may be others in that.
_TOUCHED = re.compile(
    r"(?<![^\s<>])(?>[^\s<>]*?(?=https?://))"
    r"(?P<address>[^\s<>]*[\w/=])(?P<mark>[.,;:!?'\"’”»)\]]+)(?=\s|$)"
)


def check_email(built: Built) -> Iterator[Finding]:
    for match in _TOUCHED.finditer(built.email.text):
        address, start = match["address"], match.start("address")
        if built.email.text[max(start - 1, 0) : start] in tuple("<(["):
            continue
        if match["mark"] == ")" and "(" in address:  # a bracket of the address itself
            continue
        yield Finding(
            f"'{match['mark']}' touches the address {address} in the plain text",
            _place(built, address),
            "leave a space between them, or write a link: [words](address)",
        )


def _place(built: Built, address: str) -> Place | None:
    """Where the settings or the issue have that address."""
    for standing in standing_texts(built.proof):
        at = standing.text.find(address)
        if at >= 0:
            return standing.place(at, at + len(address))
    for passage in built.proof.passages:
        at = passage.raw.find(address)
        if at >= 0:
            return Place(passage.steps, at, at + len(address))
    return None
