"""Problems in, GitHub's annotations out, which show them beside the lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

import re
from collections.abc import Iterable

from newsletter.problems import Level, Problem
from newsletter.report import words_of

_IN_WORDS = "%\r\n"
_IN_NAME = "%\r\n:,"
_WORDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def report(problems: Iterable[Problem]) -> list[str]:
    """One command a line."""
    return [_command(problem) for problem in problems]


def _command(problem: Problem) -> str:
    named = {"file": problem.path}
    if problem.mark:
        named |= {"line": str(problem.mark.line), "col": str(problem.mark.column)}
    named["title"] = problem.code
    properties = ",".join(f"{name}={_escaped(value, _IN_NAME)}" for name, value in named.items())
    return f"::{_WORDS[problem.level]} {properties}::{_escaped(words_of(problem), _IN_WORDS)}"


def _escaped(text: str, characters: str) -> str:
    return re.sub(f"[{characters}]", lambda match: f"%{ord(match[0]):02X}", text)
