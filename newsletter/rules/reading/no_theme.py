"""There is no theme of this name.

A theme says in which colours and letters an issue is set.

To mend it, take one of those that `newsletter themes` lists. A theme of your own stands in
templates/themes/NAME.yaml.

Bad:

    theme: plane

Good:

    theme: plain
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
