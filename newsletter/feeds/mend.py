"""The characters of an RSS or Atom feed in, XML that can be read out, as far as it can be mended.

A feed can be made so that reading it never ends; what no publisher would send is refused.
"""

import re
from html import escape
from html.entities import html5
from typing import NamedTuple
from xml.parsers import expat

from newsletter.feeds.channel import MOST_CATEGORIES
from newsletter.feeds.encoding import MOST_READ
from newsletter.intake import clean
from newsletter.intake.draft import Log
from newsletter.problems import NewsletterError, cannot
from newsletter.values import Language

_ITEMS = ("item", "entry")
_MOST_TAGS = 240_000  # their beginnings and ends
_MOST_TAGS_OF_ITEM = 10_000
_MOST_ATTRIBUTES = 200
_MOST_NAMESPACES = 100


class Source(NamedTuple):
    """A feed that is read: what messages call it, where it is, which language is expected, and
    where it is noted what became of it."""

    name: str
    address: str
    language: Language
    log: Log

    def refused(self, message: str, hint: str = "", code: str = "format") -> NewsletterError:
        """The error for a feed that cannot be read."""
        return cannot(self.name, code, message, hint)


def mended(text: str, given: Source) -> str:
    """XML that feedparser reads in a few seconds. Raises NewsletterError for what is no feed."""
    found = _FEED.search(text)
    page = _PAGE.search(text[:4000])
    if not found or (page and page.start() < found.start()):
        raise given.refused(
            "this is a web page, not a feed" if page else "this is no feed",
            "a feed's address often ends in /feed/, rss.xml or atom.xml",
        )
    begin = max(text.rfind("<?xml", 0, found.start()), text.rfind("<!DOCTYPE", 0, found.start()))
    text = _repaired(text[begin if begin >= 0 else found.start() :], given)
    text = re.sub(r"^\s*(?:<\?[^>]{0,400}>\s*)+", "", text)
    text = _limited(text, given)
    if not _is_valid(text):
        given.log.notice("it is no valid XML: it was read as far as it can be")
        text = _balanced(text)
    return text


_FEED = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|item|entry)(?=[\s>/])", re.IGNORECASE
)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)


def _is_valid(text: str) -> bool:
    try:
        expat.ParserCreate("utf-8", " ").Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return False
    return True


_TOKEN = re.compile(
    # what is skipped, whatever is in it
    r"<!\[CDATA\[|<!--|<!DOCTYPE"
    # what is wrong where it stands: declarations, ends of nothing, signs that are no markup
    r"|<!|\]\]>|<(?!/?[A-Za-z_:]|\?)"
    r"|&(?!(?:lt|gt|amp|quot|apos);)(?P<reference>\#?[0-9A-Za-z]{1,32};)?",
    re.IGNORECASE,
)
_MOST_DOCTYPES = 2  # there may be one; where each ends has to be looked for
_DECLARATION = re.compile(r"[^<>]{0,2000}>")
_TAG = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?:[\w.-]{1,40}:)?(?P<name>[\w.-]{1,40})", re.DOTALL
)
_MANY = re.compile(r"(?:category|subject|keywords|tags)$", re.IGNORECASE)
# feedparser compares each of these words with all before.
_KEYWORDS = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:keywords|tags)(?=[\s/>])", re.IGNORECASE)

# A picture's, which it would take for the item's, or leave out.
_TITLE = re.compile(r"<(/?)media:title(?=[\s/>])", re.IGNORECASE)


def _repaired(text: str, given: Source) -> str:
    """`text` without what must not be in XML, as far as that can be told without reading it."""
    parts: list[str] = []
    at, closing, doctypes = 0, True, 0
    while match := _TOKEN.search(text, at):
        start = match.start()
        parts.append(text[at:start])
        at = match.end()
        what = match[0].upper()
        if what == "<![CDATA[":
            end = text.find("]]>", at)
            end = len(text) if end < 0 else end
            parts.append(f"<![CDATA[{text[at:end]}]]>")
            at = min(end + 3, len(text))
        elif what == "<!--":
            end = text.find("-->", at) if closing else -1
            closing = end >= 0  # a search that found nothing is not made again
            at = end + 3 if closing else at
        elif what == "<!DOCTYPE" and doctypes < _MOST_DOCTYPES:
            doctypes += 1
            at = _after_doctype(text, at, given)
        elif what.startswith("<!"):
            declaration = _DECLARATION.match(text, at)
            at = declaration.end() if declaration else at
        elif what == "<":
            parts.append("&lt;")
        elif what == "&":
            parts.append("&amp;")
        elif match["reference"]:
            parts.append(_referred(match["reference"]))
    parts.append(text[at:])
    return _TITLE.sub(r"<\1x-title", _KEYWORDS.sub(r"<\1x-words", "".join(parts)))


