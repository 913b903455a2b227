"""The rules about sections and entries: what their examples do not show."""

import pytest

from tests.one_rule import Told, messages, places, told

pytestmark = pytest.mark.usefixtures("folder")


def _sections(*headings: str, more: str = "") -> str:
    sections = "".join(f"  - title: {heading}\n    entries: [A]\n" for heading in headings)
    return f"title: T\ndate: 2024-05\n{more}sections:\n{sections}"


# --- order ----------------------------------------------------------------------------------------

NAMES = ("The Arts", "Care", "“Éducation”", "LGBTQ+", "Missing", "Neglect", "Other")


def test_a_heading_out_of_order_is_told_with_where_it_belongs() -> None:
    moved = ("Care", "Youth Justice", *NAMES[2:])
    assert told("structure/section-order", _sections(*moved)) == [
        Told(
            6,
            12,
            "'Youth Justice' stands out of alphabetical order: it would come after 'Neglect'",
            "'order: alphabetical' in newsletter.yaml sorts sections for you",
            "",
        )
    ]
    last = (*NAMES[:6], "Abuse", "Other")
    assert messages("structure/section-order", _sections(*last)) == [
        "'Abuse' stands out of alphabetical order: it would come first"
    ]


@pytest.mark.parametrize(
    "headings",
    [
        NAMES,
        ("Neglect", "Care", "The Arts"),  # too few to tell
        tuple(reversed(NAMES)),
        ("Must listen", "Must watch", "Must read", "Jobs", "Events", "Tweet of the week"),
        ("Policy", "Practice", "Research", "Events", "Training", "Jobs", "Funding"),
    ],
)
def test_an_order_that_is_no_alphabetical_one_is_left_alone(headings: tuple[str, ...]) -> None:
    assert places("structure/section-order", _sections(*headings)) == []


def test_sections_that_the_builder_sorts_are_left_alone() -> None:
    moved = _sections("Youth", *NAMES)
    assert places("structure/section-order", moved) == [(4, 12)]
    assert places("structure/section-order", moved, "order: alphabetical\n") == []


# --- headings -------------------------------------------------------------------------------------


def test_empty_sections_are_told_at_their_headings() -> None:
    issue = """\
        title: T
        date: 2024-05
        lead:
          subtitle: Shattered lives
        sections:
          - title: Neglect
            entries: [A]
          - title: >-
              Children’s
              Social Care
          - entries: []
    """
    hint = "write them, or remove the heading"
    assert told("structure/empty-section", issue) == [
        Told(4, 3, "the lead has no entries and is left out", hint, ""),
        Told(9, 7, "'Children’s Social Care' has no entries and is left out", hint, ""),
        Told(11, 5, "a section has no entries and is left out", hint, ""),
    ]


def test_an_issue_without_entries_is_told_once() -> None:
    issue = "title: T\ndate: 2024-05\nsections:\n  - title: A\n  - title: B\n"
    assert places("structure/empty-section", issue) == []


def test_a_heading_that_stands_twice_is_told_with_the_first_line() -> None:
    issue = _sections("Online Safety", "Neglect", "online  safety.", "Neglect")
    assert told("structure/heading-twice", issue) == [
        Told(
            8,
            12,
            "two sections have the heading 'online safety.': here and on line 4",
            "put the entries of both under one heading",
            "",
        ),
        Told(
            10,
            12,
            "two sections have the heading 'Neglect': here and on line 6",
            "put the entries of both under one heading",
            "",
        ),
    ]


def test_a_heading_that_is_repeated_right_below_is_told() -> None:
    issue = """\
        title: T
        date: 2024-05
        lead:
          title: The Jay Review
          subtitle: the Jay Review
          entries: [A]
        sections:
          - title: The Jay Review
            entries: [A]
          - title: AI imagery
            entries:
              - title: Something else
              - title: AI imagery
          - title: Secure beds
            entries:
              - title: Secure beds
                text: A
          - title: No entries
          - title: No entries
    """
    hint = "leave one of the two out"
    assert told("structure/heading-twice", issue) == [
        Told(5, 13, "'the Jay Review' repeats the heading right above it", hint, ""),
        Told(16, 16, "'Secure beds' repeats the heading right above it", hint, ""),
    ]


def test_only_a_section_below_a_heading_needs_one() -> None:
    issue = """\
        title: T
        date: 2024-05
        sections:
          - entries: [A]
          - title: Neglect
            entries: [B]
          - entries: []
          - subtitle: A large line
            entries: [C]
          - entries: [D]
    """
    assert told("structure/no-heading", issue) == [
        Told(
            10,
            5,
            "this section has no heading: its entries will stand below 'A large line'",
            "give it a 'title'",
            "",
        )
    ]


# --- entries --------------------------------------------------------------------------------------


def test_the_entry_without_a_link_is_told_at_its_first_words() -> None:
    issue = """\
        title: T
        date: 2024-05
        entries:
          - "[One](https://example.org/1)"
          - text: Two
            links: [{label: Read, url: 'https://example.org/2'}]
          - "Write to <carers@example.org>."
          - title: Inspectors visit five councils
            text: They have published what they found.
          - Childline is there on 0800 1111, or (020) 7946 0018.
          - >-
            **Foster carers** have been asked
            in a survey of their allowances.
          - "[Six](https://example.org/6)"
          - "[Seven](https://example.org/7)"
          - "[Eight](https://example.org/8)"
          - "[Nine](https://example.org/9)"
    """
    hint = "link the words that name what it tells of, or give it 'links'"
    assert told("structure/no-link", issue) == [
        Told(8, 12, "'Inspectors visit five councils' has no link", hint, ""),
        Told(12, 7, "'Foster carers have been asked in a survey of…' has no link", hint, ""),
    ]


