"""The footer has no link with which readers can leave the list.

The law asks for one in each message (in the United Kingdom regulation 22 of PECR, in the United
States CAN-SPAM), and mailbox providers send newsletters without one to the spam folder.

To mend it, name your mailing platform under `platform:` in newsletter.yaml: most supply the link.
Otherwise give `links: unsubscribe:` there, with an address.

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

from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Proof
from newsletter.proof.standing import missing

LEVEL = Level.ERROR


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.supplied.has("unsubscribe"):
        yield Finding(
            "the footer has no unsubscribe link",
            missing("links"),
            f"give 'links: unsubscribe:' in {SETTINGS}, with an address"
            + (
                ", or 'platform:' (`newsletter platforms` lists them)"
                if proof.result.platform == "generic"
                else f": {proof.profile.name} has no link of its own"
            ),
        )
