"""`newsletter export`: all that is taken to the mailing platform, in one file."""

from pathlib import Path

import click

from newsletter.cli.shared import find, finished, known_platforms, project_of, stop_at
from newsletter.problems import Level, shown


@click.command()
@click.argument("issue", metavar="ISSUE")
@click.option(
    "--platform",
    "names",
    multiple=True,
    metavar="NAME",
    help="For this mailing platform, not for the settings' one; for several with commas.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write here, not to the settings' output folder.",
)
@click.option("--draft", is_flag=True, help="In spite of errors.")
def export(issue: str, names: tuple[str, ...], out: Path | None, draft: bool) -> None:
    """Make a ZIP file of ISSUE: email, plain text, subject, preheader, pictures, and PASTE-ME.txt,
    which says what to do with them.

    \b
    Example:
      newsletter export 2024-05 --platform mailchimp
    """
    from newsletter.export import bundle
    from newsletter.write import write

    project = project_of((issue,))
    stop_at(project.problems, Level.ERROR)
    path = find((issue,), project)[0]
    folder = out or project.root / project.settings.output
    for name in known_platforms(names, project):
        result = finished(path, project, name, draft)
        file = f"{path.stem}-{name}.zip"
        write(folder, {file: bundle(result)})
        click.echo(f"{shown(folder / file)} is ready; PASTE-ME.txt in it says what to do.")
