"""The way of one issue, from its file to a finished email, step by step.

Nothing here writes: the command does, and a preview keeps the result in memory.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsletter import compose, images, platforms, render
from newsletter.choices import language_of, settings_of, style_of
from newsletter.compose import Composition, Email, Style
from newsletter.loader import load
from newsletter.mend import mended
from newsletter.message import message
from newsletter.model import Issue, Settings, Words
from newsletter.problems import Level, NewsletterError, Problem, shown
from newsletter.project import SETTINGS, Project
from newsletter.source import Source, read

_FRAME = 8192  # bytes of an email without entries, about


class Weight(NamedTuple):
    """How heavy an email's HTML is, in bytes."""

    html: int
    words_and_links: int  # visible text and link addresses: what an email is for
    entries: int

    @property
    def budget(self) -> int:
        """What an email with such words and links may weigh."""
        return 2 * self.words_and_links + _FRAME

    @property
    def each(self) -> float:
        """About how many bytes an entry has; a sentence with a link has some 400."""
        return max((self.html - _FRAME) / max(self.entries, 1), 400)

    @property
    def room(self) -> int:
        """About how many more entries fit before Gmail cuts the email off."""
        return max(int((render.GMAIL_LIMIT - self.html) / self.each), 0)


class Result(NamedTuple):
    """What came of an issue: its email and weight, or None and the reasons; and what it was made
    of, for whoever judges it."""

    problems: tuple[Problem, ...]
    issue: Issue | None = None
    source: Source | None = None
    settings: Settings | None = None
    words: Words | None = None
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


def build(path: Path, project: Project, theme: str = "", draft: bool = False) -> Result:
    """The email of the issue at `path`. `theme` stands in for the one that the issue names.

    An issue with errors has no email, unless a `draft` is asked for: then what is wrong is left
    out, if enough remains.
    """
    problems: list[Problem] = []
    result = Result(())
    try:
        source = read(path, shown(path))
        issue, problems = load(source, Issue)
        whole = issue is not None  # what is mended may have had entries
        if issue is None and draft:
            issue, source = mended(source, Issue)
        settings = settings_of(issue, source, project.settings)
        language, words, found = language_of(source, project)
        problems += found
        style, found = style_of(source, settings, words, project, theme)
        problems += found
        if issue:
            issue = msgspec.structs.replace(issue, language=language)
        if issue and whole and not issue.all_entries:
            problems.append(
                source.problem(
                    source.value(()),
                    Level.ERROR,
                    "empty-issue",
                    "this issue has no entries yet",
                    "write the first one",
                )
            )
        problems.sort(key=lambda problem: problem.place)
        failed = any(problem.level is Level.ERROR for problem in problems)
        result = Result(tuple(problems), issue, source, settings, words)
        if not issue or not style or not issue.all_entries or (failed and not draft):
            return result
        if issue.layout not in project.templates.layouts():
            return result
        if draft:
            style = style._replace(pictures=_with_missing(issue, style))
        values = platforms.tags(settings)
        composed = compose.compose(issue, settings, style, project.templates, frozenset(values))
        missing = _without_address(composed, source, values)
        if missing:
            return result._replace(problems=(*problems, *missing))
        html = render.html(composed.mjml, f"layouts/{issue.layout}.mjml")
        neutral = Email(composed.subject, composed.preheader, html, composed.text, composed.marker)
        email = platforms.fill(neutral, values)
    except NewsletterError as error:
        return result._replace(problems=(*problems, *error.problems))
    weight = _weigh(email, issue)
    uploads = images.files(style.shown)
    eml = partial(message, email, settings, issue.date, values.get("unsubscribe", ""), uploads)
    return result._replace(email=email, weight=weight, eml=eml, images=uploads)


def _with_missing(issue: Issue, style: Style) -> dict[str, images.Picture]:
    """The pictures of an issue, with those that there are not."""
    used = (entry.image for entry in issue.all_entries)
    named = {str(image.src): images.Picture(image.src) for image in used if image}
    return {**named, **style.pictures}


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
