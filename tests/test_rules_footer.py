"""The rules about the footer and the law: what their examples do not show."""

from pathlib import Path

import pytest

from tests.one_rule import Told, messages, places, told

pytestmark = pytest.mark.usefixtures("folder")

ISSUE = "title: T\ndate: 2024-05\nentries: [A]\n"
FOOTER = """\
<mj-section><mj-column><mj-text>
<p>{{{{ words.sent_by }}}} {{{{ settings.sender }}}}</p>
<p>{}</p>
</mj-text></mj-column></mj-section>
"""
LEAVE = '<a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a>'


def _footer(words: str) -> None:
    path = Path("templates", "parts", "footer.mjml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FOOTER.format(words), "utf-8")


def _settings(text: str) -> None:
    Path("newsletter.yaml").write_text(text, "utf-8")


# --- what the settings lack -----------------------------------------------------------------------

LACKING = [
    ("no-sender", "the email does not say who sends it"),
    ("no-postal-address", "the footer has no postal address"),
    ("no-reason", "the footer does not say why readers get this"),
    ("no-privacy", "the footer has no link to a privacy notice"),
    ("no-unsubscribe", "the footer has no unsubscribe link"),
]


@pytest.mark.parametrize(("code", "message"), LACKING)
def test_what_the_settings_lack_is_told_at_their_top(code: str, message: str) -> None:
    _settings("# Ours\npublication: P\n")
    assert [one[:3] for one in told(f"footer/{code}", ISSUE)] == [(2, 1, message)]


@pytest.mark.parametrize(("code", "message"), LACKING)
def test_a_newsletter_without_settings_lacks_everything(code: str, message: str) -> None:
    Path("newsletter.yaml").unlink()
    assert [one[:3] for one in told(f"footer/{code}", ISSUE)] == [(0, 0, message)]


def test_a_setting_that_was_left_empty_is_told_at_its_name() -> None:
    _settings("publication: P\nsender: S\nreason:\nlinks:\n  view_online: https://a.example\n")
    assert places("footer/no-reason", ISSUE) == [(3, 1)]
    assert places("footer/no-unsubscribe", ISSUE) == [(4, 1)]
    assert places("footer/no-sender", ISSUE) == []


def test_what_one_issue_says_itself_is_not_lacking() -> None:
    _settings("publication: P\n")
    own = f"{ISSUE}settings:\n  sender: S\n  reason: You asked.\n"
    assert places("footer/no-sender", own) == []
    assert places("footer/no-reason", own) == []


# --- the unsubscribe link in the finished email ---------------------------------------------------


FORMS = (
    "https://example.org/leave?a=1&b=%7Bx%7D",
    "mailto:leave@example.org?subject=leave",
    "'*|UNSUB|*'",
    "'{{ unsubscribe }}'",
    "'<unsubscribe>'",
    "'[[unsub]]'",
)


@pytest.mark.parametrize("unsubscribe", FORMS)
def test_the_unsubscribe_link_is_found_in_whatever_form_it_has(unsubscribe: str) -> None:
    _settings(f"sender: S\nlinks:\n  unsubscribe: {unsubscribe}\n")
    assert messages("footer/unsubscribe-lost", ISSUE) == []
    assert messages("footer/unsubscribe-unclear", ISSUE) == []


@pytest.mark.parametrize("unsubscribe", FORMS)
def test_the_unsubscribe_link_is_missed_in_both_parts(unsubscribe: str) -> None:
    _settings(f"sender: S\nlinks:\n  unsubscribe: {unsubscribe}\n")
    _footer("Nothing")
    Path("templates", "parts", "email.txt").write_text(
        "{% block content %}{% endblock %}\n", "utf-8"
    )
    assert messages("footer/unsubscribe-lost", ISSUE) == [
        "the HTML of the email has lost its unsubscribe link",
        "the plain text of the email has lost its unsubscribe link",
    ]


def test_a_link_of_the_editors_own_will_do() -> None:
    _footer("Nothing")
    own = f"{ISSUE}outro: 'You may [leave this list]([[unsubscribe]]).'\n"
    assert messages("footer/unsubscribe-lost", own) == []
    assert messages("footer/unsubscribe-unclear", own) == []


def test_without_an_address_no_link_can_be_lost() -> None:
    _settings("sender: S\n")
    assert messages("footer/unsubscribe-lost", ISSUE) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Unsubscribe", ""),
        ("Opt out of these emails", ""),
        ("Se désabonner", ""),
        ("Stop receiving this", ""),
        ("Click here", "'Click here'"),
        ("Manage preferences", "'Manage preferences'"),
    ],
)
def test_the_words_of_the_link_say_what_it_does(words: str, found: str) -> None:
    _footer(f'<a href="{{{{ tag("unsubscribe") }}}}">{words}</a>')
    told_words = f"the link with which readers leave the list is called {found}"
    assert messages("footer/unsubscribe-unclear", ISSUE) == ([told_words] if found else [])


