"""A link goes through a link shortener, which hides where it leads.

Spam filters score it, because spam hides behind shorteners; readers cannot see whose page they
will get; and when the shortener closes, as Google's did, the link is dead.

To mend it, open the link and copy the address of the page that it leads to.

Options:
    allow: hosts that are yours, such as a shortener of your own

Source: https://github.com/apache/spamassassin/blob/trunk/rules/25_url_shortener.cf

Bad:

    entries:
      - The charity has published [a report on neglect](https://bit.ly/3xAmpLe).

Good:

    entries:
      - The charity has published [a report on neglect](https://doi.org/10.1177/0032258X241241016).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from newsletter.addresses import is_home, site
from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING


@cache
def _shorteners() -> frozenset[str]:
    """Hosts, and endings of hosts, which begin with a dot."""
    lines = Path(__file__).with_name("shorteners.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def check(proof: Proof, *, allow: tuple[str, ...] = ()) -> Iterator[Finding]:
    known = _shorteners()
    for link in proof.all_links:
        name = site(link.url)
        ending = name[name.find(".") :]
        if (name in known or ending in known) and name not in allow and not is_home(link.url):
            yield Finding(
                f"this link hides where it leads: '{name}' is a link shortener",
                link.place,
                "open it, and copy the address of the page that it leads to",
            )
