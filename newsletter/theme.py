"""What a theme is: named values that templates set an issue with, and an organisation's own."""

import re
from contextlib import suppress
from typing import Annotated, Literal

import msgspec
from msgspec import field

from newsletter.colours import LARGE, TEXT, contrast, mixed, readable
from newsletter.model import Brand, Image, Value, about
from newsletter.problems import Fault, Faults
from newsletter.values import Colour, Line, Pixels

# What can still be read, and leaves room for the words; all in pixels but `leading`.
_RANGES = {
    "size": (12, 30),
    "leading": (110, 220),
    "title_size": (16, 72),
    "display_size": (16, 60),
    "heading_size": (14, 48),
    "entry_size": (12, 40),
    "small_size": (12, 24),
    "gutter": (0, 100),
    "gap": (0, 80),
    "section_gap": (0, 120),
    "rule": (0, 20),
    "band_rule": (0, 40),
    "corner": (0, 60),
}
_FONTS = r"([^;{}<>]+,\s*)?(serif|sans-serif|monospace|cursive|fantasy|system-ui)"
_LARGE, _LARGE_IF_BOLD = 24, 19
"""Pixels from which a text is large (WCAG 2.2, 1.4.3: 18 points, or 14 if bold)."""

# Each text with every ground that a template puts it on. The masthead's title is large.
_PAIRS = (
    ("ink", ("card", "tint"), TEXT),
    ("muted", ("card", "tint", "page"), TEXT),
    ("heading", ("card", "tint"), TEXT),
    ("link", ("card", "tint"), TEXT),
    ("band_ink", ("band",), LARGE),
    ("band_muted", ("band",), TEXT),
)


class Palette(Value, frozen=True):
    """The colours of a theme, once for light and once for dark screens."""

    page: Annotated[Colour, about("Around the email.")]
    card: Annotated[Colour, about("Behind the words.")]
    ink: Annotated[Colour, about("The words.")]
    muted: Annotated[Colour, about("Dates, sources, the footer.")]
    heading: Annotated[Colour, about("Headings.")]
    link: Annotated[Colour, about("Links.")]
    accent: Annotated[Colour, about("Lines below headings and beside quotations.")]
    tint: Annotated[Colour, about("Behind the lead, quotations and the support lines.")]
    band: Annotated[Colour, about("Behind the masthead.")]
    band_ink: Annotated[Colour, about("The masthead's title.")]
    band_muted: Annotated[Colour, about("The masthead's other words.")]

    def __post_init__(self) -> None:
        """Raises Faults for every text that is hard to read on what is behind it."""
        faults = []
        for text, grounds, least in _PAIRS:
            colour = getattr(self, text)
            behind = {ground: getattr(self, ground) for ground in grounds}
            ground = min(grounds, key=lambda name: contrast(colour, behind[name]))
            ratio = contrast(colour, behind[ground])
            if ratio < least:
                near = readable(colour, behind.values(), least)
                worst = min(contrast(near, other) for other in behind.values())
                faults.append(
                    Fault(
                        "contrast",
                        # Cut, not rounded: 4.499 is not yet 4.5.
                        f"'{text}' {colour} on '{ground}' {behind[ground]} has a contrast of "
                        f"{int(ratio * 100) / 100}:1; {least:g}:1 is the least",
                        f"'{text}' could be {near}, say"
                        if worst >= least
                        else f"nothing can be read there: change {' or '.join(behind)}",
                        field=text,
                        or_field=ground,
                    )
                )
        if faults:
            raise Faults(*faults)


