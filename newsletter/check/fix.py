"""A file and changes to values of it in; the file with nothing else changed out.

The changes are cut into the text itself. A YAML library that reads a file and writes it again
wraps its lines anew, and what an editor is asked to approve would be lost among them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from newsletter.source import Data, Node, Source, Steps, parse


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
    trial = _Trial(source)
    wanted = [(span, edit) for edit in edits if (span := _span(source, edit))]
    first = _apart(wanted, {})
    made = trial.made({}, first)
    # And those that overlapped one that could not be made.
    made = trial.made(made, _apart((one for one in wanted if one[0] not in first), made))
    places = _places(raw)
    parts, at = [], 0
    for (start, end), edit in sorted(made.items()):
        parts += [raw[at : places[start]], edit.text]
        at = places[end - 1] + 1
    return "".join([*parts, raw[at:]]), len(made)


def _span(source: Source, edit: Edit) -> tuple[int, int] | None:
    """Where an edit is in the file; None if it reaches over a line's end."""
    span = source.span(edit.steps, edit.start, edit.end)
    return span if span and "\n" not in source.text[slice(*span)] + edit.text else None


_Spans = dict[tuple[int, int], Edit]


def _apart(wanted: Iterable[tuple[tuple[int, int], Edit]], made: _Spans) -> _Spans:
    """Those that overlap neither what is made nor each other; of two, the first."""
    found: _Spans = {}
    known = sorted(made)
    for span, edit in wanted:
        at = bisect_left(known, span)
        before, after = known[at - 1 : at], known[at : at + 1]
        if all(one[1] <= span[0] for one in before) and all(span[1] <= one[0] for one in after):
            known.insert(at, span)
            found[span] = edit
    return found


class _Trial:
    """Edits are tried together, because a file may have thousands, and it takes its time to read
    one. If something goes wrong with them, they are tried by halves."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._before = _read(source.text)

    def made(self, made: _Spans, more: _Spans) -> _Spans:
        """What is made already, and all of `more` that can be."""
        both = {**made, **more}
        if not more or self._as_meant(both):
            return both
        if len(more) == 1:
            return made
        pairs = list(more.items())
        half = len(pairs) // 2
        return self.made(self.made(made, dict(pairs[:half])), dict(pairs[half:]))

    def _as_meant(self, spans: _Spans) -> bool:
        """Whether the file with these edits differs from what it was by them alone."""
        text, parts, at = self._source.text, [], 0
        nodes: dict[int, tuple[Node, list[Edit]]] = {}
        for (start, end), edit in sorted(spans.items()):
            node = self._source.node(edit.steps)
            if node is None:
                return False
            nodes.setdefault(id(node), (node, []))[1].append(edit)
            parts += [text[at:start], edit.text]
            at = end
        after, faults = _read("".join([*parts, text[at:]]))
        before, known = self._before
        left, right = before - after, after - before
        gone = Counter(_bare(node.text) for node, _ in nodes.values())
        come = Counter(_bare(_edited(node.text, those)) for node, those in nodes.values())
        return (left, right, faults) == (gone - come, come - gone, known)


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _read(text: str) -> tuple[Counter[str], list[str]]:
    """Every text of a YAML file, but for its line ends, and what is wrong with it."""
    source = parse(text, "")
    found: Counter[str] = Counter()
    pending: list[Data] = [source.data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            found.update(f"{key}:" for key in value)
            pending += value.values()
        elif isinstance(value, list):
            pending += value
        elif value is not None:
            found[_bare(value)] += 1
    return found, [problem.code for problem in source.problems]


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
