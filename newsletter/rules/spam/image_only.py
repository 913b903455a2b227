"""The email is pictures, and next to no words.

Many programs show no pictures before they are asked to, people who cannot see get nothing, and an
email that is one large picture is how spam hides its words from filters.

To mend it, write what the picture says as text.

Options:
    words: how many words an email with pictures should have

Source: https://www.w3.org/WAI/WCAG22/Understanding/images-of-text.html
    https://github.com/apache/spamassassin/blob/trunk/rules/20_html_tests.cf

Bad:

    newsletter.yaml:
      rules:
        image-only: {words: 90}
    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/playground.jpg
          alt: Children in a playground

Good:

    entries:
      - text: The Example Trust has published [its report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/images/playground.jpg
          alt: Children in a playground
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place

LEVEL = Level.WARNING


def check_email(built: Built, *, words: int = 30) -> Iterator[Finding]:
    if not any(True for _ in built.page.named("img")):
        return
    count = sum(any(map(str.isalnum, word)) for word in built.page.words.split())
    if count < words:
        pictures = built.proof.images
        yield Finding(
            f"this email has a picture, and only {count} words",
            Place((*pictures[0][0], "src")) if pictures else None,
            "write what the picture says as text",
        )
