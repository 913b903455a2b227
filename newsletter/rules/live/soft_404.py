"""A link seems to be dead: what opens calls itself "page not found", or is a home page.

Some websites answer as if all were well when a page is gone, with an error page or with their home
page. The reader does not find what the newsletter promised.

To mend it, open the link, look for the page on that website, and copy its address.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5

Bad:

    # https://example.org/reports/neglekt answers 200 <title>Page not found | Example Trust</title>
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglekt).

Bad:

    # https://example.org/reports/neglekt answers 302 https://example.org/
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglekt).

Good:

    # https://example.org/reports/404 answers 200 <title>404 children not found in time</title>
    entries:
      - The charity has published [a report on missing children](https://example.org/reports/404).
"""

from collections.abc import Iterator

from newsletter.live.answer import Answers, Kind
from newsletter.live.links import answered
from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for link, answer in answered(proof, answers, Kind.SOFT_404):
        hint = "open it, and look for the page there"
        yield Finding(f"this link looks dead: {answer.words}", link.place, hint)
