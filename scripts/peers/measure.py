"""Run one command and print what it took: `measure.py LOG COMMAND...`.

In: a file for the command's output, and the command. Out: one line with seconds of wall clock,
peak memory in bytes and exit code.

The peak is wait4's ru_maxrss: that of the largest process among the command and those of its
children that it waited for, not their sum. This program is as small as it can be, and started
without site-packages, because a process counts what its parent held at the moment of the fork.
"""

import os
import sys
import time


def main(log: str, *command: str) -> None:
    """Print the measures of `command`."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    redirect = [(os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=redirect)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    print(seconds, usage.ru_maxrss * unit, os.waitstatus_to_exitcode(status))


main(*sys.argv[1:])
