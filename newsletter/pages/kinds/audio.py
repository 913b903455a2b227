"""The page of an episode of a podcast, or a recording itself."""

import re

from newsletter.addresses import canonical, site
from newsletter.intake import clean
from newsletter.pages import Given, Page
from newsletter.pages.kinds import html
from newsletter.pages.kinds._head import head, name_of, words
from newsletter.pages.kinds._names import file_name

_HOSTS = re.compile(r"podcasts\.apple\.com/.*[?&]i=|open\.spotify\.com/(?:episode|show)/")
_TYPES = ("PodcastEpisode", "RadioEpisode")


def fits(given: Given) -> int:
    if given.kind.startswith("audio/"):
        return 60
    if not html.fits(given):
        return 0
    said = head(given)
    if said.typed(*_TYPES) or _HOSTS.match(canonical(given.url)):
        return 75
    return 75 if "podcast" in said.meta("og:type").lower() else 0


def read(given: Given) -> Page:
    if not html.fits(given):
        return Page(clean.address(given.url), file_name(given.url), site(given.url), kind="Podcast")
    page, said = html.read(given), head(given)
    node = next(iter(said.typed(*_TYPES)), {})
    series = name_of(node.get("partOfSeries"))
    title, name = html.without_site(page.title, given.url, [series] if series else [])
    return page._replace(
        title=words(node.get("name")) or title,
        publisher=series or name or page.publisher,
        date=html.date(said, node, given.url) or page.date,
        description=page.description or html.short(words(node.get("description"))),
        kind="Podcast",
    )
