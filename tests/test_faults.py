"""A newsletter with about a hundred faults, of its settings, its words, its links and its
templates: all are told, each once and at its place, and nothing else is."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.check import check
from newsletter.project import open_project
from newsletter.rules import groups
from tests.marks import Told, unmarked

FAULTS = Path(__file__).parent / "faults"
ISSUE = "issues/2024-05.yaml"
CHECKED = (ISSUE, "newsletter.yaml")

Row = tuple[str, Told]


def _expected() -> list[Row]:
    """What the marks of the issue and of the settings say, each with its file."""
    marks = {name: unmarked((FAULTS / name).read_text("utf-8"))[1] for name in CHECKED}
    return [(name, told) for name in sorted(marks) for told in marks[name]]


@pytest.fixture(name="faulty")
def _faulty(folder: Path) -> Path:
    """The newsletter without the marks."""
    shutil.copytree(FAULTS, folder, dirs_exist_ok=True)
    for name in CHECKED:
        text, _ = unmarked((FAULTS / name).read_text("utf-8"))
        (folder / name).write_text(text, "utf-8")
    return folder


def test_there_are_faults_of_every_kind() -> None:
    codes = {told.code for _, told in _expected()}
    assert len(codes) >= 100
    for group, (_, rules) in groups().items():
        there = codes.intersection(rule.code for rule in rules)
        assert there or group in ("live", "delivery"), group  # those ask others


def test_every_fault_is_told_at_its_place_and_nothing_else(faulty: Path) -> None:
    found = check(Path(ISSUE), open_project(faulty)).problems
    assert sorted((problem.path, Told.of(problem)) for problem in found) == _expected()


@pytest.mark.usefixtures("faulty")
def test_the_command_tells_the_same() -> None:
    command = [sys.executable, "-m", "newsletter", "check", "2024-05", "--format", "json"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (1, "")
    rows = [
        (row["path"], Told(row["line"] or 0, row["column"] or 0, row["code"]))
        for row in json.loads(ran.stdout)
    ]
    assert sorted(rows) == _expected()


@pytest.mark.usefixtures("faulty")
def test_the_earlier_issues_are_not_to_blame() -> None:
    """What is wrong in them is what the settings and the templates do to every issue."""
    shared = {told for path, told in _expected() if path == "newsletter.yaml" or not told.line}
    for name in ("2024-03", "2024-04"):
        found = check(Path(f"issues/{name}.yaml"), open_project(Path())).problems
        assert {Told.of(problem) for problem in found} <= shared
