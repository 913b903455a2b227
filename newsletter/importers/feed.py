"""A feed: RSS, Atom or JSON Feed, from a file or an address."""

import re
from collections import Counter

from newsletter.feeds.channel import Channel, Item
from newsletter.feeds.entries import entry, publisher
from newsletter.feeds.parse import parsed
from newsletter.importers import Given
from newsletter.intake.draft import Draft, DraftEntry, DraftSection, Log
from newsletter.problems import cannot

SUFFIXES = (".rss", ".atom", ".rdf", ".xml")

# Characters that are read as HTML, of an article and of all: a million takes four seconds.
_LEAST, _MOST, _ALL = 500, 8_000, 800_000

_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE)
_FIRST = re.compile(
    r"\s*(?:<\?.{0,400}?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^<>]{0,400}>\s*)*", re.DOTALL
)
_PAGE = re.compile(r"<(?:html|body|head)[\s>]", re.IGNORECASE)
_JSON = re.compile(r'\{.*"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', re.DOTALL)
_JSON_ITEMS = re.compile(r'\{.*"items"\s*:\s*\[', re.DOTALL)


def detect(given: Given) -> int:
    """A feed says so in its first element."""
    begin = given.begin.replace("\0", "").lstrip("\ufeff\ufffd \t\r\n")
    if begin.startswith("{"):
        if _JSON.match(begin):
            return 99
        return 40 if _JSON_ITEMS.match(begin) and '"title"' in begin else 0
    first = _FIRST.match(begin)
    if _ROOT.match(begin, first.end() if first else 0):
        return 99
    found = _ROOT.search(begin)
    page = _PAGE.search(begin)
    return 80 if found and not (page and page.start() < found.start()) else 0


def read(given: Given, log: Log) -> Draft:
    """Raises NewsletterError when it cannot be read, or has no item."""
    channel = parsed(
        given.raw,
        log,
        name=given.name,
        address=given.address,
        charset=given.charset,
        language=given.language,
    )
    entries = [(item, _entry(item, channel, given, log)) for item in channel.items]
    entries = [(item, one) for item, one in entries if one.title or one.text or item.url]
    if not entries:
        raise cannot(given.name, "format", "there is nothing in this feed")
    for words in (channel.description, *channel.others):
        log.leave(words, "what the feed says of itself")
    sections = _sections(entries, log)
    pictures = sum(one.image is not None for _, one in entries)
    layout = "briefing" if len(sections) > 1 or sections[0].title else "digest"
    return Draft(
        title=channel.title,
        date=max((item.published for item, _ in entries), default=""),
        layout="bulletin" if pictures * 2 > len(entries) else layout,
        sections=sections,
    )


def _entry(item: Item, channel: Channel, given: Given, log: Log) -> DraftEntry:
    log.leave(item.author, "who wrote it")
    for words in item.others:
        log.leave(words, "what an entry has no place for")
    most = max(_LEAST, min(_MOST, _ALL // len(channel.items)))
    source = publisher(channel.title)
    return entry(item, source, given.language, log, whole=True, most=most)


_NONE = re.compile(r"uncategori[sz]ed|general|allgemein|non classé|sin categoría", re.IGNORECASE)


def _sections(entries: list[tuple[Item, DraftEntry]], log: Log) -> tuple[DraftSection, ...]:
    """The entries by the first of their categories that others have, too. Those that have none
    come first: below a heading they would seem to belong to it."""
    counts = Counter(word for item, _ in entries for word in item.categories)
    found: dict[str, list[DraftEntry]] = {"": []}
    for item, one in entries:
        shared = (w for w in item.categories if counts[w] > 1 and not _NONE.fullmatch(w))
        chosen = next(shared, "")
        found.setdefault(chosen, []).append(one)
        for word in item.categories:
            if word != chosen:
                log.leave(word, "a category, but not the entry's section")
    return tuple(
        DraftSection(title, entries=tuple(those)) for title, those in found.items() if those
    )
