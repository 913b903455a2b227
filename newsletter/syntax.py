"""A YAML parser's error in, what an editor did and can do about it out.

Parsers tell where they gave up and what they were looking for. What was meant is guessed from the
line itself; where the remedy is plain, the mended text is given back, so that reading can go on.
"""

import re
from typing import Any

from newsletter.problems import Level, Mark, Problem

_KEY = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<key>[A-Za-z_]+):(?: +|$)(?P<value>.*)$")
_ITEM = re.compile(r"(?P<lead>\s*(?:- +)+)(?P<value>.*)$")
_QUOTES = "put the value in quotes, or on lines of its own after '>-'"
_KEY_VALUE = "write 'key: value', with a space after the colon"
_INDENT = "lines that belong together begin in the same column: use spaces, two for each level"


def explain(error: Exception, text: str, name: str) -> tuple[Problem, str]:
    """The problem behind a parser's error, and the text with that problem mended, or ""."""
    lines = text.split("\n")
    problem_mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    context_mark: Any = getattr(error, "context_mark", None) or problem_mark
    what = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    if problem_mark is None:  # no parser error comes without a place, but none may be a traceback
        return Problem(name, None, Level.ERROR, "yaml", "this file is not YAML"), ""
    row, column = min(problem_mark.line, len(lines) - 1), problem_mark.column
    line = lines[row]

    def found(
        row: int, column: int, code: str, message: str, hint: str, mended: str = ""
    ) -> tuple[Problem, str]:
        problem = Problem(name, Mark(row + 1, column + 1), Level.ERROR, code, message, hint)
        changed = [*lines[:row], mended, *lines[row + 1 :]]
        return problem, "\n".join(changed) if mended else ""

    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return found(
            row,
            indent.index("\t"),
            "tab",
            "a tab stands in the indentation",
            "use spaces, two for each level",
            line.replace("\t", "  "),
        )
    rows = [row]
    if re.search("flow|alias|anchor|tag", context):
        rows.append(min(context_mark.line, len(lines) - 1))
    for at in rows:
        special = _special_start(lines[at])
        if special:
            start, message, mended = special
            return found(at, start, "unquoted", message, _QUOTES, mended)
    opened = _open_quote(lines, row, context_mark if "quoted" in context else None)
    if opened:
        at, start, message, hint, mended = opened
        return found(at, start, "quote", message, hint, mended)
    if "unknown escape" in what or "did not find expected hexdecimal" in what:
        return found(
            row,
            column - 1,
            "escape",
            "a backslash in double quotes begins an escape",
            "write \\\\ for a backslash, or use single quotes",
            line.replace("\\", "\\\\"),
        )
    if "mapping values are not allowed" in what:
        above = _line_above(lines, row)
        if above is not None:
            return found(
                above,
                len(lines[above]) - len(lines[above].lstrip()),
                "no-colon",
                "a colon is missing on this line",
                _KEY_VALUE,
            )
        return found(row, *_second_colon(lines[row], column))
    if "could not find expected ':'" in what:
        at = min(context_mark.line, len(lines) - 1)
        return found(
            at,
            context_mark.column,
            "no-colon",
            "a key with its colon is missing here, or the space after the colon",
            _KEY_VALUE,
        )
    if "block sequence entries are not allowed" in what:
        return found(
            row,
            column,
            "indent",
            "a list cannot begin on the line of its key",
            "begin each '- ' on a line of its own, below the key",
        )
    if "expected a single document" in what or "<document start>" in what:
        return found(
            row, column, "indent", "this line does not belong to what stands above it", _INDENT
        )
    return found(
        row, column, "indent", "this line does not line up with the lines above it", _INDENT
    )


_SPECIAL = {
    "@": "text cannot begin with @",
    "`": "text cannot begin with `",
    "%": "text cannot begin with %",
    "*": "text that begins with * is read as a YAML alias",
    "&": "text that begins with & is read as a YAML anchor",
    "!": "text that begins with ! is read as a YAML tag",
    "[": "text that begins with [ is read as a YAML list",
    "{": "text that begins with { is read as a YAML mapping",
    "|": "words cannot follow | on its line",
    ">": "words cannot follow > on its line",
    "]": "text cannot begin with ]",
    "}": "text cannot begin with }",
    ",": "text cannot begin with a comma",
}


# A block's header, or a list or mapping that ends on its line.
_WELL_FORMED = re.compile(r"(?:[|>][+-]?\d?[+-]?|\[[^\[\]]*\]|\{[^{}]*\})\s*(?:#.*)?")


def _special_start(line: str) -> tuple[int, str, str] | None:
    """Where a value begins with a character that means something to YAML; the line, quoted."""
    match = _KEY.match(line) or _ITEM.match(line)
    if not match or not match["value"]:
        return None
    value = match["value"]
    if value[0] not in _SPECIAL or _WELL_FORMED.fullmatch(value):
        return None
    start = match.start("value")
    return start, _SPECIAL[value[0]], line[:start] + _quoted(value)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _open_quote(lines: list[str], row: int, start: Any) -> tuple[int, int, str, str, str] | None:
    """The quotation mark at fault at or before `row`: never closed, or closed too early."""
    rows = [min(start.line, len(lines) - 1)] if start else range(row, max(row - 40, -1), -1)
    for at in rows:
        match = _KEY.match(lines[at]) or _ITEM.match(lines[at])
        if not match or match["value"][:1] not in ("'", '"'):
            if at != row and match and not start:
                return None
            continue
        quote, inner = match["value"][0], match["value"][1:]
        column = match.start("value")
        plain = inner.replace("\\" + quote, "") if quote == '"' else inner.replace("''", "")
        mended = lines[at][:column] + _quoted(inner.replace(quote, ""))
        if quote not in plain:
            return (
                at,
                column,
                "this quotation mark is never closed",
                f"put {quote} at the end of the value too",
                mended,
            )
        after = plain.split(quote, 1)[1].strip()
        if after and not after.startswith("#"):
            other = '"' if quote == "'" else "'"
            return (
                at,
                column,
                "the quotation ends before the value does",
                f"put the whole value in {other} instead, or write {quote}{quote} inside"
                if quote == "'"
                else f"put the whole value in {other} instead, or write \\{quote} inside",
                mended,
            )
        return None
    return None


def _line_above(lines: list[str], row: int) -> int | None:
    """The line above `row` that has its indentation and is neither a key nor an item of a list."""
    indent = len(lines[row]) - len(lines[row].lstrip())
    for at in range(row - 1, -1, -1):
        above = lines[at]
        if above.strip() and not above.lstrip().startswith("#"):
            same = len(above) - len(above.lstrip()) == indent
            return at if same and not _KEY.match(above) and not _ITEM.match(above) else None
    return None


def _second_colon(line: str, column: int) -> tuple[int, str, str, str, str]:
    """A colon where none may stand: an indent gone wrong, or a text that wants quotes."""
    match = _KEY.match(line)
    if match and match.end("key") == column:
        # The line is a good `key: value` by itself, so what stands above it swallowed it.
        return (
            len(match["lead"]),
            "indent",
            f"'{match['key']}' is indented further than the line above it",
            _INDENT,
            "",
        )
    mended = line[:column] + ";" + line[column + 1 :]
    return (
        column,
        "unquoted",
        "a colon followed by a space stands inside a value without quotes",
        _QUOTES,
        mended,
    )
