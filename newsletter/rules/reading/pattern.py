r"""A mailing platform's regular expression cannot be read, or finds tags where there is nothing.

It decides what in an editor's text the platform would take for a tag.

To mend it, try it in Python's `re`; the message says what is wrong.

Bad:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      token_re: '[a-z'

Good:

    newsletter.yaml:
      platform: ours
    platforms/ours.yaml: |
      extends: mailchimp
      token_re: '#[A-Z]+#|\*\|[A-Z_:]+\|\*'
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
