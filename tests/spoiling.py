"""What mailing platforms do to the email that they are given, done here.

Each step is one word of a profile's `changes`, with a real parser behind it where the platform has
one: lxml reads and writes the page again, premailer puts styles on elements. Where a profile does
not know whether `<style>` or comments survive, both ways are gone.
"""

import html as entities
import re
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

import cssutils
import lxml.html
import premailer

from newsletter import tags
from newsletter.platforms.profile import Profile, Tag

VALUES = {
    **{name: f"https://mailing.example/{name}" for name in tags.LINKS},
    "first_name": "Alex",
    "email": "reader@example.org",
    "postal_address": "1 Example Street, Exampleton EX1 1EX",
    "date": "2 January 2026",
}
"""What a platform puts in place of its tags: addresses of links, and words."""

_ADDRESS_LENGTH = 200


class Spoilt(NamedTuple):
    """A page as readers get it."""

    html: str
    styled: bool  # our own <style> is there, which phones and dark screens need
    document: bool  # our own <html> is there; otherwise the email stands in a template's `#slot`


def spoilt(page: str, profile: Profile, preheader: str) -> list[Spoilt]:
    """What may become of `page`, the file that an editor pastes, on the platform of `profile`."""
    page = with_values(page, profile, preheader)
    made = []
    wraps = "wraps" in profile.changes
    # A template that keeps its own <style> is harder to stand in than one that loses it.
    fate = "kept" if wraps and profile.styles == "unknown" else profile.styles
    for comments in _ways(profile.comments):
        for styles in _ways(fate):
            for whole in _wrapped(page) if wraps else [page]:
                kept = whole if comments else _without_comments(whole)
                kept = _changed(kept, profile, styles)
                made.append(Spoilt(kept, styles and not wraps, not wraps))
    return list(dict.fromkeys(made))


def _ways(fate: str) -> tuple[bool, ...]:
    return {"kept": (True,), "removed": (False,), "unknown": (True, False)}[fate]


def _changed(page: str, profile: Profile, styles: bool) -> str:
    steps: dict[str, Callable[[str], str]] = {
        "adds-footer": _with_footer,
        "inlines-css": _inlined,
        "merges-styles": _with_one_style,
        "wraps-media-queries": _with_wrapped_queries,
        "rewrites-links": _with_long_links,
        "rewrites-images": _with_moved_images,
        "reparses": _read_again,
    }
    for name, step in steps.items():
        if name in profile.changes and not (name == "adds-footer" and "wraps" in profile.changes):
            page = step(page)
    return page if styles else re.sub(r"(?s)<style[^>]*>.*?</style>", "", page)


# --- tags --------------------------------------------------------------------------------------


def with_values(page: str, profile: Profile, preheader: str) -> str:
    """`page` as it is sent to one reader: every tag of `profile` has become what it is for."""
    if profile.comment_form:  # a template engine: comments go, and what it prints comes after
        page = _printed(page, profile)
    if profile.preheader.tag:
        page = page.replace(profile.preheader.tag, entities.escape(preheader, quote=False))
    if profile.slot:
        page = page.replace(profile.slot, "")
    for name, value in VALUES.items():
        tag: Tag = getattr(profile.tags, name)
        for written in filter(None, (tag.with_fallback, tag.tag)):
            if not re.match("https?://[^$[]|mailto:", written):
                page = _tag(written).sub(partial(_value, tag.kind, value), page)
    return page


def _tag(written: str) -> re.Pattern[str]:
    """Finds a tag; its only group has the words that an editor has put into it."""
    return re.compile(
        re.sub(r"\\\{(words|fallback)\\\}|$", "(.*?)", re.escape(written), count=1), re.DOTALL
    )


def _value(kind: str, value: str, tag: re.Match[str]) -> str:
    if kind in ("element", "rendered"):
        return f'<a href="{value}">{tag[1] or "Unsubscribe"}</a>'
    return value


def _printed(page: str, profile: Profile) -> str:
    """What a template engine that knows no comments makes of `page`."""
    form = re.escape(profile.comment_form).replace(r"\{comment\}", "(.*?)")
    printed: list[str] = re.findall(form, page)
    page = _without_comments(re.sub(form, "\0", page))
    parts = page.split("\0")
    return "".join(a + b for a, b in zip(parts, [*printed, ""], strict=True))


# --- the head ----------------------------------------------------------------------------------


def _without_comments(page: str) -> str:
    return re.sub(r"(?s)<!--.*?-->", "", page)


def _inlined(page: str) -> str:
    made: str = premailer.transform(
        page,
        keep_style_tags=True,
        strip_important=False,
        allow_network=False,
        disable_validation=True,
        cssutils_logging_level=50,
    )
    return f"<!DOCTYPE html>\n{made}"


def _with_one_style(page: str) -> str:
    sheets = re.findall(r"(?s)<style[^>]*>(.*?)</style>", page)
    page = re.sub(r"(?s)<style[^>]*>.*?</style>\s*", "", page)
    return page.replace("</head>", f'<style type="text/css">{"".join(sheets)}</style></head>', 1)


def _with_wrapped_queries(page: str) -> str:
    """Each `@media` inside another; cssutils finds where they end."""

    def wrapped(sheet: re.Match[str]) -> str:
        rules = cssutils.parseString(sheet[2], validate=False)
        texts = [
            f"@media screen{{{rule.cssText}}}" if rule.type == rule.MEDIA_RULE else rule.cssText
            for rule in rules
        ]
        return sheet[1] + "\n".join(texts) + sheet[3]

    return re.sub(r"(?s)(<style[^>]*>)(.*?)(</style>)", wrapped, page)


