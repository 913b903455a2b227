"""Addresses of web pages: whose they are, which of them are one page, and what only counts readers.

Nothing is asked of any network. An address is read as it is written in an email, so it may be
percent-encoded, and its host may be in Punycode.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

_PARTS = re.compile(
    r"(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):)?//(?:(?P<user>[^/?#@]*)@)?"
    r"(?P<host>\[[^\]/?#]*\]|[^/?#:]*)(?::(?P<port>\d*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)

# --- what only counts readers --------------------------------------------------------------------

# A site answers with the same page without these. Others that often count ("ref", "source", "id",
# "s", "t", "cid", "share") choose the page on some sites, and stay.
_COUNTING = (
    # by their beginnings: analytics (Google, Matomo, HubSpot, Piano, Eloqua) and mailing platforms
    r"(?:utm_|mtm_|matomo_|pk_|hsa_|elq|sfmc_|sc_(?:src|lid|llid|uid|eh|customer)|trk_|ss_email|"
    r"ss_campaign|oly_|_bta_|at_(?:medium|campaign|link|ptr|bbc|custom|format|creation|variant)|"
    r"ns_(?:mchannel|source|campaign|linkname|fee)|vero_)[^=]*"
    # by name: advertisements and networks
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|msclkid|ttclid|twclid"
    r"|li_fat_id|igshid|igsh|mibextid|yclid|epik|ref_src|ref_url|srsltid|spm|scm|trk|trkcampaign"
    r"|trackingid|lipi|_ga|_gl|s_cid|xtor|echobox|wt\.?_?mc(?:_id)?|ocid|cmpid"
    # mailing platforms: whose newsletter an address was copied from, and often which reader's
    r"|mc_cid|mc_eid|_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking|mkt_tok|ck_subscriber_id"
    r"|_openstat|wickedid|__s|rb_clickid|ml_subscriber(?:_hash)?|dm_i|dm_t|_cldee|bbeml|_ke|_kx"
    r"|inf_contact_key|vgo_ee|ea[._]tracking[._]id"
)
_COUNTS = re.compile(_COUNTING, re.IGNORECASE)

# On one site only, where it is known what they are.
_COUNTING_AT = {
    "youtube.com": {"si", "feature", "ab_channel", "pp"},
    "youtu.be": {"si", "feature"},
    "open.spotify.com": {"si"},
    "x.com": {"s", "t"},
    "twitter.com": {"s", "t"},
    "theguardian.com": {"cmp"},
    "dailymail.co.uk": {"ito"},
    "ft.com": {"sharetype"},
    "nytimes.com": {"smid", "smtyp"},
    "linkedin.com": {"rcm"},
    "facebook.com": {"__tn__", "__cft__[0]"},
}
_MARKS = re.compile("(&amp;|&)")  # the first is what web pages write for the second


@lru_cache(maxsize=4096)
def without_tracking(url: str) -> str:
    """`url` without the parameters that only count readers; all else byte for byte."""
    whole, hash_mark, fragment = url.partition("#")
    begin, mark, query = whole.partition("?")
    if mark:
        query = _kept(query, _COUNTING_AT.get(_plain_host(host(url)), set()))
    if fragment and "=" in fragment and not _kept(fragment, set()):
        hash_mark = fragment = ""
    return begin + (mark if query else "") + query + hash_mark + fragment


def counters(url: str) -> tuple[str, ...]:
    """The names of the parameters that `without_tracking` takes out, in order."""
    clean = without_tracking(url)
    if clean == url:
        return ()
    kept = _names(clean)
    return tuple(dict.fromkeys(name for name in _names(url) if name not in kept))


def _names(url: str) -> list[str]:
    return [_name(pair) for part in re.split("[?#]", url)[1:] for pair in _MARKS.split(part)[::2]]


def _name(pair: str) -> str:
    # A backslash is one that an editor's Markdown needs before "_".
    return unquote(pair.partition("=")[0]).replace("\\", "")


def _kept(query: str, here: set[str]) -> str:
    """`query` without what counts readers, with the marks between that were written there."""
    first, *rest = _MARKS.split(query)
    pairs = [("", first), *zip(rest[::2], rest[1::2], strict=True)]
    if all(_stays(pair, here) for _, pair in pairs):
        return query
    kept = "".join(mark + pair for mark, pair in pairs if _stays(pair, here))
    return re.sub("^(?:&amp;|&)", "", kept)


def _stays(pair: str, here: set[str]) -> bool:
    name = _name(pair)
    return not (_COUNTS.fullmatch(name) or name.lower() in here)


# --- whose --------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def host(url: str) -> str:
    """The host of `url` in lower case, with "www." if it has it; "" for mailto: and the like."""
    parts = _PARTS.match(url)
    return parts["host"].lower().rstrip(".") if parts else ""


def site(url: str) -> str:
    """The host of `url` without "www."."""
    return host(url).removeprefix("www.")


# What stands before a country without being anybody's.
_SHARED = re.compile(r"(?:ac|asn|co|com|gov|ltd|net|nhs|org|plc|police|sch)\.[a-z]{2}")


def domain(url: str) -> str:
    """The part of the host of `url` that its owner has alone: nspcc.org.uk."""
    labels = site(url).split(".")
    keep = 3 if _SHARED.fullmatch(".".join(labels[-2:])) else 2
    return ".".join(labels[-keep:])


# --- which are one page -------------------------------------------------------------------------

# What most round-ups link to: no query, nothing encoded, nothing that is another's copy.
_SIMPLE = re.compile(
    r"https?://(?:www\.)?((?!m\.|mobile\.|amp\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_.~-]+)*)/?"
)
_SPECIAL = re.compile(
    r"(?:^|\.)m\.|bbc\.com|youtu\.?be|twitter\.com|/amp|\.amp|/index\.|ampproject"
)
_SAME_HOSTS = {
    "bbc.com": "bbc.co.uk",
    "twitter.com": "x.com",
    "youtube-nocookie.com": "youtube.com",
}
AMP_VIEWER = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]{2,6}/amp/|[a-z0-9-]+\.cdn\.ampproject\.org/[cvi]/)"
    r"(?:s/)?(?=[^/]+\.[^/])",
    re.IGNORECASE,
)
"""What stands before the address of a page that Google shows from a copy of its own."""

_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_VIDEO = re.compile(r"/(?:embed|live|shorts|v)/([A-Za-z0-9_-]{11})$")


@lru_cache(maxsize=65536)  # the links of some hundred issues
def canonical(url: str) -> str:
    """What `url` has in common with every other address of the same page.

    Neither scheme, "www.", a mobile or AMP copy, a trailing slash, parameters that count readers,
    the order of the others nor the fragment make a difference. It is for comparing, not for
    readers. A home page has no "/" in it.
    """
    simple = _SIMPLE.fullmatch(url)
    if simple and not _SPECIAL.search(url):
        return simple[1] + simple[2]
    url = AMP_VIEWER.sub("https://", url)
    parts = _PARTS.match(without_tracking(url))
    if not parts or (parts["scheme"] or "").lower() not in ("http", "https"):
        return url.partition("?")[0].lower()
    name = _plain_host(parts["host"].lower().rstrip("."))
    name = _SAME_HOSTS.get(name, name)
    path = re.sub(r"/{2,}", "/", _one_spelling(parts["path"]))
    path = re.sub(r"/amp(?=/|$)|\.amp(?=\.html$|$)", "", path)
    path = _INDEX.sub("", path).rstrip("/")
    query = {pair for pair in (parts["query"] or "").replace("&amp;", "&").split("&") if pair}
    query = {_one_spelling(pair) for pair in query if not _COPY.match(pair)}
    if name == "youtu.be" and path:
        name, path, query = "youtube.com", "/watch", {f"v={path[1:]}"}
    elif name == "youtube.com" and (video := _VIDEO.match(path)):
        path, query = "/watch", {f"v={video[1]}"}
    port = f":{parts['port']}" if parts["port"] not in (None, "", "80", "443") else ""
    fragment = parts["fragment"] or ""
    return (
        name
        + port
        + path
        + ("?" + "&".join(sorted(query)) if query else "")
        + (f"#{fragment}" if fragment.startswith(("!", "/")) else "")  # a page of its own
    )


# Parameters that ask for another copy of a page, or for a place in its comments.
_COPY = re.compile(r"(?:amp|amp=(?:1|true)|outputtype=amp|replytocom=.*|m=1)$", re.IGNORECASE)


def _plain_host(name: str) -> str:
    """`name` without "www." and what marks a mobile or AMP copy, as in en.m.wikipedia.org."""
    name = name.removeprefix("www.")
    first, _, rest = name.partition(".")
    if first in ("m", "mobile", "amp") and "." in rest:
        return rest
    second, _, third = rest.partition(".")
    return f"{first}.{third}" if second == "m" and "." in third else name


_ENCODED = re.compile("%[0-9a-fA-F]{2}")


def _one_spelling(text: str) -> str:
    """`text` with what need not be percent-encoded plain, and the rest in capitals (RFC 3986)."""
    if "%" not in text:
        return text

    def spelt(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        return character if re.match(r"[A-Za-z0-9._~-]", character) else match[0].upper()

    return _ENCODED.sub(spelt, text)


def is_home(url: str) -> bool:
    """Whether `url` is the front page of a site, or of a part of it in a language."""
    _, _, path = canonical(url).partition("/")
    return not path or re.fullmatch(r"(?:home|[a-z]{2}(?:-[a-z]{2})?)", path) is not None
