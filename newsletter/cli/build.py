"""`newsletter build`: make emails."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.shared import MANY, find, known_platforms, project_of, stop_at, tell
from newsletter.problems import Level, NewsletterError, Problem, shown

if TYPE_CHECKING:
    from newsletter.build import Result
    from newsletter.project import Project


_EMAILS = frozenset({"email.html", "email.md", "email.eml"})
"""Files of which one is pasted or sent: none of another build may stand beside it."""


@click.command()
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
@click.option(
    "--platform",
    "names",
    multiple=True,
    metavar="NAME",
    help="For this mailing platform, not for the settings' one; several write a folder each.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--draft", is_flag=True, help="Build in spite of errors, as far as the issue can be read."
)
def build(
    issues: tuple[str, ...],
    out: Path | None,
    theme: str,
    names: tuple[str, ...],
    strict: bool,
    draft: bool,
) -> None:
    """Build emails: HTML, plain text, subject and preheader for each ISSUE, with the tags of your
    mailing platform; without one, an .eml file too.

    ISSUE is a file or its name; without one, every issue in issues/ is built. An issue with errors
    is not: all that `newsletter check` finds counts.

    \b
    Example:
      newsletter build 2024-04-round-up --platform mailchimp
    """
    project = project_of(issues)
    stop = Level.WARNING if strict else Level.ERROR
    stop_at(project.problems, stop)
    paths = find(issues, project)
    folder = out or project.root / project.settings.output
    allowed = None if draft else stop
    platforms = known_platforms(names, project)
    done: Iterable[tuple[str, list[Problem]]] = (
        _build_one(path, project, folder / path.stem, theme, platforms, allowed) for path in paths
    )
    if len(paths) >= MANY and sys.stderr.isatty():
        with click.progressbar(done, len(paths), "Building", file=sys.stderr) as bar:
            done = list(bar)  # what there is to say comes after the bar
    everything: dict[Problem, None] = {}  # what is wrong with the settings is told once
    incomplete = False
    for summary, problems in done:
        incomplete = incomplete or not summary
        if summary:
            click.echo(summary)
        new = [problem for problem in problems if problem not in everything]
        tell(problem for problem in new if problem.level > Level.NOTE)
        everything |= dict.fromkeys(new)
    if any(problem.level > Level.NOTE for problem in everything):
        from newsletter.report import counts

        notes = any(problem.level is Level.NOTE for problem in everything)
        more = " (newsletter check shows notes)" if notes else ""
        click.echo(f"{counts(everything)}{more}.", err=True)
    failed = any(problem.level >= stop for problem in everything)
    if (failed and not draft) or incomplete:
        raise SystemExit(1)


def _build_one(
    path: Path,
    project: "Project",
    target: Path,
    theme: str,
    platforms: tuple[str, ...],
    stop: Level | None,
) -> tuple[str, list[Problem]]:
    """Build and write one issue for each platform, but not where a problem of level `stop` stands
    against it.

    Returns what there is to say: a summary, or "" when nothing was written; and the problems.
    """
    from newsletter.check import check_each
    from newsletter.write import remove, write

    problems: dict[Problem, None] = {}
    lines: list[str] = []
    for name, checked in zip(platforms, check_each(path, project, theme, platforms), strict=True):
        result, found = checked[:2]
        problems |= dict.fromkeys(found)
        if not result.email or (stop and any(problem.level >= stop for problem in found)):
            if len(platforms) > 1:
                lines.append(f"  not built for {name}")
            continue
        folder = target / name if len(platforms) > 1 else target
        files = result.files
        try:
            write(folder, files)
            remove(folder, _EMAILS - set(files))
            if folder != target:
                remove(target, _EMAILS)
        except NewsletterError as error:
            return "", [*problems, *error.problems]
        lines += _summary(path, folder, result, files, first=not lines)
    return "\n".join(lines), list(problems)


def _summary(
    path: Path, folder: Path, result: "Result", files: Mapping[str, bytes], first: bool
) -> Iterator[str]:
    from newsletter.render import GMAIL_LIMIT
    from newsletter.report import counted

    weight, issue, profile = result.weight, result.issue, result.profile
    if weight is None or issue is None or profile is None:
        return
    if first:
        entries = counted(weight.entries, "entry")
        yield f"{shown(path)}: {entries}, {counted(issue.link_count, 'link')}"
    file = next(name for name in files if name in _EMAILS)
    size = f"  {shown(folder)}{os.sep}{file}: {len(files[file]):,} bytes"
    if file == "email.html":
        yield f"{size}, {weight.html / weight.budget:.0%} of what its words and links allow"
    else:
        yield size
    if result.platform != "generic":
        yield f"    for {profile.name}: see `newsletter platforms {result.platform}` for what to do"
    if first and file == "email.html":
        yield (
            f"  Gmail cuts emails off at {GMAIL_LIMIT:,} bytes: "
            f"room for about {counted(weight.room, 'more entry')}"
        )
