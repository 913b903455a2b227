"""What an importer makes of a source, before it is YAML: plain values, and what became of the rest.

A draft may lack what an issue must have: an address that the source does not give is "", and is
written as something to do.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsletter.intake.blocks import Picture

REWRITE = "these are the publisher's words: write your own"
"""What is to be done with a text that stands in a draft for the time being."""


READ = "read as a date"
"""Why words are not in a draft that are there all the same, written in another way."""


class DraftLink(NamedTuple):
    """A link on a line of its own: `Read the report: Title`. `url` is "" if it is not known."""

    label: str = ""
    title: str = ""
    url: str = ""


class DraftEntry(NamedTuple):
    """One item. `date` and `closes` are ISO 8601, as precise as they are known; `text` is Markdown.

    `todo` is what is to be done with the text, for whoever edits the draft; "" is nothing.
    """

    title: str = ""
    date: str = ""
    source: str = ""
    kind: str = ""
    text: str = ""
    image: Picture | None = None
    links: tuple[DraftLink, ...] = ()
    closes: str = ""
    todo: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it has nothing but a text, which is then written without its key."""
        return self == DraftEntry(text=self.text, todo=self.todo)


class DraftSection(NamedTuple):
    """A heading and the entries below it."""

    title: str = ""
    subtitle: str = ""
    entries: tuple[DraftEntry, ...] = ()


class Draft(NamedTuple):
    """An issue that is still to be edited. Entries without a section are in one without a title."""

    title: str = ""
    date: str = ""
    layout: str = ""
    language: str = ""
    preheader: str = ""
    intro: str = ""  # Markdown
    lead: DraftSection | None = None
    sections: tuple[DraftSection, ...] = ()
    outro: str = ""  # Markdown
    files: Mapping[str, bytes] = {}  # pictures, by their path beside the issue: images/1.png

    @property
    def entries(self) -> tuple[DraftEntry, ...]:
        """All its entries, the lead's first."""
        lead = self.lead.entries if self.lead else ()
        return (*lead, *(entry for section in self.sections for entry in section.entries))


class Left(NamedTuple):
    """Words of a source that are not in the draft, and why."""

    words: str
    why: str


class Log:
    """What became of a source besides the draft: what was left out, read otherwise, or noticed."""

    def __init__(self) -> None:
        self.left: list[Left] = []
        self.noticed: list[str] = []

    def leave(self, words: str, why: str) -> None:
        """These words are not in the draft; `why` completes the sentence "left out: ..."."""
        words = " ".join(words.split())
        if words:
            self.left.append(Left(words, why))

    def read(self, words: str, date: str) -> None:
        """These words are in the draft as a date (ISO 8601)."""
        self.leave(f"{words} → {date}", READ)

    def notice(self, message: str) -> None:
        """Something to look at, or that was mended: a sentence without its full stop."""
        self.noticed.append(message)


def counted(words: Iterable[str]) -> list[tuple[str, int]]:
    """Each different one, in order of its first appearance, and how often it stands there."""
    found: dict[str, int] = {}
    for one in words:
        found[one] = found.get(one, 0) + 1
    return list(found.items())
