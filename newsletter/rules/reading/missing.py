"""A field that must be there is missing or empty.

An issue needs a title and a date, a link its address, and a picture words for readers who do not
see it; there is nothing that could be shown in their place.

To mend it, write the field, with its value. A picture that is mere decoration has `alt: ""`.

Bad:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        links:
          - title: A report on neglect

Bad:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        image:
          src: https://example.org/swing.jpg

Good:

    entries:
      - text: The charity has published [a report on neglect](https://example.org/neglect).
        links:
          - title: A summary of the report
            url: https://example.org/summary
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
