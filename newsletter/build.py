"""The way of one issue, from its file to a finished email, step by step.

Nothing here writes: the command does, and a preview keeps the result in memory.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from newsletter import compose, images, render, tags
from newsletter.choices import language_of, settings_of, style_of
from newsletter.compose import Email, Style
from newsletter.loader import load
from newsletter.mend import mended
from newsletter.message import Posting, draft_of, message
from newsletter.model import Issue, PlatformLinks, Settings, Words
from newsletter.platforms import shapes
from newsletter.platforms.fill import Supply, fill, missing, samples, supply
from newsletter.platforms.profile import Profile
from newsletter.problems import Level, NewsletterError, Problem, shown
from newsletter.project import SETTINGS, Project
from newsletter.source import Source, parse, read

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
    platform: str = ""
    profile: Profile | None = None
    left_out: bool = False  # what was wrong, so that this is a draft of what remains
    mjml: str = ""
    neutral: Email | None = None  # the same for every platform: its tags are marks
    supplied: Supply | None = None
    email: Email | None = None  # with the tags of the platform
    weight: Weight | None = None
    images: Mapping[str, bytes] = {}

    @property
    def sample(self) -> Email | None:
        """The email as a reader has it: with sample values in place of tags that only the platform
        could fill."""
        if not (self.neutral and self.supplied and self.settings):
            return None
        return fill(self.neutral, samples(self.supplied, self.settings.address))

    def eml(self, posting: Posting | None = None) -> bytes:
        """The `sample` as a message that can be sent from here."""
        email, settings = self.sample, self.settings
        if not (email and settings and self.supplied and self.issue):
            return b""
        if self.supplied.tags["unsubscribe"].kind == "auto":  # whoever passes it on says how
            settings = msgspec.structs.replace(settings, links=PlatformLinks())
        return message(email, settings, posting or draft_of(self.issue.date), self.images)

    @property
    def files(self) -> dict[str, bytes]:
        """The files that an editor takes to the mailing platform."""
        if not (self.email and self.neutral and self.supplied and self.profile):
            return {}
        return {
            **shapes.files(self.neutral, self.profile, self.supplied),
            "email.txt": self.email.text.encode(),
            "subject.txt": f"{self.email.subject}\n".encode(),
            "preheader.txt": f"{self.email.preheader}\n".encode(),
            **({} if self.supplied.has_tags else {"email.eml": self.eml()}),
            **({} if self.profile.shape == "markdown" else self.images),
        }


def build(
    path: Path, project: Project, theme: str = "", draft: bool = False, platform: str = ""
) -> Result:
    """The email of the issue at `path`, for a `platform` or else the first one of the settings.
    `theme` stands in for the one that the issue names.

    An issue with errors has no email, unless a `draft` is asked for: then what is wrong is left
    out, if enough remains.
    """
    result = rendered(path, project, theme, draft)
    return on(platform or project.settings.platform.each[0], result, project, draft)


def rendered(
    path: Path, project: Project, theme: str = "", draft: bool = False, text: str | None = None
) -> Result:
    """The same, before any platform's tags go in. `text` stands in for what is in the file, such
    as what was there before."""
    problems: list[Problem] = []
    result = Result(())
    try:
        source = read(path, shown(path)) if text is None else parse(text, shown(path))
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
        result = Result(tuple(problems), issue, source, settings, words, left_out=failed)
        if not issue or not style or not issue.all_entries or (failed and not draft):
            return result
        if issue.layout not in project.templates.layouts():
            return result
        if draft:
            style = style._replace(pictures=_with_missing(issue, style))
        composed = compose.compose(issue, settings, style, project.templates)
        html = render.html(composed.mjml, f"layouts/{issue.layout}.mjml")
    except NewsletterError as error:
        return result._replace(problems=(*problems, *error.problems))
    neutral = Email(composed.subject, composed.preheader, html, composed.text, composed.marks)
    return result._replace(mjml=composed.mjml, neutral=neutral, images=images.files(style.shown))


def supplied_by(platform: str, result: Result, project: Project) -> Result:
    """What `rendered` has made of an issue, with what a `platform` supplies; there is none that is
    not known."""
    if platform not in project.platforms.names():  # told with the settings
        return result
    profile, found = project.platforms.profile(platform)
    settings = result.settings
    return result._replace(
        problems=(*result.problems, *found),
        platform=platform,
        profile=profile,
        supplied=supply(profile, settings) if profile and settings else None,
    )


def on(platform: str, result: Result, project: Project, draft: bool = False) -> Result:
    """What `rendered` has made of an issue, for a `platform`."""
    result = supplied_by(platform, result, project)
    neutral, issue, source, profile, supplied = (
        result.neutral, result.issue, result.source, result.profile, result.supplied,
    )  # fmt: skip
    if not (neutral and issue and source and profile and supplied):
        return result
    named = "" if platform == "generic" else profile.name
    lacking = _without_address(missing(neutral, supplied), source, named, project)
    result = result._replace(problems=(*result.problems, *lacking))
    if any(problem.level is Level.ERROR for problem in result.problems) and not draft:
        return result
    email = fill(neutral, supplied)
    return result._replace(email=email, weight=_weigh(email, issue))


def _with_missing(issue: Issue, style: Style) -> dict[str, images.Picture]:
    """The pictures of an issue, with those that there are not."""
    used = (entry.image for entry in issue.all_entries)
    named = {str(image.src): images.Picture(image.src) for image in used if image}
    return {**named, **style.pictures}


def _without_address(
    names: Iterable[str], source: Source, platform: str, project: Project
) -> list[Problem]:
    """The problems of tags that are used, but that nothing stands for on the `platform`, if any."""
    problems = []
    for name in sorted(names):
        file = source if f"[[{name}]]" in source.text else project.source
        at = file.text.find(f"[[{name}]]")
        if name in tags.LINKS:
            message = f"there is no address for [[{name}]]"
            hint = f"give 'links: {name}:' in {SETTINGS}: an address, or your platform's tag"
        else:
            message = f"there is nothing to put in place of [[{name}]]"
            hint = f"write [[{name}|words]], with the words that stand where it is not known"
        if platform:
            message += f" with {platform}"
        file, mark = (file, file.at(at)) if at >= 0 else (source, None)
        problems.append(file.problem(mark, Level.ERROR, "no-address", message, hint))
    return problems


def _weigh(email: Email, issue: Issue) -> Weight:
    addresses = render.link_addresses(email.html)
    content = len(render.visible_text(email.html).encode()) + sum(
        len(address.encode()) for address in addresses
    )
    return Weight(len(email.html.encode()), content, len(issue.all_entries))
