"""A Source in, an Issue, Settings or Theme out, or every problem at once.

The happy path is one conversion by msgspec. Only when that fails are the values gone through one
by one, to name everything that is wrong where it stands.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from newsletter.model import Settings
from newsletter.problems import Faults, Level, NewsletterError, Problem, did_you_mean
from newsletter.source import Data, Source, Steps, read

T = TypeVar("T", bound=msgspec.Struct)


def load(source: Source, kind: type[T], base: Data = None) -> tuple[T | None, list[Problem]]:
    """What `source` describes, and the problems of its YAML and its values in order of place.

    The value is None when there is an error among them. What the file leaves out is taken from
    `base`, the data of a file that it extends.
    """
    problems = list(source.problems)
    value: T | None = None
    data = over(spelt_out(source.data), base)
    if data is None and not any(field.required for field in msgspec.structs.fields(kind)):
        data = {}
    if source.root is not None or not problems:
        written = without_empty(data)
        fault = ""
        try:
            value = msgspec.convert(written, kind, dec_hook=_parse)
        except msgspec.ValidationError as error:
            fault = str(error)
        if fault or written != data:
            found = list(_look(kind, data, (), source))
            # What convert refuses, _look finds; should the two ever differ, nothing passes.
            if fault and not found:
                found = [
                    source.problem(None, Level.ERROR, "value", f"this cannot be read: {fault}")
                ]
            problems += found
    problems.sort(key=lambda problem: problem.place)
    failed = any(problem.level is Level.ERROR for problem in problems)
    return (None if failed else value), problems


def read_as(path: Path, kind: type[T], name: str = "") -> tuple[T | None, list[Problem]]:
    """The file at `path` as a `kind`, with its problems; a file that cannot be read is one."""
    try:
        source = read(path, name)
    except NewsletterError as error:
        return None, list(error.problems)
    return load(source, kind)


def over(data: Data, base: Data) -> Data:
    """`data`, completed with what only `base` has, also inside its mappings."""
    if not isinstance(data, dict) or not isinstance(base, dict):
        return base if data is None else data
    return {**base, **{key: over(value, base.get(key)) for key, value in data.items()}}


def _parse(kind: type, value: Any) -> Any:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return kind.parse(value)  # type: ignore[attr-defined]


def spelt_out(data: Data) -> Data:
    """`data` with entries that are nothing but a text as mappings."""
    if isinstance(data, dict):
        spelt: dict[str, Data] = {}
        for key, value in data.items():
            if key == "entries" and isinstance(value, list):
                value = [{"text": v} if isinstance(v, str) else v for v in value]
            spelt[key] = spelt_out(value)
        return spelt
    if isinstance(data, list):
        return [spelt_out(item) for item in data]
    return data


def without_empty(data: Data) -> Data:
    """`data` without the keys whose values have not been written yet."""
    if isinstance(data, dict):
        return {key: without_empty(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_empty(item) for item in data]
    return data


# --- everything that is wrong ------------------------------------------------------------------

_SHAPES: dict[Any, str] = {str: "a text", list: "a list", dict: "a mapping of 'key: value' lines"}
_NAMES = {
    "Entry": "an entry",
    "HouseStyle": "'house_style'",
    "Image": "an image",
    "Issue": "an issue",
    "IssueSettings": "'settings' in an issue",
    "Limits": "'limits'",
    "MailServer": "'smtp'",
    "PlatformLinks": "'links'",
    "PreheaderPlace": "'preheader'",
    "Profile": "a platform",
    "Required": "'required'",
    "Settings": "the settings",
    "Support": "a support line",
    "Tags": "'tags'",
    "Term": "a term",
    "TextPlace": "'text'",
    "Words": "a language",
}


def _look(kind: Any, value: Any, path: Steps, source: Source) -> Iterator[Problem]:
    from msgspec import inspect

    yield from _look_at(inspect.type_info(kind), value, path, source)


def _look_at(info: Any, value: Any, path: Steps, source: Source) -> Iterator[Problem]:
    from msgspec import inspect

    if isinstance(info, inspect.Metadata):
        info = info.type
    if isinstance(info, inspect.UnionType):
        info = next(kind for kind in info.types if not isinstance(kind, inspect.NoneType))
        if isinstance(info, inspect.Metadata):
            info = info.type
    if isinstance(info, inspect.StructType):
        yield from _look_at_struct(info, value, path, source)
    elif isinstance(info, inspect.VarTupleType):
        if not isinstance(value, list):
            yield _wrong_shape(list, value, path, source)
            return
        for index, item in enumerate(value):
            yield from _look_at(info.item_type, item, (*path, index), source)
    elif isinstance(info, inspect.DictType):
        if not isinstance(value, dict):
            yield _wrong_shape(dict, value, path, source)
    elif not isinstance(value, str):
        yield _wrong_shape(str, value, path, source)
    elif isinstance(info, inspect.LiteralType):
        choices = [str(choice) for choice in info.values]
        if value not in choices:
            near = did_you_mean(value, choices)
            yield source.problem(
                source.value(path),
                Level.ERROR,
                "choice",
                f"'{path[-1]}' cannot be '{value}'"
                + (f" (did you mean '{near}'?)" if near else ""),
                f"it is one of: {', '.join(choices)}",
            )
    else:
        yield from _faults(lambda: info.cls.parse(value), path, source)


def _look_at_struct(info: Any, value: Any, path: Steps, source: Source) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong_shape(dict, value, path, source, info)
        return
    known = {field.name: field for field in info.fields}
    name = _NAMES.get(info.cls.__name__, f"a {info.cls.__name__.lower()}")
    wrong = False
    meant: set[str] = set()
    for key in value:
        if key not in known:
            wrong = True
            near = _meant(key, list(known))
            meant.add(near)
            hint = _hint_for_unknown(key, value[key], near, name, list(known))
            yield source.problem(
                source.key((*path, key)),
                Level.ERROR,
                "unknown-field",
                f"{name} {'have' if info.cls is Settings else 'has'} no '{key}'",
                hint,
            )
    for key, field in known.items():
        if value.get(key) is not None:
            found = list(_look_at(field.type, value[key], (*path, key), source))
            wrong = wrong or bool(found)
            yield from found
        elif field.required and key not in meant:
            wrong = True
            written = key in value
            yield source.problem(
                source.key((*path, key)) if written else source.value(path),
                Level.ERROR,
                "missing",
                f"'{key}' has no value" if written else f"{name} needs '{key}'",
                str(field.type.extra_json_schema["description"]),
            )
    if not wrong:
        yield from _faults(
            lambda: msgspec.convert(without_empty(value), info.cls, dec_hook=_parse), path, source
        )


def _faults(attempt: Any, path: Steps, source: Source) -> Iterator[Problem]:
    try:
        attempt()
    except (Faults, msgspec.ValidationError) as error:
        cause = error if isinstance(error, Faults) else error.__cause__
        for fault in cause.faults if isinstance(cause, Faults) else ():
            if fault.field:
                written = source.node(path)
                there = written is None or fault.field in written.keys
                mark = source.key((*path, fault.field if there else fault.or_field or fault.field))
            elif fault.offset is not None:
                mark = source.inside(path, fault.offset)
            else:
                mark = source.value(path)
            yield source.problem(mark, Level.ERROR, fault.code, fault.message, fault.hint)


def _wrong_shape(
    wanted: type, value: Any, path: Steps, source: Source, struct: Any = None
) -> Problem:
    mark = source.value(path) if source.root else None
    where = f"'{path[-1]}'" if path and isinstance(path[-1], str) else "this"
    there = "nothing" if value is None else _SHAPES[type(value)]
    hint = ""
    if value is None:
        hint = "write it, or remove the dash"
    elif wanted is str and isinstance(value, list):
        begins = source.excerpt(mark)[mark.column - 1 :] if mark else ""
        hint = "put text that begins with [ in quotes"
        if begins.startswith("-"):
            hint = "remove the dash: a text stands on the line of its key, or below '|'"
    elif wanted is str:
        hint = "put text that has a colon in it in quotes, or below '|'"
    elif wanted is list:
        hint = "begin each item on a line of its own with '- '"
    elif struct:
        names = [field.name for field in struct.fields]
        hint = f"write its parts on lines of their own: {', '.join(f'{n}: ...' for n in names)}"
    if not path:
        needed = [field.name for field in struct.fields if field.required] if struct else []
        begins = " and ".join(f"'{name}: ...'" for name in needed[:2])
        where, hint = "the file", f"begin with {begins}" if begins else "write lines 'key: value'"
    return source.problem(
        mark,
        Level.ERROR,
        "shape",
        f"{where} should be {_SHAPES[wanted]}, but there is {there}",
        hint,
    )


def _meant(key: str, known: list[str]) -> str:
    """The field that was meant by `key`; a capital is how a text begins, not a field."""
    if key[:1].isupper():
        return key.lower() if key.lower() in known else ""
    return did_you_mean(key, known)


def _hint_for_unknown(key: str, value: Any, near: str, name: str, known: list[str]) -> str:
    if key != key.strip():
        return "a no-break space stands before it: use ordinary spaces"
    if key.startswith("-"):
        return "put a space after the dash"
    if key == "password":
        return (
            "remove it: a password stands in no file of a newsletter, but in the variable "
            "NEWSLETTER_SMTP_PASSWORD or in your computer's keyring (keyring set HOST USER)"
        )
    if name == _NAMES["IssueSettings"] and key in ("theme", "language", "layout"):
        return "write it at the top of the issue, not under 'settings'"
    if name == "a link" and isinstance(value, str):
        return f"write {{label: {key}, title: ..., url: ...}}"
    if near:
        return f"did you mean '{near}'?"
    if value is None:
        return "a comma inside { }, or a colon at the end: put the text in quotes"
    if " " in key or key[:1].isupper():
        return "if this is text with a colon in it, put it in quotes, or below '|'"
    hint = f"{name} can have: {', '.join(known)}"
    return f"{hint}; put text with a colon in it in quotes" if "text" in known else hint
