"""A note in the file says that something is still to be done.

`# TODO` is what `newsletter import`, `add` and `collect` write where something is missing, or where
the words are still those of the publisher; editors write it, too. Readers never see a note, but
they see what was not done.

To mend it, do what it says, and delete the note.

Source: https://docs.buttondown.com/preflight

Bad:

    entries:
      - title: New figures on neglect
        # TODO: these are the publisher's words: write your own
        text: The charity has published [a report on neglect](https://example.org/neglect).

Bad:

    date: 2024-05 # TODO: the day
    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).

Good:

    entries:
      # The figures are those of the second edition.
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof
from newsletter.source import Node, Steps

LEVEL = Level.WARNING

_NOTE = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*TODO\b:?[ \t]*(.*)", re.MULTILINE)
_TOLD = ("url", "src", "alt")
"""Fields whose lack is an error by itself, where the note stands in place of the value."""


def check(proof: Proof) -> Iterator[Finding]:
    source = proof.source
    found = list(_NOTE.finditer(source.text))
    if not found or source.root is None:
        return
    words = {line for first, last in source.texts() for line in range(first + 1, last + 1)}
    fields = dict(_fields(source.root, ()))
    for match in found:
        mark = source.at(match.start())
        if mark.line in words:
            continue
        # A note on a line of its own is about what stands below it.
        alone = not source.excerpt(mark)[: mark.column - 1].strip()
        line = min((one for one in fields if one >= mark.line + alone), default=0)
        steps = fields.get(line, ())
        node = source.node(steps) if line == mark.line else None
        if not alone and (node is None or (steps[-1] in _TOLD and not node.text)):
            continue  # the lack of the value is told by itself
        what = match[1].strip() or "something is to be done here"
        yield Finding(f"to do: {what}", Place(steps), "do it, and delete the note")


def _fields(node: Node, steps: Steps) -> Iterator[tuple[int, Steps]]:
    """Each field by the line it begins on; of those that begin on one, the innermost."""
    for key, child in node.children.items():
        named = node.keys.get(str(key))
        yield (named or child).mark.line, (*steps, key)
        yield from _fields(child, (*steps, key))
