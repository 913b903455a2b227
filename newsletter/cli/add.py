"""`newsletter add`: addresses of pages, as entries."""

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

from newsletter.cli.shared import MANY, find, project_of


@click.command()
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option("--issue", metavar="ISSUE", help="The issue that they go to.  [default: the inbox]")
@click.option("--section", metavar="HEADING", help="The section of it; made if it is not there.")
@click.option("--again", is_flag=True, help="Also what was sent or is there already.")
@click.option(
    "--bookmarklet",
    is_flag=True,
    help="Print a bookmark for your browser that adds the page you see.",
)
def add(
    urls: tuple[str, ...], issue: str | None, section: str | None, again: bool, bookmarklet: bool
) -> None:
    """Add the pages at URL... as entries to an issue, or to issues/inbox.yaml.

    Each page is fetched for its title, publisher, date and what it says of itself. These are the
    publisher's words: each entry has a note to write your own. What was sent before, or is in a
    draft, is told and not added.

    With "-" addresses are read from standard input: one a line, or any text that has some in it.

    Without --section the words of `sort:` in newsletter.yaml choose among the sections that are
    there; what they do not know goes to the section "To be sorted".

    \b
    Example:
      newsletter add https://example.org/report
      newsletter add --issue 2024-05 --section "Online Safety" - < addresses.txt
    """
    if bookmarklet:
        if urls or issue or section or again:
            raise click.UsageError("--bookmarklet stands alone.")
        _tell_bookmarklet()
        return
    from newsletter.feeds.sorting import by_words
    from newsletter.live import fetch
    from newsletter.pages.adding import Target
    from newsletter.pages.adding import add as added

    addresses = _addresses(urls)
    if not addresses:
        raise click.UsageError("Name the address of a page.")
    project = project_of((issue,) if issue else ())
    path = find((issue,), project)[0] if issue else None
    target = Target(None if path == project.inbox else path, section or "", again)
    with _progress(len(addresses)) as bar:
        found = added(
            project,
            addresses,
            target,
            _today(),
            sort=by_words(project.settings.sort),
            network=fetch.NETWORK,
            told=lambda: bar.update(1) if bar else None,
        )
    for one in found:
        if not one.place:
            click.echo(f"Not added: {_shown(one.url)}: {one.words}.", err=True)
            continue
        new = ", a new section" if one.new_section else ""
        section_of = f" ({one.section}{new})" if one.section else ""
        click.echo(f"{one.place}: {one.title or _shown(one.url)}{section_of}")
        if one.words:
            click.echo(f"Added, {one.words}: {_shown(one.url)}", err=True)
    if any(one.failed for one in found):
        raise SystemExit(1)


def _today() -> Any:
    from datetime import datetime

    return datetime.now().astimezone().date()


def _addresses(urls: tuple[str, ...]) -> list[str]:
    from newsletter.pages.adding import addresses_in

    found: list[str] = []
    for url in urls or (() if sys.stdin.isatty() else ("-",)):
        if url == "-":
            text = sys.stdin.buffer.read(_MOST).decode("utf-8", "replace")
            found += addresses_in(text.removeprefix("\ufeff"))
        else:
            found.append(url)
    return found


_MOST = 5_000_000  # bytes


def _shown(url: str) -> str:
    from newsletter.problems import shortened

    return shortened("".join(sign if sign.isprintable() else "?" for sign in url), 120)


def _progress(count: int) -> AbstractContextManager[Any]:
    if count < MANY or not sys.stderr.isatty():
        return nullcontext()
    return click.progressbar(length=count, label="Reading pages", file=sys.stderr)


def _tell_bookmarklet() -> None:
    from newsletter.preview.bookmarklet import bookmarklet, made_key
    from newsletter.preview.run import PORT

    project = project_of(())
    click.echo(bookmarklet(PORT, made_key(project.root)))
    click.echo(
        "Make a bookmark in your browser with this as its address. While `newsletter preview`\n"
        f"runs, at its usual port {PORT}, it adds the page that you are looking at to the inbox\n"
        "after you have confirmed it. It is for this computer and this newsletter only.",
        err=True,
    )
