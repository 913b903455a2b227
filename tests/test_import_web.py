"""Pages and newsletters that were saved as HTML."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import importers
from newsletter.importers import Given, web
from newsletter.intake import decode, html
from newsletter.intake.blocks import NOWHERE, Block, Picture, Span, words_of
from newsletter.intake.draft import DraftEntry, DraftSection, Left, Log
from newsletter.problems import NewsletterError
from newsletter.values import Language
from tests.importing import lost, taken, unlinked

ENGLISH = Language("en-GB")
BASE = "https://news.example.org/2024/issue"


def blocks(markup: str, base: str = BASE) -> tuple[Block, ...]:
    return html.read(markup, Log(), base).blocks


def left(markup: str) -> list[Left]:
    log = Log()
    html.read(markup, log, BASE)
    return log.left


def heading(words: str, level: int) -> Block:
    return Block("heading", (Span(words),), level)


def paragraph(*spans: Span | str) -> Block:
    return Block("paragraph", tuple(Span(one) if isinstance(one, str) else one for one in spans))


def item(words: str, level: int = 1) -> Block:
    return Block("item", (Span(words),), level)


# --- what is read --------------------------------------------------------------------------------


def test_headings_paragraphs_lists_and_quotations_are_blocks() -> None:
    markup = """
        <h1>Neglect</h1> <h3>New <i>in</i> March</h3>
        <p>A report
           counts cases.</p> <div>Bare words</div>
        <ul><li>One<ol><li>First</li><li>Second</li></ol></li><li><p>Two</p><p>goes on</p></li></ul>
        <blockquote><p>Said one.</p><p>Said two.</p></blockquote><hr>
        <pre>line one
