"""Every rule: its examples, its manual, its options."""

import re
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from newsletter.build import Result
from newsletter.check import Checked, check
from newsletter.live.links import addresses
from newsletter.message import Posting
from newsletter.project import Project, open_project
from newsletter.rules import Rule, manuals, rules
from newsletter.spam import Score, score
from tests.examples import write
from tests.web import NOTE, Web

RULES = list(manuals().values())
BAD = [(rule, text) for rule in RULES for text in rule.manual.bad]
GOOD = [(rule, text) for rule in RULES for text in rule.manual.good]


_FAILING = re.compile("^# the rule (\\S+) breaks down$", re.MULTILINE)


# What no authority needs to say: an editor sees by herself that it is wrong.
JUDGEMENT = {
    "added-by-platform", "broken-sentence", "closed", "closes-soon", "dated-later", "empty-issue",
    "empty-section", "images-not-taken", "leans-on-before", "long-entry", "no-link", "no-such-day",
    "old-item", "preheader-repeats", "section-order", "undated", "unverified-tag", "weekday",
    "words-stand-in", "wrong-month", "wrong-number",
}  # fmt: skip


def _named(value: object) -> str:
    return value.code if isinstance(value, Rule) else ""


def checked(example: str, folder: Path) -> Checked:
    """What is found in the newsletter that `example` describes, its settings included."""
    write(example, folder)
    project = open_project(folder)
    found = _checked(example, folder / "issues" / "2024-05.yaml", project)
    return found._replace(problems=(*project.problems, *found.problems))


def _checked(example: str, path: Path, project: Project) -> Checked:
    if failing := _FAILING.search(example):
        with patch.object(rules()[failing[1]], "_check", side_effect=ZeroDivisionError):
            return check(path, project)
    if "# the spam filter is asked" in example:
        return check(path, project, weighed=_weighed)
    on_the_web = dict(NOTE.findall(example))
    if not on_the_web:
        return check(path, project)
    with Web(on_the_web) as web:
        return check(path, project, asked=lambda proof: web.ask(*addresses(proof)))


def _weighed(result: Result) -> Score:
    return score(result.eml(Posting(datetime.now(UTC), ("reader@example.org",))))


def _told(found: Checked) -> list[tuple[str, str]]:
    return [(problem.code, problem.message) for problem in found.problems]


def test_the_newsletter_under_the_examples_is_without_fault(folder: Path) -> None:
    assert _told(checked("", folder)) == []


@pytest.mark.parametrize(("rule", "example"), BAD, ids=_named)
def test_what_a_manual_calls_bad_is_told_and_nothing_else(
    rule: Rule, example: str, folder: Path
) -> None:
    found = checked(example, folder)
    assert {problem.code for problem in found.problems} == {rule.code}, _told(found)
    if not rule.by_reader:
        level = {problem.level for problem in found.problems}
        assert level == {rule.level}


@pytest.mark.parametrize(("rule", "example"), GOOD, ids=_named)
def test_what_a_manual_calls_good_is_good(rule: Rule, example: str, folder: Path) -> None:
    assert _told(checked(example, folder)) == []


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_a_manual_says_all_that_an_editor_asks(rule: Rule) -> None:
    manual = rule.manual
    assert re.fullmatch(r"[^\s].*[.]", manual.summary)
    assert manual.mend.startswith("To mend it")
    assert manual.bad
    assert manual.good
    assert all(re.match("https?://", source) for source in manual.sources)
    judged = rule.group == "reading" or rule.code in JUDGEMENT
    assert judged or manual.sources, "say where it comes from"
    assert set(manual.options) == set(rule.options)
