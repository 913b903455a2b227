"""A web page: an article, a report's own page, news, whatever has a head that says what it is."""

import re
from urllib.parse import urljoin, urlsplit

from newsletter.addresses import canonical, domain, is_home, site
from newsletter.dates import PartialDate
from newsletter.intake import clean, days
from newsletter.intake.sentences import first_sentences
from newsletter.pages import Given, Page
from newsletter.pages.kinds._article import article
from newsletter.pages.kinds._head import Data, Head, decoded, head, long_words, name_of, words
from newsletter.problems import Faults
from newsletter.values import Language

_ARTICLES = (
    "Article", "NewsArticle", "Report", "ReportageNewsArticle", "AnalysisNewsArticle",
    "OpinionNewsArticle", "BackgroundNewsArticle", "BlogPosting", "ScholarlyArticle", "TechArticle",
    "MedicalScholarlyArticle", "LiveBlogPosting", "SocialMediaPosting", "Event",
)  # fmt: skip
_SITES = ("WebSite", "Organization", "NewsMediaOrganization", "NGO", "GovernmentOrganization")
_DATES = (
    "article:published_time", "datepublished", "og:article:published_time",
    "citation_publication_date", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date",
    "govuk:first-published-at", "parsely-pub-date", "sailthru.date", "publish-date", "pubdate",
    "publication_date",
)  # fmt: skip


def fits(given: Given) -> int:
    begin = given.content[:2000].lstrip().lower()
    if "html" in given.kind:
        return 50
    looks = begin.startswith((b"<!doctype html", b"<html")) or b"<head" in begin
    return 40 if looks and not given.kind.startswith(("application/pdf", "image/")) else 0


def read(given: Given) -> Page:
    said = head(given)
    main = main_data(said, given.url)
    names = _names(said, main)
    title, suffix = _title(said, main, given.url, names)
    publisher = next((name for name in names if name), "") or suffix or site(given.url)
    return Page(
        address(given, said),
        title,
        publisher,
        date(said, main, given.url),
        description=description(given, said, main, title),
    )


# --- the address ---------------------------------------------------------------------------------


def address(given: Given, said: Head) -> str:
    """What the page calls its own address, if that can be true; else the one that it was found at.

    Many a site names its home page, or an address of its workshop, on all of its pages.
    """
    found = clean.address(given.url)
    for named in (said.canonical, said.meta("og:url")):
        try:
            url = clean.address(urljoin(given.url, named)) if named else ""
            parts = urlsplit(url)
            path = parts.path
        except ValueError:
            continue
        same = parts.scheme in ("http", "https") and domain(url) == domain(given.url)
        if not same or len(url) > 2000 or not _PUBLIC.fullmatch(parts.netloc.lower()):
            continue
        if parts.scheme == "http" and given.url.startswith("https:"):
            url = f"https{url[4:]}"
        if is_home(url) and not is_home(given.url):
            continue
        # What it calls itself has some part of its path in common with where it stands.
        if canonical(url) == canonical(found) or _alike(path, urlsplit(found).path):
            return url
    return found


# A host without a port, and not the workshop of a site.
_PUBLIC = re.compile(
    r"(?!(?:staging|stage|dev|test|uat|preprod|preview|admin|cms|edit|origin)[.-])"
    r"[^\s:@\[\]]+\.[a-z][^\s.:@\[\]]*"
)


def _alike(one: str, other: str) -> bool:
    parts = (set(filter(None, re.split(r"[/.]", path.lower()))) for path in (one, other))
    first, second = parts
    shared = {part for part in first & second if len(part) > 3 or part.isdigit()}
    return bool(shared) or not second


# --- what it is called ---------------------------------------------------------------------------

_SEPARATOR = re.compile(r"\s+(?:[|·•«»:]{1,2}|[-–—]{1,2}|/)\s+|\s*\|\s*|\s+::\s+")
_SMALL = frozenset(
    ("of", "for", "the", "and", "in", "on", "to", "a", "an", "at", "y", "i", "de", "la", "du")
)


def _names(said: Head, main: Data) -> list[str]:
    """What the site is called, by what is most certain."""
    given = [
        words(said.meta("og:site_name")),
        name_of(main.get("publisher")),
        words(said.meta("application-name", "apple-mobile-web-app-title")),
        *(name_of(node) for node in said.typed("WebSite")),
        words(said.meta("dc.publisher", "dcterms.publisher", "citation_publisher")),
    ]
    return [name for name in given if name and not name.startswith(("@", "http"))]


def _title(said: Head, main: Data, url: str, names: list[str]) -> tuple[str, str]:
    """The title without the site's name, and that name if it stood there."""
    given = [words(said.meta("og:title", "twitter:title")), said.title]
    parts = [without_site(title, url, names) for title in given if title]
    suffix = next((site_name for _, site_name in parts if site_name), "")
    heading = said.heading
    for (title, _), whole in zip(parts, filter(None, given), strict=True):
        if heading and _plain(whole).startswith(_plain(heading)) and _plain(heading):
            return heading, suffix
        if title:
            return title, suffix
    headline = words(main.get("headline") or main.get("name"))
    return headline or heading, suffix


