"""The rules about dates: what their examples do not show."""

from pathlib import Path
from textwrap import indent

import pytest

from newsletter.dates import PartialDate, names
from tests.one_rule import Told, messages, places, told

pytestmark = pytest.mark.usefixtures("folder")


def _issue(*texts: str, date: str = "2024-05", language: str = "en-GB", more: str = "") -> str:
    entries = "".join(f"  - |\n{indent(text, '    ')}\n" for text in texts)
    return f"title: T\ndate: {date}\nlanguage: {language}\n{more}entries:\n{entries}"


# --- days of the week -----------------------------------------------------------------------------


def test_a_wrong_weekday_is_found_at_its_own_line_in_folded_text() -> None:
    issue = """\
        title: T
        date: 2024-05
        entries:
          - text: >-
              The Example Trust holds [a webinar
              on neglect](https://example.org/webinar) on
              Monday 11 June 2024, at noon.
    """
    assert told("dates/weekday", issue) == [
        Told(
            7,
            7,
            "11 June 2024 is a Tuesday, not a Monday",
            "find out which is right, the date or the day of the week",
            "Tuesday",
        )
    ]


def test_a_weekday_is_held_against_its_date() -> None:
    issue = _issue(
        "It is on Monday 12 June.",
        "It is on Mon 12th June.",
        "It is on Monday, June 12.",
        "It is on Monday, June 12, 2024.",
        "It was on Friday the 12th of January 2024.",
        "It was on Friday the 13th of January 2024.",
        "It is on Monday\n12\u00a0June 2024.",
    )
    assert messages("dates/weekday", issue) == [
        "12 June is a Wednesday in 2024, not a Monday",
        "12th June is a Wednesday in 2024, not a Mon",
        "June 12 is a Wednesday in 2024, not a Monday",
        "June 12, 2024 is a Wednesday, not a Monday",
        "13th of January 2024 is a Saturday, not a Friday",
        "12 June 2024 is a Wednesday, not a Monday",
    ]


def test_a_right_weekday_and_what_is_no_date_are_left_alone() -> None:
    issue = _issue(
        "The webinar is on Wednesday 12 June 2024, and again on Thurs 13 June.",
        "The UN adopted it on Monday 20 November 1989.",
        "He was seen on Friday 10 November, and on Tuesday 14 May.",  # of 2023, of 2024
        "The Sun, 3 March 2024, had it first; The Sunday Times 5 May 2024 had more.",
        "Every Monday 12 children come, and each Tuesday 30.",
        "From Monday 10.30 on; on Monday 12/06/2024.",
        "Black Friday 29 November 2024; Tuesday 5 May 1789; Monday 2 January 1601",
    )
    assert messages("dates/weekday", issue) == []


@pytest.mark.parametrize(
    ("language", "text", "suggestion"),
    [
        ("fr", "Le webinaire a lieu le lundi 11 juin 2024.", "mardi"),
        ("fr", "Le webinaire a lieu lundi 1er juillet 2024.", ""),
        ("de", "Das Webinar ist am Montag, dem 11. Juni 2024.", ""),
        ("de", "Das Webinar ist am Montag, den 11. Juni 2024.", "Dienstag"),
        ("es", "El seminario es el lunes 11 de junio de 2024.", "martes"),
        ("pl", "Szkolenie odbędzie się: poniedziałek, 11 czerwca 2024.", "wtorek"),
        ("cy", "Bydd y weminar ddydd Llun, ar dydd Llun 11 Mehefin 2024.", "dydd Mawrth"),
        ("ar", "الندوة يوم الاثنين 11 يونيو 2024", "الثلاثاء"),
        ("ur", "ویبینار پیر، 11 جون 2024 کو ہے", "منگل"),
    ],
)
def test_weekdays_are_known_in_other_languages(language: str, text: str, suggestion: str) -> None:
    found = told("dates/weekday", _issue(text, language=language))
    assert [one.suggestion for one in found] == ([suggestion] if suggestion else [])


