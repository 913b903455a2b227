"""A value is of the wrong shape: a text where a list should be, a list where a text should be.

A dash too many makes a list of a text, a colon makes fields of it, and [ at its start a list. What
was meant cannot be told from that.

To mend it, do as the hint says; docs/fields.md has what each field is.

Bad:

    intro:
      - This month is about neglect.

Bad:

    entries: The charity has published [a report on neglect](https://example.org/neglect).

Good:

    intro: This month is about neglect.
    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
