"""`newsletter import`: a newsletter that there is already becomes a draft issue."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.shared import project_of, stop_at
from newsletter.problems import Level, did_you_mean, shown
from newsletter.report import counted

if TYPE_CHECKING:
    from datetime import date

    from newsletter.importers import Given
    from newsletter.importing import Imported
    from newsletter.intake.draft import Log
    from newsletter.project import Project


@click.command("import")
@click.argument("source", metavar="FILE|URL|-")
@click.option("-o", "--output", default="", metavar="FILE", help="Write the issue there.")
@click.option(
    "--layout", default="", metavar="LAYOUT", help="For this layout: see `newsletter layouts`."
)
@click.option("--as", "form", default="", metavar="FORMAT", help="Read it as this format.")
@click.option("--report", is_flag=True, help="List every word that was left out, and why.")
def import_(source: str, output: str, layout: str, form: str, report: bool) -> None:
    """Make a draft issue of what you have: a Word document, a web page, an email, a feed,
    bookmarks, Markdown or plain text.

    It is written to issues/, and what is still to be done stands in it as # TODO. Words are never
    lost: what is not in the draft is listed by --report. `-` reads standard input. The feeds of an
    OPML list go to newsletter.yaml.

    Formats for --as: bookmarks, feed, mail, markdown, opml, pinboard, pocket, raindrop, text, web,
    word, wordpress (a feed of it that was copied as text).

    \b
    Example:
      newsletter import "April round-up.docx"
    """
    from newsletter import importers
    from newsletter.importing import files, imported, sources
    from newsletter.live import fetch

    project = project_of(())
    stop_at((p for p in project.problems if p.level is Level.ERROR), Level.ERROR)
    _check_layout(layout, project.templates.layouts())
    if output and Path(output).suffix.lower() not in (".yaml", ".yml"):
        raise click.BadParameter("An issue is called NAME.yaml.", param_hint="-o")
    given = sources.given(source, project.settings.language, layout, fetch.NETWORK)
    form = form or importers.recognised(given)
    if importers.is_list_of_feeds(form):
        if output or layout:
            raise click.UsageError(
                "A list of feeds goes to newsletter.yaml: leave -o and --layout."
            )
        _take_feeds(given, form, project, report)
        return
    target = Path(output) if output else None
    name = target.name if target else ""
    made = imported(given, form, project.settings, _today(), name, sources.folder_of(given))
    path = target or project.root / "issues" / made.name
    if report and path.exists():
        click.echo(f"{shown(path)} is there already: it is left as it is.")
    else:
        files.put(path, made, project.root)
        _tell(path, made)
    if report:
        _report(made.log)


def _today() -> "date":
    from datetime import datetime

    return datetime.now().astimezone().date()


def _check_layout(layout: str, known: list[str]) -> None:
    if layout and layout not in known:
        near = did_you_mean(layout, known)
        words = f"there is no layout '{layout}'" + (f" (did you mean '{near}'?)" if near else "")
        raise click.BadParameter(f"{words}. Layouts are: {', '.join(known)}.", param_hint="LAYOUT")


def _take_feeds(given: "Given", form: str, project: "Project", report: bool) -> None:
    """Put the publishers of a list into the settings."""
    from newsletter.importers import feeds
    from newsletter.intake import insert
    from newsletter.intake.draft import Log
    from newsletter.project import SETTINGS

    log = Log()
    found = feeds(given, form, log)
    added = insert.add_feeds(project, found)
    click.echo(f"{given.name} is a list of feeds.")
    if added:
        path = project.root / SETTINGS
        click.echo(f"{shown(path)}: {counted(len(added), 'feed')} added.")
    if len(added) < len(found):
        click.echo(f"  {counted(len(found) - len(added), 'feed')} stood there already.")
    _tell_log(log)
    if report:
        _report(log)
    if added:
        click.echo("Next: newsletter collect")


def _tell(path: Path, made: "Imported") -> None:
    from newsletter.importers import about, importers

    what = about(importers()[made.format]).rstrip(".")
    click.echo(f"Read as {made.format}: {what[0].lower()}{what[1:]}.")
    sections = len(made.draft.sections) + bool(made.draft.lead)
    within = f" in {counted(sections, 'section')}" if sections > 1 else ""
    layout = f", set as {made.draft.layout}" if made.draft.layout else ""
    click.echo(f"{shown(path)}: {counted(len(made.draft.entries), 'entry')}{within}{layout}.")
    if made.missing:
        those = "link has" if made.missing == 1 else "links have"
        click.echo(f"  {made.missing} {those} no address: look for # TODO and (#)")
    rewrite = sum(bool(entry.todo) for entry in made.draft.entries)
    if rewrite:
        click.echo(f"  {counted(rewrite, 'text')} in the publisher's words: look for # TODO")
    pictures = len(made.files) - 1
    if pictures:
        click.echo(f"  {counted(pictures, 'picture')} saved beside it")
    _tell_log(made.log)
    name = path.stem if path.parent.name == "issues" else shown(path)
    click.echo(f"Next: newsletter preview {name}")


def _tell_log(log: "Log") -> None:
    from newsletter.intake.draft import READ

    for message in dict.fromkeys(log.noticed):
        click.echo(f"  {message}")
    words = sum(len(left.words.split()) for left in log.left if left.why != READ)
    if words:
        click.echo(f"  left out: {counted(words, 'word')} (--report lists them)")


def _report(log: "Log") -> None:
    """What was left out, by the reason."""
    from newsletter.intake.draft import counted as often

    by_reason: dict[str, list[str]] = {}
    for left in log.left:
        by_reason.setdefault(left.why, []).append(left.words)
    for why, words in by_reason.items():
        click.echo(f"\n{why[0].upper()}{why[1:]}:")
        for one, times in often(words):
            click.echo(f"  {one}" + (f" ({times} times)" if times > 1 else ""))
