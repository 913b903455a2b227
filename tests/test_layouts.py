"""The layouts: the whole text of a small issue in each, and what holds for any issue in all."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any, Literal

import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newsletter.build import build
from newsletter.cli import newsletter
from newsletter.compose import Email
from newsletter.dates import PartialDate
from newsletter.loader import load
from newsletter.lookup import Templates
from newsletter.model import Settings
from newsletter.project import Project
from newsletter.source import parse
from tests.conftest import Build

TEMPLATES = Templates()
LAYOUTS = ["briefing", "bulletin", "digest", "recap", "roundup"]
EACH = pytest.mark.parametrize("layout", LAYOUTS)

FOOTER = (
    "-" * 72
    + """

Sent by Example Trust
1 Example Street

You asked for it.

Unsubscribe: https://example.org/unsubscribe
"""
)


def _email(built: Build, issue: str, more: str = "") -> Email:
    result = built(issue, more=more)
    assert result.problems == ()
    assert result.email
    return result.email


def _blocks(email: Email) -> list[str]:
    """The HTML from the title to the footer: its blocks, less what only places or paints them."""
    page = email.html[email.html.index("<h1") : email.html.index("Sent by")]
    page = re.sub(r' (style|class)="[^"]*"', "", page[: page.rindex("<p")])
    page = re.sub(r"(?s)<!--.*?-->|</?(table|tbody|tr|td)\b[^>]*>|</?div>", "\0", page)
    blocks = re.split(r"\0|(?=<(?:p|h[1-6]|img|div)\b)", page)
    stripped = (block.strip(" \n").replace("&#160;", "\u00a0") for block in blocks)
    return [block for block in stripped if block]


# --- one pair of files --------------------------------------------------------------------------


def test_the_shipped_layouts_are_five() -> None:
    assert TEMPLATES.layouts() == LAYOUTS


POSTCARD = """\
{#- One card:
    nothing else. -#}
{% extends "parts/email.mjml" %}
{% from "parts/entry.mjml" import entry with context %}
{% block content %}
<mj-text css-class="words">
{% for item in issue.all_entries %}
<h2 class="entry">Card {{ loop.index }}</h2>
{{ entry(item) }}
{% endfor %}
</mj-text>
{% endblock %}
"""
POSTCARD_TEXT = """\
{% extends "parts/email.txt" %}
{% from "parts/entry.txt" import entry with context %}
{% block content %}
{% for item in issue.all_entries %}
Card {{ loop.index }}

{{ entry(item) }}
{% endfor %}
{% endblock %}
"""


@pytest.fixture(name="own")
def _own(folder: Path) -> Path:
    """The folder of the layouts of one's own."""
    path = folder / "templates" / "layouts"
    path.mkdir(parents=True)
    return path


def test_a_sixth_layout_is_one_pair_of_files(own: Path, folder: Path, built: Build) -> None:
    (own / "postcard.mjml").write_text(POSTCARD)
    (own / "postcard.txt").write_text(POSTCARD_TEXT)
    email = _email(built, "title: T\ndate: 2024\nlayout: postcard\nentries: [One., Two.]\n")
    assert email.text == (
        "Safeguarding Monthly\n\nT\n=\n\n2024\n\nCard 1\n\nOne.\n\nCard 2\n\nTwo.\n\n" + FOOTER
    )
    assert _blocks(email)[2:] == [
        "<h2>Card 1</h2>",
        "<p>One.</p>",
        "<h2>Card 2</h2>",
        "<p>Two.</p>",
    ]
    listed = CliRunner().invoke(newsletter, ["layouts"]).stdout.splitlines()
    assert [line.split()[0] for line in listed] == sorted([*LAYOUTS, "postcard"])
    assert "postcard     One card: nothing else." in listed
    files = [path.name for path in (folder / "templates").rglob("*") if path.is_file()]
    assert sorted(files) == ["postcard.mjml", "postcard.txt"]


@pytest.mark.parametrize(("there", "missing"), [("mjml", "txt"), ("txt", "mjml")])
def test_a_layout_with_one_file_of_the_two_is_told(
    there: str, missing: str, own: Path, built: Build
) -> None:
    (own / f"postcard.{there}").write_text("")
    (problem,) = built("title: T\ndate: 2024\nlayout: postcard\nentries: [a]\n").problems
    assert (problem.mark, problem.code, problem.message, problem.hint) == (
        (3, 9),
        "no-layout",
        "there is no layout 'postcard'",
        f"its template layouts/postcard.{missing} is missing",
    )
    listed = CliRunner().invoke(newsletter, ["layouts"]).stdout
    assert "postcard" not in listed


def test_a_layout_that_is_not_utf8_is_told_where_layouts_are_listed(own: Path) -> None:
    (own / "postcard.mjml").write_bytes("{# Café #}".encode("latin-1"))
    (own / "postcard.txt").write_text("")
    result = CliRunner().invoke(newsletter, ["layouts"])
    assert not isinstance(result.exception, UnicodeError)
    assert "postcard.mjml" in result.output


def test_the_lock_of_a_file_that_is_being_edited_is_no_layout(own: Path) -> None:
    for name in (".#postcard.mjml", ".#postcard.txt"):
        (own / name).symlink_to("somebody@example.1234")  # as Emacs makes it
    result = CliRunner().invoke(newsletter, ["layouts"])
    assert [line.split()[0] for line in result.stdout.splitlines()] == LAYOUTS
    assert result.exit_code == 0


def test_one_half_of_a_shipped_layout_may_be_ones_own(own: Path, built: Build) -> None:
    (own / "digest.txt").write_text("Mine: {{ issue.title }}\n")
    email = _email(built, "title: T\ndate: 2024\nlayout: digest\nentries: [Words.]\n")
    assert email.text == "Mine: T\n"
    assert _blocks(email)[2:] == ["<p>Words.</p>"]


# --- digest -------------------------------------------------------------------------------------

DIGEST = """\
title: In the headlines
date: 2022-01
layout: digest
settings: {date_format: '%d/%m/%Y'}
entries:
  - title: One day, told first
    date: 2022-01-13
    text: The first of two.
    links: [{title: Guardian, url: "https://example.org/guardian"}]
  - title: No date at all
    text: It stands last.
  - title: A month is all that is known
    date: 2024-04
    text: It stands before what is older.
  - title: "Trafficking: “children groomed” abroad"
    date: 2022-01-24
    text: Some are only ten.
    links:
      - {label: Watch, title: BBC, url: "https://example.org/bbc"}
      - {label: Read, title: BBC, url: "https://example.org/words"}
  - title: One day, told second
    date: 2022-01-13
    source: NSPCC
    text: The second of two.
"""


def test_a_digest_is_dated_headlines_newest_first(built: Build) -> None:
    assert _email(built, DIGEST).text == (
        """\
Safeguarding Monthly

In the headlines
================

January 2022

April 2024: A month is all that is known

It stands before what is older.

24/01/2022: Trafficking: “children groomed” abroad

Some are only ten.

Watch: BBC <https://example.org/bbc>
Read: BBC <https://example.org/words>

13/01/2022: One day, told first

The first of two.

Read: Guardian <https://example.org/guardian>

13/01/2022: One day, told second

NSPCC

The second of two.

No date at all

It stands last.

"""
        + FOOTER
    )


def test_the_html_of_a_digest_has_the_date_in_the_headline(built: Build) -> None:
    assert _blocks(_email(built, DIGEST)) == [
        "<h1>In the headlines</h1>",
        "<p>January 2022</p>",
        "<h2><span>April 2024:</span> A month is all that is known</h2>",
        "<p>It stands before what is older.</p>",
        "<h2><span>24/01/2022:</span> Trafficking: “children groomed” abroad</h2>",
        "<p>Some are only ten.</p>",
        '<p><strong>Watch:</strong> <a href="https://example.org/bbc">BBC</a></p>',
        '<p><strong>Read:</strong> <a href="https://example.org/words">BBC</a></p>',
        "<h2><span>13/01/2022:</span> One day, told first</h2>",
        "<p>The first of two.</p>",
        '<p><strong>Read:</strong> <a href="https://example.org/guardian">Guardian</a></p>',
        "<h2><span>13/01/2022:</span> One day, told second</h2>",
        "<p>NSPCC</p>",
        "<p>The second of two.</p>",
        "<h2>No date at all</h2>",
        "<p>It stands last.</p>",
    ]


def test_a_digest_sorts_within_each_section_and_leaves_the_sections_in_order(
    built: Build,
) -> None:
    email = _email(
        built,
        """\
        title: T
        date: 2024
        layout: digest
        sections:
          - title: Older
            entries: [{title: A, date: 2020}, {title: B, date: 2021-05}, {title: C, date: 2021}]
          - title: Newer
            entries: [{title: D, date: 2024-01-01}, {title: E, date: 2024-01}]
        """,
    )
    assert email.text[email.text.index("Older") : email.text.index("---" * 10)] == (
        "Older\n-----\n\nMay 2021: B\n\n2021: C\n\n2020: A\n\n"
        "Newer\n-----\n\n1 January 2024: D\n\nJanuary 2024: E\n\n"
    )


# --- briefing -----------------------------------------------------------------------------------

BRIEFING = """\
title: Topics in brief
date: 2024-07
layout: briefing
sections:
  - title: Parental advocacy
    entries:
      - source: Community Care
        text: An article about support for parents.
        links:
          - {label: Read the article, title: Why parents need it, url: "https://example.org/a"}
          - {label: Watch the film, title: It, url: "https://example.org/f"}
  - title: Exploitation
    entries:
      - text: A report without a source.
        links: [{label: Read the report, title: Gaps, url: "https://example.org/g"}]
      - title: A headline of its own
        text: Only words.
        source: NSPCC
"""


def test_a_briefing_is_topics_with_rows_of_links(built: Build) -> None:
    assert _email(built, BRIEFING).text == (
        """\
Safeguarding Monthly

Topics in brief
===============

July 2024

Parental advocacy

An article about support for parents.

Read the article: Why parents need it <https://example.org/a>
Watch the film: It <https://example.org/f>

Source: Community Care

Exploitation

A report without a source.

Read the report: Gaps <https://example.org/g>

A headline of its own

Only words.

Source: NSPCC

"""
        + FOOTER
    )


def test_the_html_of_a_briefing_has_bold_labels_and_linked_titles(built: Build) -> None:
    assert _blocks(_email(built, BRIEFING)) == [
        "<h1>Topics in brief</h1>",
        "<p>July 2024</p>",
        "<h2>Parental advocacy</h2>",
        "<p>An article about support for parents.</p>",
        '<p><strong>Read the article:</strong> <a href="https://example.org/a">'
        "Why parents need it</a></p>",
        '<p><strong>Watch the film:</strong> <a href="https://example.org/f">It</a></p>',
        "<p><strong>Source:</strong> Community Care</p>",
        "<h2>Exploitation</h2>",
        "<p>A report without a source.</p>",
        '<p><strong>Read the report:</strong> <a href="https://example.org/g">Gaps</a></p>',
        "<h3>A headline of its own</h3>",
        "<p>Only words.</p>",
        "<p><strong>Source:</strong> NSPCC</p>",
    ]


# --- bulletin -----------------------------------------------------------------------------------

BULLETIN = """\
title: Practice bulletin
date: 2025-01
layout: bulletin
settings: {date_format: '%d %B %Y', images_url: images}
sections:
  - title: Child safeguarding incidents
    entries:
      - kind: News
        source: NSPCC Learning
        date: 2025-01-06
        image: {src: "https://example.org/a.png", alt: A stack of reports}
        text: |
          What does the report say?

          A second paragraph.
        links:
          - {label: Read the briefing, title: NSPCC Learning, url: "https://example.org/b"}
          - {label: Read the report, title: The Panel, url: "https://example.org/r"}
      - kind: Report
        source: The Panel
        date: 2024-12-12
        text: The second card of one heading.
  - title: Online
    entries:
      - kind: Video
        text: No source and no date.
"""


def test_a_bulletin_is_news_cards(built: Build) -> None:
    assert _email(built, BULLETIN).text == (
        """\
Safeguarding Monthly

Practice bulletin
=================

January 2025

[A stack of reports] News

Child safeguarding incidents

Source: NSPCC Learning

Date published: 06 January 2025

What does the report say?

A second paragraph.

Read the briefing: NSPCC Learning <https://example.org/b>
Read the report: The Panel <https://example.org/r>

Report

Child safeguarding incidents

Source: The Panel

Date published: 12 December 2024

The second card of one heading.

Video

Online

No source and no date.

"""
        + FOOTER
    )


def test_the_html_of_a_bulletin_has_kicker_heading_source_and_date(built: Build) -> None:
    """The heading of two cards stands above both, that of one card below its kicker."""
    assert _blocks(_email(built, BULLETIN)) == [
        "<h1>Practice bulletin</h1>",
        "<p>January 2025</p>",
        "<h2>Child safeguarding incidents</h2>",
        '<img src="https://example.org/a.png" alt="A stack of reports" width="168">',
        "<p>News</p>",
        "<p>Source: NSPCC Learning<br>Date published: 06 January 2025</p>",
        "<p>What does the report say?</p>",
        "<p>A second paragraph.</p>",
        '<p><strong>Read the briefing:</strong> <a href="https://example.org/b">'
        "NSPCC Learning</a></p>",
        '<p><strong>Read the report:</strong> <a href="https://example.org/r">The Panel</a></p>',
        "<p>Report</p>",
        "<p>Source: The Panel<br>Date published: 12 December 2024</p>",
        "<p>The second card of one heading.</p>",
        "<p>\u00a0</p>",
        "<p>Video</p>",
        "<h2>Online</h2>",
        "<p>No source and no date.</p>",
    ]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ("source: NSPCC", "<p>Source: NSPCC</p>"),
        ("date: 2024-04", "<p>Date published: April 2024</p>"),
        ("source: NSPCC, date: 2024", "<p>Source: NSPCC<br>Date published: 2024</p>"),
    ],
)
def test_a_card_breaks_the_line_only_between_source_and_date(
    facts: str, line: str, built: Build
) -> None:
    email = _email(
        built, f"title: T\ndate: 2024\nlayout: bulletin\nentries: [{{text: a, {facts}}}]\n"
    )
    assert line in _blocks(email)


