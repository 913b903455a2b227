"""A web page's HTML in, the words of its article out: the one door of trafilatura."""

import re

_LOOKED_AT = 2_000_000
_MOST = 300_000  # characters: what is looked for stands at the beginning of an article
_NO_WORDS = re.compile(
    r"<(script|style|svg|noscript|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.I
)


def article(markup: str) -> str:
    """The text of the article that a page holds, without what stands around it; or ""."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(
            _NO_WORDS.sub(" ", markup[:_LOOKED_AT])[:_MOST],
            include_comments=False,
            include_tables=False,
            include_images=False,
            include_links=False,
            favor_precision=True,
        )
    except Exception:  # it is made for pages of all sorts, and this was still another one
        return ""
    return found or ""
