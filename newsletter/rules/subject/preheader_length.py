"""The preheader is too short to fill its place in inboxes, or too long to be read whole.

Inboxes show 40 to 110 characters after the subject, most about 90. Where the preheader is shorter,
the first words of the email follow it: "View online", or the title once more.

To mend it, write 40 to 90 characters, with the words that matter first.

Options:
    min: how many characters are too few, if it has fewer
    max: how many are too many, if it has more

Source: https://docs.buttondown.com/preflight

Bad:

    preheader: A report on neglect

Bad:

    preheader: A report on neglect, a survey of foster carers, a new helpline for parents, and what
      the inspectors of children's homes found in March

Good:

    preheader: A report on neglect, a survey of foster carers and a new helpline
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.NOTE


def check(proof: Proof, *, min: int = 40, max: int = 110) -> Iterator[Finding]:
    words = proof.issue.preheader
    if words and len(words) < min:
        yield Finding(
            f"the preheader has {len(words)} characters: inboxes go on with what comes next",
            Place(("preheader",), 0, len(words)),
            f"write {min} to {max} characters",
        )
    elif len(words) > max:
        cut = words[:max].rsplit(" ", 1)[0]
        yield Finding(
            f"the preheader has {len(words)} characters: few inboxes show what comes after '{cut}'",
            Place(("preheader",), len(cut) + 1, len(words)),
            f"write {min} to {max} characters",
        )
