"""A colour is not written as # and six digits.

Mail programs differ in the names and short forms that they understand; all understand the long one.

To mend it, write the colour with six digits (0 to 9, a to f) in quotes. Without the quotes YAML
takes what follows the # for a note.

Bad:

    settings:
      brand:
        colour: purple

Good:

    settings:
      brand:
        colour: "#7a1f5c"
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
