"""What is told, at which level, and what may be silenced."""

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from unittest.mock import patch

import pytest

from newsletter.check import Checked, check, needless
from newsletter.project import open_project
from newsletter.proof import Finding
from newsletter.rules import rules
from tests.conftest import SETTINGS

Check = Callable[..., list[tuple[int, str, str]]]


@pytest.fixture(name="told")
def _told(folder: Path) -> Check:
    """Checks an issue, and gives line, level and code of what is told by the rules named."""

    def told(issue: str, *rules: str, more: str = "") -> list[tuple[int, str, str]]:
        found = _checked(folder, issue, more)
        return [
            (problem.mark.line if problem.mark else 0, problem.level.word, problem.code)
            for problem in found.problems
            if problem.code in (*rules, "needless-off", "no-such-rule", "choice", "unknown-field")
        ]

    return told


def _checked(folder: Path, issue: str, more: str = "") -> Checked:
    (folder / "newsletter.yaml").write_text(SETTINGS + dedent(more), "utf-8")
    path = folder / "issues" / "one.yaml"
    path.write_text(dedent(issue), "utf-8")
    return check(path, open_project(folder))


ISSUE = """\
    title: Monthly
    date: 2024-05
    entries:
      - Words with [a first page](http://example.org/a).
      - Words with [a second page](http://example.org/b).
    """


def test_a_rule_has_its_own_level(told: Check) -> None:
    assert told(ISSUE, "not-https") == [(4, "warning", "not-https"), (5, "warning", "not-https")]


@pytest.mark.parametrize("level", ["note", "error"])
def test_the_settings_may_give_it_another(level: str, told: Check) -> None:
    for more in (f"rules: {{not-https: {level}}}", f"rules: {{not-https: {{level: {level}}}}}"):
        assert [word for _, word, _ in told(ISSUE, "not-https", more=more)] == [level, level]


def test_an_issue_may_say_otherwise_than_the_settings(told: Check) -> None:
    issue = ISSUE + "settings: {rules: {not-https: note}}\n"
    found = told(dedent(issue), "not-https", more="rules: {not-https: off}")
    assert found == [(4, "note", "not-https"), (5, "note", "not-https")]


