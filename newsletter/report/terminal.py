"""Problems in, what an editor reads in a terminal out."""

import textwrap
from collections.abc import Iterable

from newsletter.problems import Level, Problem
from newsletter.report import counted

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_WIDEST = 100  # characters of a source line that are shown, and of a hint's line
_MARGIN = " " * 8
_MOST = 300  # of a suggestion


def report(problems: Iterable[Problem], colour: bool = False, spaced: bool = False) -> list[str]:
    """Each problem with its place, the source line and a caret below it, and the way out; `spaced`
    sets them apart by empty lines."""
    pen = _Pen(colour)
    out: list[str] = []
    for problem in problems:
        out += [""] if spaced and out else []
        place = pen(_place(problem) + ":", "1")
        out.append(f"{place} {pen.level(problem)} {problem.message} [{problem.code}]")
        out += _line(problem, pen)
        out += _hint(problem.hint)
    return out


def by_rule(problems: Iterable[Problem], colour: bool = False) -> list[str]:
    """The same, one code after the other: what is told most comes first."""
    pen = _Pen(colour)
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.code, []).append(problem)
    out: list[str] = []
    for code, group in sorted(
        groups.items(), key=lambda pair: (-pair[1][0].level, -len(pair[1]), pair[0])
    ):
        out += [""] if out else []
        times = counted(len(group), "time")
        out.append(f"{pen(code, '1')} ({times}; newsletter explain {code})")
        for problem in group:
            out.append(f"  {_place(problem)}: {pen.level(problem)} {problem.message}")
            out += _line(problem, pen)
        for hint in dict.fromkeys(problem.hint for problem in group):
            out += _hint(hint)
    return out


class _Pen:
    """Writes in colours, or not."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def level(self, problem: Problem) -> str:
        return self(f"{problem.level.word}:", _COLOURS[problem.level])


def _place(problem: Problem) -> str:
    if problem.mark is None:
        return problem.path
    return f"{problem.path}:{problem.mark.line}:{problem.mark.column}"


def _hint(hint: str) -> list[str]:
    """A hint wrapped; lines of it that are indented, an example, stand as they are."""
    found = []
    for line in hint.split("\n"):
        found += [f"{_MARGIN}{line}"] if line[:1] == " " else _wrapped(line)
    return found


def _wrapped(words: str) -> list[str]:
    # An address stays whole, so that it can be clicked.
    return textwrap.wrap(
        words,
        _WIDEST,
        initial_indent=_MARGIN,
        subsequent_indent=_MARGIN,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _line(problem: Problem, pen: _Pen) -> list[str]:
    """The line of the file with a caret below it, and what could stand there instead."""
    if not problem.mark or not problem.excerpt.strip():
        return []
    start = max(problem.mark.column - 1 - _WIDEST + 20, 0)
    number = f"{problem.mark.line:>5} | "
    excerpt = problem.excerpt[start : start + _WIDEST]
    # A tab before the caret stays a tab, so that the caret stands below its character.
    before = problem.excerpt[start : problem.mark.column - 1]
    pad = "".join("\t" if character == "\t" else " " for character in before)
    margin = f"{' ' * (len(number) - 2)}| "
    out = [f"{number}{excerpt}", f"{margin}{pad}{pen('^', '32')}"]
    if problem.suggestion and len(problem.suggestion) <= _MOST:
        fits = len(before) + len(problem.suggestion) <= _WIDEST
        out.append(f"{margin}{pad if fits else ''}{pen(problem.suggestion, '32')}")
    return out
