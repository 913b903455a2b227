"""Editors' programs underline what the loader refuses, and nothing that it accepts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from msgspec import Struct

from newsletter.loader import load
from newsletter.lookup import Templates
from newsletter.model import Issue, Settings, Words
from newsletter.schema import schema
from newsletter.source import parse

KINDS: dict[str, type[Struct]] = {"issue": Issue, "settings": Settings, "language": Words}


class _Core(yaml.SafeLoader):
    """YAML 1.2's core schema (10.3.2), as editors' programs read: dates and `No` are texts."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


for tag, pattern in {
    "null": r"(?:~|null|Null|NULL|)$",
    "bool": r"(?:true|True|TRUE|false|False|FALSE)$",
    "int": r"(?:[-+]?[0-9]+|0x[0-9a-fA-F]+)$",
    "float": r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan)$",
}.items():
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), None)
_Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda _, node: int(node.value, 16 if node.value.startswith("0x") else 10),
)


def by_schema(kind: str, text: str) -> list[str]:
    """What an editor's program underlines in `text`."""
    validator = Draft202012Validator(json.loads(schema(kind)))
    data: Any = yaml.load(text, Loader=_Core)  # noqa: S506  # a SafeLoader
    return [error.message for error in validator.iter_errors(data)]


def by_loader(kind: str, text: str) -> list[str]:
    """What the loader refuses in `text`."""
    value, problems = load(parse(text, f"{kind}.yaml"), KINDS[kind])
    assert (value is None) == bool(problems)
    return [problem.message for problem in problems]


GOOD_ISSUES = {
    "the least": "title: A\ndate: 2024\n",
    "a month": "title: A\ndate: 2024-04\n",
    "a day": "title: A\ndate: 2024-04-23\n",
    "a date in quotes": "title: A\ndate: '2024'\n",
    "texts that look like something else": "title: No\nnumber: 1.10\nsubject: 12:30\ndate: 2024\n"
    "preheader: true\nintro: 2024\nlead: {title: .5, entries: [7, false]}\n",
    "keys without values": "title: A\ndate: 2024\nnumber:\nlayout:\ntheme:\nlanguage:\nsubject:\n"
    "preheader:\nintro:\nlead:\nsections:\nentries:\noutro:\n",
    "a section's keys without values": "title: A\ndate: 2024\nsections:\n"
    "  - title:\n    subtitle:\n    entries:\n",
    "an entry's keys without values": "title: A\ndate: 2024\nentries:\n  - title: B\n    date:\n"
    "    source:\n    kind:\n    text:\n    image:\n    links:\n    closes:\n",
    "entries as plain texts": "title: A\ndate: 2024\nentries:\n  - Words\n  - >-\n    More\n",
    "an entry with everything": "title: A\ndate: 2024\nentries:\n  - title: B\n    date: 2024-04\n"
    "    source: C\n    kind: Report\n    text: Words\n    closes: 2024-05-23\n"
    "    image: {src: 'https://a.org/b.png', alt: '', credit: D, caption: E}\n"
    "    links: [{url: 'https://a.org/', label: Read, title: It}]\n",
    "every kind of address": "title: A\ndate: 2024\nentries:\n  - links:\n"
    "      - {url: 'https://a.org', title: B}\n      - {url: 'http://a.org/b?c#d', title: B}\n"
    "      - {url: 'mailto:a@b.org', title: B}\n      - {url: 'tel:+44(800)11-11', title: B}\n"
    "      - {url: '[[view_online]]', title: B}\n      - {url: '[[unsubscribe]]', label: B}\n",
    "schemes in capitals": "title: A\ndate: 2024\nentries:\n  - links:\n"
    "      - {url: 'HTTPS://a.org', title: B}\n      - {url: 'MAILTO:a@b.org', title: B}\n"
    "      - {url: 'Tel:08001111', title: B}\n    image: {src: 'HTTPS://a.org/b', alt: C}\n",
    "languages": "title: A\ndate: 2024\nlanguage: cy-GB\n",
    "Norwegian": "title: A\ndate: 2024\nlanguage: no\n",
    "a lead and sections": "title: A\ndate: 2024\nlead: {title: B, subtitle: C, entries: [D]}\n"
    "sections: [{title: E, entries: [F]}, {title: G}]\noutro: '**H**'\n",
    "pictures beside the issue": "title: A\ndate: 2024\nentries:\n"
    "  - image: {src: images/a.png, alt: B}\n  - image: {src: 'École d’été (1).jpg', alt: B}\n"
    "  - image: {src: ../shared/a, alt: ''}\n",
    "settings of its own": "title: A\ndate: 2024\nsettings:\n  publication: B\n  sender: C\n"
    "  reason: D\n  contact: a@b.org\n  support: [{name: E}]\n  support_title: F\n"
    "  order: alphabetical\n  date_format: '%d/%m/%Y'\n  text_links: markdown\n  contents: off\n"
    "  images_url: images\n  brand: {colour: '#123456', logo: {src: a.png, alt: G}}\n",
    "settings of its own without values": "title: A\ndate: 2024\nsettings:\n  publication:\n"
    "  support:\n  order:\n  contents:\n  images_url:\n  brand:\n    colour:\n    logo:\n",
    "no settings of its own": "title: A\ndate: 2024\nsettings:\n",
    "JSON": '{"title": "A", "date": "2024", "entries": [{"text": "B"}]}',
}

