"""Plain text: a round-up, a digest, a briefing or news cards.

Headings may be plain lines, bold ones, or underlined; links may be Markdown's.
"""

import re

from newsletter.importers import Given
from newsletter.importers._texts import text_of
from newsletter.intake import clean, plaintext, shapes
from newsletter.intake.draft import Draft, Log

SUFFIXES = (".txt", ".text")

_TAGGED = re.compile(r"<(?:!doctype|html|table|div|\?xml|rss|p>)", re.IGNORECASE)


def detect(given: Given) -> int:
    """Whatever is text may be meant: the least sure of all."""
    return 10 if given.is_text and not _TAGGED.match(given.begin.lstrip()) else 0


def read(given: Given, log: Log) -> Draft:
    """The draft of a plain text."""
    text = text_of(given, log)
    blocks = plaintext.blocks_of(text)
    if len(blocks) > plaintext.MOST_BLOCKS:
        raise given.too_long()
    found = clean.cleaned(blocks, given.language, log, wrapped=True)
    return shapes.shaped(found, given.language, log, layout=given.layout)