line two</pre>"""
    assert blocks(markup) == (
        heading("Neglect", 1),
        Block("heading", (Span("New "), Span("in", emphasis=True), Span(" March")), 3),
        paragraph("A report counts cases."),
        paragraph("Bare words"),
        item("One"),
        item("First", 2),
        item("Second", 2),
        item("Two\ngoes on"),
        Block("quotation", (Span("Said one."),)),
        Block("quotation", (Span("Said two."),)),
        Block("divider"),
        paragraph("line one\nline two"),
    )


def test_a_line_that_ends_stays_one_and_two_of_them_end_a_paragraph() -> None:
    assert blocks("<td>One<br>two <br> <br>three<br></td>") == (
        paragraph("One\ntwo"),
        paragraph("three"),
    )


def test_bold_and_slanted_words_are_known_by_tag_and_by_style() -> None:
    markup = """<p>a <b>b</b> <span style="font-weight: 700">c</span> <em>d</em>
        <b style="font-weight:normal">e</b> <span style="font-style:italic">f</span></p>"""
    (block,) = blocks(markup)
    assert [(s.words.strip(), s.strong, s.emphasis) for s in block.spans if s.words.strip()] == [
        ("a", False, False),
        ("b", True, False),
        ("c", True, False),
        ("d", False, True),
        ("e", False, False),
        ("f", False, True),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>Online harm</b></p>",
        "<td><span style='font-weight:bold'>Online harm</span></td>",
        "<p style='font-size:24px'>Online harm</p>",
        "<p><font size=5>Online harm</font></p>",
    ],
)
def test_a_short_paragraph_that_is_all_bold_or_large_looks_like_a_heading(markup: str) -> None:
    (block,) = blocks(markup)
    assert (block.kind, block.level, block.words) == ("heading", 0, "Online harm")


@pytest.mark.parametrize(
    "markup",
    ["<p><b>The panel has published its report.</b></p>", "<p><b>Read the report:</b></p>"],
)
def test_a_bold_sentence_and_a_bold_label_are_none(markup: str) -> None:
    assert [block.kind for block in blocks(markup)] == ["paragraph"]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://example.org/a?b=1&amp;utm_source=x", "https://example.org/a?b=1&utm_source=x"),
        ("/a", "https://news.example.org/a"),
        ("b", "https://news.example.org/2024/b"),
        ("//example.org/c", "https://example.org/c"),
        ("mailto:post@example.org", "mailto:post@example.org"),
        ("", NOWHERE),
        ("#", NOWHERE),
        ("#notes", NOWHERE),
        ("javascript:void(0)", NOWHERE),
        (" JavaScript:void(0)", NOWHERE),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_link_has_its_whole_address_or_none(href: str, url: str) -> None:
    assert blocks(f'<p>See <a href="{href}"> the report </a>today.</p>') == (
        paragraph("See ", Span("the report", url), " today."),
    )


def test_addresses_are_parts_of_the_page_s_own_where_no_other_is_known() -> None:
    head = '<head><link rel="canonical" href="https://example.org/x/y"></head>'
    below = '<head><base href="https://example.org/z/"></head>'
    link = '<p>A <a href="b">b</a></p>'
    urls = [blocks(page + link, "")[0].links[0].url for page in (head, below, "")]
    assert urls == ["https://example.org/x/b", "https://example.org/z/b", NOWHERE]


def test_a_link_around_blocks_is_that_of_their_words() -> None:
    assert blocks('<a href="/a"><h2>Title</h2><p>Words</p></a>') == (
        Block("heading", (Span("Title", "https://news.example.org/a"),), 2),
        paragraph(Span("Words", "https://news.example.org/a")),
    )


def test_a_picture_has_its_address_caption_and_credit_and_breaks_no_sentence() -> None:
    markup = """<figure><a href="/big"><img src="/a.jpg" alt="A  playground"></a>
        <figcaption>After school (credit: J Roe / Example News)</figcaption></figure>
        <p>One <img src="b.png" alt="chart"> two.</p>
        <img src="data:image/gif;base64,R0lGOD" data-src="c.jpg" alt="">"""
    root = "https://news.example.org"
    assert blocks(markup) == (
        Block(
            "picture",
            (Span("A playground", f"{root}/big"),),
            picture=Picture(
                f"{root}/a.jpg", "A playground", "J Roe / Example News", "After school"
            ),
        ),
        paragraph("One two."),
        Block("picture", picture=Picture(f"{root}/2024/b.png", "chart")),
        Block("picture", picture=Picture(f"{root}/2024/c.jpg")),
    )


def test_elements_that_hold_nothing_hold_nothing_of_what_follows_them() -> None:
    markup = """<p>One <picture><source srcset="a.webp"><source srcset="a.png">
        <img src="/a.jpg" alt="A playground"></picture> two<wbr>fold.</p>
        <embed src="b"><p>Three.</p>
        <video><source src="c.mp4"><track src="c.vtt">Get a newer browser.</video>
        <p>Four.</p>"""
    log = Log()
    assert html.read(markup, log, BASE).blocks == (
        paragraph("One twofold."),
        Block("picture", picture=Picture("https://news.example.org/a.jpg", "A playground")),
        paragraph("Three."),
        paragraph("Four."),
    )
    assert log.left == [
        Left("Get a newer browser.", "only for browsers that play no films or sounds")
    ]


def test_the_address_that_a_caption_links_to_is_told() -> None:
    log = Log()
    caption = "<figcaption>By <a href='/roe'>J Roe</a></figcaption>"
    page = html.read(f"<figure><img src=/a.jpg>{caption}</figure>", log, BASE)
    picture = Picture("https://news.example.org/a.jpg", caption="By J Roe")
    assert page.blocks == (Block("picture", picture=picture),)
    assert log.left == [
        Left("https://news.example.org/roe", "a link of a caption, which is words only")
    ]


def test_layout_tables_to_any_depth_are_the_blocks_of_their_cells() -> None:
    inner = "<h2>Missing children</h2><p>A report.</p>"
    for _ in range(30):
        inner = f"<table role='presentation'><tr><td>{inner}</td></tr></table>"
    row = "<table><tr><td><img src='a.png' alt=''></td><td><p>Beside it.</p></td></tr></table>"
    assert [(b.kind, b.words) for b in blocks(inner + row)] == [
        ("heading", "Missing children"),
        ("paragraph", "A report."),
        ("picture", ""),
        ("paragraph", "Beside it."),
    ]


def test_a_table_of_data_is_a_list_of_its_rows() -> None:
    markup = """<table><tr><th>Year</th><th>Cases</th><th>Change</th></tr>
        <tr><td>2022</td><td><a href="/c">410</a></td><td>up</td></tr></table>
        <table><tr><td>Monday</td><td>Talk</td></tr><tr><td>Friday</td><td>Forum</td></tr></table>"""
    assert blocks(markup) == (
        item("Year: Cases; Change"),
        Block("item", (Span("2022: "), Span("410", "https://news.example.org/c"), Span("; up")), 1),
        item("Monday: Talk"),
        item("Friday: Forum"),
    )


def test_a_page_has_the_title_and_language_that_its_head_says() -> None:
    page = html.read("<html lang='cy'><title> Plant \n ar goll</title><p>Geiriau</p>", Log())
    assert page == html.Page((paragraph("Geiriau"),), "Plant ar goll", "cy")


# --- what is left out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "words", "why"),
    [
        ("<div style='display: none !important'>w</div>", "w", "hidden"),
        ("<span style='mso-hide:all'>w</span>", "w", "hidden"),
        ("<div style='max-height:0px;overflow:hidden'>w</div>", "w", "hidden"),
        ("<p hidden>w</p>", "w", "hidden"),
        ("<div aria-hidden=true>w</div>", "w", "hidden from screen readers"),
        ("<nav><ul><li>Home</li><li>News</li></ul></nav>", "Home News", "a menu"),
        ("<header><b>Site</b></header>", "Site", "the head of the page"),
        ("<footer>Charity 1</footer>", "Charity 1", "the foot of the page"),
        ("<aside>Most read</aside>", "Most read", "beside the article"),
        ("<form>Email <input><button>Go</button></form>", "Email Go", "a form or a button"),
        ("<div id=cookie-banner>We use cookies</div>", "We use cookies", "about cookies"),
        ("<noscript>Switch it on</noscript>", "Switch it on", "only for readers without scripts"),
        ("<a href='#main'>Skip to content</a>", "Skip to content", "a link within the page"),
        (
            "<a href='https://x.example.org/v'>View this email in your browser</a>",
            "View this email in your browser",
            "a link to the email on the web",
        ),
        (
            "<p>Email not displaying correctly? <a href='/v'>View it online</a></p>",
            "Email not displaying correctly? View it online",
            "a link to the email on the web",
        ),
        (
            "<p>You get this as a member. <a href='/u'>Unsubscribe</a> at any time.</p>",
            "You get this as a member. Unsubscribe at any time.",
            "about unsubscribing",
        ),
        (
            "<p><a href='/p'>Update your preferences</a> | <a href='/u'>unsubscribe</a></p>",
            "Update your preferences | unsubscribe",
            "about unsubscribing",
        ),
        (
            "<p>Was this email forwarded to you? Sign up here</p>",
            "Was this email forwarded to you? Sign up here",
            "about forwarding the email",
        ),
        (
            "<a href='https://www.facebook.com/example'><img src=f.png alt=Facebook></a>",
            "Facebook",
            "a link to a social network",
        ),
        (
            "<p>Follow us on <a href='https://x.com/e'>X</a>, "
            "<a href='https://www.linkedin.com/company/e'>LinkedIn</a></p>",
            "Follow us on X, LinkedIn",
            "links to social networks",
        ),
        (
            "<div class='social-share'><a href='/s'>Share</a></div>",
            "Share",
            "buttons for sharing",
        ),
        ("<ul><li><a href='#a'>Missing</a></li></ul>", "Missing", "a link within the page"),
    ],
)
def test_what_is_about_the_page_is_left_out_with_its_words(
    markup: str, words: str, why: str
) -> None:
    log = Log()
    page = html.read(f"<p>Before.</p>{markup}<p>After.</p>", log, BASE)
    assert (page.blocks, log.left) == (
        (paragraph("Before."), paragraph("After.")),
        [Left(words, why)],
    )


@pytest.mark.parametrize(
    "words",
    [
        "The review asks how children can unsubscribe from groups that frighten them.",
        "Parents can view harmful posts in the browser history of a phone.",
        "Follow us as we visit three schools.",
        "Cookies were served at the forum on neglect.",
        "|",
    ],
)
def test_sentences_that_sound_like_it_are_kept(words: str) -> None:
    log = Log()
    assert html.read(f"<p>{words}</p>", log).blocks == (paragraph(words),)
    assert log.left == []


def test_a_line_of_a_paragraph_is_left_out_alone() -> None:
    assert blocks("<td>Safe News<br><a href='/v'>View online</a><br>May 2024</td>") == (
        paragraph("Safe News\nMay 2024"),
    )


def test_counters_and_spacers_are_no_pictures() -> None:
    markup = """<p>Words</p><img src="https://t.example.org/a.gif" width="1" height="1">
        <img src="s.gif" style="height: 2px; width:600px" alt=""><img src="/wf/open?u=1" alt="">
        <img alt="nothing">"""
    assert blocks(markup) == (paragraph("Words"),)


def test_of_a_web_page_the_article_is_read_and_the_rest_is_told() -> None:
    markup = """<body>Top<div class=menu>Home</div><main><header><h1>Title</h1></header>
        <p>Words.</p></main> tail <div>Related</div><script>no()</script></body>"""
    log = Log()
    page = html.read(markup, log)
    assert page.blocks == (heading("Title", 1), paragraph("Words."))
    assert log.left == [
        Left(words, "outside the article") for words in ("Top", "Home", "tail", "Related")
    ]


def test_an_article_that_a_script_would_fill_is_not_the_page() -> None:
    words = "The panel counts more cases than before. " * 60
    assert blocks(f"<main>Loading</main><div><p>{words}</p></div>")[-1].words == words.strip()


# --- nothing is lost -----------------------------------------------------------------------------


class _Reading(HTMLParser):
    """Every word between tags and every description of a picture, by another parser."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.words += re.findall(r"w\d+z", dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += re.findall(r"w\d+z", data)


