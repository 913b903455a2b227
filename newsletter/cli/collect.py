"""`newsletter collect`: what publishers have published, from their feeds to the inbox."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import click

from newsletter.cli.shared import project_of, stop_at
from newsletter.problems import Level, shown

if TYPE_CHECKING:
    from newsletter.dates import PartialDate
    from newsletter.feeds.collect import Collected, Read


@click.command()
@click.option(
    "--since",
    default="",
    metavar="DATE",
    help="Take what was published from then on: 2024, 2024-04 or 2024-04-23.",
)
def collect(since: str) -> None:
    """Read the feeds of newsletter.yaml and put what is new into issues/inbox.yaml.

    What the issues or the inbox have already is left out; so is what you have deleted from the
    inbox. Each story goes to a section: that of its words (`sort:`), else that of its feed, else
    one with the publisher's name. Those that look like one story stand together, with a note.

    New is what was published since the latest issue whose date is over, from the first day of
    that date on: after an issue of April, from 1 April, because an issue is made before its month
    ends. Without an earlier issue it is the last 31 days. What has no date is new if it was not
    there before. --since looks at everything from a day on, also at what you have deleted from the
    inbox; so does a run without an inbox.

    \b
    Example:
      newsletter collect --since 2024-04-15
    """
    from datetime import datetime

    from newsletter.feeds import collect as engine
    from newsletter.live import fetch

    project = project_of(())
    stop_at((p for p in project.problems if p.level is Level.ERROR), Level.ERROR)
    day = _day(since)
    with _progress(len(project.settings.feeds)) as bar:
        found = engine.collect(
            project,
            datetime.now().astimezone(),
            since=day,
            network=fetch.NETWORK,
            told=lambda: bar.update(1) if bar else None,
        )
    click.echo("\n".join(_summary(found, shown(project.inbox))))
    if found.failed:
        raise SystemExit(1)


def _day(since: str) -> "PartialDate | None":
    from newsletter.dates import PartialDate
    from newsletter.problems import Faults

    try:
        return PartialDate.parse(since) if since else None
    except Faults as error:
        fault = error.faults[0]
        raise click.BadParameter(
            f"{fault.message}. {fault.hint}".strip(), param_hint="--since"
        ) from None


def _progress(count: int) -> AbstractContextManager[Any]:
    if not count or not sys.stderr.isatty():
        return nullcontext()
    return click.progressbar(length=count, label="Reading feeds", file=sys.stderr)


def _summary(found: "Collected", inbox: str) -> Iterator[str]:
    from newsletter.report import counted

    day = found.since.day
    yield f"Since {day.day} {day:%B %Y} ({found.since.why}):"
    yield ""
    width = min(max(len(one.publisher) for one in found.feeds), 40)
    for one in found.feeds:
        yield f"  {one.publisher:<{width}}  {_came_of(one)}"
        for words in one.said:
            yield f"  {'':<{width}}    {words}"
    if found.stories:
        yield ""
        yield "One story each, by their titles; they stand together in the inbox:"
        for titles in found.stories:
            yield f"  {' / '.join(titles)}"
    yield ""
    waiting = sum(one.waiting for one in found.feeds)
    if waiting:
        yield (
            f"Waiting for room: {counted(waiting, 'entry')}. Clear {inbox}, and run "
            "`newsletter collect` again."
        )
    if found.new:
        yield f"{counted(found.new, 'new entry')} in {inbox}."
    else:
        yield "No feed could be read." if found.failed else "There is nothing new."


def _came_of(one: "Read") -> str:
    if one.problem:
        return f"not read: {one.problem}"
    if one.unchanged:
        return "nothing new since it was read last"
    counts = (
        (one.new, "new"),
        (one.waiting, "waiting for room"),
        (one.known, "known already"),
        (one.older, "older"),
    )
    return ", ".join(f"{count} {words}" for count, words in counts if count) or "it is empty"
