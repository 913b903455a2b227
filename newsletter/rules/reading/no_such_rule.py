"""A rule is named that there is not, or one that cannot be switched off.

A rule whose name is misspelt goes on telling what it finds. What is told while an issue is read
always holds, because no email, or a wrong one, would come of it.

To mend it, write the word that stands in square brackets behind what is told; `newsletter rules`
lists them all. If the hint says so, remove the line.

Bad:

    entries:
      - text: The charity has published a report on neglect. Read it [here](https://example.org/a).
        rules:
          vague-words: off
          vague-word: off

Good:

    entries:
      - text: The charity has published a report on neglect. Read it [here](https://example.org/a).
        rules:
          vague-words: off
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
