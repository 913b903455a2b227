"""Files out, whole or not at all."""

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsletter.problems import NewsletterError, cannot

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOTDIR: "part of its path is a file, not a folder",
    errno.EEXIST: "part of its path is a file, not a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put `files` into `folder`, replacing those of the same names; a name may be a path in it.

    All are written beside their targets first and then renamed, so that whatever happens, every
    file in the folder is a whole one. A file that is replaced keeps its permissions. Raises
    NewsletterError.
    """
    targets = {name: folder / name for name in files}
    parts = {
        name: path.with_name(f".{path.name}.{os.getpid()}.part") for name, path in targets.items()
    }
    try:
        for name, content in files.items():
            targets[name].parent.mkdir(parents=True, exist_ok=True)
            parts[name].write_bytes(content)
        for name, part in parts.items():
            if targets[name].exists():
                part.chmod(stat.S_IMODE(targets[name].stat().st_mode))
            part.replace(targets[name])
    except OSError as error:
        raise _cannot_write(folder, error) from None
    finally:
        for part in parts.values():
            if part.exists():
                part.unlink()


def remove(folder: Path, names: Iterable[str]) -> None:
    """Take the files called `names` out of `folder`, if they are there. Raises NewsletterError."""
    try:
        for name in names:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from None


def create(path: Path, content: bytes) -> None:
    """Write a new file at `path`. Raises NewsletterError when there is one already."""
    if path.exists():
        raise cannot(
            path, "exists", "there is such a file already", "rename it, or remove it first"
        )
    write(path.parent, {path.name: content})


def _cannot_write(folder: Path, error: OSError) -> NewsletterError:
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return cannot(folder, "cannot-write", f"nothing was written: {reason}")
