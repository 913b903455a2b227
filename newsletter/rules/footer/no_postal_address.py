"""The footer has no postal address of the sender.

In the United States CAN-SPAM asks for one in each message. In the United Kingdom the law asks for a
valid address to which readers can write that they want no more of it, and charities and companies
have to say where they are registered.

To mend it, give `address:` in newsletter.yaml. Where your mailing platform puts the address below
each email itself, nothing is missing.

Source: https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
    https://www.legislation.gov.uk/uksi/2003/2426/regulation/23

Bad:

    newsletter.yaml:
      address:

Good:

    newsletter.yaml:
      address: 1 Example Street, Exampleton EX1 1EX
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Proof
from newsletter.proof.standing import missing

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.settings.address and not proof.supplied.has("postal_address"):
        yield Finding(
            "the footer has no postal address",
            missing("address"),
            f"give 'address:' in {SETTINGS}, on one line",
        )