def without_site(title: str, url: str, names: list[str]) -> tuple[str, str]:
    """`title` without the name of the site at its end or its beginning; and that name, or ""."""
    found = list(_SEPARATOR.finditer(title))
    for match in found:  # the longest end that is a name of the site
        if is_site(title[match.end() :], url, names) and title[: match.start()].strip():
            rest, inner = without_site(title[: match.start()].strip(), url, names)
            return rest, title[match.end() :].strip() or inner
    if found and is_site(title[: found[0].start()], url, names):
        return title[found[0].end() :].strip(), title[: found[0].start()].strip()
    return title, ""


def is_site(name: str, url: str, names: list[str]) -> bool:
    """Whether `name` is one of the site at `url`: it says so, or its host does."""
    plain = _plain(name)
    if not plain or len(name.split()) > 8:
        return False
    if plain in {_plain(one) for one in names}:
        return True
    owner = domain(url).partition(".")[0].replace("-", "")
    if plain in (_plain(site(url)), _plain(domain(url)), owner):
        return True
    first, *rest = name.split()
    if len(owner) > 2 and _plain(first) == owner and len(rest) < 3:
        return True  # "NSPCC Learning" at nspcc.org.uk
    initials = "".join(word[0] for word in name.lower().split() if word not in _SMALL)
    return len(owner) > 2 and owner in (initials, "".join(word[0] for word in name.lower().split()))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


# --- its day -------------------------------------------------------------------------------------

_IN_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d|[a-z]{3})/(\d\d)/")
_SHORT = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def date(said: Head, main: Data, url: str) -> str:
    """The day on which it says that it was published; "" rather than a guess."""
    given = [
        main.get("datePublished"),
        main.get("uploadDate"),
        *(said.meta(name) for name in _DATES),
        *said.times,
    ]
    found = next((day for one in given if isinstance(one, str) and (day := _day(one))), "")
    return found or _day_in(urlsplit(url).path)


_FIGURES = re.compile(r"(\d{1,2})[/.-] ?(\d{1,2})[/.-] ?\d{2,4}")


def _day(text: str) -> str:
    text = text.strip()
    figures = _FIGURES.fullmatch(text)
    if figures and int(figures[1]) < 13 and int(figures[2]) < 13 and figures[1] != figures[2]:
        return ""  # it may be the day or the month that comes first
    packed = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    text = "-".join(packed.groups()) if packed else text
    begin = re.match(r"\d{4}-\d{2}-\d{2}(?=[T\s])", text)
    return _sensible(begin[0] if begin else days.day(text[:60], Language("en-GB")))


def _day_in(path: str) -> str:
    match = _IN_PATH.search(path.lower())
    if not match:
        return ""
    month = match[2]
    if month.isalpha():
        if month not in _SHORT:
            return ""
        month = f"{_SHORT.index(month) + 1:02}"
    return _sensible(f"{match[1]}-{month}-{match[3]}")


def _sensible(day: str) -> str:
    """`day`, if there is such a day and it is not what a computer has in place of one."""
    try:
        PartialDate.parse(day)
    except Faults:
        return ""
    return day if "1990" <= day[:4] < "2100" else ""


# --- its data ------------------------------------------------------------------------------------


def main_data(said: Head, url: str) -> Data:
    """What its data says of the page itself, and not of others that it links to."""
    nodes = said.typed(*_ARTICLES)
    own = [node for node in nodes if any(_is_of(node, key, url) for key in _OWN)]
    if own:
        return own[0]
    if len(nodes) == 1:
        return nodes[0]
    title = _plain(f"{said.title} {said.heading}")
    named = [
        node for node in nodes if (line := _plain(words(node.get("headline")))) and line in title
    ]
    if named:
        return named[0]
    pages = [
        node for node in said.typed("WebPage", "ItemPage", "AboutPage") if "datePublished" in node
    ]
    return pages[0] if len(pages) == 1 and not nodes else {}


_OWN = ("url", "mainEntityOfPage", "@id")


def _is_of(node: Data, key: str, url: str) -> bool:
    value = node.get(key)
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    if not isinstance(value, str) or not value.startswith("http"):
        return False
    return canonical(value.partition("#")[0]) == canonical(url.partition("#")[0])


# --- what it is about ----------------------------------------------------------------------------

_ENOUGH = 60  # characters
_MOST = 700
_END = 200  # characters, in which it shows whether a text is cut off
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:read more|continue reading)?\W*$", re.I)


def description(given: Given, said: Head, main: Data, title: str) -> str:
    """Its first two sentences: of what it says of itself or, where that is too little or cut off,
    of its article."""
    claims = (
        said.meta("og:description"),
        said.meta("description"),
        said.meta("twitter:description"),
        main.get("description"),
        said.meta("dc.description", "dcterms.description"),
    )
    given_words = [long_words(claim) for claim in claims]
    good = [claim for claim in given_words if claim and _plain(claim) != _plain(title)]
    whole = next(
        (one for one in good if len(one) >= _ENOUGH and not _CUT_OFF.search(one[-_END:])), ""
    )
    if not whole:
        whole = long_words(article(decoded(given)))
        if _plain(title) and _plain(whole).startswith(_plain(title)):
            whole = whole[len(title) :].lstrip(" .:–—-") if whole.startswith(title) else whole
    if len(whole) < _ENOUGH:
        whole = next((claim for claim in good if len(claim) > len(whole)), whole)
    return short(whole)


def short(text: str) -> str:
    """The first two sentences; cut off where they are endless."""
    found = first_sentences(text, 2)
    if len(found) <= _MOST:
        return found
    return (
        found[: found.rfind(" ", 0, _MOST)] + " …" if " " in found[:_MOST] else found[:_MOST] + "…"
    )