def test_days_that_there_are_not_are_told() -> None:
    issue = _issue(
        "It begins on 31 June.",
        "It began on 29 February 2023, or on 29 February.",
        "The march of 40 March hares, 31 May 2024 and 0 April fools",
    )
    assert messages("dates/no-such-day", issue) == [
        "there is no 31 June",
        "there is no 29 February 2023",
    ]


# --- closing dates --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "closes", "closed", "soon"),
    [
        ("2024-05", "2024-04-30", 1, 0),
        ("2024-05", "2024-04", 1, 0),
        ("2024-05", "2023", 1, 0),
        ("2024-05", "2024-05-01", 0, 1),
        ("2024-05", "2024-05-14", 0, 1),
        ("2024-05", "2024-05-15", 0, 0),
        ("2024-05", "2024-05", 0, 0),
        ("2024-05", "2024", 0, 0),
        ("2024-05-10", "2024-05-09", 1, 0),
        ("2024-05-10", "2024-05-10", 0, 1),
        ("2024-05-10", "2024-05-12", 0, 1),
        ("2024-05-10", "2024-05-13", 0, 0),
        ("2024-05-10", "2024-05", 0, 0),
        ("2024", "2023-12-31", 1, 0),
        ("2024", "2024-06-30", 0, 0),
    ],
)
def test_closing_dates_are_compared_as_precisely_as_they_are_given(
    date: str, closes: str, closed: int, soon: int
) -> None:
    issue = f"title: T\ndate: {date}\nentries:\n  - text: Take part.\n    closes: {closes}\n"
    assert places("dates/closed", issue) == [(5, 13)] * closed
    assert places("dates/closes-soon", issue) == [(5, 13)] * soon


def test_an_issue_of_a_month_was_sent_after_its_latest_entry() -> None:
    issue = """\
        title: T
        date: 2024-05
        entries:
          - text: Take part.
            closes: 2024-05-20
          - text: News.
            date: 2024-05-24
          - text: Older news.
            date: 2024-04-30
    """
    assert messages("dates/closed", issue) == [
        "this closed on 20 May 2024, before other entries came out (24 May 2024)"
    ]
    assert places("dates/closes-soon", issue) == []


def test_what_an_entry_says_twice_is_told_once() -> None:
    issue = "title: T\ndate: 2024-05\nentries:\n- text: Closing date {}.\n  closes: 2024-05-{}\n"
    said = "is 9 May 2024"
    assert places("dates/closes-soon", issue.format(said, "09")) == [(5, 11)]
    assert places("dates/closes-soon", issue.format(said, "10")) == [(5, 11), (4, 25)]
    assert places("dates/closed", issue.format("is 9 April 2024", "30")) == [(4, 25)]


def test_what_closes_soon_is_told_in_words() -> None:
    issue = "title: T\ndate: 2024-05-10\nentries:\n- text: A\n  closes: {}\n"
    found = [messages("dates/closes-soon", issue.format(f"2024-05-{day}")) for day in (10, 11, 12)]
    assert found == [
        ["this closes on the day of the issue"],
        ["this closes the day after the issue"],
        ["this closes 2 days after the issue"],
    ]
    assert messages("dates/closes-soon", issue.format("2024-05-14"), days=5) == [
        "this closes 4 days after the issue"
    ]


def test_closing_dates_in_prose_are_found() -> None:
    texts = [
        "The survey closes on 12 March 2024.",
        "The survey closes at 5pm on Tuesday 12 March.",
        "The closing date for responses is midnight on 12 March 2024.",
        "Closing date: 12 March",
        "Deadline for applications: noon, 12th March 2024",
        "Apply by 12 March.",
        "It is free. Please send word. Book your place by 12 March 2024.",
        "Carers can please respond to the survey by 12 March 2024.",
        "The survey is open until 12 March 2024",
        "Nominations are due by 12 March 2024",
        "Closing 1 May? No: it will close on 30 April 2024.",
        "Submissions close on Friday 1 March 2024.",
        "The fund closes to new bids on 12 March 2024.",
        "**Helpline worker**, nights. Closes 12 March.",
    ]
    lines = [line for line, _ in places("dates/closed", _issue(*texts))]
    assert lines == list(range(6, 6 + 2 * len(texts), 2))


