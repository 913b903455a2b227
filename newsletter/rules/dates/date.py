"""A date is not one: there is no such day, or it is written in another way.

Dates are written YYYY-MM-DD, so that nobody takes 04/05 for the fifth of April; and the email shows
them in words. A day that does not exist cannot be shown.

To mend it, write 2024-04-23; or 2024-04, or 2024, if no more is known.

Source: https://www.iso.org/iso-8601-date-and-time-format.html

Bad:

    entries:
      - date: 2024-04-31
        text: The charity has published [a report on neglect](https://example.org/neglect).

Bad:

    entries:
      - date: 23/04/2024
        text: The charity has published [a report on neglect](https://example.org/neglect).

Good:

    entries:
      - date: 2024-04-23
        text: The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
