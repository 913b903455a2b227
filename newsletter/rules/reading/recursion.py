"""A value refers to itself, so that it would never end.

With & and * YAML can name a value and use it again. One that is used inside itself cannot be
written out.

To mend it, put text that begins with & or * in quotes; an issue needs neither.

Source: https://yaml.org/spec/1.2.2/

Bad:

    sections: &all
      - title: Neglect
        entries: *all

Good:

    sections:
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
