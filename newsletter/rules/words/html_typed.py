"""Readers would see a tag of HTML: "<b>", "<br/>", "<p>".

Texts are written in Markdown. HTML in them, which comes in with text from a website or another
newsletter, is not run but shown as it was typed.

To mend it, delete the tags. Write **bold** and *italic*, [words](https://...) for a link, and an
empty line for a new paragraph.

Source: https://spec.commonmark.org/0.31.2/#raw-html

Bad:

    entries:
      - The trust has published <b>its</b> [report on neglect](https://example.org/neglect).

Good:

    entries:
      - The trust has published **its** [report on neglect](https://example.org/neglect), which has
        figures for homes with <10 children, and for those with > 10.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level, shortened
from newsletter.proof import Finding, Match, Proof

LEVEL = Level.ERROR

_TAG = re.compile(
    r"</?(?:a|article|b|big|blockquote|br|center|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe"
    r"|img|li|ol|p|section|small|span|strong|su[bp]|table|tbody|td|th|tr|ul?)"
    r"(?:\s+[a-z:-]+=[^<>\0]*)?\s*/?>",
    re.IGNORECASE,
)


def check(proof: Proof) -> Iterator[Finding]:
    if not {"<", ">"} <= proof.characters:
        return
    texts: dict[object, list[Match]] = {}
    for match in proof.find(_TAG):
        texts.setdefault(match.passage.steps, []).append(match)
    for first, *others in texts.values():
        place = first.place
        tag = shortened(first.passage.raw[place.start : place.end])
        more = f", and {len(others)} more in this text" if others else ""
        yield Finding(
            f"readers would see '{tag}' here{more}",
            place,
            "delete it, or write Markdown: **bold**, *italic*, [words](https://...)",
        )
