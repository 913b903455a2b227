"""The entries of an issue as stories: their headlines, their own pages, who published them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from newsletter.addresses import canonical, site
from newsletter.problems import shown
from newsletter.proof import Item, Place, Proof, Reference
from newsletter.proof.headlines import enough, is_name
from newsletter.proof.past import Sent
from newsletter.source import Steps

KEEP = "take it out, or give the entry 'seen: ok' if it is meant to stand here again"


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


@lru_cache(maxsize=1)  # four rules ask for those of one issue
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
    return KEEP


def where(sent: Sent) -> str:
    """Where something stood, in words."""
    part = f"the {sent.part}" if sent.part else f"under '{sent.section}'" if sent.section else ""
    return ", ".join(word for word in (shown(sent.path), part, f"line {sent.line}") if word)


# --- pages of stories, and fronts of sites ------------------------------------------------------

# After one of these stands a page of a story, however short its name.
_KINDS = re.compile(
    r"/(?:reports?|publications?|articles?|story|stories|press-releases?|documents?|downloads?"
    r"|posts?|blogs?|surveys?|consultations?|statistics|inquir(?:y|ies)|resources?|case-studies"
    r"|videos?|episodes?|speech(?:es)?)/[^/]+$"
)
# Or, if its name is not a single word, after one of these.
_PROJECTS = re.compile(
    r"/(?:events?|projects?|research|stud(?:y|ies)|evaluations?|campaigns?|programmes?)/[^/]+$"
)
# And in one of these stands a list.
_LISTS = re.compile(
    r"(?:^|/)(?:categor(?:y|ies)|tags?|topics?|authors?|profiles?|contributors?|series|sections?"
    r"|organisations|people|groups|browse|collections|search|feeds?|archive|page)(?:/|$)"
)
_COMMITTEE = re.compile(r"(?:^|/)committees?/\d+/[^/]+$")  # the front of one, not what it does
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|html?|aspx?|mp[34])$")
_NUMBERED = re.compile(
    r"\d{3}|[A-Za-z]\d[A-Za-z0-9]*\d|\d[A-Z]{2}|[a-z]\d*[A-Z]|[A-Z]\d*[a-z]+[A-Z]"
)
_QUERY_OF_LIST = re.compile(
    r"(?:^|&)(?:q|s|search|query|keywords?|page|tag|category|topic|filter|sort|lang|from)="
)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words in names of sections of sites.
_GENERAL = _words(
    "a an and the of for in on to with your our we us do about what how get who is "
    "news newsroom media press office views opinion comment blog blogs latest updates stories "
    "research evidence policy practice reports publications resources library insight insights "
    "work works working impact campaigns campaign projects services service support help "
    "advice information guidance guides learning training events courses webinars conference "
    "involved contact donate home index main children child young people families parents "
    "carers professionals practitioners schools education safeguarding protection "
    "social care health society uk world england scotland wales"
)


@lru_cache(maxsize=4096)
def is_page(url: str) -> bool:
    """Whether `url` is a page of a story or a document, not the front of a site or of a part of
    it, as https://www.bbc.co.uk/news is.

    Where that cannot be told from the address, it is no page: fronts stand in every issue.
    """
    if not url.lower().startswith(("http:", "https:")):
        return False
    place, _, query = canonical(url).partition("?")
    path = place.partition("/")[2]
    if query:
        return not _QUERY_OF_LIST.search(query)
    if _LISTS.search(path) or _COMMITTEE.search(path):
        return False
    path = f"/{unquote(path)}"
    last = path.rpartition("/")[2]
    if _NUMBERED.search(path) or _DOCUMENT.search(last):
        return True
    words = [word for word in re.split(r"[-_.+,]", last.lower()) if word]
    telling = [word for word in words if word not in _GENERAL]
    if telling and _KINDS.search(path):
        return True
    if len(telling) > 1 and _PROJECTS.search(path):
        return True
    depth = path.count("/")
    return len(telling) >= 2 and len(words) >= (4 if depth == 1 else 3)


# --- who published a story ----------------------------------------------------------------------

_SHARED = re.compile(r"(?:co|org|gov|ac|nhs|police|sch|com|net|ltd|plc|asn)\.[a-z]{2}")


def other_publishers(one: Story, other: Story) -> bool:
    """Whether two stories are known to come from different publishers."""
    sites = [_site(story) for story in (one, other)]
    names = [_name(story) for story in (one, other)]
    if all(sites):
        if sites[0] == sites[1]:
            return False
    elif not all(names):
        return False
    if all(names):
        return names[0] not in names[1] and names[1] not in names[0]
    return True


def _site(story: Story) -> str:
    """The domain that the publisher of a story has to itself."""
    entry = story.item.entry
    addresses = [link.url for link in story.links] or [link.url for link in entry.links]
    name = site(addresses[0] if addresses else next(iter(entry.text.links), ""))
    labels = name.split(".")
    keep = 3 if _SHARED.fullmatch(".".join(labels[-2:])) else 2
    return ".".join(labels[-keep:])


def _name(story: Story) -> str:
    """What a story says of who published it: `source:`, or what a row of links is called."""
    entry = story.item.entry
    titles = [link.title for link in entry.links if link.label and is_name(str(link.title))]
    name = str(entry.source or next(iter(titles), "")).casefold()
    return name.removeprefix("the ").strip()
