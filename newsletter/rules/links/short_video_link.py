"""A link to YouTube is the short form that its share button gives.

Spam filters count youtu.be among the link shorteners. The whole address opens the same video.

To mend it, write the whole address. `newsletter check --fix` does it for you.

Source: https://github.com/apache/spamassassin/blob/trunk/rules/25_url_shortener.cf

Bad:

    entries:
      - The charity has published [a film on neglect](https://youtu.be/abcDEF12345).

Good:

    entries:
      - The charity has published [a film on neglect](https://www.youtube.com/watch?v=abcDEF12345).
"""

import re
from collections.abc import Iterator

from newsletter.addresses import without_tracking
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed

LEVEL = Level.NOTE
SAFE = True

_SHORT = re.compile(r"https?://(?:www\.)?youtu\.be/(?P<video>[\w-]{11})(?:\?(?P<more>\S+))?")


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        if "youtu.be/" in link.url and (match := _SHORT.fullmatch(typed(proof, link))):
            more = f"&{match['more']}" if match["more"] else ""
            yield Finding(
                "this is the short form of a YouTube address, which spam filters count",
                link.place,
                "write the whole address",
                without_tracking(f"https://www.youtube.com/watch?v={match['video']}{more}"),
            )
