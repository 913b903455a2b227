"""A section without a heading follows one that has a heading.

Its entries look as if they belonged to the section above: nothing in the email parts them.

To mend it, give it a `title`, or move its entries to the section that they belong to.

Source: https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels.html

Bad:

    sections:
      - title: Neglect
        entries:
          - A trust has published [a report on young parents](https://example.org/parents).
      - entries:
          - A trust has published [a survey of schools](https://example.org/schools).

Good:

    sections:
      - entries:
          - A trust has published [a report on young parents](https://example.org/parents).
      - title: Education
        entries:
          - A trust has published [a survey of schools](https://example.org/schools).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    above = ""
    for steps, section in proof.sections:
        if steps == ("lead",) or not section.entries:
            continue
        if above and not section.title and not section.subtitle:
            yield Finding(
                f"this section has no heading: its entries will stand below '{above}'",
                Place(steps),
                "give it a 'title'",
            )
        above = section.title or section.subtitle or above
