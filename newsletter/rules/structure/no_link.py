"""An entry tells of something that readers would want to open, but has no link.

Readers of a round-up want to read what it tells them of; without a link they have to search for it,
and most will not. Mostly the link was lost when the text was copied.

To mend it, link the words that name the report, or give the entry a row of `links`. An entry is
told where nearly all others have a link, if it has a publisher or a date, or if it tells of a
report, a survey, a course or the like; not if it gives a telephone number, or is about the
newsletter itself.

Bad:

    entries:
      - A trust has published [a report on young parents](https://example.org/parents).
      - A trust has published [a survey of schools](https://example.org/schools).
      - Inspectors have published their findings on five councils.
      - A helpline has had [more calls than ever](https://example.org/calls).

Good:

    entries:
      - A trust has published [a report on young parents](https://example.org/parents).
      - text: Inspectors have published their findings on five councils.
        links:
          - label: Read the report
            title: Five councils
            url: https://example.org/councils
      - This round-up takes a break in August.
      - Ann Example joins us as editor in May. We thank Ben Example, who leaves.
      - Our scrutineer Cat Example is retiring in June.
      - source: A newly qualified social worker
        text: "> A boy of six told me that I would be good at this if I practised."
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Item, Passage, Place, Proof, once
from newsletter.source import Steps

LEVEL = Level.NOTE

_TELEPHONE = re.compile(r"(?<![\d£€$.,])(?:\+|0)[\d ()\u00a0-]{5,}\d|\b1[01]\d ?\d{3}\b")
# What the newsletter says of itself, in English.
_OWN = re.compile(
    r"^[*_\s]*(?:corrections?|clarifications?|erratum)\b"
    r"|\b(?:this|our) (?:(?:weekly|monthly) )?"
    r"(?:newsletter|round-?up|bulletin|briefing|digest|recap)\b(?! of\b)"
    r"|\b(?:our|the) (?:next|last|previous) issue\b(?! of\b)"
    r"|\bsave[ -]the[ -]date"
    r"|^(?:our|last (?:week|month)['’]s) (?:item|story|piece|note) (?:on|about)\b",
    re.IGNORECASE,
)
# What an entry would link, if it tells of it.
_LINKED = re.compile(
    r"\b(?:reports?|stud(?:y|ies)|surveys?|consultations?|guid(?:e|es|ance)|toolkits?|podcasts?"
    r"|briefings?|reviews?|inquir(?:y|ies)|strateg(?:y|ies)|statistics|figures|resources?|webinars?"
    r"|courses?|conferences?|publish(?:ed|es)|launch(?:ed|es)|films?|articles?|blogs?|apply|register"
    r"|website|findings)\b",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:I|[Mm]y)\b")  # a column, in somebody's own words
_QUOTED = re.compile(
    r"“[^”]{0,999}”|‘[^’]{0,999}(?:’\w[^’]{0,999})*’|\"[^\"]*\"|^>.*$", re.MULTILINE
)
_LISTED = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)
_SHORT = 14  # words of a date with what is on, of a figure with what it counts

_MOST = 0.7  # of all entries, from which on a link is the rule


def check(proof: Proof) -> Iterator[Finding]:
    linked = {link.item.steps for link in proof.links if link.item}
    if len(linked) < _MOST * len(proof.items):
        return
    broken = _with_broken_links(proof)
    in_lead = any(steps[0] == "lead" for steps in linked)
    for item in proof.items:
        if in_lead and item.steps[0] == "lead":
            continue  # the paragraphs of one story
        if item.steps not in linked and item.steps not in broken and _wants_a_link(item):
            yield Finding(
                f"'{item.name}' has no link",
                _words(item, proof),
                "link the words that name what it tells of, or give it 'links'",
            )


def _wants_a_link(item: Item) -> bool:
    """Whether there is something that the entry would lead to."""
    text = f"{item.entry.title}\n{item.entry.text}".lstrip()
    said = _QUOTED.sub(" ", text)
    if item.entry.text.lstrip().startswith(">"):  # a quotation, with whose it is
        return False
    if _TELEPHONE.search(text) or _OWN.search(text) or _MINE.search(said) or not said.strip():
        return False
    listed = _LISTED.split(text)[1:]
    if len(listed) >= 3 and all(re.search(r"\d", one) for one in listed):  # dates, figures
        return any(len(one.split()) > _SHORT for one in listed[:-1])  # words may follow the last
    return bool(item.entry.source or item.entry.date or _LINKED.search(said))


# What is told of a link while the issue is read.
_BROKEN = ("broken-link", "empty-link", "link-target", "missing", "shape")


def _with_broken_links(proof: Proof) -> set[Steps]:
    """The entries with a link that is left out because something is wrong with it."""
    broken = [p.mark for p in proof.result.problems if p.mark and p.code in _BROKEN]
    begins = sorted((proof.source.value(item.steps), item.steps) for item in proof.items)
    above = (bisect_right(begins, mark, key=lambda one: one[0]) - 1 for mark in broken)
    return {begins[at][1] for at in above if at >= 0}


def _words(item: Item, proof: Proof) -> Place:
    """The words that an entry begins with."""
    passage = _first_passages(proof).get(item.steps)
    return passage.place(0, len(passage.words.rstrip())) if passage else Place(item.steps)


@once
def _first_passages(proof: Proof) -> dict[Steps, Passage]:
    found: dict[Steps, Passage] = {}
    for passage in proof.passages:
        if passage.item and passage.field in ("title", "text"):
            found.setdefault(passage.item.steps, passage)
    return found
