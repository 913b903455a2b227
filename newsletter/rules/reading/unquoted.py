"""A text without quotes has something in it that means something to YAML.

A colon with a space after it makes a field of the words before it, and a text cannot begin with one
of @ ` % * & ! | > [ ] { } or a comma. Headlines and links often do.

To mend it, put the whole value in quotes, or on lines of its own below "|", where every character
means itself.

Source: https://yaml.org/spec/1.2.2/

Bad:

    subject: Safeguarding Monthly: new figures on neglect

Bad:

    entries:
      - [A report on neglect](https://example.org/neglect) has been published.

Bad:

    entries:
      - *Neglect* is [the charity's new report](https://example.org/neglect).

Good:

    subject: "Safeguarding Monthly: new figures on neglect"

Good:

    entries:
      - |
        [A report on neglect](https://example.org/neglect) has been published: it says how much
        there is.
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
