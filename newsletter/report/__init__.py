"""Problems in, what a person or a program reads out: one form a file, each with `report`."""

from collections.abc import Iterable

from newsletter.problems import Level, Problem

FORMATS = ("terminal", "json", "github", "sarif")
"""The forms: the names of the files of this folder."""


def counts(problems: Iterable[Problem]) -> str:
    """How many problems of each level there are: "2 errors, 1 warning"."""
    levels = [problem.level for problem in problems]
    return ", ".join(
        counted(levels.count(level), level.word)
        for level in (Level.ERROR, Level.WARNING, Level.NOTE)
        if level in levels
    )


def words_of(problem: Problem) -> str:
    """What a problem says, in lines: what is wrong, the way out, what could stand there instead."""
    instead = f"instead: {problem.suggestion}" if problem.suggestion else ""
    return "\n".join(line for line in (problem.message, problem.hint, instead) if line)


def counted(number: int, noun: str) -> str:
    """A number of things: "1 entry", "12 entries"."""
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun}"
