"""A newsletter's folder in, its settings, issues and templates out."""

from pathlib import Path
from typing import NamedTuple

from newsletter.loader import load
from newsletter.lookup import Templates, no_such
from newsletter.mend import mended
from newsletter.model import Settings
from newsletter.platforms import Platforms
from newsletter.problems import Level, NewsletterError, Problem, shown
from newsletter.source import Source, parse, read

SETTINGS = "newsletter.yaml"

FOLDER = ".newsletter"
"""What the program keeps for itself in a newsletter's folder: the schemas that the first line of
each YAML file names, and what is remembered of links."""


INBOX = "inbox.yaml"
"""The file in issues/ that `add` and `collect` write to: an issue that is never sent, whose entries
an editor moves to others."""


class Project(NamedTuple):
    """A newsletter's folder: settings, own templates, and what is wrong with them."""

    root: Path
    settings: Settings
    templates: Templates
    problems: tuple[Problem, ...] = ()
    source: Source = parse("", SETTINGS)  # of the settings
    platforms: Platforms = Platforms()

    @property
    def readable(self) -> bool:
        """Whether its settings are known, be it not all of them."""
        failed = any(problem.level is Level.ERROR for problem in self.problems)
        return self.source.root is not None or not failed

    @property
    def issues(self) -> list[Path]:
        """The files of all issues, oldest first. Hidden files and the inbox are none."""
        folder = self.root / "issues"
        files = folder.iterdir() if folder.is_dir() else ()
        return sorted(
            path
            for path in files
            if path.suffix.lower() in (".yaml", ".yml")
            and not path.name.startswith(".")
            and path.name != INBOX
        )

    @property
    def inbox(self) -> Path:
        """The file of what has come in, whether there is one or not."""
        return self.root / "issues" / INBOX

    @property
    def drafts(self) -> list[Path]:
        """All that an editor works on: the issues, and the inbox if there is one."""
        return [*self.issues, *([self.inbox] if self.inbox.is_file() else [])]


def open_project(start: Path) -> Project:
    """The newsletter that the folder `start` belongs to: the nearest folder at or above it that
    has newsletter.yaml, or else the current folder."""
    start = start.absolute()
    found = (folder for folder in (start, *start.parents) if (folder / SETTINGS).is_file())
    return project_at(next(found, None) or Path.cwd())


def project_at(root: Path) -> Project:
    """The newsletter in the folder `root`, whether it has newsletter.yaml or not."""
    templates = Templates(root / "templates")
    platforms = Platforms(root / "platforms")
    path = root / SETTINGS
    try:
        source = read(path, shown(path)) if path.is_file() else parse("", SETTINGS)
    except NewsletterError as error:
        return Project(root, Settings(), templates, error.problems, platforms=platforms)
    settings, problems = load(source, Settings)
    if settings is None:
        settings, source = mended(source, Settings)
    if settings:
        problems += no_such(source, "theme", settings.theme, templates.themes())
        for name in settings.platform.each:
            problems += no_such(source, "platform", name, platforms.names())
    return Project(root, settings or Settings(), templates, tuple(problems), source, platforms)
