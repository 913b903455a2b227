"""The address of a link names no ordinary site: a bare number, a port, or a user name.

Publishers have names. Numbers, ports and user names are how spam and phishing pages are linked
to; spam filters score them, and the networks of councils and schools block most of them.

To mend it, open the page and copy its address again, or look for the page on the publisher's own
site.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html

Bad:

    entries:
      - The charity has published [a report on neglect](https://192.0.2.17/neglect).

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org:8443/neglect).

Bad:

    entries:
      - The charity has published [a report on neglect](https://guest@example.org/neglect).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/@editor/neglect).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed

LEVEL = Level.WARNING

_ODD = re.compile(
    r"https?://(?:(?P<user>[^/?#]*)@)?"
    r"(?P<host>(?P<number>\[[^\]]*\]|(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){1,3}(?![^:/?#]))|[^/?#:]*)"
    r"(?::(?!(?:80|443)(?:[/?#]|$))(?P<port>\d+))?",
    re.IGNORECASE,
)


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.all_links:
        match = _ODD.match(link.url)
        if not match:
            continue
        again = "open the page, and copy its address from the browser's address bar again"
        if match["user"] is not None:
            begin, _, rest = typed(proof, link).partition("//")
            yield Finding(
                f"this link leads to '{match['host']}'; what stands before the @ is a user name",
                link.place,
                again,
                f"{begin}//{rest.partition('@')[2]}",
            )
        elif match["number"]:
            yield Finding(
                f"this link leads to a number, '{match['number']}', not to a named site",
                link.place,
                again,
            )
        elif match["port"]:
            yield Finding(
                f"this link names a port, ':{match['port']}', which many networks block",
                link.place,
                again,
            )
