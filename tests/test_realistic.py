"""Issues as editors write them: what is found in them is what was read and judged to be right.

A rule that tells more in them than before may cry wolf: read what is new, then `pytest --update`.
"""

from pathlib import Path

import pytest

from newsletter.check import check
from newsletter.project import open_project

ROOT = Path(__file__).parent / "realistic"
FOLDERS = sorted(path.parent.relative_to(ROOT) for path in ROOT.rglob("newsletter.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_realistic_issues_have_the_findings_that_were_judged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(ROOT / folder)
    project = open_project(Path())
    found = [problem for path in project.issues for problem in check(path, project).problems]
    lines = [
        f"{problem.path}:{problem.mark.line if problem.mark else '-'} {problem.level.word} "
        f"{problem.code}: {problem.message}\n"
        for problem in dict.fromkeys(found)
    ]
    expected = Path("findings.txt")
    if pytestconfig.getoption("--update"):
        expected.write_text("".join(lines), "utf-8")
    assert "".join(lines) == expected.read_text("utf-8")
