"""From an issue to MJML and plain text: order, dates, links, contents, templates of one's own."""

import re
from functools import partial
from pathlib import Path

import pytest

from newsletter.compose import alphabetical
from newsletter.dates import PartialDate
from newsletter.model import Section
from newsletter.project import open_project
from newsletter.values import Line
from tests.conftest import ENGLISH, Build

LINKS = """\
title: T
date: 2024-04
sections:
  - title: First
    entries:
      - See [one](https://example.org/1) and [two](https://example.org/2?a=b&c=d).
      - See [one again](https://example.org/1), <https://example.org/3>, or write to
        [us](mailto:us@example.org) or <us@example.org>, or call [0800 1111](tel:08001111).
  - title: Second
    entries:
      - See [one](https://example.org/1) or [leave]([[unsubscribe]]).
"""


def _body(built: Build, style: str) -> str:
    email = built(LINKS, more=f"text_links: {style}\n").email
    assert email
    return email.text[email.text.index("First") : email.text.index("-----" * 10)].strip()


def test_links_stand_after_their_words(built: Build) -> None:
    assert _body(built, "after") == (
        "First\n"
        "-----\n"
        "\n"
        "See one <https://example.org/1> and two <https://example.org/2?a=b&c=d>.\n"
        "\n"
        "See one again <https://example.org/1>, <https://example.org/3>, or write\n"
        "to us <us@example.org> or us@example.org, or call 0800 1111.\n"
        "\n"
        "Second\n"
        "------\n"
        "\n"
        "See one <https://example.org/1> or leave\n"
        "<https://example.org/unsubscribe>."
    )


def test_links_are_numbered_and_listed_below_each_section(built: Build) -> None:
    assert _body(built, "references") == (
        "First\n"
        "-----\n"
        "\n"
        "See one [1] and two [2].\n"
        "\n"
        "See one again [1], <https://example.org/3>, or write to us [3] or\n"
        "us@example.org, or call 0800 1111.\n"
        "\n"
        "[1] https://example.org/1\n"
        "[2] https://example.org/2?a=b&c=d\n"
        "[3] us@example.org\n"
        "\n"
        "Second\n"
        "------\n"
        "\n"
        "See one [4] or leave <https://example.org/unsubscribe>.\n"
        "\n"
        "[4] https://example.org/1"
    )


def test_links_are_written_as_markdown(built: Build) -> None:
    assert _body(built, "markdown") == (
        "First\n"
        "-----\n"
        "\n"
        "See [one](https://example.org/1) and\n"
        "[two](https://example.org/2?a=b&c=d).\n"
        "\n"
        "See [one again](https://example.org/1), <https://example.org/3>, or\n"
        "write to [us](mailto:us@example.org) or us@example.org, or call 0800\n"
        "1111.\n"
        "\n"
        "Second\n"
        "------\n"
        "\n"
        "See [one](https://example.org/1) or [leave](https://example.org/unsubscribe)."
    )


def test_sections_are_sorted_as_an_editor_would() -> None:
    titles = [
        "Other",
        "Youth Justice",
        "& Education",
        "Éducation and Training",
        "The Missing",
        "A Safer Internet",
        "children’s social care",
        "(CCE) Criminal Exploitation",
        "Child Exploitation (CE)",
        "OTHER",
        "LGBTQ+",
    ]
    ordered = sorted(
        (Section(title=Line(title)) for title in titles), key=partial(alphabetical, words=ENGLISH)
    )
    assert [section.title for section in ordered] == [
        "Child Exploitation (CE)",
        "children’s social care",
        "(CCE) Criminal Exploitation",
        "& Education",
        "Éducation and Training",
        "LGBTQ+",
        "The Missing",
        "A Safer Internet",
        "Youth Justice",
        "Other",
        "OTHER",
    ]


UNSORTED = """\
title: T
date: 2024-04
lead: {title: Zebra, entries: [z]}
sections:
  - {title: Youth, entries: [y]}
  - {title: Education, entries: [e]}
"""


