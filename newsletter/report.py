"""Problems in, what an editor reads in a terminal out."""

from collections.abc import Iterable

from newsletter.problems import Level, Problem

_COLOURS = {Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}
_WIDEST = 100  # characters of a source line that are shown


def lines(problems: Iterable[Problem], colour: bool = False) -> list[str]:
    """Each problem with its place, the source line and a caret below it, and the way out."""

    def painted(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    out = []
    for problem in problems:
        place = problem.path
        if problem.mark:
            place += f":{problem.mark.line}:{problem.mark.column}"
        level = painted(f"{problem.level.word}:", _COLOURS[problem.level])
        out.append(f"{painted(place + ':', '1')} {level} {problem.message} [{problem.code}]")
        if problem.mark and problem.excerpt.strip():
            start = max(problem.mark.column - 1 - _WIDEST + 20, 0)
            number = f"{problem.mark.line:>5} | "
            excerpt = problem.excerpt[start : start + _WIDEST]
            # A tab before the caret stays a tab, so that the caret stands below its character.
            before = problem.excerpt[start : problem.mark.column - 1]
            pad = "".join("\t" if character == "\t" else " " for character in before)
            out += [f"{number}{excerpt}", f"{' ' * (len(number) - 2)}| {pad}{painted('^', '32')}"]
        if problem.hint:
            out.append(f"        {problem.hint}")
    return out


def counts(problems: Iterable[Problem]) -> str:
    """How many problems of each level there are: "2 errors, 1 warning"."""
    levels = [problem.level for problem in problems]
    return ", ".join(
        counted(levels.count(level), level.word)
        for level in (Level.ERROR, Level.WARNING, Level.NOTE)
        if level in levels
    )


def counted(number: int, noun: str) -> str:
    """A number of things: "1 entry", "12 entries"."""
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun}"
