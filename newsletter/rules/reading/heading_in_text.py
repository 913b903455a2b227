r"""A heading stands inside a text.

A line that begins with #, or that === or --- stands below, is a heading of its own size, and would
stand among those of sections and entries as if it were one.

To mend it, make it the `title` of an entry or of a section. Write \# for the character itself.

Source: https://spec.commonmark.org/0.31.2/#atx-headings
    https://spec.commonmark.org/0.31.2/#setext-headings

Bad:

    entries:
      - |
        ## A report on neglect

        The charity has published [its report on neglect](https://example.org/neglect).

Good:

    entries:
      - title: A report on neglect
        text: The charity has published [its report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
