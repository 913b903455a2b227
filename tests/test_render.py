"""From MJML to HTML: what the engines get wrong is refused or mended, and nothing is lost."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from newsletter import render
from newsletter.build import build
from newsletter.problems import NewsletterError
from newsletter.project import open_project
from tests.conftest import Build

ROOT = Path(__file__).parent.parent


def _html(body: str, head: str = "") -> str:
    return render.html(
        f'<mjml lang="en" dir="ltr"><mj-head>{head}</mj-head><mj-body width="600px"><mj-section>'
        f"<mj-column><mj-text>{body}</mj-text></mj-column></mj-section></mj-body></mjml>",
        "layouts/test.mjml",
    )


@pytest.mark.parametrize(
    ("mjml", "message"),
    [
        (
            "<mjml>\n<mj-body>\n<p>a\n</mj-body>\n</mjml>",
            "the layout, with its parts, makes MJML that is not well-formed: mismatched tag at "
            "'</mj-body>'",
        ),
        (
            "<mjml>\n<mj-sektion></mj-sektion></mjml>",
            "there is no MJML element 'mj-sektion' (did you mean 'mj-section'?)",
        ),
        ("<mjml><mj-qqq/></mjml>", "there is no MJML element 'mj-qqq'"),
        (
            "<mjml><mj-body><mj-text><![CDATA[x]]></mj-text></mj-body></mjml>",
            "CDATA, doctypes and <? ?> cannot stand in MJML",
        ),
        (
            "<mjml><mj-head><mj-style>@media (width &lt; 480px){}</mj-style></mj-head></mjml>",
            "'<' cannot stand in a style: write max-width in place of width <",
        ),
        (
            "<mjml>" + "<div>" * 200 + "</div>" * 200 + "</mjml>",
            "more than 100 elements inside each other",
        ),
    ],
)
def test_broken_mjml_is_refused(mjml: str, message: str) -> None:
    with pytest.raises(NewsletterError) as caught:
        render.html(mjml, "layouts/test.mjml")
    (problem,) = caught.value.problems
    assert (problem.path, problem.code, problem.message) == ("layouts/test.mjml", "mjml", message)


def test_words_that_an_engine_loses_stop_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loss is made up: no document within the limits is known to lose words."""
    monkeypatch.setattr(render, "_inlined", lambda page, _css: page.replace("two", ""))
    with pytest.raises(NewsletterError) as caught:
        _html("<p>one two three</p>")
    assert caught.value.problems[0].code == "words-lost"


def test_mjml_where_the_engine_would_leave_it_uncompiled_is_refused() -> None:
    body = "<p><mj-button href='https://example.org'>x</mj-button></p>"
    with pytest.raises(NewsletterError) as caught:
        _html(body)
    assert "cannot" in caught.value.problems[0].message


HARD = [
    'say "hi"',
    "back\\slash",
    "no\u00a0break",
    "❤️ 👩\u200d👧",
    "क्षि",
    "שָׁלוֹם",
    "e\u0301",
    "a & b < c > d",
    "\u2028",
]


@pytest.mark.parametrize("text", HARD)
def test_an_attribute_keeps_its_characters(text: str) -> None:
    page = _html(f'<img src="https://example.org/a.png" alt="{_attribute(text)}"/>')

    class Reader(HTMLParser):
        alt = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                self.alt = dict(attrs)["alt"] or ""

    reader = Reader()
    reader.feed(page)
    assert reader.alt == text


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def test_a_line_end_between_words_stays_a_space() -> None:
    assert "<p><b>a</b> <i>b</i> c</p>" in _html("<p><b>a</b>\n<i>b</i>\n c</p>").replace("\n", "")


def test_styles_to_be_inlined_are_on_the_elements_and_nowhere_else() -> None:
    head = (
        '<mj-style inline="inline">p { color: #112233 } .gone { margin: 0 }</mj-style>'
        "<mj-style>@media (prefers-color-scheme: dark) { .kept > p { color: #ffffff !important } }"
        "</mj-style>"
    )
    page = _html('<p class="gone kept">a</p>', head)
    assert '<p class="kept" style="color:#123;margin:0">a</p>' in page
    assert "@media (prefers-color-scheme:dark){.kept>p{color:#ffffff!important}}" in page
    assert "gone" not in page


