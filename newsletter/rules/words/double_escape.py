r"""Readers would see a code of HTML: "R&amp;D" for "R&D".

In a web page's own code some characters are written as names or numbers between & and ;. Text that
is copied from there, or out of a feed, brings them along. Titles show them as they stand; a text
shows those that were written twice ("&amp;amp;").

To mend it, write the character itself: the suggestion has it.

Source: https://html.spec.whatwg.org/multipage/named-characters.html
    https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references

Bad:

    title: Research &amp; Development Round-up

Bad:

    entries:
      - The trust has published [its report on R&amp;amp;D](https://example.org/reports/rd).

Good:

    title: Research & Development Round-up
    entries:
      - The trust has published [its report on Q&A services](https://example.org/reports/qa).
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof
from newsletter.rules.words._mends import Mend, mended

LEVEL = Level.ERROR

_CODE = re.compile(
    r"[&\\=](?:(?<=&)(?:(?:amp;)*(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|(?P<name>[a-zA-Z]{2,12}\d{0,2}));"
    # Without its semicolon only where no word begins so.
    r"|(?:nbsp|quot|[lr][sd]quo|hellip|[nm]dash|#\d{3,5})\b(?!;))"
    r"|(?<=\\)u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|(?<==)[0-9A-F]{2}(?:=[0-9A-F]{2})+)"
)
_SIGNS = frozenset("&\\=")
_MARKDOWN = ("intro", "text", "outro")


def check(proof: Proof) -> Iterator[Finding]:
    if proof.characters.isdisjoint(_SIGNS):
        return
    for match in proof.find(_CODE):
        seen, meant = _read(match)
        if seen == meant:
            continue
        blank = not meant.strip() or not meant.isprintable()
        beside = match.passage.words[max(match.start - 1, 0) : match.end + 1]
        instead = " " if meant.isspace() and beside.strip() == beside else "" if blank else meant
        mend = Mend(match.passage, match.start, match.end, instead)
        yield Finding(
            f"readers would see '{seen}' here",
            match.place,
            "delete it, or write a space" if blank else f"write '{meant}'",
            mended((mend,)).suggestion if blank else meant,
        )


def _read(match: Match) -> tuple[str, str]:
    """What readers would see of a code, and what was meant."""
    code, place = match.match[0], match.place
    if code[0] == "\\":
        return code, chr(int(code[2:], 16))
    if code[0] == "=":
        meant = bytes.fromhex(code.replace("=", "")).decode("utf-8", "replace")
        return code, code if meant.isascii() or "�" in meant else meant
    if match.match["name"] and f"{match.match['name']};" not in html5:
        return code, code
    seen = code
    if match.passage.field in _MARKDOWN:
        # Markdown reads what is written once; what was escaped by hand is meant.
        if match.passage.raw[: place.start].endswith("\\"):
            return code, code
        if code.endswith(";"):
            seen = unescape(code)
    meant = seen
    while (plainer := unescape(meant)) != meant:
        meant = plainer
    return seen, meant