def test_what_only_looks_like_a_closing_date_is_left_alone() -> None:
    texts = [
        "The survey closed on 12 March 2024.",
        "The Government missed its deadline of 31 March 2024.",
        "The deadline was 31 March 2024, and nobody met it.",
        "Councils had to respond by 12 March 2024; half did not.",
        "Councils were told to apply by 12 March 2024.",
        "The home was open until 12 March 2024.",
        "The closing date of 31 March 2023 had been set in law.",
        "The survey closes soon. It was announced on 12 March 2024.",
        "The scheme’s deadline is 31 January each year.",
        "When the home closes on 31 March 2024, the children are moved.",
        "The report is due by 31 March 2024.",
        "Her last deadline: 3 May 1997.",
        "Apply by 12 September.",
        "The deadline is 12 December.",
        "The door closes behind him at 12 March Road.",
        "The hospital closes. On 12 March 2024, a child was found.",
    ]
    lines = [line for line, _ in places("dates/closed", _issue(*texts))]
    assert lines == []


def test_a_closing_date_in_prose_is_told_where_it_stands() -> None:
    issue = """\
        title: T
        date: 2024-05-10
        entries:
          - >-
            Foster carers are asked
            for [their views](https://example.org/a_(b)),
            and the survey closes on
            Monday 6 May.
    """
    assert told("dates/closed", issue) == [
        Told(
            8,
            12,
            "this closed on 6 May, before the issue's date (10 May 2024)",
            "leave the entry out, or look whether the time was extended",
            "",
        )
    ]


def test_prose_in_another_language_is_not_searched_for_closing_dates() -> None:
    assert places("dates/closed", _issue("Deadline: 12 mars 2024", language="fr")) == []


# --- dates of entries -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "entry", "later"),
    [
        ("2024-05", "2024-06-01", True),
        ("2024-05", "2024-05-31", False),
        ("2024-05-10", "2024-05-11", True),
        ("2024-05-10", "2024-05", False),
        ("2024-05-10", "2024", False),
        ("2024", "2025", True),
        ("2024", "2024-12-31", False),
    ],
)
def test_an_entry_dated_later_than_the_issue_is_told(date: str, entry: str, later: bool) -> None:
    issue = f"title: T\ndate: {date}\nentries:\n  - date: {entry}\n    text: A\n"
    assert places("dates/dated-later", issue) == [(4, 11)] * later


@pytest.mark.parametrize(
    ("date", "entry", "age"),
    [
        ("2024-01", "2023-01-20", 12),  # last year's number
        ("2024-01-31", "2023-01-05", 12),
        ("2024-01", "2023-02-01", 0),
        ("2024-03", "2023-12", 0),
        ("2024-03", "2023", 0),
        ("2024-03", "2022", 15),
        ("2024", "2023", 0),
        ("2024-12-31", "2024-01-02", 0),
    ],
)
def test_an_entry_of_a_year_ago_is_told(date: str, entry: str, age: int) -> None:
    issue = f"title: T\ndate: {date}\nentries:\n  - date: {entry}\n    text: A\n"
    words = f"this is dated {PartialDate(entry).format()}, {age} months before the issue"
    assert messages("dates/old-item", issue) == ([words] if age else [])


def test_how_old_is_old_can_be_set() -> None:
    issue = "title: T\ndate: 2024-05\nentries:\n  - date: 2024-01\n    text: A\n"
    assert messages("dates/old-item", issue, months=4) == [
        "this is dated January 2024, 4 months before the issue"
    ]


