"""The subject shouts: it is in capitals, or a word of it is.

Spam filters count a subject in capitals (SpamAssassin's SUBJ_ALL_CAPS), readers take it for an
advertisement, and some screen readers spell it out letter by letter.

To mend it, write it as a sentence. Names such as NSPCC or CASPAR are left alone; what is told of
single words is a short list of those that advertisements shout.

Source: https://spamassassin.apache.org/

Bad:

    subject: NEW FIGURES ON NEGLECT

Bad:

    subject: "URGENT: new figures on neglect"

Good:

    subject: "NSPCC: new figures on neglect from CASPAR"
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.subject._subject import subject_place

LEVEL = Level.WARNING

_SHOUTED = re.compile(
    r"\b(?:NEW|FREE|URGENT|URGENTLY|IMPORTANT|BREAKING|REMINDER|ATTENTION|WARNING|LATEST|EXCLUSIVE"
    r"|LIMITED|HURRY|TODAY|TOMORROW|DON['’]T|MISS|LAST|FINAL|CHANCE|READ|AMAZING|SPECIAL|ONLY"
    r"|NEVER|EVER|VERY|ALL|YOUR|YOU)\b"
)


def check_email(built: Built) -> Iterator[Finding]:
    subject = built.email.subject
    letters = [character for character in subject if character.isalpha()]
    # The condition of SUBJ_ALL_CAPS; letters that know no capitals (Arabic) are none.
    if len(subject) >= 10 and " " in subject and letters and all(map(str.isupper, letters)):
        yield Finding("the subject is all in capitals", subject_place(built), "write a sentence")
        return
    given = built.proof.issue.subject or built.proof.issue.title
    for match in _SHOUTED.finditer(given):
        yield Finding(
            f"the subject shouts '{match[0]}'",
            subject_place(built, *match.span()),
            "write it in small letters",
            match[0].capitalize() if not match.start() else match[0].lower(),
        )
