"""A link leads to the copy of a page that is made for phones.

Copies for phones (m.example.org, and Google's AMP) look odd on a computer, leave things out, and
are being given up one by one. The page itself finds out what it is read on.

To mend it, write the address of the page itself.

Source: https://developers.google.com/search/docs/crawling-indexing/mobile/mobile-sites-mobile-first-indexing

Bad:

    entries:
      - The broadcaster has published
        [a report on neglect](https://www.google.com/amp/s/www.bbc.co.uk/news/uk-1234.amp).

Bad:

    entries:
      - There is [an article on neglect](https://en.m.wikipedia.org/wiki/Child_neglect).

Good:

    entries:
      - There is [an article on neglect](https://en.wikipedia.org/wiki/Child_neglect).
"""

import re
from collections.abc import Iterator

from newsletter.addresses import AMP_VIEWER
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed

LEVEL = Level.WARNING

_AMP = re.compile(
    r"(?P<end>/amp/?|\.amp)(?=[?#]|$)|\.amp(?=\.html(?:[?#]|$))"
    r"|(?P<start>[?&](?:amp;)?)(?:amp(?:=(?:1|true))?|outputType=amp)(?P<more>&(?:amp;)?|(?=#|$))",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"(?P<scheme>https?://)(?:\w\w\.)?(?:m|mobile|amp)\.(?:[\w-]+\.)+\w", re.IGNORECASE
)

# What the page itself is called, where that is known.
_HOSTS = {
    "m.facebook.com": "www.facebook.com",
    "m.youtube.com": "www.youtube.com",
    "mobile.twitter.com": "x.com",
    "m.bbc.co.uk": "www.bbc.co.uk",
    "amp.theguardian.com": "www.theguardian.com",
    "amp.cnn.com": "www.cnn.com",
    "m.imdb.com": "www.imdb.com",
    "m.vimeo.com": "vimeo.com",
}


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        url = link.url
        if not (AMP_VIEWER.match(url) or _COPY.match(url) or _AMP.search(url)):
            continue
        address = typed(proof, link)
        page = _AMP.sub(_without, AMP_VIEWER.sub("https://", address))
        begin, _, rest = page.partition("//")
        name, slash, path = rest.partition("/")
        known = _HOSTS.get(name.lower(), re.sub(r"(?<=^\w\w\.)m\.(?=wiki)", "", name.lower()))
        page = f"{begin}//{known}{slash}{path}"
        certain = page != address and not _COPY.match(page)
        yield Finding(
            "this link leads to the copy of a page that is made for phones",
            link.place,
            "write the address of the page itself",
            page if certain else None,
        )


def _without(match: re.Match[str]) -> str:
    return match["start"] if match["more"] else ""
