r"""A word has letters of another alphabet in it that look like Latin ones.

"Сhildren" may begin with a Cyrillic С. Nobody sees it, but no search finds the word, a screen
reader spells it out, and filters know it as the trick of those who fake names.

To mend it, type the word again, or take the suggestion.

Source: https://www.unicode.org/reports/tr39/

Bad:

    entries:
      - "The trust has published [its re\u0440ort on neglect](https://example.org/neglect)."

Good:

    entries:
      - "The trust has published [its report on neglect](https://example.org/neglect)."
"""

import re
from collections.abc import Iterable, Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Passage, Proof
from newsletter.proof.characters import LATIN_TWINS, OTHER_ALPHABETS, alphabet, is_latin
from newsletter.rules.words._mends import words_with

LEVEL = Level.ERROR

_OTHER = re.compile(f"[{OTHER_ALPHABETS}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def check(proof: Proof) -> Iterator[Finding]:
    if not is_latin(proof.issue.language) or not _OTHER.search("".join(proof.characters)):
        return
    for passage, start, end in words_with(_OTHER, proof, str.isalpha):
        word = passage.words[start:end]
        others = dict.fromkeys(_OTHER.findall(word))
        if not _is_likely(word, others, passage):
            continue
        place = passage.place(start, end)
        sound = passage.raw[place.start : place.end] == word and LATIN_TWINS.keys() >= others.keys()
        names = ", ".join(f"{letter} ({alphabet(letter)})" for letter in others)
        yield Finding(
            f"'{word}' has letters of another alphabet in it: {names}",
            place,
            "type the word again",
            "".join(LATIN_TWINS.get(letter, letter) for letter in word) if sound else None,
        )


def _is_likely(word: str, others: Iterable[str], passage: Passage) -> bool:
    """Whether a word with letters of `others` in it was meant as a Latin one."""
    strange = [letter for letter in others if letter not in LATIN_TWINS]
    if _LATIN.search(word):
        # Not µm and the like: one sign of science.
        return not strange or len(set(others)) > 1 or alphabet(strange[0]) != "Greek"
    if strange or len(word) < 2 or not _LATIN.search(passage.words):
        return False
    # A word of nothing but twins is foreign where others of its alphabet are.
    own = {alphabet(letter) for letter in others}
    there = set(_OTHER.findall(passage.words)) - LATIN_TWINS.keys()
    return not any(alphabet(letter) in own for letter in there)
