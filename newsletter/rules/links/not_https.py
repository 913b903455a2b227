"""A link is not encrypted: it begins with http://, not https://.

Browsers warn of such pages, some networks of schools and councils block them, and a link that
looks secure but is not scores with spam filters.

To mend it, write https:// and look whether the page still opens.

Source: https://docs.buttondown.com/preflight

Bad:

    entries:
      - The charity has published [a report on neglect](http://example.org/neglect).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.all_links:
        if link.url[:5].lower() == "http:":
            yield Finding(
                "this link is not encrypted: it begins with http://",
                link.place,
                "write https://, if the page opens there too",
                f"https:{typed(proof, link)[5:]}",
            )
