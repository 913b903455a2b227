"""A rule is switched off where it finds nothing.

The words that it was switched off for have been mended, or stand elsewhere now. Left in place, it
would hide the next mistake of that kind.

To mend it, remove the line, or the note, that switches the rule off.

Bad:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        rules:
          vague-words: off

Good:

    entries:
      - text: The charity has published a report on neglect. Read it [here](https://example.org/a).
        rules:
          vague-words: off
"""

from newsletter.problems import Level

LEVEL = Level.NOTE
