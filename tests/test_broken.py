"""Broken issues, each with its expected problem on the line where it belongs: `#! code`."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from newsletter import source
from newsletter.loader import load
from newsletter.model import Issue
from newsletter.problems import Problem
from newsletter.project import open_project
from tests.conftest import Build, codes

EXPECTED = re.compile(r"[ \t]*#! (.*)$")

CASES = {
    "an unquoted colon": """\
        title: Report: findings  #! unquoted
        date: 2024-04
        entries: [a]
        """,
    "text that begins with what YAML uses itself": """\
        title: "@home"
        date: 2024-04
        subject: @home  #! unquoted
        preheader: `code`  #! unquoted
        number: %1  #! unquoted
        intro: **bold** words  #! unquoted
        outro: [The report](https://example.org/) is out  #! unquoted
        entries:
          - [a](https://example.org/) b  #! unquoted
          - &c d
          - *e  #! alias
          - !f g  #! tag
          - {h} i  #! unquoted
          - "> j"
          - |k l  #! unquoted
            m
        """,
    "a colon in a text of several lines": """\
        title: T
        date: 2024-04
        entries:
          - Survey of carers: the council has  #! unquoted
            published what they said
          - >
            Words [nowhere](#)  #! link-target
        """,
    "a tab": """\
        title: T
        date: 2024-04
        entries:
        \t- a  #! tab
        \t- b  #! tab
        """,
    "a tab whose reach is not known": """\
        title: T
        date: 2024-04
        sections:
          - title: S
            entries:
              - title: one
        \t  text: two  #! tab
                source: three
        """,
    "a bad indent": """\
        title: T
          date: 2024-04  #! indent
        """,
    "a list out of line": """\
        title: T
        date: 2024-04
        entries:
          - a
         - b  #! indent
        """,
    "a list on the line of its key": """\
        title: T
        date: 2024-04
        entries: - a  #! indent
        """,
    "quotes that are not closed, or too early": """\
        title: "T  #! quote
        date: 2024-04
        subject: 'Children's services'  #! quote
        preheader: "He said "no" again"  #! quote
        entries: [a]
        """,
    "a backslash in double quotes": """\
        title: "C:\\data"  #! escape
        date: 2024-04
        entries: [a]
        """,
    "a key without its colon": """\
        title T  #! no-colon
        date: 2024-04
        entries: [a]
        """,
    "the same key twice": """\
        title: T
        date: 2024-04
        title: U  #! duplicate-key
        entries: [a]
        """,
    "two documents": """\
        title: T
        date: 2024-04
        entries: [a]
        ---  #! two-documents
        title: U
        """,
    "keys that do not exist, or are missing": """\
        titel: T  #! unknown-field missing
        entries:
          - text: a
            sauce: b  #! unknown-field
          - Report: a thing  #! unknown-field
          - The report: a thing  #! unknown-field
          - links:
            - title: a  #! missing
          - image:
              src: https://example.org/a.png  #! missing
        """,
    "values of the wrong shape": """\
        title: [T]  #! shape
        date: 2024-04
        lead: words  #! shape
        sections:
          - words  #! shape
          - entries: words  #! shape
          - entries:
            -  #! shape
            - {title: {a: b}}  #! shape
        """,
    "dates that do not exist": """\
        title: T
        date: April 2024  #! date
        entries:
          - text: a
            date: 2024-13  #! date
            closes: 2023-02-29  #! date
        """,
    "links that lead nowhere, each on its own line": """\
        title: T
        date: 2024-04
        intro: >-
          Words and [a link](https://example.org/) and
          [no target]() and more  #! link-target

          then [a hash](#) and  #! link-target
          * a list with [a script](javascript:alert(1))  #! link-target
        entries:
          - "[data](data:text/html,x)"  #! link-target
          - '[relative](/page), children''s [www](www.example.org)'  #! link-target link-target
          - "\\u201Cquoted\\u201D [x](report.pdf)"  #! link-target
          - [unknown tag]([[friends]])  #! unquoted link-target
          - links:
            - title: a
              url: example.org  #! link-target
            - title: b
              url: mailto:nobody  #! link-target
            - title: c
              url: "[[friends]]"  #! link-target
        """,
    "what has no place in a text": """\
        title: T
        date: 2024-04
        entries:
          - |
            # A heading  #! heading-in-text

            Words with `code` and  #! code
            ![a picture](https://example.org/a.png)  #! image-in-text

                indented  #! code

            ```  #! code
            fenced
            ```

            > Quoted `code`  #! code

            ***  #! rule-in-text
        """,
    "an entry with nothing in it": """\
        title: T
        date: 2024-04
        entries:
          - {}  #! empty-entry
          - source: NSPCC  #! empty-entry
          - links:
            - url: https://example.org/  #! empty-link
        """,
    "sections and entries": """\
        title: T
        date: 2024-04
        sections:
          - entries: [a]
        entries: [b]  #! sections-and-entries
        """,
    "no entries yet": """\
        title: T  #! empty-issue
        date: 2024-04
        entries:
        """,
    "a language that is none": """\
        title: T
        date: 2024-04
        language: English (UK)  #! language
        entries: [a]
        """,
    "names that do not exist": """\
        title: T
        date: 2024-04
        layout: rondup  #! no-layout
        theme: plane  #! no-theme
        entries: [a]
        """,
    "words that a comment swallows": """\
        title: Issue #12  #! comment-in-value
        date: 2024-04 # this is meant
        subject: #MeToo  #! comment-in-value
        number: #5  #! comment-in-value
        layout: roundup # so is this
        entries:
          - Words #MeToo  #! comment-in-value
          - Ranked # 1 in the UK  #! comment-in-value
          - More words # perhaps a note  #! comment-in-value
          - Watch the #MeToo  #! comment-in-value
            video now
          - "Words" # a note
        """,
    "keys without a value": """\
        title: T
        date: 2024-04
        preheadr:  #! unknown-field
        intro:
        entries:
          - text: a
            tetx:  #! unknown-field
          - See the following:  #! unknown-field
          - {title: Rape, abuse and neglect}  #! unknown-field
          - links: [{title: One, two and three, url: "https://a.org"}]  #! unknown-field
          - links:
            - title: a
              url:  #! missing
        """,
    "values in brackets that end too early": """\
        title: T
        date: 2024-04
        entries:
          - links: [{label: Read: me, url: "https://example.org/"}]  #! unquoted
        """,
    "a text that is not indented": """\
        title: T
        date: 2024-04
        intro: >-
        Hello there  #! indent
        entries:
          - text: >- Hello  #! unquoted
              there
        """,
    "a no-break space in the indentation": """\
        title: T
        date: 2024-04
        lead:
        \u00a0 title: L  #! unknown-field
        entries: [a]
        """,
    "a dash without its space": """\
        title: T
        date: 2024-04
        entries:
          - text: a
          -text: b  #! dash
          - text: c
            -date: 2024  #! unknown-field
        """,
    "a colon, and then what YAML uses itself": """\
        title: T
        date: 2024-04
        entries:
          - New guidance: [Working together](https://example.org/)  #! unquoted
          - 50% off: %discount  #! unquoted
        """,
    "a note in the middle of a text": """\
        title: T
        date: 2024-04
        intro: First words
          # a note  #! comment-in-value
          and more
        entries: [a]
        """,
    "links that are none": """\
        title: T
        date: 2024-04
        entries:
          - '[report] (https://example.org/)'  #! broken-link
          - '[report](https://example.org/ for more.'  #! broken-link
          - '[](https://example.org/)'  #! empty-link
          - |
            A [good](https://example.org/) link and
            [a bad one](https://example.org/a page)  #! broken-link
          - '(words)[https://example.org/]'  #! broken-link
          - '[words] (help@example.org)'  #! broken-link
          - '[escaped\\](words) is fine'
          - '[us](help@example.org)'  #! link-target
          - 'Not one: [a] (b), https://example.org/ or <https://example.org/>'
        """,
    "pictures that cannot be shown": """\
        title: T
        date: 2024-04
        lead:
          entries:
            - image: {src: images/a.png, alt: A}  #! no-image
        entries:
          - image: {src: "http://example.org/a.png", alt: A}  #! link-target
          - image: {src: 'images\\a.png', alt: A}  #! image-path
          - image: {src: ../../a.png, alt: A}  #! image-path
          - image:
              alt: A
              src: https://example.org/a.svg  #! image-format
          - image:
              src: https://example.org/a.png  #! missing
          - image:
              src:  #! missing
              alt:  #! missing
          - image: {src: https://example.org/a.png, alt: ''}
        """,
    "settings that one issue cannot have otherwise": """\
        title: T
        date: 2024-04
        settings:
          order: backwards  #! choice
          theme: plain  #! unknown-field
          Order: as-written  #! unknown-field
          date_format: '%H'  #! date-format
          contents: maybe  #! choice
          images_url: pictures  #! images-url
          contact: us  #! email
          support: Childline  #! shape
          brand:
            color: '#123456'  #! unknown-field
            colour: blue  #! colour
            logo: {src: logo.png}  #! missing
        entries: [a]
        """,
    "characters that nobody sees": """\
        title: "T\x92"  #! control-character
        date: 2024-04
        subject: "a\\x07b"  #! control-character
        entries: [a]
        """,
}


def _split(marked: str) -> tuple[str, list[tuple[int, str]]]:
    """The YAML without its marks, and the line and code of each."""
    lines, expected = [], []
    for number, line in enumerate(dedent(marked).split("\n"), 1):
        mark = EXPECTED.search(line)
        expected += [(number, code) for code in mark[1].split()] if mark else []
        lines.append(EXPECTED.sub("", line))
    return "\n".join(lines), expected


@pytest.fixture(name="parser", params=["C", "Python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers: the one in C is not there on every machine."""
    loader = yaml.CBaseLoader if request.param == "C" else yaml.BaseLoader
    monkeypatch.setattr(source, "_Loader", loader)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("case", CASES)
def test_every_problem_is_found_on_its_line_and_no_other(case: str, built: Build) -> None:
    text, expected = _split(CASES[case])
    assert codes(built(text)) == expected


def _problem(text: str) -> Problem:
    _, problems = load(source.parse(dedent(text), "issue.yaml"), Issue)
    return problems[0]


MESSAGES = {
    "titel: T\ndate: 2024\n": (1, 1, "an issue has no 'titel'", "did you mean 'title'?"),
    "title: Report: x\ndate: 2024\n": (
        1,
        14,
        "a colon followed by a space stands inside a value without quotes",
        "put the value in quotes, or on lines of its own below '|'",
    ),
    "title: 'Children's x'\ndate: 2024\n": (
        1,
        8,
        "the quotation ends before the value does",
        "put the whole value in double quotation marks instead, or write '' inside",
    ),
    "title: T\ndate: 2024-02-30\n": (
        2,
        7,
        "'2024-02-30' is not a date: February 2024 has 29 days",
        "",
    ),
    "title: T\ndate: 2024\nintro: |\n  One.\n\n  Two [x](#).\n": (
        6,
        7,
        "this link leads nowhere",
        "write the whole address, beginning with https://",
    ),
    "title: T\ndate: 2024\nintro: see [x](www.example.org/a)\n": (
        3,
        12,
        "'www.example.org/a' is not a whole address",
        "write https://www.example.org/a",
    ),
    "title: T\ndate: 2024\nlayout: {a: b}\n": (
        3,
        9,
        "'layout' should be a text, but there is a mapping of 'key: value' lines",
        "put text that has a colon in it in quotes, or below '|'",
    ),
    "title: T\ndate: 2024\npreheader:\n  - a\n": (
        4,
        3,
        "'preheader' should be a text, but there is a list",
        "remove the dash: a text stands on the line of its key, or below '|'",
    ),
    "title: T\ndate: 2024\nentries:\n  - image: a.png\n": (
        4,
        12,
        "'image' should be a mapping of 'key: value' lines, but there is a text",
        "write its parts on lines of their own: src: ..., alt: ..., credit: ..., caption: ...",
    ),
    "title: T\ndate: 2024\nentries:\n  - Survey: of carers\n": (
        4,
        5,
        "an entry has no 'Survey'",
        "if this is text with a colon in it, put it in quotes, or below '|'",
    ),
    "title: T\ndate: 2024\nintro: '[us](help@example.org)'\n": (
        3,
        9,
        "'help@example.org' is not a whole address",
        "write mailto:help@example.org",
    ),
    'date: 2024\ntitle: a "C:\\docs"\nintro: "C:\\docs"\n': (
        3,
        11,
        "a backslash in double quotes begins an escape",
        "write \\\\ for a backslash, or use single quotes",
    ),
    "- a\n": (
        1,
        1,
        "the file should be a mapping of 'key: value' lines, but there is a list",
        "begin with 'title: ...' and 'date: ...'",
    ),
    "": (
        None,
        None,
        "the file should be a mapping of 'key: value' lines, but there is nothing",
        "begin with 'title: ...' and 'date: ...'",
    ),
}


@pytest.mark.parametrize("text", MESSAGES)
def test_a_message_says_what_is_wrong_where_and_what_to_do(text: str) -> None:
    problem = _problem(text)
    mark = problem.mark or (None, None)
    assert (*mark, problem.message, problem.hint) == MESSAGES[text]


def test_a_theme_that_the_settings_misname_is_told_once(built: Build) -> None:
    built("title: T\ndate: 2024\nentries: [a]\n", more="theme: plane\n")
    (problem,) = open_project(Path()).problems
    assert (problem.path, problem.mark, problem.message) == (
        "newsletter.yaml",
        (8, 8),
        "there is no theme 'plane' (did you mean 'plain'?)",
    )


def test_a_problem_of_the_settings_is_told_with_its_line(built: Build) -> None:
    built("title: T\ndate: 2024\nentries: [a]\n", more="ordr: x\ncontents: maybe\n")
    problems = open_project(Path()).problems
    assert [(p.path, p.mark and p.mark.line, p.message) for p in problems] == [
        ("newsletter.yaml", 8, "the settings have no 'ordr'"),
        ("newsletter.yaml", 9, "'maybe' is neither on nor off"),
    ]


def test_settings_that_are_no_text_are_told(built: Build) -> None:
    built("title: T\ndate: 2024\nentries: [a]\n")
    Path("newsletter.yaml").write_bytes("sender: é".encode("utf-16"))
    (problem,) = open_project(Path()).problems
    assert (problem.path, problem.message) == (
        "newsletter.yaml",
        "this file is saved as UTF-16",
    )


def test_sections_without_entries_are_left_out(built: Build) -> None:
    result = built("""\
        title: T
        date: 2024
        sections:
          - title: Full
            entries: [a]
          - title: Empty
          - entries: []
        """)
    assert result.problems == ()
    assert result.email
    assert "Empty" not in result.email.html + result.email.text


@pytest.mark.parametrize(
    "target",
    ["#", "javascript:alert(1)", "data:text/html,x", "htps://a.org/u", "/u?x=1", "click here", ""],
)
def test_what_is_no_target_is_refused_in_the_settings_too(target: str, built: Build) -> None:
    built("title: T\ndate: 2024\nentries: [a]\n", settings=f"links: {{unsubscribe: '{target}'}}\n")
    (problem,) = (p for p in open_project(Path()).problems if p.code == "link-target")
    assert problem.mark == (1, 22)


def test_names_are_judged_in_an_issue_that_cannot_be_loaded(built: Build) -> None:
    result = built("title: T\ndate: May\nlayout: rondup\nentries: [a]\n")
    assert codes(result) == [(2, "date"), (3, "no-layout")]


def test_a_theme_of_the_command_line_has_no_place_in_the_issue(built: Build) -> None:
    (problem,) = built("title: T\ndate: 2024\ntheme: plain\nentries: [a]\n", theme="x").problems
    assert (problem.mark, problem.message) == (None, "there is no theme 'x'")


def test_half_a_layout_says_which_half_is_missing(built: Build, folder: Path) -> None:
    layouts = folder / "templates" / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "mine.mjml").write_text("")
    (problem,) = built("title: T\ndate: 2024\nlayout: mine\nentries: [a]\n").problems
    assert problem.hint == "its template layouts/mine.txt is missing"


def test_a_lead_without_entries_is_left_out(built: Build) -> None:
    result = built("title: T\ndate: 2024\nlead: {title: Leading}\nentries: [a]\n")
    assert result.problems == ()
    assert result.email
    assert "Leading" not in result.email.html + result.email.text


def test_an_empty_settings_file_is_fine(built: Build) -> None:
    built("title: T\ndate: 2024\nentries: [a]\n", settings="# nothing yet\n")
    assert open_project(Path()).problems == ()


def test_a_text_as_long_as_a_book_is_refused_at_once(built: Build) -> None:
    result = built(f"title: T\ndate: 2024\nentries:\n  - '{'[' * 2_000_000}'\n")
    assert codes(result) == [(4, "text-too-long")]


THEME = "description: D\nlight: {page: red}\nsize: large\n"


def test_faults_of_a_theme_are_told_in_its_own_file(built: Build, folder: Path) -> None:
    themes = folder / "templates" / "themes"
    themes.mkdir(parents=True)
    (themes / "mine.yaml").write_text(THEME)
    problems = built("title: T\ndate: 2024\ntheme: mine\nentries: [a]\n").problems
    wanted = [(p.path, p.mark, p.message) for p in problems if p.code in ("colour", "pixels")]
    assert wanted == [
        ("templates/themes/mine.yaml", (2, 15), "'red' is not a colour"),
        ("templates/themes/mine.yaml", (3, 7), "'large' is not a number of pixels"),
    ]
