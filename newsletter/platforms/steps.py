"""A platform's profile in; what a person is to do there, step by step, out."""

from collections.abc import Iterator
from textwrap import TextWrapper

from newsletter.platforms.profile import Profile

_WIDTH = 78
_SHAPES = {
    "document": "a whole HTML document",
    "body_inner": "HTML without a head, for the inside of the platform's own document",
    "template_fragment": "HTML for a template of the platform, which has the footer",
    "rendered_fragment": "a page that is copied from the browser",
    "mime": "a whole message",
    "markdown": "Markdown",
}
_CONFIDENCE = {
    "verified": "",
    "second-hand": "The names of menus were read in other people's guides: they may differ.",
    "unverified": "The names of menus are not known for certain: look for what is meant.",
}


def how_to_paste(profile: Profile) -> list[str]:
    """The steps in lines, numbered."""
    lines: list[str] = []
    for number, step in enumerate(profile.steps, 1):
        lines += hanging(f"{number}. ", step)
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
        ("What to know", profile.notes),
        ("What nobody has tried yet", profile.unverified),
        ("Read in", profile.sources),
    ):
        if texts:
            lines += ["", heading, ""]
            for text in texts:
                lines += hanging("  - ", text)
    return lines


def _tags(profile: Profile) -> Iterator[str]:
    for name in profile.tags.__struct_fields__:
        tag = getattr(profile.tags, name)
        what = tag.with_fallback.replace("{fallback}", "there") or tag.tag
        if tag.kind == "auto":
            what = "(the platform adds it)"
        elif tag.kind == "none":
            what = "(none)"
        doubt = f"  ({tag.confidence})" if what and tag.confidence != "verified" else ""
        yield f"  {f'[[{name}]]':<20} {what}{doubt if tag.kind != 'none' else ''}"
        if tag.note:
            yield from hanging(" " * 23, tag.note)


def hanging(begin: str, text: str) -> list[str]:
    """`text` in lines, the first after `begin`, the others below it."""
    indent = " " * (len(begin) if len(begin) < 30 and not begin.endswith(": ") else 4)
    wrapper = TextWrapper(_WIDTH, begin, indent, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)
