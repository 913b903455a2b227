"""The footer has no link with which readers can leave the list.

The law asks for one in each message (in the United Kingdom regulation 22 of PECR, in the United
States CAN-SPAM), and mailbox providers send newsletters without one to the spam folder.

To mend it, give `links: unsubscribe:` in newsletter.yaml: an address, or the tag with which your
mailing platform supplies it.

Source: https://www.legislation.gov.uk/uksi/2003/2426/regulation/22
    https://support.google.com/a/answer/81126

Bad:

    newsletter.yaml:
      links:

Good:

    newsletter.yaml:
      links:
        unsubscribe: https://example.org/unsubscribe
"""

from collections.abc import Iterator

from newsletter.platforms import tags
from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Proof
from newsletter.proof.standing import missing

LEVEL = Level.ERROR


def check(proof: Proof) -> Iterator[Finding]:
    if "unsubscribe" not in tags(proof.settings):
        yield Finding(
            "the footer has no unsubscribe link",
            missing("links"),
            f"give 'links: unsubscribe:' in {SETTINGS}: an address, or your platform's tag",
        )
