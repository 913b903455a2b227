"""The subject is so long that some inboxes cut its end off.

Most inboxes show some 60 to 70 characters, telephones fewer. What is cut off should be what matters
least.

To mend it, shorten the subject, or look whether it still says enough without its end. Where title
and date are the subject, the date may be cut off: only the title is counted.

Options:
    ideal: how many characters most inboxes show

Source: https://docs.buttondown.com/preflight

Bad:

    subject: How councils in the North of England answer when parents ask them for help

Good:

    subject: New figures on neglect, and a survey of foster carers
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.subject._subject import subject_place

LEVEL = Level.NOTE

_TOO_LONG = 78  # another rule tells it


def check_email(built: Built, *, ideal: int = 70) -> Iterator[Finding]:
    issue = built.proof.issue
    words = issue.subject or issue.title
    if len(words) > ideal and len(built.subject) <= _TOO_LONG:
        cut = words[:ideal].rsplit(" ", 1)[0]
        yield Finding(
            f"the subject has {len(words)} characters: some inboxes show '{cut}…'",
            subject_place(built, len(cut) + 1),
            f"{ideal} or fewer are read whole" if issue.subject else "give the issue a 'subject'",
        )
