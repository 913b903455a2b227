"""An email's HTML in, the same as one mail program or another would show it out.

Only what is shown is changed so; what is copied never is.
"""

import colorsys
import html
import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from newsletter.render import GMAIL_LIMIT

Scheme = Literal["light", "dark", "forced"]
"""A light screen, a dark one, and one on which the mail program recolours what it shows."""

_STYLE = re.compile(r"(?s)<style[^>]*>.*?</style>\s*")
_QUERY = re.compile(r"prefers-color-scheme\s*:\s*(light|dark)", re.IGNORECASE)
_OWN_SCHEME = re.compile(r"(?<!prefers-)color-scheme\s*:\s*[a-z ]+", re.IGNORECASE)
_META = re.compile(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*', re.IGNORECASE)
_SOURCE = re.compile(r'(<img\b[^>]*? src=")([^"]*)(")')

_BOTH, _NEITHER = "min-width: 0", "max-width: 0"  # media queries that always and never hold

_COLOUR = "(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\\b"
_GROUND = re.compile(rf'(background(?:-color)?\s*:\s*|bgcolor="){_COLOUR}')
_INK = re.compile(rf"((?<![-\w])color\s*:\s*|border[a-z-]*\s*:\s*[^;\"'}}#]*){_COLOUR}")
# What says no colour of its own is dark words on white, which are turned, too.
_RECOLOURED = "<style>html{background:#1c1c1c;color:#e6e6e6}</style>"

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
        page = _before(_recoloured(page), "</head>", _RECOLOURED)

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


def _recoloured(page: str) -> str:
    """`page` as programs show it that give every light email dark colours: light grounds become
    dark and dark words light, in the same hue. What is dark already, and pictures, stay."""

    def ground(match: re.Match[str]) -> str:
        hue, light, strength = _hls(match[2])
        return match[1] + (_hex(hue, 1.11 - light, strength * 0.6) if light > 0.5 else match[2])

    def ink(match: re.Match[str]) -> str:
        hue, light, strength = _hls(match[2])
        return match[1] + (_hex(hue, 0.92 - light * 0.5, strength) if light < 0.6 else match[2])

    def style(match: re.Match[str]) -> str:
        return _INK.sub(ink, _GROUND.sub(ground, match[0]))

    return re.sub(r"(?s)<style[^>]*>.*?</style>|<(?!style)[a-z][^>]*>", style, page)


def _hls(colour: str) -> tuple[float, float, float]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return colorsys.rgb_to_hls(red, green, blue)


def _hex(hue: float, light: float, strength: float) -> str:
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strength)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _cut(page: str) -> str:
    """`page` up to where Gmail cuts it, with the line that Gmail puts there."""
    raw = page.encode()
    if len(raw) <= GMAIL_LIMIT:
        return page
    kept = raw[:GMAIL_LIMIT].decode("utf-8", "ignore")
    if kept.rfind("<!--") > kept.rfind("-->"):  # else the line would stand inside the comment
        kept = kept[: kept.rfind("<!--")]
    return re.sub(r"<[^>]*\Z|&[#\w]*\Z", "", kept) + _CUT_OFF


def _before(page: str, tag: str, words: str) -> str:
    at = page.find(tag)
    return f"{page[:at]}{words}{page[at:]}" if at >= 0 else words + page
