"""A link has no words, so that no reader can see or click it.

Screen readers announce "link" and nothing else, or read the address out letter by letter.

To mend it, write the words between the square brackets, or give the row of links a title.

Source: https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context.html

Bad:

    entries:
      - text: The charity has published a report on neglect.
        links:
          - url: https://example.org/neglect

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
