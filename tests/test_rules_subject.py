"""The rules about the subject and the preheader: what their examples do not show."""

from pathlib import Path

import pytest

from tests.one_rule import Told, messages, places, told

pytestmark = pytest.mark.usefixtures("folder")


def _issue(subject: str = "", preheader: str = "", more: str = "", date: str = "2024-05") -> str:
    given = f'subject: "{subject}"\n' if subject else ""
    given += f'preheader: "{preheader}"\n' if preheader else ""
    title = "" if "title:" in more else "title: Safeguarding Monthly\n"
    return f"{title}date: {date}\n{given}{more}entries: [A]\n"


# --- length ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("x" * 9, ["the subject has 9 characters: too few to say what is new"]),
        ("x" * 10, []),
        ("x" * 78, []),
        ("x" * 79, ["the subject has 79 characters: inboxes cut it off"]),
    ],
)
def test_a_subject_may_have_10_to_78_characters(subject: str, found: list[str]) -> None:
    assert messages("subject/subject-length", _issue(subject)) == found


@pytest.mark.parametrize("platform", ["generic", "mailchimp"])
def test_the_words_of_a_tag_count_and_not_the_tag(platform: str) -> None:
    Path("newsletter.yaml").write_text(f"platform: {platform}\n", "utf-8")
    rule = "subject/subject-length"
    assert messages(rule, _issue(f"{'x' * 73} [[first_name|you]]")) == []
    assert messages(rule, _issue(f"{'x' * 73} [[first_name|there]]")) == [
        "the subject has 79 characters: inboxes cut it off"
    ]
    assert messages(rule, _issue("For [[first_name|you]]")) == [
        "the subject has 7 characters: too few to say what is new"
    ]


def test_title_and_date_are_judged_where_there_is_no_subject() -> None:
    title = "Missing, Child Exploitation and Vulnerability Research & Development Round-up"
    assert told("subject/subject-length", _issue(more=f"title: >-\n  {title}\n")) == [
        Told(
            3,
            3,
            "the subject (title and date) has 87 characters: inboxes cut it off",
            "give the issue a 'subject' of 70 characters or fewer",
            "",
        )
    ]
    assert places("subject/subject-length", _issue("One two three"), max=12, min=3) == [(3, 11)]


def test_what_most_inboxes_cut_off_is_told_where_it_begins() -> None:
    words = "New figures on neglect for each council, and what some schools make of it"
    assert told("subject/long-subject", _issue(words)) == [
        Told(
            3,
            79,
            "the subject has 73 characters: some inboxes show 'New figures on neglect for each "
            "council, and what some schools make…'",
            "70 or fewer are read whole",
            "",
        )
    ]
    assert places("subject/long-subject", _issue(words), ideal=73) == []
    assert places("subject/long-subject", _issue("x" * 70)) == []
    assert places("subject/long-subject", _issue("word " * 16)) == []  # another rule's


def test_the_date_after_the_title_may_be_cut_off() -> None:
    title = "title: " + "x" * 59 + "\n"
    assert places("subject/long-subject", _issue(more=title)) == []


# --- capitals and marks ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("NEW FIGURES ON NEGLECT", ["the subject is all in capitals"]),
        ("ÉCOLES 2024: LA VIOLENCE", ["the subject is all in capitals"]),
        ("NSPCC IWF", []),  # too short
        ("SAFEGUARDING", []),  # one word
        ("تقرير NSPCC عن الإهمال", []),
        ("2024 – 2025 …", []),
        ("CSA, CSE and CCE: what MACE panels do", []),
        (
            "DON’T look away: FREE training",
            ["the subject shouts 'DON’T'", "the subject shouts 'FREE'"],
        ),
        ("UNESCO, UNICEF, SEND and KCSIE", []),
    ],
)
def test_shouting_is_told_from_names(subject: str, found: list[str]) -> None:
    assert messages("subject/subject-capitals", _issue(subject)) == found