# --- recap --------------------------------------------------------------------------------------

RECAP = """\
title: The week
date: 2023-05-18
layout: recap
intro: |
  What happened this week?

  Read on.
sections:
  - title: Weaknesses left care ill-prepared
    entries:
      - image:
          src: https://example.org/a.png
          alt: A respirator mask
          caption: Too little equipment
          credit: A. Person
        text: |
          The first paragraph.

          The second one:

          > so much distress
          > and heartbreak
          > — Natasha Curry, Nuffield Trust
        links:
          - {label: Find out more, title: Nuffield Trust, url: "https://example.org/n"}
          - {title: The report, url: "https://example.org/r"}
  - title: Must watch
    entries:
      - title: A film
        image: {src: "https://example.org/b.png", alt: "", credit: B. Person}
        text: It lasts an hour.
        source: BBC
  - entries: [A story without a heading.]
outro: Until next week.
"""


def test_a_recap_is_stories_with_pictures_and_quotations(built: Build) -> None:
    assert _email(built, RECAP).text == (
        """\
Safeguarding Monthly

The week
========

18 May 2023

What happened this week?

Read on.

Weaknesses left care ill-prepared

[A respirator mask] Too little equipment (credit: A. Person)

The first paragraph.

The second one:

> so much distress and heartbreak
> — Natasha Curry, Nuffield Trust

Find out more: Nuffield Trust <https://example.org/n>
The report <https://example.org/r>

* * *

Must watch

A film

(credit: B. Person)

It lasts an hour.

Source: BBC

* * *

A story without a heading.

Until next week.

"""
        + FOOTER
    )


