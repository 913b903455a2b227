"""A link could not be checked: the website keeps programs out, or gave no answer in time.

It may be in perfect order. Newspapers, shops and social networks let people in and keep programs
out, and nobody can tell from here what a reader will see.

To mend it, open the link yourself, and write `# newsletter: off unchecked-link` above the entry if
it works.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4
    https://www.rfc-editor.org/rfc/rfc6585#section-4

Bad:

    # https://example.org/reports/neglect answers 403
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglect).

Good:

    # https://example.org/reports/neglect answers 200
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglect).
"""

from collections.abc import Iterator

from newsletter.live.answer import Answers, Kind
from newsletter.live.links import answered
from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.NOTE

_KINDS = (Kind.BLOCKED, Kind.BUSY, Kind.TIMEOUT, Kind.DNS, Kind.TLS, Kind.ODD, Kind.LATE)


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for _, answer in answered(proof, answers, Kind.OFFLINE):
        yield Finding(f"no link could be checked: {answer.words}", None, "try again later")
        return
    for link, answer in answered(proof, answers, *_KINDS):
        hint = "try again later" if answer.kind is Kind.LATE else "open it yourself"
        yield Finding(f"this link could not be checked: {answer.words}", link.place, hint)
