"""A draft issue in, files out: the issue, its pictures, the schema that its first line names."""

from pathlib import Path

from newsletter import schema
from newsletter.importing import Imported
from newsletter.intake.lock import locked
from newsletter.problems import cannot
from newsletter.project import FOLDER
from newsletter.write import write


def put(path: Path, made: Imported, root: Path) -> None:
    """Write the issue to `path`, and its pictures beside it, in the newsletter in the folder
    `root`. Raises NewsletterError, and writes nothing, when one of them is there already."""
    with locked(root):  # two imports at once
        taken = [path.parent / name for name in made.files if (path.parent / name).exists()]
        if taken:
            raise cannot(
                taken[0], "exists", "there is such a file already",
                "choose another name for the issue with -o FILE",
            )  # fmt: skip
        write(path.parent, made.files)
    if path.parent.resolve() == (root / "issues").resolve():
        write(root / FOLDER, {"issue.schema.json": schema.schema("issue").encode()})
