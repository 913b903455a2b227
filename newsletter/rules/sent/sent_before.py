"""An earlier issue has linked to the same page.

Readers notice last month's story. Scheme, "www.", a trailing slash, parameters that count readers,
the fragment, and hosts for phones and AMP make no other page of it. Front pages of sites and of
their sections are not told, nor are bills and Acts, which are talked of for years, nor what stands
in most issues; nor a reminder: an entry that names a last day to take part, or the day and hour of
an event, that is still to come.

To mend it, take the link out. If the page is meant to stand there again, because it is new in some
way or because the survey is still open, give the entry `seen: ok`, or the day on which it `closes`.

Options:
    standing: in how many earlier issues a page stands before it is taken for a standing link

Source: https://www.rfc-editor.org/rfc/rfc3986#section-6

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglect).
    issues/2024-03.yaml:
      date: 2024-03
      sections:
        - title: Neglect
          entries:
            - A charity has [looked at neglect](https://m.example.org/reports/neglect/?utm_source=x).

Good:

    entries:
      - text: The [survey on neglect](https://example.org/surveys/neglect) is still open.
        seen: ok
      - The news from [the Example Trust](https://example.org/news).
      - "[The schools bill](https://bills.parliament.uk/bills/3909) is back in the Commons."
      - text: There are places left on [the course](https://example.org/courses/private-fostering).
        closes: 2024-06-20
    issues/2024-03.yaml:
      date: 2024-03
      sections:
        - title: Neglect
          entries:
            - There is [a survey on neglect](https://example.org/surveys/neglect).
            - More from [the Example Trust](https://example.org/news).
            - Peers debate [the bill on schools](https://bills.parliament.uk/bills/3909).
            - There is [a course](https://example.org/courses/private-fostering) on fostering.
"""

import re
from collections.abc import Iterator

from newsletter.addresses import canonical
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.stories import hint, stories, where
from newsletter.rules.sent._open import still_open

LEVEL = Level.WARNING

_OF_LAW = re.compile(
    r"bills\.parliament\.uk/bills/|legislation\.gov\.uk/|parliament\.scot/bills-and-laws/"
    r"|business\.senedd\.wales/mgIssue"
)


def check(proof: Proof, *, standing: int = 3) -> Iterator[Finding]:
    found = stories(proof)
    pages = proof.earlier.pages(page for story in found for page in story.pages)
    for story in found if pages else ():
        if story.item.steps in still_open(proof):
            continue
        told = set()
        for link in story.links:
            page = canonical(link.url)
            sent = None if _OF_LAW.match(page) else pages.get(page)
            if sent is None or sent.times >= standing or (sent.path, sent.entry) in told:
                continue
            told.add((sent.path, sent.entry))
            message = f"this page was sent before: {where(sent)}"
            yield Finding(message, link.place, hint(story, proof))
