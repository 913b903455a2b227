"""The name of an organisation is misspelt.

The people who work there read it, and it is the mistake that they remember.

To mend it, write the name as the organisation does. Names of the field in the United Kingdom come
with the program; add yours to `house_style: names:` in newsletter.yaml, and yours count where they
differ. A name that is also ordinary words ("missing people") is told only where it is plainly a
name; what stands in quotation marks or in a headline may be somebody else's spelling.

Source: https://www.lucyfaithfull.org.uk/
    https://www.gov.uk/government/organisations/ofsted

Bad:

    entries:
      - Schools should hear from OFSTED by May, [the Guardian reports](https://example.org/news).

Bad:

    entries:
      - The Lucy Faithful Foundation has published [a guide for parents](https://example.org/guide).

Bad:

    entries:
      - The Exampleton trust has published [a guide for parents](https://example.org/guide).
      - A leaflet from the EXAMPLETON Trust has [a list of helplines](https://example.org/list).
    newsletter.yaml:
      house_style:
        names: [Exampleton Trust]

Good:

    entries:
      - Ofsted has written to schools about [missing people](https://example.org/news).
      - The charity calls for action for children in [its report on neglect](https://example.org/report).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Proof
from newsletter.proof.quotations import is_quoted
from newsletter.proof.wording import find_phrases, plain, wording
from newsletter.rules.words import _house as house
from newsletter.rules.words._near_names import near_names

LEVEL = Level.WARNING
SAFE = True  # where another name could be meant, nothing is suggested

_SMALL = frozenset({"and", "for", "in", "of", "on", "the"})
_HEADINGS = ("title", "subtitle", "subject")
_ADDRESS = re.compile(r"[.@]\w")


def check(proof: Proof) -> Iterator[Finding]:
    names = house.names(proof.project.settings.house_style, proof.issue.language)
    words = wording(proof).words
    mark = "’" if "’" in words else "'"  # the apostrophe that the issue is written with
    yield from _wrong_case(proof, names)
    yield from _wrong_apostrophe(proof, names, mark)
    for wrong, name in near_names(words, tuple(names.values())):
        for match in proof.find(wrong):
            sure = len(name.split()) > 2  # the other words are right
            yield from _spelt(match, name.replace("'", mark), sure)


def _wrong_case(proof: Proof, names: dict[str, str]) -> Iterator[Finding]:
    here = wording(proof)
    straight = here.words.replace("’", "'")
    # Most names are spelt as they should be, which is quickly seen.
    wrong = [
        key for key in here.present(names) if here.plain.count(key) > straight.count(names[key])
    ]
    for match in find_phrases(proof, wrong):
        words = _on_one_line(match.match["phrase"])
        name = names[plain(words)]
        if _is_name(words.replace("’", "'"), name, match) and not _is_headline(match):
            yield from _spelt(match, name.replace("'", "’") if "’" in words else name)


def _is_name(words: str, name: str, match: Match) -> bool:
    """Whether `words`, the name but for case, are meant as the name and are not right."""
    found, right = (re.split(r"[\s‑-]", text) for text in (words, name))
    if found == right or (words.isupper() and match.passage.words.isupper()):
        return False
    if len(right) == 1:
        return not words.islower() or name != name.capitalize() or house.is_standard(name)
    if match.passage.field in _HEADINGS and all(
        b in _SMALL for a, b in zip(found, right, strict=True) if a != b
    ):
        return False  # a heading that gives each word a capital
    capitals = sum(word[:1].isupper() for word in found)
    return capitals > 1 or (words[:1].isupper() and _in_sentence(match))


def _in_sentence(match: Match) -> bool:
    """Whether a word stands right before, so that a capital is that of a name."""
    passage = match.passage
    before = passage.typed(match.start)
    return bool(re.search(r"[^\W\d_],?[ \n]$", passage.raw[max(before - 3, 0) : before]))


def _is_headline(match: Match) -> bool:
    return match.passage.item is not None and match.passage.field == "title"


def _wrong_apostrophe(proof: Proof, names: dict[str, str], mark: str) -> Iterator[Finding]:
    """Barnardos, Childrens Society, Childrens' Society."""
    wrong = {}
    for key in names:
        if "'s" in key:
            wrong[key.replace("'s", "s")] = key
            wrong[key.replace("'s", "s'")] = key
    for match in find_phrases(proof, wrong):
        words = _on_one_line(match.match["phrase"])
        at = wrong[plain(words)].index("'")
        letters = re.sub("['’]", "", words)
        yield from _spelt(match, f"{letters[:at]}{mark}{letters[at:]}")


def _spelt(match: Match, name: str, sure: bool = True) -> Iterator[Finding]:
    """That the words are spelt otherwise; nothing if they are a quotation or an address."""
    passage = match.passage
    if is_quoted(passage, match.start) or _ADDRESS.match(passage.words, match.end):
        return
    words = _on_one_line(match.match[0])
    yield Finding(
        f"'{words}' is spelt '{name}'",
        match.place,
        f"write '{name}'" if sure else f"write '{name}', if that is who is meant",
        name if sure else None,
    )


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
