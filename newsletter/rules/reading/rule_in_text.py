"""A line of dashes, stars or underscores stands inside a text.

Markdown makes a rule across the page of it. Sections and entries are set apart by the layout, and a
rule between would cut one of them in two.

To mend it, remove the line, or begin a new entry there.

Source: https://spec.commonmark.org/0.31.2/#thematic-breaks

Bad:

    entries:
      - |
        The charity has published [a report on neglect](https://example.org/neglect).

        ***

        The council has published [its answer](https://example.org/answer).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
      - The council has published [its answer](https://example.org/answer).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
