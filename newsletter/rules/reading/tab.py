"""A line is indented with a tab.

How far a tab reaches differs from editor to editor, so YAML allows none there.

To mend it, put two spaces in place of each tab. Most editors do that by themselves when they are
asked to indent with spaces.

Source: https://yaml.org/spec/1.2.2/

Bad:

    # → is a tab
    entries:
    →- The charity has published [a report on neglect](https://example.org/neglect).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
