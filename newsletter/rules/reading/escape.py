r"""A backslash stands in double quotes, where it means something else.

Between double quotes YAML reads a backslash together with what follows it as one character, such as
the end of a line. Most pairs mean nothing, and the value cannot be read.

To mend it, write the value in single quotes, or two backslashes for each.

Source: https://yaml.org/spec/1.2.2/

Bad:

    subject: "Neglect and\or abuse: the new figures"

Good:

    subject: 'Neglect and\or abuse: the new figures'
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
