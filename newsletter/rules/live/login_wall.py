"""A link leads to a page where one has to log in.

You may be logged in and see the page; most readers see only the login page.

To mend it, link to a page that is open to all, or say in the entry who can read it.

Source: https://www.w3.org/Provider/Style/URI

Bad:

    # https://example.org/reports/neglect answers 302 https://example.org/login?next=neglect
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglect).

Good:

    # https://example.org/logins-of-children answers 200 <title>How children log in</title>
    entries:
      - The charity has published [a report on accounts](https://example.org/logins-of-children).
"""

from collections.abc import Iterator

from newsletter.live.answer import Answers, Kind
from newsletter.live.links import answered
from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for link, answer in answered(proof, answers, Kind.LOGIN):
        hint = "link to a page that is open to all"
        yield Finding(f"readers may not see this page: {answer.words}", link.place, hint)