def said(markup: str) -> Counter[str]:
    reading = _Reading()
    reading.feed(markup)
    reading.close()
    return Counter(reading.words)


def told(page: html.Page, log: Log) -> Counter[str]:
    """The words of a page's blocks, and those that were left out."""
    texts = [words_of(block.spans) for block in page.blocks if not block.picture]
    pictures = [block.picture for block in page.blocks if block.picture]
    texts += [f"{one.alt} {one.credit} {one.caption}" for one in pictures]
    texts += [one.words for one in log.left]
    return Counter(word for text in texts for word in re.findall(r"w\d+z", text))


TAGS = [
    "p", "div", "span", "b", "em", "a", "h1", "h2", "ul", "ol", "li", "table", "tr", "td", "th",
    "blockquote", "figure", "figcaption", "header", "footer", "nav", "aside", "main", "article",
    "section", "form", "button", "label", "pre", "dl", "dt", "dd", "center", "font", "noscript",
    "script", "style", "caption", "select", "option", "svg", "iframe", "picture", "video", "audio",
]  # fmt: skip
# Each with a word of its own for {}.
EMPTY = [
    "<hr>", "<!-- no -->", "<wbr>", "<source srcset=a.webp>", "<track src=a.vtt>", "<embed src=a>",
    "<img src=a.jpg alt={}>", "<img alt={}>", "<img src=a.gif width=1 alt={}>",
    "<picture><source srcset=a.webp><img src=a.jpg alt={}></picture>",
    "<figure><img src=a.jpg alt={}><figcaption>Photo: {}</figcaption></figure>",
    "<video><source src=a.mp4>{}</video>", "<a href='/l/{}'>{}</a>",
    "<a href='/l/{}'><img src=a.jpg alt={}></a>", "<p>See <a href='/l/{}'>{}</a> and more.</p>",
]  # fmt: skip
MARKS = [
    "", "", "", ' style="display:none"', ' hidden', ' aria-hidden="true"', ' class="social"',
    ' href="#a"', ' href="https://example.org/a"', ' role="presentation"', ' class="wp-caption"',
    ' style="font-weight:bold;font-size:30px"', ' class="sr-only"', ' role="main"', ' size="6"',
    ' class="wp-caption-text"', ' type="cite"', ' class="gmail_quote"', ' style="white-space:pre"',
]  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """HTML of any elements in each other, not all of it closed."""
    number = 0

    def some(depth: int) -> str:
        nonlocal number
        parts = []
        for _ in range(draw(st.integers(1, 3))):
            kind = draw(st.integers(0, 3 if depth else 0))
            if kind == 0:
                number += 1
                parts.append(f" w{number}z{draw(st.sampled_from(['', '.', '<br>', '<br><br>']))}")
            elif kind == 1:
                number += 1
                parts.append(" " + draw(st.sampled_from(EMPTY)).replace("{}", f"w{number}z"))
            else:
                tag, mark = draw(st.sampled_from(TAGS)), draw(st.sampled_from(MARKS))
                end = "" if draw(st.integers(0, 9)) == 0 and tag in TAGS[:12] else f"</{tag}>"
                inner = some(depth - 1)
                if tag in ("script", "style", "iframe", "option", "select"):
                    inner = " "
                parts.append(f"<{tag}{mark}>{inner}{end}")
        return "".join(parts)

    return some(5)


