"""An entry has nothing that could be shown.

It has no headline, no text, no picture and no links. A source, a date or a kind alone would stand
in the email as a stray line.

To mend it, give the entry a `text`, or remove its dash and all that belongs to it.

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
      - source: Example Trust

Good:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        source: Example Trust
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
