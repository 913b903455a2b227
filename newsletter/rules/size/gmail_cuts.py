"""The email is so long that Gmail cuts it off.

Gmail shows the first 102,400 bytes of an email's HTML and hides the rest behind a link: the last
entries, and the footer with the unsubscribe link. Pictures do not count, the addresses of links
do.

To mend it, leave entries out, shorten texts, or make two emails of the issue. The finding stands at
the first entry that readers in Gmail would not see.

Options:
    limit: bytes of HTML from which it is told

Source: https://github.com/hteumeuleu/email-bugs/issues/41

Bad:

    newsletter.yaml:
      rules:
        gmail-cuts: {limit: 6000}

Good:

    newsletter.yaml:
      rules:
        gmail-cuts: {limit: 60000}
"""

import re
from collections.abc import Iterator
from html import escape

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Item, Place
from newsletter.render import GMAIL_LIMIT
from newsletter.rules.size._bytes import entries_too_many, html_bytes

LEVEL = Level.ERROR


def check_email(built: Built, *, limit: int = GMAIL_LIMIT) -> Iterator[Finding]:
    size = html_bytes(built)
    if size < limit:
        return
    first = _first_cut(built, limit)
    here = " from about here on" if first else ""
    yield Finding(
        f"Gmail cuts this email off{here}: it has {size:,} bytes, and shows less than {limit:,}",
        Place(first.steps) if first else None,
        entries_too_many(built, size - limit + 1),
    )


def _first_cut(built: Built, limit: int) -> Item | None:
    """The entry that stands first in what is cut off, if that can be told."""
    page = built.email.html
    cut = len(page.encode()[:limit].decode(errors="ignore"))
    once = _places(page)
    below = [(at, item) for item in built.proof.items if (at := _where(item, once)) >= cut]
    return min(below, key=lambda pair: pair[0])[1] if below else None


def _where(item: Item, once: dict[str, int]) -> int:
    """Where an entry stands in the HTML, by words that stand there once; -1 if there are none."""
    title = escape(item.entry.title, quote=False)
    pieces = (title, *(piece.strip() for piece in _PIECE.findall(item.entry.text.html)))
    return next((once[piece] for piece in pieces if once.get(piece, -1) >= 0), -1)


_LINE = re.compile(r"a href=\"[^\"]*\"|[^<>\n]+")  # the beginning of a link, or words
_PIECE = re.compile(r"[^<>&\n]{12,}")  # of a text; Markdown escapes more than templates do


def _places(page: str) -> dict[str, int]:
    """Where words stand in the HTML, a line of a text or a piece of one; -1 if they do twice."""
    found: dict[str, int] = {}
    for line in _LINE.finditer(page):
        pieces = _PIECE.finditer(page, *line.span()) if "&" in line[0] else ()
        for match in (line, *pieces):
            words = match[0].strip()
            at = match.start() + match[0].find(words)
            found[words] = -1 if words in found else at
    return found
