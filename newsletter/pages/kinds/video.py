"""The page of a video, at YouTube or elsewhere."""

import re

from newsletter.addresses import canonical
from newsletter.pages import Given, Page
from newsletter.pages.kinds import html
from newsletter.pages.kinds._head import head, name_of, words

_HOSTS = re.compile(r"(?:youtube\.com/watch\?|(?:player\.)?vimeo\.com/(?:video/)?\d+)")


def fits(given: Given) -> int:
    if not html.fits(given):
        return 0
    if _HOSTS.match(canonical(given.url)):
        return 80
    return 70 if head(given).meta("og:type").lower().startswith("video") else 0


def read(given: Given) -> Page:
    page, said = html.read(given), head(given)
    node = next(iter(said.typed("VideoObject")), {})
    by = said.author or name_of(node.get("author")) or name_of(node.get("creator"))
    return page._replace(
        title=page.title or words(node.get("name")),
        publisher=by or page.publisher,
        date=html.date(said, node, given.url) or page.date,
        description=page.description or html.short(words(node.get("description"))),
        kind="Video",
    )
