"""A heading is written in capitals.

Capitals read as shouting, they are slower to read, and some screen readers spell them out letter
by letter.

To mend it, write it as a sentence. Acronyms (NSPCC, "CSA & CSE") keep their capitals. If all
headings are to look like that, a theme can do it: the text stays as it should be read.

Source: https://www.gov.uk/guidance/style-guide/a-to-z

Bad:

    sections:
      - title: OTHER
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).

Bad:

    sections:
      - title: Neglect
        entries:
          - title: NEW REPORT ON NEGLECT
            text: The charity has published [a report on neglect](https://example.org/neglect).

Good:

    sections:
      - title: CSA & CSE
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
      - title: NSPCC
        entries:
          - It has [figures on neglect](https://example.org/figures) for each council.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LONG = 7  # letters of a word that stands alone and is no acronym
_LONGISH = 5  # of one among others
# Acronyms that could be taken for words; those without a vowel are known by that.
_ACRONYMS = re.compile(
    "AI|ASB|CCE|CSA|CSE|EU|HBA|ICO|LGA|NCA|OCC|UK|UN|USA|VRU"
    "|ACES?|ADHD|AIM|APPG|BACP|BASW|CAFCASS|CAMHS|CASPAR|CEASE|CELCIS|CEOP|CHISVA|CICA|COVID|CPOMS"
    "|CSAM|DASH|ECPAT|EHCP|EUROPOL|HMICFRS|ICMEC|I[DS]VA|IICSA|INHOPE|INTERPOL|IOPC"
    "|ITV|KCSIE|LADO|LGBTQIA?|MACS?E|MAPPA|MARAC|MASH|NAPAC|NATO|NEET|NICE|NPCC|OFCOM|OFSTED"
    "|PAPYRUS|PSHE|RASSO|RSHE|SARC|SCRA|SEND?|SEND?CO|SENDIST|STEM|TACT|TEDX|UASC|UKCIS|UNCRC"
    "|UNESCO|UNHCR|UNICEF|VAWG|VOYPIC"
)
_SMALL = re.compile("AND|AS|AT|BUT|BY|FOR|FROM|IN|IS|OF|ON|OR|OUR|THE|TO|WITH|YOUR")
_ALONE = re.compile(
    "OTHER|NEWS|EVENTS?|HEALTH|ONLINE|ABUSE|REPORT|VIDEOS?|BLOGS?|SAFETY|POLICY|JOBS"
)
_VOWEL = re.compile(r"[AEIOUY]|[^\x00-\x7f]")


def check(proof: Proof) -> Iterator[Finding]:
    last = {str(words).upper() for words in proof.labels.last}
    for passage in proof.passages:
        words = passage.words
        if passage.field not in ("title", "subtitle", "kind") or not words.isupper():
            continue
        ours = passage.item is None and words == proof.settings.publication
        if not ours and _is_shouted(_WORD.findall(words), last):
            yield Finding(
                f"'{words}' is written in capitals",
                passage.place(0, len(words)),
                "write it as a sentence; acronyms keep their capitals",
                _as_sentence(words),
            )


def _is_shouted(words: list[str], last: set[str]) -> bool:
    """Whether words in capitals are more than acronyms."""
    ordinary = [word for word in words if not _is_acronym(word)]
    if len(words) == 1:
        return (
            bool(_ALONE.fullmatch(words[0]))
            or words[0] in last
            or any(len(word) >= _LONG for word in ordinary)
        )
    long = [word for word in ordinary if len(word) >= _LONGISH]
    return (
        bool(long)
        or any(_SMALL.fullmatch(word) for word in words)
        or (sum(len(word) > 3 for word in ordinary) > 1)
    )


def _is_acronym(word: str) -> bool:
    return bool(_ACRONYMS.fullmatch(word)) or not _VOWEL.search(word)


def _as_sentence(words: str) -> str:
    """`words` with one capital, and those of acronyms."""

    def small(match: re.Match[str]) -> str:
        word = match[0]
        if word == "I" or (_is_acronym(word) and len(word) > 1):
            return word
        return word.capitalize() if not words[: match.start()].strip("“‘\"'(") else word.lower()

    return _WORD.sub(small, words)