BAD_ISSUES = {
    "nothing": "",
    "a text": "Words\n",
    "a list": "- title: A\n",
    "no title": "date: 2024\n",
    "no date": "title: A\n",
    "no value for a title": "title:\ndate: 2024\n",
    "a date in words": "title: A\ndate: 23 April 2024\n",
    "a date with a day first": "title: A\ndate: 23-04-2024\n",
    "a year too early": "title: A\ndate: 0999\n",
    "a year too late": "title: A\ndate: 3000\n",
    "half a year": "title: A\ndate: 2024.5\n",
    "a month of one digit": "title: A\ndate: 2024-4\n",
    "an unknown field": "title: A\ndate: 2024\nauthor: B\n",
    "an unknown field of an entry": "title: A\ndate: 2024\nentries: [{text: B, url: C}]\n",
    "a list for a title": "title: [A]\ndate: 2024\n",
    "a mapping for a title": "title: {A: B}\ndate: 2024\n",
    "a text for sections": "title: A\ndate: 2024\nsections: B\n",
    "a text for a section": "title: A\ndate: 2024\nsections: [B]\n",
    "a list for a lead": "title: A\ndate: 2024\nlead: [B]\n",
    "an empty item in entries": "title: A\ndate: 2024\nentries:\n  -\n",
    "an empty item in sections": "title: A\ndate: 2024\nsections:\n  -\n",
    "an image without alt": "title: A\ndate: 2024\n"
    "entries: [{image: {src: 'https://a.org/b'}}]\n",
    "an image without src": "title: A\ndate: 2024\nentries: [{image: {alt: B}}]\n",
    "an image that is a text": "title: A\ndate: 2024\nentries: [{image: 'https://a.org/b'}]\n",
    "an image from a mailbox": "title: A\ndate: 2024\n"
    "entries: [{image: {src: 'mailto:a@b.org', alt: C}}]\n",
    "an image from http": "title: A\ndate: 2024\n"
    "entries: [{image: {src: 'http://a.org/b', alt: C}}]\n",
    "an image on half a host": "title: A\ndate: 2024\n"
    "entries: [{image: {src: 'https://example/b.png', alt: C}}]\n",
    "an image on a drive": "title: A\ndate: 2024\nentries: [{image: {src: 'C:/b', alt: C}}]\n",
    "an image with a backslash": "title: A\ndate: 2024\n"
    "entries: [{image: {src: 'b\\c.png', alt: C}}]\n",
    "an image without a name": "title: A\ndate: 2024\nentries: [{image: {src: '', alt: C}}]\n",
    "an image with a title": "title: A\ndate: 2024\n"
    "entries: [{image: {src: b.png, alt: C, title: D}}]\n",
    "an unknown setting": "title: A\ndate: 2024\nsettings: {colour: red}\n",
    "a theme among the settings": "title: A\ndate: 2024\nsettings: {theme: plain}\n",
    "links among the settings": "title: A\ndate: 2024\n"
    "settings: {links: {unsubscribe: 'https://a.org'}}\n",
    "settings that are a text": "title: A\ndate: 2024\nsettings: B\n",
    "a setting of the wrong kind": "title: A\ndate: 2024\nsettings: {order: B}\n",
    "a link that is a text": "title: A\ndate: 2024\nentries: [{links: ['https://a.org']}]\n",
    "a link without url": "title: A\ndate: 2024\nentries: [{links: [{title: B}]}]\n",
    "a link without scheme": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: www.a.org, title: B}]}]\n",
    "a link with another scheme": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: 'javascript:alert(1)', title: B}]}]\n",
    "a link to half a host": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: 'https://example', title: B}]}]\n",
    "a link to half a mailbox": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: 'mailto:someone', title: B}]}]\n",
    "a link to no number": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: 'tel:us', title: B}]}]\n",
    "a link with a space": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: 'https://a.org/b c', title: B}]}]\n",
    "a tag that does not exist": "title: A\ndate: 2024\n"
    "entries: [{links: [{url: '[[friends]]', title: B}]}]\n",
    "a language in words": "title: A\ndate: 2024\nlanguage: British English\n",
}  # fmt: skip

