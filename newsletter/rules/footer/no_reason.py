"""The footer does not say why readers get this.

A reader who does not remember signing up reports the email as spam. One sentence reminds them, and
mailbox providers recommend it.

To mend it, give `reason:` in newsletter.yaml: "You receive this because you asked for it at our
conference."

Source: https://support.google.com/a/answer/81126

Bad:

    newsletter.yaml:
      reason:

Good:

    newsletter.yaml:
      reason: You receive this because you asked us for it.
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Proof
from newsletter.proof.standing import missing

LEVEL = Level.NOTE


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.settings.reason:
        yield Finding(
            "the footer does not say why readers get this",
            missing("reason"),
            f"give 'reason:' in {SETTINGS}: 'You receive this because ...'",
        )
