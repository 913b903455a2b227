"""One text has more than 20,000 characters; a whole round-up has fewer.

Somebody pasted a report, or the lines that separate two entries are missing. Gmail would cut the
email off in the middle.

To mend it, say in a few sentences what it is about, and link to the rest.

Bad:

    intro: The charity has published its report, which says ... and so on, for 20,000 characters

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
