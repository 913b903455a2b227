"""A language in; the scripts that it is not written in out, as patterns that find runs of them."""

import re
from functools import cache
from typing import NamedTuple

from newsletter.values import Language


class Script(NamedTuple):
    """A script: its characters, as part of a pattern, and the languages that are written in it.

    `spaced` says that its words have spaces between them.
    """

    name: str
    characters: str
    languages: str
    spaced: bool = True


# https://www.unicode.org/Public/UNIDATA/Blocks.txt. Latin is not among them: names and acronyms are
# written in it in every language.
SCRIPTS = (
    Script("Greek", r"\u0370-\u03ff\u1f00-\u1fff", "el"),
    Script("Cyrillic", r"\u0400-\u052f", "be bg kk ky mk mn ru sr tg uk"),
    Script("Armenian", r"\u0531-\u0587", "hy"),
    Script("Hebrew", r"\u05d0-\u05f2", "he yi"),
    Script(
        "Arabic",
        r"\u0620-\u065f\u066e-\u06d3\u06ee-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
        "ar ckb fa ks ps sd ug ur",
    ),
    Script("Indic", r"\u0900-\u0dff", "as bn gu hi kn ml mr ne or pa sa si ta te"),
    Script("Thai or Lao", r"\u0e01-\u0eff", "lo th", spaced=False),
    Script("Tibetan", r"\u0f00-\u0fff", "bo dz", spaced=False),
    Script("Burmese", r"\u1000-\u109f", "my", spaced=False),
    Script("Georgian", r"\u10a0-\u10ff", "ka"),
    Script("Ethiopic", r"\u1200-\u137f", "am ti"),
    Script("Khmer", r"\u1780-\u17ff", "km", spaced=False),
    Script("Korean", r"\uac00-\ud7af\u1100-\u11ff", "ko"),
    Script("Japanese", r"\u3041-\u30ff\uff66-\uff9f", "ja", spaced=False),
    Script(
        "Chinese",
        r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
        "ja ko yue zh",
        spaced=False,
    ),
)

_FEW = 4  # letters of a name, or of "in Chinese", in a script without spaces
_FEW_WORDS = 2


@cache
def foreign(language: Language) -> re.Pattern[str]:
    """A pattern of runs in scripts that `language` is not written in."""
    letters = "".join(
        script.characters for script in SCRIPTS if language.primary not in script.languages.split()
    )
    between = r"[ \n\d#+&_\u3001-\u301c\uff01-\uff1f-]"  # what may stand between its words
    return re.compile(f"[{letters}](?:{between}*[{letters}])*")


def script_of(run: str) -> Script:
    """The script that a run begins in."""
    return next(script for script in SCRIPTS if re.match(f"[{script.characters}]", run))


def is_long(run: str) -> bool:
    """Whether a run is more than a name, or a word or two."""
    if script_of(run).spaced:
        return len(re.findall(r"[^\W\d_]{2,}", run)) > _FEW_WORDS
    return sum(character.isalpha() for character in run) > _FEW
