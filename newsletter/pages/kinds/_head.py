"""A web page's HTML in; what its head says, and the little that is looked for in its body, out."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from lxml import etree

from newsletter.intake import clean, decode
from newsletter.intake.draft import Log
from newsletter.pages import Given
from newsletter.problems import NewsletterError, shortened

_MOST = 2_000_000  # characters of a page, whose head and heading stand at its beginning
_MOST_DATA = 500_000  # characters of a script with data
_MOST_NODES = 2000
_MOST_METAS = 1000
_LONGEST = 300  # characters of a title or a name
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"</?(?:p|br|b|i|em|strong|a|span|div|ul|li)\b[^<>]*>", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:^|[\s_-])(?:published|pubdate|entry-date|post-date)", re.IGNORECASE)

Data = Mapping[str, Any]


class Head(NamedTuple):
    """What a page says in its head.

    `title` is its <title>, `heading` its <h1> if it has one only; `metas` the contents of its
    metas by their names in small letters; `data` all that it says as JSON-LD, the outer before
    the inner; `times` the days that it says it was published on, as they are written.
    """

    title: str = ""
    heading: str = ""
    metas: Mapping[str, str] = {}
    canonical: str = ""
    author: str = ""
    data: tuple[Data, ...] = ()
    times: tuple[str, ...] = ()

    def meta(self, *names: str) -> str:
        """The first of these metas that says something."""
        return next((said for name in names if (said := self.metas.get(name, ""))), "")

    def typed(self, *types: str) -> list[Data]:
        """Its data of these types of schema.org."""
        return [node for node in self.data if types_of(node) & set(types)]


def words(text: object) -> str:
    """What a page says, on one line: without markup and what nobody sees. No more than a line."""
    return shortened(long_words(text), _LONGEST)


def long_words(text: object) -> str:
    """The same for a text, however long it is."""
    if not isinstance(text, str):
        return ""
    text = text[:_MOST_DATA]
    if "&" in text:  # what was encoded twice
        text = unescape(text)
    return clean.line(_BIDI.sub("", _TAG.sub(" ", text)))


def types_of(node: Data) -> set[str]:
    """The types that data says it is of."""
    given = node.get("@type")
    listed = given if isinstance(given, list) else [given]
    return {one for one in listed if isinstance(one, str)}


def name_of(value: object) -> str:
    """The name of a person, an organisation or a series in data."""
    if isinstance(value, list):
        return name_of(value[0]) if value else ""
    return words(value.get("name")) if isinstance(value, dict) else words(value)


@lru_cache(maxsize=2)  # several kinds of page look at it
def head(given: Given) -> Head:
    """The head of a web page."""
    root = _tree(decoded(given)[:_MOST])
    if root is None:
        return Head()
    metas: dict[str, str] = {}
    data: list[Data] = []
    titles: list[str] = []
    headings: list[str] = []
    times: list[tuple[bool, str]] = []
    canonical = author = ""
    for element in root.iter("title", "meta", "link", "script", "h1", "time"):
        if element.tag == "title":
            if not any(above.tag == "svg" for above in element.iterancestors()):
                titles.append(_text(element))
        elif element.tag == "meta" and len(metas) < _MOST_METAS:
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            metas.setdefault(name.strip().lower(), long_words(element.get("content")))
        elif element.tag == "link":
            if "canonical" in (element.get("rel") or "").lower().split():
                canonical = canonical or (element.get("href") or "").strip()
            elif element.get("itemprop") == "name":
                author = author or words(element.get("content"))
        elif element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            data += _data(element.text or "")
        elif element.tag == "h1":
            headings.append(_text(element))
        elif element.tag == "time":
            said = element.get("datetime") or _text(element)
            marks = f"{element.get('itemprop')} {element.get('class')}"
            sure = element.get("pubdate") is not None or "datePublished" in marks
            times.append((sure or _PUBLISHED.search(marks) is not None, said))
    headings = [heading for heading in headings if heading]
    return Head(
        next((title for title in titles if title), ""),
        headings[0] if len(set(headings)) == 1 else "",
        metas,
        canonical,
        author,
        tuple(data[:_MOST_NODES]),
        _published(times),
    )


def _published(times: list[tuple[bool, str]]) -> tuple[str, ...]:
    """What is marked as the day of publishing; or the only day that the page names."""
    sure = tuple(dict.fromkeys(said for marked, said in times if marked))
    if len({said[:10] for said in sure}) == 1:
        return sure
    every = tuple(dict.fromkeys(said for _, said in times))
    return every if not sure and len({said[:10] for said in every}) == 1 else ()


def _text(element: Any) -> str:
    return words(" ".join("".join(element.itertext())[:_MOST_DATA].split()))


# --- the tree ------------------------------------------------------------------------------------


def _tree(markup: str) -> Any:
    if not markup.strip():
        return None
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def decoded(given: Given) -> str:
    """The text of a page; "" of what is none, whatever its server says."""
    content = given.content
    try:
        return decode.text(content, Log(), given.charset or decode.said("", content))
    except NewsletterError:
        return ""


# --- data ----------------------------------------------------------------------------------------


def _data(script: str) -> list[Data]:
    if len(script) > _MOST_DATA:
        return []
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", script)
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    return list(_nodes(value))


def _nodes(value: Any) -> Iterator[Data]:
    """Every mapping in it, the outer before the inner."""
    pending, count = [value], 0
    while pending and count < _MOST_NODES:
        count += 1
        one = pending.pop(0)
        if isinstance(one, dict):
            yield one
            pending += [inner for inner in one.values() if isinstance(inner, (dict, list))]
        elif isinstance(one, list):
            pending += one[:_MOST_NODES]
