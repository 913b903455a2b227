"""A line of three dashes begins a second issue in the same file.

What stands below it would not be sent.

To mend it, remove the line, or put the second issue into a file of its own.

Source: https://yaml.org/spec/1.2.2/

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
    ---
    outro: Thank you for reading.

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
    outro: Thank you for reading.
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
