"""`newsletter new`: begin an issue."""

import click

from newsletter.cli.shared import find, project_of, tell
from newsletter.problems import shown


@click.command()
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
    from newsletter.project import FOLDER
    from newsletter.write import create, write

    try:
        day = PartialDate.parse(date)
    except Faults as error:
        fault = error.faults[0]
        raise click.BadParameter(
            f"{fault.message}. {fault.hint}".strip(), param_hint="DATE"
        ) from None
    project = project_of((origin,) if origin else ())
    before = find((origin,), project)[0] if origin else next(reversed(project.issues), None)
    issue = None
    if before:
        issue, problems = read_as(before, Issue, shown(before))
        if issue is None:
            tell(problems)
            raise SystemExit(1)
    path = project.root / "issues" / draft.file_name(day, before)
    text = draft.draft(day, issue, before)
    schemas = {
        f"{kind}.schema.json": schema.schema(kind).encode() for kind in ("issue", "settings")
    }
    write(project.root / FOLDER, schemas)
    create(path, text.encode())
    click.echo(f"{shown(path)} is ready to be written.")
