"""Two versions of an issue in, which entries of each are new, changed, moved or gone out."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from newsletter.addresses import canonical
from newsletter.model import Entry, Issue
from newsletter.proof import items_of
from newsletter.proof.likeness import likeness
from newsletter.source import Steps

Change = Literal["new", "changed", "moved", "gone"]


class _Set(NamedTuple):
    """An entry, and the heading that it stands below."""

    entry: Entry
    heading: str


# By what an entry is known again, the surest first.
_TRAITS: tuple[Callable[[_Set], list[object]], ...] = (
    lambda one: [one],
    lambda one: [one.entry],
    lambda one: [one.entry.title] if one.entry.title else [],
    lambda one: [one.entry.text] if one.entry.text else [],
    lambda one: [canonical(url) for url in (*_links(one.entry), *one.entry.text.links)],
)

_ALIKE = 70
"""How alike the words of an entry are, of 100, that has been written anew."""


def changes(old: Issue, new: Issue) -> tuple[dict[Steps, Change], dict[Steps, Change]]:
    """What became of the entries of `old`, and what those of `new` have become, by their places.
    Those that are as they were have none."""
    before, after = _sets(old), _sets(new)
    pairs = _paired(before, after)
    of_old: dict[Steps, Change] = {at: "gone" for at in before if at not in pairs.values()}
    of_new: dict[Steps, Change] = {at: "new" for at in after if at not in pairs}
    for at, earlier in pairs.items():
        if before[earlier].entry != after[at].entry:
            of_old[earlier] = of_new[at] = "changed"
        elif before[earlier].heading != after[at].heading:
            of_old[earlier] = of_new[at] = "moved"
    return of_old, of_new


def _sets(issue: Issue) -> dict[Steps, _Set]:
    return {
        item.steps: _Set(item.entry, item.section.title if item.section else "")
        for item in items_of(issue)
    }


def _paired(before: Mapping[Steps, _Set], after: Mapping[Steps, _Set]) -> dict[Steps, Steps]:
    """Where each entry of `after` that was there `before` stood."""
    pairs: dict[Steps, Steps] = {}
    for traits in _TRAITS:
        free = [at for at in before if at not in pairs.values()]
        for at, now in after.items():
            wanted = traits(now) if at not in pairs else []
            match = next((one for one in free if _share(traits(before[one]), wanted)), None)
            if match is not None:
                pairs[at] = match
                free.remove(match)
    for at, now in after.items():
        free = [one for one in before if one not in pairs.values()]
        match = None if at in pairs else _most_alike(now, {one: before[one] for one in free})
        if match is not None:
            pairs[at] = match
    return pairs


def _most_alike(entry: _Set, others: Mapping[Steps, _Set]) -> Steps | None:
    """Which of `others` is `entry` in other words, if one is."""
    words = _words(entry)
    likes = {at: likeness(words, _words(other)) for at, other in others.items() if words}
    best = max(likes, key=lambda at: likes[at], default=None)
    return best if best is not None and likes[best] >= _ALIKE else None


def _words(one: _Set) -> str:
    return f"{one.entry.title} {one.entry.text}".strip()


def _links(entry: Entry) -> list[str]:
    return [link.url for link in entry.links]


def _share(some: list[object], others: list[object]) -> bool:
    return any(one in others for one in some)
