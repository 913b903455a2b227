"""What came of an issue in; what the page is told of it, in plain values for JSON, out."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from newsletter.build import Result
from newsletter.compose import in_order
from newsletter.dates import PartialDate
from newsletter.message import sender_of
from newsletter.platforms import shapes
from newsletter.platforms.fill import fill
from newsletter.platforms.shapes import rendered_fragment
from newsletter.platforms.steps import how_to_paste
from newsletter.preview import weight
from newsletter.preview.changes import Change, changes
from newsletter.preview.desk import Look, Row
from newsletter.preview.history import Committed
from newsletter.preview.places import Place, place_of, places
from newsletter.preview.views import web_pictures
from newsletter.problems import Faults, Problem
from newsletter.project import Project
from newsletter.proof import items_of, sections_of
from newsletter.render import GMAIL_LIMIT
from newsletter.source import Steps


class Listed(Struct, frozen=True):
    """An issue in the list."""

    name: str
    title: str
    date: str  # ISO, as exact as it is known
    day: str  # in words
    problems: tuple[int, int, int] | None  # errors, warnings, notes


class Platform(Struct, frozen=True):
    """A mailing platform in the picker."""

    name: str
    label: str


class Newsletter(Struct, frozen=True):
    """What the page is told of the newsletter."""

    publication: str
    folder: str
    issues: list[Listed]
    platform: str  # the first of the settings


class Told(Struct, frozen=True):
    """A problem. `place` is the number of the part of the email that it belongs to."""

    level: str
    code: str
    message: str
    hint: str
    suggestion: str
    path: str
    file: str  # the whole path, for editors' programs
    line: int | None
    column: int | None
    excerpt: str
    place: int | None


class Part(Struct, frozen=True):
    """A part of the issue, and by what it is found in the email."""

    kind: str
    name: str
    line: int
    end: int
    prints: tuple[str, ...]
    image: str
    facts: tuple[str, ...]
    rank: int  # among those of the email: entries may be alike to the letter
    change: str  # new, changed, moved, gone, or ""


class Inbox(Struct, frozen=True):
    """What an inbox shows before an email is opened."""

    sender: str
    address: str
    subject: str
    preheader: str


class Weight(Struct, frozen=True):
    """How heavy the email is, in bytes, and how long."""

    html: int
    limit: int
    room: int  # about how many more entries fit
    parts: list[weight.Part]
    entries: int
    links: int
    words: int
    minutes: int


class Copies(Struct, frozen=True):
    """What is copied: for a platform, with its tags."""

    file: str  # the name of what goes into "paste in code"
    source: str
    rich: str
    text: str
    subject: str
    preheader: str
    how: list[str]  # to paste it, in lines
    pictures_left: int  # that no address leads to, so that they do not go along with `rich`


class Shown(Struct, frozen=True):
    """What the page is told of an issue."""

    name: str
    stamp: int
    state: str
    title: str
    day: str
    file: str
    platform: str
    problems: list[Told]
    parts: tuple[Part, ...]
    inbox: Inbox | None
    weight: Weight | None
    copies: Copies | None
    text: str  # as readers have it
    web_pictures: int  # that no computer has looked for


class Compared(Struct, frozen=True):
    """What the page is told of an issue beside what was committed; `missing` says why it is not."""

    day: str = ""
    missing: str = ""
    head: tuple[str, ...] = ()  # the fields of the issue itself that have changed
    before: tuple[Part, ...] = ()
    now: tuple[Part, ...] = ()


def newsletter(project: Project, rows: Iterable[Row]) -> Newsletter:
    """What the page is told of a newsletter whose issues are `rows`."""
    language = project.settings.language
    return Newsletter(
        project.settings.publication or project.settings.sender or project.root.name,
        str(project.root),
        [listed(row, language) for row in rows],
        project.settings.platform.each[0],
    )


def platforms(project: Project) -> list[Platform]:
    """The mailing platforms to choose from."""
    names = project.platforms.names()
    profiles = [project.platforms.profile(name)[0] for name in names]
    return [
        Platform(name, profile.name if profile else name)
        for name, profile in zip(names, profiles, strict=True)
    ]


def listed(row: Row, language: str) -> Listed:
    """An issue in the list, with its day in words."""
    try:
        day = PartialDate.parse(row.day).format(language=language)
    except Faults:  # an editor may be in the middle of typing it
        day = str(row.day)
    return Listed(row.name, row.title, row.day, day, row.problems)


def shown(look: Look, problems: Iterable[Problem], path: Path, root: Path) -> Shown:
    """What the page is told of the issue at `path`, in the newsletter's folder `root`."""
    result, now = look.shown, look.now
    placed = now if now.issue else result  # a file that cannot be read has the places of before
    found = _places(placed)
    issue, settings, sample = result.issue, result.settings, result.sample
    inbox = None
    if sample and settings:
        sender = settings.sender or settings.publication
        inbox = Inbox(sender, sender_of(settings), sample.subject, sample.preheader)
    return Shown(
        name=path.name,
        stamp=look.stamp,
        state=look.state,
        title=issue.title if issue else path.stem,
        day=issue.date.format(language=issue.language) if issue else "",
        file=str(path),
        platform=result.platform,
        problems=[_told(problem, path, root, found) for problem in problems],
        parts=_parts(placed, found, {}),
        inbox=inbox,
        weight=_weight(result),
        copies=_copies(result),
        text=sample.text if sample else "",
        web_pictures=web_pictures(sample.html, pictures(result, "")) if sample else 0,
    )