class Theme(Value, frozen=True):
    """Named values that templates set an issue with. What is left out comes from the theme that
    this one `extends`; CSS for what values cannot say may stand in a file of the same name."""

    description: Annotated[Line, about("What it looks like, in a few words.")]
    light: Annotated[Palette, about("Colours on light screens.")]
    dark: Annotated[Palette, about("Colours on dark screens.")]
    font: Annotated[Line, about("The fonts of the words, ending in a generic one.")]
    heading_font: Annotated[Line, about("The fonts of headings, ending in a generic one.")]
    heading_weight: Annotated[Literal["bold", "normal"], about("How heavy headings are.")]
    masthead: Annotated[
        Literal["start", "center"], about("Where the masthead's words stand: start or center.")
    ]
    size: Annotated[Pixels, about("Size of the words.")]
    leading: Annotated[Pixels, about("Height of a line of words, in percent of their size: 150.")]
    title_size: Annotated[Pixels, about("Size of the issue's title.")]
    display_size: Annotated[Pixels, about("Size of the lead's display line and of stories.")]
    heading_size: Annotated[Pixels, about("Size of section headings.")]
    entry_size: Annotated[Pixels, about("Size of entries' headlines.")]
    small_size: Annotated[Pixels, about("Size of dates, sources and the footer.")]
    gutter: Annotated[Pixels, about("Space left and right of the words.")]
    gap: Annotated[Pixels, about("Space between entries.")]
    section_gap: Annotated[Pixels, about("Space above section headings.")]
    rule: Annotated[Pixels, about("Thickness of the line below section headings; 0 for none.")]
    band_rule: Annotated[Pixels, about("Thickness of the line below the masthead; 0 for none.")]
    corner: Annotated[Pixels, about("Radius of the corners of masthead, panels and pictures.")]
    extends: Annotated[Line, about("The theme whose values hold where this one gives none.")] = (
        field(default_factory=Line)
    )
    logo: Annotated[Image | None, about("A logo, shown on white above the masthead.")] = None

    def __post_init__(self) -> None:
        """Raises Faults for values that are only wrong together, or in the CSS that they go to."""
        faults = []
        for name, (least, most) in _RANGES.items():
            value = getattr(self, name)
            if not least <= int(value) <= most:
                faults.append(
                    Fault(
                        "pixels",
                        f"{value} is {'too small' if int(value) < least else 'too large'}",
                        f"'{name}' is a number from {least} to {most}",
                        field=name,
                    )
                )
        for name in ("font", "heading_font"):
            font = getattr(self, name)
            if not re.fullmatch(_FONTS, font):
                faults.append(
                    Fault(
                        "font",
                        f"'{font}' is not a list of fonts" if font else f"'{name}' is empty",
                        "end it in serif or sans-serif: Georgia, serif",
                        field=name,
                    )
                )
        size = int(self.title_size)
        if size < _LARGE and (size < _LARGE_IF_BOLD or self.heading_weight != "bold"):
            for palette in (self.light, self.dark):
                ratio = contrast(palette.band_ink, palette.band)
                if ratio < TEXT:
                    faults.append(
                        Fault(
                            "contrast",
                            f"a title of {size} pixels in {palette.band_ink} on {palette.band} "
                            f"has a contrast of {int(ratio * 100) / 100}:1, not {TEXT:g}:1",
                            f"make it {_LARGE} pixels large, or choose other colours",
                            field="title_size",
                        )
                    )
        if faults:
            raise Faults(*faults)


def branded(theme: Theme, brand: Brand) -> Theme:
    """`theme` in an organisation's colour and with its logo; all texts stay easy to read."""
    if brand.colour:
        theme = msgspec.structs.replace(
            theme,
            light=_in_colour(theme.light, brand.colour),
            dark=_in_colour(theme.dark, brand.colour),
        )
    return msgspec.structs.replace(theme, logo=brand.logo) if brand.logo else theme


def _in_colour(palette: Palette, colour: str) -> Palette:
    """`palette` with its masthead, links, lines and tint made of `colour`."""
    light = contrast(palette.card, "#000000") > contrast(palette.card, "#ffffff")
    # On a card between light and dark, a tint may leave nothing that can be read on both.
    for share in (0.1 if light else 0.16, 0.05, 0.0):
        values = _coloured(msgspec.structs.asdict(palette), colour, light, share)
        with suppress(Faults):
            return Palette(**{name: Colour(value) for name, value in values.items()})
    return palette


def _coloured(values: dict[str, str], colour: str, light: bool, share: float) -> dict[str, str]:
    values["tint"] = mixed(values["card"], colour, share)
    values["accent"] = readable(colour, [values["card"]], 1.8)
    values["link"] = colour
    if light:
        values["heading"] = colour
    if values["band"] != values["card"]:  # a masthead that is set off by lines alone stays so
        # On dark screens a large bright band would glare.
        values["band"] = colour if light else mixed(colour, "#000000", 0.45)
        white = contrast("#ffffff", values["band"]) >= TEXT
        values["band_ink"] = "#ffffff" if white else "#16181b"
        values["band_muted"] = mixed(values["band_ink"], values["band"], 0.15)
    for text, grounds, least in _PAIRS:
        values[text] = readable(values[text], [values[ground] for ground in grounds], least)
    return values
