"""The model in, JSON Schema out, with which editors' programs complete and underline YAML."""

import json
from typing import Any

import msgspec

from newsletter import tags
from newsletter.check.rulebook import LEVELS
from newsletter.dates import DateFormat, PartialDate
from newsletter.markup import MAIL, PHONE, WEB, Markdown, Url
from newsletter.model import Issue, Settings, Words
from newsletter.platforms.profile import Pattern, Profile
from newsletter.rules import Rule, rules
from newsletter.theme import Theme
from newsletter.values import (
    Colour,
    Count,
    ImagesAddress,
    ImageSource,
    Language,
    Line,
    LinkOrTag,
    Mailbox,
    Names,
    Pixels,
    Switch,
    WebAddress,
)

KINDS = {
    "issue": Issue,
    "settings": Settings,
    "theme": Theme,
    "language": Words,
    "platform": Profile,
}
# The reader keeps every value as the text that was typed, so a title may well look like a number.
_TEXT = {"type": ["string", "number", "boolean"]}
_SECURE = WEB.replace("[sS]?", "[sS]", 1)
_TARGET = "|".join([WEB, MAIL, PHONE, *(rf"\[\[{name}\]\]" for name in tags.LINKS)])


def _form(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^({pattern})$"}


_SCHEMAS: dict[Any, dict[str, Any]] = {
    Line: _TEXT,
    Markdown: _TEXT,
    DateFormat: _form(DateFormat.FORM),
    Language: _form(Language.FORM),
    LinkOrTag: _form(f"{WEB}|{MAIL}|{LinkOrTag.TAG}"),
    Mailbox: _form(Mailbox.FORM),
    Names: _form(Names.FORM),
    Count: {"type": "integer", "minimum": 0},
    Pattern: {"type": "string", "format": "regex"},
    PartialDate: {
        "anyOf": [
            _form(PartialDate.FORM),
            {"type": "integer", "minimum": 1000, "maximum": 2999},
        ]
    },
    Switch: {
        "enum": [
            *(form for word in Switch.WORDS for form in (word, word.capitalize(), word.upper())),
            True,
            False,
        ]
    },
    Url: _form(_TARGET),
    WebAddress: _form(WEB),
    ImageSource: _form(f"{_SECURE}|{ImageSource.FILE}"),
    ImagesAddress: _form(f"{ImagesAddress.BESIDE}|{_SECURE}"),
    Colour: _form(Colour.FORM),
    Pixels: {"type": "integer", "minimum": 0, "maximum": 999},
}


def schema(kind: str) -> str:
    """The JSON Schema (draft 2020-12) of one of `KINDS`, as text."""
    made = msgspec.json.schema(KINDS[kind], schema_hook=lambda leaf: _SCHEMAS[leaf])
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
    if kind in ("theme", "platform"):
        # What one leaves out comes from the one that it extends.
        whole = made["$defs"][KINDS[kind].__name__]
        whole["anyOf"] = [{"required": ["extends"]}, {"required": whole.pop("required")}]
        for part in made["$defs"].values():
            if part is not whole:
                part.pop("required", None)
    for definition in made["$defs"].values():
        required = definition.get("required", [])
        for name, field in definition["properties"].items():
            field.pop("default", None)
            if name == "rules":
                field["properties"] = _rules(of_entry="text" in definition["properties"])
                field["additionalProperties"] = False
            if name == "entries":
                # A plain text is short for an entry that has only a text.
                field["items"] = {
                    "anyOf": [{"type": ["string", "number", "boolean"]}, field["items"]]
                }
            if name not in required:
                _allow_nothing(field)
    if kind in ("issue", "settings"):
        # "off" without quotes is no text to some programs, but a switch.
        made["$defs"]["Level"] = {"enum": [*LEVELS, False]}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _rules(of_entry: bool) -> dict[str, Any]:
    """What `rules:` may say of each rule: of an entry, only that it is off."""
    found: dict[str, Any] = {}
    for code, rule in rules().items():
        form: dict[str, Any] = {"enum": ["off", False]} if of_entry else _ruling(rule)
        found[code] = {"description": rule.manual.summary, **form}
    return found


def _ruling(rule: Rule) -> dict[str, Any]:
    forms: dict[type, dict[str, Any]] = {
        int: {"type": "integer", "minimum": 0},
        str: _TEXT,
        tuple: {"type": "array", "items": _TEXT},
    }
    level = {"$ref": "#/$defs/Level"}
    options = {
        option.name: {"description": option.about, **forms[type(option.default)]}
        for option in rule.options.values()
    }
    whole = {
        "type": "object",
        "properties": {"level": level, **options},
        "additionalProperties": False,
    }
    return {"anyOf": [level, whole]}


def _allow_nothing(field: dict[str, Any]) -> None:
    """A key whose value has not been written yet counts as absent."""
    if "enum" in field:
        field["enum"] = [*field["enum"], None]
    elif "anyOf" in field:
        if {"type": "null"} not in field["anyOf"]:
            field["anyOf"].append({"type": "null"})
    elif "$ref" in field:
        field["anyOf"] = [{"$ref": field.pop("$ref")}, {"type": "null"}]
    elif isinstance(field["type"], list):
        field["type"] = [*field["type"], "null"]
    else:
        field["type"] = [field["type"], "null"]
