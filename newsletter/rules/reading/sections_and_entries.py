"""An issue has both sections and entries outside them.

Which of them come first would be a guess, and the entries would stand below the heading of a
section that they do not belong to.

To mend it, move the entries into a section, or into `lead` if they come first.

Bad:

    sections:
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
    entries:
      - The council has published [its answer](https://example.org/answer).

Good:

    sections:
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
          - The council has published [its answer](https://example.org/answer).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
