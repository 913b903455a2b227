"""The space after the dash of an entry is missing.

Only a dash and a space begin an entry of a list. Without the space the dash is a part of the name
that follows it.

To mend it, put a space after the dash.

Source: https://yaml.org/spec/1.2.2/

Bad:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
      -text: The council has published [its answer](https://example.org/answer).

Good:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
      - text: The council has published [its answer](https://example.org/answer).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
