"""A file holds more than 40,000 values, many times as many as a long issue.

With & and * YAML can use a value again and again, so that a few lines grow to millions. Or
something else was saved under the name of an issue.

To mend it, look whether it is the right file, and write out what is used again.

Source: https://yaml.org/spec/1.2.2/

Bad:

    sections:
      - &ten {entries: [&a {text: A}, *a, *a, *a, *a, *a, *a, *a, *a, *a]}
      - &hundred {entries: [*ten, *ten, *ten, *ten, *ten, *ten, *ten, *ten, *ten, *ten]}
      - &more {entries: [*hundred, *hundred, *hundred, *hundred, *hundred, *hundred, *hundred]}
      - {entries: [*more, *more, *more, *more, *more, *more, *more, *more, *more, *more, *more,
          *more, *more, *more, *more, *more, *more, *more, *more, *more, *more, *more]}

Good:

    sections:
      - title: Neglect
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
