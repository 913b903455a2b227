"""Circumstances in which a feature that a mail program does not know loses nothing."""

import re
from collections.abc import Callable

from newsletter.proof.page import Page, declarations
from newsletter.rules.clients._uses import Use


def _has_ground(use: Use, _: Page) -> bool:
    """The element has a colour as well, for the words to be read on."""
    if use.element is not None and use.element.get("bgcolor"):
        return True
    return any(
        name == "background-color"
        or (name == "background" and re.search(r"(?<!&)#[0-9a-f]{3}|^[a-z]+$", _colour(value)))
        for name, value in declarations(use.style)
    )


def _colour(background: str) -> str:
    """What is left of a `background` without pictures and gradients, and words of place."""
    rest = background.lower()
    while (shorter := re.sub(r"[a-z-]*\([^()]*\)", "", rest)) != rest:
        rest = shorter
    words = [word for word in re.split(r"[\s,/]+", rest) if word not in _NO_COLOURS]
    return " ".join(word for word in words if not re.match(r"-?[\d.]", word))


_NO_COLOURS = frozenset(
    {
        "!important", "border-box", "bottom", "center", "contain", "content-box", "cover", "fixed",
        "left", "local", "no-repeat", "none", "padding-box", "repeat", "repeat-x", "repeat-y",
        "right", "scroll", "top", "transparent",
    }
)  # fmt: skip


def _has_another_family(use: Use, page: Page) -> bool:
    """No element is set in this family alone."""
    name = dict(declarations(use.said.value)).get("font-family", "").strip("'\" ").lower()
    styles = {element.get("style", "") for element in page.elements}
    alone = {
        value.strip("'\" ").lower()
        for style in styles
        for prop, value in declarations(style)
        if prop == "font-family"
    }
    return name not in alone


def _has_width(use: Use, _: Page) -> bool:
    """It is no picture, or one whose width stands in pixels."""
    return (
        use.element is None
        or use.element.tag != "img"
        or re.fullmatch(r"\s*\d+(px)?\s*", use.element.get("width", "")) is not None
    )


# An ignored value of these costs looks only.
_DECORATION = (
    "border", "box-shadow", "text-shadow", "outline", "letter-spacing", "word-spacing", "filter",
    "text-decoration", "text-underline", "text-indent", "transition", "animation", "min-height",
    "max-height", "gap", "column-", "row-gap", "background-position", "background-size", "opacity",
    "accent-color", "caret-color", "cursor", "list-style", "tab-size", "transform-origin",
)  # fmt: skip


def _decorates(use: Use, _: Page) -> bool:
    """The value is that of a border, a shadow and the like."""
    return use.said.shown.startswith(_DECORATION)


def _colours_little(use: Use, page: Page) -> bool:
    """The same, or a ground that has a colour as an attribute as well. Not for colours that Gmail
    drops the whole style for: those without commas."""
    if "," not in use.said.value:
        return False
    ground = use.said.shown.startswith("background") and use.element is not None
    return _decorates(use, page) or (ground and bool(use.element.get("bgcolor")))


def _inside(use: Use, tag: str) -> bool:
    return use.element is not None and next(use.element.iterancestors(tag), None) is not None


SPARED: dict[str, Callable[[Use, Page], bool]] = {
    "aligned": lambda use, _: use.element is not None and bool(use.element.get("align")),
    "colours little": _colours_little,
    "decorates": _decorates,
    "has a ground": _has_ground,
    "has a width": _has_width,
    "has another family": _has_another_family,
    "in a form": lambda use, _: _inside(use, "form"),
    "in the head": lambda use, _: _inside(use, "head"),
    "not moved": lambda use, _: (
        use.said.value.partition("!")[0].strip().lower() in ("static", "relative", "initial")
        and not any(
            name in ("left", "right", "top", "bottom", "inset")
            for name, _value in declarations(use.style)
        )
    ),
}
"""By the names that effects have for them."""
