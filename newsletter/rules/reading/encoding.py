"""A file is not saved as UTF-8, so that its letters cannot be known.

Old programs for Windows save letters such as ’, £ or é in a way of their own. Read as UTF-8 they
would be other letters, or none.

To mend it, open the file in an editor and save it as UTF-8: mostly under Save As, Encoding.

Source: https://www.w3.org/International/questions/qa-choosing-encodings

Bad:

    # issues/2024-05.yaml is saved as Windows-1252
    entries:
      - The charity’s [report on neglect](https://example.org/neglect) has been published.

Good:

    # issues/2024-05.yaml is saved as UTF-8
    entries:
      - The charity’s [report on neglect](https://example.org/neglect) has been published.
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
