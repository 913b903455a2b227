"""A page that is opened in a browser, selected and copied as it is seen.

What a browser copies is how it shows the page: so it is the same on dark screens and in narrow
windows, and has nothing in it that is not seen. Chromium copies a width in per cent as the pixels
that it has just then, an address inside the page as one on the editor's disk, and the ground of a
page not at all; so none of these is left.
"""

import re

from newsletter.platforms.shapes.conditions import without

PART = "html"
FILE = "email.html"

_STYLE = re.compile(r"(?s)<style[^>]*>.*?</style>\n?")
_SCHEME = re.compile(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*')
_JUMP = re.compile(r'(?s)<a href="#[^>]*>(.*?)</a>|<a name="[^>]*></a>')
_WIDE = re.compile(
    r'<(table|div|img)\b([^>]*) style="([^"]*)(?<![\w-])width:100%;?([^"]*)"([^>]*)>'
)
_TABLE = re.compile(r"<table\b([^>]*)>")
_GROUND = re.compile(
    r'(?s)(<body[^>]*>\s*)<div [^>]*?lang="([^"]*)" dir="([^"]*)" '
    r'style="([^"]*)background-color:([^"]*)">(.*)</div>(\s*</body>)'
)
_COLUMN = 600
_BESIDE = 300  # what is narrower stands beside something else, and has room on any phone


def shaped(page: str) -> str:
    """The page without styles in its head, without what only Outlook reads, and with widths and a
    ground that are copied."""
    page = _SCHEME.sub(r"\1light", _STYLE.sub("", without(page)))
    page = _WIDE.sub(_steady, _JUMP.sub(lambda link: link[1] or "", page))
    page = _GROUND.sub(
        r'\1<table role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%" '
        r'lang="\2" dir="\3" bgcolor="\5" style="\4"><tbody><tr><td>\6</td></tr></tbody></table>\7',
        page,
        count=1,
    )
    return _TABLE.sub(_fixed, page)


def _fixed(tag: re.Match[str]) -> str:
    """A table that is never wider than its place, whatever is in it: a blocked picture, say."""
    style = re.search(r' style="([^"]*)"', tag[1])
    rest = tag[1].replace(style[0], "") if style else tag[1]
    rules = f"{style[1]};" if style else ""
    return f'<table{rest} style="{rules}table-layout:fixed">'


def _steady(tag: re.Match[str]) -> str:
    """An element that is as wide as it may be, without saying so in its style."""
    name, before, style, after = tag[1], tag[2], f"{tag[3]}{tag[4]}".rstrip(";"), tag[5]
    most = re.search(r"max-width:(\d+)px", style)
    if name == "table":
        before += ' width="100%"'
        style += f";max-width:{_COLUMN}px"
    elif name == "img":  # its own width is an attribute
        style += ";max-width:100%"
    elif most and int(most[1]) < _BESIDE:
        style += f";width:{most[1]}px"
    elif not most:
        style = re.sub(r"display:inline-block;?|vertical-align:top;?", "", style).rstrip(";")
    return f'<{name}{before} style="{style.lstrip(";")}"{after}>'
