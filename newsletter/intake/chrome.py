"""What stands on a page or in an email around what it says: menus, buttons, counters, small print.

Every question here is asked of an element or of a line, and answered with why it is left out; ""
keeps it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from newsletter.intake.blocks import Block, Span, lines_of, trimmed, words_of
from newsletter.intake.draft import Log

SILENT = frozenset({"script", "style", "meta", "link", "base", "title", "param", "source", "track"})
"""Elements without a word for readers."""

INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "img", "ins", "kbd", "label", "mark", "picture", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr",
    }
)  # fmt: skip
"""Elements that stand in a line of words."""

_CONTROLS = frozenset(
    {"button", "input", "select", "textarea", "option", "optgroup", "datalist", "fieldset"}
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTENT = ("main", "article", "h1")
_OVERLAY = 20
"""Elements that a link has at most whose words are meant for screen readers alone."""


def style(element: Any) -> dict[str, str]:
    """The declarations of an element's own style, in lower case."""
    found = {}
    for declaration in (element.get("style") or "").lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def words(element: Any) -> str:
    """All words of an element for a reader, what its pictures show among them, on one line."""
    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        inline = one.tag in INLINE
        if event == "start":
            if one.tag in SILENT and one is not element:
                walk.skip_subtree()
                continue
            parts.append("" if inline else " ")
            if one.tag == "img":
                parts.append(f" {one.get('alt') or ''} ")
            parts.append(one.text or "")
        else:
            parts.append("" if inline else " ")
            if one is not element:
                parts.append(one.tail or "")
    return " ".join("".join(parts).split())


def longer(element: Any, most: int) -> bool:
    """Whether an element has more than `most` characters of text for readers."""
    size = 0
    for one in element.iter():
        size += len(one.text or "") if one.tag not in SILENT else 0
        size += len(one.tail or "") if one is not element else 0
        if size > most:
            return True
    return False


def contains(element: Any, *tags: str) -> bool:
    """Whether an element of one of `tags` stands inside."""
    return any(one is not element for one in _first_two(element, tags))


def _first_two(element: Any, tags: Sequence[str]) -> Iterator[Any]:
    for number, one in enumerate(element.iter(*tags)):
        if number > 1:
            return
        yield one


# --- elements ------------------------------------------------------------------------------------

_COOKIES = re.compile(r"cookie|(?:^|[\s_-])(?:consent|gdpr|onetrust)(?:$|[\s_-])", re.IGNORECASE)
_SHARING = re.compile(
    r"(?:^|\s)(?:[a-z]+[-_]+)?(?:sharedaddy|addtoany\w*|addthis\w*|a2a_kit|sharethis\w*"
    r"|(?:social|share|sharing)(?:[-_]?(?:links?|icons?|media|share|sharing|buttons?|bar|nav"
    r"|menu|follow|tools|widget|list))?)(?=\s|$)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?)(?=\s|$)")
_SKIP = re.compile(r"(?:skip|jump) to (?:the |main |page )*\w+", re.IGNORECASE)


def around(element: Any, in_article: bool) -> str:
    """Why an element is no part of what a page says. `in_article` is whether its article, or what
    it says to be its main part, has been found."""
    tag = element.tag
    role = (element.get("role") or "").lower()
    if why := _hidden(element):
        return why
    if tag == "noscript":
        return "only for readers without scripts"
    if tag in ("template", "datalist"):
        return "hidden"
    if tag in ("video", "audio") and not longer(element, 300):
        return "only for browsers that play no films or sounds"
    if tag in ("svg", "math", "canvas"):
        return "a drawing"
    if tag == "nav" or role in ("navigation", "menu", "menubar", "search"):
        return "a menu"
    if tag in _CONTROLS or role == "button":
        return "" if contains(element, *_CONTENT) else "a form or a button"
    if tag == "form":
        whole = longer(element, 600) or contains(element, *_CONTENT, "h2", "table")
        return "" if whole else "a form or a button"
    if not in_article:
        if (tag == "header" or role == "banner") and not contains(element, *_CONTENT):
            return "the head of the page"
        if (tag == "footer" or role == "contentinfo") and not contains(element, *_CONTENT):
            return "the foot of the page"
    elif tag == "footer":
        return "the foot of the article"
    if tag == "aside" and not contains(element, *_CONTENT):
        return "beside the article"
    return _by_name(element)


def _hidden(element: Any) -> str:
    if element.tag in ("html", "head", "body"):
        return ""
    if element.get("hidden") is not None and element.tag != "main":
        return "hidden"
    given = style(element) if element.get("style") else {}
    if (
        given.get("display") == "none"
        or given.get("visibility") == "hidden"
        or re.fullmatch(r"0(?:px|em|%)?", given.get("max-height", ""))
        or given.get("mso-hide") == "all"
    ):
        return "hidden"
    if element.get("aria-hidden", "").lower() == "true" and words_only(element):
        return "hidden from screen readers"
    return ""


def words_only(element: Any) -> bool:
    """Whether an element has words, and no picture."""
    return next(element.iter("img"), None) is None and longer(element, 0)


