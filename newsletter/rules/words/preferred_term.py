"""A term stands here that guidance in this field tells writers to avoid.

Words such as "child pornography" make light of a crime or put the blame on a child. Readers who
were harmed hear them, and other newsletters copy them.

To mend it, write what the hint says, or put the term in quotation marks if it is somebody else's.
Quotations, headlines of entries, links whose words are a title, names (the Revenge Porn Helpline)
and words that are named as words ("so-called") are left alone. Under `house_style:` in
newsletter.yaml, `terms:` adds your own, each with `avoid`, `use`, `why` and `source`; `allow:`
lists those that you use all the same; `standard: off` switches off all that come with the program.

Source: https://ecpat.org/luxembourg-guidelines/
    https://www.samaritans.org/about-samaritans/media-guidelines/
    https://www.childrenssociety.org.uk/information/professionals/resources/child-exploitation-language-guide

Bad:

    entries:
      - A man has been jailed for child pornography, [the police say](https://example.org/police).

Bad:

    entries:
      - A [survey of families](https://example.org/a) has asked service users what they want.
    newsletter.yaml:
      house_style:
        terms:
          - avoid: service user
            use: person

Bad:

    newsletter.yaml:
      house_style:
        allow: [child porno]

Good:

    entries:
      - A [charity for children](https://example.org/a) no longer says “child pornography”.

Good:

    entries:
      - Reports of revenge porn have doubled, [the helpline says](https://example.org/helpline).
    newsletter.yaml:
      house_style:
        allow: [revenge porn]
"""

import re
from collections.abc import Iterator

from newsletter.model import Term
from newsletter.problems import Level, did_you_mean
from newsletter.proof import Finding, Match, Place, Proof
from newsletter.proof.quotations import is_quoted, is_title
from newsletter.proof.wording import find_phrases, plain
from newsletter.rules.words import _house as house

LEVEL = Level.WARNING

# Headlines, and the names of those who published: not the editor's own words.
_OTHERS = ("title", "source", "credit")

# What stands after "the disabled" where people are meant, not a part of what follows.
_PEOPLE = re.compile(
    r"\s*(?:[.;:!?)”’\"]|$|\n[ \t]*\n)"
    r"|\s+(?:are|were|is|was|who|whom|have|had|has|in|from|at|by|to|on|across|face|need|can|could"
    r"|may|might|must|should|will|would|do|did|often|also)\b"
)
_NAMED = re.compile(
    r"\b(?:so-called|called|known as|terms?|termed|labell?ed|described as|phrases?|words?"
    r"|wording|expressions?|say|saying|instead of|rather than|sale of children)"
    r"(?:[\s,“‘\"'(]|such as|like|as|a|an|the|child prostitution|and)*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\s+(?:Helpline|Act|Bill|Convention|Protocol|Directive|Campaign|Foundation|Trust|Network"
    r"|Association|Centre|Unit|Taskforce|Regulations|Inquiry|Programme|Project)\b"
)


def check(proof: Proof) -> Iterator[Finding]:
    style = proof.project.settings.house_style
    known = house.terms(style, proof.issue.language)
    for match in find_phrases(proof, known, more="s?"):
        term = known.get(plain(" ".join(match.match["phrase"].split())))
        if term and _is_meant(term, match, proof):
            words = " ".join(match.match[0].split())
            whole = match.match.end() == match.match.end("phrase")
            yield Finding(
                f"'{words}' is a term to avoid",
                match.place,
                _hint(term),
                _as(words, term.use) if term.use and whole else None,
            )
    shipped = house.standard_terms()
    for index, words in enumerate(style.allow):
        if plain(words) not in shipped:
            near = did_you_mean(words, [str(term.avoid) for term in shipped.values()])
            yield Finding(
                f"no term to avoid is '{words}'" + (f" (did you mean '{near}'?)" if near else ""),
                Place(("house_style", "allow", index), 0, len(words), settings=True),
                "remove it",
            )


def _is_meant(term: Term, match: Match, proof: Proof) -> bool:
    """Whether the editor uses the term, and does not quote or name it."""
    passage, words = match.passage, match.passage.words
    if passage.item and passage.field in _OTHERS:
        return False
    before, after = (
        words[max(match.start - 60, 0) : match.start],
        words[match.end : match.end + 200],
    )
    if term.avoid.lower().startswith("the ") and not _PEOPLE.match(after):
        return False
    if _NAMED.search(before) or _NAME.match(after) or _in_name(match.match[0], before, after):
        return False
    return not (is_quoted(passage, match.start) or is_title(proof, passage, match.start))


def _in_name(words: str, before: str, after: str) -> bool:
    """Whether `words` stand among others with capitals, as in the name of an Act."""
    if words.isupper() or not all(word[0].isupper() for word in re.split(r"[\s-]+", words)):
        return False
    return bool(re.search(r"[A-Z][\w’'-]*(?:\s+(?:of|on|for|the|and))*\s+$", before)) or bool(
        re.match(r"(?:\s+(?:of|on|for|the|and))*\s+[A-Z]", after)
    )


def _hint(term: Term) -> str:
    parts = [f"write '{term.use}'" if term.use else "", str(term.why)]
    hint = ": ".join(part for part in parts if part)
    return f"{hint} ({term.source})".strip() if term.source else hint


def _as(words: str, use: str) -> str:
    """`use` with a capital where `words` begin with one."""
    return use[:1].upper() + use[1:] if words[:1].isupper() else use