def test_text_that_looks_like_markup_is_left_alone(built: Build) -> None:
    typed = 'class="a" style="color: red" width="1" /> <!-- --> <tr> direction:ltr;'
    email = built(f"title: '{typed}'\ndate: 2024\nentries: [a]\n").email
    assert email
    escaped = typed.replace("<", "&lt;").replace(">", "&gt;")
    assert f">{escaped}</h1>" in email.html


@pytest.fixture(name="page", scope="module")
def _page() -> str:
    email = build(ROOT / "issues" / "2024-04-round-up.yaml", open_project(ROOT)).email
    assert email
    return email.html


def test_the_page_is_html5_with_language_and_direction_twice(page: str) -> None:
    assert page.lower().startswith('<!doctype html><html lang="en-gb" dir="ltr"')
    body = page[page.index("<body") :]
    assert re.match(r'<body[^>]*>\s*<div [^>]*lang="en-GB" dir="ltr"', body)


def test_the_title_is_the_subject_and_the_preheader_is_hidden(page: str) -> None:
    title = re.findall("<title>(.*?)</title>", page)
    assert title == ["R&amp;D Round-up: the Jay Review, sextortion, vaping"]
    first = re.search(r'<div style="display:none;[^"]*mso-hide:all">(.*?)</div>', page)
    assert first
    assert 40 <= len(first[1]) <= 90


def test_headings_are_one_h1_then_an_h2_a_section(page: str) -> None:
    levels = re.findall(r"<(h\d)", page)
    # Lead, contents, fifteen sections, support lines.
    assert levels == ["h1"] + ["h2"] * (1 + 1 + 15 + 1)


def test_layout_tables_say_that_they_are_layout(page: str) -> None:
    tables = re.findall(r"<table[^>]*>", re.sub("<!--.*?-->", "", page, flags=re.DOTALL))
    assert tables
    assert all('role="presentation"' in table and 'border="0"' in table for table in tables)


def test_outlooks_conditions_are_whole_and_in_pairs(page: str) -> None:
    opened = re.findall(r"<!--\[if [^\]]*\]>", page)
    closed = re.findall(r"<!\[endif\]-->", page)
    assert len(opened) == len(closed) > 4
    assert "<o:AllowPNG/>" in page
    assert "<o:PixelsPerInch>96</o:PixelsPerInch>" in page
    ghosts = "".join(re.findall(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", page, re.DOTALL))
    assert ghosts.count("<table") == ghosts.count("</table>")
    assert ghosts.count("<td") == ghosts.count("</td>")
    assert set(re.findall(r'width="(\d+)"', ghosts)) == {"600"}


def test_nothing_is_asked_from_anywhere(page: str) -> None:
    for forbidden in ("<link", "@import", "url(", "<script", "<img", "http-equiv", "src="):
        assert forbidden not in page


def test_dark_rules_set_words_and_grounds_together(page: str) -> None:
    dark = page[page.index("@media (prefers-color-scheme:dark)") : page.index("[data-ogsc]")]
    for name in ("words", "band-words", "foot-words"):
        assert f".{name} *{{color:" in dark
    for name in ("page", "card", "tint", "band"):
        assert f".{name}{{background:" in dark or f".{name},.{name}>table" in dark
    assert "[data-ogsc] .words *{color:" in page
    assert "[data-ogsb] .card,[data-ogsb] .card>table{background:" in page
    assert '<meta name="color-scheme" content="light dark">' in page
    assert '<meta name="supported-color-schemes" content="light dark">' in page


def test_what_is_hidden_from_outlook_ends_where_the_designer_says() -> None:
    shown = "<!--[if !mso]><!--><em>Not in Outlook</em><!--<![endif]-->"
    page = _html(f"Words {shown}<!-- a note --> and more")
    assert shown in page
    assert "a note" not in page