def test_the_settings_decide_the_order_of_sections(built: Build) -> None:
    for order, expected in (
        ("alphabetical", ["Zebra", "Education", "Youth"]),
        ("as-written", ["Zebra", "Youth", "Education"]),
    ):
        result = built(UNSORTED, more=f"order: {order}\n")
        assert result.email
        assert re.findall("Zebra|Youth|Education", result.email.text) == expected


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2024", "2024"), ("2024-04", "April 2024"), ("2024-04-03", "3 April 2024")],
)
def test_a_date_is_shown_as_precisely_as_it_is_given(date: str, shown: str, built: Build) -> None:
    email = built(f"title: The title\ndate: {date}\nentries: [a]\n").email
    assert email
    assert email.subject == f"The title, {shown}"
    assert email.text.startswith(f"Safeguarding Monthly\n\nThe title\n=========\n\n{shown}\n")
    assert f">{shown}</p>" in email.html


def test_whole_dates_follow_the_format_of_the_settings(built: Build) -> None:
    email = built(
        "title: T\ndate: 2024-04-03\nentries: [a]\n", more="date_format: '%d/%m/%Y'\n"
    ).email
    assert email
    assert email.subject == "T, 03/04/2024"
    assert PartialDate("2024-04-03").format("%-d %b %y, 100%%") == "3 Apr 24, 100%"


def test_the_preheader_is_made_from_the_first_headings(built: Build) -> None:
    email = built(UNSORTED).email
    assert email
    assert email.preheader == "Zebra, Youth, Education"
    long = "\n".join(f"  - {{title: A heading that is number {n}, entries: [a]}}" for n in range(9))
    email = built(f"title: T\ndate: 2024\nsections:\n{long}\n").email
    assert email
    assert email.preheader == ", ".join(f"A heading that is number {n}" for n in range(3))
    email = built("title: T\ndate: 2024\nentries: [" + "some *words* " * 20 + "]\n").email
    assert email
    assert email.preheader == ("some words " * 8).strip() + "…"


def test_contents_are_listed_from_seven_sections_on(built: Build) -> None:
    for number, expected in ((6, 0), (7, 7)):
        sections = "".join(f"  - {{title: Section {n}, entries: [a]}}\n" for n in range(number))
        email = built(f"title: T\ndate: 2024\nsections:\n{sections}").email
        assert email
        targets = re.findall(r'href="#(\w+)"', email.html)
        assert len(targets) == expected
        assert all(f'id="{target}"' in email.html for target in targets)
    email = built(f"title: T\ndate: 2024\nsections:\n{sections}", more="contents: off\n").email
    assert email
    assert 'href="#' not in email.html


def test_a_section_without_a_heading_is_not_in_the_contents(built: Build) -> None:
    sections = "".join(f"  - {{title: Section {n}, entries: [a]}}\n" for n in range(7))
    email = built(f"title: T\ndate: 2024\nsections:\n  - entries: [b]\n{sections}").email
    assert email
    assert re.findall(r'href="#(\w+)"', email.html) == [f"s{n}" for n in range(2, 9)]


def test_an_address_that_stands_bare_in_a_text_is_a_link(built: Build) -> None:
    email = built("title: T\ndate: 2024\nentries: ['See https://example.org/a.']\n").email
    assert email
    assert re.search('<a href="https://example.org/a" [^>]*>https://example.org/a</a>', email.html)
    assert "See <https://example.org/a>." in email.text


def test_a_helpline_is_dialled_when_it_is_a_number(built: Build) -> None:
    email = built(
        "title: T\ndate: 2024\nentries: [a]\n",
        more="support:\n  - {name: A, phone: 0800 1111}\n  - {name: B, phone: 116 123 (free)}\n",
    ).email
    assert email
    assert re.findall('href="tel:([^"]*)"', email.html) == ["08001111"]
    assert "B: 116 123 (free)" in email.text


def test_what_is_missing_leaves_no_trace(built: Build) -> None:
    email = built("title: T\ndate: 2024-04\nentries: [Words.]\n", settings="contents: on\n").email
    assert email
    assert email.text == "T\n=\n\nApril 2024\n\nWords.\n\n" + "-" * 72 + "\n"
    words = re.sub(r"(?s)<head>.*</head>|<!--.*?-->|<[^>]+>", " ", email.html).split()
    assert words == ["Words.", "T", "April", "2024", "Words."]


