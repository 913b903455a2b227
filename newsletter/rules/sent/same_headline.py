"""Two entries of an issue have nearly the same headline.

The story was taken in twice, from two feeds or by two editors. Two entries that link to one page
are told as linked-twice, a story from two publishers as related-stories.

To mend it, take one of them out. If they are two stories, let the headlines say what is different,
or give one of them `seen: ok`.

Source: https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html

Bad:

    entries:
      - title: Calls to helpline for young carers double
        text: Twice as many called [the helpline](https://example.org/news/2024/calls-double).
      - title: "Calls to young carers’ helpline double, report finds"
        text: A charity has [counted calls](https://example.org/blog/1234).

Good:

    entries:
      - title: Calls to helpline for young carers double in Wales
        text: Twice as many called [the helpline](https://example.org/news/2024/calls-double).
      - title: Calls to helpline for young carers double in Scotland
        text: A charity has [counted calls](https://example.org/blog/1234).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.headlines import pairs
from newsletter.proof.stories import Story, other_publishers, publisher, stories

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    found = stories(proof)
    told = set()
    for at, again in pairs([story.headline for story in found]):
        first, story = found[at], found[again]
        if again in told or not _twice(story, first):
            continue
        told.add(again)
        line = proof.line(first.place)
        same = "" if story.headline == first.headline else "nearly "
        yield Finding(
            f"{same}the same headline stands on line {line}",
            story.place,
            "take one of them out; if they are two stories, say what is different, "
            "or give this one 'seen: ok'",
        )


def _twice(story: Story, other: Story) -> bool:
    """Whether two entries of one headline are one story, and not told elsewhere."""
    kinds = story.item.entry.kind, other.item.entry.kind
    if all(kinds) and kinds[0] != kinds[1]:  # a report, and the summary of it
        return False
    return not story.pages & other.pages and not other_publishers(
        publisher(story), publisher(other)
    )
