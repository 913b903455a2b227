"""What can be wrong, where, and what to do about it: the one currency of "something is wrong"."""

from enum import IntEnum
from pathlib import Path
from typing import NamedTuple


class Level(IntEnum):
    """How much a problem matters. Errors stop a build, warnings do if `--strict`, notes never."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The level as an editor reads it: "note", "warning" or "error"."""
        return self.name.lower()


class Mark(NamedTuple):
    """A place in a file; line and column count from 1, column in characters."""

    line: int
    column: int


class Problem(NamedTuple):
    """One thing that is wrong. `mark` is None where a whole file or folder is meant.

    `path` is the file as the editor named it, `excerpt` the text of the line, `code` a kebab-case
    name that never changes, `hint` the way out (may be empty), `suggestion` the text that could
    stand in place of what is wrong (may be empty).
    """

    path: str
    mark: Mark | None
    level: Level
    code: str
    message: str
    hint: str = ""
    excerpt: str = ""
    suggestion: str = ""

    @property
    def place(self) -> tuple[str, Mark]:
        """The key that puts problems in the order of the files they are in."""
        return self.path, self.mark or Mark(0, 0)


class Fault(NamedTuple):
    """What is wrong with one value, before it is known where the value stands.

    `offset` counts characters from the start of a text, where only a part of it is at fault;
    `field` names the field of a whole section or entry that is, `or_field` the one that is when
    the file does not have that.
    """

    code: str
    message: str
    hint: str = ""
    offset: int | None = None
    field: str = ""
    or_field: str = ""


class Faults(ValueError):
    """A value cannot be read; `faults` holds every reason."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


class NewsletterError(Exception):
    """The work cannot go on; `problems` says why, to an editor."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def shown(path: Path) -> str:
    """`path` as a person in the current folder would write it."""
    here = Path.cwd()
    path = path.absolute()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def shortened(words: str, most: int = 40) -> str:
    """How a message quotes `words`: on one line, and no more than `most` characters of them."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    whole = cut.rpartition(" ")[0]
    return f"{whole if len(whole) > most // 2 else cut}…"


def cannot(
    path: object, code: str, message: str, hint: str = "", mark: Mark | None = None
) -> NewsletterError:
    """The error for something that stops the work at once: a missing file, a broken template."""
    name = shown(path) if isinstance(path, Path) else str(path)
    return NewsletterError(Problem(name, mark, Level.ERROR, code, message, hint))


def did_you_mean(word: str, known: list[str]) -> str:
    """The known word that is nearest to `word`, or "" when none is near."""
    import difflib

    lowered = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.7)
    return lowered[near[0]] if near else ""
