"""A link does not work at the moment: its server fails, refuses, or redirects without end.

It may work again in an hour. If it does not, readers get an error.

To mend it, open the link yourself before you send, and leave it out if it still fails.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.6

Bad:

    # https://example.org/reports/neglect answers 500
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

LEVEL = Level.WARNING


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for link, answer in answered(proof, answers, Kind.FAILING):
        hint = "open it yourself before you send"
        yield Finding(f"this link does not work at the moment: {answer.words}", link.place, hint)
