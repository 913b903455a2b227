"""What a reader sees where a mail program does not support a feature, and what to write instead.

The judgement is this project's own. What is HARMLESS makes an email plainer; it is told only when
it is asked for. The rest changes meaning, legibility or layout.
"""

from typing import NamedTuple


class Effect(NamedTuple):
    """`sees` follows a colon in a sentence.

    `when` is a pattern: only a value that has it loses something. `spared` names a circumstance in
    which nothing is lost (see `_spared.py`). `partly` is for mail programs that support it in part:
    words of the note, and a pattern. Where the note has the words and the value the pattern, the
    part that is missing is the one that is used.
    """

    sees: str
    instead: str = ""
    harmless: bool = False
    when: str = ""
    spared: str = ""
    partly: tuple[tuple[str, str], ...] = ()


_TABLE = "set it as a table, or with mj-column"
_SPACE = "write padding-left, margin-top and the like, which say the side"
_GROUND = "give the same element a background-color that the words can be read on"
_FIXED = "write the size in px"
_COLOUR = "write the colour as six digits: #1a2b3c"
_PICTURE = "save the picture as PNG or JPEG"
_FORM = "link to a page that has the form"

_LOSSES: tuple[tuple[str, Effect], ...] = (
    # layout
    (
        "css-display-flex css-display-grid",
        Effect("what should stand side by side stands one below the other", _TABLE),
    ),
    (
        "css-flex-direction",
        Effect("what should stand one below the other stands side by side", _TABLE),
    ),
    ("css-flex-wrap", Effect("what should go on in a new row is squeezed into one", _TABLE)),
    ("css-grid-template", Effect("the columns of the grid are lost", _TABLE)),
    (
        "css-position",
        Effect(
            "it stays where it stands in the text, or lies on other words",
            "move it with the padding of a table's cell",
            spared="not moved",
            partly=(
                ("not `sticky`", "sticky|fixed"),
                ("not `relative`, `absolute`", "relative|absolute|fixed"),
                ("not `absolute`", "absolute|sticky|fixed"),
            ),
        ),
    ),
    (
        "css-float",
        Effect(
            "it stands above the words that should flow beside it",
            'give a table or a picture align="left" as well',
            when=r"^(left|right|inline-)",
            spared="aligned",
        ),
    ),
    (
        "css-margin",
        Effect(
            "a negative margin is ignored: what should move, stays",
            "set the space with the padding of a table's cell",
            partly=(("Negative", r"(?<![\w.#])-(?=\.?\d*[1-9])"),),
        ),
    ),
    (
        "css-margin-block-start-end css-margin-inline-block css-margin-inline-start-end "
        "css-padding-block-start-end css-padding-inline-block css-padding-inline-start-end",
        Effect("the space is missing, and things touch", _SPACE, when="[1-9]"),
    ),
    ("css-block-inline-size", Effect("it has another size", "write width and height")),
    (
        "css-transform",
        Effect("it stays where it is, unturned and at its own size", "draw it so", when=r"\("),
    ),
    ("css-writing-mode", Effect("the words run across, not down", "", when="vertical|sideways")),
    (
        "css-unit-rem css-unit-vh css-unit-vw css-unit-vmin css-unit-vmax css-unit-ch "
        "css-unit-calc css-function-clamp css-function-max css-function-min",
        Effect("the size is ignored, and the program takes its own", _FIXED, spared="decorates"),
    ),
    (
        "css-selector-chaining",
        Effect(
            "the rule is given to everything that has one of the classes",
            "give the element one class of its own",
        ),
    ),
    # words that are lost, or come to light
    (
        "css-visibility",
        Effect("what should be hidden is seen", "write display: none", when="hidden|collapse"),
    ),
    (
        "css-opacity",
        Effect("what should be hidden is seen", "write display: none", when=r"^(0|0?\.0+|0%)$"),
    ),
    ("html-hidden html-popover", Effect("what should be hidden is seen", "write display: none")),
    (
        "css-pseudo-element-before css-pseudo-element-after",
        Effect(
            "the words that the style adds are missing",
            "write them in the layout",
            when=r"content:\s*[\"'][^\"']*\w",
        ),
    ),
    (
        "css-pseudo-class-checked css-pseudo-class-target",
        Effect("what should open with a click does not", "show it at once, or link to a page"),
    ),
    (
        "css-white-space",
        Effect(
            "line ends are lost: the lines run together",
            "write <br/>",
            when=r"\bpre\b",
            partly=(("`pre` value", r"\bpre\b(?!-)"),),
        ),
    ),
    (
        "css-text-align",
        Effect(
            "the words stand at the other side",
            "write left or right",
            partly=(("`start` and `end`", "^end"),),
        ),
    ),
    (
        "html-lists",
        Effect(
            "the numbers of the list are others",
            "write the numbers as words",
            when="reversed",
            partly=(("`reversed`", "reversed"),),
        ),
    ),
    # colours, grounds and type
    (
        "css-variables",
        Effect(
            "the value is ignored: colours and sizes are the program's own",
            "write the value itself",
            spared="decorates",
        ),
    ),
    (
        "css-modern-color",
        Effect("the colour is missing, in Gmail with every other style of the element", _COLOUR),
    ),
    (
        "css-function-light-dark",
        Effect("the colour is missing", _COLOUR, spared="decorates"),
    ),
    (
        "css-rgb css-rgba",
        Effect(
            "the colour is missing; without commas in it, in Gmail every style of the element",
            _COLOUR,
            spared="colours little",
            partly=(
                ("Whitespace syntax", r"rgba?\(\s*[\d.]+%?\s+[\d.]"),
                ("Alpha value", r"rgb\((?:[^,)]*,){3}"),
            ),
        ),
    ),
    (
        "css-background-image css-background",
        Effect(
            "the picture behind the words is missing",
            _GROUND,
            when=r"url\(",
            spared="has a ground",
            partly=(("Only `background-color`", r"url\("),),
        ),
    ),
    (
        "html-background",
        Effect("the picture behind the words is missing", _GROUND, spared="has a ground"),
    ),
    (
        "css-linear-gradient css-radial-gradient css-conic-gradient",
        Effect("the ground is missing", _GROUND, spared="has a ground"),
    ),
    (
        "css-at-font-face",
        Effect(
            "the words are in the program's own type",
            "name another family after it: Inter, Arial, sans-serif",
            spared="has another family",
            partly=(("distant fonts are ignored", ""),),
        ),
    ),
    (
        "css-at-import html-link",
        Effect("the styles are missing", "write them in the layout", when="import|stylesheet"),
    ),
    (
        "css-nesting",
        Effect("the rules are lost, or given to something else", "write each rule by itself"),
    ),
    (
        "html-style",
        Effect(
            "the styles are missing",
            "put them into the head, with mj-style",
            spared="in the head",
            partly=(("inside the `<body>`", ""),),
        ),
    ),
    # pictures, sound, forms
    (
        "image-webp image-avif image-heif image-tiff image-bmp image-ico image-mp4",
        Effect("there is no picture, or a broken one", _PICTURE),
    ),
    ("image-svg html-svg html-object", Effect("there is no picture", _PICTURE)),
    ("image-base64", Effect("there is no picture", "give the picture an address")),
    ("css-object-fit", Effect("the picture is squashed", "cut the picture to that shape")),
    (
        "css-width css-max-width html-width",
        Effect(
            "the picture is as wide as its file, and may push the email wide",
            'give the picture width="600", in pixels, as an attribute',
            spared="has a width",
            partly=(
                ("`<img>`", ""),
                ("Only works on `<table>`", ""),
                ("Percentage width on `<img>`", ""),
            ),
        ),
    ),
    ("html-image-maps", Effect("the parts of the picture are no links", "cut the picture up")),
    (
        "html-video html-audio",
        Effect(
            "there is nothing to play",
            "link a picture to the page",
        ),
    ),
    (
        "html-form html-input-checkbox html-input-radio html-input-reset html-input-submit "
        "html-input-text html-button-reset html-button-submit html-select html-textarea",
        Effect("the form is missing, or cannot be sent", _FORM, spared="in a form"),
    ),
    ("html-dialog html-meter html-progress", Effect("it is missing", "write it in words")),
    ("html-base", Effect("links that lean on it go nowhere", "write whole addresses")),
    ("html-mailto-links", Effect("the link does nothing", "write the address in words")),
)