def test_a_note_silences_its_line_and_the_text_that_begins_there(told: Check) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        entries:
          - Words with [a first page](http://example.org/a).  # newsletter: off not-https
          - >-  # newsletter: off not-https
            Words with
            [a second page](http://example.org/b).
          # newsletter: off not-https vague-words

          # Another note.
          - text: |
              Words with
              [a third page](http://example.org/c).
            links:
              - {title: A fourth page, url: 'http://example.org/d'}
        """
    assert told(issue, "not-https") == [
        (8, "note", "needless-off"),
        (15, "warning", "not-https"),
    ]


def test_a_note_inside_a_text_is_words(told: Check) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        entries:
          - |
            Words with
            # newsletter: off not-https
            [a second page](http://example.org/b).
        """
    assert told(issue, "not-https", "heading-in-text", "copy-leftover") == [
        (6, "error", "heading-in-text"),
        (6, "warning", "copy-leftover"),
        (7, "warning", "not-https"),
    ]


def test_an_entry_is_silenced_by_its_rules(told: Check) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        sections:
          - title: One
            entries:
              - text: Words with [a first page](http://example.org/a).
                rules: {not-https: off}
              - Words with [a second page](http://example.org/b).
        """
    assert told(issue, "not-https") == [(8, "warning", "not-https")]


def test_an_issue_is_silenced_under_its_settings(told: Check) -> None:
    assert told(dedent(ISSUE) + "settings: {rules: {not-https: off}}\n", "not-https") == []


def test_a_silencing_that_silences_nothing_is_told(told: Check) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        settings:
          rules: {not-https: off}
        entries:
          # newsletter: off doubled-word
          - text: Words with [a first page](https://example.org/a).
            rules: {not-https: off}
        """
    assert told(issue, "not-https") == [
        (4, "note", "needless-off"),
        (6, "note", "needless-off"),
        (8, "note", "needless-off"),
    ]


def test_a_rule_of_the_settings_is_needless_when_no_issue_breaks_it(folder: Path) -> None:
    more = "rules: {not-https: off, doubled-word: off}"
    found = [_checked(folder, ISSUE, more)]
    (problem,) = needless(open_project(folder), found)
    assert (problem.path, problem.mark, problem.code, problem.message) == (
        "newsletter.yaml",
        (8, 25),
        "needless-off",
        "'doubled-word' is switched off here, but finds nothing here",
    )


def test_what_is_said_of_rules_is_judged(folder: Path) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        settings:
          rules:
            not-htps: off
            not-https: of
            doubled-word: {level: [x], max: 3}
            link-target: off
        entries:
          - text: Words with [a first page](https://example.org/a).
            rules: {not-https: note, doubled: off}
          - Words with [a page](https://example.org/b).  # newsletter: off doubled-wrd
        """
    found = _checked(folder, issue, "rules: {no-unsubscribe: never}")
    codes = ("no-such-rule", "choice", "unknown-field")
    wrong = [problem for problem in found.problems if problem.code in codes]
    assert [(p.path, p.mark, p.code, p.message) for p in wrong] == [
        (
            "issues/one.yaml",
            (5, 5),
            "no-such-rule",
            "there is no rule 'not-htps' (did you mean 'not-https'?)",
        ),
        (
            "issues/one.yaml",
            (6, 5),
            "choice",
            "'not-https' should be off, note, warning, error, not 'of'",
        ),
        (
            "issues/one.yaml",
            (7, 20),
            "choice",
            "'doubled-word' should be off, note, warning, error",
        ),
        ("issues/one.yaml", (7, 32), "unknown-field", "'doubled-word' has no 'max'"),
        (
            "issues/one.yaml",
            (8, 5),
            "no-such-rule",
            "'link-target' is told while an issue is read, and cannot be changed",
        ),
        ("issues/one.yaml", (11, 13), "choice", "of an entry 'not-https' can only be off"),
        (
            "issues/one.yaml",
            (11, 30),
            "no-such-rule",
            "there is no rule 'doubled' (did you mean 'doubled-word'?)",
        ),
        (
            "issues/one.yaml",
            (12, 50),
            "no-such-rule",
            "there is no rule 'doubled-wrd' (did you mean 'doubled-word'?)",
        ),
        (
            "newsletter.yaml",
            (8, 9),
            "choice",
            "'no-unsubscribe' should be off, note, warning, error, not 'never'",
        ),
    ]


def test_an_issue_with_errors_is_judged_as_far_as_it_can_be_read(told: Check, folder: Path) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        lead: words
        sections:
          - title: One
            entries:
              - {}
              - text: Words with [a first page](http://example.org/a).
                date: 2024-13
                foo: bar
              - links:
                  - {title: No target, url: '#'}
                  - {title: A second page, url: 'http://example.org/b'}
              - Words [nowhere](#) and [a third page](http://example.org/c).
        """
    told(issue)
    found = check(folder / "issues" / "one.yaml", open_project(folder))
    rules = ("not-https", "link-target", "shape", "date", "empty-entry", "unknown-field")
    assert [(p.mark and p.mark.line, p.code) for p in found.problems if p.code in rules] == [
        (3, "shape"),
        (7, "empty-entry"),
        (8, "not-https"),
        (9, "date"),
        (10, "unknown-field"),
        (12, "link-target"),
        (13, "not-https"),
        (14, "link-target"),
        (14, "not-https"),
    ]
    assert found.result.email
    assert "A second page" in found.result.email.html


def test_an_issue_of_which_too_little_can_be_read_is_told_what_is_wrong(folder: Path) -> None:
    found = _checked(folder, "title: T\nentries: [a]\n")
    assert [problem.code for problem in found.problems] == ["missing"]
    assert found.result.email is None


def test_a_note_may_say_why_and_must_say_which(told: Check) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        entries:
          # newsletter: off not-https because they have nothing else
          - Words with [a first page](http://example.org/a).
          # newsletter: off
          - Words with [a second page](https://example.org/b).
          # newsletter: off not-https, doubled-wrd
          - Words with [a third page](http://example.org/c).
        """
    assert told(issue, "not-https") == [
        (6, "warning", "no-such-rule"),
        (8, "warning", "no-such-rule"),
    ]


def _with_failing_rule(folder: Path, issue: str, more: str = "") -> list[tuple[str, str]]:
    def fails(_: object) -> Iterator[Finding]:
        yield Finding("told before it broke down")
        raise KeyError("Aprıl")

    with patch.object(rules()["doubled-word"], "_check", fails):
        found = _checked(folder, dedent(issue), more).problems
    codes = ("doubled-word", "not-https", "rule-failed", "needless-off")
    return [(one.code, one.message) for one in found if one.code in codes]


def test_a_rule_that_breaks_down_keeps_nobody_from_what_was_found(folder: Path) -> None:
    told = _with_failing_rule(folder, ISSUE)
    assert [code for code, _ in told] == ["rule-failed", "doubled-word", "not-https", "not-https"]
    assert told[0][1] == (
        "the rule 'doubled-word' broke down over this issue, and what it looks for may not be told "
        "(KeyError)"
    )


def test_where_a_rule_is_off_nobody_is_told_that_it_broke_down(folder: Path) -> None:
    issue = dedent(ISSUE).replace("http:", "https:") + "settings: {rules: {doubled-word: off}}\n"
    assert _with_failing_rule(folder, issue) == []


def test_what_silences_a_rule_that_broke_down_is_not_called_needless(folder: Path) -> None:
    issue = """\
        title: Monthly
        date: 2024-05
        entries:
          - Words with [a page](https://example.org/a).  # newsletter: off doubled-word
        """
    told = [code for code, _ in _with_failing_rule(folder, issue)]
    assert told == ["rule-failed", "doubled-word"]


@pytest.mark.parametrize("number", ["²", "-1", "1.5", "9" * 5000])
def test_an_option_is_a_whole_number_of_a_size_that_can_be_reckoned_with(
    number: str, told: Check
) -> None:
    issue = f"{dedent(ISSUE)}settings: {{rules: {{long-entry: {{words: '{number}'}}}}}}\n"
    assert told(issue) == [(6, "error", "choice")]
