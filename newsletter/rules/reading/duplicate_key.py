"""A field stands twice in the same place.

Only one of the two could be shown, and which one would be a guess. Mostly an entry was copied, or
the dash before the second of two entries is missing.

To mend it, remove one of the two, or put the dash before the entry that begins there.

Source: https://yaml.org/spec/1.2.2/

Bad:

    entries:
      - title: A report on neglect
        text: The charity has published [its report on neglect](https://example.org/neglect).
        title: A survey of foster carers

Good:

    entries:
      - title: A report on neglect
        text: The charity has published [its report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
