"""The preheader says again what the subject or the first heading says.

Inboxes show it right beside the subject, and a screen reader reads one after the other. The room is
there for something else.

To mend it, name what the subject leaves out.

Bad:

    subject: A report on neglect and a survey of foster carers
    preheader: A survey of foster carers, and a report on neglect

Good:

    subject: A report on neglect and a survey of foster carers
    preheader: Plus a new helpline for parents, and what the inspectors found
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place
from newsletter.proof.likeness import likeness

LEVEL = Level.NOTE

_ALIKE = 80


def check_email(built: Built) -> Iterator[Finding]:
    issue = built.proof.issue
    words = issue.preheader
    if not words:
        return
    first = next((section.title for _, section in built.proof.sections if section.title), "")
    for name, other in (
        ("the subject", built.email.subject),
        ("the title", issue.title),
        ("the first heading", first),
    ):
        if other and likeness(_bare(words), _bare(other)) > _ALIKE:
            yield Finding(
                f"the preheader repeats {name}: '{other}'",
                Place(("preheader",), 0, len(words)),
                "name what the subject leaves out",
            )
            return


def _bare(words: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in words.casefold())
