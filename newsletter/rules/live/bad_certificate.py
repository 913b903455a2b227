"""Browsers warn of this website: its certificate has expired, or is not its own.

In place of the page readers get a whole screen that speaks of danger. They are right not to go on.

To mend it, tell the website's owner, and link to the page when it opens without a warning.

Source: https://www.rfc-editor.org/rfc/rfc9525

Bad:

    # https://other.example.net/reports/neglect answers 200
    entries:
      - The charity has published [a report on neglect](https://other.example.net/reports/neglect).

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
    for link, answer in answered(proof, answers, Kind.CERTIFICATE):
        hint = "open it in your browser: readers get the warning that you get"
        yield Finding(f"browsers warn of this website: {answer.words}", link.place, hint)