@settings(deadline=None, max_examples=250)
@given(pages())
def test_each_word_of_a_page_is_in_its_blocks_or_told(markup: str) -> None:
    log = Log()
    page = html.read(markup, log, BASE)
    assert told(page, log) == said(markup)


@settings(deadline=None, max_examples=120)
@given(pages())
def test_each_word_and_address_of_a_page_is_in_its_issue_or_told(markup: str) -> None:
    try:
        page = taken("page.html", markup.encode(), "web", address=BASE)
    except NewsletterError:
        return  # there is nothing in it
    assert not lost(" ".join(said(markup).elements()), page.draft, page.log)
    assert unlinked(re.findall(r"/l/(w\d+z)", markup), page) == []


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="<>/ab\"'=!-&;#0 \n[]?p", max_size=60))
def test_any_text_can_be_read_as_a_page(markup: str) -> None:
    html.read(markup, Log(), BASE)


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["div", "b", "table", "a"])
def test_a_page_nested_without_end_is_read_all_the_same(tag: str) -> None:
    number = 4_500
    log = Log()
    page = html.read("".join(f"<{tag}> w{at}z" for at in range(number)), log)
    assert sum(told(page, log).values()) == number


@pytest.mark.parametrize(
    ("markup", "number"),
    [
        ("<a href=/a>" + "<span class=sr-only>w1z</span>" * 20_000 + "</a>", 20_000),
        ("<a href=/a>" + "<span class=sr-only></span>" * 20_000 + "w1z</a>", 1),
        ("<table>" + ("<tr><th>" + "<td>w1z" * 15_000) * 2 + "</table>", 30_000),
        ("<figure>" + "<figcaption>w1z</figcaption><figure></figure>" * 4_900, 4_900),
        ("<p>" + "w1z<wbr>" * 20_000, 20_000),
        ("<div>" * 300 + "w1z<" + "a" * 100_000, 1),
    ],
    ids=["hidden", "empty", "cells", "captions", "breaks", "deep"],
)
def test_a_page_of_one_thing_over_and_over_is_read_in_no_time(markup: str, number: int) -> None:
    log = Log()
    page = html.read(markup, log)
    words = [*(block.words for block in page.blocks), *(left.words for left in log.left)]
    assert sum(one.count("w1z") for one in words) == number


