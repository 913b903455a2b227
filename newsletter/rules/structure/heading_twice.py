"""Two sections have one heading, or a heading is repeated by what stands right below it.

Readers who have found one of the two sections do not look for the other; and a heading that is
followed by itself looks like a slip, and is read out twice by a screen reader.

To mend it, put the entries of both sections under one heading; take out the title that repeats the
heading above it.

Source: https://www.w3.org/WAI/WCAG22/Understanding/headings-and-labels.html

Bad:

    sections:
      - title: Neglect
        entries:
          - A trust has published [a report on young parents](https://example.org/parents).
      - title: Education
        entries:
          - A trust has published [a survey of schools](https://example.org/schools).
      - title: Neglect
        entries:
          - A trust has published [figures for each of the councils](https://example.org/councils).

Bad:

    sections:
      - title: Neglect in the early years
        entries:
          - title: Neglect in the early years
            text: A trust has published [a report on young parents](https://example.org/parents).

Good:

    sections:
      - title: Neglect
        entries:
          - A trust has published [a report on young parents](https://example.org/parents).
          - A trust has published [figures for each council](https://example.org/councils).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof
from newsletter.source import Steps

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    seen: dict[str, Steps] = {}
    for steps, section in proof.sections:
        if not section.title or not section.entries:
            continue
        heading = _bare(section.title)
        whole = Place((*steps, "title"), 0, len(section.title))
        first = seen.setdefault(heading, steps)
        if first != steps and "lead" not in first:
            line = proof.line(Place((*first, "title")))
            yield Finding(
                f"two sections have the heading '{section.title}': here and on line {line}",
                whole,
                "put the entries of both under one heading",
            )
        if _bare(section.subtitle) == heading:
            yield _repeated(section.subtitle, Place((*steps, "subtitle"), 0, len(section.subtitle)))
        title = section.entries[0].title
        if _bare(title) == heading:
            place = Place((*steps, "entries", 0, "title"), 0, len(title))
            yield _repeated(title, place)


def _repeated(words: str, place: Place) -> Finding:
    return Finding(
        f"'{words}' repeats the heading right above it", place, "leave one of the two out"
    )


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".:")
