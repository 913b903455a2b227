"""Plain text: a round-up, a digest, a briefing or news cards.

Headings may be plain lines, bold ones, or underlined; links may be Markdown's.
"""

import re

from newsletter.importers import Given
from newsletter.intake import clean, decode, plaintext, shapes
from newsletter.intake.draft import Draft, Log

SUFFIXES = (".txt", ".text")

_TAGGED = re.compile(r"<(?:!doctype|html|table|div|\?xml|rss|p>)", re.IGNORECASE)

MOST = 2_000_000
"""Bytes of a text: a long novel."""


def detect(given: Given) -> int:
    """Whatever is text may be meant: the least sure of all."""
    return 10 if given.is_text and not _TAGGED.match(given.begin.lstrip()) else 0


def read(given: Given, log: Log) -> Draft:
    """The draft of a plain text."""
    if len(given.raw) > MOST:
        raise given.too_long()
    text = clean.characters(decode.text(given.raw, log, name=given.name))
    blocks = plaintext.blocks_of(text)
    if len(blocks) > plaintext.MOST_BLOCKS:
        raise given.too_long()
    found = clean.cleaned(blocks, given.language, log, wrapped=True)
    return shapes.shaped(found, given.language, log, layout=given.layout)
