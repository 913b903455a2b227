"""A page has moved: the link still works, but leads on to another address.

What has moved once stops being forwarded one day. The new address also shows readers whose page
they will get. A move that only adds "www." or a slash is not told, nor are addresses that are made
for leading on, such as those of doi.org.

To mend it, write the address that the link leads to; where the website says that the move is for
good, it is the suggestion.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
    https://www.w3.org/Provider/Style/URI

Bad:

    # https://example.org/2023/neglect answers 301 https://example.org/reports/neglect
    entries:
      - The charity has published [a report on neglect](https://example.org/2023/neglect).

Good:

    # https://example.org/reports/neglect answers 301 https://www.example.org/reports/neglect/
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglect).
"""

import re
from collections.abc import Iterator

from newsletter.addresses import canonical, site, without_tracking
from newsletter.live.answer import Answer, Answers, Kind
from newsletter.live.links import answered
from newsletter.problems import Level, shortened
from newsletter.proof import Finding, Proof

LEVEL = Level.NOTE

_FOR_EVER = re.compile(
    r"(?:dx\.)?doi\.org|(?:hdl\.)?handle\.net|purl\.(?:org|oclc\.org)|w3id\.org"
    r"|n2t\.net|arks\.org|nbn-resolving\.(?:de|org)|perma\.cc|orcid\.org"
)
"""Hosts whose addresses are made to lead on, whatever moves."""

_OF_ONE_VISIT = re.compile(
    r"[?&;](?:[a-z]*session[a-z_]*|sid|jsessionid|phpsessid|token|ticket|nonce|state|code|expires"
    r"|signature|x-amz-[a-z-]+|sig|cookie[a-z_]*|redirect[a-z_]*|error)=|;jsessionid=",
    re.IGNORECASE,
)
"""What an address has that works for one visitor, or for a day."""


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for link, answer in answered(proof, answers, Kind.MOVED):
        final = answer.final
        if canonical(link.url).lower() == canonical(final).lower() or _FOR_EVER.fullmatch(
            site(link.url)
        ):
            continue
        if _certain(answer):
            message = f"this page has moved to '{_shown(final)}'"
            suggestion = _fit(without_tracking(final))
            yield Finding(message, link.place, "write its new address", suggestion)
        elif site(final) != site(link.url):
            yield Finding(
                f"this link leads on to '{site(final)}' at present",
                link.place,
                "look whether that is the page that you mean",
            )


def _certain(answer: Answer) -> bool:
    return answer.permanent and answer.status == 200 and not _OF_ONE_VISIT.search(answer.final)


def _fit(url: str) -> str:
    """`url` as it can stand between the brackets of a link in Markdown."""
    return url.replace("(", "%28").replace(")", "%29")


def _shown(url: str) -> str:
    return shortened(re.sub(r"^https?://(?:www\.)?|[?#].*|/$", "", url), 60)
