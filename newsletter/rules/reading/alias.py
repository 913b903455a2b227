"""A value begins with *, which YAML reads as a reference to another value.

What follows the star would be the name of that value, and there is none of that name. The text
could not be shown.

To mend it, put the value in quotes, or leave the star away.

Source: https://yaml.org/spec/1.2.2/

Bad:

    number: *12

Good:

    number: "*12"
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