# What makes an email plainer: what a reader sees, and of which features.
_HARMLESS = {
    "the corners are square": "css-border-radius css-border-radius-logical css-clip-path",
    "there is no shadow": "css-box-shadow css-text-shadow",
    "the effect is missing": "css-backdrop-filter css-filter css-mix-blend-mode css-mask-image "
    "css-background-blend-mode css-accent-color",
    "nothing moves": "css-animation css-at-keyframes css-transition image-apng image-gif "
    "html-marquee css-scroll-snap",
    "the border is plainer": "css-border css-border-image css-border-inline-block "
    "css-border-inline-block-individual css-border-inline-block-longhand css-border-collapse "
    "css-border-spacing css-outline css-outline-offset css-empty-cells",
    "the ground is plainer": "css-background-clip css-background-color css-background-origin "
    "css-background-position css-background-repeat css-background-size",
    "colours on a dark screen are the program's own": "css-color-scheme html-meta-color-scheme "
    "css-at-media-prefers-color-scheme",
    "what is in it does nothing; the rest is as without it": "css-at-media css-at-supports "
    "css-at-media-device-pixel-ratio css-at-media-hover css-at-media-orientation "
    "css-at-media-prefers-reduced-motion css-comments css-important",
    "the rule does nothing": "css-selector-adjacent-sibling css-selector-attribute "
    "css-selector-child css-selector-class css-selector-descendant css-selector-general-sibling "
    "css-selector-grouping css-selector-id css-selector-type css-selector-universal "
    "css-pseudo-class-active css-pseudo-class-default css-pseudo-class-first-child "
    "css-pseudo-class-first-of-type css-pseudo-class-focus css-pseudo-class-focus-visible "
    "css-pseudo-class-focus-within css-pseudo-class-has css-pseudo-class-hover "
    "css-pseudo-class-lang css-pseudo-class-last-child css-pseudo-class-last-of-type "
    "css-pseudo-class-link css-pseudo-class-not css-pseudo-class-nth-child "
    "css-pseudo-class-nth-last-child css-pseudo-class-nth-last-of-type "
    "css-pseudo-class-nth-of-type css-pseudo-class-only-child css-pseudo-class-only-of-type "
    "css-pseudo-class-visited css-pseudo-element-first-letter css-pseudo-element-first-line "
    "css-pseudo-element-marker css-pseudo-element-placeholder",
    "it has its own size or space": "css-aspect-ratio css-box-sizing css-height css-max-height "
    "css-min-height css-min-width css-intrinsic-size css-max-block-size css-max-inline-size "
    "css-min-block-size css-min-inline-size css-padding css-table-layout css-gap css-overflow "
    "html-height html-cellpadding html-cellspacing css-unit-initial css-inline-size",
    "it stands a little elsewhere": "css-align-items css-justify-content css-caption-side "
    "css-clear css-display css-display-none css-inset css-left-right-top-bottom css-z-index "
    "css-vertical-align css-object-position css-shape-margin css-shape-outside css-direction "
    "html-align html-valign html-dir",
    "the words run in one column": "css-column-count css-column-layout-properties css-orphans "
    "css-widows",
    "the words are set more plainly": "css-font css-font-kerning css-font-size "
    "css-font-size-adjust css-font-stretch css-font-weight css-letter-spacing css-line-height "
    "css-word-spacing css-text-indent css-text-justify css-text-align-last css-text-transform "
    "css-text-decoration css-text-decoration-color css-text-decoration-line "
    "css-text-decoration-skip-ink css-text-decoration-style css-text-decoration-thickness "
    "css-text-emphasis css-text-emphasis-position css-text-orientation css-text-overflow "
    "css-text-underline-offset css-text-underline-position css-sytem-ui css-tab-size",
    "lines end elsewhere": "css-hyphenate-character css-hyphenate-limit-chars css-hyphens "
    "css-overflow-wrap css-text-wrap css-white-space-collapse css-word-break css-word-wrap "
    "html-wbr",
    "the list has plain bullets": "css-list-style css-list-style-image css-list-style-position "
    "css-list-style-type",
    "it looks the same and does less": "css-cursor css-inert-attribute css-resize "
    "css-user-select html-loading-attribute html-required html-target html-input-hidden "
    "html-srcset html-picture html-comments html-doctype html-anchor-links amp",
    "a program that reads aloud is told less": "html-aria-describedby html-aria-hidden "
    "html-aria-label html-aria-labelledby html-aria-live html-role html-lang html-abbr "
    "html-acronym html-dfn",
    "the words are there, without what marks them": "html-address html-bdi html-blockquote "
    "html-body html-code html-del html-div html-h1-h6 html-hr html-p html-pre html-rp html-rt "
    "html-ruby html-semantics html-small html-span html-strike html-strong html-table",
    "the size is the program's own": "css-unit-cm css-unit-em css-unit-ex css-unit-in "
    "css-unit-mm css-unit-pc css-unit-percent css-unit-pt css-unit-px",
    "there is no picture": "html-img image-jpg image-png",
}

EFFECTS: dict[str, Effect] = {
    slug: Effect(sees, harmless=True) for sees, slugs in _HARMLESS.items() for slug in slugs.split()
}
"""By slug; a feature that is not here is new in the data."""
EFFECTS.update({slug: effect for slugs, effect in _LOSSES for slug in slugs.split()})
