"""New values for the lists of a YAML file in; the file with them, and nothing else changed, out.

The new lines are cut into the text itself, at the places where the reader found its values. A YAML
library that reads a file and writes it again wraps its lines anew and moves its notes. Whatever
comes out is read again before anybody gets it: it must hold what it held, and what is new.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from newsletter.problems import Level, NewsletterError, Problem
from newsletter.source import CONTROL, Data, Node, Source, Steps, parse


class Item(NamedTuple):
    """A new value of a list: what it says, as lines of a block at an indent, and as one in
    brackets."""

    data: Data
    block: Callable[[str], list[str]]
    flow: Callable[[str], str]
    spaced: bool  # whether a blank line stands between two of its kind, if nothing says otherwise


class Job(NamedTuple):
    """New values for the list `key` of the mapping at `steps`."""

    steps: Steps
    key: str
    items: list[Item]
    last: bool = False  # at the end of the list, wherever others go


class Form(NamedTuple):
    """How a file is typed."""

    step: int  # how much further in than its key a list begins
    spaced: dict[str, bool]  # by the key of a list, whether blank lines stand between its values


def read(text: str, name: str) -> Source:
    source = parse(text, name)
    errors = [problem for problem in source.problems if problem.level is Level.ERROR]
    if source.root is None and errors:
        raise NewsletterError(*errors)
    if source.data is not None and not isinstance(source.data, dict):
        raise _refused(source)
    return source


def form_of(source: Source) -> Form:
    step, spaced = None, {}
    for mapping, key, found in _lists(source.root, 0):
        if found.kind != "list" or not found.children or _in_brackets(source, found):
            continue
        if step is None or key == "entries":
            step = max(found.mark.column - mapping.keys[key].mark.column, 0)
        gap = _is_spaced(source, found)
        if gap is not None:
            spaced[key] = gap
    return Form(2 if step is None else step, spaced)


def done(text: str, source: Source, jobs: list[Job], form: Form, first: bool) -> tuple[str, Source]:
    """The file after `jobs`, as it is on the disk and as it reads. Raises NewsletterError."""
    try:
        cuts = [cut for job in jobs for cut in _cuts(source, job, form, first and not job.last)]
    except (KeyError, IndexError, _Odd):
        raise _refused(source) from None
    cuts.sort(key=lambda cut: cut.start)
    made = _applied(text, cuts)
    result = parse(made, source.path)
    large = [problem for problem in result.problems if problem.code == "too-many-values"]
    if large:
        raise NewsletterError(large[0])
    told, known = (sorted(one.code for one in it.problems) for it in (result, source))
    if told != known or not _as_meant(source, result, jobs, first):
        raise _refused(source)
    return made, result


# --- where it goes -------------------------------------------------------------------------------


def _as_meant(source: Source, result: Source, jobs: list[Job], first: bool) -> bool:
    """Whether two files differ by the values of `jobs` alone."""
    rest = result.data
    try:
        for job in reversed(jobs):
            rest, gone = _parted(rest, job.steps, job.key, indices(source, job, first))
            if _worded(gone) != _worded([item.data for item in job.items]):
                return False
    except (_Odd, IndexError):
        return False
    return bool(_old(rest or {}) == _old(source.data or {}))


class _Cut(NamedTuple):
    """`text` in place of the characters from `start` to `end` of the file."""

    start: int
    end: int
    text: str


class _Odd(Exception):
    """A file is written in a way that nothing can be cut into."""


def _refused(source: Source) -> NewsletterError:
    errors = [problem for problem in source.problems if problem.level is Level.ERROR]
    if errors:
        return NewsletterError(*errors)
    return NewsletterError(
        Problem(
            source.path,
            None,
            Level.ERROR,
            "cannot-write",
            "nothing was written: this file is typed in a way that is too unusual to add to",
            "write 'sections:' and 'entries:' as lists with a dash for each entry",
        )
    )


def _cuts(source: Source, job: Job, form: Form, first: bool) -> Iterator[_Cut]:
    mapping = source.node(job.steps) if job.steps else source.root
    if mapping is None or (mapping.kind == "text" and not job.steps and source.data is None):
        yield _at_the_end(source, job, form)
        return
    if mapping.kind != "mapping":
        raise _Odd
    flows = source.text[_index(source, mapping)] == "{"
    found = mapping.children.get(job.key)
    if found is None:
        yield _without_key(source, mapping, job, form, flows)
    elif found.kind == "list" and _in_brackets(source, found):
        yield from _into_brackets(source, mapping, found, job, form, first, flows)
    elif found.kind == "list":
        yield _into_block(source, mapping, found, job, form, first)
    elif found.kind == "text" and not found.text and not found.style:
        if flows:
            at = _index(source, found)
            yield _Cut(at, at, " " + _brackets(job.items, _indent(source, at)))
        else:
            yield _into_nothing(source, mapping, job, form)
    else:
        raise _Odd


def _into_block(
    source: Source, mapping: Node, found: Node, job: Job, form: Form, first: bool
) -> _Cut:
    indent = " " * (found.mark.column - 1)
    spaced = _is_spaced(source, found)
    spaced = form.spaced.get(job.key) if spaced is None else spaced
    lines = _block(job, indent, spaced)
    if first:
        line = mapping.keys[job.key].mark.line + 1
        gap = [""] if _gap(job.items[-1], spaced) else []
        return _at_line(source, line, [*lines, *gap])
    above = mapping.keys[job.key].mark.column
    line = _below(source, _last_line(source, found), above)
    blank = not _row(source, line - 1).strip()  # they are the last text's own
    gap = [""] if _gap(job.items[0], spaced) and not blank else []
    return _at_line(source, line, [*gap, *lines])


def _into_nothing(source: Source, mapping: Node, job: Job, form: Form) -> _Cut:
    key = mapping.keys[job.key]
    lines = _block(job, " " * (key.mark.column - 1 + form.step), form.spaced.get(job.key))
    return _at_line(source, _below(source, key.mark.line, key.mark.column), lines)


def _without_key(source: Source, mapping: Node, job: Job, form: Form, flows: bool) -> _Cut:
    last = list(mapping.children.values())[-1] if mapping.children else None
    if flows:
        at = _end(source, last) if last else _index(source, mapping) + 1
        pair = f'"{job.key}": {_brackets(job.items, _indent(source, at))}'
        return _Cut(at, at, f", {pair}" if last else pair)
    if not job.steps:
        return _at_the_end(source, job, form)
    indent = " " * (mapping.mark.column - 1)
    lines = [
        f"{indent}{job.key}:",
        *_block(job, indent + " " * form.step, form.spaced.get(job.key)),
    ]
    return _at_line(source, _below(source, _last_line(source, mapping), mapping.mark.column), lines)


def _at_the_end(source: Source, job: Job, form: Form) -> _Cut:
    """A new key of the whole file: its last one."""
    rows = source.text.split("\n")
    stop = next((at for at, row in enumerate(rows) if re.match(r"\.\.\.(\s|$)", row)), len(rows))
    while stop and not rows[stop - 1].strip():
        stop -= 1
    gap = [""] if stop else []
    return _at_line(
        source,
        stop + 1,
        [*gap, f"{job.key}:", *_block(job, " " * form.step, form.spaced.get(job.key))],
    )


def _into_brackets(
    source: Source, mapping: Node, found: Node, job: Job, form: Form, first: bool, flows: bool
) -> Iterator[_Cut]:
    start, end = _index(source, found), _end(source, found)
    inside = source.text[start + 1 : end - 1]
    children = list(found.children.values())
    if not children and not flows and not inside.strip():
        key = mapping.keys[job.key]
        spaces = len(source.text[:start]) - len(source.text[:start].rstrip(" "))
        yield _Cut(start - spaces, end, "")
        lines = _block(job, " " * (key.mark.column - 1 + form.step), form.spaced.get(job.key))
        yield _at_line(source, source.at(end).line + 1, lines)
        return
    if not children:
        # Notes may stand in it.
        yield _Cut(end - 1, end - 1, _rows(job.items, _indent(source, start) + "  ") + "\n")
        return
    own = _indent(source, _index(source, children[0]))
    if children[0].mark.line == mapping.keys[job.key].mark.line:
        own += "  "
    if first:
        at = _index(source, children[0])
        rows = _rows(job.items, own).lstrip("\n").lstrip(" ")
        yield _Cut(at, at, f"{rows},\n{own}")
        return
    at = _end(source, children[-1])
    tail = source.text[at : end - 1]
    comma = re.match(r"(?:\s|(?<=\s)#[^\n]*)*,", tail)
    yield _Cut(at, at, "" if comma else ",")
    # A note on the line of the value before stays where it is.
    rest = re.match(r"[ \t,]*(?:#[^\n]*)?\n", tail)
    after = at + (rest.end() - 1 if rest else comma.end() if comma else 0)
    yield _Cut(after, after, _rows(job.items, own))


def _rows(items: Iterable[Item], indent: str) -> str:
    return "".join(
        f"{',' if number else ''}\n{indent}{item.flow(indent)}" for number, item in enumerate(items)
    )


def _brackets(items: Iterable[Item], indent: str) -> str:
    return f"[{_rows(items, indent + '  ')}\n{indent}]"


def _block(job: Job, indent: str, spaced: bool | None) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(job.items):
        lines += [""] if number and _gap(item, spaced) else []
        lines += item.block(indent)
    return lines


def _gap(item: Item, spaced: bool | None) -> bool:
    return item.spaced if spaced is None else spaced


def _at_line(source: Source, line: int, lines: list[str]) -> _Cut:
    """`lines` before a line of the file."""
    at = source.starts[line - 1] if line <= len(source.starts) else len(source.text)
    at = min(at, len(source.text))
    begin = "\n" if at and source.text[at - 1] != "\n" else ""
    return _Cut(at, at, begin + "".join(f"{row}\n" for row in lines))


# --- what stands where ---------------------------------------------------------------------------


def _index(source: Source, node: Node) -> int:
    return source.starts[node.mark.line - 1] + node.mark.column - 1


def _in_brackets(source: Source, node: Node) -> bool:
    return node.kind != "text" and source.text[_index(source, node)] in "[{"


def _indent(source: Source, index: int) -> str:
    """The white space at the beginning of the line of a character."""
    line = source.at(index).line
    row = source.text[source.starts[line - 1] : source.starts[line] - 1]
    return row[: len(row) - len(row.lstrip(" "))]


def _end(source: Source, node: Node) -> int:
    """Where a value in brackets ends, or such brackets themselves."""
    if node.kind == "text":
        return source.starts[node.end.line - 1] + node.end.column - 1
    if not _in_brackets(source, node):
        raise _Odd
    last = max((_end(source, child) for child in node.children.values()), default=0)
    at = max(last, _index(source, node) + 1)
    rest = re.compile(r"(?:[\s,]|(?<=[\s,\[{])#[^\n]*)*[\]}]").match(source.text, at)
    if not rest:
        raise _Odd
    return rest.end()


def _last_line(source: Source, node: Node) -> int:
    """The last line of a value that is not in brackets, or that is the value of one."""
    if _in_brackets(source, node):
        return source.at(_end(source, node) - 1).line
    if node.kind != "text":
        lines = [key.mark.line for key in node.keys.values()]
        return max([*lines, *(_last_line(source, child) for child in node.children.values())])
    if node.style not in ("|", ">"):
        return node.end.line
    begin = source.starts[node.mark.line - 1]
    header = source.text[begin : source.starts[node.mark.line] - 1]
    line = node.end.line - 1 if node.end.column == 1 else node.end.line
    if re.search(r"[|>]\d?\+", header):
        return line  # its blank lines are its own
    while line > node.mark.line and not _row(source, line).strip():
        line -= 1
    return line


def _row(source: Source, line: int) -> str:
    return source.text[source.starts[line - 1] : source.starts[line] - 1]


def _below(source: Source, line: int, column: int) -> int:
    """The line after `line` and the notes below it that are set further in than `column`."""
    found = line
    for number in range(line + 1, len(source.starts)):
        row = _row(source, number)
        words = row.strip()
        if words and not (words.startswith("#") and len(row) - len(row.lstrip()) >= column):
            break
        if words:
            found = number
    return found + 1


def _dash(source: Source, found: Node, value: Node) -> int:
    """The line of the dash before a value of a list, which may stand on a line of its own."""
    line = value.mark.line
    while line > found.mark.line and _row(source, line)[found.mark.column - 1 :][:1] != "-":
        line -= 1
    return line


def line_of(source: Source, steps: Steps) -> int:
    """The line on which a value of a list begins."""
    found, value = source.node(steps[:-1]), source.node(steps)
    if found is None or value is None:
        return 1
    return value.mark.line if _in_brackets(source, found) else _dash(source, found, value)


def _is_spaced(source: Source, found: Node) -> bool | None:
    """Whether a blank line stands between the values of a list; None if it has only one."""
    children = list(found.children.values())
    if len(children) < 2:
        return None
    line = _dash(source, found, children[-1]) - 1
    while line > 1 and _row(source, line).lstrip().startswith("#"):
        line -= 1
    return not _row(source, line).strip()


def _lists(node: Node | None, depth: int) -> Iterator[tuple[Node, str, Node]]:
    """The lists of a file that new values may go to, with the mappings that they stand in."""
    if node is None or depth > 4:
        return
    if node.kind == "mapping":
        for key, child in node.children.items():
            if key in ("entries", "sections", "feeds", "lead"):
                if child.kind == "list":
                    yield node, str(key), child
                yield from _lists(child, depth + 1)
    elif node.kind == "list":
        for child in node.children.values():
            yield from _lists(child, depth + 1)


def values(source: Source, steps: Steps) -> list[Data]:
    found = source.data
    for step in steps:
        if isinstance(found, dict):
            found = found.get(str(step))
        elif isinstance(found, list) and isinstance(step, int):
            found = found[step]
    return found if isinstance(found, list) else []


def indices(source: Source, job: Job, first: bool) -> range:
    """Which values of its list those of `job` become."""
    begin = 0 if first and not job.last else len(values(source, (*job.steps, job.key)))
    return range(begin, begin + len(job.items))


def on_one_line(words: str) -> str:
    return " ".join(words.split())


# --- before and after ----------------------------------------------------------------------------


def _parted(data: Data, steps: Steps, key: str, at: range) -> tuple[Data, list[Data]]:
    """`data` without the values `at` of the list `key` of the mapping at `steps`; and those."""
    if steps and isinstance(data, dict):
        rest, gone = _parted(data.get(str(steps[0])), steps[1:], key, at)
        return data | {str(steps[0]): rest}, gone
    if steps and isinstance(data, list) and isinstance(steps[0], int):
        rest, gone = _parted(data[steps[0]], steps[1:], key, at)
        return [*data[: steps[0]], rest, *data[steps[0] + 1 :]], gone
    values = data.get(key) if isinstance(data, dict) else None
    if steps or not isinstance(data, dict) or not isinstance(values, list):
        raise _Odd
    return data | {key: values[: at.start] + values[at.stop :]}, values[at.start : at.stop]


def _old(data: Data) -> Any:
    """`data` without line ends at the ends of texts, which say nothing, and without what is empty:
    `entries:`, `entries: []` and no such key are the same."""
    if isinstance(data, dict):
        values = {key: _old(value) for key, value in data.items()}
        return {key: value for key, value in values.items() if value}
    if isinstance(data, list):
        return [_old(value) for value in data]
    return (data or "").rstrip("\n")


def _worded(data: Data) -> Any:
    """`data` with each text on one line, and without what is empty: how a text is wrapped, with a
    sign on each line of a quotation, depends on where it stands."""
    if isinstance(data, dict):
        values = {key: _worded(value) for key, value in data.items()}
        return {key: value for key, value in values.items() if value}
    if isinstance(data, list):
        return [_worded(value) for value in data]
    return " ".join(word for word in CONTROL.sub("", data or "").split() if word != ">")


def _applied(raw: str, cuts: Iterable[_Cut]) -> str:
    """The file as it is on the disk after `cuts`, which count neither the mark that UTF-8 may begin
    with nor more than one character for a line's end."""
    places = [*_places(raw), len(raw)] if "\r" in raw or raw[:1] == "\ufeff" else None
    ends = "\r\n" if raw.count("\r\n") * 2 > raw.count("\n") else "\n"
    ends = "\r" if "\r" in raw and "\n" not in raw else ends
    parts, at = [], 0
    for cut in cuts:
        start, end = (places[cut.start], places[cut.end]) if places else (cut.start, cut.end)
        parts += [raw[at:start], cut.text.replace("\n", ends)]
        at = end
    return "".join([*parts, raw[at:]])


def _places(raw: str) -> list[int]:
    """Where each character of the text that was read stands in the file; of a line's end, where
    that begins."""
    return [
        match.start()
        for match in re.finditer(r"\r\n|[^\n]|\n", raw)
        if match[0] != "\ufeff" or match.start()
    ]
