"""A text in, its first sentences out: what an entry says before its editor has written it."""

import re
from collections.abc import Iterator
from itertools import islice

# A full stop, the quotation marks and brackets after it, and what the next sentence begins with. A
# row of stops is looked at once, not from each of them.
_END = re.compile(
    r"(?<![.!?…؟۔।])[.!?…؟۔।]+[”’\"')\]»]*(?=\s|$)|[。！？]+[」』”’]*|\n[^\S\n]*(?=\n)",
)
_SEEN = re.compile(r"\S")
_BEFORE = re.compile(r"(?:[^\s(“‘\"'\[]+)$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What ends in a full stop in the middle of a sentence.
_ALWAYS = _words(
    "dr mr mrs ms mx prof st rev hon sir fr sr jr messrs capt sgt col gen lt cllr supt insp "
    "det e.g eg i.e ie cf vs viz approx incl esp fig figs sec ch vol ed eds pp para paras art arts "
    "ca dept univ mme mlle bzw z.b u.a d.h p.ej"
)
_BEFORE_FIGURES = _words("no nos nr num p pt jan feb mar apr jun jul aug sept sep oct nov dec")
_PERHAPS = _words("etc al inc ltd co corp plc bros a.m p.m est")

# What a sentence begins with after something that may end one: "in the U.K. The report ...".
_BEGINS = re.compile(
    r"\s+[“‘\"'(\[]*(?:The|A|An|It|Its|This|That|These|Those|He|She|They|We|You|I|In|On|At|But|And|"
    r"However|There|Their|His|Her|Our|For|From|When|While|If|As|By|With|Since|After|Before|More|"
    r"Most|Some|Many|One|No|Not|Findings|Children|Parents|Young|Researchers)\b"
)
_GERMAN_DAY = re.compile(
    r"\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November"
    r"|Dezember|Jahrhundert)\b"
)


def first_sentences(text: str, count: int) -> str:
    """The first `count` sentences of `text`, as they stand there; all of it if it has no more.

    An empty line ends a sentence, too.
    """
    return text[: end_of_sentences(text, count)].strip()


def end_of_sentences(text: str, count: int) -> int:
    """Where the first `count` sentences of `text` end."""
    return max(islice(ends(text), count), default=0)


def ends(text: str) -> Iterator[int]:
    """Where each sentence of `text` ends; the last one does where the text does."""
    begin = 0
    for match in _END.finditer(text):
        if not _SEEN.search(text, begin, match.end()):
            begin = match.end()
        elif _ends(text, match):
            begin = match.end()
            yield begin
    if text[begin:].strip():
        yield len(text)


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends where there is a full stop, or the like."""
    rest = text[match.end() : match.end() + 40]
    following = rest.lstrip().lstrip("“‘\"'([«")[:1]
    if not following or match[0][0] == "\n" or match[0][0] in "。！？؟۔।":
        return True
    if following.islower():
        return False
    if match[0] != ".":
        return True
    before = _BEFORE.search(text, max(match.start() - 40, 0), match.start())
    word = before[0] if before else ""
    folded = word.casefold()
    if folded in _ALWAYS:
        return False
    if folded in _BEFORE_FIGURES:
        return not following.isdigit()
    if re.fullmatch(r"[^\W\d_]", word) and word != "I":
        return False  # an initial
    if folded in _PERHAPS or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return _BEGINS.match(rest) is not None
    if re.fullmatch(r"\d{1,2}", word):
        return _GERMAN_DAY.match(rest) is None
    return True
