"""A file with marks in it in; the file without them, and what they say is told where, out.

A mark ‹code› stands right before the character that a problem is told of. In a line that is a
comment, it says that the problem is of the whole email. ‹U+00A0› is a character that nobody sees.
"""

import re
from typing import NamedTuple

from newsletter.problems import Problem

_MARK = re.compile(r"‹(?:U\+(?P<character>[0-9A-F]{4,6})|(?P<code>[a-z0-9-]+))›")


class Told(NamedTuple):
    """A problem, as far as a mark says it; line and column are 0 for one of the whole email."""

    line: int
    column: int
    code: str

    @classmethod
    def of(cls, problem: Problem) -> "Told":
        """What a mark would say of `problem`."""
        return cls(*(problem.mark or (0, 0)), problem.code)


def unmarked(text: str) -> tuple[str, list[Told]]:
    """`text` without its marks, and what they say, in order of place."""
    lines, told = [], []
    for number, marked in enumerate(text.split("\n"), 1):
        line, at = "", 0
        for mark in _MARK.finditer(marked):
            line += marked[at : mark.start()]
            at = mark.end()
            if mark["character"]:
                line += chr(int(mark["character"], 16))
            elif marked.lstrip().startswith("#"):
                told.append(Told(0, 0, mark["code"]))
            else:
                told.append(Told(number, len(line) + 1, mark["code"]))
        lines.append(line + marked[at:])
    return "\n".join(lines), sorted(told)
