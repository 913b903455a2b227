"""Something was meant as a link, but readers would see its brackets.

A space between the words and the address, a space inside the address or brackets in the wrong
order keep Markdown from making a link of it.

To mend it, write [words](https://...) with nothing between ] and (, and %20 for a space in the
address.

Source: https://spec.commonmark.org/0.31.2/#links

Bad:

    entries:
      - The charity has published [a report on neglect] (https://example.org/neglect).

Bad:

    entries:
      - The charity has published (a report on neglect)[https://example.org/neglect].

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
