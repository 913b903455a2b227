"""The CSS of a theme cannot go into an email.

It has a bracket too few or too many, so that the rules after it are lost; an @import, which no mail
program follows; or a < in an @media block, which ends the styles of an email too early.

To mend it, close each rule, copy what would be imported, and write max-width: 400px in place of
width < 400px.

Bad:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In our colours
    templates/themes/ours.css: |
      .entry { margin: 0

Good:

    theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: In our colours
    templates/themes/ours.css: |
      .entry { margin: 0 }
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
