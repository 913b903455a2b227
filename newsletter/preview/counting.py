"""Issues in, how many problems each has, out: worked out in a process of its own, so that whoever
saves never waits for it.

The process reads requests from its input and ends with it, so that none is left behind whatever
becomes of the preview.
"""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from newsletter.check import check
from newsletter.preview.desk import Counts, counts
from newsletter.project import project_at

_COURTESY = 10  # how far behind it stands when the computer is busy (nice)


class Counter:
    """Counts the problems of issues, one after the other."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: asyncio.subprocess.Process | None = None
        self._asked = 0

    async def count(self, path: Path) -> Counts:
        """How many problems the issue at `path` has just now. Raises EOFError when the process has
        ended."""
        self._asked += 1
        number = self._asked
        process = self._process = self._process or await self._started()
        if not process.stdin or not process.stdout:
            raise EOFError
        process.stdin.write(msgspec.json.encode((number, str(path))) + b"\n")
        while line := await process.stdout.readline():
            answered, found = msgspec.json.decode(line, type=tuple[int, Counts])
            if answered == number:  # and not what somebody asked who no longer waits
                return found
        self._process = None
        raise EOFError

    async def close(self) -> None:
        """Ends the process; the next count starts another one."""
        process, self._process = self._process, None
        if process:
            with suppress(ProcessLookupError):
                process.kill()  # it has nothing that could be lost
            await process.wait()

    async def _started(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a folder of the newsletter may be called like the program
            "-m",
            __name__,
            str(self._root),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the preview
        )


def main() -> None:
    """Answers each line of input, a number and a file, with the number and what was counted."""
    if hasattr(os, "nice"):
        os.nice(_COURTESY)
    root = Path(sys.argv[1])
    for line in sys.stdin.buffer:
        number, path = msgspec.json.decode(line, type=tuple[int, str])
        project = project_at(root)
        found = dict.fromkeys((*project.problems, *check(Path(path), project).problems))
        sys.stdout.buffer.write(msgspec.json.encode((number, counts(found))) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
