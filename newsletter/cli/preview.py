"""`newsletter preview`: see issues while they are written."""

import click

from newsletter.cli.shared import find, project_of
from newsletter.problems import cannot, shown


@click.command()
@click.argument("issue", required=False, metavar="[ISSUE]")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="Begin at this port of your computer; the next free one is taken.  [default: 8642]",
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.option(
    "--host",
    "everywhere",
    is_flag=True,
    help="For telephones on your network, too; they ask for a key that is shown here.",
)
def preview(issue: str | None, port: int | None, no_open: bool, everywhere: bool) -> None:
    """See issues in the browser as readers will, while you write them, and copy them out.

    ISSUE is a file or its name; without one, the newest is shown. What you save is on the screen
    at once: the email on telephones and desktops, light and dark, its plain text, its row in the
    inbox, and what `newsletter check` finds. Ctrl-C ends it.

    \b
    Example:
      newsletter preview 2024-05
    """
    from urllib.parse import quote

    from newsletter.preview.desk import Desk
    from newsletter.preview.guard import Lock, address, key, names
    from newsletter.preview.run import PORT, listening, open_browser, run
    from newsletter.preview.server import Preview

    project = project_of((issue,) if issue else ())
    wanted = ""
    if issue:
        path = find((issue,), project)[0]
        if path.absolute() not in project.drafts:
            raise cannot(
                path,
                "not-in-issues",
                "the preview shows what is in the folder issues/",
                f"move it to {shown(project.root / 'issues')}",
            )
        wanted = f"#{quote(path.name)}"
    asked = port or PORT
    typed = key() if everywhere else ""
    lock = Lock(typed) if everywhere else None
    sock = listening(asked, "0.0.0.0" if everywhere else "127.0.0.1")  # noqa: S104
    number = sock.getsockname()[1]
    own = f"http://127.0.0.1:{number}/"

    def started() -> None:
        if number != asked:
            click.echo(f"Port {asked} is taken.")
        click.echo(f"Preview: {own}{wanted}")
        if everywhere:
            click.echo(f"On other devices of this network: http://{address()}:{number}/")
            click.echo(f"They ask for the key: {typed}")
        click.echo("Ctrl-C ends it.")
        if not no_open:
            open_browser(f"{own}?key={lock.once}{wanted}" if lock else f"{own}{wanted}")

    run(Preview(Desk(project.root), names(number, everywhere), lock), sock, started)
