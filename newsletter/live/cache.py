"""Answers that were heard lately, kept in the newsletter's folder, so that nobody is asked twice a
day."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from newsletter.live.answer import Answer, Kind
from newsletter.problems import NewsletterError
from newsletter.project import FOLDER as KEPT
from newsletter.write import write

FOLDER = Path(KEPT) / "cache"
FILE = "links.json"
_VERSION = 1
_HOUR = 60 * 60

_KEPT = {
    Kind.OK: 24 * _HOUR,
    Kind.MOVED: 24 * _HOUR,
    Kind.LOGIN: 24 * _HOUR,
    Kind.BLOCKED: 24 * _HOUR,
    # Whoever runs that website may be mending it.
    Kind.GONE: _HOUR,
    Kind.SOFT_404: _HOUR,
}
"""How many seconds an answer is worth keeping; the others are gone at once."""


class Cache:
    """The answers that are kept under `root`. `now` is the time of Unix."""

    def __init__(self, root: Path, now: float) -> None:
        self._folder = root / FOLDER
        self._now = now
        self._kept = {
            address: (asked, answer)
            for address, (asked, answer) in _read(self._folder / FILE).items()
            if 0 <= now - asked < _KEPT.get(answer.kind, 0)
        }

    @property
    def answers(self) -> dict[str, Answer]:
        """Those that are still good."""
        return {address: answer for address, (_, answer) in self._kept.items()}

    def add(self, answers: Mapping[str, Answer]) -> None:
        """Keep what has just been heard. A folder that cannot be written to keeps nothing."""
        for address, answer in answers.items():
            self._kept.pop(address, None)
            if answer.kind in _KEPT:
                self._kept[address] = (self._now, answer)
        kept = {
            address: {"asked": asked, **answer._asdict()}
            for address, (asked, answer) in self._kept.items()
        }
        text = json.dumps({"version": _VERSION, "answers": kept}, ensure_ascii=False, indent=1)
        with suppress(NewsletterError):
            write(self._folder, {FILE: text.encode(), ".gitignore": b"*\n"})


def _read(path: Path) -> dict[str, tuple[float, Answer]]:
    """What stands in the file; nothing if it is broken, or of another version."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != _VERSION:
            return {}
        return {str(address): _answer(value) for address, value in data["answers"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _answer(value: Any) -> tuple[float, Answer]:
    answer = Answer(
        Kind(value["kind"]),
        str(value["words"]),
        int(value["status"]),
        str(value["final"]),
        bool(value["permanent"]),
    )
    return float(value["asked"]), answer
