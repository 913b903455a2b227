"""One command at a time may change what a newsletter's folder keeps."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from newsletter.problems import cannot
from newsletter.project import FOLDER

KEPT = Path(FOLDER) / "cache"
"""The part of a newsletter's folder that is for this computer alone: git does not take it up."""

_FILE = "lock"
_STEP = 0.02  # seconds

_mine = threading.local()  # the folders that a thread has the lock of


@contextmanager
def locked(folder: Path, seconds: float = 10) -> Iterator[None]:
    """While this lasts, no other command is in the same `folder` of a newsletter.

    Waits for one that is. Raises NewsletterError when that takes longer than `seconds`, or when
    there can be no lock. Whoever has the lock may ask for it again.
    """
    mine: set[Path] = _mine.__dict__.setdefault("folders", set())
    if folder.resolve() in mine:
        yield
        return
    with _opened(folder) as file:
        until = time.monotonic() + seconds
        while not _taken(file):
            if time.monotonic() > until:
                file.seek(0)
                who = file.read(200).strip() or "another command"
                raise cannot(
                    folder,
                    "cannot-write",
                    f"nothing was written: {who} has been at work here for {seconds:.0f} seconds",
                    "wait until it has ended, or end it, and try again",
                )
            time.sleep(_STEP)
        try:
            file.truncate(0)
            file.write(f"{Path(sys.argv[0]).stem} (process {os.getpid()})\n")
            file.flush()
            mine.add(folder.resolve())
            yield
        finally:
            mine.discard(folder.resolve())
            _left(file)


def kept(folder: Path) -> Path:
    """The folder KEPT of a newsletter's folder; it is made if it is not there. Raises OSError."""
    path = folder / KEPT
    path.mkdir(parents=True, exist_ok=True)
    ignored = path / ".gitignore"
    if not ignored.exists():
        ignored.write_bytes(b"*\n")
    return path


def _opened(folder: Path) -> IO[str]:
    try:
        return (kept(folder) / _FILE).open("a+", encoding="utf-8", errors="replace")
    except OSError as error:
        raise cannot(
            folder, "cannot-write", f"nothing was written: {error.strerror or error}"
        ) from None


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # what is locked cannot be read, so it is not where the words are

    def _taken(file: IO[str]) -> bool:
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _left(file: IO[str]) -> None:
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _taken(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:  # a network's disk without locks
            raise cannot(
                file.name, "cannot-write", f"nothing was written: {error.strerror}"
            ) from None
        return True

    def _left(file: IO[str]) -> None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)
