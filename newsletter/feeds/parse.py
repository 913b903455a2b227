"""A feed in, its items out, whatever its format and however broken: the one door of feedparser.

bytes  -> text     encoding.characters   in the encoding that it really has
text   -> XML      mend.mended           no DOCTYPE, no entities of its own, elements closed
XML    -> Channel  here                  RSS 0.9 to 2.0, Atom (feedparser)
text   -> Channel  jsonfeed.channel      JSON Feed
"""

import io
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from newsletter.feeds import jsonfeed
from newsletter.feeds.channel import (
    MOST_ITEMS,
    Channel,
    Item,
    absolute,
    as_html,
    categories,
    day_of,
    kind,
    others,
    plain,
    real,
)
from newsletter.feeds.encoding import characters
from newsletter.feeds.mend import Source, mended
from newsletter.intake.blocks import Picture
from newsletter.intake.clean import without_runs
from newsletter.intake.draft import Log
from newsletter.problems import Faults
from newsletter.values import Language

MOST_BYTES = 50_000_000

_ENGLISH = Language("en")


def parsed(
    raw: bytes,
    log: Log,
    *,
    name: str = "feed",
    address: str = "",
    charset: str = "",
    language: Language = _ENGLISH,
) -> Channel:
    """What stands in a feed.

    `name` is what messages call it, `address` where it is on the web, `charset` what its server
    says of its encoding, `language` the one that is expected. What was mended or left out goes into
    `log`. Raises NewsletterError when it cannot be read.
    """
    given = Source(name, address, language, log)
    if len(raw) > MOST_BYTES:
        raise given.refused(
            f"this has more than {MOST_BYTES // 1_000_000} MB, which is no feed",
            "look whether it is the right file",
            "file-too-large",
        )
    text = characters(raw, charset, log)
    if not text:
        raise given.refused("this is empty")
    found = jsonfeed.channel(text, given) if text[0] in "{[" else _channel(text, given)
    titles = (found.title, *(item.title for item in found.items))
    title, *rest = without_runs(titles, _language(found.language) or language, log)
    items = zip(found.items, rest, strict=True)
    return found._replace(
        title=title, items=tuple(item._replace(title=words) for item, words in items)
    )


def _language(tag: str) -> Language | None:
    with suppress(Faults):
        return Language.parse(tag.strip().replace("_", "-"))
    return None


def _channel(text: str, given: Source) -> Channel:
    import feedparser

    text = mended(text, given)
    try:
        read = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            # Both take longer than everything else; newsletter.intake.html does it better.
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # it raises whatever its parser comes across
        raise given.refused(f"it is too broken to be read ({type(error).__name__})") from None
    head = _Fields(read["feed"])
    url = absolute(head.text("link"), given.address)
    base = url or given.address
    tongue = _language(head.text("language")) or given.language
    return Channel(
        title=plain(head.text("title")),
        url=url,
        language=head.text("language"),
        description=plain(head.text("subtitle")),
        others=_others(head, {head.text("title"), head.text("subtitle")}),
        items=tuple(_item(_Fields(entry), base, tongue) for entry in read["entries"][:MOST_ITEMS]),
    )


class _Fields:
    """What feedparser found, without its guesses and their warnings."""

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._found = dict(found)

    def text(self, *names: str) -> str:
        """The first of the fields called `names` that says something."""
        values = (self._found.get(name) for name in names)
        words = (value.strip() for value in values if isinstance(value, str))
        return next(filter(None, words), "")

    def all(self, name: str) -> list[dict[str, Any]]:
        """A field that there may be several of."""
        value = self._found.get(name)
        several = value if isinstance(value, list) else [value]
        return [dict(one) for one in several if isinstance(one, Mapping)]

    def words(self) -> list[str]:
        """All that they say, but for what only programs read."""
        found = [
            value
            for name, value in self._found.items()
            if isinstance(value, str) and not _OF_PROGRAMS.search(name)
        ]
        parts = {"source": "title", "image": "title", "links": "title", "media_credit": "content",
                 "authors": "name", "contributors": "name"}  # fmt: skip
        said = (one.get(part) for name, part in parts.items() for one in self.all(name))
        return found + [one for one in said if isinstance(one, str)]

    def flag(self, name: str) -> bool:
        """Whether a field is set."""
        return bool(self._found.get(name))


