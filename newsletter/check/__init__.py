"""An issue in; its email, and all that the reader and the rules find wrong with it, out."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.build import Result, build
from newsletter.check.fix import Edit
from newsletter.check.rulebook import Rulebook
from newsletter.check.silence import Silences, needless_off
from newsletter.live.answer import Answers
from newsletter.problems import Level, Problem
from newsletter.project import Project
from newsletter.proof import Built, Finding, Proof, mark_of
from newsletter.rules import Rule, rules


class Checked(NamedTuple):
    """An issue's email, every problem in order of place, and the edits that `--fix` makes."""

    result: Result
    problems: tuple[Problem, ...]
    edits: tuple[Edit, ...] = ()
    hidden: frozenset[str] = frozenset()
    """The codes that would have been told, if newsletter.yaml did not switch them off."""


Asked = Callable[[Proof], Answers]
"""What the web says of the links of an issue."""


def check(path: Path, project: Project, theme: str = "", asked: Asked | None = None) -> Checked:
    """The email of the issue at `path`, judged by every rule; without `asked`, by every one that
    needs no network.

    An issue with errors is judged too, as far as it can be read.
    """
    proof, result = prove(path, project, theme)
    if not proof:
        return Checked(result, result.problems)
    return judge(proof, asked(proof) if asked else None)


def prove(path: Path, project: Project, theme: str = "") -> tuple[Proof | None, Result]:
    """The proof of the issue at `path`, or None when too little of it can be read."""
    result = build(path, project, theme, draft=True)
    readable = result.issue is not None and result.words is not None
    return (Proof(result, project) if readable else None), result


def judge(proof: Proof, answers: Answers | None = None) -> Checked:
    """What all rules find; those about `answers` only if there are any."""
    built = Built(proof, proof.result.email) if proof.result.email else None
    rulebook = Rulebook(proof)
    silences = Silences(proof)
    problems = [*proof.result.problems, *rulebook.problems]
    edits: list[Edit] = []
    hidden: set[str] = set()
    for code, rule in rules().items():
        ruling = rulebook[code]
        if rule.asks and answers is None:  # nobody knows what it would have found
            ruling.hides = True
            silences.use(code)
            hidden.add(code)
            continue
        found: list[tuple[Finding, Problem]] = []
        try:
            for finding in rule.findings(proof, built, ruling.options, answers):
                found.append((finding, _problem(rule, ruling.level or rule.level, finding, proof)))
        except Exception as error:  # a fault of the program: what the others find is told
            silences.use(code)
            ruling.hides = True
            if ruling.level is None:
                hidden.add(code)
            else:
                problems.append(_failed(code, error, proof))
        for finding, problem in found:
            if silences.cover(code, finding.place, problem.mark):
                continue
            if ruling.level is None:
                ruling.hides = True
                hidden.add(code)
                continue
            problems.append(problem)
            edits += _edits(rule, finding)
    problems += [*silences.needless(), *rulebook.needless()]
    problems = sorted(dict.fromkeys(problems), key=lambda problem: problem.place)
    return Checked(proof.result, tuple(problems), tuple(edits), frozenset(hidden))


def needless(project: Project, found: Iterable[Checked]) -> Iterator[Problem]:
    """The rules that newsletter.yaml switches off though they find nothing in any issue."""
    hidden = frozenset[str]().union(*(one.hidden for one in found))
    for code, ruling in project.settings.rules.items():
        level = ruling.get("level") if isinstance(ruling, dict) else ruling
        if level == "off" and code in rules() and code not in hidden:
            source = project.source
            yield needless_off(code, source.key(("rules", code)), source)


def _problem(rule: Rule, level: Level, finding: Finding, proof: Proof) -> Problem:
    place = finding.place
    source = proof.file_of(place) if place else proof.source
    mark = mark_of(place, source) if place else None
    problem = source.problem(mark, level, rule.code, finding.message, finding.hint)
    return problem._replace(suggestion=finding.suggestion or "")


def _failed(code: str, error: Exception, proof: Proof) -> Problem:
    """The note that a rule broke down, and so has not looked at all of the issue."""
    return proof.source.problem(
        None,
        Level.WARNING,
        "rule-failed",
        f"the rule '{code}' broke down over this issue, and what it looks for may not be told "
        f"({type(error).__name__})",
        f"read for that yourself (`newsletter explain {code}`), and send the issue to whoever "
        "looks after this program",
    )


def _edits(rule: Rule, finding: Finding) -> Iterator[Edit]:
    """The edits that a finding suggests, if they are safe. Settings are not edited."""
    if not rule.safe:
        return
    for place, text in ((finding.place, finding.suggestion), *finding.also):
        if text is None or place is None or place.settings:
            continue
        if place.start is not None and place.end is not None:
            yield Edit(place.steps, place.start, place.end, text)
