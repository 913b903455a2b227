"""The issues before one, and what of it stands in them already: the memory of what was sent.

There may be hundreds. So their files are searched for what could be meant; only an issue in which
something is found is read, to see whether it is what it seems, and where.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from newsletter.addresses import canonical
from newsletter.dates import PartialDate
from newsletter.markup import Markdown
from newsletter.proof.headlines import (
    MOST_OF_WORD,
    enough,
    least_shared,
    nearest,
    same_headline,
    telling_words,
)
from newsletter.proof.past import ESCAPED, Past, Sent, letters, past, value
from newsletter.source import Source


class Subject(NamedTuple):
    """The subject of an earlier issue, where it gives one."""

    path: Path
    date: PartialDate
    words: str


class Earlier:
    """The issues before one, oldest first."""

    def __init__(self, issues: tuple[Past, ...] = ()) -> None:
        self.issues = issues
        self._pages: dict[frozenset[str], dict[str, Sent]] = {}

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """Their files."""
        return tuple(issue.path for issue in self.issues)

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Their subjects, of those that give one."""
        found = (Subject(issue.path, issue.date, issue.subject) for issue in self.issues)
        return tuple(subject for subject in found if subject.words)

    def pages(self, pages: Iterable[str]) -> dict[str, Sent]:
        """Which of `pages` (see addresses.canonical) were sent before, and where last."""
        wanted = frozenset(pages)
        if wanted not in self._pages:  # two rules ask
            self._pages[wanted] = self._sent(wanted) if wanted else {}
        return self._pages[wanted]

    def has(self, pages: Iterable[str]) -> set[str]:
        """Which of `pages` stand anywhere in their files: quicker than to say where."""
        return set(self._hits(frozenset(pages)))

    def _sent(self, wanted: frozenset[str]) -> dict[str, Sent]:
        hits = self._hits(wanted)
        told = {page: _last(those, _page_in(page)) for page, those in hits.items()}
        return {page: sent for page, sent in told.items() if sent}

    def _hits(self, wanted: frozenset[str]) -> dict[str, dict[Past, bytes]]:
        """The issues whose files have these pages, and how they write them."""
        tails = {ESCAPED, *(tail.encode() for page in wanted for tail in _tails(page))}
        found: dict[str, dict[Past, bytes]] = {}
        for issue in self.issues:
            for tail in tails & issue.addresses.keys():
                for raw in issue.addresses[tail].split():
                    page = canonical(_address(raw))
                    if page in wanted:
                        found.setdefault(page, {})[issue] = raw
        return found

    def headlines(self, headlines: Iterable[str]) -> dict[str, Sent]:
        """Which of `headlines` were sent before, or nearly, and where last."""
        asked = [headline for headline in dict.fromkeys(headlines) if enough(headline)]
        if not asked:
            return {}
        titles: dict[bytes, bytes] = {}  # most headings stand in every issue
        for issue in self.issues:
            titles.update(issue.titles)
        found: dict[str, dict[Past, bytes]] = {}
        for raw, headline in _alike(titles, asked):
            those = (issue for issue in self.issues if raw in issue.titles)
            found.setdefault(headline, {}).update((issue, raw) for issue in those)
        told = {line: _last(hits, _headline_in(line)) for line, hits in found.items()}
        return {headline: sent for headline, sent in told.items() if sent}


def _alike(titles: dict[bytes, bytes], headlines: list[str]) -> Iterator[tuple[bytes, str]]:
    """Each title, as it stands in a file, with each headline that it is nearly the same as.

    Of the words of a headline a title must have most. So it must have one of the few that are
    rarest (among some of the titles); only then it is worth comparing.
    """
    some = islice(reversed(titles.values()), _SOME)
    counts = Counter(chain.from_iterable(map(bytes.split, some)))
    by_word: dict[bytes, list[tuple[str, set[bytes], int]]] = {}
    for headline in headlines:
        telling = set(letters(" ".join(telling_words(headline)).encode()).split())
        least = least_shared(len(telling))
        rare = sorted(telling, key=lambda word: (counts[word], word))
        for word in rare[: len(rare) - least + 1]:
            by_word.setdefault(word, []).append((headline, telling, least))
    rare_words = frozenset(by_word)
    for raw, folded in titles.items():
        words = folded.split()
        if rare_words.isdisjoint(words):
            continue
        near = {
            headline: shared
            for word in rare_words.intersection(words)
            for headline, telling, least in by_word[word][:MOST_OF_WORD]
            if (shared := len(telling.intersection(words))) >= least
        }
        text = value(raw.decode("utf-8", "replace")) if near else ""
        yield from ((raw, one) for one in nearest(near) if same_headline(one, text))


