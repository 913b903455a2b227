"""A page is linked to in two places of the issue.

Readers who know it already click in vain, and a story under two headings looks like two.
The links of one entry count as one, and home pages may stand as often as you like.

To mend it, keep the link where the page matters most, or link another page of the same publisher.
If it is meant, give the entry `seen: ok`.

Source: https://docs.buttondown.com/preflight

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/a-report-on-neglect).
      - Foster carers are the subject of
        [a chapter on carers](https://www.example.org/a-report-on-neglect/#carers).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/a-report-on-neglect),
        with a [summary](https://example.org/a-report-on-neglect#summary-for-carers) for carers.
      - The [charity's site](https://example.org/) has films on neglect.
      - There is [more on the charity's site](https://www.example.org) for carers.
"""

import re
from collections.abc import Iterator

from newsletter.addresses import canonical
from newsletter.problems import Level
from newsletter.proof import Finding, Proof, Reference

LEVEL = Level.NOTE

# A page that somebody has written, not the front of a site or of one of its parts: it has a
# headline, a number or a file's ending in its address.
_STORY = re.compile(
    r"[^/]*/(?:.*(?:/|[?&]\w+=))?(?:[^/?&]*\d{3,}|\w+(?:-\w+){3,}|[^/?&]+\.\w{3,5}$)"
)
_ORGANISATION = re.compile(r"gov\.uk/government/(?:organisations|people|collections|topics?)/")


def check(proof: Proof) -> Iterator[Finding]:
    first: dict[str, Reference] = {}
    for link in proof.links:
        page = canonical(link.url)
        before = first.setdefault(page, link)
        if before is link or _entry(before) == _entry(link) or _meant(before) or _meant(link):
            continue
        if _STORY.match(page) and not _ORGANISATION.match(page):
            place = before.place
            line = proof.source.inside(place.steps, place.start or 0).line
            yield Finding(
                f"this page is linked to already, on line {line}",
                link.place,
                "keep the link where the page matters most",
            )


def _meant(link: Reference) -> bool:
    """Whether the entry says that it is meant to stand here again."""
    return link.item is not None and link.item.entry.seen == "ok"


def _entry(link: Reference) -> object:
    return link.item.steps if link.item else link.place.steps
