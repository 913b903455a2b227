"""Neutral tags: as they are typed, as marks in an email, and as a platform's own in the end."""

import json
import re
from collections.abc import Mapping
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from newsletter import tags
from newsletter.build import Result, on, rendered
from newsletter.check import check
from newsletter.lookup import Templates
from newsletter.platforms import shapes
from newsletter.platforms.profile import Tags
from newsletter.project import open_project
from newsletter.render import visible_text
from newsletter.tags import Marked, Marks
from tests.conftest import PRIVACY as A_NOTICE
from tests.conftest import SETTINGS, codes

pytestmark = pytest.mark.usefixtures("folder")

LAYOUTS = Templates().layouts()

NAME = "*|NAME:\\g<1>|*"
"""A platform's tag, of signs that must not be taken for anything on their way."""

ENTRY = {"text": "Words with [a report](https://example.org/report)."}
ISSUE = {"title": "The title", "date": "2024-05", "entries": [ENTRY]}

TAGS: dict[str, dict[str, str]] = {
    "unsubscribe": {"kind": "url", "tag": "{{ leave & go }}"},
    "first_name": {"kind": "text", "tag": NAME, "with_fallback": '{{ n | or "{fallback}" }}'},
}


def _profile(given: Mapping[str, Any] = TAGS, **more: Any) -> dict[str, Any]:
    return {
        "name": "Ours",
        "group": "by hand",
        "shape": "document",
        "menu": "File > Send",
        "steps": ["Paste it.", "Send it."],
        "confidence": "verified",
        "tags": {name: {"confidence": "verified", **tag} for name, tag in given.items()},
        "preheader": {"given": "html"},
        "text": {"given": "made"},
        **more,
    }


def _write(issue: Mapping[str, Any], settings: str = "", profile: Any = None) -> Path:
    Path("platforms").mkdir(exist_ok=True)
    Path("platforms", "ours.yaml").write_text(json.dumps(profile or _profile()), "utf-8")
    if settings:
        Path("newsletter.yaml").write_text(settings, "utf-8")
    path = Path("issues", "one.yaml")
    given = {**ISSUE, **issue}
    if "sections" in given:
        del given["entries"]
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    return path


def _made(issue: Mapping[str, Any], settings: str = "", profile: Any = None) -> Result:
    """What comes of `issue` on the platform that `profile` describes."""
    path = _write(issue, settings, profile)
    project = open_project(Path())
    assert project.problems == ()
    return on("ours", rendered(path, project), project)


def _parts(issue: Mapping[str, Any], settings: str = "", profile: Any = None) -> tuple[str, str]:
    """The HTML, without the styles of its elements, and the plain text."""
    result = _made(issue, settings, profile)
    assert result.email is not None, result.problems
    assert not _marks_in(result)
    return re.sub(r' style="[^"]*"', "", result.email.html), result.email.text


def _template(name: str, old: str, new: str) -> None:
    """A part of the templates of the newsletter's own, with `new` in place of `old`."""
    text = Path(Templates().folders[-1], "parts", name).read_text("utf-8")
    assert old in text
    own = Path("templates", "parts", name)
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text.replace(old, new), "utf-8")


def _marks_in(result: Result) -> list[str]:
    """What is left of marks in an email and in its files."""
    assert result.email
    assert result.neutral
    begin = f"{result.neutral.marks.begin}-"
    texts = [
        *result.email[:4],
        *(file.decode("utf-8", "replace") for file in result.files.values()),
    ]
    return [text for text in texts if begin in text or "\0" in text]


# --- kinds ----------------------------------------------------------------------------------------

FOOT = "{% if settings.reason %}"
LEAVE = {"intro": "If so, [leave & go]([[unsubscribe]]) now."}


def _kind(tag: Mapping[str, str]) -> dict[str, Any]:
    return _profile({"unsubscribe": tag})


def test_a_url_stands_in_the_target_of_a_link_and_behind_its_words_in_plain_text() -> None:
    html, text = _parts(LEAVE, "", _kind({"kind": "url", "tag": "{{ u|x:'<&>' }}\\1"}))
    assert "<p>If so, <a href=\"{{ u|x:'<&>' }}\\1\">leave &amp; go</a> now.</p>" in html
    assert "\nIf so, leave & go <{{ u|x:'<&>' }}\\1> now.\n" in text
    assert text.endswith("\nUnsubscribe: {{ u|x:'<&>' }}\\1\n")


def test_a_url_may_be_another_in_the_plain_text() -> None:
    tag = {"kind": "url", "tag": "http://$UNSUB$", "text": "$UNSUB$"}
    html, text = _parts(LEAVE, "", _kind(tag))
    assert '<a href="http://$UNSUB$">leave &amp; go</a>' in html
    assert "\nIf so, leave & go <$UNSUB$> now.\n" in text


def test_an_element_goes_around_the_words_in_the_style_of_a_link() -> None:
    tag = {"kind": "element", "tag": "<unsubscribe>{words}</unsubscribe>", "text": "[unsubscribe]"}
    result = _made(LEAVE, "", _kind(tag))
    assert result.email
    styled = (
        r'<unsubscribe><span style="color:#\w+;text-decoration:underline">leave &amp; go</span>'
    )
    assert re.search(rf"If so, {styled}</unsubscribe> now\.</p>", result.email.html)
    assert "\nIf so, leave & go [unsubscribe] now.\n" in result.email.text


def test_an_element_without_a_form_for_the_plain_text_leaves_its_words_there() -> None:
    tag = {"kind": "element", "tag": "<forward>{words}</forward>"}
    profile = _profile({**TAGS, "forward": tag})
    html, text = _parts({"intro": "Do [send it **on**]([[forward]])."}, "", profile)
    assert "Do <forward><span>send it <strong>on</strong></span></forward>." in html
    assert "\nDo send it on.\n" in text


