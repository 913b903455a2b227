"""The same issue is the same bytes everywhere, and a build touches nothing but its output."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAME = "2024-04-round-up"
FILES = {"email.eml", "email.html", "email.txt", "preheader.txt", "subject.txt"}

HERE = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "1",
    "HOME": "/nowhere",
}
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.ISO-8859-9",
    "PYTHONHASHSEED": "4242",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "SOURCE_DATE_EPOCH": "1",
    "COLUMNS": "20",
    "NO_COLOR": "1",
    "USER": "someone-else",
}

# Runs a build and tells every file, folder, program and network address it asked Python for.
WATCH = """
import json, sys

seen = []
WATCHED = ("open", "os.", "socket.", "subprocess.", "shutil.", "urllib.", "http.", "ctypes.dlopen")

def watch(event, arguments):
    if event.startswith(WATCHED) and event not in ("os.scandir", "os.listdir"):
        seen.append([event, *(a.decode() if isinstance(a, bytes) else a for a in arguments)])

sys.addaudithook(watch)
from newsletter.cli import newsletter
try:
    newsletter(sys.argv[1:], prog_name="newsletter")
except SystemExit as end:
    if end.code:
        raise
finally:
    watching = list(seen)
    print(json.dumps(watching, default=repr))
"""


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> Path:
    """A copy of the sample newsletter, in a folder whose name is not English."""
    folder = tmp_path / "Rundbrief für März"
    (folder / "issues").mkdir(parents=True)
    shutil.copy(ROOT / "newsletter.yaml", folder)
    shutil.copy(ROOT / f"issues/{NAME}.yaml", folder / "issues")
    return folder


def run(code: list[str], folder: Path, environment: dict[str, str]) -> str:
    """What Python prints in `folder`, with nothing from this machine's environment but its path."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    source = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", *code],
        cwd=folder,
        env=kept | source | environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def everything(folder: Path) -> dict[str, bytes | None]:
    """Every file below `folder` with its bytes, and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_a_build_is_the_same_bytes_in_another_place_and_time(project: Path, tmp_path: Path) -> None:
    """Another time zone, language, hash seed and current folder change nothing."""
    one, two = tmp_path / "one", tmp_path / "two"
    other_folder = tmp_path / "other folder"
    other_folder.mkdir()
    issue = str(project / f"issues/{NAME}.yaml")

    run(["-m", "newsletter", "build", "--out", str(one)], project, HERE)
    run(["-m", "newsletter", "build", issue, "--out", str(two)], other_folder, ELSEWHERE)

    assert {path.name for path in (one / NAME).iterdir()} == FILES
    assert everything(one) == everything(two)


def test_a_second_build_over_the_first_changes_no_byte(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build = ["-m", "newsletter", "build", "--out", str(out)]
    run(build, project, HERE)
    before = everything(out)

    run(build, project / "issues", ELSEWHERE)

    assert everything(out) == before


def watched(project: Path, out: Path) -> list[list[object]]:
    """What the build of `project` asked of Python: events with their arguments."""
    said = run(["-c", WATCH, "build", "--out", str(out)], project, HERE)
    events: list[list[object]] = json.loads(said.splitlines()[-1])
    return events


def writes(event: list[object]) -> bool:
    """Whether an event of the audit hook changes something on the disk."""
    name = event[0]
    if name == "open":
        mode, flags = str(event[2] or ""), event[3] if isinstance(event[3], int) else 0
        wanted = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        return bool(set(mode) & set("wax+")) or bool(flags & wanted)
    return name != "os.fwalk" and name != "os.walk"


def within(path: object, folders: list[Path]) -> bool:
    """Whether `path` is one of `folders`, or below one."""
    whole = Path(os.path.realpath(str(path)))
    return any(whole.is_relative_to(folder.resolve()) for folder in folders)


def test_a_build_asks_for_no_network_and_no_program(project: Path, tmp_path: Path) -> None:
    events = watched(project, tmp_path / "out")

    names = {str(event[0]) for event in events}
    assert {"open", "os.mkdir", "os.rename"} <= names  # the hook sees what is done
    assert {name for name in names if not name.startswith(("open", "os."))} == set()
    assert names & {"os.system", "os.exec", "os.posix_spawn", "os.fork", "os.startfile"} == set()


def test_a_build_opens_only_the_project_the_program_and_its_output(
    project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    python = [Path(path) for path in {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix}]
    opened = [event for event in watched(project, out) if event[0] == "open"]

    read = [event[1] for event in opened if not writes(event)]
    allowed = [project, ROOT / "newsletter", ROOT / "templates", *python]
    assert any(within(path, [project]) for path in read)
    assert [path for path in read if not within(path, allowed)] == []


def test_a_build_writes_only_into_its_output_folder(project: Path, tmp_path: Path) -> None:
    """By what it asks of Python, and by what has changed on the disk afterwards."""
    out = tmp_path / "out"
    before = everything(tmp_path)
    changes = [event for event in watched(project, out) if writes(event)]

    touched = [path for event in changes for path in event[1:3] if isinstance(path, str)]
    paths = [path for path in touched if os.sep in path]
    assert {Path(path).name for path in paths} >= FILES
    assert [path for path in paths if not within(path, [out])] == []
    after = everything(tmp_path)
    assert {name for name in after if name not in before} == {
        "out",
        f"out/{NAME}",
        *(f"out/{NAME}/{name}" for name in FILES),
    }
    assert {name: after.get(name) for name in before} == before
