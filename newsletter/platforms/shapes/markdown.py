"""The Markdown of GOV.UK Notify, which takes no HTML.

Two levels of headings, lists, inset text and links; no emphasis and no pictures. A line end inside
a paragraph is one for the reader, too.
"""

import re
from html.parser import HTMLParser

PART = "text"
FILE = "email.md"

_HEADINGS = {"h1": "# ", "h2": "# ", "h3": "## "}
_BLOCKS = frozenset({*_HEADINGS, "p", "li"})
_UNSEEN = frozenset({"head", "style", "title"})
# What would begin a heading, a list or a line, where it begins a line. Notify asks for no space
# after it: a line that begins with 1.5 is the first of a list.
_BEGINS = re.compile(r"(?m)^(?:(\d+)(?=[.)])|(?=[#*+>-]))")


def shaped(page: str) -> str:
    """The words of the email, and its links."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """One pass over the HTML: a block of Markdown for each heading, paragraph and item."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[str] = []
        self._words: list[str] = []
        self._begins = ""
        self._lists: list[int] = []  # the number of the last item in each open list; -1: bullets
        self._quotes = 0
        self._divs: list[str] = []
        self._link = ""
        self._unseen = 0

    def text(self) -> str:
        """All of it, items of a list on lines that follow each other."""
        self._end()
        return "\n\n".join(self._blocks) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "div":
            hidden = "display:none" in (given.get("style") or "")
            kind = "quote" if given.get("role") == "blockquote" else "unseen" if hidden else ""
            self._divs.append(kind)
            self._quotes += kind == "quote"
            self._unseen += kind == "unseen"
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag in ("ul", "ol"):
            self._end()
            self._lists.append(0 if tag == "ol" else -1)
        elif tag in _BLOCKS:
            self._begin(tag)
        elif tag == "br":
            self._words.append("\n")
        elif tag == "a" and given.get("href"):
            self._link = given["href"] or ""
            self._words.append("\1")

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._divs:
            kind = self._divs.pop()
            self._end()
            self._quotes -= kind == "quote"
            self._unseen -= kind == "unseen"
        elif tag in _UNSEEN:
            self._unseen -= 1
        elif tag in ("ul", "ol") and self._lists:
            self._end()
            self._lists.pop()
        elif tag in _BLOCKS:
            self._end()
        elif tag == "a" and self._link:
            self._linked()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(re.sub(r"[ \n\t]+", " ", data))

    def _begin(self, tag: str) -> None:
        inside = tag == "p" and self._begins and not "".join(self._words).strip()
        if inside:  # a paragraph at the beginning of an item is the item
            return
        self._end()
        if tag in _HEADINGS:
            self._begins = _HEADINGS[tag]
        elif tag == "li" and self._lists:
            if self._lists[-1] >= 0:
                self._lists[-1] += 1
            self._begins = f"{self._lists[-1]}. " if self._lists[-1] > 0 else "* "

    def _linked(self) -> None:
        at = len(self._words) - 1 - self._words[::-1].index("\1")
        words = "".join(self._words[at + 1 :]).strip()
        address = self._link.replace("(", "%28").replace(")", "%29")
        # The target of a jump inside the email is none there.
        shown = words if address.startswith("#") or not words else f"[{words}]({address})"
        self._words[at:] = [shown]
        self._link = ""

    def _end(self) -> None:
        words = "".join(self._words).replace("\1", "")
        words = "\n".join(line.strip() for line in words.strip().split("\n"))
        begins, self._begins, self._words = self._begins, "", []
        if not words:
            return
        if not begins:
            words = _BEGINS.sub(r"\1\\", words)
            begins = "^ " if self._quotes else ""
        if begins.endswith((". ", "* ")) and self._blocks and self._is_item(self._blocks[-1]):
            self._blocks[-1] += f"\n{begins}{words}"
        else:
            self._blocks.append(f"{begins}{words}")

    def _is_item(self, block: str) -> bool:
        return bool(re.match(r"\* |\d+\. ", block))