def test_a_rendered_tag_stands_in_place_of_the_link() -> None:
    tag = {"kind": "rendered", "tag": "{leave_text}", "text": "{leave_text_plain}"}
    html, text = _parts(LEAVE, "", _kind(tag))
    assert "<p>If so, {leave_text} now.</p>" in html
    assert "\nIf so, leave & go {leave_text_plain} now.\n" in text


def test_what_a_platform_adds_itself_leaves_the_words_without_a_link() -> None:
    html, text = _parts(LEAVE, "", _kind({"kind": "auto"}))
    assert "<p>If so, leave &amp; go now.</p>" in html
    assert "\nIf so, leave & go now.\n" in text
    assert "Unsubscribe" not in html + text


def test_what_a_platform_has_not_is_an_address_of_the_settings() -> None:
    settings = SETTINGS.replace("org/unsubscribe", "org/leave?a=1&b={{ x }}")
    html, text = _parts(LEAVE, settings, _kind({"kind": "none"}))
    assert '<a href="https://example.org/leave?a=1&amp;b={{ x }}">leave &amp; go</a>' in html
    assert "<https://example.org/leave?a=1&b={{ x }}>" in text


def test_a_platform_s_own_tag_is_preferred_to_an_address_of_the_settings() -> None:
    html, text = _parts(LEAVE, SETTINGS, _kind({"kind": "url", "tag": "{{ u }}"}))
    assert "example.org/unsubscribe" not in html + text


def test_a_link_that_nothing_stands_for_is_an_error() -> None:
    settings = SETTINGS.partition("links:")[0]
    result = _made(LEAVE, settings, _kind({"kind": "none"}))
    assert result.email is None
    assert [(p.mark, p.code, p.message, p.hint) for p in result.problems] == [
        (
            (1, 150),
            "no-address",
            "there is no address for [[unsubscribe]] with Ours",
            "give 'links: unsubscribe:' in newsletter.yaml: an address, or your platform's tag",
        )
    ]


WORDS_KINDS = [
    ({"kind": "text", "tag": "<n>&"}, "Dear <n>&,", "Dear <n>&,"),
    ({"kind": "text", "tag": "<n>", "text": "[n]"}, "Dear <n>,", "Dear [n],"),
    ({"kind": "auto"}, "Dear the reader,", "Dear the reader,"),
    ({"kind": "none"}, "Dear the reader,", "Dear the reader,"),
    (
        {"kind": "text", "tag": "<n>", "with_fallback": "<n or='{fallback}'>"},
        "Dear <n or='the reader'>,",
        "Dear <n or='the reader'>,",
    ),
]


@pytest.mark.parametrize(("tag", "in_html", "in_text"), WORDS_KINDS)
def test_a_tag_in_a_sentence_becomes_what_the_platform_has(
    tag: dict[str, str], in_html: str, in_text: str
) -> None:
    profile = _profile({**TAGS, "first_name": tag})
    html, text = _parts({"intro": "Dear [[first_name|the reader]], this."}, "", profile)
    assert f"<p>{in_html} this.</p>" in html
    assert f"\n{in_text} this.\n" in text


@pytest.mark.parametrize("kind", ["none", "auto"])
def test_a_tag_without_words_is_an_error_where_a_platform_has_nothing_for_it(kind: str) -> None:
    profile = _profile({**TAGS, "email": {"kind": kind}})
    result = _made({"intro": "You are [[email]]."}, "", profile)
    assert [(p.code, p.message, p.hint) for p in result.problems] == [
        (
            "no-address",
            "there is nothing to put in place of [[email]] with Ours",
            "write [[email|words]], with the words that stand where it is not known",
        )
    ]


def test_a_tag_of_a_template_that_nothing_stands_for_is_told_without_a_line() -> None:
    _template("footer.mjml", FOOT, f"<p>[[email]]</p>\n{FOOT}")
    assert [(p.mark, p.code) for p in _made({}).problems] == [(None, "no-address")]


def test_a_tag_in_the_settings_that_nothing_stands_for_is_told_there() -> None:
    result = _made({}, SETTINGS.replace("You asked", "You, [[email]], asked"))
    assert [(p.path, p.mark, p.code) for p in result.problems] == [
        ("newsletter.yaml", (5, 14), "no-address")
    ]


def test_the_date_and_the_postal_address_are_known_without_a_platform() -> None:
    html, text = _parts({"intro": "On [[date]], at [[postal_address]]; [[date|some day]]."})
    assert "<p>On May 2024, at 1 Example Street; some day.</p>" in html
    assert "\nOn May 2024, at 1 Example Street; some day.\n" in text


def test_what_a_platform_adds_elsewhere_is_said_in_words_in_a_sentence() -> None:
    added = {name: {"kind": "auto"} for name in ("date", "postal_address", "email")}
    issue = {"intro": "On [[date]], at [[postal_address]] or [[postal_address|here]], [[email|x]]."}
    html, text = _parts(issue, "", _profile({**TAGS, **added}))
    line = "On May 2024, at 1 Example Street or here, x."
    assert f"<p>{line}</p>" in html
    assert line in " ".join(text.split())
    assert (html.count("1 Example Street"), text.count("1 Example Street")) == (1, 1)


# --- places ---------------------------------------------------------------------------------------

T = "[[first_name|friend]]"
TAG = '{{ n | or "friend" }}'
REST = {**ENTRY, "text": "Words."}
PICTURE = {"src": "https://example.org/a.png", "alt": "A picture"}

