"""A value is none of those that its field can have.

Some fields take only certain words, and any other would be a guess: `order` is alphabetical or
as-written, `contents` on or off, the level of a rule off, note, warning or error.

To mend it, take one of the words that the hint lists.

Bad:

    settings:
      order: backwards

Bad:

    settings:
      contents: maybe

Good:

    settings:
      order: alphabetical
      contents: off
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