def test_a_shouted_word_is_told_at_its_place_with_small_letters_for_it() -> None:
    found = told("subject/subject-capitals", _issue("Neglect: NEW figures. FREE copies"))
    assert [(one.line, one.column, one.suggestion) for one in found] == [
        (3, 20, "new"),
        (3, 33, "free"),
    ]


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("What now?!", ["the subject has '?!' in it"]),
        ("Figures!!!", ["the subject has '!!!' in it"]),
        ("Et maintenant\u202f?\u202f!", ["the subject has '?\u202f!' in it"]),
        ("Save $$ now", ["the subject has '$$' in it"]),
        ("One. Two. Three. Four.", ["the subject has 4 marks in it: . . . ."]),
        ("A – B | C / D – E", ["the subject has 4 marks in it: – | / –"]),
        ("Neglect 📊📝 today", ["the subject has 2 emoji in it: 📊 📝"]),
        ("Families 👩‍👩‍👧‍👦 and carers", []),
        ("Wales 🏴󠁧󠁢󠁷󠁬󠁳󠁿", []),
        ("‘“Mission-led” government’ (2023/24): ketamine, vaping & 16- and 17-year-olds", []),
        ("What about us? 1.5m children, £25bn, the U.K. and St. Mary’s", []),
        ("¿Qué pasa? ¡Hoy!", []),
    ],
)
def test_marks_and_emoji_are_counted(subject: str, found: list[str]) -> None:
    assert messages("subject/subject-punctuation", _issue(subject)) == found


@pytest.mark.parametrize(
    ("subject", "language", "prefix"),
    [
        ("RE: figures", "en-GB", "RE:"),
        ("Fwd: figures", "en-GB", "Fwd:"),
        ("[Fw: figures]", "en-GB", "[Fw:"),
        ("Re[2]: figures", "en-GB", "Re[2]:"),
        ("AW: Zahlen", "de", "AW:"),
        ("TR : les chiffres", "fr", "TR :"),
        ("TR: figures", "en-GB", ""),
        ("Review: figures", "en-GB", ""),
        ("Figures: re: neglect", "en-GB", ""),
    ],
)
def test_what_looks_like_a_reply_is_told(subject: str, language: str, prefix: str) -> None:
    found = messages("subject/fake-reply", _issue(subject, more=f"language: {language}\n"))
    assert found == [f"the subject begins with '{prefix}', as if it were a reply"] * bool(prefix)


# --- earlier issues -------------------------------------------------------------------------------


def test_the_last_issue_with_the_same_subject_is_named() -> None:
    for month, subject in (("02", "New Figures"), ("03", "new  figures"), ("04", "Old figures")):
        Path("issues", f"2024-{month}.yaml").write_text(
            f"title: T\ndate: 2024-{month}\nsubject: '{subject}'\nentries: [A]\n", "utf-8"
        )
    assert told("subject/same-subject", _issue("New figures")) == [
        Told(
            3,
            11,
            "the issue of March 2024 (2024-03.yaml) had this subject",
            "say what is new this time",
            "",
        )
    ]
    assert places("subject/same-subject", _issue("Newer figures")) == []
    assert places("subject/same-subject", _issue()) == []


@pytest.mark.parametrize(
    ("date", "subject", "suggestion"),
    [
        ("2024-05", "Safeguarding Monthly, April 2024", "May 2024"),
        ("2024-05", "April 2024: figures on neglect", "May 2024"),
        ("2024-05", "Figures on neglect (April 2024)", "May 2024"),
        ("2024-05", "April round-up: figures", "May"),
        ("2024-05", "The April 2024 safeguarding newsletter", "May 2024"),
        ("2024-05", "Figures – 23 April 2024", ""),
        ("2024-01", "Safeguarding Monthly, December 2023", "January 2024"),
        ("2024-05", "Safeguarding Monthly, May 2023", "May 2024"),
        ("2024-05-16", "Safeguarding Monthly, April 2024", "May 2024"),
        ("2024-05-15", "Safeguarding Monthly, March 2024", "May 2024"),
    ],
)
def test_a_month_that_was_left_over_is_told(date: str, subject: str, suggestion: str) -> None:
    found = told("subject/wrong-month", _issue(subject, date=date))
    assert [one.suggestion for one in found] == [suggestion]


@pytest.mark.parametrize(
    ("date", "subject"),
    [
        ("2024-05", "Safeguarding Monthly, May 2024"),
        ("2024-05-15", "Safeguarding Monthly, April 2024"),
        ("2024-06", "KCSIE changes, September 2024"),  # to come
        ("2024-05", "The Act of 12 April 2024 explained"),
        ("2024-05", "What changed in April 2024 for carers"),
        ("2024-05", "Munro Review, May 2011"),  # long ago
        ("2024-04-15", "January–March 2024"),
        ("2024-04-15", "Safeguarding Quarterly, January to March 2024"),
        ("2024-05", "The April issue of Adoption & Fostering"),
        ("2024-05", "Figures to April 2023/24, April 2024–25"),
        ("2024-05", "Children march; they may issue a statement"),
        ("2024", "Safeguarding, April 2023"),
    ],
)
def test_a_month_that_is_spoken_of_is_left_alone(date: str, subject: str) -> None:
    assert messages("subject/wrong-month", _issue(subject, date=date)) == []