PLACES: dict[str, tuple[dict[str, Any], str, int, int]] = {
    # name: issue, more settings, how often the tag stands in the HTML and in the plain text
    "title": ({"title": f"For {T}"}, "", 1, 1),
    "number": ({"number": T}, "", 1, 1),
    "intro": ({"intro": f"Dear {T}."}, "", 1, 1),
    "outro": ({"outro": f"Dear {T}."}, "", 1, 1),
    "lead": (
        {"lead": {"title": T, "subtitle": T, "entries": [{"title": T, "text": T}]}}, "", 4, 4,
    ),
    "section": (
        {"sections": [{"title": T, "subtitle": T, "entries": [REST]}]}, "", 2, 2,
    ),
    "entry": ({"entries": [{"title": T, "kind": T, "source": T, "text": T}]}, "", 4, 4),
    "caption": ({"entries": [{"image": {**PICTURE, "caption": T, "credit": T}}]}, "", 2, 2),
    "rows": (
        {"entries": [{"links": [
            {"label": f"For {T}", "title": f"A {T} b", "url": "https://example.org/"},
            {"title": T, "url": "https://example.org/b"},
            {"label": T, "url": "[[unsubscribe]]"},
        ]}]}, "", 4, 4,
    ),
    "words of links": ({"intro": f"So [see, {T}, this](https://example.org/)."}, "", 1, 1),
    "tags as words of a link": ({"intro": f"So [{T}](https://example.org/)."}, "", 1, 1),
    "bold and italic": ({"intro": f"**{T}** and *{T}, he* and ***{T}***."}, "", 3, 3),
    "lists": ({"intro": f"- a {T}\n- {T}\n  1. {T}\n  2. b"}, "", 3, 3),
    "quotations": ({"intro": f"> So, {T}, she said.\n> — {T}"}, "", 2, 2),
    "brackets": ({"intro": f'({T}) "{T}" [{T}] [[{T}]] ‘{T}’ {T}{T} {T}. {T}'}, "", 9, 9),
    "reason": ({}, f"reason: You, {T}, asked for it.", 1, 1),
    "publication": ({}, f"publication: News for {T}", 1, 1),
    "support title": ({}, f"support_title: If you, {T}\nsupport: [{{name: Childline}}]", 1, 1),
    "support": (
        {},
        f"support:\n- name: A {T}\n  text: For {T}\n  phone: 0800, {T}\n  url: '[[unsubscribe]]'",
        3, 3,
    ),
    "settings of the issue": ({"settings": {"reason": f"You, {T}.", "sender": T}}, "", 2, 2),
}  # fmt: skip


def _placed(issue: Mapping[str, Any], more: str) -> tuple[int, int]:
    """How often the tag stands in the HTML and in the plain text."""
    given = {"subject": "The subject", "preheader": "The preheader", **issue}
    key = more.partition(":")[0]
    settings = re.sub(rf"(?m)^{key}:.*\n", "", SETTINGS) if key else SETTINGS
    result = _made(given, f"{settings}{more}\n")
    assert result.email, result.problems
    assert "first_name" not in "\n".join(result.email[:4])
    assert _marks_in(result) == []
    return result.email.html.count(TAG), result.email.text.count(TAG)


@pytest.mark.parametrize("place", PLACES)
def test_a_tag_stands_wherever_words_may_stand(place: str) -> None:
    issue, more, in_html, in_text = PLACES[place]
    assert _placed(issue, more) == (in_html, in_text)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_tag_stands_wherever_words_may_stand_in_every_layout(layout: str) -> None:
    names = ("title", "number", "intro", "outro", "lead")
    entries = [
        entry for name in ("entry", "caption", "rows") for entry in PLACES[name][0]["entries"]
    ]
    issue = {key: value for name in names for key, value in PLACES[name][0].items()}
    issue |= {"layout": layout, "sections": [{"title": T, "subtitle": T, "entries": entries}]}
    more = PLACES["support"][1]
    there = [
        PLACES[name][2:] for name in (*names, "section", "entry", "caption", "rows", "support")
    ]
    assert _placed(issue, more) == (sum(a for a, _ in there), sum(b for _, b in there))


def test_a_tag_stands_in_the_subject_and_in_the_preheader() -> None:
    result = _made({"subject": f"{T}: the news", "preheader": f"For {T} & others"})
    assert result.email
    assert result.email.subject == f"{TAG}: the news"
    assert result.email.preheader == f"For {TAG} & others"
    assert result.email.html.count(f">For {TAG} &amp; others</div>") == 1
    assert result.files["subject.txt"] == f"{TAG}: the news\n".encode()
    assert result.files["preheader.txt"] == f"For {TAG} & others\n".encode()


def test_attributes_and_the_page_s_title_get_words_in_place_of_a_tag() -> None:
    subject = "[[first_name|Dear reader]]: [[date]]"
    image = {**PICTURE, "alt": "A card for [[first_name|you]] of [[date]]"}
    result = _made({"subject": subject, "entries": [{"image": image}]})
    assert result.email
    assert "<title>Dear reader: May 2024</title>" in result.email.html
    assert 'aria-label="Dear reader: May 2024"' in result.email.html
    assert 'alt="A card for you of May 2024"' in result.email.html
    assert "\n[A card for you of May 2024]\n" in result.email.text


def test_an_issue_without_a_preheader_is_shown_by_its_first_headings_in_words() -> None:
    sections = [{"title": f"For {T}", "entries": [REST]}, {"title": "[[date]]", "entries": [REST]}]
    result = _made({"sections": sections})
    assert result.email
    assert result.email.preheader == "For friend, May 2024"


# --- the target of a link -------------------------------------------------------------------------

TARGETS = [
    "[words]([[unsubscribe]])",
    "[words]( [[unsubscribe]] )",
    "[words](<[[unsubscribe]]>)",
    '[words]([[unsubscribe]] "A title")',
]


@pytest.mark.parametrize("link", TARGETS)
def test_a_tag_may_be_the_target_of_a_link_in_any_form(link: str) -> None:
    html, text = _parts({"intro": f"The {link}."})
    assert re.search(r'The <a href="{{ leave & go }}"( title="A title")?>words</a>\.', html)
    assert "\nThe words <{{ leave & go }}>.\n" in text


