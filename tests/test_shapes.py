"""What is what in a document, told by its form: title and date, sections, entries, rows."""

from base64 import b64encode
from textwrap import dedent

import pytest

from newsletter.intake.blocks import Picture
from newsletter.problems import NewsletterError
from tests.importing import lost, taken
from tests.word_files import png

NEGLECT = "<p>The trust has <a href='https://example.org/a'>figures</a>.</p>"
SECTION = """\
  - title: Neglect
    entries:
      - |
        The trust has [figures](https://example.org/a).
"""


def _drafted(source: str, name: str = "a.html") -> str:
    """The draft of a document, without its notes."""
    made = taken(name, source.encode())
    assert lost(source if name != "a.html" else "", made.draft, made.log) == {}
    lines = made.files[made.name].decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("#"))


@pytest.mark.parametrize(
    "top",
    [
        "<h1>The Week</h1><p>5 May 2024</p>",
        "<h1>The Week</h1><h2>5 May 2024</h2>",
        "<p>5 May 2024</p><h1>The Week</h1>",
        "<h1>The Week</h1><p><b>5 May 2024</b></p>",
    ],
)
@pytest.mark.parametrize("level", [1, 2])
def test_the_date_near_the_title_is_that_of_the_issue(top: str, level: int) -> None:
    sections = f"<h{level}>Neglect</h{level}>{NEGLECT}<h{level}>Online</h{level}>{NEGLECT}"
    if level == 1 and "<h2>" in top:
        sections = sections.replace("h1", "h2")
    draft = _drafted(f"<body>{top}{sections}</body>")
    assert draft == (
        "title: The Week\ndate: 2024-05-05\nlayout: roundup\n\nsections:\n"
        f"{SECTION}\n{SECTION.replace('Neglect', 'Online')}"
    )


@pytest.mark.parametrize("line", ["Issue 12 | Friday 9th June 2023", "An intro.</p><p>9 June 2023"])
def test_a_date_a_little_below_the_title_is_that_of_the_issue(line: str) -> None:
    draft = _drafted(f"<h1>The Week</h1><p>{line}</p><h2>Neglect</h2>{NEGLECT}")
    assert "date: 2023-06-09\n" in draft
    assert draft.endswith(SECTION)


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    bold = "<p><b>The Week</b></p><p><b>12 June 2023</b></p><p><b>Neglect</b></p>"
    assert _drafted(f"{bold}{NEGLECT}") == (
        f"title: The Week\ndate: 2023-06-12\nlayout: roundup\n\nsections:\n{SECTION}"
    )


def test_a_date_between_two_stories_is_that_of_the_one_below() -> None:
    story = "<h2>{}</h2><p>It was said that more is needed.</p>"
    page = f"<h1>The Week</h1><p>Intro.</p>{story.format('One')}<p>6 July 2023</p>"
    draft = _drafted(f"{page}{story.format('Two')}")
    below = draft.partition("  - title: Two\n")[2]
    assert "date: 2023-07-06\n" in below


@pytest.mark.parametrize(
    "row",
    [
        "<p>Read the blog:</p><p><a href='https://example.org/s'>Sleep, simply</a></p>",
        "<p>Read the blog:<br><a href='https://example.org/s'>Sleep, simply</a></p>",
        "<p>Read the blog: <a href='https://example.org/s'>Sleep, simply</a></p>",
        "<p><a href='https://example.org/s'>Read the blog: Sleep, simply</a></p>",
    ],
)
def test_a_label_and_its_link_are_one_row_however_they_are_broken(row: str) -> None:
    draft = _drafted(f"<h1>The Week</h1><h2>Sleep</h2><p>A study of it.</p>{row}")
    assert draft.endswith(
        dedent("""\
        sections:
          - title: Sleep
            entries:
              - text: |
                  A study of it.
                links:
                  - label: Read the blog
                    title: Sleep, simply
                    url: https://example.org/s
        """)
    )


def test_a_heading_of_contents_without_them_is_no_intro() -> None:
    page = f"<h1>The Week, May 2024</h1><p>In this edition:</p><h2>Neglect</h2>{NEGLECT}"
    assert _drafted(page).partition("\n\n")[2] == f"sections:\n{SECTION}"


def test_the_link_of_a_headline_is_a_row_of_its_entry() -> None:
    page = (
        "<h1>The Week</h1><p>Intro.</p><h2><a href='https://example.org/t'>Told</a></h2><p>It.</p>"
    )
    assert _drafted(page).endswith(
        "      - text: |\n          It.\n        links:\n"
        "          - title: Told\n            url: https://example.org/t\n"
    )


def test_the_link_of_a_picture_is_kept_unless_the_entry_has_it() -> None:
    picture = (
        "<a href='https://example.org/{}'><img src='https://example.org/p.png' alt='A desk'></a>"
    )
    story = "<h2>One</h2>{}<p>See <a href='https://example.org/a'>the study</a>.</p>"
    page = "<h1>The Week</h1><p>Intro.</p>"
    assert "links:" not in _drafted(page + story.format(picture.format("a")))
    assert _drafted(page + story.format(picture.format("b"))).endswith(
        "        links:\n          - title: A desk\n            url: https://example.org/b\n"
    )


def test_a_list_below_a_headline_stays_a_list() -> None:
    page = "<h1>The Week</h1><h2>Part</h2><h3>Asked for</h3><ul><li>Time</li><li>Care</li></ul>"
    assert "          - Time\n          - Care\n" in _drafted(page)


