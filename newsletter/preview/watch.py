"""A newsletter's folder in; which of its files have changed, as soon as they have, out: the one
door of watchfiles."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

_QUIET = 20  # milliseconds without a change, after which files are taken to be whole
_MOST = 200  # milliseconds that changes are waited for, should they never end
_LOOK_UP = 200  # milliseconds between looks at whether to stop

_BUSY = 0.4  # seconds; who saves again within them is in the middle of something ...
_SETTLED = 0.3  # ... and is shown it once they have paused so long

# Pictures that no email can show are watched as well: that they cannot be shown is told.
_KINDS = frozenset(
    {".yaml", ".yml", ".mjml", ".txt", ".css", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}
)


async def changes(
    root: Path, output: Callable[[], Path], stop: asyncio.Event
) -> AsyncIterator[set[Path]]:
    """The files of the newsletter in `root` that have changed, until `stop`; what lies in `output`
    was made of them and is none.

    One change is told at once. Many in a row are told as the first and, after a pause, the rest.
    """
    found: asyncio.Queue[set[Path]] = asyncio.Queue()
    watching = asyncio.create_task(_watch(root, output, found, stop))
    last = 0.0
    try:
        while not stop.is_set():
            paths = await _next(found, stop)
            clock = asyncio.get_running_loop().time
            if clock() - last < _BUSY:
                while more := await _next(found, stop, _SETTLED):
                    paths |= more
            last = clock()
            if paths and not stop.is_set():
                yield paths
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _next(
    found: asyncio.Queue[set[Path]], stop: asyncio.Event, patience: float | None = None
) -> set[Path]:
    """What is found next; nothing after `patience` seconds, or when it is time to stop."""
    tasks = {asyncio.create_task(found.get()), asyncio.create_task(stop.wait())}
    done, waiting = await asyncio.wait(tasks, timeout=patience, return_when="FIRST_COMPLETED")
    for task in waiting:
        task.cancel()
    paths = set[Path]()
    for task in done:
        result = task.result()
        paths |= result if isinstance(result, set) else set()
    return paths


async def _watch(
    root: Path, output: Callable[[], Path], found: asyncio.Queue[set[Path]], stop: asyncio.Event
) -> None:
    """Watches `root` itself and all that lies in its folders, but for those that other programs
    keep thousands of files in; and a folder that comes later, or is made anew."""
    while not stop.is_set():
        folders = _folders(root, output())
        again = asyncio.Event()
        task = asyncio.create_task(_inside(folders, found, again))
        try:
            async for paths in _changed(frozenset({root}), stop, recursive=False):
                found.put_nowait(paths)
                if paths & folders or _folders(root, output()) != folders:
                    break
        finally:
            again.set()
            await task
        found.put_nowait({root})  # what came into folders before they were watched


async def _inside(
    folders: frozenset[Path], found: asyncio.Queue[set[Path]], stop: asyncio.Event
) -> None:
    if folders:
        async for paths in _changed(folders, stop, recursive=True):
            found.put_nowait(paths)


async def _changed(
    paths: frozenset[Path], stop: asyncio.Event, recursive: bool
) -> AsyncIterator[set[Path]]:
    polls = False  # where the computer does not tell of changes, or of no more than there are
    while not stop.is_set():
        try:
            async for found in awatch(
                *paths,
                watch_filter=_OfNewsletters(paths, recursive),
                debounce=_MOST,
                step=_QUIET,
                rust_timeout=_LOOK_UP,
                stop_event=stop,
                recursive=recursive,
                ignore_permission_denied=True,
                force_polling=polls or None,
            ):
                yield {_as_given(Path(path), paths) for _, path in found}
        except Exception:  # a folder is gone, and may come back; or it cannot be watched so
            polls = not polls
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1)
            yield set(paths)  # what has changed meanwhile nobody knows


def _as_given(path: Path, roots: frozenset[Path]) -> Path:
    """`path` below the one of `roots` that it is in: some computers tell of files by other names
    than they were asked about."""
    for root in roots:
        real = root.resolve()
        if path.is_relative_to(real):
            return root / path.relative_to(real)
    return path


def _folders(root: Path, output: Path) -> frozenset[Path]:
    found = set[Path]()
    with suppress(OSError):
        for folder in root.iterdir():
            hidden = folder.name.startswith(".") or folder.name in DefaultFilter.ignore_dirs
            if not hidden and folder.is_dir() and folder.resolve() != output.resolve():
                found.add(folder)
    return frozenset(found)


class _OfNewsletters(DefaultFilter):
    """What an email is made of; not what editors' programs write beside it."""

    def __init__(self, roots: frozenset[Path], recursive: bool) -> None:
        super().__init__()
        self._folders = {str(path) for root in roots for path in _below(root, recursive)}

    def __call__(self, change: Change, path: str) -> bool:
        file = Path(path)
        hidden = file.name.startswith(".") or file.name.endswith("~")
        if hidden or not super().__call__(change, path):
            return False
        if file.suffix.lower() in _KINDS:
            return True
        if file.is_dir():
            self._folders.add(path)
        return path in self._folders  # which may be gone by now; other files are not


def _below(root: Path, recursive: bool) -> Iterator[Path]:
    for folder, names, _ in os.walk(root):
        yield from (Path(folder, name) for name in names)
        if not recursive:
            return
