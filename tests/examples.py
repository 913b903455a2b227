"""An example of a rule's manual in; the files of a newsletter that has that fault out.

An example says only what matters: it is laid over a small newsletter that no rule finds anything
in.
"""

import re
from collections.abc import Container
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from newsletter.project import SETTINGS
from newsletter.source import Data, parse

ISSUE: dict[str, Data] = {
    "title": "Safeguarding Monthly",
    "date": "2024-05",
    "layout": "roundup",
    "subject": "Safeguarding Monthly: new figures on neglect",
    "preheader": "A report on neglect, a survey of foster carers and a new helpline",
    "sections": [
        {
            "title": "Neglect",
            "entries": [
                {
                    "text": "The Example Trust has published "
                    "[its report on neglect](https://example.org/reports/neglect). "
                    "It has figures for each council."
                }
            ],
        }
    ],
}
EARLIER: dict[str, Data] = {
    **ISSUE,
    "date": "2024-04",
    "subject": "Safeguarding Monthly: the survey of foster carers",
    "sections": [
        {
            "title": "Fostering",
            "entries": [
                {
                    "text": "The Example Trust has published "
                    "[its survey of foster carers](https://example.org/surveys/foster-carers)."
                }
            ],
        }
    ],
}
SETTINGS_OF_EXAMPLE: dict[str, Data] = {
    "publication": "Safeguarding Monthly",
    "sender": "Example Trust",
    "sender_email": "editor@example.org",
    "address": "1 Example Street, Exampleton EX1 1EX",
    "reason": "You receive this because you asked us for it.",
    "privacy": "https://example.org/privacy",
    "links": {"unsubscribe": "https://example.org/unsubscribe"},
}


THE_ISSUE = "issues/2024-05.yaml"
"""The one that is to be checked."""

_SO_ON = re.compile(r"\.\.\. and so on, for ([\d,]+) characters")
_SAVED = re.compile(r"^# (\S+) is saved as (\S+)$", re.MULTILINE)
_PICTURE = re.compile(r"^# (images/\S+) is a picture\b(.*)$", re.MULTILINE)


def write(example: str, folder: Path) -> None:
    """Put the newsletter that `example` describes into `folder`.

    Notes say what examples cannot show: `# → is a tab`, `# FILE is saved as Windows-1252`,
    `# images/FILE is a picture`, perhaps `of 640 by 360 pixels`, `in CMYK` or `on its side`.
    images/photo.jpg is always one.
    """
    saved = dict(_SAVED.findall(example))
    for name, text in files(example).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(saved.get(name, "utf-8")))
    pictures = dict(_PICTURE.findall(example))
    if "images/photo.jpg" in example:
        pictures.setdefault("images/photo.jpg", "")
    for name, words in pictures.items():
        _picture(folder / "issues" / name, words)


def _picture(path: Path, words: str) -> None:
    """A picture as `words` describe it; one of 640 by 360 pixels has about 9 KB."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = re.search(r"of (\d+) by (\d+) pixels", words)
    width, height = (int(size[1]), int(size[2])) if size else (640, 360)
    picture = Image.linear_gradient("L").resize((width, height))
    picture = picture.convert("CMYK" if "in CMYK" in words else "RGB")
    exif = Image.Exif()
    if "on its side" in words:
        exif[0x0112] = 6
    picture.save(path, quality=80, exif=exif)


def files(example: str) -> dict[str, str]:
    """The files of the newsletter that `example` describes, by their paths."""
    if "# → is a tab" in example:
        example = example.replace("\n→", "\n\t")
    example = _SO_ON.sub(lambda so: "and so on " * (int(so[1].replace(",", "")) // 10), example)
    source = parse(example, "an example")
    given = _mapping(source.data)
    # What is no sound YAML has no values to be laid over others; and a note is no value.
    if source.problems or "# TODO" in example:
        made = {THE_ISSUE: _over_lines(example)}
        given = {}
    else:
        own = {key: value for key, value in given.items() if "." not in key}
        made = {THE_ISSUE: _yaml({**_base(own), **own})}
    made[SETTINGS] = _yaml(SETTINGS_OF_EXAMPLE)
    for path, value in given.items():
        if "." not in path:
            continue
        if value is None:
            made.pop(path, None)
        elif isinstance(value, str):
            made[path] = value
        elif path == SETTINGS:
            made[path] = _yaml({**SETTINGS_OF_EXAMPLE, **_mapping(value)})
        else:
            made[path] = _yaml({**EARLIER, **_mapping(value)})
    return made


def _over_lines(example: str) -> str:
    """The issue with the lines of `example` in place of the keys that begin them."""
    keys = re.findall(r"^(\w+):", example, re.MULTILINE)
    base = {key: value for key, value in _base(keys).items() if key not in keys}
    return f"{_yaml(base)}{example}\n"


def _base(keys: Container[str]) -> dict[str, Data]:
    """The issue below an example with these keys: it has sections, or entries."""
    return {key: ISSUE[key] for key in ISSUE if key != "sections" or "entries" not in keys}


def _mapping(value: Data) -> dict[str, Data]:
    return value if isinstance(value, dict) else {}


def _yaml(data: Any) -> str:
    given = {key: value for key, value in data.items() if value is not None}
    return str(yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=100))
