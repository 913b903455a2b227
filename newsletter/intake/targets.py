"""Where the links of a document lead: those told that a draft has no place for."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from newsletter.intake.blocks import NOWHERE, Block
from newsletter.intake.draft import Draft, Log

_WHY = "where a title, or a line that is words only, led to"
_TARGET = re.compile(r"\]\(([^()\s]*)\)|<([^<>\s]+)>")


def tell(blocks: Iterable[Block], draft: Draft, log: Log) -> None:
    """Log each address of `blocks` that is not in their draft, though the words of its link are."""
    kept = {unquote(url) for url in _of(draft)}
    gone = {word for left in log.left for word in left.words.split()}
    for block in blocks:
        for span in block.links:
            url = unquote(span.url)
            if span.url != NOWHERE and url not in kept and not gone.issuperset(span.words.split()):
                kept.add(url)
                log.leave(span.url, _WHY)


def _of(draft: Draft) -> Iterator[str]:
    for entry in draft.entries:
        yield from (link.url for link in entry.links)
    for text in (draft.intro, draft.outro, *(entry.text for entry in draft.entries)):
        for match in _TARGET.finditer(text):
            yield match[1] or match[2] or ""
