"""The entries of an issue as stories: their headlines, their own pages, who published them."""

from collections.abc import Iterator
from typing import NamedTuple

from newsletter.addresses import canonical, domain
from newsletter.problems import shown
from newsletter.proof import Item, Place, Proof, Reference, once
from newsletter.proof.fronts import is_page
from newsletter.proof.headlines import enough, is_name
from newsletter.proof.past import Sent
from newsletter.source import Steps


class Story(NamedTuple):
    """An entry, what it is headed, and where that stands."""

    item: Item
    headline: str  # "" where there is none that says enough
    place: Place
    links: tuple[Reference, ...]  # to pages of its own, not to fronts of sites
    words: str  # its title and text, on one line

    @property
    def pages(self) -> frozenset[str]:
        """The pages it links to, as they are compared."""
        return frozenset(canonical(link.url) for link in self.links)


@once
def stories(proof: Proof) -> tuple[Story, ...]:
    """The entries, in order, but those that are said to be meant so (`seen: ok`)."""
    return tuple(_stories(proof))


def _stories(proof: Proof) -> Iterator[Story]:
    links: dict[Steps, list[Reference]] = {}
    standing = {canonical(link.url) for link in proof.standing_links}
    for link in proof.links:
        if link.item and is_page(link.url) and canonical(link.url) not in standing:
            links.setdefault(link.item.steps, []).append(link)
    words: dict[Steps, str] = {}
    for passage in proof.passages:
        if passage.item and passage.field in ("title", "text"):
            steps = passage.item.steps
            words[steps] = f"{words.get(steps, '')} {' '.join(passage.words.split())}."
    for item in proof.items:
        if item.entry.seen != "ok":
            headline, place = _headline(item, proof)
            yield Story(
                item, headline, place, tuple(links.get(item.steps, ())), words.get(item.steps, "")
            )


def _headline(item: Item, proof: Proof) -> tuple[str, Place]:
    """What an entry is headed: its title, the title of its first link, or in a recap the heading
    that it has to itself."""
    entry, steps, section = item.entry, item.steps, item.section
    row = entry.links[0] if entry.links else None
    if entry.title:
        found, place = str(entry.title), (*steps, "title")
    elif row and row.label and row.title and not is_name(str(row.title)):
        found, place = str(row.title), (*steps, "links", 0, "title")
    elif section and proof.issue.layout == "recap" and len(section.entries) == 1:
        found, place = str(section.title), (*steps[:-2], "title")
    else:
        return "", Place(steps)
    node = proof.source.node(place)
    return (found if enough(found) else ""), Place(place, 0, len(node.text) if node else 0)


def hint(story: Story, proof: Proof) -> str:
    """How to keep a story that has been sent."""
    node = proof.source.node(story.item.steps)
    if node is not None and node.kind == "text":
        return "take it out; to keep it, write the entry as 'text: ...', and 'seen: ok' below that"
    return "take it out, or give the entry 'seen: ok' if it is meant to stand here again"


def where(sent: Sent) -> str:
    """Where something stood, in words."""
    part = f"the {sent.part}" if sent.part else f"under '{sent.section}'" if sent.section else ""
    return ", ".join(word for word in (shown(sent.path), part, f"line {sent.line}") if word)


# --- who published a story ----------------------------------------------------------------------


class Publisher(NamedTuple):
    """Who published a story, as far as that is known: a site, a name, or both."""

    site: str
    name: str


def publisher(story: Story) -> Publisher:
    """Who published it."""
    return Publisher(_site(story), _name(story))


def other_publishers(one: Publisher, other: Publisher) -> bool:
    """Whether two stories are known to come from different publishers."""
    if one.site and other.site:
        if one.site == other.site:
            return False
    elif not (one.name and other.name):
        return False
    if one.name and other.name:
        return one.name not in other.name and other.name not in one.name
    return True


def _site(story: Story) -> str:
    """The domain that the publisher of a story has to itself."""
    entry = story.item.entry
    addresses = [link.url for link in story.links] or [link.url for link in entry.links]
    return domain(addresses[0] if addresses else next(iter(entry.text.links), ""))


def _name(story: Story) -> str:
    """What a story says of who published it: `source:`, or what a row of links is called."""
    entry = story.item.entry
    titles = [link.title for link in entry.links if link.label and is_name(str(link.title))]
    name = str(entry.source or next(iter(titles), "")).casefold()
    return name.removeprefix("the ").strip()