def _by_name(element: Any) -> str:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip() or element.tag in ("html", "body", *_CONTENT):
        return ""
    if _COOKIES.search(names) and not contains(element, *_CONTENT) and not longer(element, 4000):
        return "about cookies"
    if (
        _SHARING.search(names)
        and not contains(element, *_CONTENT, *_HEADINGS, "table")
        and not longer(element, 300)
    ):
        return "buttons for sharing"
    if _UNSEEN.search(names) and not _is_all_of_its_link(element):
        return "only for screen readers"
    return ""


def _is_all_of_its_link(element: Any) -> bool:
    link = next(element.iterancestors("a"), None)
    if link is None or len(list(islice(link.iter(), _OVERLAY + 1))) > _OVERLAY:
        return False
    return not longer(link, 2000) and words(link) == words(element)


# --- pictures ------------------------------------------------------------------------------------

_COUNTERS = re.compile(r"/(?:open|track|pixel|beacon|wf/open)(?:\.\w+)?(?:[/?]|$)", re.IGNORECASE)


def is_counter(element: Any) -> bool:
    """Whether a picture only counts readers, or keeps a distance: nobody sees it."""
    given = style(element) if element.get("style") else {}
    sizes = [_pixels(given.get(name) or element.get(name) or "") for name in ("width", "height")]
    if any(0 <= size <= 3 for size in sizes):
        return True
    alt = (element.get("alt") or "").strip()
    return not alt and bool(_COUNTERS.search(urlsplit_path(element.get("src") or "")))


def _pixels(size: str) -> float:
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*", size)
    return float(match[1]) if match else -1


def urlsplit_path(url: str) -> str:
    """The path of an address, "" where there is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def host(url: str) -> str:
    """The host of an address without "www.", "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


# --- links and lines -----------------------------------------------------------------------------

_NETWORKS = """
    facebook fb meta twitter x tweet linkedin linked in instagram insta youtube you tube tiktok tik
    tok pinterest whatsapp threads bluesky bsky mastodon telegram flickr vimeo reddit tumblr
    snapchat xing rss email e mail print
"""
_FOLLOWING = """
    follow like join find share watch connect visit us our this it on with via by to the a an and
    page profile channel account icon logo button link
"""
_NETWORK_WORDS = frozenset((_NETWORKS + _FOLLOWING).split())
_NETWORK_HOSTS = re.compile(
    r"(?:^|\.)(?:facebook|fb|twitter|x|linkedin|instagram|youtube|tiktok|pinterest|whatsapp|wa"
    r"|threads|bsky|mastodon|t|telegram|flickr|vimeo|reddit|tumblr|snapchat|xing)"
    r"\.(?:com|net|org|me|app|social|[a-z]{2})$"
)
_SHARE_URLS = re.compile(
    r"facebook\.com/(?:sharer|share|dialog)|(?:twitter|x)\.com/(?:intent|share)"
    r"|linkedin\.com/(?:shareArticle|sharing)|pinterest\.\w+/pin/create|reddit\.com/submit"
    r"|wa\.me/\?|whatsapp(?:\.com|:)/?/?send|^mailto:\?|forward-to-friend|tumblr\.com/(?:share|widgets)",
    re.IGNORECASE,
)


def _names_networks(words: str) -> bool:
    """Whether words say nothing but "follow us on" some network."""
    return all(word in _NETWORK_WORDS for word in re.findall(r"\w+", words.lower()))


def icon(alt: str, url: str) -> str:
    """Why a picture that links to `url` is left out."""
    if _SHARE_URLS.search(url):
        return "a button for sharing"
    named = _names_networks(alt)
    if named and _NETWORK_HOSTS.search(host(url)) and not re.search(r"/(?:status|watch|p)\b", url):
        return "a link to a social network"
    return ""


