"""Plain text: a round-up, a digest, a briefing or news cards.

Headings may be plain lines, bold ones, or underlined; links may be Markdown's.
"""

import re

from newsletter.importers import Given
from newsletter.intake import clean, decode, plaintext, shapes
from newsletter.intake.draft import Draft, Log

SUFFIXES = (".txt", ".text")

_TAGGED = re.compile(r"<(?:!doctype|html|table|div|\?xml|rss|p>)", re.IGNORECASE)


def detect(given: Given) -> int:
    """Whatever is text may be meant: the least sure of all."""
    if b"\0" in given.raw[:4000] or _TAGGED.match(given.begin.lstrip()):
        return 0
    return 10


def read(given: Given, log: Log) -> Draft:
    """The draft of a plain text."""
    text = clean.characters(decode.text(given.raw, log))
    return drafted(text, given, log)


def drafted(text: str, given: Given, log: Log, title: str = "") -> Draft:
    """The draft of a text that has been decoded; `title` is the subject of an email."""
    blocks = clean.cleaned(plaintext.blocks_of(text), given.language, log, wrapped=True)
    return shapes.shaped(blocks, given.language, log, title, given.layout)
