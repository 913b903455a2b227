"""`newsletter check`: find what should not be sent."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from newsletter.cli.shared import MANY, find, in_colour, known_platforms, project_of
from newsletter.problems import Level, NewsletterError, Problem, shown
from newsletter.report import FORMATS

if TYPE_CHECKING:
    from newsletter.build import Result
    from newsletter.check import Checked
    from newsletter.live.answer import Answers
    from newsletter.project import Project
    from newsletter.proof import Proof
    from newsletter.spam import Score


@click.command()
@click.argument("issues", nargs=-1, metavar="[ISSUE]...")
@click.option("--links", is_flag=True, help="Ask every address on the web whether it answers.")
@click.option("--fresh", is_flag=True, help="With --links: ask again what was asked today.")
@click.option("--delivery", is_flag=True, help="Ask a spam filter (SpamAssassin) on this computer.")
@click.option(
    "--platform",
    "names",
    multiple=True,
    metavar="NAME",
    help="For this mailing platform, not for the settings' one; for several with commas.",
)
@click.option("--fix", is_flag=True, help="Show what can be mended safely, and mend it.")
@click.option("--yes", is_flag=True, help="With --fix: mend it without asking.")
@click.option(
    "--by",
    type=click.Choice(["place", "rule"]),
    default="place",
    help="Order by place in the file, or by rule.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="terminal",
    help="For people, or for programs.",
)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def check(
    issues: tuple[str, ...],
    links: bool,
    fresh: bool,
    delivery: bool,
    names: tuple[str, ...],
    fix: bool,
    yes: bool,
    by: str,
    form: str,
    strict: bool,
) -> None:
    """Find what should not be sent: bad links, stories sent before, slips, a lost footer ...

    ISSUE is a file or its name; without one, every issue in issues/ is checked. `newsletter
    explain RULE` says more about what is found; without --links nothing is asked on the web.

    \b
    Example:
      newsletter check 2024-04 --links
    """
    from newsletter.check import needless

    project = project_of(issues)
    stop = Level.WARNING if strict else Level.ERROR
    problems = list(project.problems)
    found: list[list[Checked]] = []  # of each issue, for each platform
    try:
        paths = list(dict.fromkeys(find(issues, project)))
    except NewsletterError as error:  # whoever asked for JSON is given JSON
        problems += error.problems
        paths = []
    weigher = _Weigher()
    wanted = _Wanted(known_platforms(names, project), links, fresh, delivery)
    if project.readable:  # without settings, what they should say would be told as missing
        found = _all_checked(paths, project, wanted, weigher)
        if fix and _mend([each[0] for each in found], paths, yes):
            found = _all_checked(paths, project, wanted._replace(fresh=False), weigher)
    every = [one for each in found for one in each]
    problems += [*weigher.problems, *(problem for one in every for problem in one.problems)]
    if found and not issues:
        problems += needless(project, every)
    problems = list(dict.fromkeys(problems))  # what is wrong with the settings is told once
    _report(problems, form, by, [each[0] for each in found], weigher.most)
    if any(problem.level >= stop for problem in problems):
        raise SystemExit(1)


class _Wanted(NamedTuple):
    """What an issue is checked for."""

    platforms: tuple[str, ...]
    links: bool
    fresh: bool
    delivery: bool


def _all_checked(
    paths: Sequence[Path], project: "Project", wanted: _Wanted, weigher: "_Weigher"
) -> list[list["Checked"]]:
    """What is found in each issue for each platform, behind a progress bar when there are many."""
    from newsletter.check import check_each

    asked = _asker(project, wanted.fresh) if wanted.links else None
    weighed = weigher.weigh if wanted.delivery else None
    done = (check_each(path, project, "", wanted.platforms, asked, weighed) for path in paths)
    if len(paths) >= MANY and not wanted.links and sys.stderr.isatty():
        with click.progressbar(done, len(paths), "Checking", file=sys.stderr) as bar:
            return list(bar)
    return list(done)


class _Weigher:
    """Asks a spam filter about emails, as they would be sent to a reader."""

    def __init__(self) -> None:
        self.problems: dict[Problem, None] = {}  # why it could not be asked
        self.most: float | None = None  # the points of the email that has most
        self._known: dict[bytes, Score] = {}  # many platforms send the same message
        self._now = datetime.now(UTC)

    def weigh(self, result: "Result") -> "Score | None":
        from newsletter.message import Posting
        from newsletter.spam import score

        message = result.eml(Posting(self._now, ("reader@example.org",)))
        try:
            if not self.problems and message not in self._known:
                self._known[message] = score(message)
        except NewsletterError as error:
            self.problems |= dict.fromkeys(error.problems)
        known = self._known.get(message)
        if known:
            self.most = max(known.total, self.most or known.total)
        return known


def _asker(project: "Project", fresh: bool) -> Callable[["Proof"], "Answers"]:
    """Asks what is behind the links of an issue, behind a progress bar."""
    import time

    from newsletter.live.links import addresses, ask_all

    def asked(proof: "Proof") -> "Answers":
        wanted = addresses(proof)
        if not sys.stderr.isatty():
            return ask_all(wanted, project.root, now=time.time(), fresh=fresh)
        with click.progressbar(
            length=len(wanted), label=f"Asking the links of {proof.source.path}", file=sys.stderr
        ) as bar:
            return ask_all(
                wanted, project.root, now=time.time(), fresh=fresh, told=lambda: bar.update(1)
            )

    return asked


def _mend(found: Sequence["Checked"], paths: Sequence[Path], yes: bool) -> bool:
    """Show what would change in each file and, if that is wanted, change it; whether it was."""
    from newsletter.check.fix import fixed
    from newsletter.report import counted
    from newsletter.write import write

    changed: dict[Path, bytes] = {}
    places = 0
    for path, checked in zip(paths, found, strict=True):
        source = checked.result.source
        if source and checked.edits:
            raw = path.read_bytes().decode("utf-8")
            text, made = fixed(raw, source, checked.edits)
            if made:
                changed[path] = text.encode()
                places += made
                _show_difference(path, raw, text)
    if not changed:
        click.echo("There is nothing that can be mended safely.", err=True)
        return False
    what = f"{counted(places, 'place')} in {counted(len(changed), 'issue')}"
    if not yes and not click.confirm(f"Mend {what}?", err=True):
        return False
    for path, content in changed.items():
        real = path.resolve()  # a link to a file stays one
        write(real.parent, {real.name: content})
    click.echo(f"Mended {what}.", err=True)
    return True


def _show_difference(path: Path, before: str, after: str) -> None:
    import difflib

    colours = {"+": "green", "-": "red", "@": "cyan"}
    name = shown(path)
    for line in difflib.unified_diff(
        before.splitlines(), after.splitlines(), name, name, lineterm="", n=1
    ):
        colour = colours.get(line[:1]) if in_colour(sys.stderr) else None
        click.secho(line, fg=colour, err=True)


def _report(
    problems: Sequence[Problem],
    form: str,
    by: str,
    found: Sequence["Checked"],
    points: float | None,
) -> None:
    """Print the problems. On a terminal the last line counts them."""
    from importlib import import_module

    from newsletter.report import counted, counts, terminal

    if form != "terminal":
        click.echo("\n".join(import_module(f"newsletter.report.{form}").report(problems)))
        return
    colour = in_colour(sys.stdout)
    if by == "rule":
        lines = terminal.by_rule(problems, colour)
    else:
        lines = terminal.report(problems, colour, spaced=True)
    what = counts(problems) or "nothing found"
    issues = f"{counted(len(found), 'issue')} checked"
    if any(one.result.issue is None for one in found):
        issues += ", as far as could be read"
    summary = f"{issues}: {what}."
    if points is not None:
        most = " at most" if len(found) > 1 else ""
        summary += f" SpamAssassin, on this computer, gives {points:.1f} points{most}."
    click.echo("\n".join([*lines, "", summary] if lines else [summary]))
