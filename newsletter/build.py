"""The way of one issue, from its file to a finished email, step by step.

Nothing here writes: the command does, and a preview keeps the result in memory.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsletter import compose, images, platforms, render
from newsletter.compose import Composition, Email, Style, alphabetical
from newsletter.dates import name_of
from newsletter.loader import load
from newsletter.lookup import Look, Templates
from newsletter.message import message
from newsletter.model import Image, Issue, Settings, Words
from newsletter.problems import Faults, Level, NewsletterError, Problem, did_you_mean, shown
from newsletter.source import Source, parse, read
from newsletter.theme import branded
from newsletter.values import Language

SETTINGS = "newsletter.yaml"


class Project(NamedTuple):
    """A newsletter's folder: settings, own templates, and what is wrong with them."""

    root: Path
    settings: Settings
    templates: Templates
    problems: tuple[Problem, ...] = ()
    source: Source = parse("", SETTINGS)  # of the settings

    @property
    def issues(self) -> list[Path]:
        """The files of all issues, oldest first. Hidden files are none."""
        folder = self.root / "issues"
        files = folder.iterdir() if folder.is_dir() else ()
        return sorted(
            path
            for path in files
            if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")
        )


class Weight(NamedTuple):
    """How heavy an email's HTML is, in bytes."""

    html: int
    words_and_links: int  # visible text and link addresses: what an email is for
    entries: int

    @property
    def budget(self) -> int:
        """What an email with such words and links may weigh."""
        return 2 * self.words_and_links + 8192

    @property
    def room(self) -> int:
        """About how many more entries fit before Gmail cuts the email off."""
        # An email without entries has about 8 KB; a sentence with a link, about 400 bytes.
        each = max((self.html - 8192) / max(self.entries, 1), 400)
        return max(int((render.GMAIL_LIMIT - self.html) / each), 0)


