"""`newsletter import`: a newsletter that there is already becomes a draft issue."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.shared import project_of, stop_at
from newsletter.problems import Level, cannot, did_you_mean, shown
from newsletter.project import SETTINGS
from newsletter.report import counted

if TYPE_CHECKING:
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
    import datetime

    from newsletter import importers
    from newsletter.importing import imported

    project = project_of(())
    stop_at((p for p in project.problems if p.level is Level.ERROR), Level.ERROR)
    given = _given(source, project, layout)
    form = form or importers.recognised(given)
    if hasattr(importers.importers().get(form), "feeds"):
        _take_feeds(given, form, project, report)
        return
    target = Path(output) if output else None
    folder = None if given.address or source == "-" else Path(source).parent
    today = datetime.datetime.now().astimezone().date()
    name = target.name if target else ""
    made = imported(given, form, project.settings, today, name, folder)
    path = target or project.root / "issues" / made.name
    _write(path, made, project)
    _tell(path, made, given)
    if report:
        _report(made.log)


def _given(source: str, project: "Project", layout: str) -> "Given":
    from newsletter.importers import Given

    language = project.settings.language
    known = project.templates.layouts()
    if layout and layout not in known:
        near = did_you_mean(layout, known)
        words = f"there is no layout '{layout}'" + (f" (did you mean '{near}'?)" if near else "")
        raise click.BadParameter(f"{words}. Layouts are: {', '.join(known)}.", param_hint="LAYOUT")
    if source.lower().startswith(("http://", "https://")):
        url, content = _fetched(source)
        return Given(source, content, language, url, layout)
    return Given(source, _content(source), language, layout=layout)


def _fetched(url: str) -> tuple[str, bytes]:
    """Where redirects lead to, and what stands there."""
    from newsletter.live import fetch
    from newsletter.live.reply import NoReply

    try:
        found = fetch.fetched(url, most=10_000_000, seconds=10, network=fetch.NETWORK)
    except NoReply as fault:
        hint = "open it in your browser, save it as a web page, and import the file"
        raise cannot(url, "no-file", f"this page cannot be read: {fault.words}", hint) from None
    return found.url, found.content


def _content(name: str) -> bytes:
    """What a file holds, or standard input."""
    from newsletter.importing import MOST

    try:
        if name == "-":
            content = sys.stdin.buffer.read(MOST + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MOST + 1)
    except FileNotFoundError:
        raise cannot(name, "no-file", "there is no such file") from None
    except IsADirectoryError:
        raise cannot(name, "no-file", "this is a folder, not a file") from None
    except OSError as error:
        raise cannot(name, "no-file", f"this file cannot be read: {error.strerror}") from None
    if len(content) > MOST:
        raise cannot(
            name, "file-too-large", f"this file is larger than {MOST // 1_000_000} MB",
            "a newsletter is a few pages of text: is this the right file?",
        )  # fmt: skip
    return content


def _write(path: Path, made: "Imported", project: "Project") -> None:
    """The issue and its pictures, and the schema that its first line names."""
    from newsletter import schema
    from newsletter.project import FOLDER
    from newsletter.write import write

    if path.exists():
        raise cannot(
            path, "exists", "there is such a file already", "choose another name with -o FILE"
        )
    taken = [name for name in made.files if name != made.name and (path.parent / name).exists()]
    if taken:
        raise cannot(
            path.parent / taken[0], "exists", "there is such a picture already", "rename it first"
        )
    write(path.parent, made.files)
    if path.parent == project.root / "issues":
        content = schema.schema("issue").encode()
        write(project.root / FOLDER, {"issue.schema.json": content})


def _take_feeds(given: "Given", form: str, project: "Project", report: bool) -> None:
    """Put the publishers of a list into the settings."""
    from newsletter.importers import importers
    from newsletter.intake import insert
    from newsletter.intake.draft import Log

    log = Log()
    feeds = importers()[form].feeds(given, log)
    known = {feed.url for feed in project.settings.feeds}
    new = [feed for feed in feeds if feed.url not in known]
    click.echo(f"{given.name} is a list of feeds.")
    path = project.root / SETTINGS
    if new:
        insert.add_feeds(project, new)
        click.echo(f"{shown(path)}: {counted(len(new), 'feed')} added.")
    if len(new) < len(feeds):
        click.echo(f"  {counted(len(feeds) - len(new), 'feed')} stood there already.")
    _tell_log(log)
    if report:
        _report(log)
    if new:
        click.echo("Next: newsletter collect")


def _tell(path: Path, made: "Imported", given: "Given") -> None:
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
