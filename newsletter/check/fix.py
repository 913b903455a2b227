"""A file and changes to values of it in; the file with nothing else changed out.

The changes are cut into the text itself. A YAML library that reads a file and writes it again
wraps its lines anew, and what an editor is asked to approve would be lost among them.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsletter.source import Data, Source, Steps, parse


class Edit(NamedTuple):
    """Put `text` in place of the characters from `start` to `end` of the value at `steps`."""

    steps: Steps
    start: int
    end: int
    text: str


def fixed(raw: str, source: Source, edits: Iterable[Edit]) -> tuple[str, int]:
    """The file `raw`, which was read as `source`, after `edits`, and how many were made.

    An edit that cannot be made without a doubt is left out: one that overlaps another, that
    reaches over a line's end, or after which the file would not read as it should.
    """
    spans: dict[tuple[int, int], str] = {}
    before = _texts(source.text)
    for edit in edits:
        span = source.span(edit.steps, edit.start, edit.end)
        if span is None or any(start < span[1] and span[0] < end for start, end in spans):
            continue
        one_line = "\n" not in source.text[slice(*span)] + edit.text
        if one_line and _as_meant(source, edit, span, before):
            spans[span] = edit.text
    places = _places(raw)
    for (start, end), text in sorted(spans.items(), reverse=True):
        raw = raw[: places[start]] + text + raw[places[end - 1] + 1 :]
    return raw, len(spans)


def _as_meant(source: Source, edit: Edit, span: tuple[int, int], before: Counter[str]) -> bool:
    """Whether the file with this one edit differs from what it was by this one edit."""
    node = source.node(edit.steps)
    if node is None:
        return False
    wanted = node.text[: edit.start] + edit.text + node.text[edit.end :]
    after = _texts(source.text[: span[0]] + edit.text + source.text[span[1] :])
    return before - after == Counter([_bare(node.text)]) and after - before == Counter(
        [_bare(wanted)]
    )


def _texts(text: str) -> Counter[str]:
    """Every text of a YAML file, but for its line ends."""
    found: Counter[str] = Counter()
    pending: list[Data] = [parse(text, "").data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            found.update(f"{key}:" for key in value)
            pending += value.values()
        elif isinstance(value, list):
            pending += value
        elif value is not None:
            found[_bare(value)] += 1
    return found


def _bare(text: str) -> str:
    # No-break spaces are not line ends: they are one of the things that are mended.
    return " ".join(text.replace("\u00a0", "\\").split())


def _places(raw: str) -> list[int]:
    """Where each character of the text that was read stands in the file: without the mark that
    UTF-8 may begin with, each line's end one character."""
    return [
        index
        for index, character in enumerate(raw)
        if not (character == "\r" and raw[index + 1 : index + 2] == "\n")
        and not (index == 0 and character == "\ufeff")
    ]
