"""A button or a picture that is a link is too small for a finger.

WCAG asks for 24 pixels in height and width; thumbs on a phone would rather have 44. Links in the
middle of a sentence are exempt.

To mend it, make the picture or the button in your template larger, or give it padding.

Options:
    pixels: the least height and width

Source: https://www.w3.org/WAI/WCAG22/Understanding/target-size-minimum.html

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p><a href="https://example.org/"><img src="https://example.org/home.gif"
      alt="Example Trust" width="16" height="16"/></a></p></mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p><a href="https://example.org/"><img src="https://example.org/home.gif"
      alt="Example Trust" width="32" height="32"/></a></p></mj-text></mj-column></mj-section>
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding
from newsletter.proof.page import declarations

LEVEL = Level.WARNING


def check_email(built: Built, *, pixels: int = 24) -> Iterator[Finding]:
    page = built.page
    for link in page.named("a"):
        if link.get("href") is None or link not in page.looks or page.looks[link].hidden:
            continue
        if not len(link) and "block" not in (link.get("style") or ""):
            continue  # words in a line
        style = dict(declarations(link.get("style") or ""))
        words = link.text_content().strip()
        pictures = list(link.iter("img"))
        if pictures and not words:
            sizes = [
                (_number(image.get("width")), _number(image.get("height"))) for image in pictures
            ]
            width, height = (max(size[at] for size in sizes) for at in (0, 1))
            name = pictures[0].get("alt") or link.get("href")
        elif words and style.get("display") in ("block", "inline-block"):
            width, height = 0.0, _line(style, page.looks[link].size)
            name = words
        else:
            continue
        around = _padding(style)
        width, height = (
            size + around[at] if size else 0 for at, size in enumerate((width, height))
        )
        smallest = min((size for size in (width, height) if size), default=pixels)
        if smallest < pixels:
            yield Finding(
                f"the link '{shortened(name)}' is {smallest:.3g} pixels "
                f"{'high' if smallest == height else 'wide'}; a finger needs {pixels}",
                None,
                "make it larger in templates/, or give it padding",
            )


def _number(written: str | None) -> float:
    match = re.match(r"\d+(?:\.\d+)?", written or "")
    return float(match[0]) if match and "%" not in (written or "") else 0.0


def _line(style: dict[str, str], size: float) -> float:
    """The height of a line of words; 0 if it cannot be told."""
    height = style.get("line-height", "")
    if "px" in height:
        return _number(height)
    return _number(height) * size if re.fullmatch(r"[\d.]+", height) else 0.0


def _padding(style: dict[str, str]) -> tuple[float, float]:
    """What padding adds to the width and to the height."""
    sides = [_number(part) for part in style.get("padding", "").split()] or [0.0]
    top, right, bottom, left = (
        [*sides, *sides[1:], sides[-1]][:4] if len(sides) == 3 else (sides * 4)[:4]
    )
    given = [
        _number(style[f"padding-{name}"]) if f"padding-{name}" in style else side
        for name, side in (("top", top), ("right", right), ("bottom", bottom), ("left", left))
    ]
    return given[1] + given[3], given[0] + given[2]
