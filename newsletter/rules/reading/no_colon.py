"""A field has no colon after its name, or no space after the colon.

YAML knows a field by the colon and the space that follow its name. Without them the line is words,
and the lines around it cannot be read either.

To mend it, write the name, a colon, a space and the value.

Source: https://yaml.org/spec/1.2.2/

Bad:

    subject The new figures on neglect
    preheader: A report on neglect, a survey of foster carers and a new helpline

Good:

    subject: The new figures on neglect
    preheader: A report on neglect, a survey of foster carers and a new helpline
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
