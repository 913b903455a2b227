"""A newsletter's folder in; its issues, and what came of each just now, out.

One thread works here, and nobody else's.
"""

import gc
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from newsletter.build import Result, on, rendered, supplied_by
from newsletter.check import judged
from newsletter.dates import PartialDate
from newsletter.problems import Level, NewsletterError, Problem
from newsletter.project import Project, open_project, project_at
from newsletter.source import read

KEPT = 8
"""Issues whose emails are kept: those that somebody looks at."""

_SUFFIXES = (".yaml", ".yml")

State = Literal["now", "before", "draft", "nothing"]
"""What is on the screen: the issue as it is, as it was before a mistake, as far as it can be read,
or nothing."""


Counts = tuple[int, int, int]
"""How many errors, warnings and notes there are."""


class Row(NamedTuple):
    """An issue in the list. `day` is as exact as it is known; `problems` is None until somebody has
    looked."""

    name: str  # of its file
    title: str
    day: PartialDate
    problems: Counts | None = None


class Look(NamedTuple):
    """What came of an issue, for a platform or before any has to do with it: `now` is what is so
    now, `shown` what is on the screen."""

    stamp: int  # another one when anything has changed
    now: Result
    shown: Result
    state: State


class Desk:
    """The issues of a newsletter, as they are while somebody writes."""

    def __init__(self, start: Path) -> None:
        self.project: Project = open_project(start)
        self._stamp = self._all_since = time.time_ns() // 1_000_000  # never one of an earlier run
        self._stamps: dict[str, int] = {}  # of those that have changed since all of them did
        self._rows: dict[str, tuple[tuple[int, int], Row]] = {}
        self._counts: dict[str, tuple[int, Counts]] = {}
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        self._unsettled: dict[str, tuple[PartialDate, str] | None] = {}
        self.builds = 0

    @property
    def root(self) -> Path:
        """The newsletter's folder."""
        return self.project.root

    def path(self, name: str) -> Path | None:
        """The file of the issue called `name`, if there is such an issue. Nothing else in the
        folder has a name here."""
        return next((path for path in self._paths() if path.name == name), None)

    def _paths(self) -> Iterator[Path]:
        """The files of all issues and the inbox, but for those that are elsewhere, and only linked
        to."""
        inside = [folder.resolve() for folder in (self.root, self.root / "issues")]
        for path in self.project.drafts:
            try:
                path.name.encode()
                real = path.resolve()
                there = real.is_file() or real.is_dir()  # nothing that is waited for
            except (OSError, RuntimeError, UnicodeError):  # a link to itself, no name
                continue
            if there and any(real.is_relative_to(folder) for folder in inside):
                yield path

    def rows(self) -> list[Row]:
        """All issues, newest first."""
        made = []
        for path in self._paths():
            row = self._row(path)
            counted = self._counts.get(path.name)
            if counted and counted[0] == self.stamp(path.name):
                row = row._replace(problems=counted[1])
            made.append(row)
        return sorted(made, key=lambda row: (row.day, row.name), reverse=True)

    def stamp(self, name: str) -> int:
        """A number that is another one when what came of an issue may have changed."""
        return self._stamps.get(name, self._all_since)

    def changed(self, paths: Iterable[Path]) -> set[str] | None:
        """Takes note that files have changed, and tells which issues that is for: None for all."""
        paths = list(paths)
        self._stamp += 1
        if not all(map(self._is_issue, paths)):
            self.project = project_at(self.root)
            self._stamps.clear()
            self._all_since = self._stamp
            return None
        names = {path.name for path in paths}
        self._stamps |= dict.fromkeys(names, self._stamp)
        for name in names:
            self._unsettled.setdefault(name, self._order(name))
        return names

    def settle(self) -> set[str]:
        """Takes note of what the changes so far mean for other issues, and tells for which: what
        was sent before is told of those that come after."""
        before, self._unsettled = self._unsettled, {}
        if not before:
            return set()
        now = {row.name: self._order(row.name) for row in self.rows()}
        orders = [*before.values(), *(now.get(name) for name in before)]
        known = [order for order in orders if order]
        since = min(known) if known else None
        after = {name for name, order in now.items() if since and order and order >= since}
        later = after - set(before)
        self._stamps |= dict.fromkeys(later, self._stamp)
        for name in set(before) - set(now):
            self._forget(name)
        return later

    def email(self, name: str, platform: str = "") -> Result | None:
        """What is shown of the issue called `name`, as soon as it can be: as far as `sample`."""
        drawn = self._drawn(name)
        return supplied_by(self._or_first(platform), drawn.shown, self.project) if drawn else None

    def look(self, name: str, platform: str = "") -> Look | None:
        """What came of the issue called `name` for a platform, or for the first of the settings."""
        drawn = self._drawn(name)
        if drawn is None:
            return None
        platform = self._or_first(platform)

        def made(result: Result) -> Result:
            return on(platform, result, self.project, draft=True)

        def look() -> Look:
            now = made(drawn.now)
            shown = now if drawn.shown is drawn.now else made(drawn.shown)
            return Look(drawn.stamp, now, shown, drawn.state)

        return self._seen[name].once(drawn.stamp, f"look {platform}", look)

    def problems(self, name: str, look: Look) -> tuple[Problem, ...]:
        """All that is wrong with an issue, and with the settings."""

        def found() -> tuple[Problem, ...]:
            problems = (*self.project.problems, *judged(look.now, self.project).problems)
            return tuple(dict.fromkeys(problems))

        platform = look.now.platform
        problems = self._seen_of(name).once(look.stamp, f"problems {platform}", found)
        if platform == self._or_first(""):
            self._counts[name] = (look.stamp, counts(problems))
        return problems

    def commit(self, name: str, text: str) -> None:
        """Takes note of what the file of the issue called `name` was in the last commit."""
        self._seen_of(name).committed = text

    def committed(self, name: str, platform: str = "") -> Result | None:
        """What came of the issue as it was committed, in today's settings; None if that is not
        known."""
        path = self.path(name)
        if path is None:
            return None
        seen = self._seen_of(name)
        text = seen.committed
        if text is None:
            return None

        def was() -> Result:
            return rendered(path, self.project, draft=True, text=text)

        result = seen.once(self.stamp(name), f"committed {text}", was)
        return on(self._or_first(platform), result, self.project, draft=True)

    def uncounted(self) -> tuple[Path, int] | None:
        """The newest issue whose problems nobody has counted since it changed, if there is one:
        its file and stamp."""
        name = next((row.name for row in self.rows() if row.problems is None), None)
        path = self.path(name) if name else None
        return (path, self.stamp(path.name)) if path else None

    def count(self, name: str, stamp: int, found: Counts) -> None:
        """Takes note of how many problems an issue had at a `stamp`."""
        self._counts[name] = (stamp, found)

    def tidy(self) -> None:
        """Frees the memory of what was shown before. Parsed emails refer to themselves in circles,
        and Python would let a hundred of them pile up before it looked."""
        gc.collect()

    def _or_first(self, platform: str) -> str:
        known = platform in self.project.platforms.names()
        return platform if known else self.project.settings.platform.each[0]

    def _seen_of(self, name: str) -> "_Seen":
        """What is kept of an issue that somebody looks at; the one that was not looked at for
        longest is forgotten."""
        seen = self._seen.setdefault(name, _Seen())
        self._seen.move_to_end(name)
        while len(self._seen) > KEPT:
            self._seen.popitem(last=False)
        return seen

    def _drawn(self, name: str) -> Look | None:
        path = self.path(name)
        if path is None:
            return None
        seen, stamp = self._seen_of(name), self.stamp(name)

        def draw() -> Look:
            self.builds += 1
            now = rendered(path, self.project, draft=True)
            if now.neutral and not now.left_out:
                seen.good = now
                return Look(stamp, now, now, "now")
            if seen.good:
                return Look(stamp, now, seen.good, "before")
            return Look(stamp, now, now, "draft" if now.neutral else "nothing")

        return seen.once(stamp, "drawn", draw)

    def _is_issue(self, path: Path) -> bool:
        return path.parent == self.root / "issues" and path.suffix.lower() in _SUFFIXES

    def _order(self, name: str) -> tuple[PartialDate, str] | None:
        """The key that puts issues in their order, once it is known."""
        known = self._rows.get(name)
        return (known[1].day, name) if known else None

    def _forget(self, name: str) -> None:
        for kept in (self._rows, self._counts, self._seen, self._stamps):
            kept.pop(name, None)

    def _row(self, path: Path) -> Row:
        try:
            stat = path.stat()
            state = (stat.st_mtime_ns, stat.st_size)
        except OSError:
            state = (0, 0)
        known = self._rows.get(path.name)
        if known and known[0] == state:
            return known[1]
        title, day = path.stem, ""
        try:
            source = read(path)
        except NewsletterError:  # told when it is looked at
            pass
        else:
            title, day = (_text(source.top("title")) or path.stem), _text(source.top("date"))
        if known:  # a slip takes no title away
            title = known[1].title if title == path.stem else title
            day = day or known[1].day
        row = Row(path.name, title, PartialDate(day))
        self._rows[path.name] = (state, row)
        return row


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def counts(problems: Iterable[Problem]) -> Counts:
    """How many of each level there are."""
    levels = [problem.level for problem in problems]
    return levels.count(Level.ERROR), levels.count(Level.WARNING), levels.count(Level.NOTE)


_T = TypeVar("_T")


class _Seen:
    """What is kept of one issue: what came of it as it is now, the last email without a mistake,
    and what was committed."""

    def __init__(self) -> None:
        self.good: Result | None = None
        self.committed: str | None = None  # the text of the file
        self._stamp = 0
        self._made: dict[str, Any] = {}

    def once(self, stamp: int, what: str, make: Callable[[], _T]) -> _T:
        """What `make` gives, made once for each `stamp` of the issue."""
        if stamp != self._stamp:
            self._stamp = stamp
            self._made.clear()
        if what not in self._made:
            self._made[what] = make()
        made: _T = self._made[what]
        return made