_ONLINE = (
    r"(?:(?:having|have) (?:trouble|problems?)[^.?!]{0,60}\?\s*)?"
    r"(?:(?:click|tap) here to |can.?t (?:see|read|view)[^.?!]{0,60}\?\s*"
    r"|is this (?:e-?mail|message)[^.?!]{0,40}\?\s*|e-?mail not displaying[^.?!]{0,30}\?\s*"
    r"|trouble[^.?!]{0,60}\?\s*)*"
    r"(?:view|read|see|open|show|display)"
    r"(?: (?:this|it|the|e-?mail|message|newsletter|campaign|issue|online version|web version))*"
    r" (?:in|on|with|as)? ?(?:your|a|the|an)? ?(?:web ?)?(?:browser|online|web ?page|web ?site|web)"
    r"|(?:view )?(?:web|online|browser) version|view (?:this e-?mail )?online"
    r"|im browser (?:ansehen|anzeigen|öffnen)|voir (?:dans|en ligne).{0,30}"
    r"|ver en (?:el|tu|su) navegador|gweld yn y porwr"
)
_FORWARDED = (
    r"(?:was this (?:e-?mail |newsletter |message )?forwarded to you"
    r"|forwarded this (?:e-?mail|message|newsletter)"
    r"|did (?:a|someone|somebody)[^.?!]{0,30}forward[^.?!]{0,30}"
    r"|forward (?:this |to a )(?:e-?mail|newsletter|message|friend|colleague)(?: to a \w+)?)"
    r"[?.!]?(?:\s*(?:sign up|subscribe|click)\b[^.?!]{0,60})?"
)
_LEAVING = (
    r"(?:click here to )?(?:unsubscribe|opt[- ]out|manage (?:your |my )?(?:e-?mail )?(?:preferences"
    r"|subscriptions?)|(?:update|change|edit) (?:your |my |e-?mail |subscription )*(?:preferences"
    r"|profile|settings)|(?:e-?mail |subscription )preferences|abmelden|abbestellen"
    r"|se (?:désabonner|désinscrire)|darse de baja|cancelar (?:la )?suscripción|dad-?danysgrifio)"
    r"(?: (?:from|to|of|here|now|this|the|our|these|all|list|e-?mails?|mailings?|newsletters?"
    r"|in one click|instantly))*"
)
_BUTTONS = (
    r"subscribe(?: now)?|share(?: this post)?|open in (?:the )?app(?: or online)?|leave a comment"
    r"|stay connected:?|manage subscriptions.{0,60}|subscriber services:?.{0,120}"
    r"|this (?:service|email) (?:is provided|was sent) to .{0,100}"
    r"|you can update your subscriptions.{0,140}"
)
_SKIPS = (
    r"(?:skip|jump) to (?:the |main |page )*\w+|back to top|(?:return to )?top of (?:the )?page"
)
_LINES = (
    (re.compile(rf"\W*(?:{_ONLINE})\b\W*", re.IGNORECASE), "a link to the email on the web"),
    (re.compile(rf"\W*(?:{_FORWARDED})\W*", re.IGNORECASE), "about forwarding the email"),
    (re.compile(rf"\W*(?:{_LEAVING})\b\W*", re.IGNORECASE), "about unsubscribing"),
    (re.compile(rf"\W*(?:{_SKIPS})\b\W*", re.IGNORECASE), "a link within the page"),
    (re.compile(r"\W*(?:advertisement|sponsored content)\W*", re.IGNORECASE), "advertising"),
    (re.compile(rf"\W*(?:{_BUTTONS})\W*", re.IGNORECASE), "a button of the mailing"),
)
_LEAVING_URLS = re.compile(r"unsubscri|list-manage\.com/profile", re.IGNORECASE)
_HINTS = re.compile(
    r"brow|browser|online|web|anzeigen|ligne|forward|unsub|opt|prefer|subscri|settings|profile"
    r"|share|app|connected|comment|provided|was sent"
    r"|abme|abbe|désab|désin|baja|dysgrif|skip|jump|top|advert|sponsor",
    re.IGNORECASE,
)


def without_service(block: Block, log: Log) -> Block:
    """`block` without lines about the page or the email itself; they are logged."""
    if not block.links and not _HINTS.search(words_of(block.spans)):
        return block  # not worth a closer look
    found = list(lines(block))
    if not any(why for _, why in found):
        return block
    spans: list[Span] = []
    for line, why in found:
        if why:
            log.leave(words_of(line), why)
        else:
            spans += [*line, Span("\n")]
    return block._replace(spans=trimmed(spans))


def lines(block: Block) -> Iterator[tuple[tuple[Span, ...], str]]:
    """The lines of a block, each with why it is left out, or "": it is about the email, and says
    nothing of its own."""
    whole = words_of(block.spans)
    if "\n" not in whole:
        yield block.spans, _service(block.spans)
        return
    if why := _known(" ".join(whole.split())):
        yield block.spans, why
        return
    for spans in lines_of(block.spans):
        yield spans, _service(spans)


def _service(spans: Sequence[Span]) -> str:
    said = " ".join(words_of(spans).split())
    if not said or len(said) > 600:
        return ""
    parts = [part.strip() for part in re.split(r"\s*[|•·]\s*|\s+[-–—/]\s+", said) if part.strip()]
    whys = [_known(part) for part in parts]
    if why := _known(said) or (whys[0] if whys and all(whys) else ""):
        return why
    links = [span for span in spans if span.url]
    for link in links:
        about = " ".join(link.words.split())
        if len(about) <= 60 and (_LINES[2][0].fullmatch(about) or _LEAVING_URLS.search(link.url)):
            return "about unsubscribing"
        if _LINES[0][0].fullmatch(about) and len(said) <= 240:
            return "a link to the email on the web"
    if links and all(_is_network(link) for link in links):
        rest = "".join(span.words for span in spans if not span.url)
        if _names_networks(rest):
            return "links to social networks"
    return ""


def _known(part: str) -> str:
    if len(part) > 160:
        return ""
    return next((why for pattern, why in _LINES if pattern.fullmatch(part)), "")


def _is_network(link: Span) -> bool:
    known = _SHARE_URLS.search(link.url) or _NETWORK_HOSTS.search(host(link.url))
    return bool(known and _names_networks(link.words))
