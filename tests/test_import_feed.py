# ruff: noqa: E501  (feeds are written as they are sent)
"""Feeds: RSS, Atom and JSON Feed, whole and broken."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.feeds import encoding, mend
from newsletter.feeds.channel import Channel, Item, absolute, day_of
from newsletter.feeds.entries import publisher, words_of_html
from newsletter.feeds.parse import parsed
from newsletter.importers import Given, feed, recognised
from newsletter.intake.blocks import Picture
from newsletter.intake.draft import REWRITE, Draft, DraftEntry, DraftLink, DraftSection, Left, Log
from newsletter.intake.sentences import end_of_sentences, ends, first_sentences
from newsletter.problems import NewsletterError
from newsletter.source import CONTROL, parse
from newsletter.values import Language
from tests.importing import invented, lost, taken

ENGLISH = Language("en-GB")
BROKEN = "it is no valid XML: it was read as far as it can be"

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(items: str, head: str = "<title>Example Charity</title>") -> bytes:
    text = (
        f'<?xml version="1.0"?>\n<rss version="2.0" {SPACES}><channel>{head}{items}</channel></rss>'
    )
    return text.encode()


def channel(raw: bytes, log: Log | None = None, charset: str = "") -> Channel:
    return parsed(raw, log or Log(), charset=charset, language=ENGLISH)


def items(raw: bytes) -> tuple[Item, ...]:
    return channel(raw).items


def refused(raw: bytes) -> str:
    with pytest.raises(NewsletterError) as caught:
        channel(raw)
    return caught.value.problems[0].message


def draft(raw: bytes, name: str = "feed.xml", address: str = "") -> tuple[Draft, Log]:
    log = Log()
    return feed.read(Given(name, raw, ENGLISH, address), log), log


# --- the formats ----------------------------------------------------------------------------------

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/" xml:lang="en-GB">
<title>Example Charity</title><link href="https://example.org/"/>
<link rel="self" href="https://example.org/feed"/>
<entry><title type="html">Neglect &amp;amp; &lt;em&gt;care&lt;/em&gt;</title>
<link rel="alternate" href="neglect"/><id>tag:example.org,2024:1</id>
<published>2024-05-01T23:30:00-04:00</published><updated>2024-06-01T00:00:00Z</updated>
<author><name>A. Writer</name></author><category term="n" label="Neglect"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <a href="b">study</a>.</p></div>
</content></entry></feed>"""


def test_atom_has_its_own_day_its_relative_links_and_its_markup() -> None:
    assert channel(ATOM.encode()) == Channel(
        "Example Charity",
        "https://example.org/",
        "en-GB",
        items=(
            Item(
                "Neglect & care",
                "https://example.org/news/neglect",
                "2024-05-01",
                content='<p>A <a href="b">study</a>.</p>',
                base="https://example.org/news/",
                categories=("Neglect",),
                author="A. Writer",
            ),
        ),
    )


RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/"><title>Example Charity</title>
<link>https://example.org/</link><description>News of neglect</description></channel>
<item rdf:about="https://example.org/1"><title>Neglect</title><link>https://example.org/1</link>
<description>A study.</description><dc:date>2024-05-01</dc:date><dc:subject>Neglect</dc:subject>
</item></rdf:RDF>"""


def test_rss_1_is_read() -> None:
    assert channel(RDF) == Channel(
        "Example Charity",
        "https://example.org/",
        description="News of neglect",
        items=(
            Item(
                "Neglect",
                "https://example.org/1",
                "2024-05-01",
                "<p>A study.</p>",
                base="https://example.org/",
                categories=("Neglect",),
            ),
        ),
    )


JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Example Charity",
    "home_page_url": "https://example.org/",
    "language": "en-GB",
    "items": [
        {
            "id": "https://example.org/1",
            "title": "Neglect",
            "content_text": "A study.\n\nIt is long.",
            "date_published": "2024-05-01T10:00:00Z",
            "image": "a.png",
            "authors": [{"name": "A. Writer"}],
            "tags": ["Neglect", 5],
            "attachments": [{"url": "https://example.org/1.mp3", "mime_type": "audio/mpeg"}],
        },
        {"id": 7, "url": "two", "content_html": "<p>Two</p>", "authors": 1, "tags": {}},
        "nothing",
    ],
}


def test_json_feed_is_read() -> None:
    assert channel(json.dumps(JSON).encode()) == Channel(
        "Example Charity",
        "https://example.org/",
        "en-GB",
        items=(
            Item(
                "Neglect",
                "https://example.org/1",
                "2024-05-01",
                content="<p>A study.</p><p>It is long.</p>",
                base="https://example.org/",
                image=Picture("https://example.org/a.png"),
                categories=("Neglect", "5"),
                author="A. Writer",
                kind="Podcast",
            ),
            Item(url="https://example.org/two", content="<p>Two</p>", base="https://example.org/"),
        ),
    )


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("rss", rss("")),
        ("atom", ATOM.encode()),
        ("rdf", RDF),
        ("json", json.dumps(JSON).encode()),
        ("after a blank line and a note", b"\n\n<!-- made by hand -->" + RDF),
        ("two bytes a letter", ATOM.encode("utf-16")),
        ("with a mark", b"\xef\xbb\xbf" + rss("")),
        ("without its beginning", b"Warning: none<br />" + rss("")),
    ],
)
def test_a_feed_is_known_by_how_it_begins(name: str, raw: bytes) -> None:
    assert recognised(Given("saved.dat", raw, ENGLISH)) == "feed", name


@pytest.mark.parametrize(
    "raw", [b"", b"\0\1", b"<html><body><feed></body>", b"{}", b'{"a": ', b"Words of a text."]
)
def test_what_is_no_feed_is_not_taken_for_one(raw: bytes) -> None:
    assert feed.detect(Given("a.xml", raw, ENGLISH)) == 0


# --- addresses, pictures, files -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "url"),
    [
        (
            "<link>https://example.org/a</link><guid>https://example.org/b</guid>",
            "https://example.org/a",
        ),
        ("<guid>https://example.org/b</guid>", "https://example.org/b"),
        ('<guid isPermaLink="false">https://example.org/b</guid>', ""),
        ("<guid>b123</guid>", ""),
        ("<link>/a b</link>", "https://example.org/a%20b"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>http://[</link>", ""),
        (
            '<enclosure url="https://example.org/a.mp3" type="audio/mpeg"/>',
            "https://example.org/a.mp3",
        ),
    ],
)
def test_an_item_leads_to_its_page(item: str, url: str) -> None:
    raw = rss(f"<item><title>A</title>{item}</item>", "<link>https://example.org/</link>")
    assert [one.url for one in items(raw)] == [url]


def test_an_address_may_be_broken_by_lines_and_have_spaces() -> None:
    assert absolute(" https://example.org/a\n  b c ", "") == "https://example.org/ab%20c"
    assert len(absolute(f"https://example.org/{' ' * 100_000}b", "")) == 300_021


@pytest.mark.parametrize(
    ("item", "image"),
    [
        (
            '<media:content url="a.jpg" width="200" medium="image"/>'
            '<media:content url="b.jpg" width="800" medium="image"/>'
            "<media:credit>A. Person / Agency</media:credit>",
            Picture("https://example.org/b.jpg", credit="A. Person / Agency"),
        ),
        ('<media:content url="a.mp4" type="video/mp4"/>', None),
        ('<media:thumbnail url="t.png"/>', Picture("https://example.org/t.png")),
        ('<enclosure url="e.png" type="image/png"/>', Picture("https://example.org/e.png")),
    ],
)
def test_an_item_has_the_widest_picture_that_it_names(item: str, image: Picture | None) -> None:
    raw = rss(f"<item><title>A</title>{item}</item>", "<link>https://example.org/</link>")
    assert [one.image for one in items(raw)] == [image]


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wed, 01 May 2024 00:30:00 +0100", "2024-05-01"),
        ("Wed, 1 May 24 10:00 GMT", "2024-05-01"),
        ("2024-05-01T23:30:00-05:00", "2024-05-01"),
        ("20240501T101010Z", "2024-05-01"),
        ("01/05/2024", "2024-05-01"),
        ("01.05.2024 10:00", "2024-05-01"),
        ("Wednesday, May 1, 2024 - 10:00", "2024-05-01"),
        ("1st May 2024", "2024-05-01"),
        ("1714557600", "2024-05-01"),
        ("2024-05", "2024-05"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", ""),
        ("2024-13-40", ""),
        ("yesterday", ""),
        ("9" * 5000, ""),
    ],
)
def test_a_date_is_the_day_on_which_it_was_written(text: str, day: str) -> None:
    assert day_of(text, ENGLISH) == day


def test_odd_dates_are_read_and_the_first_that_is_one_counts() -> None:
    greek = "\u03a4\u03b5\u03c4, 01 \u039c\u03b1\u03ca 2024 08:00:00 EST"
    raw = rss(
        "<item><title>A</title><pubDate>soon</pubDate><dc:date>2024-05-02</dc:date></item>"
        f"<item><title>B</title><pubDate>{greek}</pubDate></item>"
        "<item><title>C</title><pubDate>soon</pubDate></item>"
    )
    assert [one.published for one in items(raw)] == ["2024-05-02", "2024-05-01", ""]


def test_dates_in_words_are_read_in_the_language_of_the_feed() -> None:
    raw = rss(
        "<item><title>A</title><pubDate>mercredi 1 mai 2024</pubDate></item>",
        "<language>fr</language>",
    )
    assert items(raw)[0].published == "2024-05-01"


# --- broken feeds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items_", "titles"),
    [
        ("<item><title>A<link>https://example.org/a</link></item><item><title>B</item>", "A B"),
        ("<item><title>A</title><item><title>B</title></item>", "A B"),
        ("<item><title>A</title></description></item></item><item><title>B</title></item>", "A B"),
        ("<item><title>A & B &nbsp;&copy; &made; &#1; &#150; 5 < 6 </title></item>", "A & B © &made; – 5 < 6"),
        ("<item><title><![CDATA[A]]></title>]]><b>x</item>", "A"),
        ("<item><title>A</title><b:c>x</b:c></item>", "A"),
        ("<item><title>A\x02B</title></item>", "AB"),
        ("<!-- <item> --><item><title>A<!-- no --></title></item><!-- end", "A"),
        ("<item><title>A</title></item></channel></rss><item><title>B</title></item>", "A B"),
    ],
)  # fmt: skip
def test_a_broken_feed_is_read_as_far_as_it_can_be(items_: str, titles: str) -> None:
    assert " ".join(one.title for one in items(rss(items_))) == titles


def test_a_feed_that_ends_in_the_middle_has_all_that_came() -> None:
    raw = rss("<item><title>A</title></item><item><title>B</title><description><![CDATA[<p>Half")
    log = Log()
    found = channel(raw.partition(b"</channel>")[0], log).items
    assert [(one.title, one.summary) for one in found] == [("A", ""), ("B", "<p>Half")]
    assert log.noticed == [BROKEN]


@pytest.mark.parametrize(
    ("declared", "written", "noticed"),
    [
        ("utf-8", "utf-8", []),
        ("iso-8859-1", "utf-8", ["it says that it is written in iso-8859-1, but it is in UTF-8"]),
        ("iso-8859-1", "iso-8859-1", []),
        ("utf-8", "windows-1252", ["not all of it is in utf-8: look whether its letters are right"]),
        ("no-such", "windows-1252", ["not all of it is in no-such: look whether its letters are right"]),
        ("iso-2022-jp", "iso-2022-jp", []),
        ("punycode", "utf-8", []),
        ("utf-16", "utf-16", []),
    ],
)  # fmt: skip
def test_letters_are_read_in_the_encoding_that_they_are_in(
    declared: str, written: str, noticed: list[str]
) -> None:
    title = (
        "日本" if declared == "iso-2022-jp" else "Zoë’s café" if "8859" not in written else "Zoë"
    )
    text = f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>{title}</title></channel></rss>'
    log = Log()
    assert channel(text.encode(written), log).title == title
    assert log.noticed == noticed


def test_half_a_letter_at_the_end_is_no_other_letter() -> None:
    raw = "<rss><channel><item><title>Zoë".encode()[:-1]
    assert [one.title for one in items(raw)] == ["Zo"]


def test_a_server_may_say_which_encoding_it_is() -> None:
    raw = "<rss><channel><title>Žofie</title><item><title>Á</title></item></channel></rss>"
    old = raw.encode("iso-8859-2")
    assert channel(old, charset="iso-8859-2").title == "Žofie"
    given = Given("feed.xml", old, ENGLISH, charset="iso-8859-2")
    assert feed.read(given, Log()).title == "Žofie"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "this is empty"),
        (b"\xef\xbb\xbf \n", "this is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "this is no feed"),
        (b"<html><body><rss></rss></body></html>", "this is a web page, not a feed"),
        (b"{", "this is neither XML nor whole JSON, and so no feed"),
        (b"[" * 100_000, "this is neither XML nor whole JSON, and so no feed"),
        (b"[1]", "this JSON is no feed: it has no list of 'items'"),
        (b'{"items": 5}', "this JSON is no feed: it has no list of 'items'"),
        (b"{" + b" " * 10_000_000 + b"}", "this has more than 8 MB, which is no feed"),
        (b" " * 50_000_001, "this has more than 50 MB, which is no feed"),
        (rss("<item>" + "<a>" * 11_000), "it has more elements than a feed has"),
        (rss("<item>" + "</a" * 11_000), "it has more elements than a feed has"),
        (rss("<item>" + "<category>a</category>" * 61), "it has more elements than a feed has"),
        (
            json.dumps({"items": [{"tags": ["a"] * 61}]}).encode(),
            "it has more elements than a feed has",
        ),
        (
            rss("".join(f'<item xmlns:a{number}="b"/>' for number in range(120))),
            "it has more namespaces than a feed has",
        ),
        (
            rss("<item " + " ".join(f'a{number}="b"' for number in range(300)) + "/>"),
            "it has more attributes than a feed has",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_a_sentence(raw: bytes, words: str) -> None:
    assert refused(raw) == words


def test_of_many_doctypes_two_are_read() -> None:
    assert channel(rss("", f"{'<!DOCTYPE>' * 300_000}<title>A</title>")).title == "A"


def test_an_item_that_is_longer_than_any_article_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mend, "MOST_READ", 100)
    raw = rss("<item><title>" + "&" * 90 + "</title></item>")
    assert refused(raw) == "one item of it is longer than any article"


def test_entities_of_its_own_are_not_read() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;">'
        '<!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><title>A &b; &c;</title></channel></rss>'
    )
    log = Log()
    assert channel(bomb.encode(), log).title == "A &b; &c;"
    assert log.noticed == ["it has entities of its own, which can be an attack: they are not read"]


def test_of_a_hundred_thousand_items_a_thousand_are_read() -> None:
    log = Log()
    found = channel(rss("<item><title>A</title></item>" * 100_000), log).items
    assert found == (Item("A"),) * 1000
    assert log.noticed == ["there are 100,000 items: only the first 1,000 are read"]


def test_a_long_json_feed_is_cut_off_too() -> None:
    log = Log()
    assert len(channel(b'{"items": [' + b"{}," * 1200 + b"{}]}", log).items) == 1000
    assert log.noticed == ["there are 1,201 items: only the first 1,000 are read"]


@pytest.mark.parametrize(("most", "kept"), [(400, 2), (10, 0)])
def test_of_long_items_only_those_are_read_that_there_is_time_for(
    most: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "MOST_READ", most)
    raw = b"<rss><channel>" + b"<item><title>" + b"A" * 100 + b"</title></item>"
    raw += b"<item><title>B</title></item><item><title>" + b"C" * 500 + b"</title></item>"
    log = Log()
    text = encoding.characters(raw, "", log)
    assert text.count("<item>") == kept
    assert log.noticed == [f"there are 3 items: only the first {kept} are read"]


def test_of_many_elements_only_those_are_read_that_there_is_time_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mend, "_MOST_TAGS", 12)
    log = Log()
    found = channel(rss("<item><title>A</title></item>" * 5), log).items
    assert found == (Item("A"),) * 2
    assert log.noticed == ["it is so long that only its first 2 items are read"]


SPAM = "极速赛车168最新开奖号码"


def test_a_title_that_has_to_be_read_twice_holds_what_a_file_may_hold() -> None:
    assert channel(rss("", "<title>A&amp;amp;#x81;B&amp;#x81;C</title>")).title == "ABC"


def test_the_same_foreign_words_before_every_title_are_taken_out_and_told() -> None:
    log = Log()
    found = channel(
        rss(
            f"<item><title>{SPAM} Neglect</title></item><item><title>{SPAM} Schools</title></item>",
            f"<title>{SPAM} Example Charity</title><language>en-GB</language>",
        ),
        log,
    )
    assert (found.title, [one.title for one in found.items]) == (
        "Example Charity",
        ["Neglect", "Schools"],
    )
    assert [left.words for left in log.left] == [SPAM] * 3


def test_a_feed_in_another_language_keeps_its_words() -> None:
    raw = rss("<item><title>儿童保护新闻 一</title></item>" * 3, "<language>zh</language>")
    assert items(raw)[0].title == "儿童保护新闻 一"


# --- what becomes of it ---------------------------------------------------------------------------

ARTICLES = rss(
    """<item><title>Neglect in figures</title><link>https://example.org/a?utm_source=rss#comments</link>
