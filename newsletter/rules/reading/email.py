"""Where an email address should stand, there is none.

Readers write to the address in the footer. Words or a web address in its place would be a link that
opens nothing.

To mend it, write the address alone: no name before it, no < > around it, no mailto:.

Source: https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1

Bad:

    settings:
      contact: The Example Trust <editor@example.org>

Good:

    settings:
      contact: editor@example.org
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
