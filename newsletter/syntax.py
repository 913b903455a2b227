"""A YAML parser's error in, what an editor did and can do about it out.

Parsers tell where they gave up and what they were looking for. What was meant is guessed from the
lines themselves, one kind of slip after the other; where the remedy is plain, the mended text is
given back, so that reading can go on.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from newsletter.problems import Level, Mark, Problem

SWALLOWED = re.compile(r"[ \t](#(?:[^\s#]|[ \t]+\d).*)$")
"""Words after a # that were surely not meant as a note: no space, or a number, follows it."""


def lost_words(words: str) -> tuple[str, str]:
    """Message and hint for words that are read as a note."""
    if re.fullmatch("#[0-9a-fA-F]{3,6}", words.strip()):
        colour = words.strip()
        return f"'{colour}' is read as a note", f"put the colour in quotes: '{colour}'"
    return (
        f"'{words.strip()}' is read as a note and will not be shown",
        "if it belongs to the text, put the whole value in quotes; "
        "if it is a note, put it on a line of its own, after '# '",
    )


def explain(error: Exception, text: str, name: str) -> tuple[Problem, str]:
    """The problem behind a parser's error, and the text with that problem mended, or ""."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:  # no parser error comes without a place, but none may be a traceback
        return Problem(name, None, Level.ERROR, "yaml", "this file is not YAML"), ""
    context: Any = getattr(error, "context_mark", None) or mark
    lines = text.split("\n")
    place = _Place(
        lines,
        min(mark.line, len(lines) - 1),
        mark.column,
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        min(context.line, len(lines) - 1),
        context.column,
    )
    slip = next(slip for guess in _GUESSES if (slip := guess(place)))
    problem = Problem(
        name, Mark(slip.row + 1, slip.column + 1), Level.ERROR, slip.code, slip.message, slip.hint
    )
    mended = [*lines[: slip.row], slip.mended, *lines[slip.row + 1 :]]
    return problem, "\n".join(mended) if slip.mended else ""


class _Place(NamedTuple):
    """Where and why a parser gave up; rows and columns count from 0."""

    lines: list[str]
    row: int
    column: int
    what: str
    context: str
    context_row: int
    context_column: int

    @property
    def line(self) -> str:
        return self.lines[self.row]

    def above(self, row: int) -> int | None:
        """The nearest row above `row` that is neither empty nor a note."""
        rows = (at for at in range(row - 1, -1, -1) if self.lines[at].strip())
        return next((at for at in rows if not self.lines[at].lstrip().startswith("#")), None)


class _Slip(NamedTuple):
    """What an editor did; `mended` is the line as it was meant, or ""."""

    row: int
    column: int
    code: str
    message: str
    hint: str
    mended: str = ""


_KEY = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<key>[A-Za-z_]+):(?: +|$)(?P<value>.*)$")
_ITEM = re.compile(r"(?P<lead>\s*(?:- +)+)(?P<value>.*)$")
_QUOTES = "put the value in quotes, or on lines of its own below '|'"
_COLON = "a colon followed by a space stands inside a value without quotes"
_KEY_VALUE = "write 'key: value', with a space after the colon"
_INDENT = "lines that belong together begin in the same column: use spaces, two for each level"


def _parts(line: str) -> re.Match[str] | None:
    return _KEY.match(line) or _ITEM.match(line)


def _width(line: str) -> int:
    """How far a line is indented."""
    return len(line) - len(line.lstrip())


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


# --- the guesses, in the order in which they are tried -------------------------------------------


def _odd_indentation(place: _Place) -> _Slip | None:
    indent = place.line[: _width(place.line)]
    for character, words, mended in (("\t", "tab", "  "), ("\u00a0", "no-break space", " ")):
        if character in indent:
            return _Slip(
                place.row,
                indent.index(character),
                "tab" if character == "\t" else "indent",
                f"a {words} stands in the indentation",
                "use ordinary spaces, two for each level",
                place.line.replace(character, mended),
            )
    return None


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
_FIELDS_IN_BRACES = re.compile(r"\[?\{ *[a-z_]+: ")


def _special_start(place: _Place) -> _Slip | None:
    """A value begins with a character that means something to YAML."""
    rows = [place.row]
    if re.search("flow|alias|anchor|tag", place.context):
        rows.append(place.context_row)
    for row in rows:
        line = place.lines[row]
        parts = _parts(line)
        value = parts["value"] if parts else ""
        if not parts or value[:1] not in _SPECIAL or _WELL_FORMED.fullmatch(value):
            continue
        if _FIELDS_IN_BRACES.match(value):  # meant as a list or mapping: see _flow
            continue
        start = parts.start("value")
        header = re.match(r"[|>][+-]?", value)
        mended = line[:start] + (header[0] if header else _quoted(value))
        return _Slip(row, start, "unquoted", _SPECIAL[value[0]], _QUOTES, mended)
    return None


def _quotation(place: _Place) -> _Slip | None:
    """A quotation mark is never closed, or closed too early."""
    scanning = "quoted" in place.context
    rows = [place.context_row] if scanning else range(place.row, max(place.row - 40, -1), -1)
    for row in rows:
        line = place.lines[row]
        parts = _parts(line)
        if not parts or parts["value"][:1] not in ("'", '"'):
            if row != place.row and parts and not scanning:
                return None
            continue
        quote, inner = parts["value"][0], parts["value"][1:]
        column = parts.start("value")
        plain = inner.replace("\\" + quote, "") if quote == '"' else inner.replace("''", "")
        mended = line[:column] + _quoted(inner.replace(quote, ""))
        if quote not in plain:
            message = "this quotation mark is never closed"
            hint = f"put {quote} at the end of the value too"
            return _Slip(row, column, "quote", message, hint, mended)
        after = plain.split(quote, 1)[1].strip()
        if not after or after.startswith("#"):
            return None
        other, inside = ('"', "''") if quote == "'" else ("'", '\\"')
        message = "the quotation ends before the value does"
        marks = "double" if other == '"' else "single"
        hint = f"put the whole value in {marks} quotation marks instead, or write {inside} inside"
        if other in inner:
            hint = "put the text on lines of its own, below '|'"
        return _Slip(row, column, "quote", message, hint, mended)
    return None


def _dash(place: _Place) -> _Slip | None:
    dash = re.match(r"\s*-(?=[A-Za-z_]+:(?: |$))", place.line)
    if not dash:
        return None
    mended = f"{dash[0]} {place.line[dash.end() :]}"
    message = "the space after the dash is missing"
    return _Slip(place.row, dash.end() - 1, "dash", message, "write '- text: ...'", mended)


def _text_with_colon(place: _Place) -> _Slip | None:
    """What follows a colon inside a text means something to YAML."""
    parts = _parts(place.line)
    value = parts["value"] if parts else ""
    colon = re.search(r": +(?=[@`%*&!\[{|>\"'])", value)
    if not parts or not colon or value[0] in "'\"[{|>":
        return None
    start = parts.start("value")
    return _Slip(
        place.row,
        start + colon.start(),
        "unquoted",
        _COLON,
        _QUOTES,
        place.line[:start] + _quoted(value),
    )


def _swallowed(place: _Place) -> _Slip | None:
    """A # on the line above began a note in the middle of a text."""
    above = place.above(place.row)
    lost = SWALLOWED.search(place.lines[above]) if above is not None else None
    if above is None or not lost or not _parts(place.lines[above]):
        return None
    column = lost.start(1)
    mended = place.lines[above][:column] + "_" + place.lines[above][column + 1 :]
    return _Slip(above, column, "comment-in-value", *lost_words(lost[1]), mended)


