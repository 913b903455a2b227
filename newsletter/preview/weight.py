"""An email in, how heavy each of its parts is and how long it takes to read, out."""

import html
import math
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsletter.render import visible_text

WORDS_A_MINUTE = 238
"""What adults read in silence, of English non-fiction (Brysbaert 2019,
https://doi.org/10.1016/j.jml.2019.104047)."""

_INSIDE = r"(?:\s|<[^>]*>)*"  # a heading may be a link, or a place to jump to


class Part(Struct, frozen=True):
    """A stretch of an email's HTML; `bytes_` are those from its heading to the next one."""

    name: str
    bytes_: int


def parts(page: str, headings: Iterable[str]) -> list[Part]:
    """The stretches of `page` that begin with `headings`, and what stands before the first one.
    The footer is a part of the last."""
    found = sorted(_found(page, headings))
    if not found:
        return [Part("All of it", len(page.encode()))]
    starts = [0, *(at for at, _ in found), len(page)]
    names = ["Head and opening", *(name for _, name in found)]
    return [
        Part(name, len(page[start:end].encode()))
        for name, start, end in zip(names, starts, starts[1:], strict=False)
    ]


def words(page: str) -> int:
    """How many words a reader sees."""
    return len(visible_text(page).split())


def minutes(words: int) -> int:
    """About how long it takes to read so many `words`."""
    return max(math.ceil(words / WORDS_A_MINUTE), 1)


def _found(page: str, headings: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where each heading stands. Of two that are alike, each has a place of its own."""
    taken: set[int] = set()
    for heading in headings:
        words = re.escape(html.escape(heading, quote=False))
        for match in re.finditer(rf"<h2\b[^>]*>{_INSIDE}{words}{_INSIDE}</h2>", page):
            if match.start() not in taken:
                taken.add(match.start())
                yield match.start(), heading
                break