def test_the_paragraphs_of_a_lead_share_their_links() -> None:
    lead = "lead:\n  entries: ['[A](https://example.org)', More of it.]\n"
    assert places("structure/no-link", f"title: T\ndate: 2024-05\n{lead}") == []
    rest = "entries:\n" + "  - '[B](https://example.org)'\n" * 9
    assert places("structure/no-link", f"title: T\ndate: 2024-05\n{lead}{rest}") == []
    bare = "lead:\n  entries: [A report., More on the survey.]\n"
    assert len(places("structure/no-link", f"title: T\ndate: 2024-05\n{bare}{rest}")) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("**Correction:** our report gave the wrong year.", 0),
        ("This round-up takes a break in August; a survey asks why.", 0),
        ("Send us your reports for our next issue.", 0),
        ("Ministers have published the figures.", 1),
        ("The next issue of the journal has a study of neglect.", 1),
        ("Ann Example joined us as director in May. We thank Ben Example.", 0),
        ("Schools have to notify us on the day that a name is taken off the roll.", 0),
        ("We have published a report on neglect.", 1),
        ("Ministers said “the report is out”. A carer said ‘It’s a guide’.", 0),
        ("Our item on the survey brought 71 emails.", 0),
        ("Denise, our scrutineer, is retiring to Anglesey.", 0),
        ("In my first strategy review I learnt much.", 0),
        ("A Court of Appeal judge has quashed the conviction.", 0),
    ],
)
def test_only_what_could_be_opened_needs_a_link(text: str, told: int) -> None:
    linked = "".join(f"  - '[A {n}](https://example.org/{n})'\n" for n in range(9))
    issue = f"title: T\ndate: 2024-05\nentries:\n{linked}  - '{text}'\n"
    assert len(places("structure/no-link", issue)) == told


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{source: BBC News, text: A home is closed.}", 1),
        ("{date: 2024-05-02, text: A home is closed.}", 1),
        ("{text: A home is closed.}", 0),
        ("{source: A social worker, text: '> He drew our cat.'}", 0),
    ],
)
def test_what_has_a_publisher_or_a_date_could_be_opened(entry: str, told: int) -> None:
    linked = "".join(f"  - '[A {n}](https://example.org/{n})'\n" for n in range(9))
    issue = f"title: T\ndate: 2024-05\nentries:\n{linked}  - {entry}\n"
    assert len(places("structure/no-link", issue)) == told


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (["**Monday 6 May**: the round table", "7 May: a lecture", "8 May, 1pm: supervision"], 0),
        (["assessments in time: 84.2% (81.9%)", "children in care: 1,103", "exclusions: 62"], 0),
        (["A trust has a report", "Inspectors went to 5 councils", "Ministers answered 3 MPs"], 1),
        (["7 May: a conference", "8 May: another"], 1),
        (
            [
                f"{n} of all the trusts have told in reports of what they find in their homes"
                for n in (1, 2, 3)
            ],
            1,
        ),
    ],
)
def test_a_list_of_dates_or_figures_needs_no_link(listed: list[str], told: int) -> None:
    linked = "".join(f"  - '[A {n}](https://example.org/{n})'\n" for n in range(9))
    text = "".join(f"      - {one}\n" for one in listed)
    issue = f"title: T\ndate: 2024-05\nentries:\n{linked}  - |\n      All are there:\n\n{text}"
    assert len(places("structure/no-link", issue)) == told


def test_an_issue_that_hardly_links_is_left_alone() -> None:
    issue = "title: T\ndate: 2024-05\nentries: ['[A](https://example.org)', B, C, D]\n"
    assert places("structure/no-link", issue) == []


def test_figures_are_no_telephone_number() -> None:
    linked = "".join(f"  - '[A {n}](https://example.org/{n})'\n" for n in range(9))
    for text in ("A £0116 000 survey.", "A study, 2014 to 2024, of 83,630", "A report says 1 in 5"):
        issue = f"title: T\ndate: 2024-05\nentries:\n{linked}  - {text}\n"
        assert places("structure/no-link", issue) == [(13, 5)]


def test_a_long_entry_is_told_where_it_becomes_too_long() -> None:
    issue = """\
        title: T
        date: 2024-05
        entries:
          - text: |
              One two – [three four](https://example.org/5)
              five six seven.

              - eight
    """
    assert told("structure/long-entry", issue, words=6) == [
        Told(
            6,
            16,
            "'One two – three four five six seven. eight' has 8 words: readers of a round-up "
            "want fewer",
            "cut it down to 6 or fewer; from here on it is too much",
            "",
        )
    ]
    assert places("structure/long-entry", issue, words=8) == []


def test_by_default_an_entry_may_have_three_hundred_words() -> None:
    head = "title: T\ndate: 2024-05\nentries:\n  - "
    assert places("structure/long-entry", head + "word " * 300) == []
    assert places("structure/long-entry", head + "word " * 301) == [(4, 5 + 5 * 300)]
