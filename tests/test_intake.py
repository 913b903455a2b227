"""Cleaning, days, rows and YAML: the parts that all importers share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.intake import clean, typed
from newsletter.intake.blocks import NOWHERE, Block, Picture, Span, inline, markdown
from newsletter.intake.days import day, days
from newsletter.intake.draft import Draft, DraftEntry, DraftLink, DraftSection, Log
from newsletter.markup import Markdown, runs
from newsletter.source import parse
from newsletter.values import Language

BRITISH, AMERICAN = Language("en-GB"), Language("en-US")


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("23/04/2024", "en-GB", "2024-04-23"),
        ("01/02/2024", "en-GB", "2024-02-01"),
        ("01/02/2024", "en-US", "2024-01-02"),
        ("04/23/2024", "en-GB", "2024-04-23"),  # there is no 23rd month
        ("1.2.24", "de", "2024-02-01"),
        ("2024-04-23", "en-GB", "2024-04-23"),
        ("2024-04-23T10:11:12+01:00", "en-GB", "2024-04-23"),
        ("2024/04", "en-GB", "2024-04"),
        ("2024", "en-GB", "2024"),
        ("Tuesday 23rd of April, 2024", "en-GB", "2024-04-23"),
        ("April 23, 2024", "en-GB", "2024-04-23"),
        ("23 Apr 2024.", "en-GB", "2024-04-23"),
        ("April 2024", "en-GB", "2024-04"),
        ("23 Ebrill 2024", "cy", "2024-04-23"),
        ("23 avril 2024", "fr", "2024-04-23"),
        ("23 April 2024", "cy", "2024-04-23"),  # English stands in Welsh newsletters
        ("Tue, 23 Apr 2024 10:11:12 +0000", "en-GB", "2024-04-23"),
        ("31/02/2024", "en-GB", ""),
        ("31 February 2024", "en-GB", ""),
        ("23 April", "en-GB", ""),
        ("about 23 April 2024", "en-GB", ""),
        ("3 in 4", "en-GB", ""),
    ],
)
def test_a_day_is_read_as_its_language_writes_it(text: str, language: str, meant: str) -> None:
    assert day(text, Language(language)) == meant


def test_the_days_of_a_title_are_found_in_it() -> None:
    assert days("Round-up – April 2024", BRITISH) == ["2024-04"]
    assert days("News of 23 April 2024", BRITISH) == ["2024-04-23", "2024-04"]
    assert days("Issue 12", BRITISH) == []


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("https://example.org/a?utm_source=x&id=3", "https://example.org/a?id=3"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a#respond", "https://example.org/a"),
        ("https://example.org/a#:~:text=some", "https://example.org/a"),
        ("https://example.org/a#findings", "https://example.org/a#findings"),
        ("https://www.google.com/url?q=https://example.org/b", "https://example.org/b"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fc",
            "https://example.org/c",
        ),
        # What cannot be opened stays, and `newsletter check` tells it.
        (
            "https://protect-eu.mimecast.com/s/abc123",
            "https://protect-eu.mimecast.com/s/abc123",
        ),
        (" https://example.org/\u00a0", "https://example.org/"),
        (NOWHERE, NOWHERE),
    ],
)
def test_an_address_is_taken_out_of_what_was_put_around_it(url: str, meant: str) -> None:
    assert clean.address(url) == meant


# --- cleaning ------------------------------------------------------------------------------------


def _paragraph(*words: str) -> list[Block]:
    return [Block("paragraph", (Span(one),)) for one in words]


def _cleaned(*words: str) -> tuple[list[str], list[str], list[str]]:
    """Words of the blocks, what was left out, what was noticed."""
    log = Log()
    found = clean.cleaned(_paragraph(*words), BRITISH, log)
    return [block.words for block in found], [left.words for left in log.left], log.noticed


SPAM = "极速赛车168最新开奖号码"


@pytest.mark.parametrize(
    ("given", "words", "left", "noticed"),
    [
        (["no\u00a0break\u2009and soft\u00adhyphen\ufeff"], ["no break and softhyphen"], [], []),
        (
            ["A line of a page that was no wider than\nthis, and so went on below it."],
            ["A line of a page that was no wider than this, and so went on below it."],
            [],
            [],
        ),
        (
            ["A sentence of some words, broken by a", "page that ended there."],
            ["A sentence of some words, broken by a page that ended there."],
            [],
            ["'by a / page that ended' was broken by an empty line"],
        ),
        (
            ["It was enough of this.", "the next one begins small."],
            ["It was enough of this.", "the next one begins small."],
            [],
            [],
        ),
        (
            [f"{SPAM} One", f"{SPAM} Two"],
            ["One", "Two"],
            [SPAM, SPAM],
            [f"spam was taken out: '{SPAM}' (2 times)"],
        ),
        (
            ["Parents can view online safety guides.", "Copyright and deepfakes: guidance."],
            ["Parents can view online safety guides.", "Copyright and deepfakes: guidance."],
            [],
            [],
        ),
        (
            ["News", "You receive this because you asked.", "Example Trust, 1 Example Street"],
            ["News"],
            ["You receive this because you asked.", "Example Trust, 1 Example Street"],
            [],
        ),
        (
            [f"{SPAM} One", "Two"],
            [f"{SPAM} One", "Two"],
            [],
            [f"'{SPAM}' is in another script: is it spam?"],
        ),
        (["View this email in your browser", "1"], ["1"], ["View this email in your browser"], []),
        (["Unsubscribe from this list"], [], ["Unsubscribe from this list"], []),
        (["A report ]]> of it"], ["A report of it"], ["]]>"], []),
        (
            ["As large as it would be1", "Catch22 and CO2"],
            ["As large as it would be1", "Catch22 and CO2"],
            [],
            ["numbers of footnotes seem to be stuck to words: be1"],
        ),
        (
            ["Visit the website:\nThe Plan"],
            ["Visit the website: The Plan"],
            [],
            ["'Visit the website:' and 'The Plan' stood on two lines"],
        ),
    ],
)  # fmt: skip
def test_what_copying_has_added_is_taken_out(
    given: list[str], words: list[str], left: list[str], noticed: list[str]
) -> None:
    assert _cleaned(*given) == (words, left, noticed)


def test_a_run_of_foreign_words_goes_where_it_stands_before_every_title() -> None:
    log = Log()
    titles = clean.without_runs([f"{SPAM} One", f"{SPAM}: Two", "Three"], BRITISH, log)
    assert titles == ("One", "Two", "Three")
    assert [left.words for left in log.left] == [SPAM, SPAM]
    assert clean.without_runs(["李明 speaks", "Two"], BRITISH, Log()) == ("李明 speaks", "Two")
    # Short ones are known by their number, and they may stand behind.
    for form in ("极速赛车168 {}", "{} Казино онлайн"):
        given = [form.format(word) for word in ("One", "Two", "Three")]
        assert clean.without_runs(given, BRITISH, Log()) == ("One", "Two", "Three")


def test_a_chinese_newsletter_is_not_spam() -> None:
    log = Log()
    titles = (f"{SPAM} 一", f"{SPAM} 二")
    assert clean.without_runs(titles, Language("zh"), log) == titles
    assert log.left == []


# --- Markdown ------------------------------------------------------------------------------------

_WORDS = st.text("ab *_[]()<>&#`\\!-+.1é'\"€", min_size=1, max_size=12)
_SPAN = st.builds(
    Span, _WORDS, st.sampled_from(["", "", "https://example.org/a_(b)", NOWHERE]), st.booleans()
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_SPAN, min_size=1, max_size=5))
def test_words_and_links_read_back_from_their_markdown(spans: list[Span]) -> None:
    text = inline(spans)
    read = "".join(run.words for run in runs(text))
    meant = "".join(span.words for span in spans)
    assert read.split() == meant.split()


def test_signs_are_escaped_only_where_markdown_would_take_them_for_its_own() -> None:
    assert inline([Span("2*2 = 4, a_b and [not] a link")]) == "2*2 = 4, a_b and [not] a link"
    assert inline([Span("*not* bold")]) == r"\*not\* bold"
    assert inline([Span("# no heading")]) == r"\# no heading"
    assert inline([Span("1. no list")]) == r"1\. no list"


def test_lists_and_quotations_stand_in_a_text() -> None:
    blocks = [
        Block("paragraph", (Span("It asks for:"),)),
        Block("item", (Span("one"),), 2),
        Block("item", (Span("more"),), 3),
        Block("quotation", (Span("“So be it”"),)),
        Block("quotation", (Span("— A reader"),)),
    ]
    assert markdown(blocks) == "It asks for:\n\n- one\n  - more\n\n> “So be it”\n>\n> — A reader"


# --- YAML ----------------------------------------------------------------------------------------

_LINE = st.text(
    st.characters(codec="utf-8"),
    min_size=1, max_size=40,
).map(clean.line).filter(bool)  # fmt: skip
_TEXTS = st.lists(_LINE, min_size=1, max_size=4).map("\n\n".join)
_ENTRY = st.builds(
    DraftEntry,
    title=_LINE | st.just(""),
    kind=st.just(""),
    closes=st.just(""),
    source=_LINE | st.just(""),
    date=st.sampled_from(["", "2024", "2024-04-23"]),
    text=_TEXTS,
    links=st.lists(
        st.builds(DraftLink, _LINE, _LINE, st.just("https://example.org/")), max_size=2
    ).map(tuple),
    image=st.none() | st.builds(Picture, st.just("images/a.png"), _LINE, _LINE, _LINE),
    todo=st.sampled_from(["", "write your own"]),
)


def _as_data(entry: DraftEntry) -> object:
    """What YAML should say of an entry, white space made one."""
    text = " ".join(entry.text.split())
    if entry == DraftEntry(text=entry.text, todo=entry.todo):
        return text
    said: dict[str, object] = {}
    for name in ("title", "source", "date"):
        if given := getattr(entry, name):
            said[name] = given
    if entry.image:
        image = entry.image
        said["image"] = {
            "src": image.src, "alt": image.alt, "credit": image.credit, "caption": image.caption
        }  # fmt: skip
    said["text"] = text
    if entry.links:
        said["links"] = [
            {"label": link.label, "title": link.title, "url": link.url} for link in entry.links
        ]
    return said


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    return " ".join(str(value).split())


@settings(max_examples=150, deadline=None)
@given(st.lists(_ENTRY, min_size=1, max_size=3), _LINE)
def test_a_draft_reads_back_from_its_yaml(entries: list[DraftEntry], title: str) -> None:
    sections = (DraftSection(title, title, tuple(entries)), DraftSection("Next", "", (entries[0],)))
    draft = Draft(title=title, date="2024-04", sections=sections)
    read = parse(typed.issue(draft, [typed.comment(title)]), "draft.yaml")
    data = [_as_data(entry) for entry in entries]
    assert read.problems == ()
    assert _bare(read.data) == {
        "title": title,
        "date": "2024-04",
        "sections": [
            {"title": title, "subtitle": title, "entries": data},
            {"title": "Next", "entries": data[:1]},
        ],
    }


def test_no_line_of_a_text_begins_with_a_sign_that_would_make_it_something_else() -> None:
    words = "word " * 15 + "word - and + or 1. and # or > there " * 6
    text = "\n".join(typed.block(words.strip(), "    "))
    assert {token.type for token in Markdown.as_typed(text.strip()).tokens} == {
        "paragraph_open", "inline", "paragraph_close"
    }  # fmt: skip
    assert text.split() == words.split()