@pytest.mark.parametrize("style", ["after", "references", "markdown"])
def test_a_tag_stands_behind_its_words_in_every_style_of_plain_text(style: str) -> None:
    row = {"label": "Or", "title": "a row", "url": "[[unsubscribe]]"}
    entry = {
        "text": "The [words]([[unsubscribe]]) and [more](https://example.org/m).",
        "links": [row],
    }
    _, text = _parts({"entries": [entry]}, f"{SETTINGS}text_links: {style}\n")
    words, line = "words <{{ leave & go }}>", "a row <{{ leave & go }}>"
    if style == "markdown":
        words, line = "[words]({{ leave & go }})", "[a row]({{ leave & go }})"
    assert f"The {words} and " in text
    assert f"\nOr: {line}\n" in text
    assert text.count("{{ leave & go }}") == 3  # with the line of the footer


@pytest.mark.parametrize("style", ["after", "references", "markdown"])
def test_what_is_left_out_leaves_nothing_behind_its_words_in_any_style(style: str) -> None:
    row = {"label": "Or", "title": "a row", "url": "[[unsubscribe]]"}
    entry = {
        "text": "The [words]([[unsubscribe]]), and [more](https://example.org/m).",
        "links": [row],
    }
    settings = f"{SETTINGS}text_links: {style}\n"
    _, text = _parts({"entries": [entry]}, settings, _kind({"kind": "auto"}))
    assert "The words, and " in text
    assert "\nOr: a row\n" in text


def test_words_with_brackets_over_two_lines_are_linked_in_markdown_too() -> None:
    words = "words of [a link] that is so long that it has to stand on two lines of the text"
    escaped = words.replace("[", "\\[").replace("]", "\\]")
    settings = f"{SETTINGS}text_links: markdown\n"
    element = {"kind": "element", "tag": "<u>{words}</u>", "text": "[unsubscribe]"}
    for tag, stands in (
        (TAGS["unsubscribe"], f"[{escaped}]({{{{ leave & go }}}})"),
        (element, f"{escaped} [unsubscribe]"),
        ({"kind": "auto"}, escaped),
    ):
        _, text = _parts({"intro": f"The [{words}]([[unsubscribe]])."}, settings, _kind(tag))
        assert f" The {stands}. " in " ".join(text.split())


def test_a_bracket_too_many_in_the_words_leaves_no_empty_link() -> None:
    settings = f"{SETTINGS}text_links: markdown\n"
    profile = _profile({"unsubscribe": {"kind": "auto"}}, shape="markdown")
    result = _made({"intro": r"The [a \] b]([[unsubscribe]]) c."}, settings, profile)
    assert result.email
    assert "()" not in result.email.text + result.files["email.md"].decode()


# --- what is left out -----------------------------------------------------------------------------