@pytest.mark.parametrize(
    "markup",
    ["<b>" * 7_000_000, "<p>" + "x" * 12_000_000, "<br>x" * 300_000, "<p>x" * 6_000],
    ids=len,
)
def test_a_page_that_is_larger_than_any_newsletter_is_refused(markup: str) -> None:
    with pytest.raises(NewsletterError, match="larger than the page of any newsletter"):
        html.read(markup, Log())


@pytest.mark.parametrize("markup", ["", " \n", "<", "<!-- only", "<html></html>", "\0"])
def test_of_nothing_there_are_no_words(markup: str) -> None:
    assert [block.words.strip("<\ufffd") for block in html.read(markup, Log()).blocks] in ([], [""])


def refused(raw: bytes) -> str:
    with pytest.raises(NewsletterError) as caught:
        web.read(Given("page.html", raw, ENGLISH), Log())
    (problem,) = caught.value.problems
    assert problem.path == "page.html"
    return problem.message


def test_files_of_programs_and_empty_pages_are_refused_by_name() -> None:
    assert [
        refused(raw)
        for raw in (
            b"%PDF-1.7 ...",
            b"PK\x03\x04...",
            bytes(range(256)) * 40,
            b"<html><body><script>draw()</script></body></html>",
        )
    ] == [
        "this is a PDF, and no text",
        "this is a ZIP file, or a document of an office program, and no text",
        "this is no text, but a program's own data",
        "there are no words in this page",
    ]


