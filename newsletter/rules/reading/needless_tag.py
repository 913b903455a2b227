"""A tag is given for what the mailing platform adds by itself, or has nothing for.

To mend it, remove it, or say in `kind:` what it becomes: url, element, rendered or text.

Bad:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      tags:
        forward: {kind: none, tag: '*|FORWARD|*'}

Good:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      tags:
        forward: {kind: url, tag: '*|FORWARD|*', confidence: verified}
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
