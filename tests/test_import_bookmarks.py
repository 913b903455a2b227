"""What becomes of lists of bookmarks and feeds, whoever keeps them."""

import json
import re
from collections import Counter
from html import escape
from types import ModuleType

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from newsletter.importers import Given, bookmarks, opml, pinboard, pocket, raindrop
from newsletter.intake.draft import REWRITE, Draft, DraftEntry, DraftSection, Left, Log
from newsletter.model import Feed
from newsletter.problems import NewsletterError
from newsletter.values import Language, Line, WebAddress

IMPORTERS = (bookmarks, opml, pinboard, pocket, raindrop)


def given(text: str | bytes, name: str = "saved") -> Given:
    raw = text.encode() if isinstance(text, str) else text
    return Given(name, raw, Language("en-GB"))


def read(importer: ModuleType, text: str | bytes) -> tuple[Draft, Log]:
    log = Log()
    draft: Draft = importer.read(given(text), log)
    return draft, log


def told(importer: ModuleType, text: str | bytes) -> str:
    """What an editor is told of a file that cannot be read."""
    log = Log()
    with pytest.raises(NewsletterError) as error:
        if importer is opml:
            opml.feeds(given(text), log)
        else:
            importer.read(given(text), log)
    (problem,) = error.value.problems
    return f"{problem.code}: {problem.message}"


def section(title: str, *texts: str) -> DraftSection:
    return DraftSection(title, entries=tuple(DraftEntry(text=text) for text in texts))


# --- what browsers export ------------------------------------------------------------------------

CHROME = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1700000000" PERSONAL_TOOLBAR_FOLDER="true">Lesezeichenleiste</H3>
    <DL><p>
        <DT><H3 ADD_DATE="1700000000">Neglect &amp; poverty</H3>
        <DL><p>
            <DT><A HREF="https://example.org/neglect?utm_source=x&amp;p=1" ADD_DATE="1700000001"
            ICON="data:image/png;base64,iVBORw0KGgo=">A review of [neglect]</A>
            <DT><A HREF="javascript:(function(){alert('a>b')})()">Send to phone</A>
        </DL><p>
    </DL><p>
    <DT><A HREF="https://example.org/alone" ADD_DATE="1700000002">Standing alone</A>
</DL><p>
"""

FIREFOX = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks Menu</H1>

<DL><p>
    <DT><A HREF="place:sort=8" ADD_DATE="1">Most visited</A>
    <HR>    <DT><H3>Training</H3>
    <DD>For the team
    <DL><p>
        <DT><A HREF="https://example.org/course" TAGS="consent,course">Course on consent</A>
        <DD>Begins in May,<br>ends in June
        <DT><A HREF="https://www.example.org/course/">The same course</A>
    </DL><p>
    <DT><H3>Empty</H3>
    <DL><p>
    </DL><p>
</DL>
"""

