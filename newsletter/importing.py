"""A source in, the file of a draft issue out: the way of `newsletter import`."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from newsletter import importers
from newsletter.dates import MONTHS, PartialDate
from newsletter.importers import Given
from newsletter.intake import typed
from newsletter.intake.blocks import NOWHERE
from newsletter.intake.draft import READ, Draft, DraftEntry, DraftSection, Log
from newsletter.model import Settings
from newsletter.problems import cannot, shortened

MOST = 50_000_000
"""Bytes of a file. A Word document with its pictures may have some; no newsletter has more."""


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
    draft = _with_pictures(draft._replace(layout=given.layout or draft.layout), folder, log)
    draft, todo = _named(draft, given, settings, today)
    origin = given.name if given.address else Path(given.name).name
    origin = "standard input" if given.name == "-" else typed.comment(origin)
    notes = [f"Imported from {origin} on {today}."]
    if any(left.why != READ for left in log.left):
        notes.append("What is not in here is listed by `newsletter import` with --report.")
    name = name or _file_name(draft, given)
    text = typed.issue(draft, notes, todo)
    return Imported(form, draft, name, {name: text.encode(), **draft.files}, log)


def _named(
    draft: Draft, given: Given, settings: Settings, today: date
) -> tuple[Draft, dict[str, str]]:
    """The draft with a title and a date, and what is to be done about those that it had not."""
    todo = {}
    if not draft.title:
        stem = re.sub(r"[-_]+", " ", Path(given.name).stem).strip() if given.name != "-" else ""
        draft = draft._replace(title=settings.publication or stem or "Newsletter")
        todo["title"] = "the source has none"
    if not draft.date:
        days = sorted(entry.date for entry in draft.entries if entry.date)
        draft = draft._replace(date=(days[-1] if days else today.isoformat())[:7])
        todo["date"] = (
            f"the source has none; its newest entry is of {PartialDate(days[-1]).format()}"
            if days
            else "the source has none; this is the month of the import"
        )
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


# --- pictures -----------------------------------------------------------------------------------

_ON_THE_WEB = ("https://", "http://")


def _with_pictures(draft: Draft, folder: Path | None, log: Log) -> Draft:
    """The draft with those pictures that a source has in itself, or a saved page in a folder beside
    it; an issue has them in `images`. One that is not there is told, and its words kept."""
    files = dict(draft.files)

    def kept(entry: DraftEntry) -> DraftEntry:
        image = entry.image
        if not image or image.src in files or image.src.startswith(_ON_THE_WEB):
            return entry
        content = image.content or _beside(image.src, folder)
        if not content:
            log.notice(f"the picture '{shortened(image.src)}' is not there")
            for words in (image.alt, image.credit, image.caption):
                log.leave(words, "of a picture that is not there")
            return entry._replace(image=None)
        name = _picture_name(image.src, files)
        files[name] = content
        return entry._replace(image=image._replace(src=name, content=b""))

    def section(one: DraftSection) -> DraftSection:
        entries = (kept(entry) for entry in one.entries)
        return one._replace(entries=tuple(one for one in entries if one != DraftEntry()))

    lead = section(draft.lead) if draft.lead else None
    sections = tuple(section(one) for one in draft.sections)
    return draft._replace(lead=lead, sections=sections, files=files)


def _beside(src: str, folder: Path | None) -> bytes | None:
    """What a picture's file in `folder`, or below it, holds."""
    if folder is None or not src:
        return None
    with suppress(OSError, ValueError):
        path = (folder / unquote(src)).resolve()
        if path.is_relative_to(folder.resolve()) and path.stat().st_size <= MOST:
            return path.read_bytes()
    return None


def _picture_name(src: str, taken: Mapping[str, bytes]) -> str:
    name = re.sub(r"[^A-Za-z0-9.]+", "-", Path(unquote(src)).name).strip("-.") or "picture"
    stem, suffix = Path(name).stem, Path(name).suffix
    number = next(n for n in count(1) if f"images/{stem}{_number(n)}{suffix}" not in taken)
    return f"images/{stem}{_number(number)}{suffix}"


def _number(number: int) -> str:
    return f"-{number}" if number > 1 else ""
