"""A link leads nowhere that a reader can open.

Its address is empty, "#", a part of an address ("/reports/neglect", "www.example.org") or begins
with something that mail programs refuse ("javascript:", "file:"). Readers click, and nothing
happens.

To mend it, open the page and copy the whole address from the browser's address bar. An email
address is written mailto:help@example.org, a telephone number tel:08001111.

Source: https://docs.buttondown.com/preflight

Bad:

    entries:
      - The charity has published [a report on neglect](#).

Bad:

    entries:
      - The charity has published [a report on neglect](/reports/neglect).

Bad:

    entries:
      - The charity has published [a report on neglect](file:///C:/neglect.html).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
