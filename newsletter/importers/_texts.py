"""What is text as it stands, in; its characters out."""

from newsletter.importers import Given
from newsletter.intake import clean, decode
from newsletter.intake.draft import Log

MOST = 500_000
"""Bytes: as many words as a thick novel. More would take longer than anybody waits."""


def text_of(given: Given, log: Log) -> str:
    """The text, with ordinary spaces and line ends. Raises NewsletterError."""
    if len(given.raw) > MOST:
        raise given.too_long()
    return clean.characters(decode.text(given.raw, log, name=given.name))