# --- letters -------------------------------------------------------------------------------------

SAID = "“Plant ar goll” – £5,000 a’r ysgol; Zoë’s café"


@pytest.mark.parametrize(
    ("raw", "declared", "noticed"),
    [
        (SAID.encode(), "", []),
        (SAID.encode("utf-8-sig"), "iso-8859-1", []),
        (SAID.encode("utf-16"), "", []),
        (SAID.encode("utf-32"), "utf-8", []),
        (SAID.encode("cp1252"), "windows-1252", []),
        (SAID.encode("cp1252"), "ISO-8859-1", []),
        (SAID.encode("utf-8"), "utf-8", []),
        (SAID.encode(), "no-such-thing", ["it says that it is no-such-thing, but it is UTF-8"]),
        (SAID.encode(), "iso-8859-1", ["it says that it is iso-8859-1, but it is UTF-8"]),
        (SAID.encode(), "base64", ["it says that it is base64, but it is UTF-8"]),
        (
            SAID.encode("utf-16-le"),
            "",
            ["it does not say how its letters are saved: it was read as UTF-16-LE"],
        ),
        (
            SAID.encode("cp1252"),
            "utf-8",
            [
                "it does not say truly how its letters are saved: it was read as cp1252, so look "
                "at letters with accents and at quotation marks"
            ],
        ),
    ],
)
def test_letters_are_read_whatever_a_file_says_of_them(
    raw: bytes, declared: str, noticed: list[str]
) -> None:
    log = Log()
    assert (decode.text(raw, log, declared), log.noticed) == (SAID, noticed)


@pytest.mark.parametrize(
    ("content_type", "begin", "name"),
    [
        ("text/html; charset=Windows-1252", b"", "Windows-1252"),
        ("text/html; charset = 'utf-8'", b"<meta charset=koi8-r>", "utf-8"),
        ("text/html; charset=none", b"<meta charset=koi8-r>", "koi8-r"),
        ("text/html; charset=none", b"", "none"),
        ("text/html", b"<p><META content='text/html; charset=big5' http-equiv=x>", "big5"),
        ("", b"<?xml version='1.0' encoding='iso-8859-2'?>", "iso-8859-2"),
        ("", b"<p>charset=utf-8</p>", ""),
    ],
)
def test_a_server_is_asked_for_the_charset_before_the_page(
    content_type: str, begin: bytes, name: str
) -> None:
    assert decode.said(content_type, begin) == name


def test_the_charset_that_a_server_names_is_that_of_the_page() -> None:
    raw = "<p>Министерство опубликовало доклад.</p>".encode("koi8-r")
    draft = web.read(Given("-", raw, ENGLISH, charset="koi8-r"), Log())
    assert [entry.text for entry in draft.entries] == ["Министерство опубликовало доклад."]


def test_a_file_cut_inside_a_letter_loses_that_letter_alone() -> None:
    log = Log()
    raw = ("Zoë’s café – “open”: " * 5).encode() + "ë".encode()[:1]
    assert decode.text(raw, log) == "Zoë’s café – “open”: " * 5 + "\ufffd"
    assert log.noticed == ["1 character is broken in the file, and written as \ufffd"]


