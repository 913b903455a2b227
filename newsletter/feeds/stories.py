"""New entries in; the same, with those that look like one story next to each other, out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from newsletter.intake.draft import DraftEntry
from newsletter.problems import shortened
from newsletter.proof.headlines import pairs


class Story(NamedTuple):
    """An entry, and the heading of the section that it goes to."""

    section: str
    entry: DraftEntry


class Grouped(NamedTuple):
    """All stories, and the titles of those that look like one."""

    stories: tuple[Story, ...]
    groups: tuple[tuple[str, ...], ...]


def grouped(stories: Sequence[Story], alike: Mapping[str, str]) -> Grouped:
    """Puts each story that looks like an earlier one below it, in the same section.

    None is left out: which one tells it best is for an editor to say, so their notes ask for that.
    `alike` says of titles where one like it stands already.
    """
    first: dict[int, int] = {}
    for earlier, later in pairs([story.entry.title for story in stories]):
        first.setdefault(later, first.get(earlier, earlier))
    members: dict[int, list[int]] = {}
    for number in range(len(stories)):
        members.setdefault(first.get(number, number), []).append(number)
    found: list[Story] = []
    groups = []
    for leader, numbers in members.items():
        head = stories[leader]
        for number in numbers:
            one = stories[number].entry
            note = ""
            if number != leader:
                words = f"'{shortened(head.entry.title, 50)}' ({head.entry.source})"
                note = f"it looks like one story with {words} above: keep one, or write one of both"
            elif one.title in alike:
                note = f"it looks like a story that stands {alike[one.title]}"
            found.append(Story(head.section, _noted(one, note)))
        if len(numbers) > 1:
            groups.append(tuple(stories[number].entry.title for number in numbers))
    return Grouped(tuple(found), tuple(groups))


def _noted(one: DraftEntry, note: str) -> DraftEntry:
    return one._replace(todo="; ".join(filter(None, (note, one.todo)))) if note else one