# --- the body ----------------------------------------------------------------------------------


def long_address(target: str) -> str:
    """The address that counts clicks on a link; what is no page of the web stays as it is."""
    if not re.match("https?://", target):
        return target
    digest = sha256(target.encode()).hexdigest()
    return f"https://click.mailing.example/ls/click?upn={digest * 4}"[:_ADDRESS_LENGTH]


def _with_long_links(page: str) -> str:
    return re.sub(
        r'(<a [^>]*?href=")(https?://[^"]*)',
        lambda link: link[1] + long_address(entities.unescape(link[2])),
        page,
    )


def _with_moved_images(page: str) -> str:
    """Every picture at another address, by its own name."""
    moved = r"\1https://pictures.mailing.example/0123456789abcdef/"
    return re.sub(r'(<img [^>]*?src=")https?://(?:[^"]*/)?', moved, page)


def _read_again(page: str) -> str:
    made: str = lxml.html.tostring(
        lxml.html.document_fromstring(page), encoding="unicode", doctype="<!DOCTYPE html>"
    )
    return made


def _with_footer(page: str) -> str:
    footer = (
        '<table data-platform width="100%" cellpadding="10" bgcolor="#ffffff"><tr><td '
        'align="center" style="font: 14px Arial, sans-serif; color: #444444">Sent by a platform. '
        '<a href="https://mailing.example/leave" style="color: #1a4b8c; text-decoration: '
        'underline">Unsubscribe</a></td></tr></table>'
    )
    return page.replace("</body>", f"{footer}</body>", 1)


# --- the platform's own template ---------------------------------------------------------------

# Rules for bare elements, as templates of platforms have them, and how wide the template is. The
# first wants lines to have room and headings to be large; the second squeezes whatever it can.
_LOOKS = {
    640: """
body { margin: 0; background: #ffffff; font: 18px/1.4 Georgia, serif }
table { border-collapse: separate; width: 100% }
td { font: 18px Georgia, serif; vertical-align: top; color: #15212a }
p, ul, ol { margin: 0 0 1.5em; line-height: 1.6em }
ul, ol { padding-left: 1.3em; padding-right: 1.5em }
li { margin: 0.5em 0; padding-left: 0.3em; line-height: 1.6em }
h1, h2, h3 { margin: 1.5em 0 0.5em; font-family: Georgia, serif; line-height: 1.1em }
h1 { font-size: 42px } h2 { font-size: 32px } h3 { font-size: 26px }
a { color: #b3206a; text-decoration: none }
img { border: none; max-width: 100% }
""",
    600: """
body { margin: 0; line-height: 1.4 }
div, img { line-height: 1 }
table { border-collapse: collapse; border-spacing: 0; width: 100% }
td { padding: 6px; font: 13px/1 Arial, sans-serif; text-align: center; color: #ffffff }
p, li { color: #333333 }
h1, h2, h3 { font-weight: normal; color: #0b4a70 }
img { border: none; height: auto }
""",
}
_TEMPLATE = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Council news</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">{rules}</style></head>
<body><table cellpadding="0" cellspacing="0"><tr><td align="center" style="padding: 0">
<table align="center" cellpadding="0" cellspacing="0" style="max-width: {width}px">
<tr><td style="padding: 20px; font: 16px/1.4 Arial, sans-serif; background: #04689b;
color: #ffffff">Council news
<a href="https://mailing.example/page" style="color: #ffffff; text-decoration: underline">View as a
web page</a></td></tr>
<tr><td id="slot" style="padding: 20px; background: #ffffff">{email}</td></tr>
</table></td></tr></table></body></html>
"""


def _wrapped(email: str) -> Iterator[str]:
    """`email` in each template."""
    for width, rules in _LOOKS.items():
        page = _TEMPLATE.replace("{rules}", rules).replace("{width}", str(width))
        yield _with_footer(page.replace("{email}", email))


# --- a compose window --------------------------------------------------------------------------

_KEPT_ATTRIBUTES = re.compile(
    r"href|src|alt|width|height|v?align|bgcolor|border|cell(padding|spacing)|style|dir|lang|start"
)
_KEPT_STYLES = re.compile(
    r"(color|background-color|font(-[a-z]+)?|text-(align|decoration|transform)(-[a-z]+)?"
    r"|line-height|(margin|padding|border)(-[a-z]+)*|(max-|min-)?(width|height)|display"
    r"|vertical-align|list-style(-[a-z]+)?|direction|word-break|table-layout)$"
)


def sent_from_a_mailbox(pasted: str) -> str:
    """What is left when a program for mail has cleaned what was pasted: elements with styles of
    their own. Classes, names and what is not known go."""
    whole: Any = lxml.html.fragment_fromstring(pasted, create_parent="div")
    for element in whole.iter():
        for name in element.attrib:
            if not _KEPT_ATTRIBUTES.fullmatch(name):
                del element.attrib[name]
        style = [rule for rule in element.get("style", "").split(";") if ":" in rule]
        kept = [rule for rule in style if _KEPT_STYLES.match(rule.split(":")[0].strip())]
        if style:
            element.set("style", ";".join(kept))
    body: str = lxml.html.tostring(whole, encoding="unicode")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Inbox</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        '<body style="margin: 0"><div id="slot" style="font: 13px Arial, sans-serif; '
        f'color: #222222">{body}</div></body></html>'
    )
