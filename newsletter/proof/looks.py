"""What stands on an element in; how its words look out: colours, size, whether they are seen.

Only what stands on the elements counts, and what HTML says of them by itself: every mail program
knows that much. Styles in the head are for phones and dark screens.
"""

import math
import re
from functools import lru_cache
from typing import Any, NamedTuple

Colour = tuple[int, int, int]

_MELTS = 12


class Look(NamedTuple):
    """How the words in an element look. A colour is None where it cannot be told."""

    colour: Colour | None = (0, 0, 0)
    ground: Colour | None = (255, 255, 255)
    size: float = 16.0  # pixels
    bold: bool = False
    underlined: bool = False
    hidden: str = ""  # by what: "display:none"

    @property
    def melts(self) -> bool:
        """Whether the words have the colour of their ground, or so nearly that nobody sees them.

        The measure and the limit are those of SpamAssassin's HTML_FONT_LOW_CONTRAST.
        """
        if self.colour is None or self.ground is None:
            return False
        red, green, blue = (a - b for a, b in zip(self.colour, self.ground, strict=True))
        return math.hypot(0.2126 * red, 0.7152 * green, 0.0722 * blue) < _MELTS


class _Own(NamedTuple):
    """What a `style` attribute says of words."""

    colour: str = ""
    ground: str = ""
    pictured: bool = False  # a picture or a gradient lies behind them
    size: str = ""
    bold: bool | None = None
    underlined: bool | None = None
    lined: bool = False  # has a line below
    hidden: str = ""
    faint: bool = False  # its own colours shine through


