"""A platform's profile in; what a person is to do there, step by step, out."""

import re
from collections.abc import Iterator
from textwrap import TextWrapper

from newsletter.platforms.profile import PreheaderPlace, Profile, TextPlace

_WIDTH = 78
_NO_BREAK = "\u00a0"
_CODE = re.compile(r"\{\{.*?\}\}|\(\(.*?\)\)|\[\[.*?\]\]|<[^<>]*>")  # stays on one line
_SHAPES = {
    "document": "a whole HTML document",
    "body_inner": "HTML without a head, for the inside of the platform's own document",
    "template_fragment": "HTML for a template of the platform, which has the footer",
    "rendered_fragment": "a page that is copied from the browser",
    "mime": "a whole message",
    "markdown": "Markdown",
}
_PREHEADER = {
    "field": "typed into a field",
    "html": "hidden at the top of the email",
    "nowhere": "no place for it",
}
_TEXT = {
    "field": "pasted into a field",
    "made": "made there, of the HTML",
    "inside": "inside the message",
    "nowhere": "not sent",
}
_CONFIDENCE = {
    "verified": "",
    "second-hand": "The names of menus were read in other people's guides: they may differ.",
    "unverified": "The names of menus are not known for certain: look for what is meant.",
}
_CHANGES = {
    "inlines-css": "moves styles onto the elements",
    "removes-comments": "takes out comments",
    "removes-styles": "takes out styles for telephones and dark screens",
    "merges-styles": "makes one of all styles",
    "wraps-media-queries": "wraps styles for telephones once more",
    "rewrites-links": "replaces links, to count clicks",
    "rewrites-images": "replaces the addresses of pictures",
    "reparses": "writes the HTML anew",
    "wraps": "puts the email into a template",
    "adds-footer": "adds a footer",
    "body-only": "takes only what stands in the body",
}


def how_to_paste(profile: Profile, pictures: str = "") -> list[str]:
    """The steps in lines, numbered. `pictures` says what to do with those of one issue, in place of
    the step that speaks of any."""
    lines: list[str] = []
    for number, step in enumerate(profile.steps, 1):
        about_pictures = pictures and "images_url" in step
        lines += hanging(f"{number}. ", pictures if about_pictures else step)
    if _CONFIDENCE[profile.confidence]:
        lines += ["", *hanging("", _CONFIDENCE[profile.confidence])]
    return lines


def about(name: str, profile: Profile) -> list[str]:
    """All that an editor may want to know of a platform, in lines."""
    lines = [
        f"{profile.name} (platform: {name})",
        "",
        *hanging("  What it is given: ", _SHAPES[profile.shape]),
        *hanging("  Where: ", profile.menu),
        *hanging("  Preheader: ", _PREHEADER[profile.preheader.given] + _at(profile.preheader)),
        *hanging("  Plain text: ", _TEXT[profile.text.given] + _at(profile.text)),
        f"  Sort: {profile.group}",
        "",
        "How to paste",
        "",
        *(f"  {line}" if line else "" for line in how_to_paste(profile)),
        "",
        "Tags",
        "",
        *_tags(profile),
    ]
    for heading, texts in (
        ("What it does, and insists on", tuple(_facts(profile))),
        ("What to know", profile.notes),
        ("What nobody has tried yet", profile.unverified),
        ("Read in", profile.sources),
    ):
        if texts:
            lines += ["", heading, ""]
            for text in texts:
                lines += hanging("  - ", text)
    return lines


def _at(place: PreheaderPlace | TextPlace) -> str:
    """What the field is called there, if that is known."""
    return f": {place.called}" if place.given == "field" and place.called else ""


def _facts(profile: Profile) -> Iterator[str]:
    for change in profile.changes:
        yield _CHANGES[change]
    if profile.comments != "kept" or profile.comment_form:
        survive = "kept" if profile.comment_form else profile.comments
        yield f"Outlook's conditional comments: {survive}"
    if profile.styles != "kept":
        yield f"styles for telephones and dark screens: {profile.styles}"
    required = profile.required
    for where, names in (("HTML", required.html), ("plain text", required.text)):
        if names:
            wanted = ", ".join(f"[[{name}]]" for name in names)
            otherwise = f" ({required.otherwise})" if required.otherwise else ""
            yield f"the {where} has to hold {wanted}{otherwise}"
    for what, most in (
        ("bytes of HTML", profile.limits.html_bytes),
        ("characters of HTML", profile.limits.html_characters),
        ("characters of the subject", profile.limits.subject),
        ("characters of the preheader", profile.limits.preheader),
    ):
        if most:
            yield f"at most {most:,} {what}"


def _tags(profile: Profile) -> Iterator[str]:
    for name in profile.tags.__struct_fields__:
        tag = getattr(profile.tags, name)
        what = tag.with_fallback.replace("{fallback}", "there") or tag.tag
        if tag.kind == "auto":
            what = "(the platform adds it)"
        elif tag.kind == "none":
            what = "(none)"
        sure = tag.kind == "none" or tag.confidence == "verified"
        line, doubt = f"  {f'[[{name}]]':<20} {what}", "" if sure else f"({tag.confidence})"
        if doubt and len(f"{line}  {doubt}") <= _WIDTH:
            yield f"{line}  {doubt}"
        else:
            yield line
            if doubt:
                yield f"{'':23}{doubt}"
        if tag.note:
            yield from hanging(" " * 23, tag.note)


def hanging(begin: str, text: str) -> list[str]:
    """`text` in lines, the first after `begin`, the others below it."""
    indent = " " * (len(begin) if len(begin) < 30 and not begin.endswith(": ") else 4)
    wrapper = TextWrapper(_WIDTH, begin, indent, break_long_words=False, break_on_hyphens=False)
    whole = _CODE.sub(lambda code: code[0].replace(" ", _NO_BREAK), text)
    return [line.replace(_NO_BREAK, " ") for line in wrapper.wrap(whole)]
