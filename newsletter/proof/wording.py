"""The words of an issue in; which of many phrases stand in it out, without a search for each."""

import re
from collections.abc import Iterable, Iterator

from newsletter.proof import Match, Proof, once


def plain(words: str) -> str:
    """`words` in small letters, with one kind of space and of apostrophe; a hyphen is a space."""
    words = words.lower().replace("’", "'")
    for character in "\n\u00a0\u202f-‑":
        words = words.replace(character, " ")
    return words


class Wording:
    """All words of an issue, to look phrases up in."""

    def __init__(self, proof: Proof) -> None:
        self.words = proof.words
        self.plain = plain(self.words)

    def present(self, phrases: Iterable[str]) -> list[str]:
        """Those of `phrases` that the issue may have: written as `plain` writes them, with one
        space between words."""
        return [phrase for phrase in phrases if phrase in self.plain]


@once
def wording(proof: Proof) -> Wording:
    """The words of an issue, made ready."""
    return Wording(proof)


def find_phrases(proof: Proof, phrases: Iterable[str], more: str = "") -> Iterator[Match]:
    """Where `phrases` stand as whole words, whatever their case, each as the group "phrase";
    `more` is a pattern of what may end them. Of two at one place, the longer is meant."""
    there = sorted(wording(proof).present(phrases), key=len, reverse=True)
    if there:
        either = "|".join(pattern_of(phrase) for phrase in there)
        yield from proof.find(
            re.compile(rf"(?<![\w@#./-])(?P<phrase>{either}){more}(?!\w)", re.IGNORECASE)
        )


def pattern_of(phrase: str) -> str:
    """A pattern for a phrase that `plain` has written."""
    words = (re.escape(word).replace("'", "['’]") for word in phrase.split())
    return r"(?:\s|-|‑)+".join(words)
