"""The issue has no preheader: the words that inboxes show after the subject.

The first headings stand in for it. They say what there is, but not why anybody should open the
email today.

To mend it, write a `preheader` of 40 to 90 characters that goes on where the subject ends.

Source: https://docs.buttondown.com/preflight

Bad:

    preheader:

Good:

    preheader: A report on neglect, a survey of foster carers and a new helpline
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place

LEVEL = Level.NOTE


def check_email(built: Built) -> Iterator[Finding]:
    if not built.proof.issue.preheader:
        shown = built.email.preheader
        yield Finding(
            f"there is no preheader: inboxes will show '{shown}'"
            if shown
            else "there is no preheader",
            Place(("preheader",), key=True),
            "write a 'preheader' of 40 to 90 characters, below the title",
        )
