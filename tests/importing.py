"""A file in, what an importer makes of it out; and the law that no word is lost on the way."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from newsletter import importers
from newsletter.importers import Given
from newsletter.importing import Imported, imported
from newsletter.intake.draft import Draft, Log
from newsletter.model import Settings
from newsletter.values import Language

TODAY = date(2026, 5, 4)
FILES = Path(__file__).parent / "imports"


def taken(name: str, raw: bytes, form: str = "", language: str = "en-GB", **more: str) -> Imported:
    """What is imported from a file of that name, as `form` or as it is recognised."""
    given = Given(name, raw, Language(language), **more)
    return imported(given, form or importers.recognised(given), Settings(), TODAY)


_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s<>\"]+")
_TARGET = re.compile(r"(?<!\\)\]\([^)\s]*\)|<(?:https?|mailto):[^>]*>")


def words(*texts: str) -> Counter[str]:
    """The words of texts, addresses not counted."""
    found: Counter[str] = Counter()
    for text in texts:
        text = _ADDRESS.sub(" ", text).replace("\u00ad", "").replace("\u200b", "")
        found.update(re.findall(r"[^\W_]+", text.casefold()))
    return found


def words_of(draft: Draft) -> Counter[str]:
    """The words that a draft shows; dates are not, because they are read and written anew."""
    lines = [draft.title, draft.preheader]
    texts = [draft.intro, draft.outro, *(entry.text for entry in draft.entries)]
    sections = [draft.lead, *draft.sections] if draft.lead else [*draft.sections]
    for section in sections:
        lines += [section.title, section.subtitle]
    for entry in draft.entries:
        lines += [entry.title, entry.source, entry.kind]
        if entry.image:
            lines += [entry.image.alt, entry.image.credit, entry.image.caption]
        for link in entry.links:
            lines += [link.label, link.title]
    return words(*lines, *(_TARGET.sub("] ", text) for text in texts))


def lost(source: str, draft: Draft, log: Log) -> Counter[str]:
    """The words of a source that are neither in the draft nor in the log."""
    return words(source) - words_of(draft) - words(*(left.words for left in log.left))


def invented(source: str, draft: Draft, more: Iterable[str] = ()) -> Counter[str]:
    """The words of a draft that are not in its source, but for those of `more`."""
    return words_of(draft) - words(source) - words(*more)


def unlinked(marks: Iterable[str], page: Imported) -> list[str]:
    """Those links of a source whose words are in the draft, and whose address is neither there nor
    in the log. `marks` are words that stand both in a link and in its address, after a "/"."""
    text = page.files[page.name].decode()
    told = " ".join(left.words for left in page.log.left)
    shown = words_of(page.draft)
    return [one for one in marks if one in shown and f"/{one}" not in text + told]