DOT = " \u00a0·\u00a0 "
VIEW = '<a href="{{ view }}">View online</a>'
PRIVACY = '<a href="https://example.org/privacy">Privacy notice</a>'
UNSUBSCRIBE = '<a href="{{ leave & go }}">Unsubscribe</a>'
IN_TEXT = {
    VIEW: "View online: {{ view }}",
    PRIVACY: "Privacy notice: https://example.org/privacy",
    UNSUBSCRIBE: "Unsubscribe: {{ leave & go }}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("privacy", [True, False])
@pytest.mark.parametrize("view", ["url", "auto", "none"])
@pytest.mark.parametrize("leave", ["url", "auto"])
def test_a_line_that_is_left_out_takes_its_separator_along(
    layout: str, leave: str, view: str, privacy: bool
) -> None:
    settings = SETTINGS + ("privacy: https://example.org/privacy\n" if privacy else "")
    there = [
        *([VIEW] * (view == "url")),
        *([PRIVACY] * privacy),
        *([UNSUBSCRIBE] * (leave == "url")),
    ]
    profile = _profile(
        {
            "unsubscribe": TAGS["unsubscribe"] if leave == "url" else {"kind": leave},
            "view_online": {"kind": "url", "tag": "{{ view }}"}
            if view == "url"
            else {"kind": view},
        }
    )
    html, text = _parts({"layout": layout}, settings, profile)
    reason = "<p>You asked for it.</p>"
    line = f"\n<p>{DOT.join(there)}</p>" if there else ""
    assert f"{reason}{line}\n</div>" in html
    lines = "\n".join(["", *(IN_TEXT[one] for one in there), ""]) if there else ""
    assert text.endswith(f"\nYou asked for it.\n{lines}")


ADDRESS = {"kind": "text", "tag": "*|ADDRESS|*"}
UNTRIED = {**ADDRESS, "confidence": "unverified"}
ADDRESSES = [
    # the platform's tag, whether it insists, the settings' address, what stands there
    (ADDRESS, False, "1 Example Street", "1 Example Street"),
    (ADDRESS, True, "1 Example Street", "*|ADDRESS|*"),
    (ADDRESS, False, "", "*|ADDRESS|*"),
    (UNTRIED, False, "1 Example Street", "1 Example Street"),
    (UNTRIED, False, "", ""),
    (UNTRIED, True, "", "*|ADDRESS|*"),
    ({"kind": "none"}, False, "1 Example Street", "1 Example Street"),
    ({"kind": "none"}, False, "", ""),
    ({"kind": "auto"}, False, "1 Example Street", ""),
    ({"kind": "auto"}, False, "", ""),
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("tag", "insists", "own", "stands"), ADDRESSES)
def test_the_postal_address_is_the_settings_own_unless_the_platform_insists(
    tag: dict[str, str], insists: bool, own: str, stands: str, layout: str
) -> None:
    settings = SETTINGS.replace("address: 1 Example Street\n", f"address: {own}\n" if own else "")
    required = {"html": ["postal_address"]} if insists else {}
    profile = _profile({**TAGS, "postal_address": tag}, required=required)
    html, text = _parts({"layout": layout}, settings, profile)
    assert f"<p>Sent by Example Trust{f'<br>{stands}' if stands else ''}</p>\n<p>You asked" in html
    line = f"{stands}\n" if stands else ""
    assert f"\nSent by Example Trust\n{line}\nYou asked for it.\n" in text


def test_without_a_sender_the_address_stands_alone_or_the_line_is_gone() -> None:
    settings = SETTINGS.replace("sender: Example Trust\n", "")
    html, text = _parts({}, settings)
    assert "<p>1 Example Street</p>\n<p>You asked" in html
    assert "------\n\n1 Example Street\n\nYou asked" in text
    profile = _profile({**TAGS, "postal_address": {"kind": "auto"}})
    html, text = _parts({}, settings, profile)
    assert '<div class="foot"' in html
    assert re.search(r">\s*<p>You asked for it\.</p>", html)
    assert "------\n\nYou asked for it.\n" in text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("address", ["none", "auto"])
def test_a_template_that_says_who_sends_it_leaves_only_what_it_lacks(
    address: str, layout: str
) -> None:
    tags_of_it = {"unsubscribe": {"kind": "auto"}, "postal_address": {"kind": address}}
    profile = _profile(tags_of_it, shape="template_fragment")
    settings = f"{SETTINGS}contact: ask@example.org\nprivacy: https://example.org/privacy\n"
    html, text = _parts({"layout": layout}, settings, profile)
    contact = '<a href="mailto:ask@example.org">ask@example.org</a>'
    lines = [
        *(["<p>1 Example Street</p>"] if address == "none" else []),
        "<p>You asked for it.</p>",
        f"<p>Questions and suggestions: {contact}</p>",
        f"<p>{PRIVACY}</p>",
    ]
    foot = html[html.index('<div class="foot"') :]
    assert re.findall("<p>.*?</p>", foot) == lines
    assert "Sent by" not in html + text
    assert text.rpartition(f"\n{'-' * 72}\n")[2] == "\n".join(
        [
            "",
            *(["1 Example Street", ""] if address == "none" else []),
            "You asked for it.",
            "",
            "Questions and suggestions: ask@example.org",
            "Privacy notice: https://example.org/privacy",
            "",
        ]
    )


def test_an_address_that_nobody_has_tried_is_none() -> None:
    settings = SETTINGS.replace("address: 1 Example Street\n", "")
    profile = _profile({**TAGS, "postal_address": UNTRIED})
    path = _write({"intro": "We are at [[postal_address|home]]."}, settings + A_NOTICE, profile)
    checked = check(path, open_project(Path()), platform="ours")
    assert "no-postal-address" in [one.code for one in checked.problems]
    result = _made({"intro": "We are at [[postal_address]]."}, settings, profile)
    assert [(one.mark, one.code) for one in result.problems] == [((1, 140), "no-address")]


def test_a_preheader_that_is_typed_into_a_field_stands_nowhere_in_the_email() -> None:
    given = {"preheader": "Words before all others"}
    profile = _profile(preheader={"given": "field", "called": "preview"})
    result = _made(given, "", profile)
    assert result.email
    assert result.email.preheader == "Words before all others"
    assert "Words before" not in result.email.html
    assert "display:none" not in result.email.html
    tagged = _profile(preheader={"given": "field", "called": "preview", "tag": "*|<PREVIEW>|*"})
    html, _ = _parts(given, "", tagged)
    assert ">*|<PREVIEW>|*</div>" in html
    assert "Words before" not in html


def test_what_a_platform_wants_once_stands_at_the_end() -> None:
    html, _ = _parts({}, "", _profile(slot="{{ slot }}\\1"))
    assert html.endswith("{{ slot }}\\1\n</body></html>")
    result = _made({}, "", _profile(slot="{{ slot }}\\1", shape="body_inner"))
    assert result.files["email.html"].decode().endswith("</div>\n{{ slot }}\\1\n")


# --- writing the other way ------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("ar", "الأخبار لـ"), ("ur", "خبریں")])
def test_a_tag_is_the_same_from_right_to_left(language: str, words: str) -> None:
    issue = {"language": language, "intro": f"{words} {T} [{words}]([[unsubscribe]])"}
    html, text = _parts(issue)
    assert f'<p>{words} {TAG} <a href="{{{{ leave & go }}}}">{words}</a></p>' in html
    assert f"\n{words} {TAG} {words} <{{{{ leave & go }}}}>\n" in text
    assert '<br><span dir="auto">1 Example Street</span></p>' in html
    profile = _profile({**TAGS, "postal_address": {"kind": "auto"}})
    html, text = _parts(issue, "", profile)
    assert "1 Example Street" not in html + text
    assert "<br></p>" not in html
    assert '<span dir="auto"></span>' not in html


# --- words for those of whom nothing is known -----------------------------------------------------

ALLOWED = (
    "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in "[]|{}<>()\"'%*$@&:_`\\")
    + "éßŁ’“”–—…£€\u00a0漢字اردوहिन्दी\U0001f600"
)
FORBIDDEN = "[]|{}<>()\"'%*$@&:_`\\"


def test_words_for_unknown_readers_go_into_the_tag_as_they_are() -> None:
    words = [f"a{character}b" for character in ALLOWED]
    entries = [
        {"title": f"For [[first_name|{one}]]", "text": f"Dear [[first_name|{one}]], so."}
        for one in words
    ]
    html, text = _parts({"entries": entries})
    for one in words:
        tag = f'{{{{ n | or "{one}" }}}}'
        assert html.count(f">For {tag}</h2>") == html.count(f"<p>Dear {tag}, so.</p>") == 1, one
        assert text.count(f"\nFor {tag}\n") == text.count(f"\nDear {tag}, so.\n") == 1, one


