"""A theme has words in a colour that is hard to read on the colour behind them.

Many readers see badly, have a poor screen or the sun on it. Words need a contrast of at least 4.5
to 1, large ones of 3 to 1.

To mend it, take the colour that the hint names, or one that is further from the ground.

Source: https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html

Bad:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In our colours
      light:
        link: "#9adbc5"

Good:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In our colours
      light:
        link: "#0f6b4f"
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
