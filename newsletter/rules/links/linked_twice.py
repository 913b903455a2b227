"""A page is linked to in two places of the issue.

Readers who know it already click in vain, and a story under two headings looks like two.
The links of one entry count as one, and the front of a site, or of a part of it, may stand as often
as you like.

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

from collections.abc import Iterator

from newsletter.addresses import canonical
from newsletter.problems import Level
from newsletter.proof import Finding, Proof, Reference
from newsletter.proof.fronts import is_page

LEVEL = Level.NOTE


def check(proof: Proof) -> Iterator[Finding]:
    first: dict[str, Reference] = {}
    for link in proof.links:
        page = canonical(link.url)
        before = first.setdefault(page, link)
        if before is link or _entry(before) == _entry(link) or _meant(before) or _meant(link):
            continue
        if is_page(link.url):
            line = proof.line(before.place)
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