def test_a_month_is_looked_for_in_title_preheader_and_welcome_only() -> None:
    issue = """\
        title: "The April Round-up"
        date: 2024-05
        preheader: "April 2024: figures"
        intro: |
          Good morning.
          Welcome to our April issue.
        lead:
          title: "April 2024"
          entries: ["April 2024: Welcome to the April issue."]
        outro: "April 2024"
    """
    hint = "was it left over from an earlier issue?"
    assert told("subject/wrong-month", issue) == [
        Told(1, 13, "the title says 'April', but the issue is of May 2024", hint, "May"),
        Told(
            3, 13, "the preheader says 'April 2024', but the issue is of May 2024", hint, "May 2024"
        ),
        Told(6, 18, "the intro says 'April', but the issue is of May 2024", hint, "May"),
    ]


def test_months_are_known_in_other_languages() -> None:
    french = _issue("La lettre, avril 2024", more="language: fr\n")
    assert [one.suggestion for one in told("subject/wrong-month", french)] == ["mai 2024"]


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("Safeguarding, issue 11", ["11"]),
        ("Issue no. 9: neglect", ["9"]),
        ("Edition #11: neglect", ["11"]),
        ("Issue 12: neglect", []),
        ("Issue 3 of the Journal", []),
        ("A tissue 11 and issue 2024", []),
    ],
)
def test_a_number_that_was_left_over_is_told(subject: str, found: list[str]) -> None:
    issue = _issue(subject, more="number: 12\n")
    words = [f"the subject says number {one}, but the issue is number 12" for one in found]
    assert messages("subject/wrong-number", issue) == words


# --- preheader ------------------------------------------------------------------------------------


def test_what_inboxes_will_show_without_a_preheader_is_told() -> None:
    issue = "# A note\n\ntitle: T\ndate: 2024-05\nsections:\n  - title: Neglect\n    entries: [A]\n"
    assert told("subject/no-preheader", issue) == [
        Told(
            3,
            1,
            "there is no preheader: inboxes will show 'Neglect'",
            "write a 'preheader' of 40 to 90 characters, below the title",
            "",
        )
    ]


@pytest.mark.parametrize(("length", "found"), [(39, 1), (40, 0), (110, 0), (111, 1)])
def test_a_preheader_has_40_to_110_characters(length: int, found: int) -> None:
    issue = _issue(preheader="x" * length)
    assert len(messages("subject/preheader-length", issue)) == found
    assert places("subject/preheader-length", issue, min=5, max=111) == []


def test_what_is_too_long_of_a_preheader_is_told_where_it_begins() -> None:
    words = (
        "A report on neglect, a survey of foster carers, a new helpline, "
        "and what else there is for all schools"
    )
    assert told("subject/preheader-length", _issue(preheader=f"{words} is to read")) == [
        Told(
            3,
            13 + len(words) + 7,
            f"the preheader has 113 characters: few inboxes show what comes after '{words} is to'",
            "write 40 to 110 characters",
            "",
        )
    ]


@pytest.mark.parametrize(
    ("preheader", "found"),
    [
        ("New figures on neglect!", "the subject: 'New figures on neglect'"),
        ("On neglect: new figures", "the subject: 'New figures on neglect'"),
        ("Safeguarding monthly", "the title: 'Safeguarding Monthly'"),
        ("Child criminal exploitation", "the first heading: 'Child Criminal Exploitation (CCE)'"),
        ("Child criminal exploitation, neglect, foster care and vaping", ""),
        ("A survey of carers, and new figures on exclusion", ""),
    ],
)
def test_a_preheader_that_repeats_what_stands_beside_it_is_told(preheader: str, found: str) -> None:
    issue = (
        "title: Safeguarding Monthly\ndate: 2024-05\nsubject: New figures on neglect\n"
        f"preheader: '{preheader}'\nsections:\n"
        "  - title: Child Criminal Exploitation (CCE)\n    entries: [A]\n"
    )
    words = [f"the preheader repeats {found}"] if found else []
    assert messages("subject/preheader-repeats", issue) == words