SAFARI = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
\t<HTML>
\t<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
\t<Title>Bookmarks</Title>
\t<H1>Bookmarks</H1>
\t<DT><H3 FOLDED>Favourites</H3>
\t<DL><p>
\t\t<DT><A HREF="https://example.org/one">One</A>
\t</DL><p>
\t<DT><H3 FOLDED>Care</H3>
\t<DL><p>
\t\t<DT><A HREF="https://example.org/two">Two</A>
\t</DL><p>
\t</HTML>
"""

USUAL = "a folder that every browser has"
OWN_TITLE = "the browser's own title of the list"


def test_folders_of_chrome_are_sections() -> None:
    draft, log = read(bookmarks, CHROME)
    assert draft.sections == (
        section("", "[Standing alone](https://example.org/alone)"),
        section("Neglect & poverty", "[A review of [neglect]](https://example.org/neglect?p=1)"),
    )
    assert log.left == [
        Left("Bookmarks", OWN_TITLE),
        Left("Bookmarks", OWN_TITLE),
        Left("Lesezeichenleiste", USUAL),
        Left("Send to phone", "a bookmarklet is no page that readers can open"),
    ]
    assert draft == Draft(sections=draft.sections)


def test_notes_and_tags_of_firefox_are_kept_or_told() -> None:
    draft, log = read(bookmarks, FIREFOX)
    text = "[Course on consent](https://example.org/course)\n\nBegins in May, ends in June"
    assert draft.sections == (section("Training", text),)
    assert log.left == [
        Left("Bookmarks", OWN_TITLE),
        Left("Bookmarks Menu", OWN_TITLE),
        Left("For the team", "a note on the folder 'Training'"),
        Left("Most visited", "an address that begins with place: is no page that readers can open"),
        Left("The same course", "the same page stands there as 'Course on consent'"),
        Left("consent course", "a tag; folders are the sections here"),
        Left("Empty", "a folder of whose own pages none is here"),
    ]


def test_safari_s_list_has_no_list_around_it() -> None:
    draft, log = read(bookmarks, SAFARI)
    assert draft.sections == (
        section("", "[One](https://example.org/one)"),
        section("Care", "[Two](https://example.org/two)"),
    )
    assert log.left[2:] == [Left("Favourites", USUAL)]


def listed(*inner: str) -> str:
    return f"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>{''.join(inner)}</DL><p>"


def folder(name: str, *inner: str) -> str:
    return f"<DT><H3>{name}</H3><DL><p>{''.join(inner)}</DL><p>"


def page(name: str, tags: str = "") -> str:
    return f'<DT><A HREF="https://example.org/{name}" TAGS="{tags}">{name}</A>'


def linked(*names: str) -> tuple[str, ...]:
    return tuple(f"[{name}](https://example.org/{name})" for name in names)


def test_the_innermost_folder_names_the_section() -> None:
    draft, log = read(bookmarks, listed(folder("News", folder("Care", page("a")), page("b"))))
    assert draft.sections == (section("Care", *linked("a")), section("News", *linked("b")))
    draft, log = read(bookmarks, listed(folder("News", folder("Care", page("a")))))
    assert draft.sections == (section("Care", *linked("a")),)
    assert log.left == [Left("News", "a folder of whose own pages none is here")]


def test_folders_of_the_same_name_are_told_apart_by_the_one_around_them() -> None:
    draft, log = read(
        bookmarks,
        listed(
            folder("England", folder("Care", page("a"))), folder("Wales", folder("Care", page("b")))
        ),
    )
    assert [one.title for one in draft.sections] == ["England: Care", "Wales: Care"]
    assert log.left == []


def test_without_folders_the_first_tag_is_the_section() -> None:
    draft, log = read(bookmarks, listed(page("a", "Care,News"), page("b"), page("c", "Care")))
    assert draft.sections == (section("", *linked("b")), section("Care", *linked("a", "c")))
    assert log.left == [Left("News", "a tag; the first one of a page is its section")]


def test_a_bookmark_without_a_title_shows_its_address() -> None:
    draft, _ = read(bookmarks, listed('<DT><A HREF="https://example.org/a"></A>'))
    assert draft.sections == (section("", "<https://example.org/a>"),)


@pytest.mark.parametrize(
    ("typed", "left"), [("", []), ("report.pdf", ["report.pdf"]), ("http://[", ["http://["])]
)
def test_a_bookmark_without_an_address_is_a_link_that_leads_nowhere(
    typed: str, left: list[str]
) -> None:
    draft, log = read(bookmarks, listed(f'<DT><A HREF="{typed}">A report</A>'))
    assert draft.sections == (section("", "[A report](#)"),)
    assert [one.words for one in log.left] == left


def test_what_is_too_long_for_an_entry_is_left_out_and_told() -> None:
    link = '<DT><A HREF="https://example.org/a">'
    draft, log = read(bookmarks, listed(f"{link}A report</A><DD>{'long ' * 5000}"))
    assert draft.sections == (section("", "[A report](https://example.org/a)"),)
    assert [(len(one.words), one.why) for one in log.left] == [
        (24_999, "it is too long for one entry")
    ]
    draft, _ = read(bookmarks, listed(f"{link}{'long ' * 5000}</A>"))
    assert draft.sections == (section("", "<https://example.org/a>"),)


# --- tables and JSON -----------------------------------------------------------------------------

RAINDROP = (
    "\ufeffid,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\r\n"
    '1,"A ""quoted"" report","My note\n\nin two parts",Their words,https://example.org/1,'
    'Care / Homes,"a, b",2024-01-01T00:00:00Z,https://example.org/1.png,A marked line,false\r\n'
    "2,Second,,,https://example.org/2,Unsorted,,2024-01-01T00:00:00Z,,,false\r\n"
)


def test_raindrop_s_table_is_a_draft() -> None:
    draft, log = read(raindrop, RAINDROP)
    text = '[A "quoted" report](https://example.org/1)\n\nMy note\n\nin two parts\n\nTheir words'
    assert draft.sections == (
        section("", "[Second](https://example.org/2)"),
        DraftSection("Homes", entries=(DraftEntry(text=text, todo=REWRITE),)),
    )
    assert log.left == [
        Left("A marked line", "what stands under 'highlights'"),
        Left("Unsorted", "a folder that everybody has"),
        Left("a b", "a tag; folders are the sections here"),
        Left("Care", "a folder of whose own pages none is here"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("begin", ["", "sep=;\r\n", '"sep=;"\r\n'])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_table_may_be_in_any_form_that_excel_writes(encoding: str, begin: str, end: str) -> None:
    rows = ('"Title";URL;Notes', "Café report;https://example.org/1;Opening times of the café")
    text = (begin + end.join(rows) + end).encode(encoding)
    assert raindrop.detect(given(text)) == 40
    draft, _ = read(raindrop, text)
    assert draft.sections == (
        section("", "[Café report](https://example.org/1)\n\nOpening times of the café"),
    )


def test_rows_that_are_too_short_or_too_long_lose_nothing() -> None:
    draft, log = read(
        raindrop,
        "title,url,note\nShort\n\n,,\nLong,https://example.org/2,note,more,most\n,,Only a note\n",
    )
    assert draft.sections == (
        section("", "[Short](#)", "[Long](https://example.org/2)\n\nnote", "Only a note"),
    )
    assert log.left == [
        Left("more", "line 5 has more cells than there are columns"),
        Left("most", "line 5 has more cells than there are columns"),
    ]
    assert log.noticed == ["line 2 has fewer cells than there are columns"]


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    _, log = read(raindrop, 'title,url\n"A,https://example.org/1\nB,https://example.org/2\n')
    assert log.noticed[0] == (
        "a quotation mark is never closed: look whether lines have become one"
    )


POCKET = (
    "title,url,time_added,tags,status\n"
    "One,https://example.org/1,1700000000,care|news,unread\n"
    "https://example.org/2,https://example.org/2,1700000000,,archive\n"
)
OLD_POCKET = """<!DOCTYPE html>
<html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul>
<li><a href="https://example.org/1" time_added="1700000000" tags="care,news">One</a></li>
</ul>
<h1>Read Archive</h1><ul>
<li><a href="https://example.org/2" time_added="1700000000" tags=""></a></li>
</ul></body></html>
"""


@pytest.mark.parametrize("text", [POCKET, OLD_POCKET], ids=["table", "page"])
def test_both_of_pocket_s_lists_are_the_same_draft(text: str) -> None:
    draft, log = read(pocket, text)
    assert draft.sections == (
        section("", "<https://example.org/2>"),
        section("care", "[One](https://example.org/1)"),
    )
    assert log.left[-1] == Left("news", "a tag; the first one of a page is its section")


def test_pinboard_s_bookmarks_are_a_draft() -> None:
    text = json.dumps(
        [
            {
                "href": "https://example.org/1",
                "description": "One",
                "extended": "A note",
                "time": "2024-01-01T00:00:00Z",
                "shared": "yes",
                "toread": "no",
                "tags": "care news",
            },
            {"href": "https://example.org/2", "description": False, "via": "A friend"},
            "stray",
        ]
    )
    draft, log = read(pinboard, text)
    assert draft.sections == (
        section("", "<https://example.org/2>"),
        section("care", "[One](https://example.org/1)\n\nA note"),
    )
    assert log.left == [
        Left("A friend", "what stands under 'via'"),
        Left("stray", "no bookmark, but a mere value in their list"),
        Left("news", "a tag; the first one of a page is its section"),
    ]


# --- feeds ---------------------------------------------------------------------------------------

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
<outline text="Care" title="Care">
  <outline type="rss" text="News of care" title="News of care"
    xmlUrl="https://example.org/feed?a=1&b=2" htmlUrl="https://example.org/"/>
  <outline text="Caf&eacute;" title="The caf&#233;" xmlUrl="feed://example.org/cafe"/>
</outline>
<outline text="Empty"><outline text="No address"/></outline>
<outline text="Again" xmlUrl="http://www.example.org/feed?b=2&amp;a=1"/>
<outline text="By file" xmlUrl="ftp://example.org/"/>
<outline text="Alone" xmlUrl="https://example.org/alone" category="/News/Homes,/Other"/>
</body></opml>
"""


