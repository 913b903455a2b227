"""How a page sets its words, out of its elements and their styles: as a heading, bold or large."""

import re
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from newsletter.intake import chrome
from newsletter.intake.blocks import Span, words_of
from newsletter.intake.kept import is_blank

Kind = Literal["heading", "paragraph", "item", "quotation"]


class How(NamedTuple):
    """How words are set where they stand. `joint` stands between the paragraphs of a block that is
    one whatever is in it: an item, a heading, a row of a table."""

    kind: Kind = "paragraph"
    level: int = 0
    lists: int = 0
    joint: str = ""
    row: bool = False
    spaced: bool = False  # as in <pre>
    large: bool = False
    url: str = ""
    strong: bool = False
    emphasis: bool = False

    def span(self, words: str) -> Span:
        return Span(words, self.url, self.strong, self.emphasis)


LAYOUT = ("h1", "h2", "h3", "h4", "h5", "h6", "figure", "table", "article", "section", "hr")
"""Elements that hold more than words: a list of them only puts them in their places."""

_SHORT = 120  # characters of a heading


def styled(element: Any, how: How) -> How:
    """How the words of an element are set that stands among words set like `how`."""
    tag = element.tag
    if tag in ("b", "strong", "th") and not (tag == "th" and how.row):
        how = how._replace(strong=True)
    if tag in ("i", "em"):
        how = how._replace(emphasis=True)
    if tag == "font" and re.fullmatch(r"[5-7]|\+[2-4]", element.get("size") or ""):
        how = how._replace(large=True)
    given = chrome.style(element) if element.get("style") else {}
    if weight := given.get("font-weight"):
        how = how._replace(strong=weight in ("bold", "bolder", "600", "700", "800", "900"))
    if slant := given.get("font-style"):
        how = how._replace(emphasis=slant in ("italic", "oblique"))
    if size := given.get("font-size"):
        how = how._replace(large=_is_large(size))
    if given.get("white-space", "").startswith(("pre", "break-spaces")):
        how = how._replace(spaced=True)
    return how


def _is_large(size: str) -> bool:
    match = re.fullmatch(r"(\d{1,4}(?:\.\d{1,4})?)\s*(px|pt|em|rem|%)?", size)
    if not match:
        return size in ("x-large", "xx-large", "xxx-large")
    least = {"px": 20, "pt": 15, "em": 1.3, "rem": 1.3, "%": 130}
    return float(match[1]) >= least.get(match[2] or "px", 20)


def looks_like_heading(spans: Iterable[Span], large: bool) -> bool:
    """Whether a paragraph is short and all bold or `large`."""
    seen = [span for span in spans if not is_blank(span.words)]
    said = words_of(seen).strip()
    if len(said) > _SHORT or "\n" in said or said.endswith((".", ":", ";", ",")):
        return False
    return large or all(span.strong for span in seen)


def is_data(table: Any) -> bool:
    """Whether a table holds data: most only put things side by side."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return False
    if chrome.contains(table, *LAYOUT, "img", "ul", "ol", "blockquote", "form"):
        return False
    rows = [[one for one in row if one.tag in ("td", "th")] for row in table.iter("tr")]
    sizes = {len(row) for row in rows}
    if any(one.tag == "th" for row in rows for one in row):
        return max(sizes) > 1
    cells = [cell for row in rows for cell in row]
    return (
        len(rows) > 1
        and len(sizes) == 1
        and max(sizes) > 1
        and not any(chrome.longer(cell, 100) for cell in cells)
    )


def is_forwarded(quote: Any) -> bool:
    """Whether a mail program set it: what it holds is no quotation, but an email."""
    return quote.get("type") == "cite" or (
        "quote" in (quote.get("class") or "") and chrome.contains(quote, "table", "h1", "h2")
    )


def is_figure(element: Any) -> bool:
    """Whether an element is a picture with its caption."""
    return element.tag == "figure" or "wp-caption" in (element.get("class") or "").split()


def is_caption(element: Any) -> bool:
    """Whether an element is the caption of a picture."""
    return element.tag == "figcaption" or "wp-caption-text" in (element.get("class") or "").split()
