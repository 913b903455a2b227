"""A picture stands inside a text.

It would be shown at any size, beside the words or across the margin, and a picture needs a place
where mail programs for phones can make it smaller.

To mend it, give the entry an `image` with `src` and `alt`.

Source: https://spec.commonmark.org/0.31.2/#images

Bad:

    entries:
      - |
        The charity has published [a report on neglect](https://example.org/neglect).
        ![Two children on a swing](https://example.org/swing.jpg)

Good:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/swing.jpg
          alt: Two children on a swing
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