def test_the_one_entry_without_a_date_is_told() -> None:
    dated = "".join(f"  - date: 2024-05-0{day}\n    text: A\n" for day in range(1, 5))
    issue = f"title: T\ndate: 2024-05\nentries:\n{dated}  - title: On neglect\n"
    assert told("dates/undated", issue) == [
        Told(
            12,
            5,
            "'On neglect' has no date, unlike the entries around it",
            "give it a 'date', as precisely as it is known: 2024 or 2024-04 will do",
            "",
        )
    ]
    assert places("dates/undated", issue + "  - title: On care\n") == []


# --- copyright ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outro", "found"),
    [
        ("© 2023 Example Trust", [(4, 11)]),
        ("(c) Copyright 2019-2023", [(4, 28)]),
        ("Copyright © 2025", [(4, 21)]),
        ("© 2021–2024 Example Trust", []),
        ("Figures: © Crown copyright 2023", []),
        ("The Copyright, Designs and Patents Act 1988", []),
        ("We wrote it in 2023.", []),
        ("© Example Trust 2023", [(4, 25)]),
        ("© Example Trust, 2024. Photographs © 2022 A. Person", []),
        ("© 2024 Example Trust. Photographs © 2022 A. Person", []),
    ],
)
def test_a_copyright_line_has_the_year_of_the_issue(
    outro: str, found: list[tuple[int, int]]
) -> None:
    issue = f"title: T\ndate: 2024-05\nentries: [A]\noutro: '{outro}'\n"
    assert places("dates/stale-copyright", issue) == found


def test_a_copyright_line_in_the_settings_is_found_there() -> None:
    issue = "title: T\ndate: 2024-05\nentries: ['Photograph: © 2019 A. Person']\n"
    assert told("dates/stale-copyright", issue, "support_title: Help. © 2022\n") == [
        Told(
            8,
            24,
            "the copyright line says 2022, but the issue is of 2024",
            "write the issue's year, or none",
            "2024",
        )
    ]
    own = f"{issue}settings:\n  reason: You asked. © 2021\n"
    assert (5, 24) in places("dates/stale-copyright", own)


def test_a_copyright_line_of_a_template_is_told_without_a_place() -> None:
    path = Path("templates", "parts", "email.txt")
    path.parent.mkdir(parents=True)
    path.write_text("{% block content %}{% endblock %}\n© 2022 Example Trust\n", "utf-8")
    assert [one[:3] for one in told("dates/stale-copyright", _issue("A"))] == [
        (0, 0, "the copyright line in the templates says 2022, but the issue is of 2024")
    ]


# --- names ----------------------------------------------------------------------------------------


def test_english_has_short_names_but_no_newspaper_among_them() -> None:
    known = names("en-GB")
    assert (known.months["sept"], known.weekdays["thurs"], known.days[6]) == (9, 3, "Sunday")
    assert "sun" not in known.weekdays
    assert names("xx") == known


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
    ],
)
def test_a_date_is_from_its_first_day_to_its_last(written: str, first: str, last: str) -> None:
    date = PartialDate(written)
    assert (date.first.isoformat(), date.last.isoformat()) == (first, last)


def test_a_wrong_day_that_is_being_corrected_is_left() -> None:
    issue = (
        "title: T\ndate: 2024-06\nentries:\n"
        "  - Our last issue gave the lecture as Monday 11 June 2024. It is Tuesday 11 June 2024.\n"
        "  - 'Correction: not Monday 11 June 2024.'\n"
    )
    assert places("dates/weekday", issue) == []


@pytest.mark.parametrize("rule", ["dates/weekday", "dates/closed", "dates/no-such-day"])
def test_a_month_in_letters_that_only_a_pattern_takes_for_it_is_none(rule: str) -> None:
    """Without regard to capitals the Turkish ı and İ count as i."""
    assert messages(rule, _issue("It closes on Monday 31 Aprıl 2024, or 31 APRİL 2024.")) == []
