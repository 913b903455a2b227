"""A feed's item in, an entry out: its first sentences, until somebody has written better ones."""

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import islice
from typing import NamedTuple

from newsletter.feeds.channel import Item
from newsletter.intake import html
from newsletter.intake.blocks import Block, Picture, cut, markdown, trimmed, words_of
from newsletter.intake.clean import address, characters, cleaned, line
from newsletter.intake.draft import REWRITE, DraftEntry, DraftLink, Log
from newsletter.intake.sentences import ends
from newsletter.problems import shortened
from newsletter.values import Language

_SENTENCES = 2
LONG = 8_000
"""Characters of an article that is read."""

_REST = "the rest of the article"
_LABELS = {"Podcast": "Listen", "Video": "Watch"}

# What blogs' programs add to an article, in the languages that are met.
_ADDED = re.compile(
    r"(?:The post\b.+\b(?:appeared first|first appeared) on\b.*"
    r"|Der Beitrag\b.+\berschien zuerst auf\b.*"
    r"|L[’']article\b.+\best apparu en premier sur\b.*"
    r"|La entrada\b.+\bse publicó primero en\b.*"
    r"|(?:Continue reading|Read more|Read the full (?:article|story)|Keep reading)\b.{0,160})",
    re.IGNORECASE | re.DOTALL,
)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\s*$")
_SITE = re.compile(r".*\b(?:Archives?|RSS(?: feed)?|Feed)\s+[-–—|»]\s+(.+)", re.IGNORECASE)


def publisher(title: str) -> str:
    """Who publishes a feed of this title: "Tag Archives - Example News" is Example News."""
    match = _SITE.fullmatch(title)
    return match[1].strip() if match else re.sub(r"\s+(?:RSS(?: feed)?|Feed)$", "", title)


def entry(
    item: Item, source: str, language: Language, log: Log, *, whole: bool, most: int = LONG
) -> DraftEntry:
    """The entry of an item of the publisher `source`.

    `whole` wants everything that the item has: its picture, and what became of each of its words in
    the log; what stands after `most` characters of an article is only logged. Without it no more is
    read than the entry needs, of an item of which no more may be left than its `beginning`.
    """
    if whole:
        every, item = item, beginning(item, most)
        for text, begin in ((every.summary, item.summary), (every.content, item.content)):
            log.leave(words_of_html(text[len(begin) :]), _REST)
    summary = _read(item.summary, item.base, language, log)
    content: tuple[Block, ...] = ()
    if whole or not _says_enough(summary):
        content = _read(item.content, item.base, language, log)
    from_content = _has_prose(content) and not _says_enough(summary)
    part = _begin(content if from_content else summary)
    other = summary if from_content else content
    if whole:
        for block in (*part.rest, *other):
            if block.kind != "picture":
                log.leave(words_of(block.spans), _REST)
    image = _picture(item, (*summary, *content), log) if whole else None
    title = line(item.title)
    url = address(item.url) if item.url else ""
    text = markdown(part.taken)
    return DraftEntry(
        title=title,
        date=item.published,
        source=source,
        kind=item.kind,
        text=text,
        image=image,
        links=(DraftLink(_LABELS.get(item.kind, "Read"), source, url),),
        todo=REWRITE if text else "",
    )


def beginning(item: Item, most: int = LONG) -> Item:
    """`item` with no more of its article than an entry is made of: `most` characters."""
    return item._replace(
        summary=_begin_of(item.summary, most), content=_begin_of(item.content, most)
    )


def _read(markup: str, base: str, language: Language, log: Log) -> tuple[Block, ...]:
    if not markup.strip():
        return ()
    kept = []
    for block in cleaned(html.read(markup, log, base).blocks, language, log):
        if _ADDED.fullmatch(block.words):
            log.leave(block.words, "the website's program adds it to every article")
        else:
            kept.append(block)
    return tuple(kept)


def _begin_of(markup: str, most: int) -> str:
    """`most` characters of an article, or a few more, so that no paragraph is broken."""
    if len(markup) <= most:
        return markup
    for end in ("</p>", "<br", "<", " "):
        at = markup.find(end, most, most * 3)
        if at >= 0:
            return markup[: at + len(end) if end == "</p>" else at]
    return markup[:most]


# To the end, where it does not end: a search for that would be made again from each beginning.
_UNSEEN = re.compile(
    r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"\balt=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TAG = re.compile(r"(</?(?:a|abbr|b|em|font|i|small|span|strong|sub|sup|u)\b[^<>]*>)|<[^<>]*>")


def words_of_html(markup: str) -> str:
    """The words of HTML, without looking closer."""
    if not markup.strip():
        return ""
    text = _IMAGE.sub(_instead, _UNSEEN.sub(" ", markup))
    return characters(unescape(_TAG.sub(lambda match: "" if match[1] else " ", text)))


def _instead(image: re.Match[str]) -> str:
    found = _ALT.search(image[0])
    return f" {found[1] or found[2] or ''} " if found else " "


_PROSE = ("paragraph", "quotation")


def _has_prose(blocks: Iterable[Block]) -> bool:
    return any(block.words for block in blocks if block.kind in _PROSE)


def _says_enough(blocks: Sequence[Block]) -> bool:
    """Whether these are sentences, not a text that is cut off after some words."""
    words = [block.words for block in blocks if block.kind in _PROSE and block.words]
    if not words:
        return False
    whole = sum(1 for text in words for _ in ends(text))
    return whole > _SENTENCES or not _CUT_OFF.search(words[-1])


class _Begin(NamedTuple):
    taken: list[Block]
    rest: list[Block]


def _begin(blocks: Sequence[Block]) -> _Begin:
    """Blocks with the first sentences, and all the others."""
    kinds = _PROSE if _has_prose(blocks) else ("item",)
    taken: list[Block] = []
    rest: list[Block] = []
    wanted = _SENTENCES
    for block in blocks:
        if not wanted or block.kind not in kinds or not block.words:
            rest.append(block)
            continue
        found = list(islice(ends(words_of(block.spans)), wanted))
        wanted -= len(found)
        taken.append(block._replace(spans=trimmed(cut(block.spans, 0, found[-1]))))
        rest.append(block._replace(spans=cut(block.spans, found[-1])))
    return _Begin(taken, rest)


def _picture(item: Item, blocks: Iterable[Block], log: Log) -> Picture | None:
    """The picture that the item names, or the first in its article."""
    pictures = [block.picture for block in blocks if block.kind == "picture" and block.picture]
    offered = [item.image] if item.image else []
    chosen = next(iter([*offered, *pictures]), None)
    if chosen and chosen is item.image:
        same = next((one for one in pictures if one.src == chosen.src), Picture())
        chosen = chosen._replace(alt=chosen.alt or same.alt, caption=same.caption)
        chosen = chosen._replace(credit=chosen.credit or same.credit)
        pictures = [one for one in pictures if one is not same]
    else:
        pictures = pictures[1:]
    if chosen and not chosen.src.lower().startswith("https://"):
        log.notice(
            f"the picture of '{shortened(item.title)}' is left out: mail programs show none from "
            "an address without https://"
        )
        pictures, chosen = [chosen, *pictures], None
    for one in pictures:
        log.leave(f"{one.alt} {one.caption} {one.credit}", "a picture in the article")
    if not chosen:
        return None
    return chosen._replace(src=address(chosen.src))
