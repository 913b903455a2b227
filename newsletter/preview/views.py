"""An email's HTML in, the same as one mail program or another would show it out.

Only what is shown is changed so; what is copied never is.
"""

import html
import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from newsletter.render import GMAIL_LIMIT

Scheme = Literal["light", "dark", "forced"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
"""A light screen, a dark one, and one on which the mail program recolours what it shows."""

_STYLE = re.compile(r"(?s)<style[^>]*>.*?</style>\s*")
_QUERY = re.compile(r"prefers-color-scheme\s*:\s*(light|dark)", re.IGNORECASE)
_OWN_SCHEME = re.compile(r"(?<!prefers-)color-scheme\s*:\s*[a-z ]+", re.IGNORECASE)
_META = re.compile(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*', re.IGNORECASE)
_SOURCE = re.compile(r'(<img\b[^>]*? src=")([^"]*)(")')

_BOTH, _NEITHER = "min-width: 0", "max-width: 0"  # media queries that always and never hold

# Pictures are turned back: no mail program inverts them.
_INVERTED = (
    "<style>html{background:#fff!important;filter:invert(1) hue-rotate(180deg)}"
    "img{filter:invert(1) hue-rotate(180deg)}</style>"
)

_CUT_OFF = (
    '<p style="font:14px Arial,sans-serif;color:#202124;background:#fff;margin:0;padding:16px">'
    "[Message clipped]&nbsp; <u>View entire message</u></p>"
)


class View(NamedTuple):
    """How an email is looked at."""

    scheme: Scheme = "light"
    images: bool = True
    styles: bool = True  # those in the head
    cut: bool = False  # where Gmail does


def viewed(page: str, view: View, pictures: Mapping[str, str]) -> str:
    """`page` in a `view`, with each address that `pictures` has replaced by another one."""
    if view.cut:
        page = _cut(page)
    page = _in_scheme(page, "dark" if view.scheme == "dark" else "light")
    page = _STYLE.sub("", page) if not view.styles else page
    if view.scheme == "forced":
        page = _before(page, "</head>", _INVERTED)

    def source(match: re.Match[str]) -> str:
        address = html.unescape(match[2])
        shown = pictures.get(address, address) if view.images else "data:,"
        return f"{match[1]}{html.escape(shown)}{match[3]}"

    return _SOURCE.sub(source, page)


def web_pictures(page: str, pictures: Mapping[str, str]) -> int:
    """How many pictures of `page` are none of `pictures`, and would be fetched from the web."""
    found = {html.unescape(match[2]) for match in _SOURCE.finditer(page)}
    return len([address for address in found if address not in pictures])


def _in_scheme(page: str, scheme: str) -> str:
    """`page` as on a screen of a scheme, whatever the one is that it is looked at on."""

    def query(match: re.Match[str]) -> str:
        return _BOTH if match[1].lower() == scheme else _NEITHER

    def style(match: re.Match[str]) -> str:
        return _QUERY.sub(query, _OWN_SCHEME.sub(f"color-scheme: {scheme}", match[0]))

    return _STYLE.sub(style, _META.sub(rf"\g<1>{scheme}", page))


def _cut(page: str) -> str:
    """`page` up to where Gmail cuts it, with the line that Gmail puts there."""
    raw = page.encode()
    if len(raw) <= GMAIL_LIMIT:
        return page
    kept = raw[:GMAIL_LIMIT].decode("utf-8", "ignore")
    return re.sub(r"<[^>]*\Z|&[#\w]*\Z", "", kept) + _CUT_OFF


def _before(page: str, tag: str, words: str) -> str:
    at = page.find(tag)
    return f"{page[:at]}{words}{page[at:]}" if at >= 0 else words + page
