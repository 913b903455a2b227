"""A list or a mapping stands where the name of a field should.

YAML reads text in [ ] or { } that a colon follows as the name of a field, and gives up there.

To mend it, put the whole text in quotes, or on lines of its own below "|".

Source: https://yaml.org/spec/1.2.2/

Bad:

    entries:
      - [New]: the charity has published a report on neglect.

Good:

    entries:
      - "[New]: the charity has published [a report on neglect](https://example.org/neglect)."
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
