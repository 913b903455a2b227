"""There is no mailing platform of this name.

The platform decides which tags go into the email, and in which form it is pasted.

To mend it, take one of those that `newsletter platforms` lists. One of your own stands in
platforms/NAME.yaml beside newsletter.yaml.

Bad:

    newsletter.yaml:
      platform: mailchump

Good:

    newsletter.yaml:
      platform: mailchimp
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