_HEAD = ("title", "date", "number", "subject", "preheader", "intro", "outro", "layout", "theme")


def compared(now: Result, was: Result | None, file: Committed) -> Compared:
    """What the page is told of an issue and of what it was in a commit."""
    if was is None or was.issue is None or now.issue is None:
        return Compared(file.day, file.missing or "what was committed cannot be read")
    of_old, of_new = changes(was.issue, now.issue)
    day = file.day and PartialDate(file.day).format()
    head = tuple(name for name in _HEAD if getattr(was.issue, name) != getattr(now.issue, name))
    return Compared(
        day, "", head, _parts(was, _places(was), of_old), _parts(now, _places(now), of_new)
    )


def code(look: Look, kind: str) -> str:
    """The text of a tab: what is copied ("html"), "mjml", or the file ("yaml")."""
    result = look.shown
    if kind == "yaml":
        return look.now.source.text if look.now.source else ""
    if kind == "mjml":
        return result.neutral.marks.neutral(result.mjml) if result.neutral else ""
    made = _copies(result)
    return made.source if made else ""


def pictures(result: Result, at: str) -> dict[str, str]:
    """Where the page finds each picture that is a file, by the address that readers have: `at`
    with its name in place of {}."""
    if result.settings is None:
        return {}
    names = (name.rpartition("/")[2] for name in result.images)
    return {result.settings.images_url.of(name): at.format(quote(name)) for name in names}


def _places(result: Result) -> tuple[Place, ...]:
    issue, source, settings = result.issue, result.source, result.settings
    return places(issue, source, settings.date_format) if issue and source and settings else ()


def _parts(
    result: Result, found: tuple[Place, ...], became: Mapping[Steps, Change]
) -> tuple[Part, ...]:
    ranks = _ranks(result)
    return tuple(
        Part(
            kind=place.kind,
            name=place.name,
            line=place.line,
            end=place.end,
            prints=place.prints,
            facts=place.facts,
            rank=ranks.get(place.steps, 0),
            image=quote(place.image.rpartition("/")[2]),
            change=became.get(place.steps, ""),
        )
        for place in found
    )


def _ranks(result: Result) -> dict[Steps, int]:
    """The number of each entry in the order of the email, by its place in the file."""
    issue, settings, words = result.issue, result.settings, result.words
    if not (issue and settings and words):
        return {}
    ranks = {id(entry): n for n, entry in enumerate(in_order(issue, settings, words).all_entries)}
    return {
        item.steps: ranks[id(item.entry)] for item in items_of(issue) if id(item.entry) in ranks
    }


def _told(problem: Problem, path: Path, root: Path, found: tuple[Place, ...]) -> Told:
    line, column = problem.mark or (None, None)
    file = Path(problem.path).absolute()
    own = file == path.absolute()
    return Told(
        level=problem.level.word,
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        suggestion=problem.suggestion,
        path=str(file.relative_to(root)) if file.is_relative_to(root) else problem.path,
        file=str(file),
        line=line,
        column=column,
        excerpt=problem.excerpt,
        place=place_of(line, found) if own and line else None,
    )


def _weight(result: Result) -> Weight | None:
    email, issue, known = result.email, result.issue, result.weight
    if not (email and issue and known):
        return None
    headings = [part.title for _, part in sections_of(issue) if part.title and part.entries]
    words = weight.words(email.html)
    return Weight(
        html=known.html,
        limit=GMAIL_LIMIT,
        room=known.room,
        parts=weight.parts(email.html, headings),
        entries=known.entries,
        links=issue.link_count,
        words=words,
        minutes=weight.minutes(words),
    )


def _copies(result: Result) -> Copies | None:
    email, profile = result.email, result.profile
    if not (email and profile and result.neutral and result.supplied):
        return None
    name, content = next(iter(shapes.files(result.neutral, profile, result.supplied).items()))
    on_the_web = result.settings and result.settings.images_url.startswith("http")
    page = rendered_fragment.shaped(result.neutral.html)
    return Copies(
        file=name,
        source=content.decode(),
        rich=fill(result.neutral._replace(html=page), result.supplied).html,
        text=email.text,
        subject=email.subject,
        preheader=email.preheader,
        how=how_to_paste(profile),
        pictures_left=0 if on_the_web else len(result.images),
    )