<pubDate>Wed, 01 May 2024 10:00:00 +0000</pubDate><dc:creator>A. Writer</dc:creator>
<category>Neglect</category><category>News</category>
<description><![CDATA[<p>Dr. Example counts cases and finds that many are never reported to a coun…</p>
<p>The post <a href="https://example.org/a">Neglect</a> appeared first on <a href="/">Us</a>.</p>]]>
</description><content:encoded><![CDATA[<h2>What it says</h2>
<p>Dr. Example counts <a href="/cases">cases</a>. Most are never reported. A third are.</p>
<img src="https://example.org/a.png" alt="A desk"><ul><li>One finding</li></ul>
<script>track()</script>]]></content:encoded></item>
<item><title>Schools</title><link>https://example.org/b</link>
<pubDate>Thu, 02 May 2024 10:00:00 +0000</pubDate><category>News</category>
<description>Heads want advice.</description></item>
<item><title>An episode</title><description>We talk.</description><category>Uncategorised</category>
<enclosure url="https://example.org/c.mp3" type="audio/mpeg" length="1"/></item>""",
    "<title>neglect Archives - Example Charity</title><link>https://example.org/</link>"
    "<description>News of children</description>",
)


def test_a_feed_becomes_entries_by_the_categories_that_they_share() -> None:
    found, log = draft(ARTICLES)
    assert found == Draft(
        title="neglect Archives - Example Charity",
        date="2024-05-02",
        layout="briefing",
        sections=(
            DraftSection(
                entries=(
                    DraftEntry(
                        "An episode",
                        source="Example Charity",
                        kind="Podcast",
                        text="We talk.",
                        links=(
                            DraftLink("Listen", "Example Charity", "https://example.org/c.mp3"),
                        ),
                        todo=REWRITE,
                    ),
                )
            ),
            DraftSection(
                "News",
                entries=(
                    DraftEntry(
                        "Neglect in figures",
                        "2024-05-01",
                        "Example Charity",
                        text="Dr. Example counts [cases](https://example.org/cases). "
                        "Most are never reported.",
                        image=Picture("https://example.org/a.png", "A desk"),
                        links=(DraftLink("Read", "Example Charity", "https://example.org/a"),),
                        todo=REWRITE,
                    ),
                    DraftEntry(
                        "Schools",
                        "2024-05-02",
                        "Example Charity",
                        text="Heads want advice.",
                        links=(DraftLink("Read", "Example Charity", "https://example.org/b"),),
                        todo=REWRITE,
                    ),
                ),
            ),
        ),
    )
    assert Left("A third are.", "the rest of the article") in log.left


@pytest.mark.parametrize("raw", [ARTICLES, ATOM.encode(), RDF, json.dumps(JSON).encode()])
def test_no_word_of_a_feed_is_lost_and_none_is_invented(raw: bytes) -> None:
    found, log = draft(raw)
    read = channel(raw)
    said = [read.title, read.description]
    for item in read.items:
        said += [item.title, words_of_html(item.summary), words_of_html(item.content), item.author]
    source = " ".join([*said, *{word for item in read.items for word in item.categories}])
    assert lost(source, found, log) == Counter()
    labels = ["Read", "Listen", "Podcast", read.title] * 10
    assert invented(source, found, labels) == Counter()


EVERYTHING = """<?xml version="1.0"?><rss version="2.0"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:x="https://example.org/x">
<channel><title>Example Charity</title><description>News of neglect</description>
<link>https://example.org/</link><language>en-gb</language><generator>Blog 1.0</generator>
<copyright>All rights reserved</copyright><managingEditor>Edda Editor</managingEditor>
<itunes:summary>What the podcast says</itunes:summary><itunes:type>episodic</itunes:type>
<image><url>https://example.org/i.png</url><title>The logo</title></image>
<item><title>A study</title><link>https://example.org/1</link><guid>tag:1 of many</guid>
<media:content url="https://example.org/a.png" medium="image">
<media:title>Desks in rows</media:title><media:credit>First Photographer</media:credit>
<media:credit>Second Photographer</media:credit><media:copyright>Agency Two</media:copyright>
</media:content><itunes:subtitle>With an interview</itunes:subtitle>
<description>It asks why.</description><dc:rights>Free to copy</dc:rights>
<source url="https://two.example.org/feed">Another Charity</source>
<dc:creator>Ann Author</dc:creator><dc:creator>Ben Author</dc:creator>
<dc:contributor>Carl Contributor</dc:contributor><dc:publisher>Press Office</dc:publisher>
<comments>https://example.org/1#c</comments><slash:comments>0</slash:comments>
<x:note>Corrected twice</x:note><x:place>Leeds</x:place><itunes:explicit>no</itunes:explicit>
<itunes:duration>00:31:00</itunes:duration><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate>
CATEGORIES</item></channel></rss>"""


def test_words_that_an_entry_has_no_place_for_are_told() -> None:
    words = [f"subject{number}" for number in range(60)]
    raw = EVERYTHING.replace("CATEGORIES", "".join(f"<category>{one}</category>" for one in words))
    found, log = draft(raw.encode())
    assert {left.words for left in log.left if left.why == "what the feed says of itself"} == {
        "News of neglect",
        "Edda Editor",
        "All rights reserved",
        "What the podcast says",
        "The logo",
    }
    assert {left.words for left in log.left if left.why == "what an entry has no place for"} == {
        "Desks in rows",
        "Agency Two",
        "With an interview",
        "Free to copy",
        "Press Office",
        "Corrected twice",
        "Leeds",
        "Another Charity",
        "Second Photographer",
        "Ann Author",
        "Carl Contributor",
    }
    told = [left.words for left in log.left if left.why.startswith("a category")]
    assert [*(one.title for one in found.sections if one.title), *told] == words


def test_a_title_that_stands_with_the_picture_is_one_where_there_is_no_other() -> None:
    raw = rss("<item><media:title>Neglect</media:title></item>")
    assert items(raw) == (Item("Neglect"),)


def test_json_says_more_than_an_entry_has_a_place_for() -> None:
    given = {
        "title": "Example Charity",
        "authors": [{"name": "Edda Editor"}],
        "user_comment": "Made for readers",
        "items": [
            {
                "title": "A",
                "content_html": "<p>A study</p>",
                "content_text": "A plain study",
                "attachments": [{"title": "The recording", "mime_type": "audio/mpeg"}],
            }
        ],
    }
    found = channel(json.dumps(given).encode())
    assert found.others == ("Edda Editor", "Made for readers")
    assert found.items[0].others == ("A plain study", "The recording")


ODD = "a\x80b\x85c\u200bd\ufdd0e\ufdeff\x9fg"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (
            "rss",
            rss(
                f"<item><title>{ODD}&#xFDD0;&amp;#x81;</title><dc:creator>{ODD}</dc:creator>"
                f"<link>https://example.org/{ODD}</link><category>{ODD}</category>"
                f"<description><![CDATA[<p>{ODD}&#x81; is read.</p>]]></description></item>",
                f"<title>{ODD}</title>",
            ),
        ),
        (
            "json",
            json.dumps(
                {"title": ODD, "items": [{"title": f"{ODD}\ud800", "content_text": f"{ODD}."}]}
            ).encode(),
        ),
    ],
)
def test_what_no_file_may_hold_is_left_behind(name: str, raw: bytes) -> None:
    found = taken(f"feed.{name}", raw, "feed")
    text = found.files[found.name].decode()
    assert (CONTROL.findall(text), parse(text, "").problems) == ([], ())
    assert [entry.title for entry in found.draft.entries] == ["ab cdefg"]
    assert CONTROL.findall(" ".join(left.words for left in found.log.left)) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<!--" * 100_000,
        "<script>" * 50_000,
        "<style>" * 50_000,
        "<img" + ' alt="a' * 50_000,
        "<img" + " alt='a" * 50_000,
    ],
    ids=lambda markup: markup[:12],
)
def test_html_that_never_ends_takes_no_longer_than_other_html(markup: str) -> None:
    assert words_of_html(f"A desk {markup}").split()[:2] == ["A", "desk"]


def test_what_stands_in_a_picture_is_read_and_scripts_and_notes_are_not() -> None:
    markup = "<p>A<img src=a alt='a desk' width=1>b<script>c</script>d<!-- e -->f<img>g"
    assert words_of_html(markup).split() == ["A", "a", "desk", "b", "d", "f", "g"]


def test_a_long_article_is_logged_to_its_last_word() -> None:
    words = " ".join(f"word{number}" for number in range(5000))
    text = f"<p>First. Second.</p><p>{words}</p><img src='a' alt='A desk'><!-- no --><p>l<b>as</b>t"
    raw = rss(f"<item><title>A</title><description><![CDATA[{text}]]></description></item>")
    found, log = draft(raw)
    assert found.entries[0].text == "First. Second."
    assert lost(f"{words} A desk last", found, log) == Counter()


def test_without_categories_there_are_no_sections_and_with_pictures_there_are_cards() -> None:
    item = (
        '<item><title>{}</title><enclosure url="{}://example.org/a.png" type="image/png"/></item>'
    )
    found, log = draft(rss(item.format("A", "https") + item.format("B", "https")))
    assert (found.layout, [one.title for one in found.sections]) == ("bulletin", [""])
    found, log = draft(rss(item.format("A", "http")))
    assert (found.layout, found.entries[0].image) == ("digest", None)
    assert log.noticed == [
        "the picture of 'A' is left out: mail programs show none from an address without https://"
    ]


@pytest.mark.parametrize("raw", [rss(""), rss("<item></item>"), b'{"items": []}'])
def test_a_feed_without_stories_is_a_sentence(raw: bytes) -> None:
    with pytest.raises(NewsletterError, match="there is nothing in this feed"):
        draft(raw)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Neglect Archives - Example Charity", "Example Charity"),
        ("Example Charity RSS feed", "Example Charity"),
        ("Example Charity: news", "Example Charity: news"),
    ],
)
def test_a_publisher_is_named_without_what_its_program_adds(title: str, name: str) -> None:
    assert publisher(title) == name


# --- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        "Dr. Example of St. Mary’s counts cases.",
        "It cites several groups, e.g. Example Trust, and the rest.",
        "See No. 5 of the series, pp. 3 to 9.",
        "He asks: “Why now?” and waits.",
        "“Nobody asked us.”",
        "The U.K. Government says 4.5 million.",
        "A. Person and B. Person et al. wrote it.",
        "They moved to the U.K.",
        "The survey (open until 1. Mai) counts.",
        "It ended in 2023.",
        "Who knows?!",
        "An unfinished thought…",
        "It is on page no.",
        "子供の権利。",
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(first: str) -> None:
    gap = "" if first.endswith("。") else " "
    assert first_sentences(f"{first}{gap}The second one. A third.", 1) == first
    assert (
        first_sentences(f"{first}{gap}The second one. A third.", 2)
        == f"{first}{gap}The second one."
    )


def test_an_empty_line_ends_a_sentence_and_the_end_of_the_text_the_last() -> None:
    text = "A heading\n\nA sentence without its stop"
    assert [text[:end] for end in ends(text)] == ["A heading\n", text]
    assert (first_sentences("", 2), end_of_sentences(" ", 2)) == ("", 0)


@pytest.mark.parametrize(
    ("text", "count"),
    [("." * 300_000 + "a", 1), ("a. " * 100_000, 1), ("a.\n\n" + "\n" * 100_000, 1)],
    ids=["stops", "no ends", "lines"],
)
def test_stops_that_end_nothing_take_no_longer_than_other_words(text: str, count: int) -> None:
    assert len(list(ends(text))) == count


@settings(max_examples=60)
@given(st.text(), st.integers(1, 3))
def test_the_first_sentences_are_how_a_text_begins(text: str, count: int) -> None:
    found = list(ends(text))
    assert found == sorted(set(found))
    assert text.strip().startswith(first_sentences(text, count))


_PIECES = (
    "<item> </item> <title> </title> <entry> </entry> <feed> <rss> <channel> </channel> </rss> "
    "<![CDATA[ ]]> <!-- --> <!DOCTYPE [ ] > &amp; &lt;p&gt; &#0; &x; & < words <p> </p> <link/> "
    "<content type='xhtml'> <a:b> <guid> 2024-05-01 <pubDate> </pubDate> \x00 é <?xml ?> <summary>"
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split(" ")), max_size=40).map(" ".join))
def test_nothing_of_xml_is_too_broken_to_be_read_or_refused(text: str) -> None:
    try:
        draft(f"<rss><channel>{text}".encode())
    except NewsletterError as error:
        assert error.problems[0].message
