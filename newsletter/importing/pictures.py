"""The pictures of a source, to stand beside the issue: those inside it, and those beside a page."""

import re
from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from newsletter.intake.blocks import Picture
from newsletter.intake.draft import Draft, DraftEntry, DraftSection, Log
from newsletter.problems import shortened

_ON_THE_WEB = ("https://", "http://")
_BEGINS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_MOST = 10_000_000  # bytes of one
_MOST_TOGETHER = 50_000_000


def taken(draft: Draft, folder: Path | None, stem: str, log: Log) -> Draft:
    """The draft with its pictures among its files: those that the source has in itself, and those
    that a saved page has in `folder`, or below it. They are called by `stem`, that of the issue's
    file, so that those of two issues do not meet. One that is not there is told, and its words
    kept."""
    box = _Box(dict(draft.files), folder, stem, log)
    lead = box.section(draft.lead) if draft.lead else None
    sections = tuple(box.section(one) for one in draft.sections)
    return draft._replace(lead=lead, sections=sections, files=box.files)


class _Box:
    """The pictures so far."""

    def __init__(self, files: dict[str, bytes], folder: Path | None, stem: str, log: Log) -> None:
        self.files = files
        self._folder = folder
        self._stem = stem
        self._log = log
        self._room = _MOST_TOGETHER - sum(map(len, files.values()))

    def section(self, one: DraftSection) -> DraftSection:
        """The section with the pictures of its entries taken."""
        entries = tuple(self._entry(entry) for entry in one.entries)
        for entry in entries:
            if not _shows(entry):
                self._log.leave(f"{entry.kind} {entry.source}", "of a picture that is not there")
        return one._replace(entries=tuple(entry for entry in entries if _shows(entry)))

    def _entry(self, entry: DraftEntry) -> DraftEntry:
        image = entry.image
        if not image or image.src in self.files or image.src.startswith(_ON_THE_WEB):
            return entry
        content = image.content or _beside(image.src, self._folder)
        if not content.startswith(_BEGINS) or len(content) > min(_MOST, self._room):
            self._leave(image)
            return entry._replace(image=None)
        self._room -= len(content)
        name = _name(image.src, self._stem, self.files)
        self.files[name] = content
        return entry._replace(image=image._replace(src=name, content=b""))

    def _leave(self, image: Picture) -> None:
        """Tells of a picture that is not taken."""
        self._log.notice(f"the picture '{shortened(image.src)}' is not there")
        for words in (image.alt, image.credit, image.caption):
            self._log.leave(words, "of a picture that is not there")


def _shows(entry: DraftEntry) -> bool:
    return bool(entry.title or entry.text or entry.image or entry.links)


def _beside(src: str, folder: Path | None) -> bytes:
    """What a file in `folder`, or below it, holds; nothing for one that is elsewhere."""
    if folder is None or not src:
        return b""
    with suppress(OSError, ValueError):
        path = (folder / unquote(src)).resolve()
        inside = path.is_relative_to(folder.resolve()) and path.is_file()
        if inside and path.stat().st_size <= _MOST:
            return path.read_bytes()
    return b""


def _name(src: str, stem: str, files: Mapping[str, bytes]) -> str:
    file = re.sub(r"[^A-Za-z0-9.]+", "-", Path(unquote(src)).name).strip("-.") or "picture"
    name, suffix = Path(file).stem, Path(file).suffix
    tried = (f"images/{stem}-{name}{f'-{n}' if n > 1 else ''}{suffix}" for n in count(1))
    return next(one for one in tried if one not in files)