def test_the_html_of_a_recap_has_large_pictures_and_quotations(built: Build) -> None:
    assert _blocks(_email(built, RECAP)) == [
        "<h1>The week</h1>",
        "<p>18 May 2023</p>",
        "<p>What happened this week?</p>",
        "<p>Read on.</p>",
        "<h2>Weaknesses left care ill-prepared</h2>",
        '<img src="https://example.org/a.png" alt="A respirator mask" width="536">',
        "<p>Too little equipment (credit: A. Person)</p>",
        "<p>The first paragraph.</p>",
        "<p>The second one:</p>",
        '<div role="blockquote">',
        "<p>so much distress\nand heartbreak<br>\n— Natasha Curry, Nuffield Trust</p>",
        '<p><strong>Find out more:</strong> <a href="https://example.org/n">Nuffield Trust</a></p>',
        '<p><a href="https://example.org/r">The report</a></p>',
        "<p>\u00a0</p>",
        "<h2>Must watch</h2>",
        "<h3>A film</h3>",
        '<img src="https://example.org/b.png" alt="" width="536">',
        "<p>(credit: B. Person)</p>",
        "<p>It lasts an hour.</p>",
        "<p><strong>Source:</strong> BBC</p>",
        "<p>\u00a0</p>",
        "<p>A story without a heading.</p>",
        "<p>Until next week.</p>",
    ]


