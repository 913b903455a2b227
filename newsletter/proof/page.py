"""The HTML of an email in, its elements with their styles out: a door of lxml."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from lxml import html as lxml_html

from newsletter.problems import shortened
from newsletter.proof.looks import Look, Looks, declarations

__all__ = ["INLINE", "Page", "Text", "block_of", "declarations"]

INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "img",
        "ins", "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time",
        "u", "wbr",
    }
)  # fmt: skip
"""Elements that stand in a line of words."""


class Text(NamedTuple):
    """Words that stand between two tags."""

    words: str
    element: Any  # that they stand in
    look: Look
    joined: bool  # to the words before, as in <b>w</b>ord

    @property
    def shown(self) -> str:
        """How a message quotes them: the first words."""
        return shortened(self.words)

    @property
    def is_read(self) -> bool:
        """Whether there are letters or digits in them, not only dots and spaces."""
        return any(character.isalnum() for character in self.words)


class Page:
    """An email's HTML, taken apart once for all rules that look at it.

    What stands in comments, Outlook's own conditional ones among them, is not part of the tree.
    """

    def __init__(self, html: str) -> None:
        self.html = html
        self.root: Any = lxml_html.document_fromstring(html.encode(), parser=_PARSER)

    @cached_property
    def elements(self) -> tuple[Any, ...]:
        """Every element, in order."""
        return tuple(self.root.iter())

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The CSS of each <style> block."""
        return tuple(re.findall(r"<style[^>]*>(.*?)</style>", self.html, re.DOTALL))

    def named(self, *tags: str) -> Iterator[Any]:
        """Every element of one of these names, in order."""
        return (element for element in self.elements if element.tag in tags)

    @cached_property
    def body(self) -> tuple[Any, ...]:
        """The body and every element in it, in order."""
        body = self.root.find("body")
        return () if body is None else tuple(body.iter())

    @cached_property
    def looks(self) -> dict[Any, Look]:
        """How the words in each element of the body look, by what stands on the elements: colours,
        size, whether they are seen at all."""
        looks = Looks()
        found: dict[Any, Look] = {}
        for element in self.body:
            found[element] = looks.of(element, found.get(element.getparent()))
        return found

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All words of the body, in order, with their looks; those that are hidden, too."""
        return tuple(self._texts()) if self.body else ()

    def _texts(self) -> Iterator[Text]:
        looks = self.looks
        joined = False
        walk = lxml_html.etree.iterwalk(self.body[0], events=("start", "end"))
        for event, element in walk:
            if element.tag not in INLINE:
                joined = False
            if event == "start":
                words, holder = element.text, element
                if element.tag in _NO_WORDS:
                    continue
            else:
                words, holder = element.tail, element.getparent()
            if words and holder in looks:
                if words.strip():
                    yield Text(words, holder, looks[holder], joined)
                joined = not words[-1].isspace()

    @cached_property
    def visible(self) -> tuple[Text, ...]:
        """The words that readers see."""
        return tuple(text for text in self.texts if not text.look.hidden)

    @cached_property
    def words(self) -> str:
        """All words that readers see, as they are read out."""
        parts = (part for text in self.visible for part in ("" if text.joined else " ", text.words))
        return " ".join("".join(parts).split())


# The words in these are no words of the email.
_NO_WORDS = frozenset({"style", "script", "title", "template", "textarea"})
_PARSER = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def block_of(element: Any) -> Any:
    """The element that the line of words is in, in which `element` stands."""
    while element.tag in INLINE and element.getparent() is not None:
        element = element.getparent()
    return element
