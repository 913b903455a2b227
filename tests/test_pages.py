"""What a page says of itself, and what of that is believed."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.intake.draft import REWRITE, DraftEntry, DraftLink
from newsletter.pages import Given, Page, read
from newsletter.pages.forms import entry, in_sentences
from newsletter.pages.kinds.html import is_site, without_site
from newsletter.source import Data

URL = "https://www.example.org/news/2024/safe-travel"
SAYS = (
    "A study of how children travel to school has been published. It asked 900 families. "
    "Its authors call for more crossings."
)
TWO = "A study of how children travel to school has been published. It asked 900 families."


def page(head: str, body: str = "", url: str = URL, charset: str = "utf-8") -> Page:
    markup = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read(Given(url, markup.encode(charset), "text/html", charset))


def described(url: str = URL, **more: str) -> Page:
    return Page(url, **more)


# --- web pages -----------------------------------------------------------------------------------


def test_a_page_is_told_by_its_head() -> None:
    head = (
        "<title>Safe travel to school | Example Trust</title>"
        '<meta property="og:site_name" content="Example Trust">'
        '<meta property="article:published_time" content="2024-04-23T23:30:00+01:00">'
        f'<meta name="description" content="{SAYS}">'
        '<link rel="canonical" href="/news/2024/safe-travel?utm_source=web">'
    )
    assert page(head, url=f"{URL}?utm_campaign=mail&fbclid=1") == Page(
        URL, "Safe travel to school", "Example Trust", "2024-04-23", description=TWO
    )


def test_a_page_that_says_nothing_has_its_address_and_host_only() -> None:
    assert page("") == Page(URL, publisher="example.org")
    assert read(Given(URL, b"", "text/html")) == Page(URL, publisher="example.org")


def test_data_of_the_page_itself_counts_and_that_of_others_does_not() -> None:
    own = '{"@type": ["NewsArticle"], "url": "https://example.org/news/2024/safe-travel/", '
    own += '"headline": "Safe travel", "datePublished": "2024-04-23", "publisher": {"name": "ET"}}'
    other = '{"@type": "NewsArticle", "headline": "Another", "datePublished": "2020-01-01"}'
    said = page(f'<script type="application/ld+json">{{"@graph": [{other}, {own}]}}</script>')
    assert said == Page(URL, "Safe travel", "ET", "2024-04-23")
    several = f'<script type="application/ld+json">[{other}, {other}]</script>'
    assert page(several) == Page(URL, publisher="example.org")


CANONICALS = {
    "https://www.example.org/news/2024/safe-travel": "https://www.example.org/news/2024/safe-travel",
    "https://www.example.org/": URL,
    "https://other.example.com/news/2024/safe-travel": URL,
    "https://www.example.org:8080/news/2024/safe-travel": URL,
    "https://staging.example.org/news/2024/safe-travel": URL,
    "https://news.example.org/2024/safe-travel": "https://news.example.org/2024/safe-travel",
    "http://www.example.org/news/2024/safe-travel": URL,
    "http://localhost/news/2024/safe-travel": URL,
    "javascript:alert(1)": URL,
    "https://[broken": URL,
    "https://www.example.org/about-us": URL,
    "//www.example.org/stories/safe-travel": "https://www.example.org/stories/safe-travel",
}


@pytest.mark.parametrize("named", CANONICALS)
def test_what_a_page_calls_its_address_is_believed_where_it_can_be_true(named: str) -> None:
    assert page(f'<link rel="canonical" href="{named}">').url == CANONICALS[named]


TITLES = {
    ("Keeping babies safe | NSPCC Learning", "https://learning.nspcc.org.uk/a"): (
        "Keeping babies safe"
    ),
    ("Schools to teach about loans - BBC News", "https://www.bbc.co.uk/news/1"): (
        "Schools to teach about loans"
    ),
    ("Guidance - for teachers - GOV.UK", "https://www.gov.uk/a"): "Guidance - for teachers",
    ("Councils warn | Social care | The Guardian", "https://www.theguardian.com/a"): (
        "Councils warn | Social care"
    ),
    ("NSPCC | Our strategy", "https://www.nspcc.org.uk/a"): "Our strategy",
    ("Births in 2023 - Office for National Statistics", "https://www.ons.gov.uk/a"): (
        "Births in 2023"
    ),
    ("Children - a history", "https://www.example.org/a"): "Children - a history",
    ("A well-known problem", "https://www.known.org/a"): "A well-known problem",
    ("NSPCC", "https://www.nspcc.org.uk/"): "NSPCC",
}


@pytest.mark.parametrize("case", TITLES)
def test_a_title_loses_the_name_of_its_site_and_nothing_else(case: tuple[str, str]) -> None:
    assert without_site(*case, [])[0] == TITLES[case]
    assert page(f"<title>{case[0]}</title>", url=case[1]).title == TITLES[case]


def test_the_only_heading_of_a_page_tells_where_its_title_ends() -> None:
    said = page("<title>Safe travel : News : Our work</title>", "<h1>Safe  travel</h1>")
    assert said.title == "Safe travel"
    assert is_site("Unrelated Words", URL, []) is False


DATES = {
    '<meta name="dc.date.issued" content="2024-04">': "2024-04",
    '<meta name="pubdate" content="Tue, 23 Apr 2024 10:00:00 GMT">': "2024-04-23",
    '<meta name="article:published_time" content="20240423">': "2024-04-23",
    '<meta name="pubdate" content="23/04/2024">': "2024-04-23",
    '<meta name="pubdate" content="03/04/2024">': "",  # which is the month?
    '<meta name="pubdate" content="1970-01-01T00:00:00Z">': "",
    '<meta name="pubdate" content="2024-13-45">': "",
    '<meta property="article:modified_time" content="2024-04-23">': "",
    '<time datetime="2024-04-23T09:00">a day ago</time>': "2024-04-23",
    '<time datetime="2024-04-23"></time><time datetime="2024-05-01"></time>': "",
    '<time datetime="2024-05-01"></time><time itemprop="datePublished">23 April 2024</time>': (
        "2024-04-23"
    ),
}


@pytest.mark.parametrize("markup", DATES)
def test_a_date_is_what_the_page_says_for_certain(markup: str) -> None:
    assert page("", markup).date == DATES[markup]


def test_a_date_may_stand_in_the_address() -> None:
    assert page("", url="https://example.org/uk/2024/apr/23/trains").date == "2024-04-23"
    assert page("", url="https://example.org/uk/2024/17/99/trains").date == ""


def test_the_article_speaks_where_the_head_says_too_little() -> None:
    article = f"<article><h1>Safe travel</h1><p>{SAYS}</p><p>{'More of it. ' * 40}</p></article>"
    assert page('<meta name="description" content="A study of …">', article).description == TWO


def test_text_of_a_page_is_data() -> None:
    title = "a: [b](javascript:x) *c*\n\x07\u202eevil\u2066 &amp;amp; # " + "x" * 10_000
    said = page(f"<title>{title}</title>", charset="utf-8")
    assert said.title.startswith("a: [b](javascript:x) *c* evil & # ")
    assert len(said.title) <= 300
    text = entry(said, sentences=True).text
    assert text.startswith(r"[a: \[b\]\(javascript:x) \*c\* evil & # ")


def test_a_page_is_read_in_the_encoding_that_it_has() -> None:
    words = "Siân’s café"
    for charset in ("utf-8", "cp1252"):
        markup = f"<title>{words}</title>".encode(charset)
        assert read(Given(URL, markup, "text/html", "utf-8")).title == words
    named = '<meta charset="iso-8859-2"><title>Łódź</title>'.encode("iso-8859-2")
    assert read(Given(URL, named, "text/html")).title == "Łódź"
    assert read(Given(URL, "<title>Łódź</title>".encode("utf-16"), "text/html")).title == "Łódź"
    for charset in ("iso-8859-1", "windows-1252"):  # what is UTF-8 is no other by chance
        markup = "<title>Children’s cafés</title>".encode()
        assert read(Given(URL, markup, "text/html", charset)).title == "Children’s cafés"
    assert read(Given(URL, b"\x89PNG\0\1<title>", "text/html")) == Page(
        URL, publisher="example.org"
    )


# --- other kinds ---------------------------------------------------------------------------------


def pdf(title: str, pages: int) -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": title})
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("title", "pages", "expected"),
    [
        ("Growing up safe", 24, ("Growing up safe", "PDF, 24 pages")),
        ("Microsoft Word - Growing up safe", 1, ("Growing up safe", "PDF, 1 page")),
        ("Microsoft Word - report_final.docx", 2, ("growing up.pdf", "PDF, 2 pages")),
        ("", 2, ("growing up.pdf", "PDF, 2 pages")),
    ],
)
def test_a_pdf_is_told_by_its_title_and_how_many_pages_it_has(
    title: str, pages: int, expected: tuple[str, str]
) -> None:
    url = "https://www.example.org/files/growing%20up.pdf"
    said = read(Given(url, pdf(title, pages), "application/octet-stream"))
    name, about = expected
    assert said == Page(url, name, "example.org", kind="PDF", about=about)


def test_a_broken_pdf_is_a_pdf_all_the_same() -> None:
    for content in (b"%PDF-1.7", pdf("Growing up", 3)[:200], b"no pdf"):
        said = read(Given("https://example.org/a.pdf", content, "application/pdf"))
        assert said == Page(
            "https://example.org/a.pdf", "a.pdf", "example.org", kind="PDF", about="PDF"
        )


def test_a_video_is_told_by_its_channel() -> None:
    head = (
        "<title>Staying safe online - YouTube</title>"
        '<meta property="og:site_name" content="YouTube">'
        '<meta property="og:type" content="video.other">'
        '<meta itemprop="datePublished" content="2024-02-03T01:00:00-08:00">'
        '<link rel="canonical" href="https://www.youtube.com/watch?v=abcdefghijk">'
    )
    body = '<span itemprop="author"><link itemprop="name" content="Example Trust"></span>'
    said = page(head, body, "https://youtu.be/abcdefghijk?si=1")
    assert said == Page(
        "https://youtu.be/abcdefghijk",
        "Staying safe online",
        "Example Trust",
        "2024-02-03",
        "Video",
    )


def test_an_episode_of_a_podcast_is_told_by_its_series() -> None:
    data = (
        '{"@type": "PodcastEpisode", "name": "Episode 3: Kinship", "datePublished": "2024-02-03",'
        '"partOfSeries": {"@type": "PodcastSeries", "name": "Family matters"}, '
        f'"description": "{SAYS}"}}'
    )
    said = page(f'<script type="application/ld+json">{data}</script><title>Episode 3</title>')
    assert said == Page(
        URL, "Episode 3: Kinship", "Family matters", "2024-02-03", "Podcast", description=TWO
    )


def test_any_other_file_is_told_by_its_name() -> None:
    url = "https://www.example.org/files/toolkit.docx?download=1"
    assert read(Given(url, b"PK\3\4", "application/msword")) == Page(
        url, "toolkit.docx", "example.org", about="DOCX"
    )


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["text/html", "application/pdf", "audio/mpeg", "", "text/html; x"]),
    st.sampled_from(["", "utf-16", "utf-7", "no-such", "rot13", "hex", "punycode"]),
)
def test_no_page_breaks_the_program(content: bytes, kind: str, charset: str) -> None:
    for begin in (b"", b"<title>", b"%PDF-", b'<script type="application/ld+json">[{"@type":'):
        assert read(Given(URL, begin + content, kind, charset)).url == URL


@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 100_000 + b"<h1>deep",
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
        b'<script type="application/ld+json">{"@type": "Article", "publisher": [[]], "url": 1}',
        b"<meta>" * 50_000,
        b"<title>" + b"| " * 20_000,
        b'<meta name="description" content="' + "… ".encode() * 200_000 + b'x">',
    ],
)
def test_a_page_that_is_made_to_be_hard_is_read_all_the_same(content: bytes) -> None:
    assert read(Given(URL, content, "text/html")).url == URL


# --- as entries ----------------------------------------------------------------------------------

PAGE = Page(URL, "Safe travel", "Example Trust", "2024-04-23", description=TWO)


def test_an_entry_has_the_form_of_those_that_an_issue_has() -> None:
    texts: Data = {"layout": "digest", "entries": ["words", "words"]}
    cards: Data = {"sections": [{"entries": [{"title": "A"}, "words", {"title": "B"}]}]}
    assert in_sentences([texts])
    assert not in_sentences([cards])
    assert in_sentences([None, {"layout": "digest"}, {"sections": None}, texts, cards])
    assert not in_sentences([{"entries": []}, cards, texts])
    assert not in_sentences([])


def test_an_entry_is_a_card_or_a_text_with_the_link_in_it() -> None:
    assert entry(PAGE, sentences=False) == DraftEntry(
        "Safe travel",
        "2024-04-23",
        "Example Trust",
        text=TWO,
        links=(DraftLink("Read", "Example Trust", URL),),
        todo=REWRITE,
    )
    assert entry(PAGE, sentences=True) == DraftEntry(
        text=f"[Safe travel]({URL}) (Example Trust, 23 April 2024). {TWO}", todo=REWRITE
    )


def test_the_words_beside_a_link_are_in_the_language_of_the_issue() -> None:
    video = Page(URL, "Safe", "Example Trust", kind="Video")
    assert entry(video, False).links[0].label == "Watch"
    assert entry(video, False, "Darllen", "cy").links[0].label == "Darllen"
    paper = Page(URL, "Safe", "Example Trust", "2024-04", kind="PDF", about="PDF, 24 pages")
    assert entry(paper, False).links[0].title == "Example Trust (PDF, 24 pages)"
    assert entry(paper, True, language="fr").text == (
        f"[Safe]({URL}) (Example Trust, PDF, 24 pages, avril 2024)."
    )


def test_a_page_that_could_not_be_read_is_a_link_with_something_to_do() -> None:
    assert entry(Page(URL, doubt="it leads to a login page"), sentences=False) == DraftEntry(
        text=f"[example.org]({URL})",
        todo="this page could not be read (it leads to a login page): look at it, and write "
        "the entry",
    )
