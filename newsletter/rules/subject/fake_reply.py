"""The subject begins as a reply or a forwarded email does, though it is neither.

That misleads readers about what they open. CAN-SPAM forbids it, and mailbox providers ask senders
not to.

To mend it, take the "Re:" or "Fwd:" out.

Source: https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
    https://support.google.com/a/answer/81126

Bad:

    subject: "Re: new figures on neglect"

Good:

    subject: "Research: new figures on neglect"
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.subject._subject import subject_place

LEVEL = Level.ERROR

_PREFIX = re.compile(r"\W{0,2}(?:re|fw|fwd)(?:\[\d+\])?\s?:", re.IGNORECASE)
_OF_LANGUAGE = {
    "de": re.compile(r"\W{0,2}(?:aw|wg)\s?:", re.IGNORECASE),
    "fr": re.compile(r"\W{0,2}(?:ré|tr)\s?:", re.IGNORECASE),
    "es": re.compile(r"\W{0,2}rv\s?:", re.IGNORECASE),
    "pl": re.compile(r"\W{0,2}(?:odp|pd)\s?:", re.IGNORECASE),
}


def check_email(built: Built) -> Iterator[Finding]:
    subject = built.email.subject
    own = _OF_LANGUAGE.get(built.proof.issue.language.primary)
    match = _PREFIX.match(subject) or (own.match(subject) if own else None)
    if match:
        yield Finding(
            f"the subject begins with '{match[0]}', as if it were a reply",
            subject_place(built, 0, match.end()),
            "take it out",
        )
