# ruff: noqa: E501  (what a terminal shows is shown as it is)
"""`newsletter check`, `rules` and `explain`, as an editor meets them in a terminal."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from newsletter.cli import newsletter
from newsletter.report import FORMATS
from newsletter.rules import manuals
from tests.conftest import PRIVACY, SETTINGS

ISSUE = """\
    # What is sent in May.
    title: Safeguarding Monthly
    date: 2024-05
    layout: roundup
    subject: 'Safeguarding Monthly: new figures on neglect'
    preheader: A report on neglect, a survey of foster carers and a new helpline
    entries:
      - >-
        The Example Trust has published [its report on
        neglect](https://example.com/neglect?utm_source=news&id=7), and
        [a film about it](http://example.org/film).
    """


def _run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(newsletter, list(arguments), answer, catch_exceptions=False)


@pytest.fixture(name="issue")
def _issue(folder: Path) -> Path:
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY)
    path = folder / "issues" / "2024-05.yaml"
    path.write_text(dedent(ISSUE))
    return path


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize(
    "smtp",
    [
        "smtp: {host: h, password: swordfish, prot: 25}",
        "smtp:\n  host: h\n  password: swordfish",
        "smtp: {host: h, 'passwd': swordfish, prot: 25}",
        'smtp: {prot: 25, "Password" : swordfish, host: h}',
        "smtp: {prot: 25, host: h}  # password: swordfish",
        "smtp: {host: h, password: swordfish, prot: [25}",
    ],
)
def test_a_line_that_has_a_password_in_it_is_never_shown(smtp: str, form: str, issue: Path) -> None:
    own = issue.parents[1] / "newsletter.yaml"
    own.write_text(f"{own.read_text('utf-8')}{smtp}\n", "utf-8")
    result = _run("check", "--format", form)
    assert result.exit_code == 1
    assert "newsletter.yaml" in result.stdout
    assert "swordfish" not in result.stdout + result.stderr


@pytest.mark.usefixtures("issue")
def test_what_is_found_is_told_with_its_place_and_counted() -> None:
    result = _run("check")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout == dedent("""\
        issues/2024-05.yaml:10:14: warning: this address counts clicks for somebody else: 'utm_source' [tracking-parameters]
           10 |     neglect](https://example.com/neglect?utm_source=news&id=7), and
              |              ^
              |              https://example.com/neglect?id=7
                leave it out: the page is the same

        issues/2024-05.yaml:11:23: warning: this link is not encrypted: it begins with http:// [not-https]
           11 |     [a film about it](http://example.org/film).
              |                       ^
              |                       https://example.org/film
                write https://, if the page opens there too

        1 issue checked: 2 warnings.
        """)


@pytest.mark.usefixtures("issue")
def test_strict_takes_warnings_for_errors() -> None:
    assert _run("check", "--strict").exit_code == 1


def test_an_issue_without_fault_says_so(issue: Path) -> None:
    text = issue.read_text().replace("utm_source=news&", "").replace("http://", "https://")
    issue.write_text(text)
    result = _run("check", "2024-05", "--strict")
    assert (result.exit_code, result.stdout) == (0, "1 issue checked: nothing found.\n")


@pytest.mark.usefixtures("issue")
def test_programs_are_given_nothing_but_the_form_they_asked_for() -> None:
    found = json.loads(_run("check", "--format", "json").stdout)
    assert [(row["line"], row["code"]) for row in found] == [
        (10, "tracking-parameters"),
        (11, "not-https"),
    ]
    assert _run("check", "--format", "github").stdout.count("::warning file=") == 2
    runs = json.loads(_run("check", "--format", "sarif").stdout)["runs"]
    assert [one["ruleId"] for one in runs[0]["results"]] == ["tracking-parameters", "not-https"]


DIFF = """\
--- issues/2024-05.yaml
+++ issues/2024-05.yaml
@@ -9,3 +9,3 @@
     The Example Trust has published [its report on
-    neglect](https://example.com/neglect?utm_source=news&id=7), and
+    neglect](https://example.com/neglect?id=7), and
     [a film about it](http://example.org/film).
"""


def test_fix_shows_a_difference_and_asks(issue: Path) -> None:
    before = issue.read_text()
    refused = _run("check", "--fix", answer="n\n")
    assert refused.stderr.startswith(DIFF + "Mend 1 place in 1 issue? [y/N]: ")
    assert issue.read_text() == before
    mended = _run("check", "--fix", answer="y\n")
    assert "Mended 1 place in 1 issue." in mended.stderr
    assert issue.read_text() == before.replace("utm_source=news&", "")
    assert mended.stdout.endswith("1 issue checked: 1 warning.\n")


def test_fix_asks_nothing_when_told_so(issue: Path) -> None:
    before = issue.read_text()
    assert _run("check", "--fix", "--yes").stderr == DIFF + "Mended 1 place in 1 issue.\n"
    assert issue.read_text() == before.replace("utm_source=news&", "")
    again = _run("check", "--fix", "--yes")
    assert again.stderr == "There is nothing that can be mended safely.\n"


def test_line_ends_of_windows_stay(issue: Path) -> None:
    issue.write_bytes(issue.read_bytes().replace(b"\n", b"\r\n"))
    before = issue.read_bytes()
    _run("check", "--fix", "--yes")
    assert issue.read_bytes() == before.replace(b"utm_source=news&", b"")


@pytest.mark.usefixtures("issue")
def test_a_rule_that_is_off_for_nothing_is_told_when_all_issues_are_checked(folder: Path) -> None:
    with (folder / "newsletter.yaml").open("a") as settings:
        settings.write("rules: {doubled-word: off, not-https: off}\n")
    needless = "note: 'doubled-word' is switched off here, but finds nothing here [needless-off]"
    assert needless in _run("check").stdout
    assert needless not in _run("check", "2024-05").stdout


def test_errors_end_with_exit_code_1(issue: Path) -> None:
    issue.write_text(issue.read_text().replace("http://example.org/film", "#"))
    result = _run("check")
    assert result.exit_code == 1
    assert "this link leads nowhere [link-target]" in result.stdout


def test_rules_are_listed_by_group_with_level_and_summary() -> None:
    listed = _run("rules").stdout
    for rule in manuals().values():
        assert f"  {rule.code:<24} {rule.level.word:<8} {rule.manual.summary}\n" in listed
        assert f"{rule.group}: " in listed


@pytest.mark.parametrize("code", list(manuals()))
def test_explain_prints_the_manual_of_each_rule(code: str) -> None:
    text = _run("explain", code).stdout
    rule = manuals()[code]
    assert text.startswith(f"{code} ({rule.level.word}, {rule.group})\n\n")
    flat = " ".join(text.split())
    for part in (rule.manual.summary, rule.manual.why, rule.manual.mend, *rule.manual.sources):
        assert part in flat
    for example in (*rule.manual.bad, *rule.manual.good):
        assert " ".join(example.split()) in flat


def test_explain_knows_what_was_meant() -> None:
    result = _run("explain", "not-htps")
    assert result.exit_code == 2
    assert "there is no rule 'not-htps' (did you mean 'not-https'?)" in result.stderr


@pytest.mark.usefixtures("issue")
def test_a_fault_of_the_settings_does_not_hide_what_is_wrong_with_issues(folder: Path) -> None:
    with (folder / "newsletter.yaml").open("a") as settings:
        settings.write("ordr: alphabetical\n")
    result = _run("check", "--format", "json")
    assert result.exit_code == 1
    assert [(row["path"], row["line"], row["code"]) for row in json.loads(result.stdout)] == [
        ("newsletter.yaml", 9, "unknown-field"),
        ("issues/2024-05.yaml", 10, "tracking-parameters"),
        ("issues/2024-05.yaml", 11, "not-https"),
    ]


@pytest.mark.usefixtures("issue")
def test_without_settings_that_can_be_read_nothing_is_said_of_issues(folder: Path) -> None:
    (folder / "newsletter.yaml").write_bytes("sender: Barnardo’s\n".encode("cp1252"))
    result = _run("check")
    assert result.exit_code == 1
    assert result.stdout.endswith("0 issues checked: 1 error.\n")
    assert "this file is not UTF-8" in result.stdout


@pytest.mark.usefixtures("issue")
def test_programs_are_given_their_form_whatever_is_wrong() -> None:
    result = _run("check", "2024-06", "--format", "json")
    assert result.exit_code == 1
    assert [row["message"] for row in json.loads(result.stdout)] == [
        "there is no such issue (did you mean '2024-05'?)"
    ]


def test_an_issue_that_cannot_be_read_whole_is_said_to_be_so(issue: Path) -> None:
    issue.write_text(issue.read_text().replace("date: 2024-05", "date: soon"))
    assert _run("check").stdout.endswith("1 issue checked, as far as could be read: 1 error.\n")


def test_fix_keeps_permissions_and_links(issue: Path, folder: Path) -> None:
    real = folder / "real.yaml"
    issue.rename(real)
    real.chmod(0o640)
    issue.symlink_to(real)
    _run("check", "--fix", "--yes")
    assert issue.is_symlink()
    assert (real.stat().st_mode & 0o777, "utm_source" in real.read_text()) == (0o640, False)
