"""A size in a theme is no number of pixels, or one that cannot be read or leaves no room.

Sizes are whole numbers without "px". Words below 12 pixels cannot be read on a phone, and headings
above 70 do not fit there.

To mend it, write a number; the hint says from which to which.

Bad:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In large letters
      size: 1.2em

Bad:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In small letters
      small_size: 9

Good:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In large letters
      size: 19
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
