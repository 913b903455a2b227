"""Plain text and Markdown become drafts: those of tests/imports, our own emails, and any other."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.loader import load, read_as
from newsletter.model import Issue
from newsletter.problems import NewsletterError
from newsletter.source import parse
from tests.importing import FILES, invented, lost, taken, words

SAMPLES = sorted(path for path in FILES.iterdir() if path.suffix in (".txt", ".md"))
OWN = sorted(Path(__file__).parent.parent.glob("sample_output/*/email.txt"))
_NUMBERS = re.compile(r"^\s*\d+[.)] ", re.MULTILINE)  # of a list: the list counts by itself


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_text_becomes_the_draft_that_stands_beside_it(path: Path) -> None:
    made = taken(path.name, path.read_bytes())
    told = [f"# read as {made.format}\n"]
    told += [f"# noticed: {message}\n" for message in made.log.noticed]
    told += [f"# left out ({left.why}): {left.words}\n" for left in made.log.left]
    expected = path.with_suffix(".yaml").read_text("utf-8")
    assert "".join(told) + made.files[made.name].decode() == expected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_word_of_a_text_is_lost(path: Path) -> None:
    source = path.read_text("utf-8")
    made = taken(path.name, path.read_bytes())
    assert lost(_NUMBERS.sub("", source), made.draft, made.log) == {}


# What stands more often in the draft than in the source: the name of a file in place of a title, a
# heading above each of its parts, and who published each article of a feed.
MORE = {
    "briefing.txt": "briefing",
    "digest.txt": "digest",
    "links.md": "policing",
    "wordpress.txt": "Read Example Care Read Example Care Care",
}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_word_is_invented(path: Path) -> None:
    made = taken(path.name, path.read_bytes())
    found = invented(path.read_text("utf-8"), made.draft)
    assert found == words(MORE.get(path.name, ""))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parent.name)
def test_the_plain_text_of_an_issue_is_read_back(path: Path) -> None:
    stem = path.parent.name
    issue = read_as(path.parents[2] / "issues" / f"{stem}.yaml", Issue, stem)[0]
    made = taken(path.name, path.read_bytes())
    assert issue is not None
    assert (made.draft.title, made.draft.date) == (issue.title, issue.date)
    headings = [section.title for section in made.draft.sections]
    named = [issue.lead.title] if issue.lead else []
    wanted = [*named, *dict.fromkeys(section.title for section in issue.sections)]
    assert sorted(set(headings) & set(wanted)) == sorted(wanted)
    text = made.files[made.name].decode()
    addresses = [link for one in issue.all_entries for link in one.text.links]
    addresses += [row.url for one in issue.all_entries for row in one.links]
    assert [url for url in addresses if url not in text] == []
    assert lost(path.read_text("utf-8"), made.draft, made.log) == {}


# --- any text ------------------------------------------------------------------------------------

_WORD = st.text("abcdefgäé'&[]()#<>`!-.,:;|\\\u00a0\u200b€漢", min_size=1, max_size=9)
_LINE = st.one_of(
    st.lists(_WORD, min_size=1, max_size=12).map(" ".join),
    st.sampled_from(
        [
            "Read the report: Children and the law",
            "Source: Example Trust",
            "Date published: 6 January 2025",
            "24/01/2024: A headline of that day",
            "# A heading", "**In bold**", "===", "---", "- an item", "  - one below it",
            "> “quoted”", "1. the first", "A Heading", "News",
            "A [link](https://example.org/a?utm_source=b) to a page.", "and [one](#) to nowhere",
            "<https://example.org/bare>", "https://example.org/x_(y)", "Unsubscribe",
            "To continue reading click www.example.org", "[video] [A film](https://example.org/f)",
        ]
    ),
)  # fmt: skip
_TEXT = st.lists(st.tuples(_LINE, st.sampled_from(["\n", "\n\n", "\r\n\r\n"])), max_size=14).map(
    lambda lines: "".join(line + end for line, end in lines)
)


@settings(max_examples=120, deadline=None)
@given(_TEXT, st.sampled_from(["text", "markdown"]))
def test_whatever_a_text_says_becomes_yaml_that_says_it(text: str, form: str) -> None:
    try:
        made = taken("any.txt", text.encode(), form)
    except NewsletterError as error:
        assert [problem.code for problem in error.problems] == ["format"]
        return
    written = parse(made.files[made.name].decode(), "any.yaml")
    assert written.problems == ()
    codes = {problem.code for problem in load(written, Issue)[1]}
    assert codes <= {"missing", "link-target"}
    if form == "text":
        assert lost(_NUMBERS.sub("", text), made.draft, made.log) == {}


def test_a_text_of_many_pages_is_read_in_one_go() -> None:
    text = "A heading\n\nA sentence of it with a [link](https://example.org/).\n\n" * 3000
    assert len(taken("long.txt", text.encode()).draft.entries) == 3000


def test_an_empty_file_is_told() -> None:
    with pytest.raises(NewsletterError) as caught:
        taken("empty.txt", b" \n\n")
    assert [problem.message for problem in caught.value.problems] == ["this is empty"]