def feed(url: str, publisher: str, section: str = "") -> Feed:
    return Feed(url=WebAddress(url), publisher=Line(publisher), section=Line(section))


def test_a_list_of_feeds_is_feeds_with_their_folders_as_sections() -> None:
    log = Log()
    assert opml.feeds(given(OPML), log) == (
        feed("https://example.org/feed?a=1&b=2", "News of care", "Care"),
        feed("https://example.org/cafe", "The café", "Care"),
        feed("https://example.org/alone", "Alone", "Homes"),
    )
    assert log.left == [
        Left("My feeds", "words that belong to no feed"),
        Left("Café", "what else the list says of https://example.org/cafe"),
        Left("No address", "no address of a feed stands with it"),
        Left("Again", "the feed http://www.example.org/feed?b=2&a=1 is in the list already"),
        Left("By file", "its feed cannot be read: a link cannot begin with 'ftp:'"),
        Left("Empty", "a folder without feeds of its own"),
    ]


@pytest.mark.parametrize(
    "begin",
    [
        '<!DOCTYPE opml [<!ENTITY a "aaaaaaaa">]>',
        '<!DOCTYPE opml SYSTEM "file:///etc/passwd">',
        "<!doctype opml>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_of_feeds_may_not_declare_entities(begin: str, encoding: str) -> None:
    text = f'{begin}<opml><body><outline text="&a;" xmlUrl="https://example.org/"/></body></opml>'
    assert told(opml, text.encode(encoding)) == (
        "format: this declares a DOCTYPE or entities of its own, which no list of feeds needs"
    )


# --- which is which ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("importer", "text"),
    [
        (bookmarks, CHROME),
        (bookmarks, FIREFOX),
        (bookmarks, SAFARI),
        (raindrop, RAINDROP),
        (pocket, POCKET),
        (pocket, OLD_POCKET),
        (pinboard, '[\n {"href": "https://example.org/", "description": "A"}]'),
        (opml, OPML),
    ],
)
def test_each_list_is_recognised_by_one_importer_only(importer: ModuleType, text: str) -> None:
    sure = {one: one.detect(given(text)) for one in IMPORTERS}
    assert [one for one in sure if sure[one]] == [importer]
    assert sure[importer] >= 95


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body><dl><dt><a href='https://example.org'>A</a></dl></body></html>",
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://example.org"}]}',
        '[{"url": "https://example.org/"}]',
        "name,email\nA,a@example.org\n",
        '<?xml version="1.0"?><rss version="2.0"><channel/></rss>',
        "A title with a url, and a text",
        "",
        "\0\0\0",
        "<",
        "[",
    ],
)
def test_what_is_no_list_is_no_importer_s(text: str) -> None:
    assert [one.detect(given(text)) for one in IMPORTERS] == [0] * len(IMPORTERS)


