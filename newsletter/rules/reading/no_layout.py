"""There is no layout of this name.

A layout says how an issue is set: as a round-up, a digest, a briefing, a bulletin or a recap.

To mend it, take one of those that `newsletter layouts` lists.

Bad:

    layout: newspaper

Good:

    layout: digest
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