def test_a_long_text_in_an_old_charset_is_guessed() -> None:
    words = "Министерство опубликовало доклад о защите детей в интернете и школах. " * 20
    assert decode.text(words.encode("cp1251"), Log()) == words


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "utf-7", "idna", "big5"]))
def test_any_bytes_are_text_or_refused(raw: bytes, declared: str) -> None:
    try:
        decode.text(raw, Log(), declared)
    except NewsletterError as error:
        assert [problem.code for problem in error.problems] == ["format"]


# --- from page to draft --------------------------------------------------------------------------

NEWSLETTER = """<!DOCTYPE html><html lang="en"><head><meta charset="windows-1252">
<title>Safe Schools round-up</title><style>p {color: red}</style></head><body>
<div style="display:none">Three reports</div><table width="100%"><tr><td align="center">
<table width="600"><tr><td><a href="https://mail.example.org/v">View in browser</a></td></tr>
<tr><td><h1>Safe Schools round-up</h1></td></tr>
<tr><td><h2>Neglect</h2><p>The charity\x92s <a href="https://example.org/neglect?utm_source=n">study
of neglect</a> counts cases in \xa3.</p><p>A <a href="https://example.org/b">second
paper</a> agrees.</p><h2>Online safety</h2><p>New <a href="https://example.org/codes">codes
of practice</a> are out.</p>
</td></tr><tr><td>Charity 1234 | <a href="https://mail.example.org/u">Unsubscribe</a></td></tr>
</table></td></tr></table><img src="https://mail.example.org/o.gif" width="1" height="1"></body>"""


def test_a_newsletter_saved_as_html_is_a_draft() -> None:
    log = Log()
    source = Given("n.html", NEWSLETTER.encode("latin-1"), ENGLISH)
    assert importers.recognised(source) == "web"
    draft = web.read(source, log)
    assert (draft.title, draft.language) == ("Safe Schools round-up", "")
    assert draft.sections == (
        DraftSection(
            "Neglect",
            entries=(
                DraftEntry(
                    text="The charity’s [study of neglect](https://example.org/neglect) counts "
                    "cases in £."
                ),
                DraftEntry(text="A [second paper](https://example.org/b) agrees."),
            ),
        ),
        DraftSection(
            "Online safety",
            entries=(
                DraftEntry(text="New [codes of practice](https://example.org/codes) are out."),
            ),
        ),
    )
    assert {one.words: one.why for one in log.left} == {
        "Three reports": "hidden",
        "View in browser": "a link to the email on the web",
        "Charity 1234 | Unsubscribe": "about unsubscribing",
    }


def test_the_address_that_a_heading_links_to_is_in_the_issue_or_told() -> None:
    markup = """<h2>Schools</h2><h3><a href="/advice">Advice</a></h3><p>It is short.</p>
        <h3><a href="/talks">Talks</a></h3><p>They are long.</p>"""
    page = taken("page.html", markup.encode(), address=BASE)
    text = page.files[page.name].decode() + " ".join(left.words for left in page.log.left)
    urls = [f"https://news.example.org/{name}" for name in ("advice", "talks")]
    assert [url for url in urls if text.count(url) != 1] == []


def test_a_page_in_another_language_keeps_it() -> None:
    raw = "<html lang='fr-FR'><h2>Négligence</h2><p>Un <a href='https://e.org/'>rapport</a>."
    assert web.read(Given("n.html", raw.encode(), ENGLISH), Log()).language == "fr"


def test_a_page_is_known_by_its_beginning() -> None:
    sure = {
        text: web.detect(Given("-", text.encode(), ENGLISH))
        for text in (
            "<!-- saved --><!-- so --><!DOCTYPE html><p>",
            "<div><p>a</p></div>",
            "# Title",
            "",
            "<a",
            "<!---->" * 500,
        )
    }
    assert list(sure.values()) == [60, 40, 0, 0, 0, 0]
