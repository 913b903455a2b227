"""Every code that an editor can be told has a manual: `newsletter explain CODE`."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import newsletter
from newsletter.rules import Rule, manuals, no_such_rule, rules
from tests.test_rules import checked

_SENDING = "told when a message is sent: the mail server, not the newsletter"

WITHOUT = {
    "cannot-write": "told by `build` and `new`: the disk, not the newsletter",
    "exists": "told by `new` and `import`: a file is in its way",
    "format": "told by `import`: a file that is no newsletter",
    "no-issues": "told before anything is read",
    "no-sender-address": _SENDING,
    "no-spamassassin": "told by `check --delivery`: a program is missing",
    "not-in-issues": "told by `preview`: a file is elsewhere",
    "port": "told by `preview`: what the computer lets it have",
    "same-name": "told before anything is read",
    "smtp-certificate": _SENDING,
    "smtp-connection": _SENDING,
    "smtp-encryption": _SENDING,
    "smtp-later": _SENDING,
    "smtp-login": _SENDING,
    "smtp-message": _SENDING,
    "smtp-refused": _SENDING,
    "smtp-sender": _SENDING,
    "smtp-server": _SENDING,
    "smtp-timeout": _SENDING,
    "spam-failed": "told by `check --delivery`: a program failed",
    "system": "whatever the machine says",
    "value": "told only if two parts of the reader disagreed, and no file is known that makes them",
    "words-lost": "told only if an engine lost words, and no template is known that makes it",
    "yaml": "told only if PyYAML gave no place, and no text is known that makes it",
}
"""Codes that have none, and why."""

NAMED_BY_FIELD = {"no-{field}": ("no-layout", "no-theme", "no-platform")}
"""Codes that are put together."""

READING = [rule for rule in manuals().values() if rule.group == "reading"]


@cache
def _modules() -> tuple[ast.Module, ...]:
    folder = Path(newsletter.__file__).parent
    return tuple(ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py"))


def _nodes() -> Iterator[ast.AST]:
    return (node for module in _modules() for node in ast.walk(module))


def _places() -> Iterator[tuple[str, int]]:
    """Every function or class that is given a `code`, and as which of its arguments."""
    for node in _nodes():
        if isinstance(node, ast.ClassDef):
            lines = (line.target for line in node.body if isinstance(line, ast.AnnAssign))
            fields = [target.id for target in lines if isinstance(target, ast.Name)]
            if "code" in fields:
                yield node.name, fields.index("code")
        elif isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if "code" in names:
                yield node.name, names.index("code")


def _told() -> set[str]:
    """Every code that stands in the program as one."""
    places = set(_places())
    found: list[ast.expr] = []
    for node in _nodes():
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "id", getattr(function, "attr", ""))
            found += [node.args[at] for own, at in places if own == name and at < len(node.args)]
            found += [word.value for word in node.keywords if word.arg == "code"]
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3:  # a code, a message, a hint
            said = node.elts[1]
            is_message = isinstance(said, ast.Name) and said.id == "message"
            if is_message or (isinstance(said, ast.Constant) and " " in str(said.value)):
                found.append(node.elts[0])
    return {code for one in found for code in _codes(one)}


def _codes(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield from NAMED_BY_FIELD.get(ast.unparse(node)[2:-1], ())
    elif isinstance(node, ast.IfExp):
        yield from (*_codes(node.body), *_codes(node.orelse))
    elif isinstance(node, ast.Constant) and re.fullmatch("[a-z]+(-[a-z]+)*", str(node.value)):
        yield str(node.value)


def test_codes_are_found_however_they_are_written() -> None:
    assert {"unquoted", "tab", "date", "code", "no-such-rule", "no-theme", "system"} <= _told()


def test_every_code_has_a_manual_or_a_reason_to_have_none() -> None:
    without = {code: WITHOUT.get(code, "?") for code in _told() - manuals().keys()}
    assert without == WITHOUT


def test_every_manual_of_what_is_read_is_of_a_code_that_is_told() -> None:
    of_reader = {code for code, rule in manuals().items() if rule.by_reader}
    assert of_reader - _told() == set()


def test_no_code_is_told_both_by_the_reader_and_by_a_rule() -> None:
    assert _told() & rules().keys() == set()


def test_no_code_is_that_of_two_rules() -> None:
    names = [path.stem for path in Path(newsletter.__file__).parent.glob("rules/*/[a-z]*.py")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", READING, ids=lambda rule: rule.code)
def test_what_is_read_is_told_at_the_level_of_its_manual(rule: Rule, folder: Path) -> None:
    found = checked(rule.manual.bad[0], folder)
    assert {problem.level for problem in found.problems} == {rule.level}


def test_a_check_does_not_wait_for_the_manuals_of_what_is_read() -> None:
    assert [rule.code for rule in rules().values() if rule.by_reader] == []
    assert len(READING) > 50


def test_what_is_told_while_an_issue_is_read_cannot_be_switched_off(folder: Path) -> None:
    example = """\
entries:
  # newsletter: off duplicate-key
  - text: The charity has published [a report on neglect](https://example.org/neglect).
    kind: News
    kind: Report
"""
    told = [(one.code, one.message) for one in checked(example, folder).problems]
    assert told == [
        no_such_rule("duplicate-key")[:2],
        ("duplicate-key", "'kind' stands twice here; the first is on line 9"),
    ]
    assert no_such_rule("duplicate-key") == (
        "no-such-rule",
        "'duplicate-key' is told while an issue is read, and cannot be changed",
        "remove this line",
    )


def test_a_layout_that_there_is_not_is_told_once(folder: Path) -> None:
    told = [problem.code for problem in checked("layout: newspaper", folder).problems]
    assert told == ["no-layout"]


def test_an_issue_whose_only_entry_is_broken_is_not_called_empty(folder: Path) -> None:
    told = [problem.code for problem in checked("entries: [Words: of it]", folder).problems]
    assert told == ["unknown-field"]
