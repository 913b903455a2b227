"""A character in; which alphabet it is of, what it is called, and the letter that it looks like,
out."""

import re
import unicodedata

from newsletter.values import Language

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""The letters that are written from right to left, for a class of a pattern."""

JOINED = (
    "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\ua8e0-\uabff"
)
"""The letters of scripts that join them: Arabic, Indic, Mongolian and the like."""

OTHER_ALPHABETS = "\u0370-\u0373\u0376-\u037d\u037f-\u03ff\u0400-\u052f\u0531-\u0587"
"""Greek, Cyrillic and Armenian letters, for a class of a pattern."""

_NOT_LATIN = re.compile(
    "am|ar|be|bg|bn|ckb|dv|el|fa|gu|he|hi|hy|ja|ka|kk|km|kn|ko|ky|lo|mk|ml|mn|mr|my|ne|pa|ps|ru"
    "|sd|si|sr|ta|te|tg|th|ti|ug|uk|ur|yi|zh"
)


def is_latin(language: Language) -> bool:
    """Whether a language is written in the Latin alphabet."""
    return not _NOT_LATIN.fullmatch(language.primary)


def called(character: str) -> str:
    """The name of a character, for a message."""
    return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"


def alphabet(letter: str) -> str:
    """The alphabet that a letter is of: "Cyrillic"."""
    return called(letter).split()[0].capitalize()


LATIN_TWINS = dict(
    zip(
        "аеорсухіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅԌ" + "ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օոս",
        "aeopcyxijshdqwlABEKMHOPCTYXIJSG" + "ovABEZHIKMNOPTYX" + "onu",
        strict=True,
    )
)
"""Cyrillic, Greek and Armenian letters by the Latin ones that they cannot be told from
(Unicode Technical Standard 39, confusables.txt)."""