class Result(NamedTuple):
    """What came of an issue: its email and weight, or None and the reasons."""

    problems: tuple[Problem, ...]
    issue: Issue | None = None
    email: Email | None = None
    weight: Weight | None = None
    eml: Callable[[], bytes] = bytes  # made when it is asked for: a preview has no use for it
    images: Mapping[str, bytes] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The files that an editor takes to the mailing platform."""
        if self.email is None:
            return {}
        return {
            "email.html": self.email.html.encode(),
            "email.txt": self.email.text.encode(),
            "subject.txt": f"{self.email.subject}\n".encode(),
            "preheader.txt": f"{self.email.preheader}\n".encode(),
            "email.eml": self.eml(),
            **self.images,
        }


def open_project(start: Path) -> Project:
    """The newsletter that the folder `start` belongs to: the nearest folder at or above it that
    has newsletter.yaml, or else the current folder."""
    start = start.absolute()
    found = (folder for folder in (start, *start.parents) if (folder / SETTINGS).is_file())
    root = next(found, Path.cwd())
    templates = Templates(root / "templates")
    path = root / SETTINGS
    try:
        source = read(path, shown(path)) if path.is_file() else parse("", SETTINGS)
    except NewsletterError as error:
        return Project(root, Settings(), templates, error.problems)
    settings, problems = load(source, Settings)
    if settings:
        problems += _no_such(source, "theme", settings.theme, templates.themes())
        if "unsubscribe" not in platforms.tags(settings):
            problems.append(
                source.problem(
                    None,
                    Level.WARNING,
                    "no-unsubscribe",
                    "the footer has no unsubscribe link",
                    f"give 'links: unsubscribe:' in {SETTINGS}: an address, or your platform's tag",
                )
            )
    return Project(root, settings or Settings(), templates, tuple(problems), source)


def build(path: Path, project: Project, theme: str = "") -> Result:
    """The email of the issue at `path`. `theme` stands in for the one that the issue names."""
    problems: list[Problem] = []
    try:
        source = read(path, shown(path))
        issue, problems = load(source, Issue)
        settings = _settings(issue, source, project.settings)
        look, found = _look(source, project, theme)
        problems += found
        language, words, found = _language(source, project)
        problems += found
        theme_in_use = branded(look.theme, settings.brand) if look else None
        used = images.wanted(source, path.parent)
        if look and theme_in_use and theme_in_use.logo:
            used.append(_logo(theme_in_use.logo, settings, look, source, project))
        pictures, found = images.pictures(used, project.root, settings.images_url)
        problems += found or _unreachable(used, settings)
        if issue:
            issue = msgspec.structs.replace(issue, language=language)
            problems += _remarks(issue, source, settings, words)
        problems.sort(key=lambda problem: problem.place)
        failed = any(problem.level is Level.ERROR for problem in problems)
        if failed or not (issue and look and theme_in_use and words):
            return Result(tuple(problems), issue)
        logo = pictures[-1] if theme_in_use.logo else None
        own = zip(used, pictures[: -1 if logo else None], strict=False)
        by_src = {str(want.src): picture for want, picture in own if picture}
        style = Style(theme_in_use, look.css, words, by_src, logo)
        values = platforms.tags(settings)
        composed = compose.compose(issue, settings, style, project.templates, frozenset(values))
        missing = _without_address(composed, source, values)
        if missing:
            return Result(tuple(problems + missing), issue)
        html = render.html(composed.mjml, f"layouts/{issue.layout}.mjml")
        neutral = Email(composed.subject, composed.preheader, html, composed.text, composed.marker)
        email = platforms.fill(neutral, values)
    except NewsletterError as error:
        return Result((*problems, *error.problems))
    weight = _weigh(email, issue)
    if weight.html > render.GMAIL_LIMIT:
        problems.append(
            source.problem(
                None,
                Level.WARNING,
                "gmail-cuts",
                f"Gmail will cut this email off: it has {weight.html:,} bytes, and Gmail shows "
                f"{render.GMAIL_LIMIT:,}",
                "leave some entries for the next issue",
            )
        )
    eml = partial(message, email, settings, issue.date, values.get("unsubscribe", ""))
    uploads = images.files(picture for picture in pictures if picture)
    return Result(tuple(problems), issue, email, weight, eml, uploads)


def _settings(issue: Issue | None, source: Source, settings: Settings) -> Settings:
    """`settings` with those that the issue has otherwise."""
    own = issue.settings if issue else None
    written = source.data.get("settings") if isinstance(source.data, dict) else None
    if own is None or not isinstance(written, dict):
        return settings
    given = {key: getattr(own, key) for key, value in written.items() if value is not None}
    return msgspec.structs.replace(settings, **given)


def _language(source: Source, project: Project) -> tuple[Language, Words | None, list[Problem]]:
    """The language of an issue, its labels, and a warning when there are English ones only."""
    templates = project.templates
    own = source.data.get("language") if isinstance(source.data, dict) else None
    try:
        language = Language.parse(own) if isinstance(own, str) else project.settings.language
    except Faults:  # told by the loader
        language = project.settings.language
    words, problems = templates.words(language)
    if words or problems:
        return language, words, problems
    there = source.value(("language",)) if isinstance(own, str) else None
    warning = source.problem(
        there,
        Level.WARNING,
        "no-language",
        f"there are no labels in {name_of(language)}: "
        "'Source', 'Unsubscribe' and the like are English",
        f"languages are: {', '.join(templates.languages())}; "
        f"to add one, write templates/languages/{language.split('-')[0]}.yaml",
    )
    words, problems = templates.words(Language("en"))
    return language, words, [warning, *problems]


def _logo(
    logo: Image, settings: Settings, look: Look, source: Source, project: Project
) -> images.Wanted:
    """The logo, from the issue's own settings, newsletter.yaml or the theme."""
    if logo is not settings.brand.logo:
        return images.Wanted(logo.src, project.root, look.source, ("logo",))
    if settings.brand is not project.settings.brand:
        folder = Path(source.path).absolute().parent
        return images.Wanted(logo.src, folder, source, ("settings", "brand", "logo"))
    return images.Wanted(logo.src, project.root, project.source, ("brand", "logo"))


def _unreachable(used: Sequence[images.Wanted], settings: Settings) -> list[Problem]:
    """The warning that pictures have no address that readers' programs could fetch them from."""
    file = next((want for want in used if want.src.is_file), None)
    if file is None or settings.images_url:
        return []
    problem = file.source.problem(
        file.source.value((*file.steps, "src")),
        Level.WARNING,
        "no-images-url",
        "readers will not see the pictures: they have no public address yet",
        f"give 'images_url' in {SETTINGS}: the https:// address that you upload them to, "
        "or 'images' if they go to your platform with the email",
    )
    return [problem]


