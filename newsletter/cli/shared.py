"""What commands share: the newsletter that is meant, its issues, and how problems are told."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from newsletter.problems import Level, Problem, cannot, did_you_mean, shown

if TYPE_CHECKING:
    from newsletter.build import Result
    from newsletter.project import Project

MANY = 6
"""Issues; from here on a terminal sees a progress bar."""


def project_of(issues: tuple[str, ...]) -> "Project":
    from newsletter.project import open_project

    first = Path(issues[0]) if issues else Path()
    return open_project(first.parent if first.is_file() else Path())


def find(names: tuple[str, ...], project: "Project") -> list[Path]:
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
        elif name == project.inbox.stem and project.inbox.is_file():
            found.append(project.inbox)
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


def known_platforms(names: Iterable[str], project: "Project") -> tuple[str, ...]:
    """The platforms that `names` mean, which may have commas in them; without any, those of the
    settings."""
    wanted = [one.strip().lower() for name in names for one in name.split(",")]
    known = project.platforms.names()
    for name in wanted:
        if name not in known:
            near = did_you_mean(name.replace(" ", "-"), known)
            near = near or next((one for one in known if name and name in one), "")
            raise click.BadParameter(
                f"there is no platform '{name}'"
                + (f" (did you mean '{near}'?)" if near else "")
                + ". `newsletter platforms` lists them.",
                param_hint="PLATFORM",
            )
    return tuple(dict.fromkeys(wanted)) or project.settings.platform.each


def finished(path: Path, project: "Project", platform: str, draft: bool) -> "Result":
    """The email of one issue for a platform. What is wrong with it is told, and ends the program
    if it is an error, unless a `draft` is wanted."""
    from newsletter.check import check

    result, problems = check(path, project, platform=platform)[:2]
    tell(problem for problem in problems if problem.level > Level.NOTE)
    failed = any(problem.level is Level.ERROR for problem in problems)
    if result.email is None or (failed and not draft):
        raise SystemExit(1)
    return result


def in_colour(stream: IO[str]) -> bool:
    """Whether `stream` is a terminal that wants colours (https://no-color.org/)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def tell(problems: Iterable[Problem]) -> None:
    """Print problems to standard error."""
    problems = list(problems)
    if problems:
        from newsletter.report.terminal import report

        click.echo("\n".join(report(problems, in_colour(sys.stderr))), err=True)


def stop_at(problems: Iterable[Problem], stop: Level) -> None:
    """Tell the problems of a newsletter's folder, and end if one of level `stop` is among them."""
    problems = list(problems)
    tell(problems)
    if any(problem.level >= stop for problem in problems):
        raise SystemExit(1)
