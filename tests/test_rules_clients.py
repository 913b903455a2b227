"""The rule that asks what mail programs support: its data, its matchers, its judgement."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from newsletter.build import build
from newsletter.lookup import Templates
from newsletter.project import open_project
from newsletter.proof import Built, Finding, Place, Proof
from newsletter.proof.page import Page
from newsletter.rules.clients._data import chosen, data, features, named
from newsletter.rules.clients._effects import EFFECTS
from newsletter.rules.clients._features import UNMATCHED, index, matchers
from newsletter.rules.clients._losses import Loss, losses
from newsletter.rules.clients.client_support import CLIENTS, check_email
from tests.conftest import SETTINGS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "newsletter" / "rules" / "clients"
RAW: dict[str, Any] = json.loads((FOLDER / "caniemail.json").read_text("utf-8"))
DEFAULT = chosen(CLIENTS).names

ISSUE = """\
title: Safeguarding Monthly
date: 2024-05
layout: {layout}
sections:
  - title: Neglect
    entries:
      - The Example Trust has published [a report](https://example.org/reports/neglect).
"""


def _built(folder: Path, layout: str = "roundup", settings: str = "") -> Built:
    (folder / "newsletter.yaml").write_text(SETTINGS + settings, "utf-8")
    path = folder / "issues" / "one.yaml"
    path.write_text(ISSUE.format(layout=layout), "utf-8")
    project = open_project(folder)
    result = build(path, project, draft=True)
    assert result.email, result.problems
    return Built(Proof(result, project), result.email)


def _losses(body: str, head: str = "", **asked: bool) -> list[Loss]:
    page = f"<html><head><style>{head}</style></head><body>{body}</body></html>"
    return list(losses(Page(page), DEFAULT, **asked))


def _slugs(body: str, head: str = "", **asked: bool) -> list[str]:
    return [loss.feature.slug for loss in _losses(body, head, **asked)]


# --- the data -------------------------------------------------------------------------------------


def test_the_data_say_what_they_are_and_under_which_licence_they_stand() -> None:
    licence = (FOLDER / "caniemail.LICENSE").read_text("utf-8")
    assert f"`caniemail` {data().version}" in licence
    assert f"of {data().date}" in licence
    assert "MIT License" in licence
    assert len(features()) == len(RAW["features"]) > 300


def test_every_feature_is_recognised_or_said_to_be_beyond_recognition() -> None:
    recognised = {slug for table in index() for slug in table.values()}
    assert recognised | set(UNMATCHED) == set(features())
    assert recognised & set(UNMATCHED) == set()


def test_what_a_feature_is_recognised_by_stands_in_its_title() -> None:
    """A slug that says something else than the title needs a line of its own."""
    words_of_kinds = {"selector", "format"}
    for feature in features().values():
        kind, names = matchers(feature)
        if len(names) == 1 and kind not in words_of_kinds:
            bare = names[0].strip(":").lower().replace("body", "<body")
            title = feature.title.lower().replace("variables (custom", "var")
            assert bare.strip("<") in title or kind in (
                "link",
                "syntax",
                "meta",
                "pair",
                "typed",
            ), (
                feature.slug,
                names,
            )


def test_every_feature_that_is_recognised_is_judged() -> None:
    recognised = {slug for table in index() for slug in table.values()}
    assert recognised - set(EFFECTS) == set()
    assert set(EFFECTS) - set(features()) == set()


def test_a_mail_program_is_called_as_people_call_it() -> None:
    assert named(("outlook.windows", "gmail.android"), DEFAULT) == (
        "Outlook for Windows and Gmail on Android"
    )
    assert named(("gmail.android", "gmail.ios", "gmail.desktop-webmail"), DEFAULT) == "Gmail"
    assert named(("samsung-email.android", "yahoo.ios"), DEFAULT) == (
        "Samsung Email and Yahoo Mail on iPhone"
    )
    assert all(named((name,), DEFAULT) for name in data().clients)


def test_the_programs_that_are_asked_for_by_default_are_all_there() -> None:
    assert chosen(CLIENTS).unknown == ()
    assert len(DEFAULT) == 15


# --- what is found --------------------------------------------------------------------------------

PLANTED = """\
{% extends "parts/email.mjml" %}
{% block head_styles %}
.seen:checked { display: block }
{% endblock %}
{% block content %}
<mj-text>
<h2>Neglect</h2>
{% for section in issue.sections %}{% for item in section.entries %}
<div style="display: flex"><div>{{ html(item.text) }}</div></div>
{% endfor %}{% endfor %}
<div style="position: absolute; top: 4px">Over</div>
<p style="font-size: 1.2rem">Large</p>
<p style="margin: -12px 0 0">Up</p>
<p style="background-image: url(https://example.org/a.png)">Ground</p>
<p style="visibility: hidden">Hidden</p>
<p style="width: calc(100% - 20px)">Wide</p>
<form action="https://example.org/"><textarea name="a"></textarea></form>
<video src="https://example.org/a.mp4"></video>
<img src="https://example.org/a.webp" alt="A tree" width="200"/>
<p class="seen" style="border-radius: 4px; box-shadow: 0 0 2px #000000">Corners</p>
</mj-text>
{% endblock %}
"""
EXPECTED = {
    "css-display-flex": "'display: flex' (on <div>)",
    "css-position": "'position: absolute' (on <div>)",
    "css-unit-rem": "'font-size: 1.2rem' (on <p>)",
    "css-margin": "'margin: -12px 0 0' (on <p>)",
    "css-background-image": "'background-image: url(https://example.org/a.png)' (on <p>)",
    "css-visibility": "'visibility: hidden' (on <p>)",
    "css-unit-calc": "'width: calc(100% - 20px)' (on <p>)",
    "html-video": "'<video>'",
    "image-webp": "'a.webp' (on <img>)",
    "css-pseudo-class-checked": "'.seen:checked'",
}
# Those that support it in part, without the part that is used.
IN_PART = {
    "css-position": {"outlook.outlook-com", "outlook.macos", "outlook.android", "yahoo.*"},
    "css-margin": {"outlook.*", "gmail.*", "yahoo.*"},
}


def _unsupporting(slug: str) -> tuple[str, ...]:
    """What the file itself says, asked in another way."""
    (feature,) = (one for one in RAW["features"] if one["slug"] == slug)
    codes = {name: code for code, names in feature["support"].items() for name in names.split()}
    part = IN_PART.get(slug, set())
    return tuple(
        name
        for name in DEFAULT
        if codes[name][0] == "n"
        or (codes[name][0] == "a" and part & {name, f"{name.partition('.')[0]}.*"})
    )


def test_each_planted_feature_is_told_once_with_the_programs_that_lack_it(folder: Path) -> None:
    layouts = folder / "templates" / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "ours.mjml").write_text(PLANTED, "utf-8")
    (layouts / "ours.txt").write_text((ROOT / "templates/layouts/bulletin.txt").read_text("utf-8"))
    told = list(check_email(_built(folder, "ours")))
    expected = [
        Finding(
            f"{EXPECTED[slug]} does not work in {named(_unsupporting(slug), DEFAULT)}: "
            f"{EFFECTS[slug].sees}",
            None,
            f"{EFFECTS[slug].instead}; https://www.caniemail.com/features/{slug}/, "
            f"tested {features()[slug].tested}",
        )
        for slug in sorted(EXPECTED)
    ]
    assert told == expected


def test_a_message_says_what_a_reader_sees_and_in_which_programs() -> None:
    (loss,) = _losses('<div style="display: flex">a</div><div style="display:flex">b</div>')
    assert loss.clients == ("outlook.windows",)
    assert len(loss.uses) == 2
    assert loss.sees == "what should stand side by side stands one below the other"


SAMPLES = sorted((ROOT / "issues").glob("*.yaml"))


@pytest.mark.parametrize("theme", sorted(Templates().themes()))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_shipped_layouts_and_themes_lose_nothing(sample: Path, theme: str) -> None:
    project = open_project(ROOT)
    result = build(sample, project, theme, draft=True)
    assert result.email
    assert list(check_email(Built(Proof(result, project), result.email))) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="font-size: 18px; font-size: 1.2rem">a</p>',
        '<p style="width: 200px; width: calc(100% - 20px)">a</p>',
        '<td style="background-color: #123456; background-image: url(a.png)">a</td>',
        '<td bgcolor="#123456" style="background: linear-gradient(#111111, #222222)">a</td>',
        '<td style="background: #123456 url(a.png) no-repeat center / cover">a</td>',
        '<td style="background: rgba(1, 2, 3, 0.5) url(a.png)" bgcolor="#ffffff">a</td>',
        '<td style="background: #ffffff">a</td>',
        '<div style="position: relative">a</div>',
        '<img align="left" style="float: left" width="80" src="a.png">',
        '<div style="float: none">a</div>',
        '<div style="white-space: nowrap">a</div>',
        '<p style="margin: 0 0 -0px">a</p>',
        '<p style="margin: 0 auto; padding: 4px; max-width: 600px; width: 100%">a</p>',
        '<img src="a.png" width="200" style="width: 100%; max-width: 200px">',
        '<p style="box-shadow: 0 0 4px rgba(1, 2, 3, 0.5); border-radius: 0.5rem">a</p>',
        '<p style="border: 1px solid var(--ink)">a</p>',
        '<p style="opacity: 0.5; color: rgb(1, 2, 3)">a</p>',
        '<p style="font-family: Inter, sans-serif">a</p>',
        "<!--[if !mso]><!--><div style='display: flex'>a</div><!--<![endif]-->",
        '<picture><source srcset="a.png"><img src="a.png" width="80"></picture>',
        '<ol><li>a</li></ol><a href="#s1">b</a><a href="mailto:a@example.org">c</a>',
        '<link rel="icon" href="a.png">',
        '<p style="color: #333333 !important; -webkit-transform: rotate(1deg)">a</p>',
        '<img src="https://example.org/a.png?as=.svg" width="20">',
    ],
)
def test_what_has_something_to_fall_back_on_is_not_told(html: str) -> None:
    assert _slugs(html) == []


@pytest.mark.parametrize(
    ("html", "slug"),
    [
        ('<td style="background: url(a.png)">a</td>', "css-background"),
        ('<td style="background: linear-gradient(#111111, #222222)">a</td>', "css-linear-gradient"),
        ('<p style="color: rgb(1 2 3)">a</p>', "css-rgb"),
        ('<p style="color: rgba(1 2 3 / 0.5)">a</p>', "css-rgba"),
        ('<p style="color: rgba(1, 2, 3, 0.5)">a</p>', "css-rgba"),
        ('<p style="color: oklch(40% 0.2 120)">a</p>', "css-modern-color"),
        ('<p style="color: var(--ink, #000000)">a</p>', "css-variables"),
        ('<p style="margin-top: -8px">a</p>', "css-margin"),
        ('<p style="padding-inline: 8px">a</p>', "css-padding-inline-block"),
        ('<div style="position: sticky; top: 0">a</div>', "css-position"),
        ('<div style="position: relative; left: 4px">a</div>', "css-position"),
        ('<div style="float: left">a</div>', "css-float"),
        ('<div style="display: inline-grid">a</div>', "css-display-grid"),
        ('<pre style="white-space: pre">a</pre>', "css-white-space"),
        ('<p hidden="hidden">a</p>', "html-hidden"),
        ('<ol reversed="reversed"><li>a</li></ol>', "html-lists"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "html-link"),
        ('<img src="a.png" style="width: 200px">', "css-width"),
        ('<img src="a.png" width="50%">', "html-width"),
        ('<img src="data:image/png;base64,AAAA" width="20">', "image-base64"),
        ('<img src="a.svg" width="20">', "image-svg"),
        ("<svg></svg>", "html-svg"),
        ("<div><style>.a { color: #000000 }</style></div>", "html-style"),
        ('<p style="width: 50vw">a</p>', "css-unit-vw"),
        ('<button type="submit">a</button>', "html-button-submit"),
    ],
)
def test_what_changes_what_a_reader_sees_is_told(html: str, slug: str) -> None:
    assert _slugs(html) == [slug]


@pytest.mark.parametrize(
    ("css", "slugs"),
    [
        (".a { display: flex }", ["css-display-flex"]),
        (".b { display: flex }", []),  # no element has that class
        ("@media (max-width: 480px) { .a { display: flex } }", []),
        ("@supports (display: grid) { .a { display: grid } }", []),
        ("@import url(https://example.org/a.css);", ["css-at-import"]),
        ('.a::before { content: "New: " }', ["css-pseudo-element-before"]),
        ('.a:before { content: "" }', []),
        (".a.c { color: #000000 }", ["css-selector-chaining"]),
        (".a { color: #000000; & p { color: #111111 } }", ["css-nesting"]),
        (".a > p, .a + p, a:hover { color: #000000 }", []),
        ("@font-face { font-family: Inter; src: url(a.woff2) }", []),
        ("@font-face { font-family: Alone; src: url(a.woff2) }", ["css-at-font-face"]),
        ("/* .a { display: flex } */", []),
    ],
)
def test_the_rules_of_a_style_are_judged_where_they_can_apply(css: str, slugs: list[str]) -> None:
    html = '<p class="a c" style="font-family: Inter, sans-serif">a</p>'
    assert _slugs(f'{html}<p style="font-family: Alone">b</p>', css) == slugs


def test_a_ground_that_is_drawn_for_outlook_is_not_missing_there() -> None:
    ground = '<td style="background: url(a.png)">a</td>'
    drawn = f'<!--[if mso]><v:rect><v:fill src="a.png"/></v:rect><![endif]-->{ground}'
    assert _slugs(ground) == ["css-background"]
    assert _slugs(drawn) == []


def test_every_feature_can_be_found_in_some_email() -> None:
    """All kinds of matchers, each with all their names."""
    known = index()
    css = [f"{name}: 1" for name in known.property]
    css += [f"a: {name}(1)" for name in known.function]
    css += [f"a: 1{name}" for name in known.unit]
    css += [f"a: {name}" for name in known.word]
    css += list(known.pair)
    html = [f'<p style="{one}">a</p>' for one in css]
    html += [f"<{name}></{name}>" for name in known.element if name not in ("body", "style")]
    html += [f'<p {name}="a">a</p>' for name in known.attribute]
    html += ["<{} type='{}'>".format(*name.split(":")) for name in known.typed]
    html += [f'<a href="{name}a">a</a>' for name in known.link]
    html += [
        f'<img src="a.{name}">' if name[-1] != ":" else '<img src="data:image/png,a">'
        for name in known.format
    ]
    html += [f'<meta name="{name}">' for name in known.meta]
    head = [f"@{name} a {{}}" for name in known.at if name != "import"]
    head += ["@import url(a);", "/* a */", "a { b: c; & p { d: e } }"]
    head += [f"@media ({name}: a) {{}}" for name in known.media]
    head += [f"p{name} {{ a: b }}" for name in known.pseudo]
    head += ["p.x.y#z>p+p~p p[a], * { a: b }"]
    marked = '<p class="x y" id="z">a</p><!-- a -->'
    page = f"<!doctype html><html><head><style>{''.join(head)}</style></head><body>"
    whole = Page(f"{page}{marked}{''.join(html)}</body></html>")
    everyone = data().clients
    found = {loss.feature.slug for loss in losses(whole, everyone, cosmetic=True, partial=True)}
    some_lack = {
        slug
        for slug, feature in features().items()
        if any(letter in "na" for letter, _ in feature.verdicts().values())
    }
    assert some_lack - found == set(UNMATCHED)


# --- options --------------------------------------------------------------------------------------


def test_only_the_programs_that_are_chosen_are_asked() -> None:
    assert chosen(("gmail.*", "*.ios")).names[:4] == (
        "gmail.android",
        "gmail.desktop-webmail",
        "gmail.ios",
        "gmail.mobile-webmail",
    )
    page = Page('<div style="display: flex">a</div>')
    assert list(losses(page, chosen(("apple-mail.*",)).names)) == []


def test_a_program_that_is_not_known_is_told_at_its_line(folder: Path) -> None:
    settings = """\
rules:
  client-support:
    clients: [gmail.ois, "outlook.*", "nobody.*"]
    allow: [css-flot]
"""
    built = _built(folder, settings=settings)
    wrong = ("gmail.ois", "outlook.*", "nobody.*")
    steps = ("rules", "client-support")
    assert list(check_email(built, clients=wrong, allow=("css-flot",))) == [
        Finding(
            "no mail program is called 'gmail.ois' (did you mean 'gmail.ios'?)",
            Place((*steps, "clients", 0), settings=True),
            "take the names from https://www.caniemail.com/: gmail.ios, outlook.*",
        ),
        Finding(
            "no mail program is called 'nobody.*'",
            Place((*steps, "clients", 2), settings=True),
            "take the names from https://www.caniemail.com/: gmail.ios, outlook.*",
        ),
        Finding(
            "Can I email has no 'css-flot' (did you mean 'css-float'?)",
            Place((*steps, "allow", 0), settings=True),
            "take the names from https://www.caniemail.com/: css-float, html-video",
        ),
    ]


def test_what_is_cosmetic_or_partial_is_told_when_it_is_asked_for() -> None:
    html = '<td style="border-radius: 4px; padding: 4px">a</td>'
    assert _slugs(html) == []
    assert "css-border-radius" in _slugs(html, cosmetic=True)
    assert "css-padding" not in _slugs(html, cosmetic=True)
    partly = {loss.feature.slug: loss for loss in _losses(html, partial=True)}
    assert partly["css-padding"].partly
    assert partly["css-padding"].clients == ("outlook.windows",)
    assert partly["css-padding"].sees.startswith("Partial. Only supported on table cells.")


def test_what_is_allowed_is_not_told(folder: Path) -> None:
    templates = folder / "templates" / "themes"
    templates.mkdir(parents=True)
    (templates / "ours.yaml").write_text("extends: plain\ndescription: Ours\n", "utf-8")
    (templates / "ours.css").write_text("p { display: flex }\n", "utf-8")
    built = _built(folder, settings="theme: ours\n")
    (found,) = check_email(built)
    assert re.match(
        r"'display: flex' \(\d+ times, on <p>\) does not work in Outlook for W", (found.message)
    )
    assert list(check_email(built, allow=("css-display-flex",))) == []
