"""Plain-text setting: lines wrapped at a width, and headings underlined."""

import re
import unicodedata

WIDTH = 72
"""Columns of the plain-text part (RFC 5322 advises at most 78; quoting adds "> " to each)."""

# A line may break at ordinary white space only: never inside a link's address, never at a
# no-break space.
_BREAKS = re.compile(r"[ \t\n]+")
_NO_BREAK_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})


# Letters, quotation marks and dashes of the Latin alphabet: one column each.
_UNUSUAL = re.compile("[^ -~\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u20ac\n\t]")


def columns(text: str) -> int:
    """The columns that `text` takes in a fixed-width font: marks that join take none, wide
    characters (East Asian, emoji) take two."""
    if not _UNUSUAL.search(text):
        return len(text)
    return sum(
        0
        if unicodedata.category(character) in ("Cf", "Mn", "Me")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def wrap(text: str, width: int = WIDTH, first: str = "", rest: str = "") -> str:
    """`text` in lines of at most `width` columns, longer only where one word is longer.

    The first line begins with `first`, all others with `rest`. A newline in `text` is kept.
    """
    measure = columns if _UNUSUAL.search(text) else len
    lines: list[str] = []
    lead = first
    for paragraph in text.split("\n"):
        words: list[str] = []
        used = columns(lead) - 1
        for word in _BREAKS.split(paragraph.strip(" \t")):
            needed = measure(word)
            if words and used + 1 + needed > width:
                lines.append(lead + " ".join(words))
                lead, words = rest, []
                used = columns(lead) - 1
            words.append(word)
            used += 1 + needed
        lines.append(lead + " ".join(words))
        lead = rest
    return "\n".join(line.rstrip() for line in lines).translate(_NO_BREAK_SPACES)


def tidied(text: str) -> str:
    """`text` with at most one blank line in a row, and no white space at line ends."""
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def underline(text: str, character: str) -> str:
    """`text`, wrapped, with a line of `character` as long as its longest line."""
    lines = wrap(text).split("\n")
    return "\n".join([*lines, character * max(columns(line) for line in lines)])