def _block(place: _Place) -> _Slip | None:
    """A text below > or | is not indented."""
    row = place.context_row if "simple key" in place.context else place.row
    line, at = place.lines[row], place.above(row)
    above = place.lines[at] if at is not None else ""
    level = _width(re.sub("- ", "  ", above, count=1)) if _ITEM.match(above) else _width(above)
    if not re.search(r"(?:^|[ :])[|>][+-]?\s*$", above) or _width(line) > level:
        return None
    return _Slip(
        row,
        _width(line),
        "indent",
        "the text that begins here is not indented below the line that ends with > or |",
        "begin each of its lines two spaces further than that line",
        " " * (level + 2) + line.strip(),
    )


def _flow(place: _Place) -> _Slip | None:
    inside = re.search("alias|anchor|tag|token", place.context) and re.search(r"[{\[]", place.line)
    if "flow" not in place.context and not inside:
        return None
    return _Slip(
        place.row,
        place.column,
        "unquoted",
        "a value inside [ ] or { } goes wrong here",
        "put a value that has , : [ ] { } or # in it in quotes",
    )


def _escape(place: _Place) -> _Slip | None:
    if "unknown escape" not in place.what and "hexdecimal" not in place.what:
        return None
    return _Slip(
        place.row,
        max(place.line.rfind("\\", 0, place.column + 1), 0),
        "escape",
        "a backslash in double quotes begins an escape",
        "write \\\\ for a backslash, or use single quotes",
        place.line.replace("\\", "\\\\"),
    )


