"""Letters are garbled: "childrenâ€™s" for "children’s", or � for a letter that was lost.

A text was saved in one encoding and read in another, mostly on its way through a spreadsheet or a
feed. Readers see it at once, and it looks like spam.

To mend it, take the suggestion. Where a letter is lost (�, or ? inside a word), look it up in the
original.

Source: https://ftfy.readthedocs.io/en/latest/
    https://www.w3.org/International/questions/qa-what-is-encoding

Bad:

    entries:
      - The trust has published [its report on childrenâ€™s homes](https://example.org/homes).

Bad:

    entries:
      - The trust has published [its report on children�s homes](https://example.org/homes).

Good:

    entries:
      - François Côté and Ana São João wrote [a report on children’s
        homes](https://example.org/homes) for “l’Âge d’Or”.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.words._mends import Mend, mended, words_with

LEVEL = Level.ERROR

# The second and later bytes of UTF-8 as Windows-1252 and Latin-1 show them.
_LATER = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_GARBLED = re.compile(
    f"[ÂÃÄÅ][{_LATER}]|[ÂÃ] |â[‚€†][{_LATER}]|ðŸ|ï¿½|(?:[ØÙÚÛÐÑ][{_LATER}]){{2}}|‚Ä[òôúùìî¶]"
)
_FIRST = frozenset("ÂÃÄÅâðïØÙÚÛÐÑ‚")
_LOST = re.compile(r"(?<![^\s\0])[^\s\0]*�[^\s\0]*")
# An apostrophe that was lost: "children?s".
_ASKED = re.compile(r"\?(?:s|t|re|ve|ll)\b(?![=&])")
_WORD = re.compile(r"(?<![\w/.])[^\W\d_]{2,}$")


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.characters.isdisjoint(_FIRST):
        yield from _garbled(proof)
    if "�" in proof.characters:
        for match in proof.find(_LOST):
            word = match.match[0]
            hint = "look it up in the original"
            yield Finding(f"a letter of '{word}' is lost", match.place, hint)
    if "?" in proof.characters:
        yield from _asked(proof)


def _asked(proof: Proof) -> Iterator[Finding]:
    for match in proof.find(_ASKED):
        passage = match.passage
        before = _WORD.search(passage.words[: match.start])
        if before:
            place = passage.place(before.start(), match.end)
            typed = before[0] + match.match[0]
            sound = passage.raw[place.start : place.end] == typed
            yield Finding(
                f"'{typed}' has lost its apostrophe",
                place,
                "look whether it should be an apostrophe",
                typed.replace("?", "’") if sound else None,
            )


def _garbled(proof: Proof) -> Iterator[Finding]:
    for passage, start, end in words_with(_GARBLED, proof, _is_visible):
        typed = passage.words[start:end]
        mend = _sound(typed)
        if mend == typed:
            continue
        end -= len(typed) - len(typed.rstrip())  # the second byte may show as a space
        typed, mend = typed.rstrip(), mend.rstrip()
        change = mended((Mend(passage, start, end, ""),)) if not mend else None
        place = change.place if change else passage.place(start, end)
        whole = passage.raw[place.start : place.end] == typed
        yield Finding(
            f"'{typed}' is garbled: it should read '{mend}'"
            if mend
            else f"'{typed}' is what is left of a garbled space",
            place,
            "the text was read in the wrong encoding on its way here",
            change.suggestion if change else mend if whole else None,
        )


def _is_visible(character: str) -> bool:
    return not character.isspace()


def _sound(typed: str) -> str:
    """`typed` as it was before it was read in the wrong encoding; itself if it never was."""
    import ftfy

    mend = ftfy.fix_encoding(typed)
    return typed if mend == typed or "�" in mend else mend.replace("\xa0", " ")
