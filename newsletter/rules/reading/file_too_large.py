"""A file has more than 5 MB, which is a hundred times as much as a long issue.

Something else was saved under the name of an issue, or a report was pasted as a whole. Gmail cuts
an email off after 0.1 MB.

To mend it, look whether it is the right file, and link to long documents.

Bad:

    issues/2024-05.yaml: |
      # The report as a whole ... and so on, for 6,000,000 characters

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
