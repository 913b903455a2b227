"""An issue with errors in; what can be made of it without the values that are wrong out.

So that whatever else is wrong is told in the same run, and a draft can be looked at. Only the copy
in memory is mended.
"""

from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from newsletter.loader import spelt_out, without_empty
from newsletter.markup import Markdown, Url
from newsletter.model import Entry, Image, Link
from newsletter.problems import Faults
from newsletter.source import Node, Source, plain

T = TypeVar("T", bound=msgspec.Struct)


def mended(source: Source, kind: type[T]) -> tuple[T | None, Source]:
    """What `source` describes without its faulty values, and the source without them.

    A link that leads nowhere stays a link. The value is None when too little is left.
    """
    root = _sound(inspect.type_info(kind), source.root) if source.root else None
    if root is None:
        return None, source
    data = plain(root)
    return _made(kind, data), source._replace(root=root, data=data)


def _made(kind: type[T], data: Any) -> T | None:
    try:
        return _converted(kind, data)
    except msgspec.ValidationError:
        return None


def _converted(kind: type[T], data: Any) -> T:
    return msgspec.convert(without_empty(spelt_out(data)), kind, dec_hook=_leniently)


def _leniently(kind: Any, value: Any) -> Any:
    if kind is Markdown:
        return Markdown.without_headings(value)
    return Url(value) if kind is Url else kind.parse(value)


def _sound(info: Any, node: Node) -> Node | None:
    """`node` without what cannot be read as `info`, or None when nothing of it can."""
    if isinstance(info, inspect.Metadata):
        info = info.type
    if isinstance(info, inspect.UnionType):
        info = next(kind for kind in info.types if not isinstance(kind, inspect.NoneType))
        info = info.type if isinstance(info, inspect.Metadata) else info
    if not node.text and not node.style and node.kind == "text":
        return node  # not written yet
    if isinstance(info, inspect.StructType):
        return _sound_struct(info, node)
    if isinstance(info, inspect.VarTupleType):
        if node.kind != "list":
            return None
        items = (_sound(info.item_type, child) for child in node.children.values())
        return node.with_children(dict(enumerate(item for item in items if item)))
    if isinstance(info, inspect.DictType):
        return node if node.kind == "mapping" else None
    if node.kind != "text":
        return None
    if isinstance(info, inspect.LiteralType):
        return node if node.text in info.values else None
    try:
        _leniently(info.cls, node.text)
    except Faults:
        return None
    return node


_MEANWHILE: dict[type, tuple[str, str]] = {Link: ("url", "#"), Image: ("alt", "")}
"""What a draft has in place of a value that is still to be written, so that its editor sees the
rest: a row of words that lead nowhere, a picture."""


def _as_drafted(kind: type, node: Node) -> Node:
    name, text = _MEANWHILE.get(kind, ("", ""))
    empty = node.children.get(name)
    if empty is None or empty.kind != "text" or empty.text or empty.style:
        return node
    return node.with_children({**node.children, name: empty.with_text(text)})


def _sound_struct(info: Any, node: Node) -> Node | None:
    if node.kind == "text" and info.cls is Entry:
        return node  # short for its text
    if node.kind != "mapping":
        return None
    node = _as_drafted(info.cls, node)
    fields = {field.name: field.type for field in info.fields}
    children = {
        key: sound
        for key, child in node.children.items()
        if key in fields and (sound := _sound(fields[str(key)], child))
    }
    while True:
        made = node.with_children(children)
        try:
            _converted(info.cls, plain(made))
        except msgspec.ValidationError as error:
            cause = error.__cause__
            field = cause.faults[0].field if isinstance(cause, Faults) else ""
            if field not in children:
                return None
            del children[field]
        else:
            return made
