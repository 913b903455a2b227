"""An issue's file in, what stood in it when it was last committed out: the one door of git."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 5  # seconds

# A repository can name programs to be run, and places to fetch what it lacks from.
_ALONE = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class Committed(NamedTuple):
    """A file as it was committed: its text and day; or why there is none."""

    text: str = ""
    day: str = ""  # 2024-04-23
    missing: str = ""


def committed(path: Path) -> Committed:
    """The file at `path` in the last commit of the repository that it belongs to."""
    try:
        text = _git(path, "cat-file", "blob", f"HEAD:./{path.name}")
        day = _git(path, "log", "-1", "--format=%cs", "--", path.name)
        return Committed(text.decode("utf-8").removeprefix("\ufeff"), day.decode().strip())
    except FileNotFoundError:
        return Committed(missing="git is not installed on this computer")
    except subprocess.TimeoutExpired:
        return Committed(missing="git did not answer")
    except subprocess.CalledProcessError as error:
        if b"dubious ownership" in error.stderr:
            return Committed(missing="git does not trust this folder, which is somebody else's")
        return Committed(missing="this issue was never committed with git")
    except OSError as error:
        return Committed(missing=f"git cannot be run: {error.strerror}")
    except UnicodeDecodeError:
        return Committed(missing="what was committed is no UTF-8 text")


def _git(path: Path, *words: str) -> bytes:
    # Where we are called from a hook of git's, these speak of another repository.
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(  # noqa: S603
        ["git", "--literal-pathspecs", "-c", "log.showSignature=false", *words],  # noqa: S607
        cwd=path.parent,
        env={**own, **_ALONE},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=_PATIENCE,
    ).stdout
