"""Plain-text setting: lines wrapped at a width, and headings underlined."""

import re
import unicodedata

WIDTH = 72
"""Columns of the plain-text part (RFC 5322 advises at most 78; quoting adds "> " to each)."""

# A line may break at ordinary white space only: never inside a link's address, never at a
# no-break space.
_BREAKS = re.compile(r"[ \t\n]+")
_NO_BREAK_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})


def columns(text: str) -> int:
    """The columns that `text` takes in a fixed-width font: marks that join take none, wide
    characters (East Asian, emoji) take two."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def wrap(text: str, width: int = WIDTH, first: str = "", rest: str = "") -> str:
    """`text` in lines of at most `width` columns, longer only where one word is longer.

    The first line begins with `first`, all others with `rest`. A newline in `text` is kept.
    """
    lines: list[str] = []
    lead = first
    for paragraph in text.split("\n"):
        line, used = lead, columns(lead)
        empty = True
        for word in _BREAKS.split(paragraph.strip(" \t")):
            needed = columns(word)
            if not empty and used + 1 + needed > width:
                lines.append(line)
                line, used, empty = rest, columns(rest), True
            line += word if empty else " " + word
            used += needed if empty else 1 + needed
            empty = False
        lines.append(line)
        lead = rest
    return "\n".join(line.translate(_NO_BREAK_SPACES).rstrip() for line in lines)


def underline(text: str, character: str) -> str:
    """`text`, wrapped, with a line of `character` as long as its longest line."""
    lines = wrap(text).split("\n")
    return "\n".join([*lines, character * max(columns(line) for line in lines)])
