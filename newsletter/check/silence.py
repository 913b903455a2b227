"""What an issue says is not to be told: notes on a line, and `rules:` of an entry."""

import re
from collections.abc import Iterator
from itertools import takewhile

from newsletter.problems import Level, Mark, Problem, did_you_mean
from newsletter.proof import Place, Proof
from newsletter.rules import no_such_rule, rules
from newsletter.source import DIRECTIVE, Source, Steps


class _Silence:
    """One rule, silenced in one place: lines of the file, or all of an entry."""

    def __init__(self, code: str, mark: Mark, lines: range, steps: Steps = ()) -> None:
        self.code = code
        self.mark = mark
        self.lines = lines
        self.steps = steps
        self.used = False


class Silences:
    """All that an issue silences, and which of it silenced nothing."""

    def __init__(self, proof: Proof) -> None:
        self.source = proof.source
        self._problems: list[Problem] = []
        self._all = [*self._noted(), *self._of_entries(proof)]
        self._by_line: dict[tuple[str, int], list[_Silence]] = {}
        self._by_entry: dict[tuple[str, Steps], list[_Silence]] = {}
        for one in self._all:
            if one.steps:
                self._by_entry.setdefault((one.code, one.steps), []).append(one)
            for line in one.lines:
                self._by_line.setdefault((one.code, line), []).append(one)

    def cover(self, code: str, place: Place | None, mark: Mark | None) -> bool:
        """Whether what the rule found there is not to be told."""
        if place is None or place.settings:
            return False
        covering = list(self._by_line.get((code, mark.line), ())) if mark else []
        for end in range(1, len(place.steps) + 1) if self._by_entry else ():
            covering += self._by_entry.get((code, place.steps[:end]), ())
        for one in covering:
            one.used = True
        return bool(covering)

    def use(self, code: str) -> None:
        """Take what silences the rule as needed: it was not judged."""
        for one in self._all:
            one.used = one.used or one.code == code

    def needless(self) -> Iterator[Problem]:
        """What silences nothing, or no rule that there is."""
        yield from self._problems
        for one in self._all:
            if not one.used:
                yield needless_off(one.code, one.mark, self.source)

    def _of_entries(self, proof: Proof) -> Iterator[_Silence]:
        for item in proof.items:
            for code, value in item.entry.rules.items():
                if code in rules() and value == "off":
                    mark = self.source.key((*item.steps, "rules", code))
                    yield _Silence(code, mark, range(0), item.steps)

    def _noted(self) -> Iterator[_Silence]:
        found = list(DIRECTIVE.finditer(self.source.text))
        if not found or self.source.root is None:
            return
        inside: set[int] = set()  # the lines of texts but the first of each
        last: dict[int, int] = {}  # the last lines of texts by their first
        for first, end in self.source.texts():
            inside.update(range(first + 1, end + 1))
            last[first] = max(last.get(first, 0), end)
        next_lines = _next_lines(self.source.text)
        for match in found:
            mark = self.source.at(match.start())
            # Inside a text of several lines it is not a note, but words.
            if mark.line in inside:
                continue
            alone = not self.source.excerpt(mark)[: mark.column - 1].strip()
            line = next_lines[mark.line] if alone else mark.line
            words = re.findall(r"[\w-]+", match[1])
            codes = list(takewhile(rules().__contains__, words))
            yield from (
                _Silence(code, mark, range(line, last.get(line, line) + 1)) for code in codes
            )
            # What follows a rule may be the reason; a slip in its name is nearly one.
            rest = words[len(codes) : len(codes) + 1]
            wrong = [word for word in rest if not codes or did_you_mean(word, list(rules()))]
            if wrong or not words:
                told = no_such_rule(wrong[0]) if wrong else _NO_RULE
                self._problems.append(self.source.problem(mark, Level.WARNING, *told))


_NO_RULE = (
    "no-such-rule",
    "this does not say which rule is to be off",
    "write its name: # newsletter: off vague-words",
)


def needless_off(code: str, mark: Mark | None, source: Source) -> Problem:
    """The note that what silences a rule has nothing to silence."""
    return source.problem(
        mark,
        Level.NOTE,
        "needless-off",
        f"'{code}' is switched off here, but finds nothing here",
        "remove this: it would hide what goes wrong later",
    )


def _next_lines(text: str) -> list[int]:
    """By the number of a line, the next one that is neither empty nor a note; the line itself if
    there is none."""
    lines = text.split("\n")
    found = list(range(len(lines) + 1))
    for number in range(len(lines) - 1, 0, -1):
        below = lines[number].strip()
        if below and not below.startswith("#"):
            found[number] = number + 1
        elif found[number + 1] != number + 1:
            found[number] = found[number + 1]
    return found
