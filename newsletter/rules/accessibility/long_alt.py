"""An alt text is so long that it is a strain to listen to.

Screen readers read an alt text in one go; nobody can pause in it or go back a sentence.

To mend it, say in a sentence what matters for the entry. What is said at length, such as the
figures of a chart, belongs into the text or the caption.

Options:
    max: characters of an alt text that are not told yet

Source: https://www.w3.org/WAI/tutorials/images/tips/
    https://docs.buttondown.com/preflight

Bad:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/chart.png
          alt: >-
            A bar chart with the number of children in care on 31 March of each year from 2015 to
            2024, which rises from 69,000 to 83,000, with one bar for each year and a line for the
            average

Good:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/chart.png
          alt: "Bar chart: children in care, rising from 69,000 in 2015 to 83,000 in 2024"
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.accessibility._alts import alts

LEVEL = Level.NOTE


def check(proof: Proof, *, max: int = 150) -> Iterator[Finding]:
    for alt in alts(proof):
        if len(alt.words) > max:
            yield Finding(
                f"this alt text has {len(alt.words)} characters; {max} are as much as one listens "
                "to in one go",
                alt.whole,
                "say what matters in a sentence, and the rest in the text or the caption",
            )
