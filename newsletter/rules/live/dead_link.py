"""A link is dead: its website says that there is no such page, or there is no such website.

A reader who clicks it gets an error page, and thinks that the rest is as carelessly made.

To mend it, look for the page with a search engine, or for a copy of it in the Internet Archive; if
there is none, leave the entry out.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5
    https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11
    https://docs.buttondown.com/preflight

Bad:

    # https://example.org/reports/neglekt answers 404
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglekt).

Bad:

    # https://www.exampel.org/reports/neglect answers nothing
    entries:
      - The charity has published [a report on neglect](https://www.exampel.org/reports/neglect).

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

LEVEL = Level.ERROR


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for link, answer in answered(proof, answers, Kind.GONE, Kind.NO_HOST):
        hint = "look for the page elsewhere, or leave it out"
        yield Finding(f"this link is dead: {answer.words}", link.place, hint)
