"""A block of styles in the head is so long that Gmail drops it.

Gmail leaves out every <style> of more than 16,384 bytes, and with it all that makes the email fit
for phones and dark screens.

To mend it, split the block in your template into two, or make the CSS of your theme shorter.

Options:
    limit: bytes of one block from which it is told

Source: https://www.caniemail.com/features/html-style/
    https://github.com/hteumeuleu/email-bugs/issues/90

Bad:

    newsletter.yaml:
      rules:
        style-block: {limit: 500}

Good:

    newsletter.yaml:
      rules:
        style-block: {limit: 10000}
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING

_DROPPED = 16_384


def check_email(built: Built, *, limit: int = 15_000) -> Iterator[Finding]:
    for css in built.page.styles:
        size = len(css.encode())
        if size >= limit:
            yield Finding(
                f"a style block in the head has {size:,} bytes; Gmail drops those of more than "
                f"{_DROPPED:,}",
                None,
                "split it in two in templates/, or shorten the CSS of your theme",
            )
