"""Addresses in; entries for their pages in an issue or in the inbox, and what came of each, out."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from newsletter.addresses import canonical
from newsletter.dates import PartialDate
from newsletter.intake import clean
from newsletter.intake.draft import DraftEntry
from newsletter.intake.insert import UNSORTED, add_to, add_to_inbox
from newsletter.intake.known import Known
from newsletter.intake.lock import locked
from newsletter.live.fetch import NETWORK, Network
from newsletter.model import Issue
from newsletter.pages import Page
from newsletter.pages.forms import entry, in_sentences
from newsletter.pages.gather import Gathered, gathered
from newsletter.problems import Level, NewsletterError, cannot, did_you_mean, shown
from newsletter.project import Project
from newsletter.source import Data, read
from newsletter.values import Language, Line

_LONGEST = 2000  # characters of an address
_MOST_EXAMPLES = 12  # issues that are read to see which form entries have
_LAYOUT = Issue(title=Line("-"), date=PartialDate("2024")).layout
"""How an issue is set that does not say it."""


class Added(NamedTuple):
    """What came of an address. `place` is where its entry stands now, as FILE:LINE, or ""; `words`
    what an editor should know; `failed` that it is not there, and should be; `new_section` that an
    issue had no such section."""

    url: str
    place: str = ""
    title: str = ""
    section: str = ""
    words: str = ""
    failed: bool = False
    new_section: bool = False


class Target(NamedTuple):
    """Where entries go: an issue, or the inbox if `path` is None; and to which section of it, ""
    for what their words choose. `again`: also what is there already."""

    path: Path | None = None
    section: str = ""
    again: bool = False


Sort = Callable[[str, str], str]
"""The section that a title and a text belong to by their words, or ""."""


def unsorted(_title: str, _text: str) -> str:
    """No section."""
    return ""


def add(
    project: Project,
    urls: Sequence[str],
    target: Target,
    today: date,
    *,
    sort: Sort = unsorted,
    network: Network = NETWORK,
    told: Callable[[], None] = lambda: None,
) -> list[Added]:
    """Adds an entry for each of `urls`, in their order. What cannot be had is told, and the others
    are added. Raises NewsletterError when nothing can be: nothing is written then."""
    path = target.path or project.inbox
    _section(target, _headings(_issue(path)), path)  # refuses before anything is asked
    results, asked = _looked_up(urls, target, Known(project))
    found = dict(zip(asked, gathered([*asked.values()], network, told), strict=True))
    with locked(project.root):  # what is known must not change before it is written
        issue = _issue(path)
        headings = _headings(issue)
        section = _section(target, headings, path)
        refused, pages = _judged(found, target, Known(project))
        language, label = _words(issue, project)
        sentences = in_sentences(_examples(issue, target, project))
        new = [
            (
                section or _sorted(page, sort, headings, target),
                entry(page, sentences, label, language),
            )
            for page in pages.values()
        ]
        written = list(_written(project, target, new, today, headings))
    results |= refused
    for (number, page), added in zip(pages.items(), written, strict=True):
        doubt = f"but {page.doubt}" if page.doubt else ""
        results[number] = added._replace(url=page.url, title=page.title, words=doubt)
    return [results[number] for number in range(len(urls))]


def _looked_up(
    urls: Sequence[str], target: Target, known: Known
) -> tuple[dict[int, Added], dict[int, str]]:
    """By their places: those that need not be asked, with the reason; and the others."""
    results: dict[int, Added] = {}
    asked: dict[int, str] = {}
    seen: set[str] = set()
    for number, given in enumerate(urls):
        url, why = checked(given)
        there = "" if why or target.again else known.where(url)
        if why:
            results[number] = Added(given, words=why, failed=True)
        elif canonical(url) in seen:
            results[number] = Added(url, words="it was given twice")
        elif there:
            results[number] = Added(url, words=f"it stands {there} already")
        else:
            asked[number] = url
        seen.add(canonical(url))
    return results, asked


def _judged(
    found: Mapping[int, Gathered], target: Target, known: Known
) -> tuple[dict[int, Added], dict[int, Page]]:
    """By their places: those that are not to be added, with the reason; and the others. Where an
    address led to, the page may be known."""
    results: dict[int, Added] = {}
    pages: dict[int, Page] = {}
    taken: dict[str, str] = {}
    for number, one in found.items():
        if one.page is None:
            results[number] = Added(one.url, words=one.why, failed=True)
            continue
        same = taken.get(canonical(one.page.url))
        there = "" if target.again else known.where(one.page.url)
        if same:
            results[number] = Added(one.url, words=f"it is the same page as {same}")
        elif there:
            results[number] = Added(one.url, words=f"it stands {there} already")
        else:
            taken[canonical(one.page.url)] = one.url
            pages[number] = one.page
    return results, pages


def _written(
    project: Project,
    target: Target,
    new: list[tuple[str, DraftEntry]],
    today: date,
    headings: list[str],
) -> Iterator[Added]:
    if not new:
        return
    path = target.path or project.inbox
    if target.path:
        lines = add_to(target.path, new, root=project.root)
    else:
        lines = add_to_inbox(project, new, today=today)
    for (section, _), line in zip(new, lines, strict=True):
        made = bool(section) and target.path is not None and section not in headings
        yield Added("", f"{shown(path)}:{line}", section=section, new_section=made)


# --- where to ------------------------------------------------------------------------------------


def _issue(path: Path) -> Data:
    """What stands in an issue. Raises NewsletterError if it cannot be read."""
    if not path.exists():
        return None
    source = read(path, shown(path))
    errors = [problem for problem in source.problems if problem.level is Level.ERROR]
    if source.root is None and errors:
        raise NewsletterError(*errors)
    return source.data


def _examples(issue: Data, target: Target, project: Project) -> Iterator[Data]:
    """Issues that may have entries as the editor likes them, the best first: that which an entry
    goes to, and others that are set as it is. What goes to the inbox is for the next issue."""
    if target.path:
        yield issue
    for path in islice(reversed(project.issues), _MOST_EXAMPLES):
        try:
            other = read(path, shown(path)).data
        except NewsletterError:  # it is told when it is built
            continue
        if not target.path or _layout(other) == _layout(issue):
            yield other
    yield issue


def _layout(issue: Data) -> str:
    own = issue.get("layout") if isinstance(issue, dict) else None
    return str(own or _LAYOUT)


def _headings(issue: Data) -> list[str]:
    sections = issue.get("sections") if isinstance(issue, dict) else None
    titles = [one.get("title") for one in sections or [] if isinstance(one, dict)]
    return [" ".join(title.split()) for title in titles if isinstance(title, str)]


def _section(target: Target, headings: list[str], path: Path) -> str:
    """The heading that is meant. Raises NewsletterError for one that is nearly another."""
    wanted = " ".join(target.section.split())
    same = next((one for one in headings if one.casefold() == wanted.casefold()), "")
    near = "" if same or not wanted else did_you_mean(wanted, headings)
    if near:
        raise cannot(
            path,
            "no-file",
            f"there is no section '{wanted}' (did you mean '{near}'?)",
            f"sections are: {', '.join(headings)}",
        )
    return same or wanted


def _sorted(page: Page, sort: Sort, headings: list[str], target: Target) -> str:
    """The section that the words of a page choose: in an issue one that it has."""
    chosen = " ".join(sort(page.title, page.description).split())
    same = next((one for one in headings if one.casefold() == chosen.casefold()), "")
    if same or (chosen and target.path is None):
        return same or chosen
    return UNSORTED if headings or target.path is None else ""


def _words(issue: Data, project: Project) -> tuple[str, str]:
    """The language of an issue, and its label for a link to an article."""
    own = issue.get("language") if isinstance(issue, dict) else None
    language = str(own or project.settings.language)
    try:
        words, _ = project.templates.words(Language(language))
    except NewsletterError:
        words = None
    return language, str(words.read) if words else "Read"


# --- addresses -----------------------------------------------------------------------------------

_BARE = re.compile(r"[^\s/:@?#]+\.[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?")


def checked(given: str) -> tuple[str, str]:
    """An address without what counts readers; and why it cannot be asked, if it cannot."""
    url = given.strip()
    if "://" not in url and _BARE.fullmatch(url):
        url = f"https://{url}"
    if not re.match(r"https?://[^/?#\s]", url, re.IGNORECASE) or re.search(r"\s", url):
        return url, "this is no address of a web page"
    if len(url) > _LONGEST:
        return url, f"this address is longer than {_LONGEST} characters"
    return clean.address(url), ""


_IN_TEXT = re.compile(r"https?://[^\s<>\"“”«»|\\^`{}]+", re.IGNORECASE)


def addresses_in(text: str) -> list[str]:
    """The addresses in a text, in order: one a line, or whatever stands around them."""
    found: list[str] = []
    for line in text.splitlines():
        those = [_trimmed(match[0]) for match in _IN_TEXT.finditer(line)]
        if not those and _BARE.fullmatch(line.strip()):
            those = [line.strip()]
        found += those
    return found


def _trimmed(url: str) -> str:
    """An address without the signs of the sentence that it stands in."""
    url = url[: _unopened(url)]
    end = len(url)
    closing = url.count("]") - url.count("[")  # brackets that were never opened
    while end and (url[end - 1] in ".,;:!?'’*_" or (url[end - 1] == "]" and closing > 0)):
        closing -= url[end - 1] == "]"
        end -= 1
    return url[:end]


def _unopened(url: str) -> int:
    """Where a bracket closes that was never opened, as after the address of a Markdown link; or the
    end."""
    depth = 0
    for at, sign in enumerate(url):
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return at
    return len(url)
