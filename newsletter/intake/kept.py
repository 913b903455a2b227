"""The blocks of a page or an email in, those of them that are its own words out."""

import re
from collections.abc import Iterable, Iterator

from newsletter.intake import chrome
from newsletter.intake.blocks import NOWHERE, Block, Span, merged, trimmed
from newsletter.intake.draft import Log
from newsletter.intake.pictures import taken_as_caption

_UNSEEN = re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u2060-\u2064\ufeff]*")


def is_blank(words: str) -> bool:
    """Whether nobody sees any of `words`."""
    return _UNSEEN.fullmatch(words) is not None


def tidied(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without white space at their ends, no link around mere white space."""
    known = trimmed(tuple(spans))
    if not any(span.url for span in known):
        return known
    found: list[Span] = []
    for number, span in enumerate(known):
        near = [known[at].url for at in (number - 1, number + 1) if 0 <= at < len(known)]
        if span.url and not span.words.strip() and near.count(span.url) < 2:
            span = span._replace(url="")
        inner = span.words.strip() if span.url else ""
        if inner and inner != span.words:
            before, _, after = span.words.partition(inner)
            plain = span._replace(url="")
            ends = (
                plain._replace(words=before),
                span._replace(words=inner),
                plain._replace(words=after),
            )
            found += ends
        else:
            found.append(span)
    return merged(found)


_WORDLESS = ("picture", "divider")


def kept(blocks: Iterable[Block], log: Log) -> list[Block]:
    """The blocks without those that are about the page or the email itself."""
    found: list[Block] = []
    for block in _without_contents(blocks, log):
        rest = block if block.picture else chrome.without_service(block, log)
        if (rest.spans or block.kind in _WORDLESS) and not taken_as_caption(rest, found, log):
            found.append(rest)
    return found


def _without_contents(blocks: Iterable[Block], log: Log) -> Iterator[Block]:
    """The blocks without lists of links to other places of the page, and the headings of those."""
    heading: Block | None = None
    listed = False
    for block in blocks:
        if block.spans and not block.picture and _leads_within(block.spans):
            log.leave(block.words, _WITHIN)
            listed = True
            continue
        if heading:
            if listed and block.kind in ("heading", "divider"):
                log.leave(heading.words, _WITHIN)
            else:
                yield heading
        heading, listed = None, False
        block = _with_targets(block)
        if block.kind == "heading":
            heading = block
        else:
            yield block
    if heading:
        yield heading


_WITHIN = "a link within the page"


def _leads_within(spans: Iterable[Span]) -> bool:
    links = [span.url for span in spans if not is_blank(span.words)]
    return all(re.match(r"#\w", url) for url in links)


def _with_targets(block: Block) -> Block:
    if not any(span.url.startswith("#") for span in block.spans):
        return block
    spans = (
        span._replace(url=NOWHERE) if span.url.startswith("#") else span for span in block.spans
    )
    return block._replace(spans=merged(spans))