def test_everything_an_entry_can_have_is_shown_in_html_and_text(built: Build) -> None:
    email = built("""\
        title: T
        date: 2024-04-23
        number: 12
        intro: Before.
        entries:
          - title: Headline
            kind: Report
            source: NSPCC
            date: 2024-04
            text: Words.
            image:
              src: https://example.org/a.png
              alt: A classroom
              credit: A. Person
              caption: A school
            links:
              - {label: Read the report, title: Its title, url: "https://example.org/r"}
              - {title: Only a title, url: "https://example.org/t"}
              - {label: Visit, url: "https://example.org/v"}
            closes: 2024-05-23
        outro: After.
        """).email
    assert email
    assert email.text[: email.text.index("-----")] == (
        "Safeguarding Monthly\n\nT\n=\n\n23 April 2024 · Issue 12\n\nBefore.\n\n"
        "Headline\nReport · NSPCC · April 2024\n\n"
        "[A classroom] A school (credit: A. Person)\n\n"
        "Words.\n\n"
        "Read the report: Its title <https://example.org/r>\n"
        "Only a title <https://example.org/t>\n"
        "Visit <https://example.org/v>\n"
        "Closes: 23 May 2024\n\n"
        "After.\n\n"
    )
    plain = re.sub(r' (style|class)="[^"]*"', "", email.html)
    for piece in (
        '<img src="https://example.org/a.png" alt="A classroom" width="536">',
        "<p>A school (credit: A. Person)</p>",
        "<h2>Headline</h2>",
        "<p>Report · NSPCC · April 2024</p>",
        "<p>Words.</p>",
        '<p><strong>Read the report:</strong> <a href="https://example.org/r">Its title</a></p>',
        '<p><a href="https://example.org/t">Only a title</a></p>',
        '<p><a href="https://example.org/v">Visit</a></p>',
        "<p><strong>Closes:</strong> 23 May 2024</p>",
    ):
        assert piece in plain


def test_a_tag_without_an_address_is_a_problem_with_its_line(built: Build) -> None:
    result = built("title: T\ndate: 2024\nentries:\n  - a\n  - '[online]([[view_online]])'\n")
    assert [(p.mark, p.code, p.message) for p in result.problems] == [
        ((5, 15), "no-address", "there is no address for [[view_online]]")
    ]
    assert result.files == {}


def test_a_footer_without_unsubscribe_has_no_trace_of_it(built: Build, folder: Path) -> None:
    email = built("title: T\ndate: 2024\nentries: [a]\n", settings="sender: S\n").email
    assert email
    assert "nsubscribe" not in email.html + email.text
    assert open_project(folder).problems == ()


def test_one_file_of_ones_own_stands_in_for_a_shipped_one(folder: Path, built: Build) -> None:
    parts = folder / "templates" / "parts"
    parts.mkdir(parents=True)
    (parts / "masthead.mjml").write_text(
        "<mj-section><mj-column><mj-text><h1>Mine: {{ issue.title }}</h1></mj-text>"
        "</mj-column></mj-section>"
    )
    email = built("title: <T>\ndate: 2024\nentries: [a]\n").email
    assert email
    assert ">Mine: &lt;T&gt;</h1>" in email.html


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("\n{% if %}", 2, "Expected an expression, got 'end of statement block'"),
        ("\n\n{{ issue.titel }}", 3, "'newsletter.model.Issue object' has no attribute 'titel'"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{% include 'parts/none' %}", None, "there is no template 'parts/none'"),
    ],
)
def test_a_broken_template_is_told_with_its_file_and_line(
    template: str, line: int | None, message: str, folder: Path, built: Build
) -> None:
    layouts = folder / "templates" / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "mine.mjml").write_text(template)
    (layouts / "mine.txt").write_text("")
    (problem,) = built("title: T\ndate: 2024\nlayout: mine\nentries: [a]\n").problems
    assert problem.code == "template"
    assert message in problem.message
    assert problem.path.endswith("layouts/mine.mjml")
    assert (problem.mark.line if problem.mark else None) == line
    assert problem.excerpt == (template.split("\n")[line - 1] if line else "")


def test_right_to_left_languages_say_so(built: Build) -> None:
    email = built("title: T\ndate: 2024\nlanguage: ar\nentries: [a]\n").email
    assert email
    assert '<html lang="ar" dir="rtl"' in email.html
    assert 'role="article" lang="ar" dir="rtl"' in email.html
