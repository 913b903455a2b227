"""The subject has more marks or emoji than a sentence needs.

Spam filters count `?!` and `$$`; screen readers read each mark and each emoji out, by its name.

To mend it, end the subject without a mark, and leave at most one emoji.

Source: https://spamassassin.apache.org/

Bad:

    subject: New figures on neglect!!

Bad:

    subject: "New figures on neglect 📊 and a survey 📝"

Bad:

    subject: "*** New figures *** on neglect"

Good:

    subject: "‘What about us?’ Figures on neglect (2023/24) – and more"
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.subject._subject import subject_place

LEVEL = Level.NOTE

_LOUD = re.compile(r"!(?:\s?[!?؟])+|[?؟]\s?!(?:\s?[!?])*|\?(?:\s?\?)+|[$£€]{2,}")
# Not commas, colons, apostrophes, quotation marks, hyphens and brackets: good subjects have many.
_MARK = re.compile(r"[!?؟;؛…|*~#+=<>_•·@^]|(?<!\w)[–—/-](?!\w)|\.(?=\s|$)")
_EMOJI = re.compile(
    r"(?:[\U0001f1e6-\U0001f1ff]{2}|[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]"
    r"[\ufe0f\U0001f3fb-\U0001f3ff]*"
    r"(?:\u200d[\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\U0001f3fb-\U0001f3ff]*)*)"
)
_MARKS = 3


def check_email(built: Built) -> Iterator[Finding]:
    subject = built.proof.issue.subject or built.proof.issue.title
    loud = _LOUD.search(subject)
    emoji = list(_EMOJI.finditer(subject))
    marks = list(_MARK.finditer(subject))
    if loud:
        yield Finding(
            f"the subject has '{loud[0]}' in it",
            subject_place(built, *loud.span()),
            "one mark is enough, and none is better",
        )
    elif len(marks) > _MARKS:
        yield Finding(
            f"the subject has {len(marks)} marks in it: {' '.join(mark[0] for mark in marks)}",
            subject_place(built, marks[_MARKS].start()),
            "write a plain sentence",
        )
    if len(emoji) > 1:
        yield Finding(
            f"the subject has {len(emoji)} emoji in it: {' '.join(one[0] for one in emoji)}",
            subject_place(built, *emoji[1].span()),
            "keep one, or none: screen readers read out their names",
        )
