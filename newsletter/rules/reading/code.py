r"""A part of a text is read as the code of a program.

Between grave accents (`), below a line of ``` or four spaces further than the lines around them,
Markdown shows words as a program's code, in a typewriter's letters. A round-up has no use for that,
so it was not meant.

To mend it, remove the accents or the spaces; write \` for the character itself.

Source: https://spec.commonmark.org/0.31.2/#code-spans
    https://spec.commonmark.org/0.31.2/#indented-code-blocks

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect), `Unseen`.

Bad:

    entries:
      - |
        The charity has published its report.

            It has figures for [each council](https://example.org/neglect).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect), *Unseen*.
"""

from newsletter.problems import Level

LEVEL = Level.ERROR
