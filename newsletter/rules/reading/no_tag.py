"""A tag of a mailing platform is said to be there, but is not given.

To mend it, write it under `tag:`, or `kind: none` if the platform has nothing of the kind.

Bad:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      tags:
        forward: {kind: url}

Good:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      tags:
        forward: {kind: none}
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
