"""What should be one name, or several with commas, is something else.

Mailing platforms are named as `newsletter platforms` lists them: in small letters, with hyphens.

To mend it, write one name, or several on one line with commas between them.

Bad:

    newsletter.yaml:
      platform: Campaign Monitor

Good:

    newsletter.yaml:
      platform: campaign-monitor
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