GOOD_SETTINGS = {
    "no words": "{}\n",
    "keys without values": "publication:\nsender:\nsender_email:\naddress:\nreason:\ncontact:\n"
    "privacy:\nsupport:\nsupport_title:\norder:\ndate_format:\ntext_links:\ncontents:\ntheme:\n"
    "platform:\nlinks:\noutput:\n",
    "the sender": "publication: A\nsender: B\nsender_email: a.b+c@d-e.org\naddress: 1 F Street\n",
    "texts that look like something else": "publication: 2024\nsender: 1.10\nreason: No\n",
    "the reader's questions": "reason: A\ncontact: us@example.org\nprivacy: https://a.org/b\n",
    "the alphabet": "order: alphabetical\n",
    "as written": "order: as-written\n",
    "references": "text_links: references\n",
    "switched on": "contents: on\n",
    "switched off": "contents: false\n",
    "switched off with a capital": "contents: No\n",
    "switched on in capitals": "contents: ON\n",
    "a date format": "date_format: '%d/%m/%Y'\n",
    "helplines": "support:\n  - {name: A, phone: 0800 1111, url: 'https://a.org', text: B}\n"
    "  - {name: C, phone: 116123, url: 'tel:116123'}\n  - name: D\n    phone:\n    url:\n",
    "addresses as links": "links:\n  unsubscribe: https://a.org/?b=c\n  view_online:\n",
    "a mailbox to leave by": "links: {unsubscribe: 'mailto:leave@a.org'}\n",
    "platform tags": "links: {unsubscribe: '*|UNSUB|*', view_online: '{{ webversion }}'}\n",
    "odd platform tags": "links: {unsubscribe: '[unsubscribe]', view_online: '%%view%%'}\n",
    "a brand": "brand:\n  colour: '#7a1F5C'\n  logo: {src: images/logo.png, alt: A}\n",
    "half a brand": "brand:\n  colour:\n  logo: {src: 'https://a.org/b.png', alt: ''}\n",
    "no brand": "brand:\n",
    "where pictures are": "images_url: https://a.org/b/\n",
    "pictures that go with the email": "images_url: images\n",
    "a language": "language: cy-GB\n",
    "where it goes": "output: out/2024\ntheme: plain\nplatform: generic\n",
}

BAD_SETTINGS = {
    "a list": "- sender: A\n",
    "an unknown field": "colour: red\n",
    "a mailbox without host": "contact: us\n",
    "a mailbox with half a host": "contact: us@example\n",
    "a mailbox with a space": "sender_email: the team@example.org\n",
    "a mailbox with an accent": "contact: équipe@example.org\n",
    "a privacy notice in a mailbox": "privacy: mailto:us@example.org\n",
    "a privacy notice on half a host": "privacy: https://example\n",
    "an unknown order": "order: random\n",
    "an unknown style of links": "text_links: footnotes\n",
    "a switch in the middle": "contents: maybe\n",
    "a number for a switch": "contents: 1\n",
    "a date format with hours": "date_format: '%H:%M'\n",
    "support as a text": "support: Childline\n",
    "a helpline as a text": "support: [Childline]\n",
    "a helpline without a name": "support: [{phone: 0800 1111}]\n",
    "a helpline without a page": "support: [{name: A, url: nowhere}]\n",
    "links as a list": "links: ['*|UNSUB|*']\n",
    "an unknown link": "links: {friends: 'https://a.org'}\n",
    "a bare word for a tag": "links: {unsubscribe: unsubscribe}\n",
    "no words for a tag": "links: {unsubscribe: ''}\n",
    "half a host to leave by": "links: {unsubscribe: 'https://example'}\n",
    "a list for a text": "address: [A, B]\n",
    "a colour in words": "brand: {colour: red}\n",
    "a colour of three digits": "brand: {colour: '#12f'}\n",
    "an unknown field of a brand": "brand: {color: '#123456'}\n",
    "a brand that is a text": "brand: '#123456'\n",
    "a logo that is a text": "brand: {logo: logo.png}\n",
    "a logo without alt": "brand: {logo: {src: logo.png}}\n",
    "pictures in a folder": "images_url: cdn/images\n",
    "pictures from http": "images_url: http://a.org/b\n",
    "pictures on half a host": "images_url: https://example/b\n",
    "a language in words": "language: Welsh\n",
}

