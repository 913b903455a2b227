"""The footer has no link to a privacy notice.

Whoever keeps readers' addresses has to tell them what is done with them, and where to complain (in
the United Kingdom articles 13 and 14 of the UK GDPR). The footer is where readers look for it.

To mend it, give `privacy:` in newsletter.yaml: the address of the notice.

Source: https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/individual-rights/the-right-to-be-informed/

Bad:

    newsletter.yaml:
      privacy:

Good:

    newsletter.yaml:
      privacy: https://example.org/privacy
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.project import SETTINGS
from newsletter.proof import Finding, Proof
from newsletter.proof.standing import missing

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    if not proof.settings.privacy:
        yield Finding(
            "the footer has no link to a privacy notice",
            missing("privacy"),
            f"give 'privacy:' in {SETTINGS}: the address of the notice",
        )