def _after_doctype(text: str, at: int, given: Source) -> int:
    """Where a DOCTYPE ends. What it declares is not used: it can be made to fill a computer."""
    inside, end = text.find("[", at), text.find(">", at)
    if 0 <= inside < end:
        closed = text.find("]", inside)
        end = text.find(">", closed) if closed >= 0 else -1
        if "<!ENTITY" in text[inside : end if end >= 0 else inside + 4000]:
            given.log.notice(
                "it has entities of its own, which can be an attack: they are not read"
            )
    return end + 1 if end >= 0 else at


def _referred(reference: str) -> str:
    """What `&reference` stands for, if it does not stand for itself; as XML has it."""
    if not reference.startswith("#"):
        meant = html5.get(reference, "")
        return escape(meant) if meant else f"&amp;{reference}"
    try:
        number = int(reference[2:-1], 16) if reference[1] in "xX" else int(reference[1:-1])
        character = chr(number)
    except (ValueError, OverflowError):
        return f"&amp;{reference}"
    if 0x80 <= number < 0xA0:
        character = bytes([number]).decode("windows-1252", "replace")
    return escape(clean.characters(character))


def _limited(text: str, given: Source) -> str:
    """`text` without the items that feedparser would need more time for than anybody waits. Raises
    NewsletterError when there is no such part of it."""
    if len(text) > MOST_READ * 2:
        raise given.refused("one item of it is longer than any article", code="file-too-large")
    tags, of_item, categories, items, begin = 0, 0, 0, 0, 0
    for match in _TAG.finditer(text):
        name = match["name"]
        if not name:
            continue
        if name.lower() in _ITEMS and not match["end"]:
            of_item = categories = 0
            items += 1
            begin = match.start()
        tags += 1
        of_item += 1
        categories += not match["end"] and _MANY.search(name) is not None
        if of_item > _MOST_TAGS_OF_ITEM or categories > MOST_CATEGORIES:
            raise given.refused("it has more elements than a feed has")
        if tags > _MOST_TAGS:
            given.log.notice(f"it is so long that only its first {items - 1:,} items are read")
            return _balanced(text[:begin])
    if len(set(_NAMESPACE.findall(text))) > _MOST_NAMESPACES:
        raise given.refused("it has more namespaces than a feed has")
    if any(tag[0].count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise given.refused("it has more attributes than a feed has")
    return text


_NAMESPACE = re.compile(r"\bxmlns:[\w.-]{1,40}")
_LONG_TAG = re.compile(r"<[A-Za-z_:][^<>]{1000,}")


# --- tags that are not closed ---------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HOLDS_WORDS = _words(
    "title link guid pubdate description comments category dc:date dc:creator dc:subject "
    "content:encoded updated published id summary"
)
_AROUND = ("channel", "rss", "feed", "rdf:rdf")
_ELEMENT = re.compile(
    r"<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?P<name>[\w.:-]{1,80})(?P<rest>[^<>]*)>?", re.DOTALL
)


def _balanced(text: str) -> str:
    """`text` with those elements closed that hold an item, or words of one, where the next begins
    and they are still open."""
    parts: list[str] = []
    at = 0
    words = item = ""  # the names of what is open
    around: list[str] = []
    for match in _ELEMENT.finditer(text):
        name = match["name"] or ""
        low = name.lower()
        if low not in _HOLDS_WORDS and low not in _ITEMS and low not in _AROUND:
            continue
        parts.append(text[at : match.start()])
        at = match.end()
        empty = match["rest"].endswith("/")
        if match["end"] and low == words.lower():
            words = ""
        elif match["end"] and low in _HOLDS_WORDS:
            continue  # the end of nothing
        elif words:
            parts.append(f"</{words}>")
            words = ""
        if low in (*_ITEMS, *_AROUND):
            if item and (low in _AROUND or not match["end"]):
                parts.append(f"</{item}>")
            elif match["end"] and low in _ITEMS and not item:
                continue
            item = "" if match["end"] or low in _AROUND or empty else name
        elif not match["end"] and not empty:
            words = name
        if low in _AROUND:
            if match["end"]:
                if name not in around:
                    continue
                while (last := around.pop()) != name:
                    parts.append(f"</{last}>")
            else:
                around.append(name)
        parts.append(match[0] if match[0].endswith(">") else f"{match[0]}>")
    parts.append(text[at:])
    parts += [f"</{name}>" for name in (words, item, *reversed(around)) if name]
    return "".join(parts)