class Looks:
    """Gives elements their looks, from the top of a page down."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Look] = {}

    def of(self, element: Any, above: Look | None) -> Look:
        """The look of `element`; `above` is that of the one that it is in."""
        get = element.get
        key = (
            above and id(above),
            element.tag,
            get("style"),
            get("bgcolor"),
            get("color"),
            get("href") is not None,
            get("hidden") is not None,
        )
        look = self._known.get(key)
        if look is None:  # an email has a few dozen looks, a thousand times
            look = self._known[key] = _look(element, above or Look())
        return look


def _look(element: Any, above: Look) -> Look:
    tag, own = element.tag, _own(element.get("style") or "")
    link = tag == "a" and element.get("href") is not None
    colour, ground = above.colour, above.ground
    typed = own.colour or element.get("color" if tag == "font" else "text", "")
    if link and not typed:
        typed = "#0000ee"
    behind = own.ground or element.get("bgcolor") or ""
    if behind:
        ground = _over(behind, ground)
    if own.pictured:
        ground = None
    if typed and typed != "inherit":
        colour = _over(typed, ground)
    if own.faint:
        colour = None
    bold = own.bold if own.bold is not None else above.bold or tag in _BOLD
    line = own.underlined if own.underlined is not None else link or tag in ("u", "ins")
    size = _pixels(own.size, above.size) if own.size else above.size * _SIZES.get(tag, 1)
    hidden = above.hidden or own.hidden or ("hidden" if element.get("hidden") is not None else "")
    underlined = above.underlined or own.lined or line
    return Look(colour, ground, size, bold, underlined, hidden)


_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_SIZES = {"h1": 2, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "big": 1.2}


@lru_cache(maxsize=1024)
def _own(style: str) -> _Own:
    said = dict(declarations(style.lower().replace("!important", "")))
    ground, pictured = said.get("background-color", ""), False
    if shorthand := said.get("background", ""):
        pictured = "url(" in shorthand or "gradient(" in shorthand
        ground = ground or shorthand
    pictured = pictured or said.get("background-image", "none") not in ("none", "")
    weight = said.get("font-weight", "")
    bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
    line = said.get("text-decoration", "") + said.get("text-decoration-line", "")
    lined = any(
        not re.match(r"0|none|$", said.get(name, ""))
        for name in ("border-bottom", "border-bottom-width")
    )
    return _Own(
        said.get("color", ""),
        ground,
        pictured,
        said.get("font-size", ""),
        bold if weight and weight != "inherit" else None,
        "underline" in line if line else None,
        lined,
        _hidden(said),
        bool(re.match(r"0?\.\d", said.get("opacity", ""))),
    )


_NONE = re.compile(r"0+(?:\.0+)?(?:[a-z]+|%)?")
_FAR = re.compile(r"-\d{4,}(?:px)?|-\d{3,}(?:px|r?em|%)")


def _hidden(said: dict[str, str]) -> str:
    """The declaration that keeps words out of sight."""
    return next(
        (f"{name}:{value}" for name, value in said.items() if _hides(name, value, said)), ""
    )


def _hides(name: str, value: str, said: dict[str, str]) -> bool:
    if name in ("display", "visibility"):
        return value in ("none", "hidden", "collapse")
    if name == "opacity":
        return bool(_NONE.fullmatch(value))
    if name in ("max-height", "height", "max-width", "width"):
        return said.get("overflow") == "hidden" and bool(_NONE.fullmatch(value))
    return name in _SHIFTS and bool(_FAR.fullmatch(value))


_SHIFTS = frozenset({"text-indent", "left", "right", "top", "margin-left", "margin-top"})


# --- units and colours -----------------------------------------------------------------------

_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|r?em|%)?")
_UNITS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0}
_NAMED_SIZES = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24,
    "xx-large": 32,
}  # fmt: skip


def _pixels(size: str, above: float) -> float:
    match = _SIZE.fullmatch(size)
    if not match:
        return float(_NAMED_SIZES.get(size, above))
    number, unit = float(match[1]), match[2]
    if unit == "em":
        return number * above
    return number * above / 100 if unit == "%" else number * _UNITS.get(unit or "px", 1.0)


# Those that designers write; of another one it is not told how it looks.
_NAMED = {
    "aqua": "00ffff", "beige": "f5f5dc", "black": "000000", "blue": "0000ff", "brown": "a52a2a",
    "crimson": "dc143c", "cyan": "00ffff", "darkblue": "00008b", "darkgray": "a9a9a9",
    "darkgreen": "006400", "darkgrey": "a9a9a9", "darkred": "8b0000", "dimgray": "696969",
    "dimgrey": "696969", "fuchsia": "ff00ff", "gold": "ffd700", "gray": "808080",
    "green": "008000", "grey": "808080", "indigo": "4b0082", "ivory": "fffff0",
    "lightblue": "add8e6", "lightgray": "d3d3d3", "lightgrey": "d3d3d3", "lightyellow": "ffffe0",
    "lime": "00ff00", "magenta": "ff00ff", "maroon": "800000", "navy": "000080",
    "olive": "808000", "orange": "ffa500", "orangered": "ff4500", "pink": "ffc0cb",
    "purple": "800080", "red": "ff0000", "silver": "c0c0c0", "slategray": "708090",
    "slategrey": "708090", "teal": "008080", "tomato": "ff6347", "white": "ffffff",
    "whitesmoke": "f5f5f5", "yellow": "ffff00",
}  # fmt: skip
_HEX = re.compile(r"#?(?:([0-9a-f]{3})[0-9a-f]?|([0-9a-f]{6})(?:[0-9a-f]{2})?)(?![\w#])")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*(?:[,/]\s*(\d*\.?\d+)(%?)\s*)?\)")


@lru_cache(maxsize=256)
def _over(written: str, ground: Colour | None) -> Colour | None:
    """The colour that is `written` somewhere in a value, as it shows before `ground`."""
    written = written.strip().lower()
    if match := _RGB.search(written):
        red, green, blue = (min(int(part), 255) for part in match.groups()[:3])
        share = float(match[4] or 1) / (100 if match[5] else 1)
        if share >= 1:
            return red, green, blue
        if ground is None:
            return None
        seen = ((red, green, blue)[at] * share + ground[at] * (1 - share) for at in range(3))
        return tuple(round(part) for part in seen)  # type: ignore[return-value]
    for word in written.split():
        if word in ("transparent", "none", "initial", "unset"):
            return ground
        digits = _NAMED.get(word, "")
        if not digits and (word.startswith("#") or word == written):
            match = _HEX.fullmatch(word)
            digits = (match[2] or "".join(two * 2 for two in match[1])) if match else ""
        if digits:
            return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    return None


def hexadecimal(colour: Colour) -> str:
    """A colour as designers write it: #1f8a83."""
    return "#" + "".join(f"{part:02x}" for part in colour)


@lru_cache(maxsize=1024)  # an email has a few dozen styles, thousands of times
def declarations(style: str) -> tuple[tuple[str, str], ...]:
    """The properties and values of a `style` attribute, in order, names in small letters."""
    pairs = (part.partition(":") for part in re.split(r";(?![^(]*\))", style))
    return tuple((name.strip().lower(), value.strip()) for name, colon, value in pairs if colon)
