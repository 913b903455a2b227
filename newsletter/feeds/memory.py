"""What is remembered of feeds from one run to the next, in the newsletter's folder: what had been
sent by their servers, which stories were brought in, and who asked to be left alone."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from newsletter.live.cache import FOLDER
from newsletter.problems import NewsletterError
from newsletter.write import write

FILE = "feeds.json"
_VERSION = 1
_MOST_STORIES = 3_000  # of a feed


class Remembered(NamedTuple):
    """A feed as it was read last. `etag` and `modified` are what its server called that version;
    `since` is the day from which its stories were taken then, `stories` those that were."""

    etag: str = ""
    modified: str = ""
    since: str = ""
    stories: tuple[str, ...] = ()


class Memory(NamedTuple):
    """Feeds by their addresses; hosts, and until when (the time of Unix) they are not asked."""

    feeds: Mapping[str, Remembered] = {}
    resting: Mapping[str, float] = {}


def read(root: Path) -> Memory:
    """What is kept under `root`; nothing if it is broken, or of another version."""
    try:
        data = json.loads((root / FOLDER / FILE).read_bytes())
        if data["version"] != _VERSION:
            return Memory()
        feeds = {str(url): _remembered(one) for url, one in data["feeds"].items()}
        resting = {str(host): float(until) for host, until in data["resting"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Memory()
    return Memory(feeds, resting)


def keep(root: Path, memory: Memory) -> None:
    """Keep it. A folder that cannot be written to keeps nothing."""
    feeds = {
        url: {**one._asdict(), "stories": one.stories[:_MOST_STORIES]}
        for url, one in memory.feeds.items()
    }
    data = {"version": _VERSION, "feeds": feeds, "resting": dict(memory.resting)}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    with suppress(NewsletterError, UnicodeEncodeError):
        write(root / FOLDER, {FILE: text.encode(), ".gitignore": b"*\n"})


def _remembered(value: Any) -> Remembered:
    return Remembered(
        str(value["etag"]),
        str(value["modified"]),
        str(value["since"]),
        tuple(str(story) for story in value["stories"]),
    )
