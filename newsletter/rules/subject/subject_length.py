"""The subject is too short to say anything, or too long to be read whole.

Inboxes on computers show about 70 characters of a subject, telephones about 40; the rest is cut
off. A subject of one word says nothing that would make anybody open the email.

To mend it, give the issue a `subject` of 10 to 70 characters, with the words that matter first.
Without one, the issue's title and date are the subject.

Options:
    min: how many characters are too few, if it has fewer
    max: how many are too many, if it has more

Source: https://docs.buttondown.com/preflight

Bad:

    subject: News

Bad:

    subject: Safeguarding Monthly, with new figures on neglect, a survey of foster carers and the
      times of a helpline

Good:

    subject: New figures on neglect, and a survey of foster carers
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.subject._subject import subject_place

LEVEL = Level.WARNING


def check_email(built: Built, *, min: int = 10, max: int = 78) -> Iterator[Finding]:
    length = len(built.subject)
    given = built.proof.issue.subject
    what = "the subject" if given else "the subject (title and date)"
    if length < min:
        yield Finding(
            f"{what} has {length} characters: too few to say what is new",
            subject_place(built),
            "say what is new, in 10 to 70 characters",
        )
    elif length > max:
        yield Finding(
            f"{what} has {length} characters: inboxes cut it off",
            subject_place(built),
            "70 or fewer are read whole"
            if given
            else "give the issue a 'subject' of 70 characters or fewer",
        )
