"""The words of a story in, the section that it goes to out."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from newsletter.model import Feed, SectionWords


def by_words(sort: Sequence[SectionWords]) -> Callable[[str, str], str]:
    """A function that gives the section that a title and a text belong to by their words, or "".

    Words are whole words, in any case. Of several that stand there the longest chooses, and of
    those that are as long the one that comes first in the settings; what stands in the title comes
    before what stands in the text.
    """
    words = [(one.section, word) for one in sort for word in one.words if word.strip()]
    words.sort(key=lambda pair: -len(pair[1]))  # stable: the order of the settings stays

    def section(title: str, text: str) -> str:
        for where in (title, text):
            for heading, word in words:
                if _pattern(word).search(where):
                    return str(heading)
        return ""

    return section


def section_of(title: str, text: str, feed: Feed, sort: Sequence[SectionWords], source: str) -> str:
    """The section of a story of `feed`: by the feed's own words, by those for all, the feed's
    section, or else the publisher, whose name is `source`."""
    chosen = by_words(feed.sort)(title, text) or by_words(sort)(title, text)
    return chosen or str(feed.section) or source


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    """Finds `words` whole, with any space, hyphen or apostrophe as it may be written."""
    parts = (re.escape(part) for part in words.split())
    text = re.sub("['’]", "['’]", r"[\s-]+".join(parts))
    return re.compile(rf"(?<!\w){text}(?!\w)", re.IGNORECASE)
