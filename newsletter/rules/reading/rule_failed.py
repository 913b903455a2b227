"""A rule broke down over the issue: a fault of the program, not yours.

What that rule looks for may stand in the issue without being told. All other rules have looked at
it as ever, and the email is what it would have been.

To mend it, send the issue and what was told to whoever looks after this program. Until then,
`newsletter explain` with the rule's name says what to look for yourself; where the rule is switched
off, nothing of this is told.

Bad:

    # the rule doubled-word breaks down
    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).

Good:

    # the rule doubled-word breaks down
    newsletter.yaml:
      rules:
        doubled-word: off
"""

from newsletter.problems import Level

LEVEL = Level.WARNING
