"""Values stand inside each other, more than 50 levels deep.

An issue has about six: sections, entries, links. Something else was saved under its name, or a row
of brackets was pasted.

To mend it, put text that begins with [ or { in quotes.

Bad:

    intro: [[[[[[[[[[[[[[[[[[[[[[[[[[[
      [[[[[[[[[[[[[[[[[[[[[[[[[[neglect
      ]]]]]]]]]]]]]]]]]]]]]]]]]]
      ]]]]]]]]]]]]]]]]]]]]]]]]]]]

Good:

    intro: "This month is about neglect."
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
