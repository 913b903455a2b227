"""The subject is that of an earlier issue.

It was left as it stood when the issue was made from the last one; or each issue has the same, and
nobody can tell them apart. Gmail puts emails of one subject into one conversation, and hides what
they have in common.

To mend it, say in the subject what is new this time.

Source: https://github.com/hteumeuleu/email-bugs/issues/113

Bad:

    subject: New figures on neglect, and a survey of carers
    issues/2024-04.yaml:
      subject: New figures on neglect, and a survey of carers
      sections:
        - title: Foster care
          entries:
            - Foster carers are asked for [their views on pay](https://example.org/carers).

Good:

    subject: New figures on neglect, and a survey of carers
    issues/2024-04.yaml:
      subject: Exclusions, and what schools make of them
      sections:
        - title: Foster care
          entries:
            - Foster carers are asked for [their views on pay](https://example.org/carers).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    subject = proof.issue.subject
    if not subject:
        return  # title and date: no two issues have the same
    for earlier in reversed(proof.earlier.subjects):
        if _bare(earlier.words) == _bare(subject):
            yield Finding(
                f"the issue of {earlier.date.format()} ({earlier.path.name}) had this subject",
                Place(("subject",), 0, len(subject)),
                "say what is new this time",
            )
            return


def _bare(words: str) -> str:
    return " ".join(words.casefold().split())
