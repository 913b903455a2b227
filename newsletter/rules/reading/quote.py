"""A quotation mark at the start of a value is never closed, or closed too early.

A value that begins with ' or " ends at the next one, be it an apostrophe or the end of a quotation
inside. What follows could not be read.

To mend it, put the whole value in the other kind of quotation marks, or on lines of its own below
"|".

Source: https://yaml.org/spec/1.2.2/

Bad:

    subject: 'Children's services and neglect'

Bad:

    subject: "Neglect" is this month's subject

Bad:

    subject: "Safeguarding Monthly: new figures on neglect

Good:

    subject: "Children's services and neglect"

Good:

    preheader: '"Neglect" is what this month is about, with a report, a survey and a helpline'
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
