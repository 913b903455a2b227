"""The subject or the title names an earlier number than the issue's.

It was left over when the issue was made from the last one.

To mend it, write the issue's `number`, or correct that.

Bad:

    number: 12
    subject: "Safeguarding Monthly, issue 11: figures on neglect"

Good:

    number: 12
    subject: "Safeguarding Monthly, issue 12: figures on neglect"
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING

_STALE = 3  # numbers; what is longer ago is spoken of, not left over


def check(proof: Proof) -> Iterator[Finding]:
    number = proof.issue.number
    if not re.fullmatch("[0-9]{1,6}", number):
        return
    label = re.escape(proof.labels.issue)
    pattern = re.compile(
        rf"\b(?:issue|edition|{label})\s+(?:no\.?\s*|number\s+|#)?(?P<number>[0-9]{{1,6}})\b(?!\s+of)",
        re.IGNORECASE,
    )
    for match in proof.find(pattern, "subject", "title", "preheader"):
        found, place = match.group("number")
        if not match.passage.steps[:-1] and 1 <= int(number) - int(found) <= _STALE:
            yield Finding(
                f"the {match.passage.field} says number {found}, but the issue is number {number}",
                place,
                "was it left over from an earlier issue?",
                str(number),
            )
