"""What `newsletter check` looks for: one rule a file, one group a folder.

A rule is a module `rules/GROUP/CODE.py` (with _ for the - of its code). Nothing else names it. It
has

- a docstring that is its manual (see `Manual`), whose examples are run by the tests,
- `LEVEL`, how much what it finds matters,
- `SAFE = True` if its suggestions can be applied without a look (`newsletter check --fix`),
- `check(proof)`, which yields a Finding for each thing that is wrong, or `check_email(built)` if it
  looks at the finished email. `check_answers(proof, answers)` looks at what the web says of the
  links, `check_score(proof, score)` at what a spam filter says of the email: such rules are judged
  only when these have been asked. A rule with none of them is judged while the issue is read; its
  file is the manual. Most of those stand in `reading`.

A threshold that is a matter of taste is a keyword-only argument of that function, with a default:
`def check(proof, *, max: int = 60)`. Editors set it by that name, under `rules:` in their settings.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any, NamedTuple

from newsletter.live.answer import Answers
from newsletter.problems import Level, did_you_mean
from newsletter.proof import Built, Finding, Proof
from newsletter.spam import Score


class Manual(NamedTuple):
    """A rule's docstring, taken apart.

    It begins with one sentence, the summary. Paragraphs say why it matters, and how to mend it (one
    that begins with "To mend it"). `Options:` has a line `name: what it is` for each option,
    `Source:` addresses, one a line; a rule of mere judgement has none. Then examples, `Bad:` and
    `Good:`, indented: YAML that is laid over a small issue without faults. A key with a dot in it
    is a file of the newsletter's folder: `newsletter.yaml:` with settings laid over good ones,
    `issues/2024-03.yaml:` with another issue, `templates/parts/footer.mjml: |` with a template. A
    note `# ADDRESS answers ...` says what the web has there: a status with what goes with it (the
    address of a redirect, HTML), or "nothing". It answers 200 elsewhere. A note
    `# the spam filter is asked` says just that.

    An example that is no sound YAML takes the place of the issue's lines that begin with the same
    keys. Notes such as `# images/a.jpg is a picture in CMYK` say what YAML cannot; they are read by
    the tests.
    """

    summary: str
    why: str
    mend: str
    options: Mapping[str, str]
    sources: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]


class Option(NamedTuple):
    """What editors may choose about a rule. `default` is a whole number, a text, or a list of
    texts."""

    name: str
    default: int | str | tuple[str, ...]
    about: str


class Rule:
    """One rule. What costs time is worked out when it is asked for."""

    def __init__(self, group: str, module: ModuleType) -> None:
        self.group = group
        self.code = module.__name__.rpartition(".")[2].replace("_", "-")
        self.level: Level = module.LEVEL
        self.safe: bool = getattr(module, "SAFE", False)
        self._doc = module.__doc__ or ""
        self._check: Callable[..., Iterable[Finding]] | None = getattr(module, "check", None)
        self._check_email: Callable[..., Iterable[Finding]] | None = getattr(
            module, "check_email", None
        )
        self._check_answers: Callable[..., Iterable[Finding]] | None = getattr(
            module, "check_answers", None
        )
        self._check_score: Callable[..., Iterable[Finding]] | None = getattr(
            module, "check_score", None
        )

    @cached_property
    def manual(self) -> Manual:
        """What `newsletter explain` prints."""
        return _manual(self._doc)

    @cached_property
    def options(self) -> dict[str, Option]:
        """By name; most rules have none."""
        function = self._check or self._check_email or self._check_answers or self._check_score
        named = inspect.signature(function).parameters.values() if function else ()
        return {
            one.name: Option(one.name, one.default, self.manual.options.get(one.name, ""))
            for one in named
            if one.kind is one.KEYWORD_ONLY
        }

    @property
    def by_reader(self) -> bool:
        """Whether it is judged while the issue is read, not here."""
        return not (self._check or self._check_email or self._check_answers or self._check_score)

    def can_judge(self, answers: Answers | None, score: Score | None) -> bool:
        """Whether what it looks at is there."""
        if self._check_answers:
            return answers is not None
        return score is not None if self._check_score else True

    def findings(
        self,
        proof: Proof,
        built: Built | None,
        options: Mapping[str, Any],
        answers: Answers | None = None,
        score: Score | None = None,
    ) -> Iterator[Finding]:
        """What it finds in an issue; a rule about the email, or about what the web or a spam filter
        says of it, finds nothing without that."""
        if self._check:
            yield from self._check(proof, **options)
        elif self._check_email and built:
            yield from self._check_email(built, **options)
        elif self._check_answers and answers is not None:
            yield from self._check_answers(proof, answers, **options)
        elif self._check_score and score is not None:
            yield from self._check_score(proof, score, **options)


@cache
def rules() -> dict[str, Rule]:
    """Every rule that is judged here, and can be switched off, by its code, in the order of groups
    and files."""
    # Those of `reading` are manuals and nothing else: to import them all would take its time.
    found = (_rule(path) for path in _files() if path.parent.name != "reading")
    return {rule.code: rule for rule in found if not rule.by_reader}


@cache
def manuals() -> dict[str, Rule]:
    """Every rule, those too that are judged while an issue is read."""
    return {rule.code: rule for rule in map(_rule, _files())}


def _files() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*/[a-z]*.py"))


def _rule(path: Path) -> Rule:
    group = path.parent.name
    return Rule(group, import_module(f"newsletter.rules.{group}.{path.stem}"))


def no_such_rule(code: str) -> tuple[str, str, str]:
    """Code, message and hint for the name of a rule that there is not, or that is always judged."""
    if code in manuals():
        message = f"'{code}' is told while an issue is read, and cannot be changed"
        return "no-such-rule", message, "remove this line"
    near = did_you_mean(code, list(rules()))
    message = f"there is no rule '{code}'" + (f" (did you mean '{near}'?)" if near else "")
    return "no-such-rule", message, "`newsletter rules` lists them"


def groups() -> dict[str, tuple[str, list[Rule]]]:
    """What each group is about, and its rules."""
    found: dict[str, tuple[str, list[Rule]]] = {}
    for rule in manuals().values():
        about = import_module(f"newsletter.rules.{rule.group}").__doc__ or ""
        found.setdefault(rule.group, (about.strip(), []))[1].append(rule)
    return found


_HEAD = re.compile(r"^(Options|Source|Bad|Good):[ \t]*(.*)$", re.MULTILINE)


def _manual(doc: str) -> Manual:
    parts = _HEAD.split(inspect.cleandoc(doc))
    paragraphs = [" ".join(part.split()) for part in parts[0].split("\n\n") if part.strip()]
    summary, *rest = paragraphs
    blocks: dict[str, list[str]] = {"Options": [], "Source": [], "Bad": [], "Good": []}
    for name, first, more in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        blocks[name].append(dedent(f"{first}\n{more}" if first else more).strip("\n"))
    options: dict[str, str] = {}
    for line in "\n".join(blocks["Options"]).splitlines():
        if match := re.match(r"(\w+): (.*)", line):
            options[match[1]] = match[2]
        elif options and line.strip():
            options[next(reversed(options))] += f" {line.strip()}"
    return Manual(
        summary,
        " ".join(part for part in rest if not part.startswith("To mend it")),
        " ".join(part for part in rest if part.startswith("To mend it")),
        options,
        tuple(line.strip() for line in "\n".join(blocks["Source"]).splitlines() if line.strip()),
        tuple(blocks["Bad"]),
        tuple(blocks["Good"]),
    )
