"""Colours in, how well one is read on another, and the nearest that is read well."""

from collections.abc import Iterable

TEXT, LARGE = 4.5, 3.0
"""The least contrast of text, and of text of 24 pixels or bold text of 19 (WCAG 2.2, 1.4.3)."""

_BLACK, _WHITE = "#000000", "#ffffff"
_STEPS = 50


def contrast(one: str, two: str) -> float:
    """The ratio between the lighter and the darker of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, two: str, share: float) -> str:
    """`one` with a `share` of `two` in it, 0 to 1."""
    pairs = zip(_channels(one), _channels(two), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, grounds: Iterable[str], least: float = TEXT) -> str:
    """The colour nearest to `colour`, darker or lighter, that stands out from all `grounds`.

    Black or white where nothing does, whichever is better.
    """
    grounds = tuple(grounds)

    def worst(tried: str) -> float:
        return min(contrast(tried, ground) for ground in grounds)

    if worst(colour) >= least:
        return colour
    pole = max((_BLACK, _WHITE), key=worst)
    steps = (mixed(colour, pole, step / _STEPS) for step in range(1, _STEPS))
    return next((tried for tried in steps if worst(tried) >= least), pole)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