def test_signs_that_tags_are_made_of_cannot_stand_in_one() -> None:
    typed = [f"[[first_name|a{character}b]]" for character in FORBIDDEN]
    result = _made({"preheader": "P", "entries": [{"title": f"For {one}"} for one in typed]})
    assert result.email
    words = visible_text(result.email.html)
    assert [one for one in typed if words.count(f"For {one}") != 1] == []
    assert NAME not in result.email.html + result.email.text


def test_blanks_around_the_words_are_none_of_them() -> None:
    html, text = _parts({"intro": "A [[first_name| dear reader ]], b [[first_name| ]], c."})
    line = f'A {{{{ n | or "dear reader" }}}}, b {NAME}, c.'
    assert f"<p>{line}</p>" in html
    assert f"\n{line}\n" in text


def test_words_for_unknown_readers_may_be_very_many() -> None:
    words = "dear reader and friend " * 200 + "too"
    html, text = _parts({"intro": f"To [[first_name|{words}]], so."})
    assert f'<p>To {{{{ n | or "{words}" }}}}, so.</p>' in html
    assert f'\nTo {{{{ n | or "{words}" }}}}, so.\n' in text


# --- what editors type ----------------------------------------------------------------------------

LIKE_MARKS = [
    "tag0x",
    "tag0x-unsubscribe-",
    "tag0x-first_name-0-",
    "tag0x-if-unsubscribe- and tag0x-end-unsubscribe-",
    "tag0x-if-sender-",
    "tag0x tag1x tag2x-email-7- tag3x",
]


@pytest.mark.parametrize("words", LIKE_MARKS)
def test_words_like_a_mark_are_words(words: str) -> None:
    html, text = _parts({"title": words, "intro": f"A {words} b {T}."})
    assert f"<h1>{words}</h1>" in html
    assert f"<p>A {words} b {TAG}.</p>" in html
    assert text.startswith(f"Safeguarding Monthly\n\n{words}\n=")
    assert f"\nA {words} b {TAG}.\n" in text.replace(" b\n", " b ")


@pytest.mark.parametrize(
    ("typed", "in_html"),
    [
        ("tag&#48;x-unsubscribe-", "tag0x-unsubscribe-"),
        ("tag&#x30;x&#45;first_name-0-", "tag0x-first_name-0-"),
        ("tag**0x**-unsubscribe-", "tag<strong>0x</strong>-unsubscribe-"),
        ("t*ag0x-first*_name-0-", "t<em>ag0x-first</em>_name-0-"),
        ("tag[0x-email-0-](https://example.org/)", None),
    ],
)
def test_words_that_become_like_a_mark_are_words(typed: str, in_html: str | None) -> None:
    html, text = _parts({"intro": f"A {typed} b {T}."})
    shown = "tag0x-email-0-" if in_html is None else re.sub("<.*?>", "", in_html)
    assert f" b {TAG}.</p>" in html
    assert in_html is None or f"<p>A {in_html} b " in html
    assert f"\nA {shown} " in text


BY_THEMSELVES = "[[First_name]] [[Unsubscribe]] [[x]] [[]] [[ email ]] [[date] ] [[date"


def test_what_is_no_tag_stays_as_it_was_typed() -> None:
    html, text = _parts({"title": BY_THEMSELVES})
    assert f"<h1>{BY_THEMSELVES}</h1>" in html
    assert BY_THEMSELVES in text.replace("\n", " ")


def test_a_tag_before_a_round_bracket_is_a_tag_in_a_title_and_words_of_a_link_in_a_text() -> None:
    html, text = _parts({"title": f"For {T}(you)", "intro": f"Dear {T}(https://example.org/)."})
    assert f"<h1>For {TAG}(you)</h1>" in html
    assert '<p>Dear <a href="https://example.org/">[first_name|friend]</a>.</p>' in html
    assert "\nDear [first_name|friend] <https://example.org/>.\n" in text


@pytest.mark.parametrize("more", ["", f" and {T}"])
def test_what_an_editor_escaped_is_words(more: str) -> None:
    html, text = _parts(
        {"intro": rf"Write \[\[unsubscribe\]\] here{more}.", "title": "A [[forward]]"}
    )
    shown = f"Write [[unsubscribe]] here{more.replace(T, TAG)}."
    assert f"<p>{shown}</p>" in html
    assert f"\n{shown}\n" in text
    assert "<h1>A [[forward]]</h1>" in html


def test_a_tag_is_never_broken_over_two_lines_of_plain_text() -> None:
    tag = '{{ a long tag | with blanks : "{fallback}" }}'
    profile = _profile(
        {**TAGS, "first_name": {"kind": "text", "tag": "{{ a b }}", "with_fallback": tag}}
    )
    whole = tag.replace("{fallback}", "dear friend of us")
    for words in range(1, 40):
        begin = " ".join(["ab"] * words)
        _, text = _parts(
            {"intro": f"{begin} [[first_name|dear friend of us]] and more."}, "", profile
        )
        assert whole in text
        assert "[[" not in text


def test_an_address_of_the_platform_is_never_broken_and_one_of_the_settings_is_wrapped() -> None:
    long = "{{ the name of a company }}, {{ its street and number }}, {{ its town }} {{ its code }}"
    profile = _profile({**TAGS, "postal_address": {"kind": "text", "tag": long}})
    settings = SETTINGS.replace("address: 1 Example Street\n", "")
    _, text = _parts({}, settings, profile)
    assert f"\nSent by Example Trust\n{long}\n" in text
    own = "The Example Trust for Children and Young People, 1 Example Street, Exampleton EX1 1EX"
    _, text = _parts({}, SETTINGS.replace("1 Example Street", own))
    assert f"\n{own[:66]}\n{own[67:]}\n" in text


def test_sixty_entries_have_as_many_tags() -> None:
    entries = [
        {"text": f"Dear [[first_name|reader {n}]], [go {n}]([[unsubscribe]])."} for n in range(60)
    ]
    html, text = _parts({"entries": entries})
    for n in range(60):
        tag = f'{{{{ n | or "reader {n}" }}}}'
        assert f'<p>Dear {tag}, <a href="{{{{ leave & go }}}}">go {n}</a>.</p>' in html
        assert re.search(rf"\nDear {re.escape(tag)}, go {n}\s<{{{{ leave & go }}}}>\.\n", text)


