"""A text as it was typed in; its words as readers see them out, and where the others stood."""

import re
from bisect import bisect_right

from newsletter.markup import Markdown

Cuts = tuple[tuple[int, int], ...]
"""From which character of the words on, so many of those that were typed are left out."""

ADDRESS = "\ufffc"
"""What stands in the words for an address that readers see."""

# What a line of words is without; it may stand on several lines of the file.
_RUNS = re.compile("[ \t\n\u2028\u2029]{2,}|[\t\n\u2028\u2029]|^ | $")

# What begins a line of a list or a quotation; emphasis; the backslash of an escape.
_SIGNS = re.compile(
    r"^[ \t]*(?:(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])[ \t]*)+"
    r"|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\*)|(?<!\w)_{1,3}(?=[^\s_])"
    r"|(?<=[^\s_])_{1,3}(?!\w)|\\(?=[!-/:-@\[-`{-~])",
    re.MULTILINE,
)


def words_of(text: Markdown) -> str:
    """The words of `text` as readers see them."""
    return seen(text)[0]


def seen(text: Markdown) -> tuple[str, Cuts]:
    """The words of `text` as readers see them, and where what was left out stood."""
    gaps = [(*match.span(), "") for match in _SIGNS.finditer(text)]
    links = text.linked
    if links:
        inside = [(link.start, link.end) for link in links]  # in order, none in another
        gaps = [gap for gap in gaps if not _within(gap[0], inside)]
    for link in links:
        if text[link.opens] == "[":
            opened = text.rfind("](", link.opens, link.start + 1)
            gaps += [(link.opens, link.opens + 1, ""), (opened, link.closes, "")]
        else:
            gaps.append((link.opens, link.closes, ADDRESS))
    return _without(gaps, text)


def seen_in_line(typed: str, words: str) -> tuple[str, Cuts]:
    """The same for a line of `words`, which was `typed` so."""
    gaps = [(*match.span(), " ") for match in _RUNS.finditer(typed)]
    gaps = [(a, b, space if a > 0 and b < len(typed) else "") for a, b, space in gaps]
    return _without(gaps, typed) if gaps and typed != words else (words, ())


def _within(at: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return index >= 0 and at < spans[index][1]


def _without(gaps: list[tuple[int, int, str]], text: str) -> tuple[str, Cuts]:
    """`text` with something else in the place of each gap, and where what is gone stood."""
    words: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = made = 0
    for start, end, instead in sorted(gaps):
        if end <= at:
            continue
        words.append(text[at : max(start, at)] + instead)
        made += len(words[-1])
        cuts.append((made, end - made))
        at = end
    words.append(text[at:])
    return "".join(words), tuple(cuts)
