"""HTML in, the tree of its elements out: read by lxml, and what its head says of it."""

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from newsletter.intake import chrome
from newsletter.intake.draft import Log
from newsletter.problems import NewsletterError, cannot

MOST_TAGS = 100_000
"""How many tags are read: ten times as many as a long page has. Each takes memory."""

MOST_CHARACTERS = 20_000_000


def too_large(name: str) -> NewsletterError:
    """The error for what is larger than a page. `name` is what an editor knows it by."""
    return cannot(
        name or "-",
        "file-too-large",
        "this is larger than the page of any newsletter",
        "save the page of one newsletter, not of a whole site",
    )


def parsed(markup: str, log: Log, name: str) -> Any:
    """The root of a page's tree, None if there is nothing in it.

    Raises NewsletterError for a page that is too large.
    """
    if len(markup) > MOST_CHARACTERS or markup.count("<") > MOST_TAGS:
        raise too_large(name)
    root, limits = _tree(markup)
    if any("depth" in limit for limit in limits):
        log.notice("the page is nested so deeply that only its words and links are read")
        root, limits = _tree(_flat(markup))
    if limits:
        raise too_large(name)
    return root


def _tree(markup: str) -> tuple[Any, list[str]]:
    """The root, None if there is nothing; and the limits that the parser has stopped at: more than
    255 elements around one, a word of more than 10 MB."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    whole = _EMPTY.sub(r"<\1\2></\1>", markup.replace("\0", "\ufffd"))
    text = whole.encode("utf-8", "replace")
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        root = None
    messages = [error.message for error in parser.error_log.filter_from_fatals()]
    return root, [one for one in messages if "Excessive" in one or "limit" in one]


# Elements that hold nothing, of which libxml2 does not know it: for it, what follows them would be
# inside them.
_EMPTY = re.compile(r"<(source|track|wbr|embed|keygen|bgsound)\b([^<>]*)>", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)(?:[\s/][^<>]*)?>")
_FLAT = frozenset({"a", "img", "br", "hr", "script", "style", "title", "html", "head", "body"})


def _flat(markup: str) -> str:
    def replaced(match: re.Match[str]) -> str:
        name = match[2].lower()
        if name in _FLAT:
            return match[0]
        return "" if name in chrome.INLINE else "<p>"

    return _TAG.sub(replaced, markup)


def base(root: Any, address: str) -> str:
    """What addresses on the page are parts of. `address` is its own, "" if it is not known."""
    if not address:
        named = [
            one.get("href") or one.get("content") or ""
            for one in root.iter("link", "meta")
            if one.get("rel") == "canonical" or one.get("property") == "og:url"
        ]
        address = next((one for one in named if one.startswith("http")), "")
    for one in root.iter("base"):
        if one.get("href"):
            return joined(address, one.get("href"))
    return address


def joined(base: str, href: str) -> str:
    """The whole address of `href` on a page; as it stands if that is none."""
    href = re.sub(r"[\t\r\n]", "", href).strip()
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def titles(root: Any) -> list[str]:
    """The titles that a page has; more than one is a mistake, or a drawing's."""
    found = (" ".join("".join(one.itertext()).split()) for one in root.iter("title"))
    return [title for title in found if title]


def shared_title(root: Any) -> str:
    """The title that social networks are to show."""
    for one in root.iter("meta"):
        if one.get("property") == "og:title":
            return " ".join((one.get("content") or "").split())
    return ""


def language(root: Any) -> str:
    """The language that a page says to be in, "" if it does not."""
    return (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    ).strip()


def content(root: Any) -> Any:
    """What a page says to be its main part, or the only article; else all of it."""
    mains = [one for one in root.iter() if one.tag == "main" or one.get("role") == "main"]
    articles = [
        one for one in root.iter("article") if next(one.iterancestors("article"), None) is None
    ]
    found = mains[0] if mains else articles[0] if len(articles) == 1 else root
    # One that a script would fill, or that is only a teaser.
    if not chrome.longer(found, 200) and chrome.longer(root, 2000):
        return root
    return found


def leave_outside(found: Any, log: Log) -> None:
    """Log the words that stand outside of the element `found`."""
    why = "outside the article"
    inside = {found, *found.iterancestors()}
    for outer in found.iterancestors():
        log.leave(outer.text or "", why)
        for one in outer:
            if one not in inside and one.tag not in chrome.SILENT:
                log.leave(chrome.words(one), why)
            log.leave(one.tail or "", why)