LABELS = "\n".join(
    f"{label}: {label}"
    for label in (
        *("name", "read", "source", "published", "closes", "credit", "contents", "issue"),
        *("support", "sent_by", "questions", "view_online", "privacy", "unsubscribe"),
    )
)

GOOD_LANGUAGES = {
    "every label": LABELS,
    "a colon, articles and what comes last": f"{LABELS}\ncolon: '：'\narticles: [a]\nlast: [b]\n",
    "labels that look like something else": LABELS.replace("read: read", "read: No"),
    "lists without values": f"{LABELS}\ncolon:\narticles:\nlast:\n",
}

BAD_LANGUAGES = {
    "a missing label": LABELS.replace("read: read\n", ""),
    "a label without its word": LABELS.replace("read: read\n", "read:\n"),
    "an unknown label": f"{LABELS}\nreply: reply\n",
    "a list for a label": LABELS.replace("read: read", "read: [read]"),
    "a text for articles": f"{LABELS}\narticles: the\n",
}

# To the loader a bare ~ or null is a text like any other; to an editor's program it is no value,
# which is right where a value may be missing, and underlined where it may not.
NULLS = {
    "a title that is a tilde": "title: ~\ndate: 2024\n",
    "a title that is null": "title: null\ndate: 2024\n",
    "an entry that is a tilde": "title: A\ndate: 2024\nentries: [~]\n",
}

# What no schema can say: each is valid to an editor's program, and refused by the loader.
BEYOND_A_SCHEMA = {
    "Markdown with code": "title: A\ndate: 2024\nintro: '`code`'\n",
    "Markdown with a heading": "title: A\ndate: 2024\nentries: ['# B']\n",
    "Markdown with an image": "title: A\ndate: 2024\nentries: ['![B](https://a.org/b)']\n",
    "Markdown with a link to nowhere": "title: A\ndate: 2024\nentries: ['[B]()']\n",
    "a month that does not exist": "title: A\ndate: 2024-13\n",
    "a day that does not exist": "title: A\ndate: 2023-02-29\n",
    "sections and entries": "title: A\ndate: 2024\nsections: [{title: B}]\nentries: [C]\n",
    "an empty entry": "title: A\ndate: 2024\nentries: [{source: B}]\n",
    "a link without words": "title: A\ndate: 2024\nentries: [{links: [{url: 'https://a.org'}]}]\n",
}  # fmt: skip


def cases(**kinds: dict[str, str]) -> list[Any]:
    """Parameters of a test: each text with its kind, called by its name."""
    return [
        pytest.param(kind, text, id=f"{kind}: {name}")
        for kind, texts in kinds.items()
        for name, text in texts.items()
    ]


@pytest.mark.parametrize(
    ("kind", "text"), cases(issue=GOOD_ISSUES, settings=GOOD_SETTINGS, language=GOOD_LANGUAGES)
)
def test_what_the_loader_accepts_is_not_underlined(kind: str, text: str) -> None:
    assert (by_loader(kind, text), by_schema(kind, text)) == ([], [])


@pytest.mark.parametrize(
    ("kind", "text"), cases(issue=BAD_ISSUES, settings=BAD_SETTINGS, language=BAD_LANGUAGES)
)
def test_what_the_loader_refuses_is_underlined(kind: str, text: str) -> None:
    assert by_loader(kind, text) != []
    assert by_schema(kind, text) != []