# --- templates ------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["[[unsubscribe]]", "{{ tag('unsubscribe') }}"])
def test_a_tag_in_the_source_of_a_template_is_one(written: str) -> None:
    words = "Dear [[first_name|reader]] and [[first_name]], on [[date]]: [[postal_address|us]]."
    _template("footer.mjml", FOOT, f'<p>{words} <a href="{written}">Go</a></p>\n{FOOT}')
    _template("email.txt", FOOT, f"{words} <{written}>\n{FOOT}")
    line = f'Dear {{{{ n | or "reader" }}}} and {NAME}, on May 2024: us.'
    html, text = _parts({})
    assert f'<p>{line} <a href="{{{{ leave & go }}}}">Go</a></p>' in html
    assert f"\n{line}\n<{{{{ leave & go }}}}>\n" in text


def test_what_an_editor_types_becomes_no_tag_because_of_a_template() -> None:
    image = {**PICTURE, "alt": "A [[forward]] {{ tag('forward') }}"}
    typed = r"A \[\[unsubscribe\]\] and {{ tag('forward') }}"
    result = _made({"title": "So [[unsubscribe]]", "intro": typed, "entries": [{"image": image}]})
    assert result.email
    html, text = result.email.html, " ".join(result.email.text.split())
    assert ">So [[unsubscribe]]</h1>" in html
    assert ">A [[unsubscribe]] and {{ tag('forward') }}</p>" in html
    assert "A [[unsubscribe]] and {{ tag('forward') }}" in text
    assert html.count("[[forward]]") == 1
    assert "[A [[forward]] {{ tag('forward') }}]" in text
    assert html.count("{{ leave & go }}") == text.count("{{ leave & go }}") == 1


def test_an_element_s_tag_alone_in_a_template_leaves_nothing_in_the_html() -> None:
    _template("footer.mjml", FOOT, f"<p>a[[unsubscribe]]b</p>\n{FOOT}")
    tag = {"kind": "element", "tag": "<unsubscribe>{words}</unsubscribe>", "text": "[unsubscribe]"}
    html, _ = _parts({}, "", _kind(tag))
    assert "<p>ab</p>" in html
    assert html.count("<unsubscribe>") == 1
    assert "{words}" not in html


def test_a_part_of_a_template_may_have_another_of_the_same_name_in_it() -> None:
    inner = '{% call given("forward") %}in{% endcall %}'
    _template(
        "footer.mjml",
        FOOT,
        f'<p>a{{% call given("forward") %}}<b>{inner}</b>{{% endcall %}}z</p>\n{FOOT}',
    )
    html, _ = _parts({}, "", _profile({**TAGS, "forward": {"kind": "url", "tag": "f"}}))
    assert "<p>a<b>in</b>z</p>" in html
    html, _ = _parts({}, "", _profile())
    assert "<p>az</p>" in html


# --- lines of plain text --------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["*|N|*", "{{ a long tag | of a platform }}", "漢字"])
def test_a_line_below_a_heading_is_as_long_as_the_heading_with_its_tag(tag: str) -> None:
    profile = _profile({**TAGS, "first_name": {"kind": "text", "tag": tag}})
    sections = [{"title": f"A {T} b", "entries": [{**ENTRY, "title": T}]}]
    _, text = _parts({"title": f"For {T}", "sections": sections}, "", profile)
    wide = len(tag) * (2 if tag == "漢字" else 1)
    assert f"\nFor {tag}\n{'=' * (wide + 4)}\n" in text
    assert f"\nA {tag} b\n{'-' * (wide + 4)}\n" in text.replace(f"A {tag} b".upper(), f"A {tag} b")


def test_an_address_too_long_for_its_line_stands_on_the_next() -> None:
    tag = "{{ an address | of a platform }}"
    profile = _kind({"kind": "url", "tag": tag})
    words = "words that are so many that an address has no room"
    issue = {"intro": f"> The [{words}]([[unsubscribe]]), or [go]([[unsubscribe]])."}
    _, text = _parts(issue, "", profile)
    assert f"\n> The {words}\n> <{tag}>, or go" in text
    for line in text.splitlines():
        assert len(line) <= 72 or " go <" in line, line


# --- one email for all ----------------------------------------------------------------------------


def test_the_same_rendered_email_serves_all_platforms() -> None:
    path = _write({"intro": f"Dear {T}, [go]([[unsubscribe]]), [see]([[view_online]])."})
    project = open_project(Path())
    base = rendered(path, project)
    names = project.platforms.names()
    before = base.neutral
    first = {name: on(name, base, project) for name in names}
    again = {name: on(name, base, project) for name in reversed(names)}
    alone = {name: on(name, rendered(path, project), project) for name in names}
    assert base.neutral == before
    assert {name: result.files for name, result in again.items()} == {
        name: result.files for name, result in first.items()
    }
    assert {name: result.email for name, result in alone.items()} == {
        name: result.email for name, result in first.items()
    }


def test_a_rendered_email_has_marks_only() -> None:
    path = _write({"intro": f"Dear {T}, [[email|you]], [go]([[unsubscribe]])."})
    base = rendered(path, open_project(Path()))
    assert base.neutral
    assert "[[" not in base.neutral.html + base.neutral.text
    used = ["email", "first_name", "postal_address", "unsubscribe", "view_online"]
    assert base.neutral.marks.used(base.neutral.html) == used
    assert base.neutral.marks.used(base.neutral.text) == used