def _look(source: Source, project: Project, theme: str) -> tuple[Look | None, list[Problem]]:
    """The theme that an issue is set in, and what is wrong with its choice of layout and theme.

    The names are taken from the file, so that they are judged in an issue that cannot be loaded.
    """
    data = source.data if isinstance(source.data, dict) else {}
    templates = project.templates
    layout, own = data.get("layout"), data.get("theme")
    problems = []
    if isinstance(layout, str):
        problems += _no_such(source, "layout", layout, templates.layouts())
        lacking = templates.lacking(layout)
        if lacking:
            problems[0] = problems[0]._replace(hint=f"its template {lacking} is missing")
    name = theme or (own if isinstance(own, str) else "") or project.settings.theme
    missing = _no_such(source, "theme", name, templates.themes(), written=not theme)
    if missing:
        return None, problems + missing
    look, found = templates.theme(name)
    return look, problems + found


def _no_such(
    source: Source, field: str, name: str, known: list[str], *, written: bool = True
) -> list[Problem]:
    """The problem of a name that is not `known`, if it is not. It stands at its field in the
    file when it was `written` there."""
    if name in known:
        return []
    near = did_you_mean(name, known)
    there = written and source.node((field,)) is not source.root
    problem = source.problem(
        source.value((field,)) if there else None,
        Level.ERROR,
        f"no-{field}",
        f"there is no {field} '{name}'" + (f" (did you mean '{near}'?)" if near else ""),
        f"{field}s are: {', '.join(known)}",
    )
    return [problem]


def _remarks(
    issue: Issue, source: Source, settings: Settings, words: Words | None
) -> list[Problem]:
    """What only the whole issue shows, with its settings."""
    problems: list[Problem] = []

    def add(
        path: tuple[str | int, ...] | None, level: Level, code: str, message: str, hint: str
    ) -> None:
        mark = source.value(path) if path is not None else None
        problems.append(source.problem(mark, level, code, message, hint))

    if not issue.all_entries:
        add((), Level.ERROR, "empty-issue", "this issue has no entries yet", "write the first one")
        return problems
    if issue.lead and not issue.lead.entries and (issue.lead.title or issue.lead.subtitle):
        add(("lead",), Level.NOTE, "empty-section", "the lead has no entries and is left out", "")
    for index, section in enumerate(issue.sections):
        if not section.entries:
            add(
                ("sections", index),
                Level.NOTE,
                "empty-section",
                f"{repr(str(section.title)) if section.title else 'a section'} has no entries "
                "and is left out",
                "",
            )
    if settings.order == "as-written" and issue.layout == "roundup" and words:
        visible = [(i, s) for i, s in enumerate(issue.sections) if s.title and s.entries]
        for (_, before), (index, section) in pairwise(visible):
            if alphabetical(section, words) < alphabetical(before, words):
                add(
                    ("sections", index),
                    Level.NOTE,
                    "section-order",
                    f"'{section.title}' stands after '{before.title}', out of alphabetical order",
                    f"'order: alphabetical' in {SETTINGS} sorts sections for you",
                )
    return problems


def _without_address(
    composed: Composition, source: Source, values: Mapping[str, str]
) -> list[Problem]:
    """The neutral tags that are used, but that nothing stands for."""
    problems = []
    for name in platforms.used(composed):
        if name not in values:
            at = source.text.find(f"[[{name}]]")
            problems.append(
                source.problem(
                    source.at(at) if at >= 0 else None,
                    Level.ERROR,
                    "no-address",
                    f"there is no address for [[{name}]]",
                    f"give 'links: {name}:' in {SETTINGS}: an address, or your platform's tag",
                )
            )
    return problems


def _weigh(email: Email, issue: Issue) -> Weight:
    addresses = render.link_addresses(email.html)
    content = len(render.visible_text(email.html).encode()) + sum(
        len(address.encode()) for address in addresses
    )
    return Weight(len(email.html.encode()), content, len(issue.all_entries))