@pytest.mark.parametrize(("kind", "text"), cases(issue=BEYOND_A_SCHEMA))
def test_what_no_schema_can_say_is_said_by_the_loader(kind: str, text: str) -> None:
    assert by_schema(kind, text) == []
    assert len(by_loader(kind, text)) == 1


@pytest.mark.parametrize(("kind", "text"), cases(issue=NULLS))
def test_a_bare_null_is_a_text_to_the_loader_alone(kind: str, text: str) -> None:
    assert by_loader(kind, text) == []
    assert len(by_schema(kind, text)) == 1


SHIPPED = Path(__file__).parent.parent / "templates"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("languages/*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_language_is_not_underlined(path: Path) -> None:
    assert by_schema("language", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("themes/*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_theme_is_not_underlined(path: Path) -> None:
    assert by_schema("theme", path.read_text("utf-8")) == []


GOOD_THEMES = {
    "a name and one colour": "description: A\nextends: plain\nlight: {link: '#123456'}\n",
    "only what it extends": "extends: plain\n",
    "sizes and a font": "extends: warm\nsize: 15\nfont: Georgia, serif\nmasthead: center\n",
    "a logo": "extends: plain\nlogo: {src: logo.png, alt: A}\n",
}

BAD_THEMES = {
    "an unknown value": "extends: plain\nwidth: 700\n",
    "an unknown colour": "extends: plain\nlight: {links: '#123456'}\n",
    "a colour in words": "extends: plain\nlight: {link: red}\n",
    "a size in words": "extends: plain\nsize: large\n",
    "a size with its unit": "extends: plain\nsize: 16px\n",
    "a place that is none": "extends: plain\nmasthead: left\n",
    "a list to extend": "extends: [plain]\n",
}


def _by_templates(folder: Path, text: str) -> list[str]:
    """What is refused in a theme."""
    (folder / "themes").mkdir()
    (folder / "themes" / "mine.yaml").write_text(text)
    return [problem.message for problem in Templates(folder).theme("mine")[1]]


@pytest.mark.parametrize("case", GOOD_THEMES)
def test_a_theme_that_extends_another_is_not_underlined(case: str, tmp_path: Path) -> None:
    text = GOOD_THEMES[case]
    assert (_by_templates(tmp_path, text), by_schema("theme", text)) == ([], [])


@pytest.mark.parametrize("case", BAD_THEMES)
def test_what_is_refused_in_a_theme_is_underlined(case: str, tmp_path: Path) -> None:
    assert _by_templates(tmp_path, BAD_THEMES[case]) != []
    assert by_schema("theme", BAD_THEMES[case]) != []


@pytest.mark.parametrize("kind", ["issue", "settings", "theme", "language"])
def test_a_schema_is_a_schema(kind: str) -> None:
    """Of the draft that it names, with words for every field, which editors' programs show."""
    made = json.loads(schema(kind))

    Draft202012Validator.check_schema(made)
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]
    undescribed = [
        f"{name}.{key}"
        for name, definition in made["$defs"].items()
        for key, field in definition.get("properties", {}).items()
        if not field.get("description")
    ]
    assert undescribed == []


@pytest.mark.parametrize(
    ("rules", "valid"),
    [
        ("{vague-words: off}", True),
        ("{vague-words: warning, subject-length: {level: note, max: 70}}", True),
        ("{vague-wrds: off}", False),
        ("{vague-words: loud}", False),
        ("{subject-length: {most: 70}}", False),
        ("{link-target: off}", False),
    ],
)
def test_what_is_said_of_rules_is_completed_and_underlined(rules: str, valid: bool) -> None:
    settings = yaml.safe_load(f"rules: {rules}\n")
    validator = Draft202012Validator(json.loads(schema("settings")))
    assert validator.is_valid(settings) is valid


def test_of_an_entry_a_rule_can_only_be_off() -> None:
    validator = Draft202012Validator(json.loads(schema("issue")))
    issue = {"title": "T", "date": "2024-05", "entries": [{"text": "x"}]}
    for level, valid in (("off", True), ("note", False)):
        issue["entries"] = [{"text": "x", "rules": {"vague-words": level}}]
        assert validator.is_valid(issue) is valid