def _colon(place: _Place) -> _Slip | None:
    """A colon where none may stand: one is missing above, an indent is wrong, or quotes are."""
    if "mapping values are not allowed" not in place.what:
        return None
    above = place.above(place.row)
    beside = above is not None and _width(place.lines[above]) == _width(place.line)
    if above is not None and beside and not _parts(place.lines[above]):
        message = "a colon is missing on this line"
        return _Slip(above, _width(place.line), "no-colon", message, _KEY_VALUE)
    parts = _KEY.match(place.line)
    if parts and parts.end("key") == place.column:
        # The line is a good `key: value` by itself, so what stands above it swallowed it.
        message = f"'{parts['key']}' is indented further than the line above it"
        return _Slip(place.row, len(parts["lead"]), "indent", message, _INDENT)
    return _Slip(
        place.row,
        place.column,
        "unquoted",
        _COLON,
        _QUOTES,
        place.line[: place.column] + ";" + place.line[place.column + 1 :],
    )


_WORDS_AND_COLON = re.compile(r"\s*(?:- +)+(?:[^\s:#'\"]+ [^:#]*|[A-Z][^\s:#]*)(?P<colon>:) ")


def _no_colon(place: _Place) -> _Slip | None:
    if "could not find expected ':'" not in place.what:
        return None
    above = place.above(place.context_row)
    words = _WORDS_AND_COLON.match(place.lines[above]) if above is not None else None
    if above is not None and words:  # a text over several lines, taken for a key and its value
        at, line = words.start("colon"), place.lines[above]
        return _Slip(above, at, "unquoted", _COLON, _QUOTES, f"{line[:at]};{line[at + 1 :]}")
    return _Slip(
        place.context_row,
        place.context_column,
        "no-colon",
        "a key with its colon is missing here, or the space after the colon",
        _KEY_VALUE,
    )


def _list_beside_key(place: _Place) -> _Slip | None:
    if "block sequence entries are not allowed" not in place.what:
        return None
    return _Slip(
        place.row,
        place.column,
        "indent",
        "a list cannot begin on the line of its key",
        "begin each '- ' on a line of its own, below the key",
    )


def _out_of_line(place: _Place) -> _Slip:
    before = place.row - 1
    if before >= 0 and place.lines[before].lstrip().startswith("#"):
        message = "a note stands in the middle of a text, and ends it"
        hint = "put the note above the text, or the text below '|'"
        return _Slip(before, _width(place.lines[before]), "comment-in-value", message, hint)
    message = "this line does not line up with the lines above it"
    return _Slip(place.row, place.column, "indent", message, _INDENT)


_GUESSES: tuple[Callable[[_Place], _Slip | None], ...] = (
    _odd_indentation,
    _special_start,
    _dash,
    _text_with_colon,
    _quotation,
    _swallowed,
    _block,
    _flow,
    _escape,
    _colon,
    _no_colon,
    _list_beside_key,
    _out_of_line,
)
