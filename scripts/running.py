"""The preview of a newsletter's folder, as an editor starts it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def preview(root: Path) -> Iterator[tuple[int, str]]:
    """Runs the command in `root`: its process, and its address."""
    command = [sys.executable, "-m", "newsletter", "preview", "--no-open"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            told = process.stdout or ()
            yield process.pid, next(line.split()[1] for line in told if "http" in line)
        finally:
            process.send_signal(signal.SIGINT)
