"""A line begins in a column where it cannot.

What belongs together stands in the same column, what belongs to something stands two spaces further
than that, and a list begins on the line below its key. YAML goes by nothing else.

To mend it, move the line to the column of its neighbours, with spaces.

Source: https://yaml.org/spec/1.2.2/

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
     - The council has published [its answer](https://example.org/answer).

Bad:

    entries: - The charity has published [a report on neglect](https://example.org/neglect).

Bad:

    intro: |
    This month is about neglect.

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
      - The council has published [its answer](https://example.org/answer).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