# --- what cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize("importer", IMPORTERS)
def test_what_is_empty_binary_or_too_large_is_told(importer: ModuleType) -> None:
    assert told(importer, " \n") == "format: this is empty"
    assert told(importer, b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 99).startswith("format: ")
    assert told(importer, b"a" * 9_000_000).startswith("file-too-large: ")


@pytest.mark.parametrize(
    ("importer", "text", "message"),
    [
        (
            pinboard,
            '[{"href": "https://example.org/"},\n {"href": ',
            "format: this is broken from line 2, column 11 on: Expecting value",
        ),
        (pinboard, "[" * 100_000, "format: this JSON is nested too deeply"),
        (pinboard, "[" + "9" * 5000 + "]", "format: this JSON is nested too deeply"),
        (pinboard, '{"a": 1}', "format: this is no list of bookmarks"),
        (pinboard, "[]", "format: no page is listed here"),
        (raindrop, "name,email\n", "format: the first line of this table has no column 'url'"),
        (raindrop, "title,url\n", "format: no page is listed here"),
        (
            raindrop,
            'title,url\n"' + "a" * 200_000,
            "format: the table is broken at line 2: a quotation mark is never closed",
        ),
        (bookmarks, "<DL><p></DL>", "format: no page is listed here"),
        (bookmarks, page("a") * 3001, "file-too-large: this list has more than 3,000 pages"),
        (opml, "<opml><body>", "format: this is broken at line 1, column 13: no element found"),
        (opml, "<opml><body/></opml>", "format: no feed is listed here"),
    ],
)
def test_what_is_broken_is_told_with_its_place(
    importer: ModuleType, text: str, message: str
) -> None:
    assert told(importer, text).startswith(message)


