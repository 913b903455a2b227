"""A request of the bookmark in, the page that asks or tells out.

The preview shows, and writes nothing; this is its one exception. Only a bookmark with the key of
the newsletter leads here, only on this computer; it is a page of the preview's own that asks; and
what is written is written when somebody has pressed its button.
"""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from newsletter.preview.bookmarklet import opens
from newsletter.problems import NewsletterError, shortened
from newsletter.project import Project

if TYPE_CHECKING:
    from newsletter.live.fetch import Network
    from newsletter.pages.adding import Added

PATH = "/add"
_PAGE = Path(__file__).parent / "page"
_LONGEST = 2000  # characters of an address that are shown

LONGEST_FORM = 10_000  # bytes


class Adding:
    """The door for the bookmark. Its token is that of the page with the button."""

    def __init__(self, network: "Network | None" = None) -> None:
        self._network = network
        self._token = secrets.token_urlsafe(24)

    def asks(self, project: Project, query: Mapping[str, str]) -> str | None:
        """The page that asks whether a page is to be added, or says why it cannot be; None without
        the right key."""
        if not opens(project.root, query.get("key", "")):
            return None
        from newsletter.pages.adding import Added, checked

        url, title = query.get("url", ""), shortened(query.get("title", ""), 300)
        _, why = checked(url)
        if why:
            return _told(Added(url, title=title, words=why, failed=True))
        return _filled(
            "add.html",
            url=url,
            title=title or "(no title)",
            token=self._token,
            newsletter=project.settings.publication or project.root.name,
        )

    def adds(self, project: Project, form: bytes) -> str | None:
        """Adds what the form says to the inbox, and gives the page that tells of it; None if it is
        not the form of that page."""
        from newsletter.feeds.sorting import by_words
        from newsletter.live.fetch import NETWORK
        from newsletter.pages.adding import Added, Target, add

        given = parse_qs(form.decode("ascii", "ignore"))
        token, url = (given.get(name, [""])[0] for name in ("token", "url"))
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return None
        try:
            sort = by_words(project.settings.sort)
            today = datetime.now().astimezone().date()
            added = add(
                project, [url], Target(), today, sort=sort, network=self._network or NETWORK
            )[0]
        except NewsletterError as error:
            added = Added(url, words=str(error), failed=True)
        return _told(added)


def _told(added: "Added") -> str:
    """The page that tells what came of an address."""
    words = f"{added.words[:1].upper()}{added.words[1:]}." if added.words else ""
    file, _, line = added.place.rpartition(":")
    return _filled(
        "added.html",
        heading="Added" if file else "Not added",
        title=added.title,
        url=shortened(added.url, _LONGEST),
        place=f"It stands in {file}, line {line}." if file else "",
        told=words,
    )


def _filled(name: str, **words: str) -> str:
    """A page with words in it, each in its place once: what they say is no template, and no
    markup."""
    page = (_PAGE / name).read_text("utf-8")
    return re.sub(r"\{(\w+)\}", lambda match: escape(words[match[1]]), page)
