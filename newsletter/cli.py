"""The commands: options in, one call, print, exit code. The one door of click.

What a command needs is imported inside it, so that `--help` stays quick. Exit codes: 0 nothing
wrong, 1 problems, 2 wrong use.
"""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsletter import __version__
from newsletter.problems import Level, NewsletterError, Problem, cannot, did_you_mean, shown

if TYPE_CHECKING:
    from newsletter.build import Result
    from newsletter.project import Project

_MANY = 6  # issues; from here on a terminal sees a progress bar


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
        _tell(problems)
        raise SystemExit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="newsletter %(version)s")
def newsletter() -> None:
    """Build round-up newsletters from YAML: a responsive HTML email and its plain-text twin.

    \b
    A month's work:
      newsletter new 2024-05      begin the next issue
      newsletter build            build every issue
    """


@newsletter.command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write here, not to the settings' output folder.",
)
@click.option(
    "--theme", default="", metavar="NAME", help="Use this theme, whatever the issue says."
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def build(issues: tuple[str, ...], out: Path | None, theme: str, strict: bool) -> None:
    """Build emails: HTML, plain text, subject, preheader and an .eml file for each ISSUE.

    ISSUE is a file or its name; without one, every issue in issues/ is built.

    \b
    Example:
      newsletter build 2024-04-round-up --theme plain
    """
    project = _project(issues)
    _tell(project.problems)
    stop = Level.WARNING if strict else Level.ERROR
    if any(problem.level >= stop for problem in project.problems):
        raise SystemExit(1)
    paths = _find(issues, project)
    folder = out or project.root / project.settings.output
    done: Iterable[tuple[str, list[Problem]]] = (
        _build_one(path, project, folder / path.stem, theme, stop) for path in paths
    )
    if len(paths) >= _MANY and sys.stderr.isatty():
        with click.progressbar(done, len(paths), "Building", file=sys.stderr) as bar:
            done = list(bar)  # what there is to say comes after the bar
    everything: list[Problem] = []
    for summary, problems in done:
        if summary:
            click.echo(summary)
        _tell(problems)
        everything += problems
    if everything:
        from newsletter.report import counts

        click.echo(counts(everything) + ".", err=True)
    if any(problem.level >= stop for problem in everything):
        raise SystemExit(1)


def _build_one(
    path: Path, project: "Project", target: Path, theme: str, stop: Level
) -> tuple[str, list[Problem]]:
    """Build and write one issue, unless a problem of level `stop` stands against it.

    Returns what there is to say: a summary, or "" when nothing was written; and the problems.
    """
    from newsletter.build import build
    from newsletter.write import write

    result = build(path, project, theme)
    problems = list(result.problems)
    if not result.email or any(problem.level >= stop for problem in problems):
        return "", problems
    try:
        write(target, result.files)
    except NewsletterError as error:
        return "", [*problems, *error.problems]
    return _summary(path, target, result), problems


@newsletter.command()
@click.argument("date")
@click.option(
    "--from",
    "origin",
    default="",
    metavar="ISSUE",
    help="Carry over from this issue, not from the latest.",
)
def new(date: str, origin: str) -> None:
    """Begin the issue of DATE (2024, 2024-05 or 2024-05-31) in issues/.

    Carried over from the issue before is what stands from one to the next: layout, settings,
    standing headings, and the title unless each issue has its own. Its entries are not.

    \b
    Example:
      newsletter new 2024-05 --from 2024-04-round-up
    """
    from newsletter import draft, schema
    from newsletter.dates import PartialDate
    from newsletter.loader import read_as
    from newsletter.model import Issue
    from newsletter.problems import Faults
    from newsletter.write import create, write

    try:
        day = PartialDate.parse(date)
    except Faults as error:
        fault = error.faults[0]
        raise click.BadParameter(
            f"{fault.message}. {fault.hint}".strip(), param_hint="DATE"
        ) from None
    project = _project((origin,) if origin else ())
    before = _find((origin,), project)[0] if origin else next(reversed(project.issues), None)
    issue = None
    if before:
        issue, problems = read_as(before, Issue, shown(before))
        if issue is None:
            _tell(problems)
            raise SystemExit(1)
    path = project.root / "issues" / draft.file_name(day, before)
    text = draft.draft(day, issue, before)
    schemas = {
        f"{kind}.schema.json": schema.schema(kind).encode() for kind in ("issue", "settings")
    }
    write(project.root / schema.FOLDER, schemas)
    create(path, text.encode())
    click.echo(f"{shown(path)} is ready to be written.")


@newsletter.command()
@click.argument(
    "kind", type=click.Choice(["issue", "settings", "theme", "language"]), default="issue"
)
def schema(kind: str) -> None:
    """Print the JSON Schema of issues, settings, themes or languages.

    VS Code (with its YAML extension) completes and underlines a file that names its schema in its
    first line; `newsletter new` sees to that.

    \b
    Example:
      newsletter schema settings > .newsletter/settings.schema.json
    """
    from newsletter.schema import schema as json_schema

    click.echo(json_schema(kind), nl=False)


@newsletter.command()
def layouts() -> None:
    """List the layouts: what `layout:` in an issue can be.

    \b
    Example:
      newsletter layouts
    """
    templates = _project(()).templates
    for name in templates.layouts():
        click.echo(f"{name:<12} {templates.description(name)}")


@newsletter.command()
def themes() -> None:
    """List the themes: what `theme:` in an issue or in the settings can be.

    \b
    Example:
      newsletter themes
    """
    templates = _project(()).templates
    problems: list[Problem] = []
    for name in templates.themes():
        look, found = templates.theme(name)
        problems += found
        if look:
            click.echo(f"{name:<12} {look.theme.description}")
    _tell(dict.fromkeys(problems))  # a theme's problems come with each that extends it, too
    if any(problem.level is Level.ERROR for problem in problems):
        raise SystemExit(1)


def _forget_output() -> None:
    """Have Python not try once more, at its end, to write what could not be written."""
    with suppress(OSError):  # an output that is no file has nothing to forget
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _project(issues: tuple[str, ...]) -> "Project":
    from newsletter.project import open_project

    first = Path(issues[0]) if issues else Path()
    return open_project(first.parent if first.is_file() else Path())


def _find(names: tuple[str, ...], project: "Project") -> list[Path]:
    """The files that `names` mean: paths, or the names of issues."""
    known: dict[str, Path] = {}
    for path in project.issues:
        if path.stem in known:
            raise cannot(
                path,
                "same-name",
                f"this issue has the same name as {known[path.stem].name}",
                "their emails would go to one folder: rename one of them",
            )
        known[path.stem] = path
    if not names:
        if not known:
            raise cannot(
                shown(project.root / "issues"),
                "no-issues",
                "there are no issues here",
                "begin one with: newsletter new 2024-05",
            )
        return list(known.values())
    found = []
    for name in names:
        path = Path(name)
        if path.is_file():
            found.append(path)
        elif name in known:
            found.append(known[name])
        elif len(begun := [stem for stem in known if stem.startswith(f"{name}-")]) == 1:
            found.append(known[begun[0]])
        else:
            near = did_you_mean(path.stem, list(known))
            raise cannot(
                name,
                "no-file",
                "there is no such issue" + (f" (did you mean '{near}'?)" if near else ""),
                f"issues are: {', '.join(known)}" if known else "",
            )
    return found


def _summary(path: Path, target: Path, result: "Result") -> str:
    from newsletter.render import GMAIL_LIMIT
    from newsletter.report import counted

    weight, issue = result.weight, result.issue
    if weight is None or issue is None:
        return ""
    return (
        f"{shown(path)}: {counted(weight.entries, 'entry')}, {counted(issue.link_count, 'link')}\n"
        f"  {shown(target)}{os.sep}email.html: {weight.html:,} bytes, "
        f"{weight.html / weight.budget:.0%} of what its words and links allow\n"
        f"  Gmail cuts emails off at {GMAIL_LIMIT:,} bytes: "
        f"room for about {counted(weight.room, 'more entry')}"
    )


def _tell(problems: Iterable[Problem]) -> None:
    problems = list(problems)
    if problems:
        from newsletter.report import lines

        click.echo("\n".join(lines(problems, colour=sys.stderr.isatty())), err=True)
