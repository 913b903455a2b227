"""A source in, the file of a draft issue out: the way of `newsletter import`."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from newsletter import importers
from newsletter.dates import MONTHS, PartialDate
from newsletter.importers import Given
from newsletter.importing import pictures
from newsletter.intake import typed
from newsletter.intake.blocks import NOWHERE
from newsletter.intake.draft import READ, Draft, Log
from newsletter.model import Settings
from newsletter.problems import cannot
from newsletter.source import MAX_BYTES


class Imported(NamedTuple):
    """A draft issue and how it came to be. `files` are the text of the issue by `name`, and its
    pictures by their paths beside it."""

    format: str
    draft: Draft
    name: str
    files: Mapping[str, bytes]
    log: Log

    @property
    def missing(self) -> int:
        """How many links have no address."""
        rows = sum(not row.url or row.url == NOWHERE for e in self.draft.entries for row in e.links)
        texts = [self.draft.intro, self.draft.outro, *(one.text for one in self.draft.entries)]
        return rows + sum(text.count(f"]({NOWHERE})") for text in texts)


def imported(
    given: Given,
    form: str,
    settings: Settings,
    today: date,
    name: str = "",
    folder: Path | None = None,
) -> Imported:
    """The draft that is in `given`, read as `form`. `name` is that of the issue's file, if it is
    decided; `folder` the one that the source is in, whose pictures are taken along.

    Raises NewsletterError when there is nothing in it.
    """
    log = Log()
    draft = importers.read(given, form, log)
    if not draft.entries and not draft.intro:
        raise cannot(
            given.name, "format", "there is nothing in it that could be an entry",
            "is this the right file? `--as` names its format",
        )  # fmt: skip
    draft, todo = _named(draft, given, settings, today)
    draft = draft._replace(layout=given.layout or draft.layout)
    name = name or _file_name(draft, given)
    draft = pictures.taken(draft, folder, Path(name).stem, log)
    origin = given.name if given.address else Path(given.name).name
    origin = "standard input" if given.name == "-" else typed.comment(origin)
    notes = [f"Imported from {origin} on {today}."]
    if any(left.why != READ for left in log.left):
        notes.append("What is not in here is listed by `newsletter import` with --report.")
    text = typed.issue(draft, notes, todo).encode()
    if len(text) > MAX_BYTES:
        raise cannot(
            given.name,
            "file-too-large",
            "this would be an issue larger than any newsletter",
            "is this the right file? If it is, import a part of it",
        )
    return Imported(form, draft, name, {name: text, **draft.files}, log)


def _named(
    draft: Draft, given: Given, settings: Settings, today: date
) -> tuple[Draft, dict[str, str]]:
    """The draft with a title and a date, and what is to be done about those that it had not."""
    todo = {}
    if not draft.title:
        stem = re.sub(r"[-_]+", " ", Path(given.name).stem).strip() if given.name != "-" else ""
        draft = draft._replace(title=settings.publication or stem or "Newsletter")
        todo["title"] = "the title: the source has none"
    if not draft.date:
        days = sorted(entry.date for entry in draft.entries if entry.date)
        draft = draft._replace(date=(days[-1] if days else today.isoformat())[:7])
        newest = PartialDate(days[-1]).format() if days else ""
        why = f"its newest entry is of {newest}" if newest else "this is the month of the import"
        todo["date"] = f"the date: the source has none; {why}"
    return draft, todo


_DATES = re.compile(
    rf"\b(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)}|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def _file_name(draft: Draft, given: Given) -> str:
    """As issues are called: 2024-04-round-up.yaml, for "April 2024 round-up.docx"."""
    words = draft.title if given.name == "-" or given.address else Path(given.name).stem
    slug = re.sub(r"[^a-z0-9]+", "-", _DATES.sub(" ", words.replace("_", " ")).lower())
    slug = re.sub(r"^(?:\d\d-){0,2}", "", slug.strip("-"))[:40].strip("-")
    return f"{draft.date}-{slug}.yaml" if slug else f"{draft.date}.yaml"