def test_a_picture_is_no_word() -> None:
    _footer(
        '<a href="{{ tag("unsubscribe") }}">'
        '<img src="https://example.org/x.png" alt="Unsubscribe" width="90" height="20"/></a>'
    )
    assert messages("footer/unsubscribe-unclear", ISSUE) == [
        "the link with which readers leave the list has no words"
    ]


# --- what has no place in an email ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "found"),
    [
        ('width="1" height="1"', "of one pixel"),
        ('width="1"', "of one pixel"),
        ('style="width: 1px; height: 1px"', "of one pixel"),
        ('style="display:none"', "that is hidden"),
        ('style="visibility: hidden !important" width="9"', "that is hidden"),
        ('width="20" height="1"', ""),
        ('width="120" height="40"', ""),
        ("", ""),
        ('style="width: 1%"', ""),
        ('style="width: 100%" width="1200"', ""),
    ],
)
def test_pictures_that_nobody_can_see_are_told(picture: str, found: str) -> None:
    _footer(f'{LEAVE}<img src="https://t.example/o.gif?id=1" alt="" {picture}/>')
    words = [f"there is a picture {found}, from t.example"] if found else []
    assert messages("footer/tracking-pixel", ISSUE) == words


def test_a_picture_in_something_hidden_is_hidden() -> None:
    _footer(f'{LEAVE}<span style="display: none"><img src="https://t.example/o" alt=""/></span>')
    assert messages("footer/tracking-pixel", ISSUE) == [
        "there is a picture that is hidden, from t.example"
    ]


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ('@import url("https://f.example/a.css");', "style sheet"),
        ("@import 'https://f.example/a.css';", "style sheet"),
        ("@font-face { font-family: A; src: url(https://f.example/a.css) }", "font"),
        ("@font-face { font-family: A; src: local('Arial') }", ""),
        ("@media (max-width: 480px) { p { background: url(https://f.example/a.css) } }", ""),
    ],
)
def test_fonts_and_style_sheets_from_servers_are_told(css: str, found: str) -> None:
    path = Path("templates", "themes", "mine.yaml")
    path.parent.mkdir(parents=True)
    path.write_text("extends: plain\ndescription: Mine.\n", "utf-8")
    head = Path(__file__).parent.parent / "templates" / "parts" / "head.css"
    parts = Path("templates", "parts")
    parts.mkdir()
    (parts / "head.css").write_text(f"{css}\n{head.read_text('utf-8')}", "utf-8")
    assert messages("footer/remote-font", ISSUE) == [
        f"the email fetches a {found} when it is opened: https://f.example/a.css"
    ] * bool(found)


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<form action="https://a.example"><input type="text"/></form>', ["<form>", "<input>"]),
        ('<iframe src="https://a.example"></iframe>', ["<iframe>"]),
        ('<a href="JavaScript:alert(1)">Leave</a>', ["an address that begins with javascript:"]),
        ('<p onmouseover="x()">A</p><p onmouseover="y()">B</p>', ["'onmouseover=' (a script)"]),
        ("<p>A form, a script; on click: nothing</p>", []),
    ],
)
def test_what_acts_is_told_once(markup: str, found: list[str]) -> None:
    _footer(f"{LEAVE}</p>{markup}<p>")
    assert told("footer/active-content", ISSUE) == [
        Told(
            0,
            0,
            f"the email has {what} in it",
            "take it out of your template, and link to a page",
            "",
        )
        for what in found
    ]
