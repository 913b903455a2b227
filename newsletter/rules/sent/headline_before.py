"""An earlier issue has nearly the same headline.

The same story comes back under another address: as a PDF, on another site, after a site was
rebuilt. Headlines that differ in a year, a number, a place or another word that matters are two
stories.

To mend it, take the entry out. If it is another story, or is meant to stand there again, give it
`seen: ok`. An entry that names a last day to take part, or the day and hour of an event, that is
still to come is a reminder, and is not told.

Options:
    months: how many months back headlines are compared; a yearly report has the same one each year
    standing: in how many earlier issues a headline stands before it is taken for a standing one

Source: https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html

Bad:

    entries:
      - title: Calls to helpline for young carers double
        text: Twice as many called [the helpline](https://example.org/news/2024/calls-double).
    issues/2024-03.yaml:
      date: 2024-03
      sections:
        - title: Young carers
          entries:
            - title: "Calls to young carers’ helpline double, report finds"
              text: A charity has [counted the calls](https://example.com/blog/1234).

Good:

    entries:
      - title: Safeguarding statistics for schools in Wales, 2024
        text: There are [new figures](https://example.org/news/2024/figures).
    issues/2024-03.yaml:
      date: 2024-03
      sections:
        - title: Figures
          entries:
            - title: Safeguarding statistics for schools in Wales, 2023
              text: There are [figures](https://example.com/blog/1234).

Good:

    entries:
      - title: "Lunchtime learning: private fostering in 45 minutes"
        text: Wednesday 29 May, 12.15 to 1pm. [Some places](https://example.org/courses) are left.
      - title: A survey on the allowances of foster carers
        text: "[Carers](https://example.org/carers) can still answer."
        closes: 2024-06-20
    issues/2024-03.yaml:
      date: 2024-03
      sections:
        - title: What is on
          entries:
            - title: "Lunchtime learning: private fostering in 45 minutes"
              text: Wednesday 29 May, 12.15 to 1pm, [online](https://example.org/courses).
            - title: A survey on the allowances of foster carers
              text: "[Carers](https://example.org/carers) are asked for their views."
"""

from collections.abc import Iterator

from newsletter.addresses import canonical
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.past import Sent
from newsletter.proof.stories import Story, hint, stories, where
from newsletter.rules.sent._open import still_open

LEVEL = Level.WARNING


def check(proof: Proof, *, months: int = 9, standing: int = 3) -> Iterator[Finding]:
    found = stories(proof)
    headlines = proof.earlier.headlines(story.headline for story in found if story.headline)
    if not headlines:
        return
    pages = proof.earlier.pages(page for story in found for page in story.pages)
    for story in found:
        sent = headlines.get(story.headline)
        if sent is None or sent.times >= standing or story.item.steps in still_open(proof):
            continue
        # That the page was sent is told by sent-before.
        if any(canonical(link.url) in pages for link in story.links):
            continue
        if _months(sent.issued, proof.issue.date) > months or _other_story(story, sent):
            continue
        same = " ".join(sent.words.split()) == story.headline
        as_it_was = "" if same else f" as '{sent.words}'"
        message = f"this headline was sent before{as_it_was}: {where(sent)}"
        yield Finding(message, story.place, hint(story, proof))


def _months(earlier: str, later: str) -> int:
    """How many months lie between two dates; 0 where one of them is only a year."""
    if min(len(earlier), len(later)) < len("2024-04"):
        return 0
    one, other = (int(date[:4]) * 12 + int(date[5:7]) for date in (earlier, later))
    return other - one


def _other_story(story: Story, sent: Sent) -> bool:
    """Whether the two were published in different months, and not just at their turn."""
    return bool(story.item.entry.date) and _months(sent.dated, story.item.entry.date or "") > 1
