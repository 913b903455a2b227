"""What an issue is set with: settings, layout, theme, language and pictures.

All is taken from the issue's file, so that it is judged in an issue that cannot be loaded, too.
"""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from newsletter import images
from newsletter.compose import Style
from newsletter.dates import name_of
from newsletter.lookup import Look, no_such
from newsletter.model import Image, Issue, Settings, Words
from newsletter.problems import Faults, Level, Problem
from newsletter.project import SETTINGS, Project
from newsletter.source import Source
from newsletter.theme import branded
from newsletter.values import Language


def settings_of(issue: Issue | None, source: Source, settings: Settings) -> Settings:
    """`settings` with those that the issue has otherwise."""
    own = issue.settings if issue else None
    written = source.top("settings")
    if own is None or not isinstance(written, dict):
        return settings
    given = {key: getattr(own, key) for key, value in written.items() if value is not None}
    if "brand" in given:  # a colour of its own does not take the logo away
        brand = settings.brand
        given["brand"] = msgspec.structs.replace(
            brand, colour=own.brand.colour or brand.colour, logo=own.brand.logo or brand.logo
        )
    return msgspec.structs.replace(settings, **given)


def language_of(source: Source, project: Project) -> tuple[Language, Words | None, list[Problem]]:
    """The language of an issue, its labels, and a warning when there are English ones only."""
    templates = project.templates
    own = source.top("language")
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


def style_of(
    source: Source, settings: Settings, words: Words | None, project: Project, theme: str
) -> tuple[Style | None, list[Problem]]:
    """The theme, labels and pictures of an issue, and every problem with its choices.

    `theme` stands in for the one that the issue names. The style is None when one of them is
    missing.
    """
    look, problems = _look(source, project, theme)
    own = branded(look.theme, settings.brand) if look else None
    used = images.wanted(source, Path(source.path).absolute().parent)
    if look and own and own.logo:
        used.append(_logo(own.logo, settings, look, source, project))
    pictures, found = images.pictures(used, project.root, settings.images_url)
    problems += found or _unreachable(used, settings)
    if not look or not own or not words:
        return None, problems
    logo = pictures.pop() if own.logo else None
    by_src = {
        str(want.src): picture for want, picture in zip(used, pictures, strict=False) if picture
    }
    return Style(own, look.rules, look.media, words, by_src, logo), problems


def _logo(
    logo: Image, settings: Settings, look: Look, source: Source, project: Project
) -> images.Wanted:
    """The logo, from the issue's own settings, newsletter.yaml or the theme."""
    if logo is not settings.brand.logo:
        return images.Wanted(logo.src, project.root, look.source, ("logo",))
    if logo is not project.settings.brand.logo:
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
    templates = project.templates
    layout, own = source.top("layout"), source.top("theme")
    problems = []
    if isinstance(layout, str):
        problems += no_such(source, "layout", layout, templates.layouts())
        lacking = templates.lacking(layout)
        if lacking:
            problems[0] = problems[0]._replace(hint=f"its template {lacking} is missing")
    name = theme or (own if isinstance(own, str) else "") or project.settings.theme
    missing = no_such(source, "theme", name, templates.themes(), written=not theme)
    if missing:
        return None, problems + missing
    look, found = templates.theme(name)
    return look, problems + found
