"""An alt text begins by saying that it is a picture: "image of", "photo of".

Screen readers say so themselves: "Image: image of children in a playground".

To mend it, begin with what the picture shows.

Source: https://www.w3.org/WAI/tutorials/images/tips/

Bad:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/playground.jpg
          alt: Photo of children in a playground

Good:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/playground.jpg
          alt: Children in a playground
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.accessibility._alts import alts

LEVEL = Level.NOTE

_SAYS = re.compile(
    r"(?P<says>(?:(?:an?|the|this)\s+)?(?:image|picture|photo|photograph)\s+"
    r"(?:of|shows|showing|depicting|representing)"
    r"|(?:une?\s+)?(?:image|photo|photographie)\s+(?:de|du|des|montrant)"
    r"|(?:ein(?:e|em)?\s+)?(?:bild|foto|abbildung)\s+(?:von|vom)"
    r"|(?:una?\s+)?(?:imagen|foto|fotografía)\s+(?:de|del)"
    r"|(?:llun|delwedd)\s+o|zdjęcie\s+przedstawiające|صورة\s+لـ?)\s+(?P<first>\S)",
    re.IGNORECASE,
)


def check(proof: Proof) -> Iterator[Finding]:
    for alt in alts(proof):
        if match := _SAYS.match(alt.words):
            yield Finding(
                f"'{match['says']}' says what screen readers say by themselves",
                alt.place(0, match.end()),
                "begin with what it shows",
                match["first"].upper(),
            )
