"""A link leads to the comments below an article, or to its feed, not to the article.

Feeds give such addresses beside the real one. Readers would land among the comments, or see a page
of code.

To mend it, write the address of the article.

Source: https://wordpress.org/documentation/article/wordpress-feeds/

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect/#comments).

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect/feed/).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect/#findings).
      - You can follow the charity with [its RSS feed](https://example.org/news/feed/).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed

LEVEL = Level.WARNING

_COMMENTS = re.compile(
    r"#(?:comments?(?:[-_]?\d+)?|comments?-(?:section|area|container|list|form)|respond|reply"
    r"|disqus_thread|leave-a-(?:comment|reply))$"
    r"|(?P<start>[?&](?:amp;)?)replytocom=\d+(?P<end>&(?:amp;)?|(?=#|$))(?:#respond)?",
    re.IGNORECASE,
)
_FEED = re.compile(
    r"(?<=[^/]/)(?:comments/)?(?:feed|rss)/?(?:\?[^#]*)?$"
    r"|/(?:feed|rss|atom|index)\.(?:xml|rss|rdf)(?:\?[^#]*)?$|\?feed=\w+$",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile("comment|discuss|repl(?:y|ies)|debate", re.IGNORECASE)
_OF_FEED = re.compile("feed|rss|podcast|subscribe|atom", re.IGNORECASE)


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        if _COMMENTS.search(link.url) and not _OF_COMMENTS.search(link.words):
            yield Finding(
                "this link leads to the comments below the page",
                link.place,
                "write the address of the page itself",
                _COMMENTS.sub(_without, typed(proof, link)),
            )
        elif _FEED.search(link.url) and not _OF_FEED.search(link.words):
            address = typed(proof, link)
            page = _FEED.sub("", address)
            yield Finding(
                "this link leads to a feed, which is made for programs",
                link.place,
                "write the address of the page itself",
                page if page.count("/") > 3 else None,
            )


def _without(match: re.Match[str]) -> str:
    return match["start"] if match["end"] else ""
