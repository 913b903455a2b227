"""A JSON Feed in, its items out (https://www.jsonfeed.org/version/1.1/)."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from newsletter.feeds.channel import (
    MOST_CATEGORIES,
    MOST_ITEMS,
    Channel,
    Item,
    absolute,
    categories,
    day_of,
    kind,
    others,
    paragraphs,
    plain,
)
from newsletter.feeds.mend import Source
from newsletter.intake import clean
from newsletter.intake.blocks import Picture

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
            _json_item(item, base, given) for item in items[:MOST_ITEMS] if isinstance(item, dict)
        ),
        others=others([*_names(data), _words(data.get("user_comment"))], {""}),
    )


def _json_item(item: Mapping[str, Any], base: str, given: Source) -> Item:
    url = _words(item.get("url")) or _words(item.get("external_url"))
    if not url and re.match("https?://", _words(item.get("id"))):
        url = _words(item.get("id"))
    dates = (_words(item.get(name)) for name in ("date_published", "date_modified"))
    marked_up, bare = _words(item.get("content_html")), _words(item.get("content_text"))
    image = absolute(_words(item.get("image")) or _words(item.get("banner_image")), base)
    tags = _several(item, "tags")
    if len(tags) > MOST_CATEGORIES:
        raise given.refused("it has more elements than a feed has")
    files = [one for one in _several(item, "attachments") if isinstance(one, dict)]
    besides = [bare if marked_up else "", *(_words(one.get("title")) for one in files)]
    return Item(
        title=plain(_words(item.get("title"))),
        url=absolute(url, base),
        published=next(filter(None, (day_of(one, given.language) for one in dates if one)), ""),
        summary=paragraphs(_words(item.get("summary"))),
        content=marked_up or paragraphs(bare),
        base=base,
        image=Picture(image) if image else None,
        categories=categories(map(_words, tags)),
        author=", ".join(_names(item)),
        kind=kind(files),
        others=others(besides, {""}),
    )


def _several(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name)
    return value if isinstance(value, list) else []


def _names(found: Mapping[str, Any]) -> list[str]:
    """Who wrote it."""
    authors = _several(found, "authors") or [found.get("author")]
    names = (_words(one.get("name")) for one in authors if isinstance(one, dict))
    return [name for name in names if name]


def _words(value: object) -> str:
    """A text of JSON, which may be a number or nothing at all."""
    return clean.characters(str(value)).strip() if isinstance(value, str | int) else ""
