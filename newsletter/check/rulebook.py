"""What newsletter.yaml and an issue say of the rules in; each rule's level and options out."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newsletter.check.silence import needless_off
from newsletter.problems import Level, Problem, did_you_mean
from newsletter.proof import Place, Proof, mark_of
from newsletter.rules import Option, Rule, no_such_rule, rules
from newsletter.source import Source, Steps

LEVELS = {"off": None, "note": Level.NOTE, "warning": Level.WARNING, "error": Level.ERROR}
"""What `rules:` in the settings can say of a rule."""


class Ruling:
    """What one rule is in an issue."""

    def __init__(self, level: Level) -> None:
        self.level: Level | None = level
        self.options: dict[str, Any] = {}
        self.of_issue: Place | None = None  # where the issue itself says so
        self.hides = False  # something would have been told, but it is off


class Rulebook:
    """The rules as an issue is judged by them; `problems` is what is wrong with what is said."""

    def __init__(self, proof: Proof) -> None:
        self.problems: list[Problem] = []
        self._source = proof.source
        self._by_code = {code: Ruling(rule.level) for code, rule in rules().items()}
        self._read(proof.project.settings.rules, ("rules",), proof.project.source)
        if proof.issue.settings:
            self._read(proof.issue.settings.rules, ("settings", "rules"), proof.source, True)
        for item in proof.items:
            self._read_entry(item.entry.rules, (*item.steps, "rules"), proof.source)

    def __getitem__(self, code: str) -> Ruling:
        return self._by_code[code]

    def needless(self) -> Iterator[Problem]:
        """The rules that the issue switches off though they find nothing in it."""
        for code, ruling in self._by_code.items():
            if ruling.of_issue and ruling.level is None and not ruling.hides:
                yield needless_off(code, mark_of(ruling.of_issue, self._source), self._source)

    def _read(
        self, written: Mapping[str, Any], above: Steps, source: Source, of_issue: bool = False
    ) -> None:
        for code, value in written.items():
            steps = (*above, code)
            wrong = self._teller(source)
            rule = _rule(code, steps, wrong)
            if rule:
                ruling = self._by_code[code]
                ruling.of_issue = Place(steps, key=True) if of_issue else None
                _rule_as(rule, ruling, value, steps, wrong)

    def _read_entry(self, written: Mapping[str, Any], above: Steps, source: Source) -> None:
        wrong = self._teller(source)
        for code, value in written.items():
            if _rule(code, (*above, code), wrong) and value != "off":
                message = f"of an entry '{code}' can only be off"
                wrong((*above, code), "choice", message, f"write '{code}: off'")

    def _teller(self, source: Source) -> "_Teller":
        def wrong(steps: Steps, code: str, message: str, hint: str) -> None:
            self.problems.append(
                source.problem(source.key(steps), Level.ERROR, code, message, hint)
            )

        return wrong


_Teller = Callable[[Steps, str, str, str], None]


def _rule(code: str, steps: Steps, wrong: _Teller) -> Rule | None:
    """The rule called `code`, if there is one that can be ruled."""
    rule = rules().get(code)
    if rule is None:
        wrong(steps, *no_such_rule(code))
    return rule


def _rule_as(rule: Rule, ruling: Ruling, value: Any, steps: Steps, wrong: _Teller) -> None:
    given = value if isinstance(value, dict) else {"level": value}
    known = ["level", *rule.options]
    for name, chosen in given.items():
        option = rule.options.get(name)
        # The level of a rule that is given none stands below the rule's own name.
        at = (*steps, name) if isinstance(value, dict) else steps
        if option:
            _set(ruling, option, chosen, at, wrong)
        elif name != "level":
            near = did_you_mean(name, known)
            message = f"'{rule.code}' has no '{name}'"
            message += f" (did you mean '{near}'?)" if near else ""
            wrong(at, "unknown-field", message, f"it has: {', '.join(known)}")
        elif isinstance(chosen, str) and chosen in LEVELS:
            ruling.level = LEVELS[chosen]
        else:
            message = f"'{rule.code}' should be {', '.join(LEVELS)}"
            message += f", not '{chosen}'" if isinstance(chosen, str) else ""
            wrong(at, "choice", message, f"or a mapping of: {', '.join(known)}")


def _set(ruling: Ruling, option: Option, given: Any, steps: Steps, wrong: _Teller) -> None:
    """Take `given` for an option, if it is of the kind that its default is."""
    if isinstance(option.default, int):
        kind = "a whole number"
        fits = isinstance(given, str) and re.fullmatch("[0-9]{1,9}", given) is not None
    elif isinstance(option.default, tuple):
        kind = "a list of texts"
        fits = isinstance(given, list) and all(isinstance(word, str) for word in given)
    else:
        kind, fits = "a text", isinstance(given, str)
    if not fits:
        wrong(steps, "choice", f"'{option.name}' should be {kind}", option.about)
    else:
        ruling.options[option.name] = type(option.default)(given)
