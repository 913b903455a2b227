"""The issue has no entries.

There is nothing to send yet.

To mend it, write the first entry, below `entries:` or a section.

Bad:

    sections:
      - title: Neglect

Good:

    sections:
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
