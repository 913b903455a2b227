"""A word stands twice in a row.

"The the" slips in when a sentence is rewritten, and no eye sees it at the end of a line.

To mend it, delete one of the two. Words that may well stand twice ("had had", "that that"), names
("Duran Duran"), and what other languages say twice are not told.

Source: https://www.chicagomanualofstyle.org/

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect) in
        in time for the inquiry.

Good:

    entries:
      - She had had enough when [a report on neglect](https://example.org/neglect) came
        in in April.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof

LEVEL = Level.WARNING

_TWICE = re.compile(
    r"(?<![^\s(\[“‘\"'\0])(?P<word>[^\W\d_][\w’']*+)\s++(?P<again>(?P=word))(?![\w'’-])",
    re.IGNORECASE,
)
# What may stand twice in an issue in any language: English words, and those of foreign titles.
_MAY = (
    "had|that|is|her|so|very|no|many|much|really|far|long|big|way|well|now|there|then|hear|do|did"
    "|can|may|will|never|one|two|knock|ha|bye|blah|la|please|too|same|win|nous|vous|die|der|das|si"
    "|se|tut|night"
)
# What may stand twice in issues in other languages. In those that are not named here, such as
# Arabic and Urdu, saying a word twice is a way to stress it.
_MAY_IN = {
    "en": _MAY,
    "cy": f"{_MAY}|y|yn|i|o|a|na|ni|mai|fe|da|bach|mawr|wir|iawn|gwyn|coch|araf|cyn|hir|bron|hen"
    "|nhw|chi|ti|hi|wedi|ar|am|fel|fo",
    "de": f"{_MAY}|dem|den|des|sie|ihr|es|er|wir|uns|euch|sich|ihnen|ihm|ihn|was|wer|wie|da|in|an"
    "|auf|aus|ab|mit|zu|bei|ein|eine|einen|einer|um|vor|nach|sehr|ganz|viel|alle|war",
    "es": f"{_MAY}|nos|os|lo|le|me|te|muy|ya|como|para|sobre|que|casi|poco|paso|más",
    "fr": f"{_MAY}|on|en|y|très|tous|tout|plus|moins|bien|fait|faire|là|lui|elle|elles|ça|même",
    "pl": f"{_MAY}|to|co|nie|tak|tu|już|się|bardzo|coraz|raz|dzień|w|z|o|i|a|u",
}
_COMMON = (
    "the|a|an|and|or|of|to|in|for|on|at|by|with|from|as|are|was|were|be|been|has|have|it|its|this"
    "|their|they|who|which|not|into|about"
)
# A verb may keep its preposition before another: "came in in April".
_STRANDED = re.compile(
    r"\b(?:c[ao]me|comes|coming|br(?:ing|ought)|sets?|kick(?:s|ed)|hand(?:ed|s)?|turn(?:ed|s)?|"
    r"phon(?:e|ed)|call(?:ed|s)?|sent|took|taken|tak(?:e|es|ing)|mov(?:e|ed|ing)|settled?|"
    r"log(?:ged)?|sign(?:ed)?|opt(?:ed)?|phased?|bas(?:e|ed)|carr(?:y|ied)|go|goes|going|went|gone|"
    r"rel(?:y|ied)|work(?:ed|ing)?|liv(?:e|ed|es|ing)|look(?:ed|ing)?|aim(?:ed)?|talk(?:ed|ing)?|"
    r"sp(?:eak|oke|oken|eaking)|listen(?:ed)?|belong(?:s|ed)?|used|believ(?:e|ed|es)|tak(?:e|en)|"
    r"tuned?|check(?:ed)?|put|get|got)\s+$",
    re.IGNORECASE,
)
# Not "with" and "by": "people working with with children" is a slip, far oftener than not.
_PREPOSITIONS = frozenset(["in", "on", "at", "to", "up", "out"])
_PRONOUN = re.compile(r"\s+(?:is|was|would|will|has|had|can|could|may|might|seems)\b")


def check(proof: Proof) -> Iterator[Finding]:
    may = _MAY_IN.get(proof.issue.language.primary)
    if may is None:
        return
    for match in proof.find(_TWICE):
        word, again = match.match["word"], match.match["again"]
        low = word.lower()
        if re.fullmatch(may, low) or _is_name(word, again) or _is_grammar(low, match):
            continue
        _, first = match.group("word")
        _, second = match.group("again")
        between = match.passage.raw[first.end : second.start]
        if "\n\n" in between or ("\n" in between and between.strip()):  # two items of a list
            continue
        yield Finding(
            f"'{again}' stands twice in a row",
            match.place,
            "delete one of them",
            None if between.strip() else word,
        )


def _is_name(word: str, again: str) -> bool:
    """Duran Duran; but also what begins another sentence, or "Report Report" over a link."""
    return again[0].isupper() and not (word == again and re.fullmatch(_COMMON, word.lower()))


def _is_grammar(word: str, match: Match) -> bool:
    """Whether one of the two ends a clause and the other begins the next."""
    words = match.passage.words
    if word == "it":
        return bool(_PRONOUN.match(words, match.end))
    if word not in _PREPOSITIONS:
        return False
    return bool(_STRANDED.search(words[max(match.start - 20, 0) : match.start]))
