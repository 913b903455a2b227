"""A link leads into a private network, where readers cannot follow.

Addresses such as 192.168.0.10, and names that stand for one, work in your office only. They are
not asked.

To mend it, link to the page as it stands on the public web.

Source: https://www.rfc-editor.org/rfc/rfc1918
    https://www.rfc-editor.org/rfc/rfc6890

Bad:

    # https://intranet.example.org/reports/neglect answers 302 https://192.168.0.10/neglect
    entries:
      - The charity has published
        [a report on neglect](https://intranet.example.org/reports/neglect).

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
    for link, answer in answered(proof, answers, Kind.PRIVATE):
        hint = "link to the page as it stands on the public web"
        yield Finding(f"readers cannot open this link: {answer.words}", link.place, hint)
