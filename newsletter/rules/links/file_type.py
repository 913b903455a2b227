"""A link opens a file, not a page, and its words do not say so.

A file leaves the mail program, may be large on a phone and cannot be read aloud by many screen
readers. Readers like to know before they click.

To mend it, add what it is to the words, or link the page that offers the file: [report on neglect
(PDF)](https://...).

Source: https://www.gov.uk/guidance/content-design/links

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect.pdf).

Good:

    entries:
      - The charity has published [a report on neglect (PDF, 2 MB)](https://example.org/neglect.pdf).
      - The council has published [figures for each ward](https://example.org/wards.xlsx) (Excel).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from newsletter.markup import Markdown
from newsletter.problems import Level
from newsletter.proof import Finding, Proof, Reference
from newsletter.proof.seen import words_of

LEVEL = Level.WARNING

_FILE = re.compile(
    r"https?://[^/?#]+/[^?#]*\.(?P<type>pdf|docx?|xlsx?|pptx?|zip|odt|ods|odp|csv|rtf|epub)(?:[?#]|$)",
    re.IGNORECASE,
)
# What it is called, and what words say so.
_TYPES = {
    "pdf": ("PDF", {"pdf", "pdfs"}),
    "doc": ("Word", {"word", "doc", "docx"}),
    "xls": ("Excel", {"excel", "xls", "xlsx", "spreadsheet", "spreadsheets", "workbook"}),
    "ppt": ("PowerPoint", {"powerpoint", "ppt", "pptx", "slide", "slides", "presentation"}),
    "zip": ("ZIP", {"zip"}),
    "odt": ("ODT", {"odt", "opendocument"}),
    "ods": ("ODS", {"ods", "opendocument", "spreadsheet", "spreadsheets"}),
    "odp": ("ODP", {"odp", "opendocument", "slides", "presentation"}),
    "csv": ("CSV", {"csv", "spreadsheet", "spreadsheets"}),
    "rtf": ("RTF", {"rtf"}),
    "epub": ("EPUB", {"epub", "ebook"}),
}
_WORD = re.compile(r"[^\W_]+")
_AFTER = re.compile(r"[*_’”»\"']*,?\s*[(\[]([^()\[\]]*)[)\]](?!\()")


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        match = _FILE.match(link.url)
        if not match:
            continue
        kind = match["type"].lower()
        name, said = _TYPES[kind if kind == "epub" else kind[:3]]
        if said.isdisjoint(_words(_around(proof, link))) and said.isdisjoint(_text_above(link)):
            yield Finding(
                f"this link opens a file ({name}), and its words do not say so",
                link.words_place,
                f"add '({name})' to the words",
            )


def _around(proof: Proof, link: Reference) -> str:
    """The words of `link`, and what stands beside it: its label, or brackets after it."""
    place = link.words_place
    node = proof.source.node(place.steps)
    if link.in_text:
        after = _AFTER.match(node.text, place.end or 0) if node else None
        return f"{link.words} {after[1]}" if after else link.words
    nodes = (proof.source.node((*place.steps[:-1], name)) for name in ("label", "title"))
    rows = [node.text for node in nodes if node and node.kind == "text"]
    return " ".join(rows)


def _text_above(link: Reference) -> frozenset[str]:
    """The words of the text that a row of links stands below."""
    if link.in_text or not link.item:
        return frozenset()
    return _words_of(link.item.entry.text)


@lru_cache(maxsize=64)  # each link of a row asks
def _words_of(text: Markdown) -> frozenset[str]:
    return _words(words_of(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
