"""The wheel, installed where nothing else is: the command works, templates inside."""

import signal
import subprocess
import sys
import venv
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent


def _python(*arguments: str, cwd: Path) -> str:
    done = subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_wheel_builds_an_issue_in_an_empty_environment(tmp_path: Path) -> None:
    _python(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(tmp_path),
        str(ROOT), cwd=tmp_path,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / "bin" / "python")
    _python(python, "-m", "pip", "install", "--quiet", str(wheel), cwd=tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    command = str(tmp_path / "env" / "bin" / "newsletter")
    _python(command, "new", "2024-05", cwd=work)
    draft = work / "issues" / "2024-05-round-up.yaml"
    draft.write_text(draft.read_text().replace("# - |", "- |").replace("#   What", "  What"))
    told = _python(command, "build", "--draft", cwd=work)
    assert "issues/2024-05-round-up.yaml: 2 entries, 2 links" in told
    assert sorted(path.name for path in (work / "output" / draft.stem).iterdir()) == [
        "email.eml",
        "email.html",
        "email.txt",
        "preheader.txt",
        "subject.txt",
    ]
    # The rules, with the data that they need, are there too.
    assert "still stands in place of what was to come [placeholder]" in told
    draft.write_text(
        "title: Safeguarding Monthly\ndate: 2024-05\nentries:\n"
        "  - OFSTED has [figures on child pornography](https://bit.ly/x).\n"
    )
    told = _python(command, "build", "--draft", cwd=work)
    for code in ("organisation-name", "preferred-term", "shortener"):
        assert f"[{code}]" in told
    where = _python(python, "-c", "import newsletter.lookup as c; print(c._shipped())", cwd=work)
    assert where.strip().startswith(str(tmp_path / "env"))

    # The page of the preview is there as well.
    with subprocess.Popen(
        (command, "preview", "--no-open"), cwd=work, stdout=subprocess.PIPE, text=True
    ) as preview:
        assert preview.stdout
        address = next(line.split()[1] for line in preview.stdout if "http" in line)
        for name in ("", "page/main.js", "page/style.css", "page/fonts/LICENSE.txt"):
            with urlopen(f"{address}{name}") as answer:  # noqa: S310 - on this computer
                assert (answer.status, len(answer.read()) > 1000) == (200, True)
        preview.send_signal(signal.SIGINT)
        assert preview.wait(10) == 0
