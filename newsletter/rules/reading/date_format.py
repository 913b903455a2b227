"""The pattern of dates has something in it that is no part of a date.

`date_format` says how whole dates are written: %d is the day and %-d the same without a zero before
it, %m or %-m the month's number, %B its name and %b a short one, %Y the year and %y its last two
digits. Anything else after a % would be shown as it stands.

To mend it, write a pattern of those, such as '%-d %B %Y' for 23 April 2024; or remove the line, and
dates are written as the language has them.

Bad:

    settings:
      date_format: "%d/%M/%Y"

Bad:

    settings:
      date_format: DD/MM/YYYY

Good:

    settings:
      date_format: "%d/%m/%Y"
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
