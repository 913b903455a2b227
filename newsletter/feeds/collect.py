"""A newsletter in, the news of its publishers in its inbox out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from newsletter.addresses import canonical
from newsletter.dates import PartialDate
from newsletter.feeds import memory
from newsletter.feeds.ask import LIMITS, Asked, ask
from newsletter.feeds.channel import Channel, Item, plain
from newsletter.feeds.entries import LONG, beginning, entry, publisher
from newsletter.feeds.memory import Memory, Remembered
from newsletter.feeds.sorting import section_of
from newsletter.feeds.stories import Grouped, Story, grouped
from newsletter.intake.draft import Log
from newsletter.intake.insert import add_to_inbox
from newsletter.intake.known import Known
from newsletter.intake.lock import locked
from newsletter.live.fetch import NETWORK, Network
from newsletter.live.limits import Limits
from newsletter.model import Feed, Settings
from newsletter.problems import NewsletterError, cannot, shown
from newsletter.project import SETTINGS, Project
from newsletter.proof.past import past
from newsletter.source import MAX_NODES

FIRST_DAYS = 31
"""Days that are looked back where there is no earlier issue."""

_VALUES_OF_ENTRY = 18  # of those that a file may have
_VALUES_OF_SECTIONS = 400
_FEW = 50  # entries; an inbox without room for so many is full


class Since(NamedTuple):
    """The first day whose news is taken, and why: "the issue 2024-04-round-up is of then"."""

    day: date
    why: str


class Read(NamedTuple):
    """What came of a feed: how many of its stories are new, stand somewhere already, are older, or
    wait for room in the inbox; `said` are sentences (without a full stop) on it, `problem` one that
    says why it could not be read."""

    publisher: str
    url: str
    new: int = 0
    known: int = 0
    older: int = 0
    waiting: int = 0
    unchanged: bool = False
    said: tuple[str, ...] = ()
    problem: str = ""


class Collected(NamedTuple):
    """What came of all: `stories` of several publishers that look like one, by their titles."""

    since: Since
    feeds: tuple[Read, ...]
    stories: tuple[tuple[str, ...], ...] = ()

    @property
    def new(self) -> int:
        """How many entries there are now that were not there."""
        return sum(one.new for one in self.feeds)

    @property
    def failed(self) -> bool:
        """Whether not one feed could be read."""
        return all(one.problem for one in self.feeds)


def collect(
    project: Project,
    now: datetime,
    *,
    since: PartialDate | None = None,
    network: Network = NETWORK,
    limits: Limits = LIMITS,
    told: Callable[[], None] = lambda: None,
) -> Collected:
    """Puts what is new into the inbox. `now` has a time zone; `since` is the first day whose news
    is taken, also what was taken out of the inbox before; `told` is called after each feed.

    Raises NewsletterError when there are no feeds, or the inbox cannot be written: then nothing has
    been, and nothing is remembered.
    """
    feeds = {str(feed.url): feed for feed in project.settings.feeds}
    if not feeds:
        raise _no_feeds(project)
    begin = Since(since.first, "you asked for it") if since else first_day(project, now.date())
    kept = memory.read(project.root)
    # Whoever deletes the inbox begins anew.
    there = project.inbox.is_file()
    before = dict(kept.feeds) if there and not since else {}
    asked = ask(
        list(feeds),
        now=now,
        language=project.settings.language,
        known={url: one for url, one in before.items() if one.since <= begin.day.isoformat()},
        resting=kept.resting,
        network=network,
        limits=limits,
        kept=lambda channel: _needed(channel, begin.day),
        told=told,
    )
    with locked(project.root):  # what is known must not change before it is written
        known = Known(project)
        sifted = list(_sifted(asked, feeds, before, begin.day, known))
        chosen = _chosen(sifted, _room(project))
        stories, groups = _stories(chosen, sifted, project, known)
        new = [(story.section, story.entry) for story in stories]
        if new:
            add_to_inbox(project, new, today=now.date(), first=True)
        if since and there:
            before = dict(kept.feeds)
        _remember(project, kept, before, sifted, chosen, begin.day, now)
    reads = tuple(_told(one, chosen) for one in sifted)
    return Collected(begin, reads, groups)


def _no_feeds(project: Project) -> NewsletterError:
    return cannot(
        shown(project.root / SETTINGS),
        "missing",
        "there are no feeds here",
        "write whose news you follow:\n"
        "  feeds:\n"
        "    - url: https://example.org/feed/\n"
        "      publisher: Example Charity\n"
        "      section: Online Safety",
    )


# Characters of the articles of a feed, and of one of many, that are held until all feeds are read.
_ALL, _LEAST = 600_000, 500


def _needed(channel: Channel, since: date) -> Channel:
    """`channel` with what becomes of it: of an older item nobody will see more than its title, of
    the others how they begin."""
    most = min(LONG, max(_LEAST, _ALL // max(len(channel.items), 1)))
    items = []
    for item in channel.items:
        item = item._replace(image=None, categories=(), author="", others=())
        nameless = not (item.url or item.title)  # known by its words alone
        if item.published and _last(item.published) < since and not nameless:
            item = item._replace(summary="", content="")
        items.append(beginning(item, LONG if nameless else most))
    return channel._replace(items=tuple(items), others=())


# --- which are new --------------------------------------------------------------------------------


def first_day(project: Project, today: date) -> Since:
    """The first day of what the latest issue that is over was about.

    An issue of a month is made before the month ends, and news comes in late. So what was published
    from the first day of that issue's date on is looked at again; what the issue had is known. An
    issue whose date is not over yet may still be written.
    """
    issues = ((path, found.date) for path in project.issues if (found := past(path)) is not None)
    over = [(day.first, path.stem) for path, day in issues if day and day.last < today]
    if not over:
        return Since(today - timedelta(days=FIRST_DAYS), "there is no earlier issue")
    first, name = max(over)
    return Since(first, f"issue {name} begins there")


class _Sifted(NamedTuple):
    asked: Asked
    source: str
    new: tuple[Item, ...] = ()
    known: int = 0
    older: int = 0
    stories: tuple[str, ...] = ()  # what those that are new or known are known by


def _sifted(
    asked: Iterable[Asked],
    feeds: dict[str, Feed],
    before: dict[str, Remembered],
    since: date,
    known: Known,
) -> Iterator[_Sifted]:
    seen: set[str] = set()
    asked = list(asked)
    urls = (item.url for one in asked if one.channel for item in one.channel.items)
    pages = known.pages(url for url in urls if url)
    for one in asked:
        channel = one.channel or Channel()
        named = str(feeds[one.url].publisher) or publisher(channel.title)
        source = " ".join(named.split()) or _host(one.url)
        if one.channel is None:
            yield _Sifted(one, source)
            continue
        remembered = set(before.get(one.url, Remembered()).stories)
        new: list[Item] = []
        counts = {"known": 0, "older": 0}
        keys = [_key(item) for item in channel.items]
        heads = {item.title for item in channel.items if not item.url}
        alike = known.alike(heads) if heads else {}
        stories = []
        for item, key in zip(channel.items, keys, strict=True):
            if not key:
                continue
            if (
                key in seen
                or key in remembered
                or (key in pages if item.url else item.title in alike)
            ):
                counts["known"] += 1
            elif item.published and _last(item.published) < since:
                counts["older"] += 1
                continue
            else:
                new.append(item)
            seen.add(key)
            stories.append(key)
        yield _Sifted(one, source, tuple(new), **counts, stories=tuple(stories))


def _key(item: Item) -> str:
    """What a story is known by: its page, or else its title, or else how it begins."""
    if item.url:
        return canonical(item.url)
    words = item.title or plain(re.sub(r"<[^<>]*>", " ", item.summary or item.content))[:200]
    return f"words: {' '.join(words.casefold().split())}" if words else ""


def _last(published: str) -> date:
    return PartialDate(published).last


def _host(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?([^/:?#]+).*$", r"\1", url, flags=re.IGNORECASE)


Choice = dict[str, tuple[Item, ...]]
"""The items that are taken, by the address of their feed."""


def _chosen(sifted: Sequence[_Sifted], room: int) -> Choice:
    """The newest of what is new, no more than there is room for; of one day, some of each feed."""
    every = [
        (item.published, -place, -number, one.asked.url, item)
        for number, one in enumerate(sifted)
        for place, item in enumerate(one.new)
    ]
    every.sort(key=lambda row: row[:3], reverse=True)
    chosen: dict[str, list[Item]] = {}
    for *_, url, item in every[:room]:
        chosen.setdefault(url, []).append(item)
    return {url: tuple(items) for url, items in chosen.items()}


def _room(project: Project) -> int:
    """How many entries the inbox can take before it has more values than a file may have."""
    try:
        raw = project.inbox.read_bytes()
    except OSError:
        raw = b""
    values = 2 * len(_KEY.findall(raw)) + len(_ITEM.findall(raw)) + _VALUES_OF_SECTIONS
    room = (MAX_NODES - values) // _VALUES_OF_ENTRY
    return room if room > _FEW else 0


_KEY = re.compile(rb"^[ -]*[a-z_]+:", re.MULTILINE)
_ITEM = re.compile(rb"^ *- ", re.MULTILINE)


# --- what they become -----------------------------------------------------------------------------


def _stories(chosen: Choice, sifted: Sequence[_Sifted], project: Project, known: Known) -> Grouped:
    """The entries of what is taken: by section, newest first."""
    settings = project.settings
    feeds = {str(feed.url): feed for feed in settings.feeds}
    found: list[Story] = []
    for one in sifted:
        feed = feeds[one.asked.url]
        for item in chosen.get(one.asked.url, ()):
            made = entry(item, one.source, settings.language, Log(), whole=False)
            section = section_of(made.title, made.text, feed, settings.sort, one.source)
            found.append(Story(section, made))
    order = {heading.casefold(): place for place, heading in enumerate(_headings(settings))}
    found.sort(key=lambda story: story.entry.date, reverse=True)  # stable
    found.sort(key=lambda story: (order.get(story.section.casefold(), len(order)), story.section))
    return grouped(found, known.alike(story.entry.title for story in found))


def _headings(settings: Settings) -> list[str]:
    """The sections that the settings name, in their order."""
    sorts = [*settings.sort, *(one for feed in settings.feeds for one in feed.sort)]
    named = [*(one.section for one in sorts), *(feed.section for feed in settings.feeds)]
    return list(dict.fromkeys(str(heading) for heading in named if heading))


# --- what came of them ----------------------------------------------------------------------------


def _remember(
    project: Project,
    kept: Memory,
    before: Mapping[str, Remembered],
    sifted: Iterable[_Sifted],
    chosen: Choice,
    since: date,
    now: datetime,
) -> None:
    """For the next run. What waits for room, and what is older, is not remembered: it may come."""
    feeds = {}
    resting = {host: until for host, until in kept.resting.items() if until > now.timestamp()}
    for one in sifted:
        url = one.asked.url
        was = before.get(url, Remembered())
        if one.asked.rests:
            resting[one.asked.rests[0]] = one.asked.rests[1]
        if one.asked.channel is None:
            feeds[url] = was
            continue
        taken = chosen.get(url, ())
        waiting = {_key(item) for item in one.new if item not in taken}
        stories = dict.fromkeys((*one.stories, *was.stories))
        whole = not waiting  # only then need it not be sent again
        feeds[url] = Remembered(
            one.asked.etag if whole else "",
            one.asked.modified if whole else "",
            since.isoformat(),
            tuple(story for story in stories if story not in waiting),
        )
    memory.keep(project.root, Memory(feeds, resting))


def _told(one: _Sifted, chosen: Choice) -> Read:
    said = [f"it has moved for good: write {one.asked.moved}"] if one.asked.moved else []
    said += one.asked.noticed
    return Read(
        publisher=one.source,
        url=one.asked.url,
        new=len(chosen.get(one.asked.url, ())),
        known=one.known,
        older=one.older,
        waiting=len(one.new) - len(chosen.get(one.asked.url, ())),
        unchanged=one.asked.unchanged,
        said=tuple(said),
        problem=one.asked.problem,
    )
