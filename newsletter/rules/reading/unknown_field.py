"""There is no field of this name here.

Its name is misspelt, it belongs elsewhere, or it is not a field at all but the start of a text with
a colon in it. What stands in it would not be shown.

To mend it, write the name as the hint has it; put text with a colon in it in quotes, or on lines of
its own below "|".

Bad:

    preheadr: A report on neglect, a survey of foster carers and a new helpline

Bad:

    entries:
      - New guidance: the charity has [a report on neglect](https://example.org/neglect).

Good:

    entries:
      - "New guidance: the charity has [a report on neglect](https://example.org/neglect)."
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
