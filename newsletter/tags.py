"""Neutral tags: what the mailing platform supplies, as editors and templates write it.

`[[unsubscribe]]` is the target of a link, `[[first_name|there]]` stands in a sentence. While an
email is made, each is a mark of plain letters that no step changes; the platform's own tags go in
last of all, because only then is one rendered email good for every platform.
"""

import html
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

LINKS = ("unsubscribe", "view_online", "preferences", "forward", "archive")
"""Tags that stand for an address: `[words]([[unsubscribe]])`."""

WORDS = ("first_name", "email", "postal_address", "date")
"""Tags that stand for words, with others after `|` where the platform has none."""

LINK = re.compile(r"\[\[(" + "|".join(LINKS) + r")\]\]")
"""The target of a link."""

_FREE = r"[^][|{}<>()\"'%*$@&:_`\\\n ]"  # of what platforms and Markdown make anything of
WORD = re.compile(r"\[\[(" + "|".join(WORDS) + rf")(?:\|(?: *({_FREE}+(?: +{_FREE}+)*))? *)?\]\]")
"""A tag in a sentence, with the words after `|`: none of the signs that platforms' tags are made
of, because they go into one, and none that Markdown would take it apart at."""


class Mark(NamedTuple):
    """A tag that stands in a text as a mark."""

    name: str
    words: str  # those after `|`, or what is known without the platform; "" if nothing is


class Marks:
    """The marks of one email. `texts` are all that it is made of: none has `self.begin` in it."""

    def __init__(self, texts: str, known: dict[str, str] | None = None) -> None:
        """`known` has words for tags that stand without any."""
        # Signs of Markdown are gone in the email: tag**0x** and tag&#48;x are the same there.
        letters = re.sub("[^A-Za-z0-9]+", "", html.unescape(texts))
        number = next(n for n in range(len(letters) + 1) if f"tag{n}x" not in letters)
        self.begin = f"tag{number}x"
        self._known = known or {}
        self._words: list[str] = []

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the marks so far, by their numbers."""
        return tuple(self._words)

    def link(self, name: str) -> str:
        """The mark of a link's target."""
        return f"{self.begin}-{name}-"

    def word(self, name: str, words: str = "") -> str:
        """The mark of a tag that stands for words."""
        words = words or self._known.get(name, "")
        if words not in self._words:
            self._words.append(words)
        return f"{self.begin}-{name}-{self._words.index(words)}-"

    def part(self, name: str, text: str) -> str:
        """`text`, which is left out where the platform has nothing for `name` or adds it itself."""
        return f"{self.begin}-if-{name}-{text}{self.begin}-end-{name}-"

    def in_words(self, text: str) -> str:
        """`text` with marks in place of its tags."""
        return WORD.sub(lambda tag: self.word(tag[1], tag[2] or ""), text)

    def as_target(self, url: str) -> str:
        """The target of a link, as a mark if it is a tag."""
        tag = LINK.fullmatch(url)
        return self.link(tag[1]) if tag else url

    def spoken(self, text: str) -> str:
        """`text` with words in place of its tags, for where no tag can stand."""
        return WORD.sub(lambda tag: tag[2] or self._known.get(tag[1], ""), text)


class Marked(NamedTuple):
    """How to find the marks of an email again."""

    begin: str
    words: tuple[str, ...]

    def links(self) -> re.Pattern[str]:
        """Finds the marks of links' targets: the name."""
        return re.compile(f"{self.begin}-({'|'.join(LINKS)})-")

    def used(self, *texts: str) -> list[str]:
        """The names of all tags in `texts`, those too that stand in a part that may be left out."""
        found = re.findall(f"{self.begin}-(?:if-)?([a-z_]+)-", "\n".join(texts))
        return sorted(set(found) & {*LINKS, *WORDS})

    def fill(self, text: str, word: Callable[[Mark], str]) -> str:
        """`text` with what `word` gives in place of the marks of words."""
        pattern = re.compile(f"{self.begin}-([a-z_]+)-([0-9]+)-")
        return pattern.sub(lambda mark: word(Mark(mark[1], self.words[int(mark[2])])), text)

    def neutral(self, text: str) -> str:
        """`text` with its tags as a template has them: [[unsubscribe]], [[first_name|there]]."""

        def word(mark: Mark) -> str:
            if mark.name not in WORDS:
                return mark.words
            return f"[[{mark.name}|{mark.words}]]" if mark.words else f"[[{mark.name}]]"

        text = self.links().sub(lambda mark: f"[[{mark[1]}]]", self.parted(text, ()))
        return self.fill(text, word)

    def parted(self, text: str, without: Iterable[str]) -> str:
        """`text` without the parts that belong to a name of `without`, and without the signs of
        the others."""
        for name in without:
            begins = f"{self.begin}-if-{name}-"
            # The innermost first, should a template have put one into another.
            part = re.compile(f"(?s){begins}(?:(?!{begins}).)*?{self.begin}-end-{name}-")
            while begins in text:
                text, found = part.subn("\0", text)
                if not found:
                    break
        return re.sub(f"{self.begin}-(?:if|end)-[a-z_]+-", "", text)