_OF_PROGRAMS = re.compile(
    r"id$|link$|url$|date|^(?:language|generator|docs|comments|published|updated|created|modified"
    r"|issued)|_(?:issued|created|modified)$"
)


def _others(fields: _Fields, taken: Iterable[str]) -> tuple[str, ...]:
    """What is said there besides what is `taken`."""
    before = {words.strip() for words in taken}
    words = (one for one in fields.words() if one.strip() not in before)
    return others(words, {"", *map(plain, before)})


def _item(fields: _Fields, base: str, language: Language) -> Item:
    details = [*fields.all("summary_detail"), *fields.all("content")]
    own = next((str(one["base"]) for one in details if one.get("base")), "")
    own = absolute(own, base) or base
    summary, *contents = [as_html(str(one.get("value") or "")) for one in details] or [""]
    if not fields.all("summary_detail"):
        summary, contents = "", [summary, *contents]
    links = fields.all("links")
    files = [link for link in links if link.get("rel") == "enclosure"]
    tags = (str(tag.get("label") or tag.get("term") or "") for tag in fields.all("tags"))
    title = fields.text("title", "x-title")
    author = fields.text("author")
    image = _image(fields, files, own)
    taken = [title, author, *(str(one.get("value") or "") for one in details)]
    return Item(
        title=plain(title),
        url=_url(fields, files, own),
        published=_published(fields, language),
        summary=summary,
        content="\n".join(dict.fromkeys(one for one in contents if one and one != summary)),
        base=own,
        image=image,
        categories=categories(tags),
        author=plain(author),
        kind=kind(files),
        others=_others(fields, [*taken, image.credit if image else ""]),
    )


def _url(fields: _Fields, files: Iterable[Mapping[str, Any]], base: str) -> str:
    """The item's page. Its guid is one only if it says so, and is a whole address."""
    named = fields.text("feedburner_origlink", "link")
    if fields.flag("guidislink") and not re.match("https?://", named, re.IGNORECASE):
        named = ""
    found = absolute(named, base)
    # An episode of a podcast may have no page, but its recording has an address.
    return found or next((absolute(str(one.get("href") or ""), base) for one in files), "")


_DATES = ("published", "issued", "dcterms_issued", "pubdate", "date", "dc_date", "created",
          "dcterms_created", "updated", "dcterms_modified", "modified")  # fmt: skip


def _published(fields: _Fields, language: Language) -> str:
    for name in _DATES:
        given = fields.text(name)
        found = (day_of(given, language) or _odd_day(given)) if given else ""
        if found:
            return found
    return ""


def _odd_day(text: str) -> str:
    """The day of a date as feedparser reads it: it knows some odd ones, and some languages."""
    from feedparser.datetimes import _parse_date

    with suppress(Exception):  # it raises whatever its handlers come across
        read = _parse_date(text[:100])
        return real(*read[:3]) if read else ""
    return ""


def _image(fields: _Fields, files: Iterable[Mapping[str, Any]], base: str) -> Picture | None:
    """The picture of an item: the widest one that is named."""
    offered = [one for one in fields.all("media_content") if _shows(one)]
    offered.sort(key=lambda one: _pixels(one.get("width")), reverse=True)
    offered += [dict(one) for one in files if _shows(one)]
    offered += fields.all("media_thumbnail") + fields.all("image")
    credit = next((one["content"] for one in fields.all("media_credit") if one.get("content")), "")
    for one in offered:
        src = absolute(str(one.get("url") or one.get("href") or ""), base)
        if src:
            return Picture(src, credit=plain(str(credit)))
    return None


def _shows(one: Mapping[str, Any]) -> bool:
    named = f"{one.get('medium', '')} {one.get('type', '')}".lower()
    if "image" in named:
        return True
    path = re.sub("[?#].*", "", str(one.get("url") or one.get("href") or "")).lower()
    return not named.strip() and path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp"))


def _pixels(text: object) -> int:
    return int(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{1,5}", text) else 0
