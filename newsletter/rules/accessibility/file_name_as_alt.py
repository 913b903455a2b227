"""The alt text of a picture is the name of its file, or a word such as "image".

Whoever does not see the picture, and everybody whose mail program shows none, reads "IMG 2041" in
its place.

To mend it, say in a few words what the picture shows and why it is there; write alt: '' for mere
decoration, and the name of the organisation for a logo.

Source: https://www.w3.org/WAI/tutorials/images/tips/
    https://docs.buttondown.com/preflight

Bad:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/IMG_2041.jpg
          alt: IMG_2041.jpg

Bad:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/logo.png
          alt: Logo

Good:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/logo.png
          alt: Example Trust
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.accessibility._alts import alts

LEVEL = Level.WARNING

_FILE = re.compile(
    r".*\.(?:png|jpe?g|gif|webp|svg|heic|tiff?|bmp)|https?://\S+"
    r"|(?:img|dsc[nf]?|pxl|image|photo|picture|pic|scan|untitled|download|unnamed)"
    r"[-_ ]?\(?\d[\d_()-]*|screen ?shot[-_ ]\d{4}.*",
    re.IGNORECASE,
)
# Also in the other languages that there are labels in.
_EMPTY_WORDS = re.compile(
    r"(?:image|img|photo|photograph|picture|pic|logo|icon|banner|graphic|screenshot|untitled|spacer"
    r"|alt|caption|thumbnail|header|photographie|illustration|bild|foto|abbildung|imagen"
    r"|fotografía|llun|delwedd|zdjęcie|obraz|صورة|تصویر)\.?",
    re.IGNORECASE,
)


def check(proof: Proof) -> Iterator[Finding]:
    for alt in alts(proof):
        words = alt.words.strip()
        if _FILE.fullmatch(words):
            what = "is the name of a file" if "://" not in words else "is an address"
        elif _EMPTY_WORDS.fullmatch(words):
            what = "does not say what the picture shows"
        else:
            continue
        yield Finding(
            f"the alt text '{words}' {what}",
            alt.whole,
            "say in a few words what it shows, or write '' for mere decoration",
        )
