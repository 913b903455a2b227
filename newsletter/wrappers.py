"""Addresses that a mailbox, a search engine or a network has wrapped in one of its own.

Programs that guard a mailbox write every link of a message anew, so that a click asks them first.
Who copies a link from there copies the guard too, and often the name of the mailbox.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

_Unwrap = Callable[[str], str]


class Wrapper(NamedTuple):
    """Whose wrapping it is, how its addresses begin, and what is inside one."""

    name: str
    begins: re.Pattern[str]
    inside: _Unwrap


def _parameter(*names: str) -> _Unwrap:
    """The value of the first of these parameters that is there."""

    def inside(url: str) -> str:
        given = parse_qs(urlsplit(url).query)
        return next((given[name][0] for name in names if name in given), "")

    return inside


def _proofpoint_2(url: str) -> str:
    """ "-" stands for "%", and "_" for "/"."""
    return unquote(_parameter("u")(url).translate({ord("-"): "%", ord("_"): "/"}))


_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _proofpoint_3(url: str) -> str:
    """Each "*" stands for a character of the Base64 at the end, "**A" for two, "**B" for three."""
    match = re.search(r"/v3/__(.+?)__;([A-Za-z0-9_=-]*)!", url)
    if not match:
        return ""
    kept = _from_base64(match[2])
    at = 0

    def replaced(star: re.Match[str]) -> str:
        nonlocal at
        count = _RUNS.index(star[1]) + 2 if star[1] else 1
        at += count
        return kept[at - count : at]

    return re.sub(r"\*(?:\*(.))?", replaced, match[1])


def _from_base64(text: str) -> str:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
    except ValueError:
        return ""


def _bing(url: str) -> str:
    return _from_base64(_parameter("u")(url)[2:])  # after "a1"


def _sophos(url: str) -> str:
    return _from_base64(_parameter("u")(url))


def _last_part(url: str) -> str:
    return unquote(url.rpartition("/")[2])


def _between_lines(url: str) -> str:
    match = re.search("/___(.+?)___", url)
    return match[1] if match else ""


def _encoded_part(url: str) -> str:
    match = re.search("/C?L0/([^/]+)", url)
    return unquote(match[1]) if match else ""


def _nothing(_url: str) -> str:
    return ""


def _wrapper(name: str, begins: str, inside: _Unwrap) -> Wrapper:
    return Wrapper(name, re.compile(f"https?://{begins}", re.IGNORECASE), inside)


_WRAPPERS = (
    _wrapper(
        "Outlook",
        r"[a-z0-9-]+\.safelinks\.protection\.(?:outlook|office365)\.(?:com|us)/",
        _parameter("url"),
    ),
    _wrapper("Teams", r"statics\.teams\.(?:cdn\.office\.net|microsoft\.com)/", _parameter("url")),
    _wrapper("Proofpoint", r"urldefense\.(?:proofpoint\.)?com/v1/", _parameter("u")),
    _wrapper("Proofpoint", r"urldefense\.(?:proofpoint\.)?com/v2/", _proofpoint_2),
    _wrapper("Proofpoint", r"urldefense\.(?:us|(?:proofpoint\.)?com)/v3/", _proofpoint_3),
    _wrapper("Barracuda", r"linkprotect\.cudasvc\.com/", _parameter("a")),
    _wrapper("Cisco", r"secure-web\.cisco\.com/", _last_part),
    _wrapper("Check Point", r"(?:url\.)?protect\.checkpoint\.com/v[12]/", _between_lines),
    _wrapper("Sophos", r"[a-z0-9-]+\.protection\.sophos\.com/", _sophos),
    _wrapper("Symantec", r"clicktime\.symantec\.com/", _parameter("u")),
    _wrapper("Trend Micro", r"[a-z0-9-]+\.trendmicro\.com(?::443)?/wis/", _parameter("url")),
    _wrapper("Trustwave", r"scanmail\.trustwave\.com/", _parameter("u", "U")),
    _wrapper(
        "Mimecast",
        r"(?:protect-[a-z]+\.mimecast\.com|url\.[a-z.]+\.mimecastprotect\.com)/s/",
        _nothing,
    ),
    _wrapper("Google", r"(?:www\.)?google\.[a-z.]{2,6}/url\?", _parameter("q", "url")),
    _wrapper("Bing", r"(?:www\.)?bing\.com/ck/", _bing),
    _wrapper("DuckDuckGo", r"duckduckgo\.com/l/", _parameter("uddg")),
    _wrapper("Facebook", r"lm?\.facebook\.com/l\.php", _parameter("u")),
    _wrapper("Instagram", r"l\.instagram\.com/", _parameter("u")),
    _wrapper("LinkedIn", r"www\.linkedin\.com/(?:redir/redirect|safety/go)", _parameter("url")),
    _wrapper("YouTube", r"www\.youtube\.com/redirect\?", _parameter("q")),
    _wrapper("Slack", r"(?:[a-z]+\.)?slack-redir\.net/", _parameter("url")),
    # A click counter of several platforms (GovDelivery, Amazon) that shows where it leads.
    _wrapper("a newsletter", r"[\w.-]+/C?L0/(?=https?:%2F%2F)", _encoded_part),
    _wrapper("Tumblr", r"t\.umblr\.com/", _parameter("z")),
)
# What the addresses of each have in them: most links have none of it, and this is quick to see.
_SIGNS = (
    "safelinks",
    "//statics.teams.",
    "urldefense",
    "cudasvc",
    "secure-web",
    "checkpoint",
    "sophos",
    "symantec",
    "trendmicro",
    "trustwave",
    "mimecast",
    "/url?",
    "bing.com/ck",
    "duckduckgo",
    "facebook.com/l.php",
    "l.instagram",
    "linkedin.com/",
    "youtube.com/redirect",
    "slack-redir",
    "umblr",
    "l0/http",
)


def wrapper(url: str) -> Wrapper | None:
    """Whose wrapping `url` is; None for an address that is its own."""
    lowered = url.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return None
    return next((one for one in _WRAPPERS if one.begins.match(url)), None)


@lru_cache(maxsize=1024)
def unwrapped(url: str) -> str:
    """The address inside `url`, however often it is wrapped; "" when it cannot be told."""
    for _ in range(5):
        found = wrapper(url)
        if found is None:
            return url
        inside = found.inside(url.replace("&amp;", "&"))
        if not re.match(r"https?://[^\s/]+\.[^\s/]", inside, re.IGNORECASE):
            return ""
        # As it can stand in a text: nothing that ends an address there.
        url = quote(inside, safe="%/?#:@!$&*+,;=~._-[]")
    return ""