# --- nothing is lost -----------------------------------------------------------------------------

NAMES = st.from_regex(r"[A-Za-zÀ-ÿ0-9*_\[\]&;<#.'\"-]{1,9}( [a-z]{1,5}){0,2}", fullmatch=True)


def counted(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def words_out(draft: Draft, log: Log) -> Counter[str]:
    found = [left.words for left in log.left]
    for one in draft.sections:
        found.append(one.title)
        for entry in one.entries:
            text = re.sub(r"\(https://example\.org/\d+\)", " ", entry.text)
            found.append(re.sub(r"\\(?=\W)|\\(?=_)", "", text))
    return counted(*found)


@settings(max_examples=60, deadline=None)
@examples(st.lists(st.tuples(NAMES, NAMES, NAMES, NAMES), min_size=1, max_size=5))
def test_every_word_of_a_table_is_in_the_draft_or_told(
    rows: list[tuple[str, str, str, str]],
) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [
        ",".join((*map(cell, row), f"https://example.org/{number}"))
        for number, row in enumerate(rows)
    ]
    draft, log = read(raindrop, "title,note,excerpt,folder,url\n" + "\n".join(lines))
    wanted = counted(*(text for row in rows for text in row[:3]), *{row[3] for row in rows})
    assert wanted - words_out(draft, log) == Counter()


@settings(max_examples=60, deadline=None)
@examples(st.recursive(NAMES, lambda inner: st.tuples(NAMES, st.lists(inner, max_size=3))))
def test_every_word_of_a_list_is_in_the_draft_or_told(tree: object) -> None:
    wanted: list[str] = []
    number = 0

    def markup(one: object) -> str:
        nonlocal number
        number += 1
        if isinstance(one, tuple):
            name = f"{one[0]} folder{number}"
            wanted.append(name)
            return folder(escape(name), *map(markup, one[1]))
        wanted.append(str(one))
        return f'<DT><A HREF="https://example.org/{number}">{escape(str(one))}</A>\n'

    whole = listed(page("0"), markup(tree))
    draft, log = read(bookmarks, whole)
    assert counted(*wanted) - words_out(draft, log) == Counter()


@settings(max_examples=150, deadline=None)
@examples(
    st.lists(
        st.sampled_from(
            [
                *("<DL>", "</DL>", "<DT>", "<DD>", "<H3>", "</H3>", "<A HREF=", "</A>"),
                *('"', "'", ">", "<!--", "-->", "<HR>", "&amp;", "&", "<", " word ", "\n"),
            ]
        ),
        max_size=40,
    )
)
def test_no_list_of_bookmarks_breaks_the_reader(parts: list[str]) -> None:
    log = Log()
    try:
        bookmarks.read(given("".join([page("a"), *parts])), log)
    except NewsletterError as error:
        assert error.problems
