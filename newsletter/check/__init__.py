"""An issue in; its email, and all that the reader and the rules find wrong with it, out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsletter.build import Result, build, on, rendered
from newsletter.check.fix import Edit
from newsletter.check.rulebook import Rulebook
from newsletter.check.silence import Silences, needless_off
from newsletter.live.answer import Answers
from newsletter.problems import Level, Problem
from newsletter.project import Project
from newsletter.proof import Built, Finding, Proof, mark_of
from newsletter.rules import Rule, rules
from newsletter.spam import Score


class Checked(NamedTuple):
    """An issue's email, every problem in order of place, and the edits that `--fix` makes."""

    result: Result
    problems: tuple[Problem, ...]
    edits: tuple[Edit, ...] = ()
    hidden: frozenset[str] = frozenset()
    """The codes that would have been told, if newsletter.yaml did not switch them off."""


Asked = Callable[[Proof], Answers]
"""What the web says of the links of an issue."""

Weighed = Callable[[Result], Score | None]
"""What a spam filter makes of an email; None if it cannot be asked."""


def check(
    path: Path,
    project: Project,
    theme: str = "",
    platform: str = "",
    asked: Asked | None = None,
    weighed: Weighed | None = None,
) -> Checked:
    """The email of the issue at `path`, judged by every rule; without `asked` and `weighed`, by
    those that ask nobody. It is for `platform`, or for the first one of the settings.

    An issue with errors is judged too, as far as it can be read.
    """
    name = platform or project.settings.platform.each[0]
    return check_each(path, project, theme, (name,), asked, weighed)[0]


def check_each(
    path: Path,
    project: Project,
    theme: str = "",
    platforms: Sequence[str] = (),
    asked: Asked | None = None,
    weighed: Weighed | None = None,
) -> list[Checked]:
    """The same for each of `platforms`, or of those that the settings name."""
    base = rendered(path, project, theme, draft=True)
    found = []
    answers: Answers | None = None
    for name in platforms or project.settings.platform.each:
        result = on(name, base, project, draft=True)
        proof = _proof(result, project)
        if not proof:
            found.append(Checked(result, result.problems))
            continue
        if asked and answers is None:
            answers = asked(proof)
        found.append(judge(proof, answers, weighed(result) if weighed and result.email else None))
    return list(map(_of_all(found), found))


def _of_all(found: Sequence[Checked]) -> Callable[[Checked], Checked]:
    """Leaves out that a note is needless, if it is not so for every platform."""
    needless = frozenset(found[0].problems).intersection(*(one.problems for one in found))

    def kept(one: Checked) -> Checked:
        problems = (p for p in one.problems if p.code != "needless-off" or p in needless)
        return one._replace(problems=tuple(problems))

    return kept


def judged(result: Result, project: Project) -> Checked:
    """The same of an issue that is built already, as a draft."""
    proof = _proof(result, project)
    return judge(proof) if proof else Checked(result, result.problems)


def prove(path: Path, project: Project, theme: str = "") -> tuple[Proof | None, Result]:
    """The proof of the issue at `path`, or None when too little of it can be read."""
    result = build(path, project, theme, draft=True)
    return _proof(result, project), result


def _proof(result: Result, project: Project) -> Proof | None:
    readable = result.issue is not None and result.words is not None
    return Proof(result, project) if readable else None


def judge(proof: Proof, answers: Answers | None = None, score: Score | None = None) -> Checked:
    """What all rules find; those about `answers` or a `score` only if there are any."""
    built = Built(proof, proof.result.email) if proof.result.email else None
    rulebook = Rulebook(proof)
    silences = Silences(proof)
    problems = [*proof.result.problems, *rulebook.problems]
    edits: list[Edit] = []
    hidden: set[str] = set()
    for code, rule in rules().items():
        ruling = rulebook[code]
        if not rule.can_judge(answers, score):  # nobody knows what it would have found
            ruling.hides = True
            silences.use(code)
            hidden.add(code)
            continue
        found: list[tuple[Finding, Problem]] = []
        try:
            for finding in rule.findings(proof, built, ruling.options, answers, score):
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