_SOME = 2000


def _last(hits: dict[Past, bytes], within: Callable[[Past], Sent | None]) -> Sent | None:
    """The last of the places where something seems to stand that proves true."""
    for issue in sorted(hits, key=_order, reverse=True):
        sent = within(issue) if issue.source else issue.guess(hits[issue])
        if sent:
            return sent._replace(times=len(hits))
    return None


def _order(issue: Past) -> tuple[PartialDate, str]:
    return issue.date, issue.path.name


def _page_in(page: str) -> Callable[[Past], Sent | None]:
    tails = _tails(page)

    def within(issue: Past) -> Sent | None:
        for spot in issue.spots:
            if spot.field in ("title", "heading"):
                continue
            text = spot.node.text
            if not any(tail in text for tail in tails) and "\\" not in text:
                continue
            if spot.field == "url":
                if canonical(_encoded(text.strip())) == page:
                    return issue.sent(spot, 0)
                continue
            for link in Markdown.as_typed(text).linked:
                if canonical(link.url) == page:
                    return issue.sent(spot, link.start)
        return None

    return within


def _headline_in(headline: str) -> Callable[[Past], Sent | None]:
    def within(issue: Past) -> Sent | None:
        for spot in issue.spots:
            if spot.field in ("title", "heading") and same_headline(headline, spot.node.text):
                return issue.sent(spot, 0)
        return None

    return within


_PLAIN = re.compile(r"[A-Za-z0-9._/~-]*")
_MADE_LONGER = ("amp", "index.html", "index.htm", "index.php", "default.aspx", "default.asp")


def _tails(page: str) -> set[str]:
    """How the addresses of a page can end: what its own files are first searched for."""
    match = _PLAIN.match(page)
    tail = (match[0] if match else "").rstrip("/.").rpartition("/")[2]
    found = {tail, f"{tail}.amp", tail.removesuffix(".html") + ".amp.html", *_MADE_LONGER}
    if "/" not in page:
        found.add(f"www.{tail}")
    video = re.search(r"^youtube\.com/watch\?(?:.*&)?v=([^&]+)", page)
    if video:  # youtu.be/VIDEO, youtube.com/embed/VIDEO
        found.add(video[1])
    return found


def _address(raw: bytes) -> str:
    """An address from a file, without what was written around it."""
    text = _encoded(raw.decode("utf-8", "replace").replace("\\", ""))
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return f"https://{text[:at]}"
    return f"https://{text.rstrip('.,;:!?*_]}')}"


def _encoded(url: str) -> str:
    """`url` with all but ASCII percent-encoded, as it goes into an email."""
    return url if url.isascii() else quote(url, safe=_ASCII)


_ASCII = "".join(map(chr, range(33, 127)))


# --- which are earlier ---------------------------------------------------------------------------


def earlier_issues(
    source: Source, date: PartialDate, paths: Sequence[Path], publication: str = ""
) -> Earlier:
    """Those of `paths` that are earlier than the issue of `date` in `source`.

    Of two issues of one date, the one whose name comes first is the earlier. Issues of another
    newsletter than the issue's own do not count; `publication` is the name of those that name none.
    """
    settings = source.top("settings")
    named = settings.get("publication") if isinstance(settings, dict) else None
    name = " ".join(named.split()) if isinstance(named, str) else publication
    own = Path(source.path).absolute()
    found = []
    for path in paths:
        if path.absolute() == own or (path.name == own.name and _one_file(path, own)):
            continue
        issue = past(path)
        if not issue or (issue.publication or publication) != name:
            continue
        if (issue.date, path.name) < (date, own.name):
            found.append(issue)
    return Earlier(tuple(sorted(found, key=_order)))


def _one_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
