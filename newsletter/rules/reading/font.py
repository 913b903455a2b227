"""A theme names fonts, but not what to take where there is none of them.

Mail programs load no fonts: each shows the first of the list that the reader has, and Times if it
has none and the list does not end in a kind of font.

To mend it, end the list in serif, sans-serif or monospace.

Source: https://www.caniemail.com/features/css-at-font-face/

Bad:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In our letters
      font: Georgia

Good:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In our letters
      font: Georgia, serif
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
