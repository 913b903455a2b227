"""A value begins with !, which YAML reads as a tag.

A tag would say of what kind a value is. An issue has no use for that, and the first word of the
text would be lost.

To mend it, put the value in quotes.

Source: https://yaml.org/spec/1.2.2/

Bad:

    preheader: !Urgent the report on neglect, the survey of foster carers and a new helpline

Good:

    preheader: "!Urgent: the report on neglect, the survey of foster carers and a new helpline"
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
