"""The model in, docs/fields.md out: every field that an editor or a designer can write."""

from pathlib import Path
from typing import Any

from msgspec import NODEFAULT, inspect

from newsletter.model import (
    Brand,
    Entry,
    Feed,
    HouseStyle,
    Image,
    Issue,
    IssueSettings,
    Link,
    MailServer,
    PlatformLinks,
    Section,
    SectionWords,
    Settings,
    Support,
    Term,
    Words,
)
from newsletter.platforms.profile import (
    Limits,
    PreheaderPlace,
    Profile,
    Required,
    Tag,
    Tags,
    TextPlace,
)
from newsletter.theme import Palette, Theme

PAGE = Path(__file__).parent.parent / "docs" / "fields.md"
PARTS: dict[str, list[Any]] = {
    "An issue: `issues/*.yaml`": [Issue, Section, Entry, Link, Image, IssueSettings],
    "The settings: `newsletter.yaml`": [
        Settings,
        Brand,
        Support,
        PlatformLinks,
        MailServer,
        HouseStyle,
        Term,
        Feed,
        SectionWords,
    ],
    "A theme: `templates/themes/*.yaml`": [Theme, Palette],
    "A language: `templates/languages/*.yaml`": [Words],
    "A mailing platform: `platforms/*.yaml`": [
        Profile,
        Tags,
        Tag,
        Required,
        Limits,
        PreheaderPlace,
        TextPlace,
    ],
}
KINDS = {
    "Line": "text",
    "Markdown": "Markdown",
    "PartialDate": "date",
    "DateFormat": "date format",
    "Url": "address",
    "WebAddress": "web address",
    "Mailbox": "email address",
    "LinkOrTag": "address or tag",
    "Language": "language",
    "Switch": "on or off",
    "Colour": "colour",
    "ImageSource": "file or address",
    "ImagesAddress": "address",
    "Pixels": "number",
    "Count": "number",
    "Names": "names",
    "Pattern": "regular expression",
}


def page() -> str:
    """The whole page."""
    lines = [
        "# What you can write",
        "",
        "Made from the program by `make samples`; do not edit. Fields with a star are required.",
        "",
    ]
    for heading, structs in PARTS.items():
        lines += [f"## {heading}", ""]
        for struct in structs:
            lines += _table(inspect.type_info(struct))
    return "\n".join(lines)


def _table(info: Any) -> list[str]:
    rows = [
        f"| `{field.name}`{'*' if field.required else ''} | {_kind(field.type)} | "
        f"{_shown(field.type.extra_json_schema['description'])}{_default(field)} |"
        for field in info.fields
    ]
    about = " ".join((info.cls.__doc__ or "").split())
    return [
        f"### {_name(info.cls)}",
        "",
        about,
        "",
        "| Field | Kind | What it is |",
        "|---|---|---|",
        *rows,
        "",
    ]


_NAMES: dict[Any, str] = {
    PlatformLinks: "Links of the platform",
    IssueSettings: "Settings of an issue",
    HouseStyle: "House style",
    SectionWords: "Words of a section",
    MailServer: "Mail server",
    PreheaderPlace: "Place of the preheader",
    TextPlace: "Place of the plain text",
    Profile: "Mailing platform",
}


def _name(struct: Any) -> str:
    return _NAMES.get(struct, str(struct.__name__))


def _kind(info: Any) -> str:
    if isinstance(info, inspect.Metadata):
        return _kind(info.type)
    if isinstance(info, inspect.UnionType):
        return _kind(next(kind for kind in info.types if not isinstance(kind, inspect.NoneType)))
    if isinstance(info, inspect.VarTupleType):
        return f"list of {_kind(info.item_type)}"
    if isinstance(info, inspect.LiteralType):
        return " or ".join(f"`{value}`" for value in info.values)
    if isinstance(info, inspect.DictType):
        return "mapping"
    if isinstance(info, inspect.StructType):
        return f"[{_name(info.cls)}](#{_name(info.cls).lower().replace(' ', '-')})"
    return KINDS[info.cls.__name__]


def _shown(words: str) -> str:
    """`words` in Markdown, which would take <body> for an element."""
    return words.replace("<", "&lt;")


def _default(field: Any) -> str:
    value = field.default
    if field.default_factory is not NODEFAULT:
        value = field.default_factory()
    return f" *Default: `{value}`.*" if isinstance(value, str) and value else ""


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