# --- any issue in any layout --------------------------------------------------------------------

TITLE = "“One ‘two “three” four’ …” – it’s… “done”"


@EACH
def test_titles_keep_their_quotation_marks_byte_for_byte(layout: str, built: Build) -> None:
    email = _email(
        built,
        f"""\
        title: {TITLE}
        date: 2024
        layout: {layout}
        sections:
          - title: {TITLE}
            subtitle: {TITLE}
            entries:
              - {{title: "{TITLE}", text: "{TITLE}", source: "{TITLE}"}}
        """,
    )
    assert email.subject == f"{TITLE}, 2024"
    assert email.text.count(TITLE) == 6
    assert email.html.split("<body")[1].count(TITLE) == 6 + 2  # and the page's name, the preheader


Style = Literal["short", "quoted", "long"]
LANGUAGES = ["en-GB", "fr", "ar"]
MANNERS = ["after", "references", "markdown"]


class _Writer:
    """Writes an issue of parts that are drawn, and keeps every phrase that it typed."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.typed: list[str] = []
        self.alts: list[str] = []
        self.language = str(draw(st.sampled_from(LANGUAGES)))

    def maybe(self) -> bool:
        return bool(self.draw(st.booleans()))

    def line(self, field: str) -> str:
        """A text of one line, with a word in it that stands nowhere else."""
        word = f"{field}{len(self.typed)}"
        style: Style = self.draw(st.sampled_from(["short", "quoted", "long"]))
        style = "quoted" if field == "number" else style
        phrase = {
            "short": word,
            "quoted": f"“{word} ‘says “so”’ …”",
            "long": " ".join([word, *["and so on"] * 12, "end"]),
        }[style]
        self.typed.append(phrase)
        return phrase

    def markdown(self) -> str:
        word = f"text{len(self.typed)}"
        self.typed.append(word)
        style: Style = self.draw(st.sampled_from(["short", "quoted", "long"]))
        return {
            "short": f"{word}.",
            "quoted": f"> {word} was said\n> — by somebody\n\n- one [link](https://example.org/)\n"
            "- two\n\n1. three",
            "long": f"{word} " + "and so on " * 12 + "\n\nA second [one](mailto:a@example.org).",
        }[style]

    def date(self) -> str:
        date = PartialDate(self.draw(st.sampled_from(["2024", "2023-04", "2022-05-06"])))
        self.typed.append(date.format("", self.language))
        return date

    def link(self) -> dict[str, str]:
        names: tuple[str, ...] = self.draw(
            st.sampled_from([("label",), ("title",), ("label", "title")])
        )
        address = self.draw(
            st.sampled_from(["https://example.org/a", f"https://example.org/{'a' * 80}"])
        )
        return {"url": address} | {name: self.line(name) for name in names}

    def image(self) -> dict[str, str]:
        image = {"src": "https://example.org/a.png", "alt": ""}
        if self.maybe():
            image["alt"] = self.line("alt")
            self.alts.append(image["alt"])
        return image | {name: self.line(name) for name in ("caption", "credit") if self.maybe()}

    def entry(self) -> dict[str, Any] | str:
        if self.maybe():
            return self.markdown()
        made: dict[str, Any] = {
            name: self.line(name) for name in ("title", "source", "kind") if self.maybe()
        }
        for name, write in (
            ("date", self.date),
            ("image", self.image),
            ("closes", self.date),
            ("text", self.markdown),
        ):
            if self.maybe():
                made[name] = write()
        if self.maybe():
            made["links"] = [self.link() for _ in range(self.draw(st.integers(1, 2)))]
        if not {"title", "text", "image", "links"} & made.keys():
            made["text"] = self.markdown()
        return made

    def entries(self) -> list[dict[str, Any] | str]:
        return [self.entry() for _ in range(self.draw(st.integers(1, 3)))]

    def section(self) -> dict[str, Any]:
        heads = {name: self.line(name) for name in ("title", "subtitle") if self.maybe()}
        return heads | {"entries": self.entries()}

    def issue(self, layout: str) -> dict[str, Any]:
        made: dict[str, Any] = {"title": self.line("issue"), "date": self.date(), "layout": layout}
        made["language"] = self.language
        made |= {name: self.line(name) for name in ("number",) if self.maybe()}
        made |= {name: self.markdown() for name in ("intro", "outro") if self.maybe()}
        if self.maybe():
            made["lead"] = self.section()
        if self.maybe():
            made["sections"] = [self.section() for _ in range(self.draw(st.integers(1, 3)))]
            if self.maybe():
                made["sections"].append({"title": "nobody sees this", "entries": []})
        else:
            made["entries"] = self.entries()
        return made


@st.composite
def _issues(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[_Writer, dict[str, Any]]:
    writer = _Writer(draw)
    return writer, writer.issue("")


few = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)


def _of(issue: dict[str, Any], manner: str) -> Email:
    text = f"text_links: {manner}\nsender: Sender\nlinks: {{unsubscribe: https://example.org/u}}\n"
    shared, problems = load(parse(text, "newsletter.yaml"), Settings)
    assert shared, problems
    with TemporaryDirectory() as name:
        path = Path(name) / "one.yaml"
        path.write_text(json.dumps(issue))
        result = build(path, Project(Path(name), shared, TEMPLATES))
    assert result.email, result.problems
    return result.email


def _seen(page: str) -> str:
    return " ".join(str(lxml_html.document_fromstring(page).find("body").text_content()).split())


@EACH
@few
@given(made=_issues(), manner=st.sampled_from(MANNERS))
def test_any_issue_has_all_its_words_and_no_empty_piece(
    layout: str, made: tuple[_Writer, dict[str, Any]], manner: str
) -> None:
    writer, issue = made
    email = _of(issue | {"layout": layout}, manner)
    seen, text = _seen(email.html), " ".join(email.text.split())
    images = lxml_html.document_fromstring(email.html).iter("img")
    alts = [" ".join(str(image.get("alt")).split()) for image in images]
    shown = [phrase for phrase in writer.typed if phrase not in writer.alts]
    assert [phrase for phrase in shown if phrase not in seen] == []
    assert [phrase for phrase in writer.typed if phrase not in text] == []
    assert sorted(alt for alt in alts if alt) == sorted(writer.alts)
    assert "nobody sees this" not in seen + text
    assert _empty(email.html) == []
    assert _faults_of(email.text) == []
    for rest in ("<mj-", "[[", "{{", "{%", "None"):
        assert rest not in email.html + email.text


_WITH_WORDS = ("h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "span", "a")


def _empty(page: str) -> list[str]:
    """Elements that should have words and have none, or nothing but a label or a joint."""
    found = []
    document = lxml_html.document_fromstring(page)
    for element in (*document.iter(*_WITH_WORDS), *document.xpath("//*[@role='blockquote']")):
        words = str(element.text_content()).replace("\xa0", " ").strip()
        divider = "border-top:1px" in (element.get("style") or "") and element.tag == "p"
        anchor = element.tag == "a" and element.get("href") is None
        if divider or anchor:
            continue
        label = element.tag in ("strong", "span")
        if not words or words in ("()", "·") or (words.endswith((":", "(")) and not label):
            found.append(lxml_html.tostring(element, encoding="unicode"))
    return found


def _faults_of(text: str) -> list[str]:
    """Lines that are too long or end in white space, labels without words, blank lines too many."""
    found = [line for line in text.split("\n") if line != line.rstrip()]
    found += re.findall(r"\n\n\n.*|^\n.*", text)
    paragraphs = [" ".join(lines.split()) for lines in text.split("\n\n")]
    stray = re.compile(r"[:(·]$|^·|\(\)|\[\]|: \w+:( |$)|· ·|^> — *$|^\* \* \* \*")
    found += [paragraph for paragraph in paragraphs if stray.search(paragraph)]
    for line in text.split("\n"):
        words = re.sub(r"^(> |- |\d+\. |\[\d+\] )+", "", line).split()
        if len(line) > 72 and len(words) > 1:
            found.append(line)
    assert text.endswith("\n")
    return found


def test_the_line_of_date_and_number_is_wrapped_like_every_other(built: Build) -> None:
    number = "12, the issue of the summer, with a supplement on what happens in the holidays"
    email = _email(built, f"title: T\ndate: 2024\nnumber: {number}\nentries: [a]\n")
    assert _faults_of(email.text) == []


EVERYTHING = """\
title: T
date: 2024-04-03
layout: {layout}
lead: {{title: Lead, subtitle: Display, entries: [Words of the lead.]}}
sections:
  - title: S
    subtitle: D
    entries:
      - {{title: H, kind: K, source: P, date: 2024, text: W, closes: 2024-05}}
      - {{links: [{{label: L, url: "https://example.org/"}}]}}
