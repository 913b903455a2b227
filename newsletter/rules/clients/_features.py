"""The slug of a feature in, how it is recognised out.

The data does not say which property, element or word a feature is; most slugs do.
"""

from functools import cache
from typing import NamedTuple

from newsletter.rules.clients._data import Feature, features

UNMATCHED = {
    "bimi": "a logo beside the sender's name is a record in the DNS, not in an email",
    "css-inline-size": "tested again, later, as css-block-inline-size",
    "image-hdr": "the address of a picture does not say that it has high dynamic range",
}
"""The features that no email shows, and why."""

_CORNERS = "border-top-left-radius border-top-right-radius border-bottom-left-radius"
_LOGICAL_CORNERS = (
    "border-end-end-radius border-end-start-radius border-start-end-radius "
    "border-start-start-radius"
)
# A slug that does not say it by itself: the kind of thing, and its names.
_EXPLICIT = {
    "amp": "attribute amp4email ⚡4email",
    "css-at-media-device-pixel-ratio": "media -webkit-device-pixel-ratio "
    "-webkit-min-device-pixel-ratio -webkit-max-device-pixel-ratio",
    "css-at-media-hover": "media hover any-hover",
    "css-block-inline-size": "property block-size inline-size",
    "css-border-inline-block": "property border-inline border-block",
    "css-border-inline-block-individual": "property border-block-end border-block-start "
    "border-inline-end border-inline-start",
    "css-border-inline-block-longhand": "property border-block-color border-block-style "
    "border-block-width border-inline-color border-inline-style border-inline-width",
    "css-border-radius": f"property border-radius {_CORNERS} border-bottom-right-radius",
    "css-border-radius-logical": f"property {_LOGICAL_CORNERS}",
    "css-column-layout-properties": "property columns column-fill column-rule column-span "
    "column-width",
    "css-comments": "syntax css-comment",
    "css-conic-gradient": "function conic-gradient repeating-conic-gradient",
    "css-display-flex": "pair display:flex display:inline-flex",
    "css-display-grid": "pair display:grid display:inline-grid",
    "css-display-none": "pair display:none",
    "css-flex-direction": "pair flex-direction:column flex-direction:column-reverse",
    "css-flex-wrap": "pair flex-wrap:wrap flex-wrap:wrap-reverse",
    "css-gap": "property gap column-gap row-gap",
    "css-important": "word !important",
    "css-inert-attribute": "attribute inert",
    "css-intrinsic-size": "word fit-content min-content max-content",
    "css-left-right-top-bottom": "property left right top bottom",
    "css-linear-gradient": "function linear-gradient repeating-linear-gradient",
    "css-margin-block-start-end": "property margin-block-start margin-block-end",
    "css-margin-inline-block": "property margin-inline margin-block",
    "css-margin-inline-start-end": "property margin-inline-start margin-inline-end",
    "css-modern-color": "function lch oklch lab oklab",
    "css-nesting": "syntax nesting",
    "css-padding-block-start-end": "property padding-block-start padding-block-end",
    "css-padding-inline-block": "property padding-inline padding-block",
    "css-padding-inline-start-end": "property padding-inline-start padding-inline-end",
    "css-radial-gradient": "function radial-gradient repeating-radial-gradient",
    "css-rgb": "function rgb",
    "css-rgba": "function rgba",
    "css-sytem-ui": "word system-ui ui-serif ui-sans-serif ui-rounded ui-monospace",
    "css-unit-calc": "function calc",
    "css-unit-initial": "word initial",
    "css-unit-percent": "unit %",
    "css-variables": "function var",
    "html-anchor-links": "link #",
    "html-button-reset": "typed button:reset",
    "html-button-submit": "typed button:submit",
    "html-comments": "syntax html-comment",
    "html-doctype": "syntax doctype",
    "html-h1-h6": "element h1 h2 h3 h4 h5 h6",
    "html-image-maps": "element map",
    "html-input-text": "typed input:text input:email input:tel input:search input:url",
    "html-lists": "element ul ol li dl dt dd",
    "html-loading-attribute": "attribute loading",
    "html-mailto-links": "link mailto:",
    "html-meta-color-scheme": "meta color-scheme",
    "html-semantics": "element article aside details figcaption figure footer header main mark "
    "nav section summary time",
    "html-srcset": "attribute srcset sizes",
    "image-base64": "format data:",
    "image-heif": "format heif heic",
    "image-jpg": "format jpg jpeg",
    "image-svg": "format svg svg+xml",
    "image-tiff": "format tiff tif",
    "image-ico": "format ico vnd.microsoft.icon x-icon",
}
# What the beginning of a slug says.
_BEGINNINGS = (
    ("css-pseudo-class-", "pseudo", ":"),
    ("css-pseudo-element-", "pseudo", "::"),
    ("css-at-media-", "media", ""),
    ("css-at-", "at", ""),
    ("css-unit-", "unit", ""),
    ("css-function-", "function", ""),
    ("css-selector-", "selector", ""),
    ("css-", "property", ""),
    ("image-", "format", ""),
    ("html-input-", "typed", "input:"),
)


def matchers(feature: Feature) -> tuple[str, tuple[str, ...]]:
    """The kind of thing that a feature is, and its names; ("", ()) if it cannot be recognised."""
    slug = feature.slug
    if slug in UNMATCHED:
        return "", ()
    if slug in _EXPLICIT:
        kind, *names = _EXPLICIT[slug].split()
        return kind, tuple(names)
    for beginning, kind, before in _BEGINNINGS:
        if slug.startswith(beginning):
            return kind, (before + slug.removeprefix(beginning),)
    if slug.startswith("html-"):
        kind = "attribute" if feature.title.endswith(" attribute") else "element"
        return kind, (slug.removeprefix("html-"),)
    return "", ()


class Index(NamedTuple):
    """The slugs of features, by kind and name."""

    property: dict[str, str]
    pair: dict[str, str]
    function: dict[str, str]
    unit: dict[str, str]
    word: dict[str, str]
    at: dict[str, str]
    media: dict[str, str]
    pseudo: dict[str, str]
    selector: dict[str, str]
    element: dict[str, str]
    attribute: dict[str, str]
    typed: dict[str, str]
    meta: dict[str, str]
    link: dict[str, str]
    format: dict[str, str]
    syntax: dict[str, str]

    def property_of(self, name: str) -> str:
        """The slug of a property, or of the one that it is a part of: border-top, margin-left."""
        while name:
            if name in self.property:
                return self.property[name]
            name = name.rpartition("-")[0]
        return ""


@cache
def index() -> Index:
    """All features that can be recognised."""
    made: dict[str, dict[str, str]] = {kind: {} for kind in Index._fields}
    for feature in features().values():
        kind, names = matchers(feature)
        if kind:
            made[kind].update(dict.fromkeys(names, feature.slug))
    return Index(**made)
