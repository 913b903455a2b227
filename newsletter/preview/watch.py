"""A newsletter's folder in; which of its files have changed, as soon as they have, out: the one
door of watchfiles."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

_QUIET = 10  # milliseconds without a change, after which files are taken to be whole
_MOST = 200  # milliseconds that changes are waited for, should they never end
_LOOK_UP = 200  # milliseconds between looks at whether to stop

_BUSY = 0.4  # seconds; who saves again within them is in the middle of something ...
_SETTLED = 0.25  # ... and is shown it once they have paused so long

_KINDS = frozenset(
    {".yaml", ".yml", ".mjml", ".txt", ".css", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"}
)


class _OfNewsletters(DefaultFilter):
    """What an email is made of; not what editors' programs write beside it."""

    def __call__(self, change: Change, path: str) -> bool:
        file = Path(path)
        hidden = file.name.startswith(".") or file.name.endswith("~")
        kind = file.suffix.lower() in _KINDS or (not file.suffix and file.is_dir())
        return kind and not hidden and super().__call__(change, path)


async def changes(root: Path, output: Path, stop: asyncio.Event) -> AsyncIterator[set[Path]]:
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
    root: Path, output: Path, found: asyncio.Queue[set[Path]], stop: asyncio.Event
) -> None:
    """Watches `root` itself, and all that lies in its folders; a folder that comes later, too."""
    while not stop.is_set():
        folders = _folders(root, output)
        again = asyncio.Event()

        async def inside(folders: frozenset[Path] = folders, again: asyncio.Event = again) -> None:
            if folders:
                async for paths in _changed(*folders, recursive=True, stop=again):
                    found.put_nowait(paths)

        task = asyncio.create_task(inside())
        try:
            async for paths in _changed(root, recursive=False, stop=stop):
                found.put_nowait(paths)
                if _folders(root, output) != folders:
                    break
        finally:
            again.set()
            await task


async def _changed(*paths: Path, recursive: bool, stop: asyncio.Event) -> AsyncIterator[set[Path]]:
    polls = False  # where the computer does not tell of changes, or of no more than there are
    while not stop.is_set():
        try:
            async for found in awatch(
                *paths,
                watch_filter=_OfNewsletters(),
                debounce=_MOST,
                step=_QUIET,
                rust_timeout=_LOOK_UP,
                stop_event=stop,
                recursive=recursive,
                ignore_permission_denied=True,
                force_polling=polls or None,
            ):
                yield {Path(path) for _, path in found}
        except (OSError, RuntimeError):
            if polls:
                await asyncio.sleep(1)  # the folder is gone, and may come back
            polls = True


def _folders(root: Path, output: Path) -> frozenset[Path]:
    return frozenset(
        folder
        for folder in root.iterdir()
        if folder.is_dir()
        and not folder.name.startswith(".")
        and folder.name not in DefaultFilter.ignore_dirs
        and folder.resolve() != output.resolve()
    )