"""


@EACH
def test_headings_go_down_by_one_level_at_a_time(layout: str, built: Build) -> None:
    for issue in (
        EVERYTHING.format(layout=layout),
        f"title: T\ndate: 2024\nlayout: {layout}\nentries: [{{title: A}}, {{title: B}}]\n",
    ):
        email = built(issue).email
        assert email
        levels = [int(level) for level in re.findall(r"<h([1-6])", email.html)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert levels.count(1) == 1


# --- settings of one issue ----------------------------------------------------------------------

ISSUE = "title: T\ndate: 2024-04-03\n{}entries: [a]\n"
MORE = "contact: us@example.org\nsupport: [{name: Childline, phone: 0800 1111}]\n"


def test_settings_of_an_issue_stand_in_for_those_that_it_gives_and_no_others(
    built: Build,
) -> None:
    own = "settings:\n  publication: Other\n  date_format: '%Y/%m'\n  reason:\n  support: []\n"
    assert _email(built, ISSUE.format(own), more=MORE).text == (
        "Other\n\nT\n=\n\n2024/04\n\na\n\n"
        + FOOTER.replace("Unsubscribe", "Questions and suggestions: us@example.org\nUnsubscribe")
    )


@pytest.mark.parametrize("own", ["", "settings:\n", "settings: {}\n", "settings:\n  order:\n"])
def test_settings_of_an_issue_that_say_nothing_change_nothing(own: str, built: Build) -> None:
    plain = _email(built, ISSUE.format(""), more=MORE)
    email = _email(built, ISSUE.format(own), more=MORE)
    assert (email.subject, email.text, email.html) == (plain.subject, plain.text, plain.html)


@pytest.mark.parametrize(
    "key",
    ["theme", "language", "links", "output", "address", "privacy", "sender_email", "platform"],
)
def test_what_all_issues_share_cannot_be_otherwise_in_one(key: str, built: Build) -> None:
    result = built(ISSUE.format(f"settings:\n  order: as-written\n  {key}: x\n"))
    assert [(p.mark, p.code, p.message, p.hint) for p in result.problems] == [
        (
            (5, 3),
            "unknown-field",
            f"'settings' in an issue has no '{key}'",
            "write it at the top of the issue, not under 'settings'"
            if key in ("theme", "language")
            else "'settings' in an issue can have: publication, sender, reason, contact, support, "
            "support_title, order, date_format, text_links, contents, images_url, brand, rules",
        )
    ]


NEXT = """\
# yaml-language-server: $schema=../.newsletter/issue.schema.json
# Begun from one.yaml. Lines that begin with # are notes and never shown.
title: T
date: 2024-05
layout: roundup
# The words that inboxes show after the subject, 40 to 90 characters.
preheader:
{}
entries:
  # - |
  #   What it says, with a [link](https://example.org/) inside the sentence.
