"""The email does not say which organisation sends it.

The law asks that senders do not conceal who they are (in the United Kingdom regulation 23 of PECR),
and readers delete what comes from nobody they know.

To mend it, give `sender:` in newsletter.yaml: the organisation's name.

Source: https://www.legislation.gov.uk/uksi/2003/2426/regulation/23

Bad:

    newsletter.yaml:
      sender:

Good:

    newsletter.yaml:
      sender: Example Trust
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Proof
from newsletter.proof.standing import missing

LEVEL = Level.ERROR


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.settings.sender:
        yield Finding(
            "the email does not say who sends it",
            missing("sender"),
            f"give 'sender:' in {SETTINGS}: the organisation's name",
        )
