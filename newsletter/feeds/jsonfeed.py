"""A JSON Feed in, its items out (https://www.jsonfeed.org/version/1.1/)."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from newsletter.feeds.channel import (
    CONTROLS,
    MOST_ITEMS,
    Channel,
    Item,
    absolute,
    categories,
    day_of,
    kind,
    paragraphs,
    plain,
)
from newsletter.feeds.mend import Source
from newsletter.intake.blocks import Picture
from newsletter.values import Language

_MOST_JSON = 8_000_000


def channel(text: str, given: Source) -> Channel:
    """What stands in it. Raises NewsletterError."""
    if len(text) > _MOST_JSON:
        raise given.refused(
            f"this has more than {_MOST_JSON // 1_000_000} MB, which is no feed",
            code="file-too-large",
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise given.refused("this is neither XML nor whole JSON, and so no feed") from None
    data = data if isinstance(data, dict) else {}
    items = data.get("items")
    if not isinstance(items, list):
        raise given.refused("this JSON is no feed: it has no list of 'items'")
    if len(items) > MOST_ITEMS:
        given.log.notice(f"there are {len(items):,} items: only the first {MOST_ITEMS:,} are read")
    url = _words(data.get("home_page_url"))
    base = urljoin(given.address, url)
    return Channel(
        title=plain(_words(data.get("title"))),
        url=absolute(url, given.address),
        language=_words(data.get("language")),
        description=plain(_words(data.get("description"))),
        items=tuple(
            _json_item(item, base, given.language)
            for item in items[:MOST_ITEMS]
            if isinstance(item, dict)
        ),
    )


def _json_item(item: Mapping[str, Any], base: str, language: Language) -> Item:
    url = _words(item.get("url")) or _words(item.get("external_url"))
    if not url and re.match("https?://", _words(item.get("id"))):
        url = _words(item.get("id"))
    dates = (_words(item.get(name)) for name in ("date_published", "date_modified"))
    content = _words(item.get("content_html")) or paragraphs(_words(item.get("content_text")))
    image = absolute(_words(item.get("image")) or _words(item.get("banner_image")), base)
    authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    names = (_words(one.get("name")) for one in authors or () if isinstance(one, dict))
    tags = item.get("tags") if isinstance(item.get("tags"), list) else []
    files = item.get("attachments") if isinstance(item.get("attachments"), list) else []
    return Item(
        title=plain(_words(item.get("title"))),
        url=absolute(url, base),
        published=next(filter(None, (day_of(one, language) for one in dates if one)), ""),
        summary=paragraphs(_words(item.get("summary"))),
        content=CONTROLS.sub("", content),
        base=base,
        image=Picture(image) if image else None,
        categories=categories(_words(tag) for tag in tags or ()),
        author=", ".join(filter(None, names)),
        kind=kind(one for one in files or () if isinstance(one, dict)),
    )


def _words(value: object) -> str:
    """A text of JSON, which may be a number or nothing at all."""
    return CONTROLS.sub("", str(value)).strip() if isinstance(value, str | int) else ""
