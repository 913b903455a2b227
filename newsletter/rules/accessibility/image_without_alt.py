"""A picture in the email has no alt text at all.

Screen readers then read the address of its file aloud. The reader of issues asks for `alt` for
every picture of an entry, so this one comes from a template.

To mend it, give the <img> in your template an `alt` that says what it shows, or alt="" where it is
mere decoration.

Source: https://www.w3.org/WAI/WCAG22/Understanding/non-text-content.html

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p><img src="https://example.org/line.gif" width="200" height="9"/></p>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p><img src="https://example.org/line.gif" alt="" width="200" height="9"/></p>
      </mj-text></mj-column></mj-section>
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR


def check_email(built: Built) -> Iterator[Finding]:
    for image in built.page.named("img"):
        if image.get("alt") is None:
            source = image.get("src") or ""
            yield Finding(
                f"the picture '{source[:80].rpartition('/')[2] or source[:80]}' has no alt text",
                None,
                'write alt="what it shows" in the template, or alt="" for mere decoration',
            )