def test_markdown_has_no_line_end_of_its_own_around_a_tag() -> None:
    """There every line end is one for the reader."""
    links = ", ".join(f"[link {n} and [more] words]([[unsubscribe]])" for n in range(6))
    for kind, stands in (("url", "({{ leave & go }})"), ("auto", "")):
        tag = TAGS["unsubscribe"] if kind == "url" else {"kind": "auto"}
        profile = _profile({**TAGS, "unsubscribe": tag}, shape="markdown")
        result = _made({"intro": f"Do {links}."}, "", profile)
        assert result.profile
        assert result.neutral
        assert result.supplied
        made = shapes.files(result.neutral, result.profile, result.supplied)
        words = [f"link {n} and [more] words" for n in range(6)]
        line = ", ".join(f"[{one}]{stands}" if stands else one for one in words)
        assert f"\nDo {line}.\n" in made["email.md"].decode()
        assert made["email.md"].decode().count("{{ leave & go }}") == (7 if stands else 0)


# --- a message from here --------------------------------------------------------------------------


def test_a_message_from_here_has_values_in_place_of_tags_that_only_a_platform_fills_in() -> None:
    profile = _profile(
        {**TAGS, "view_online": {"kind": "auto"}, "email": {"kind": "text", "tag": "@MAIL@"}},
        preheader={"given": "field", "called": "preview"},
        slot="{{ slot }}",
    )
    issue = {
        "intro": f"Dear {T}, you are [[email]]; [go]([[unsubscribe]]).",
        "preheader": "Words before",
    }
    made = message_from_bytes(_made(issue, "", profile).eml())
    text, html = (part.get_payload(decode=True) for part in made.get_payload())  # type: ignore[union-attr]
    assert isinstance(text, bytes)
    assert isinstance(html, bytes)
    line = "Dear Alex, you are reader@example.org; go"
    assert f"\n{line}\r\n<https://example.com/unsubscribe>.\r\n" in text.decode()
    page = re.sub(r' style="[^"]*"', "", html.decode())
    assert f'<p>{line[:-3]} <a href="https://example.com/unsubscribe">go</a>.</p>' in page
    assert ">Words before</div>" in page
    assert "{{" not in page


def test_only_an_email_without_a_platform_s_tags_is_a_file_that_can_be_sent() -> None:
    profile = _profile({"unsubscribe": {"kind": "none"}, "postal_address": ADDRESS})
    names = ["email.html", "email.txt", "subject.txt", "preheader.txt"]
    assert list(_made({}, "", profile).files) == [*names, "email.eml"]
    without = SETTINGS.replace("address: 1 Example Street\n", "")
    assert list(_made({}, without, profile).files) == names
    tag = re.sub("https://.*", "'*|UNSUB|*'", SETTINGS)
    assert list(_made({}, tag, profile).files) == names


@pytest.mark.parametrize(
    ("address", "header"),
    [
        ("https://münchen.example/für?a=ö", "<https://xn--mnchen-3ya.example/f%C3%BCr?a=%C3%B6>"),
        ("mailto:leave@example.org?subject=für", "<mailto:leave@example.org?subject=f%C3%BCr>"),
        ("https://example.org/*|ID|*", None),
        ("http://example.org/leave", None),
    ],
)
def test_the_address_of_a_header_is_one_in_ascii(address: str, header: str | None) -> None:
    settings = re.sub("https://.*", f"'{address}'", SETTINGS)
    made = _made({}, settings, _profile({"unsubscribe": {"kind": "none"}})).eml()
    assert made.partition(b"\r\n\r\n")[0].isascii()
    assert message_from_bytes(made)["List-Unsubscribe"] == header


# --- marks by themselves --------------------------------------------------------------------------


def test_marks_are_found_again() -> None:
    marks = Marks("words", {"date": "May 2024"})
    text = marks.in_words("A [[first_name|x]], [[date]], [[first_name|x]] [[email]].")
    assert text == "A tag0x-first_name-0-, tag0x-date-1-, tag0x-first_name-0- tag0x-email-2-."
    link = marks.as_target("[[forward]]")
    assert link == "tag0x-forward-"
    assert marks.as_target("https://example.org/[[forward]]") == "https://example.org/[[forward]]"
    marked = Marked(marks.begin, marks.words)
    assert marked.used(text, link) == ["date", "email", "first_name", "forward"]
    filled = marked.fill(text, lambda mark: f"<{mark.name}:{mark.words}>")
    assert filled == "A <first_name:x>, <date:May 2024>, <first_name:x> <email:>."
    assert marks.spoken("A [[first_name|x]], [[date]][[email]].") == "A x, May 2024."


def test_parts_are_left_out_with_those_inside_them() -> None:
    marks = Marks("")
    inner = marks.part("unsubscribe", " | ")
    text = f"a {marks.part('view_online', f'see{inner}')}{marks.part('unsubscribe', 'go')} z"
    marked = Marked(marks.begin, ())
    assert marked.parted(text, ()) == "a see | go z"
    assert marked.parted(text, ["unsubscribe"]) == "a see\0\0 z"
    assert marked.parted(text, ["view_online"]) == "a \0go z"
    twice = marks.part("forward", f"a{marks.part('forward', 'b')}c{marks.part('forward', 'd')}e")
    assert marked.parted(f"x{twice}y{twice}z", ["forward"]) == "x\0y\0z"
    assert marked.parted(twice, ["unsubscribe"]) == "abcde"
    for both in (["view_online", "unsubscribe"], ["unsubscribe", "view_online"]):
        assert marked.parted(text, both) == "a \0\0 z"


def test_every_neutral_tag_is_a_field_of_a_profile() -> None:
    assert set(Tags.__struct_fields__) == {*tags.LINKS, *tags.WORDS}


def test_a_sound_issue_with_tags_has_no_problem() -> None:
    path = _write({**LEAVE, "subject": f"{T}: new figures on neglect"})
    found = check(path, open_project(Path()), platform="ours").problems
    assert [one for one in found if one.code.endswith(("tag", "address", "fallback"))] == []
    assert codes(_made({})) == []
