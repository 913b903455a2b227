"""The commands, one file each: options in, one call, print, exit code. The one door of click.

What a command needs is imported inside it, so that `--help` stays quick. Exit codes: 0 nothing
wrong, 1 problems, 2 wrong use.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import click

from newsletter import __version__
from newsletter.cli.add import add
from newsletter.cli.build import build
from newsletter.cli.check import check
from newsletter.cli.collect import collect
from newsletter.cli.export import export
from newsletter.cli.import_ import import_
from newsletter.cli.lists import explain, layouts, rules, schema, themes
from newsletter.cli.new import new
from newsletter.cli.platforms import platforms
from newsletter.cli.preview import preview
from newsletter.cli.send import send_list, send_test
from newsletter.cli.shared import tell
from newsletter.problems import Level, NewsletterError, Problem


class _Commands(click.Group):
    """Turns what cannot go on into words and exit code 1, for every command."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        except NewsletterError as error:
            problems: Iterable[Problem] = error.problems
        except OSError as error:  # the current folder is gone, the terminal's disk is full, ...
            message = f"{error.strerror}{f' ({error.filename})' if error.filename else ''}"
            problems = [Problem("newsletter", None, Level.ERROR, "system", message)]
            _forget_output()
        tell(problems)
        raise SystemExit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newsletter %(version)s")
def newsletter() -> None:
    """Build round-up newsletters from YAML: a responsive HTML email and its plain-text twin.

    \b
    A month's work:
      newsletter collect          read your publishers' feeds into the inbox
      newsletter new 2024-05      begin the next issue
      newsletter add URL          put a page into it, or into the inbox
      newsletter preview 2024-05  see it while you write
      newsletter check 2024-05    find what should not be sent
      newsletter send-test 2024-05 --to me@example.org
      newsletter build 2024-05    make its email
    """


for command in (
    add, build, check, collect, export, import_, new, preview, send_test, send_list,
    rules, explain, layouts, themes, platforms, schema,
):  # fmt: skip
    newsletter.add_command(command)


def _forget_output() -> None:
    """Have Python not try once more, at its end, to write what could not be written."""
    with suppress(OSError):  # an output that is no file has nothing to forget
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
