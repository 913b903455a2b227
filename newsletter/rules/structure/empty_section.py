"""A section has no entries, and is left out of the email.

A heading without anything below it is not shown. Perhaps its entries were put under the next
heading by mistake.

To mend it, write its entries or take the heading out.

Bad:

    sections:
      - title: Foster care
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).

Good:

    sections:
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.NOTE


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.items:
        return  # the whole issue is empty, which the reader tells
    for steps, section in proof.sections:
        if section.entries:
            continue
        if steps != ("lead",):
            name = f"'{section.title}'" if section.title else "a section"
        elif section.title or section.subtitle:
            name = "the lead"
        else:
            continue
        place = Place((*steps, "title"), 0, len(section.title)) if section.title else Place(steps)
        yield Finding(
            f"{name} has no entries and is left out", place, "write them, or remove the heading"
        )