"""


def _next(folder: Path, own: str) -> str:
    """What `newsletter new` makes of an issue with the settings `own`."""
    return _after(folder, ISSUE.format(own))


def _after(folder: Path, issue: str) -> str:
    """What `newsletter new` makes of `issue`; it lacks nothing but entries."""
    (folder / "issues" / "one.yaml").write_text(issue)
    result = CliRunner().invoke(newsletter, ["new", "2024-05"], catch_exceptions=False)
    assert result.exit_code == 0
    (made,) = folder.glob("issues/2024-05*.yaml")
    assert [p.code for p in build(made, Project(folder, Settings(), TEMPLATES)).problems] == [
        "empty-issue"
    ]
    return made.read_text("utf-8")


@pytest.mark.parametrize(
    "block",
    [
        "settings: {order: alphabetical}  # as always\n",
        dedent("""\
            settings:
              # Why it is so.
              order: alphabetical  # since 2020

              reason: >-
                You asked

                for it.
              support:
              - {name: Childline}
              # The last note.
            """),
        "settings:\n# A note at the margin.\n  order: alphabetical\n",
    ],
    ids=["one line", "many lines", "a note at the margin"],
)
def test_the_next_issue_begins_with_the_settings_of_the_last_and_their_notes(
    block: str, folder: Path
) -> None:
    assert _next(folder, block) == NEXT.format("\n" + block)


def test_the_next_issue_has_no_settings_when_the_last_has_none(folder: Path) -> None:
    assert _next(folder, "") == NEXT.format("")


def test_a_note_below_the_settings_belongs_to_what_follows_it(folder: Path) -> None:
    block = "settings:\n  order: alphabetical\n"
    note = "\n# What April was about.\n"
    assert _next(folder, block + note) == NEXT.format("\n" + block)


@pytest.mark.parametrize(
    "block",
    ["settings: {\n  order: alphabetical\n}\n", "'settings': {order: alphabetical}\n"],
    ids=["a bracket at the margin", "a key in quotes"],
)
def test_settings_written_in_yet_another_way_are_carried_over_too(block: str, folder: Path) -> None:
    assert "order: alphabetical" in _next(folder, block)


@pytest.mark.parametrize(
    "issue",
    [
        '{"title": "T", "date": "2024", "settings": {"order": "alphabetical"}, "entries": ["a"]}',
        '{"title": "T",\n "settings": {"order": "alphabetical"},\n "date": "2024", "entries": []}',
        "---\ntitle: T\ndate: 2024\nsettings:\n  order: alphabetical\n...\n",
    ],
    ids=["JSON", "JSON in lines", "YAML with its marks"],
)
def test_what_follows_an_issue_in_another_form_can_be_read(issue: str, folder: Path) -> None:
    assert _after(folder, issue).startswith("# yaml-language-server")
