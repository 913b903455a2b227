"""A PDF: a report, a briefing, guidance. The one door of pypdf."""

import logging
import re
from io import BytesIO
from typing import Any

from newsletter.addresses import site
from newsletter.intake import clean
from newsletter.pages import Given, Page
from newsletter.pages.kinds._head import words
from newsletter.pages.kinds._names import file_name

_MOST_PAGES = 20_000


def fits(given: Given) -> int:
    if given.content[:1024].lstrip().startswith(b"%PDF-"):
        return 90
    return 60 if given.kind == "application/pdf" else 0


def read(given: Given) -> Page:
    title, pages = _facts(given.content)
    count = f", {pages} page{'s' if pages > 1 else ''}" if pages else ""
    return Page(
        clean.address(given.url),
        title or file_name(given.url),
        site(given.url),
        kind="PDF",
        about=f"PDF{count}",
    )


def _facts(content: bytes) -> tuple[str, int]:
    """Its title and how many pages it has, as far as it says so itself."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    title: Any = ""
    pages: Any = 0
    try:
        reader = pypdf.PdfReader(BytesIO(content), strict=False)
        # What it says; to count them, all of a broken one would be read.
        root: Any = reader.trailer["/Root"]
        pages = root["/Pages"]["/Count"]
        title = reader.metadata.title if reader.metadata else ""
    except Exception:  # noqa: S110  (a broken file fails in as many ways as there are)
        pass
    known = isinstance(pages, int) and 0 < pages < _MOST_PAGES
    return _sensible(words(title)), int(pages) if known else 0


_PROGRAM = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Publisher) - |PowerPoint Presentation$)")
_NO_TITLE = re.compile(
    r"(?:untitled|title|document|layout|template|presentation|print|report)?[\s\d_-]*"
    r"|.*\.(?:docx?|pptx?|indd|pdf|qxp|pub|odt|rtf|xlsx?)"
    r"|\S*[_\\/]\S*|\S*\d\S*",
    re.IGNORECASE,
)


def _sensible(title: str) -> str:
    """`title`, unless it is one that a program has given."""
    title = _PROGRAM.sub("", title).strip()
    return "" if _NO_TITLE.fullmatch(title) else title
