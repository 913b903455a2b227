"""A mailing platform's tag does not say where words stand in it.

An element goes around the words of a link, so `{words}` says where they are; `{fallback}` says
where the words stand that readers get of whom nothing is known.

To mend it, write them into the tag.

Bad:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      tags:
        forward: {kind: element, tag: '<forward></forward>', confidence: verified}

Good:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      tags:
        forward: {kind: element, tag: '<forward>{words}</forward>', confidence: verified}
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
