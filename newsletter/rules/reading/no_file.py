"""There is no such file, or it cannot be read.

It was renamed or moved, it is a folder, or you may not read it.

To mend it, look into the folder `issues`, and name an issue as its file is called there.

Bad:

    issues/2024-05.yaml:

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