@pytest.mark.parametrize(
    "items",
    [
        "<p>·<span> </span>First</p><p>·<span> </span>Second</p>",
        "<p>1. First</p><p>2. Second</p>",
        "<p>- First</p><p>- Second</p>",
    ],
)
def test_signs_of_a_list_make_one(items: str) -> None:
    page = f"<h1>The Week</h1><h2>Part</h2><p>It asks for:</p>{items}"
    assert _drafted(page).endswith("        It asks for:\n\n        - First\n        - Second\n")


def test_dates_in_words_make_a_digest_too() -> None:
    text = "3 February 2023 - One\n\nWords of it.\n\n01/02/2023: Two\n\nMore words.\n"
    assert _drafted(text, "a.txt").partition("\n\n")[2] == dedent("""\
        entries:
          - title: One
            date: 2023-02-03
            text: |
              Words of it.

          - title: Two
            date: 2023-02-01
            text: |
              More words.
        """)


def test_numbers_in_brackets_lead_where_the_list_below_says() -> None:
    text = "News\n\nMay 2024\n\nNeglect\n\nA study [1] of it.\n\n[1] https://example.org/a\n"
    made = taken("a.txt", text.encode())
    assert made.draft.entries[0].text == "A study [[1]](https://example.org/a) of it."


def test_what_markdown_has_aside_is_told() -> None:
    link = '[One](https://example.org/a "Pointed at")'
    text = f"# News\n\n- {link} is ~~gone~~ here.[^1]\n\n[^1]: Noted.\n"
    made = taken("a.md", text.encode())
    assert "- |\n    [One](https://example.org/a) is here.\n" in made.files[made.name].decode()
    assert [(left.words, left.why) for left in made.log.left] == [
        ("Noted.", "a footnote"),
        ("1", "the number of a footnote"),
        ("gone", "it is struck out"),
        ("Pointed at", "shown when one points at a link"),
    ]


def test_a_text_longer_than_an_entry_may_be_is_cut_into_several() -> None:
    made = taken("a.txt", b"A sentence of words. " * 2000)
    assert len(made.draft.entries) > 2
    assert max(len(entry.text) for entry in made.draft.entries) < 20_000


def test_front_matter_gives_title_and_date_and_what_is_not_known_is_told() -> None:
    text = (
        "---\ntitle: The Week\ndate: 2024-05-03\ndescription: About it\nsubtitle: More\n"
        "tags: [police, {of: courts}]\n---\n# The Week\n\n4 May 2024\n\n"
        "## Neglect\n\n- [One](https://example.org/a)\n"
    )
    made = taken("a.md", text.encode())
    assert (made.draft.title, made.draft.date) == ("The Week", "2024-05-03")
    assert made.draft.preheader == "About it"
    assert made.log.noticed == ["the front matter says 2024-05-03, the text 2024-05-04"]
    told = [left.words for left in made.log.left]
    assert {"More", "tags: police of courts"} <= set(told)
    unread = taken("a.md", text.replace("2024-05-03", "soon").encode())
    assert ("soon", "a date that cannot be read") in unread.log.left


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "word " * 110_000),
        ("a.txt", "a\n\n" * 10_001),
        ("a.md", "# A\n\n" + "word " * 110_000),
    ],
    ids=["long", "many paragraphs", "long Markdown"],
)
def test_what_is_longer_than_any_newsletter_is_refused(name: str, text: str) -> None:
    with pytest.raises(NewsletterError) as caught:
        taken(name, text.encode())
    assert [problem.code for problem in caught.value.problems] == ["file-too-large"]


FEED = """\
Tag Archives - Example Care http://www.example.org/tag/a/ News Wed, 02 Apr 2025 21:30:08 +0000 \
en-GB hourly 1 https://wordpress.org/?v=6.7.2 One https://www.example.org/1/ \
Fri, 07 Feb 2025 09:00:49 +0000 https://www.example.org/?p=1
Only a summary of it.
]]>
https://example.org/p.jpg Example Care A desk Photo: Ann Example
Two https://www.example.org/2/ Thu, 16 Jan 2025 22:31:18 +0000 https://www.example.org/?p=2
A summary.
]]>

Image of a mask (credit: Bob / Stock)

An article about masks.
]]>
https://www.example.org/2/feed/ 3 https://example.org/q.jpg Example Care Photo: Ann Example
"""


def test_a_picture_of_a_copied_feed_has_its_own_words_and_no_other_s() -> None:
    one, two = taken("feed.txt", FEED.encode()).draft.entries
    assert one.image == Picture("https://example.org/p.jpg", "", "Ann Example", "A desk")
    assert one.text == "Only a summary of it."
    assert two.image == Picture("https://example.org/q.jpg", "", "Ann Example", "")
    assert two.text.startswith("Image of a mask (credit: Bob / Stock)")


def test_pictures_are_found_wherever_a_page_keeps_them() -> None:
    content = png("navy") + bytes(200)
    inside = f"data:image/png;base64,{b64encode(content).decode()}"
    wide = "https://example.org/s.jpg 200w, https://example.org/l.jpg 900w"
    page = (
        "<h1>The Week, May 2024</h1><p>Intro.</p>"
        f"<h2>One</h2><img src='{inside}' alt='Inside'><p>Words.</p>"
        f"<h2>Two</h2><img srcset='{wide}' alt='Wide'>"
        "<p>A desk (credit: Ann Example)</p><p>More.</p>"
        "<h2>Three</h2><img src='data:image/png;base64,!!' alt='Broken'><p>Last.</p>"
    )
    made = taken("a.html", page.encode())
    first, second, third = made.draft.entries
    assert first.image == Picture("images/2024-05-a-1.png", "Inside")
    assert made.files["images/2024-05-a-1.png"] == content
    assert second.image == Picture("https://example.org/l.jpg", "Wide", "Ann Example", "A desk")
    assert third.image is None
