"""An entry begins as if the one before it were still meant: "It has also published".

Readers jump from heading to heading, and entries are moved and left out. Behind another publisher's
entry, or first in its section, "it" means nothing, or the wrong organisation.

To mend it, name who or what is meant. After an entry of the same publisher such a beginning is
fine.

Bad:

    sections:
      - title: Neglect
        entries:
          - It has also published [figures for each council](https://example.org/figures).

Bad:

    sections:
      - title: Neglect
        entries:
          - Inspectors have published [a report on neglect](https://example.org/neglect).
          - The charity also offers [a course for teachers](https://example.com/course).

Good:

    sections:
      - title: Neglect
        entries:
          - The Example Trust has published [a report on neglect](https://example.org/neglect).
          - It has also published [figures for each council](https://www.example.org/figures).

Good:

    sections:
      - title: Neglect
        entries:
          - It is ten years since [the inquiry](https://example.org/inquiry) began.
"""

import re
from collections.abc import Iterator

from newsletter.addresses import domain, host
from newsletter.problems import Level
from newsletter.proof import Finding, Item, Proof, once
from newsletter.proof.seen import words_of
from newsletter.source import Steps

LEVEL = Level.WARNING

_THING = (
    r"(?:report|study|research|survey|review|paper|briefing|guidance|guide|inquiry|blog|article"
    r"|podcast|film|charity|organisation|authors?|researchers?|campaigners?|committee|commission"
    r"|watchdog|regulator|inspectorate|panel|network|team|website|site|page)"
)
# What leans wherever it stands first.
_LEANS = re.compile(
    rf"(?:It|They|He|She|(?:The|This|That)(?:\s(?:same|new))?\s{_THING})"
    r"(?:\s(?:has|have|had|is|are|was|were|will|can))?\salso\b"
    rf"|(?:The\ssame\s{_THING}|Also\sfrom\s(?:the\ssame|them|it)|Both\s(?:reports|studies|papers))\b"
    r"|(?:Additionally|Furthermore|Moreover|In\saddition),"
)
# What leans on an entry before, if not on the heading.
_LEANS_ON_ENTRY = re.compile(rf"(?:Its|Their)\s(?:(?:new|latest|second|other)\s)?{_THING}\b")
# Sites that everybody publishes on say nothing of who did.
_EVERYBODYS = re.compile(
    r"(?:.*\.)?(?:youtube\.com|youtu\.be|vimeo\.com|x\.com|twitter\.com|facebook\.com|linkedin\.com"
    r"|instagram\.com|doi\.org|eventbrite\.(?:com|co\.uk)|surveymonkey\.com|forms\.office\.com"
    r"|smartsurvey\.co\.uk|google\.com|onlinesurveys\.ac\.uk|spotify\.com|apple\.com|medium\.com"
    r"|substack\.com|wordpress\.com|amazonaws\.com|issuu\.com|microsoft\.com|sharepoint\.com"
    r"|qualtrics\.com|zoom\.us|ticketsource\.co\.uk)"
)


def check(proof: Proof) -> Iterator[Finding]:
    if proof.issue.language.primary != "en":
        return
    texts = [p for p in proof.passages if p.field == "text" and p.item and not p.item.entry.title]
    for passage in texts:
        leans = _LEANS.match(passage.words) or _LEANS_ON_ENTRY.match(passage.words)
        if not leans or not passage.item:
            continue
        before = _before(passage.item, proof)
        if before:
            what = _other_publisher(before, passage.item, proof)
        else:
            what = "it is the first here" if leans.re is _LEANS else ""
        if what:
            words = leans[0].rstrip()
            yield Finding(
                f"'{' '.join(words.split())}' leans on the entry before, but {what}",
                passage.place(0, len(words)),
                "name who or what is meant",
            )


def _before(item: Item, proof: Proof) -> Item | None:
    """The entry above, in the same section."""
    *above, number = item.steps
    return _items(proof).get((*above, int(number) - 1))


@once
def _items(proof: Proof) -> dict[Steps, Item]:
    return {item.steps: item for item in proof.items}


def _other_publisher(before: Item, item: Item, proof: Proof) -> str:
    """That the entry before is another publisher's; nothing if it is not, or may not be."""
    one, other = before.entry.source, item.entry.source
    if one and other:
        return "" if one.casefold() == other.casefold() else f"that is from {one}"
    sites = _sites(proof)
    theirs, ours = sites.get(before.steps, set()), sites.get(item.steps, set())
    if not theirs or not ours or not theirs.isdisjoint(ours):
        return ""
    # "The Children’s Commissioner told the BBC ..." is followed by a page of the Commissioner's.
    words = re.sub(r"\W", "", words_of(before.entry.text)).lower()
    if any(site.split(".")[0] in words for site in ours):
        return ""
    return f"that is from {min(theirs)}"


@once
def _sites(proof: Proof) -> dict[Steps, set[str]]:
    """The sites that each entry links to."""
    found: dict[Steps, set[str]] = {}
    for link in proof.links:
        name = host(link.url)
        if link.item and name and not _EVERYBODYS.fullmatch(name):
            found.setdefault(link.item.steps, set()).add(domain(link.url))
    return found
