"""Several entries tell of one event, each from another publisher.

That may be meant: the report, and what the press makes of it. Often it is the same story, which
came in by several feeds, and readers get it three times.

To mend it, keep the best of them and link the others from it, or put them side by side. If it is
meant so, give the entries `seen: ok`.

Source: https://nlp.stanford.edu/IR-book/html/htmledition/inverse-document-frequency-1.html

Bad:

    entries:
      - title: Calls to helpline for young carers double
        source: Example Times
        text: Twice as many called [the helpline](https://example.com/2024/calls).
      - title: "Calls to young carers’ helpline double, report finds"
        source: Example Trust
        text: A charity has [counted calls](https://example.org/blog/1234).

Good:

    entries:
      - title: Calls to helpline for young carers double
        source: Example Times
        text: Twice as many called [the helpline](https://example.com/2024/calls).
      - title: Helpline for young carers opens in Wales
        source: Example Trust
        text: A charity has [opened it](https://example.org/blog/1234).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.relations import related
from newsletter.proof.stories import stories

LEVEL = Level.NOTE


def check(proof: Proof) -> Iterator[Finding]:
    for first, *others in related(stories(proof)):
        names = [f"'{other.item.name}' (line {proof.line(other.place)})" for other in others]
        listed = ", ".join(names[:-1]) + (" and " if names[:-1] else "") + names[-1]
        yield Finding(
            f"this story is related to {listed}: they seem to tell of one event",
            first.place,
            "keep one and link the others from it; if it is meant so, give them 'seen: ok'",
        )
