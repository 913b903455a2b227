"""Words of a text stand after a #, which begins a note.

YAML shows nothing of a line after a space and a #: a hashtag, or the number of an issue, is lost
with all that follows it. It is a warning where the words may well be a note.

To mend it, put the whole value in quotes if the words belong to it. If they are a note, put them on
a line of its own.

Source: https://yaml.org/spec/1.2.2/

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect). #EndNeglect

Good:

    entries:
      - "The charity has published [a report on neglect](https://example.org/neglect). #EndNeglect"

Good:

    # The page moved in April.
    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
