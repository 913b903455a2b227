"""The rules about characters and typography: what their examples do not show."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pytest

from newsletter.build import build
from newsletter.check.fix import Edit, fixed
from newsletter.project import open_project
from newsletter.proof import Finding, Proof, mark_of
from newsletter.rules import rules

HEAD = "title: Round-up\ndate: 2024-05\nlayout: roundup\nsubject: News of the month\nentries:\n"
Told = list[tuple[int, int, str, str | None]]
Tell = Callable[..., Told]


@pytest.fixture(name="proof")
def _proof(folder: Path) -> Callable[[str], Proof]:
    def proof(issue: str) -> Proof:
        path = folder / "issues" / "2024-05.yaml"
        path.write_text(issue, "utf-8")
        project = open_project(folder)
        return Proof(build(path, project, draft=True), project)

    return proof


@pytest.fixture(name="told")
def _told(proof: Callable[[str], Proof]) -> Tell:
    """What a rule finds in entries: line (of the entries) and column, message, suggestion."""

    def told(code: str, entries: str, language: str = "en") -> Told:
        head = f"language: {language}\n{HEAD}"
        issue = proof(head + dedent(entries))
        found = []
        for finding in _findings(code, issue):
            mark = mark_of(finding.place, issue.source) if finding.place else None
            assert mark
            line = mark.line - head.count("\n")
            found.append((line, mark.column, finding.message, finding.suggestion))
        return found

    return told


def _findings(code: str, proof: Proof) -> list[Finding]:
    return list(rules()[code].findings(proof, None, {}))


@pytest.fixture(name="words")
def _words(told: Tell) -> Callable[..., list[tuple[str, str | None]]]:
    """What a rule finds in one text: message and suggestion."""

    def words(code: str, text: str, language: str = "en") -> list[tuple[str, str | None]]:
        entry = "- text: |\n" + indent(text, "    ") + "\n"
        return [(message, mend) for _, _, message, mend in told(code, entry, language)]

    return words


Words = Callable[..., list[tuple[str, str | None]]]


# --- mojibake ----------------------------------------------------------------------------------


def test_garbled_words_are_told_where_they_stand_with_the_words_that_were_meant(
    told: Tell,
) -> None:
    assert told(
        "mojibake",
        """\
        - text: >-
            The charityâ€™s review says that
            councils spend Â£25m; see “CafÃ© Ã la carte”.
            Nine [of the children?s homes](https://example.org/a?s=1) are new.
        """,
    ) == [
        (2, 9, "'charityâ€™s' is garbled: it should read 'charity’s'", "charity’s"),
        (3, 20, "'Â£25m;' is garbled: it should read '£25m;'", "£25m;"),
        (3, 31, "'“CafÃ©' is garbled: it should read '“Café'", "“Café"),
        (3, 38, "'Ã la' is garbled: it should read 'à la'", "à la"),
        (4, 18, "'children?s' has lost its apostrophe", "children’s"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "São Paulo, Âge d’Or, MENÜ“, À la carte, „GEBÄUDE“, ÅRHUS’ børn, naïve café’s",
        "Who is told? So says the Côté report: “déjà vu…”",
        "Тhe при and العربية are letters of their own",
    ],
)
def test_accents_are_not_garbled(text: str, words: Words) -> None:
    assert words("mojibake", text) == []


# --- double-escape -----------------------------------------------------------------------------


def test_a_code_is_told_where_readers_would_see_it(told: Tell) -> None:
    assert told(
        "double-escape",
        r"""
        - title: R&amp;D, &nbsp; and the child&#8217;s voice
          text: |
            See R&amp;D, R&amp;amp;D and \&amp;,
            it\u2019s M&amp;nbsp;S and 5&nbsp;years; children=E2=80=99s.
        """,
    ) == [
        (2, 11, "readers would see '&amp;' here", "&"),
        (2, 19, "readers would see '&nbsp;' here", ",  a"),
        (2, 39, "readers would see '&#8217;' here", "’"),
        (4, 19, "readers would see '&amp;' here", "&"),
        (5, 7, "readers would see '\\u2019' here", "’"),
        (5, 16, "readers would see '&nbsp;' here", "M S"),
        (5, 54, "readers would see '=E2=80=99' here", "’"),
    ]


def test_an_ampersand_is_no_code(told: Tell) -> None:
    entry = "- title: Q&A; AT&T; R&D; B&Bs; P&O, Marks & Spencer; a&b; x=20\n"
    assert told("double-escape", entry) == []


# --- invisible characters ----------------------------------------------------------------------


def test_invisible_characters_are_told_once_a_line(told: Tell) -> None:
    assert told(
        "zero-width",
        """\
        - text: |
            The re\u200bport is here.
            A safe\u00adguard\u00ading \ufeffguide.
            Nothing.
        - \u200bFirst.
        """,
    ) == [
        (2, 10, "an invisible character stands here: zero width space", "ep"),
        (
            3,
            10,
            "3 invisible characters stand in this line: soft hyphen, zero width no-break space",
            "eguarding g",
        ),
        (5, 3, "an invisible character stands here: zero width space", "F"),
    ]


def test_joiners_are_left_where_they_belong(words: Words) -> None:
    assert (
        words("zero-width", "می\u200cخواهم, हिन्\u200dदी, 👩\u200d👧, ❤️\u200d🔥, ערך\u200f!") == []
    )
    assert words("zero-width", "Kinder\u00adschutz", language="de") == []
    assert words("zero-width", "re\u200dport") == [
        ("an invisible character stands here: zero width joiner", "ep")
    ]


def test_characters_that_turn_the_direction_are_told_but_for_languages_that_need_them(
    words: Words,
) -> None:
    message = "2 invisible characters in this line turn the direction of the text"
    assert words("bidi-control", "Call \u202a0808 800 5000\u202c.") == [
        (message, "l 0808 800 5000.")
    ]
    assert words("bidi-control", "Call \u202a0808 800 5000\u202c.", language="ar") == []
    assert words("bidi-control", "In Arabic: \u2067العربية\u2069.") == []


def test_signs_that_only_one_computer_has_are_told(words: Words) -> None:
    assert words("private-use", "One \uf0e8 two \ufffc three \U000e0041\U000e0042 🏴󠁧󠁢󠁳󠁣󠁴󠁿") == [
        ("readers have no sign for this character (U+F0E8)", None),
        ("2 invisible tag characters stand here", None),
        ("a placeholder for a picture stands here (U+FFFC)", None),
    ]


# --- letters -----------------------------------------------------------------------------------


def test_letters_of_another_alphabet_are_told_inside_a_latin_word(told: Tell) -> None:
    assert told(
        "letter-look-alike",
        """\
        - text: >-
            Working with the
            NSPС, the ВВС and 5 μm of β-blockers, Δt.
        - Nove\u03bbla.
        - Москва и НАТО, café, naïve.
        """,
    ) == [
        (3, 5, "'NSPС' has letters of another alphabet in it: С (Cyrillic)", "NSPC"),
        (
            3,
            15,
            "'ВВС' has letters of another alphabet in it: В (Cyrillic), С (Cyrillic)",
            "BBC",
        ),
    ]


def test_letters_of_a_language_with_its_own_alphabet_are_not_judged(words: Words) -> None:
    assert words("letter-look-alike", "ВВС и IT-отдел", language="ru") == []


def test_signs_that_look_like_letters_are_told(words: Words) -> None:
    assert words("styled-letters", "𝗡𝗲𝘄: 𝘵𝘩𝘦 𝘨𝘶𝘪𝘥𝘦, ＦＲＥＥ, Ⓐ and 全角ＡＢ") == [
        ("'𝗡𝗲𝘄' is written with signs that only look like 'New'", "New"),
        ("'𝘵𝘩𝘦 𝘨𝘶𝘪𝘥𝘦' is written with signs that only look like 'the guide'", "the guide"),
        ("'ＦＲＥＥ' is written with signs that only look like 'FREE'", "FREE"),
    ]


def test_letters_of_a_pdf_are_told_a_word_at_a_time(words: Words) -> None:
    assert words("pdf-letters", "An eﬃcient oﬃce for Zoe\u0308 and Rene\u0301e, Zoë.") == [
        ("'eﬃcient' has letters in it as a PDF keeps them", "efficient"),
        ("'oﬃce' has letters in it as a PDF keeps them", "office"),
        ("'Zoe\u0308' has letters in it as a PDF keeps them", "Zoë"),
        ("'Rene\u0301e' has letters in it as a PDF keeps them", "Renée"),
    ]


# --- spaces ------------------------------------------------------------------------------------


def test_no_break_spaces_are_told_once_a_line_with_their_count(told: Tell) -> None:
    assert told(
        "no-break-spaces",
        """\
        - title: "Summary~of the review~~"
          text: >-
            The Centre~has~published a review
            of care.~~ It costs £25~bn on 16~March.
          links:
            - label: "Read:~"
              title: What~happened
              url: https://example.org/a
        - text: |
            The~[first report](https://example.org/b)~is out
            ~and the second.
        """.replace("~", "\xa0"),
    ) == [
        (1, 17, "3 no-break spaces stand in this line", "y o"),
        (3, 14, "2 no-break spaces stand in this line", "e has p"),
        (4, 12, "2 no-break spaces stand in this line", ". I"),
        (6, 19, "a no-break space stands after 'Read:'", None),
        (7, 17, "a no-break space stands after 'What'", "t h"),
        (
            10,
            7,
            "2 no-break spaces stand in this line",
            "e [first report](https://example.org/b) i",
        ),
        (11, 6, "a no-break space stands at the beginning of the line", None),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "£25~bn, 16~March, 5~%, No.~5, Dr~Ann, J.~Smith, s~47, care~– and more, p.~3, ≥~5"),
        ("fr", "Le rapport~: «~oui~», 10~000 enfants, vraiment~? Oui~! M.~Dupont"),
        ("fr", "Le 1er~juin, la 3e~édition, par Ph.~d’Exemple"),
        ("de", "z.~B. in §~8a, 20~%, Dr.~Muster, 16.~März"),
        ("pl", "w~domu i~w~szkole"),
        ("en", "A report, « Enfants~: un guide »"),
    ],
)
def test_no_break_spaces_that_typographers_set_are_left(
    language: str, text: str, words: Words
) -> None:
    assert words("no-break-spaces", text.replace("~", "\xa0"), language) == []


def test_a_space_before_a_mark_is_told_also_over_a_link_and_a_line_end(told: Tell) -> None:
    assert told(
        "space-before-punctuation",
        """\
        - title: "Neglect : a review"
          text: >-
            The report , which [is ‘here’](https://example.org/a) . Is it
            right ? So it seems
            , mostly.
        """,
    ) == [
        (1, 17, "a space stands before the ':' after 'Neglect'", "t:"),
        (3, 14, "a space stands before the ',' after 'report'", "t,"),
        (3, 57, "a space stands before the '.' after '‘here’'", ")."),
        (4, 9, "a space stands before the '?' after 'right'", "t?"),
        (5, 5, "a space stands before the ',' after 'seems'", None),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He said ... nothing . . . at all, .5% at 1 : 20, .NET, :) and ;-) … or .gov"),
        ("fr", "Le rapport : vraiment ? Oui ! Non ; si"),
        ("ur", "رپورٹ ."),
    ],
)
def test_a_space_that_belongs_before_a_mark_is_left(language: str, text: str, words: Words) -> None:
    assert words("space-before-punctuation", text, language) == []


def test_a_range_with_a_space_on_one_side_is_told(told: Tell) -> None:
    assert told(
        "spaced-range",
        """\
        - text: >-
            Learning from reviews,
            2017- 2023, and 2021 -22. Children aged 11- 16.
        """,
    ) == [
        (3, 5, "'2017- 2023' has a space after its dash only", "2017–2023"),
        (3, 21, "'2021 -22' has a space before its dash only", "2021–22"),
        (3, 45, "'11- 16' has a space after its dash only", "11–16"),
    ]


def test_a_range_is_mended_with_the_dash_that_the_issue_has(words: Words) -> None:
    assert words("spaced-range", "2017- 2023, 2011-12 and 2014-16") == [
        ("'2017- 2023' has a space after its dash only", "2017-2023")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "16- and 17-year-olds, 0808 -800 5000, 020 7946- 0000, 2017 – 2023, May 2017 - March 2018",
        "It fell from 5 -3 to 2019 -2; 2024-05- 06; £5- 10m; Plan 24-30; Covid-19; 10 -12 -14",
    ],
)
def test_numbers_that_are_no_range_are_left(text: str, words: Words) -> None:
    assert words("spaced-range", text) == []


# --- footnotes ---------------------------------------------------------------------------------


def test_the_number_of_a_footnote_is_told_with_the_word_it_is_stuck_to(told: Tell) -> None:
    def message(number: str, word: str) -> str:
        return f"'{number}' is stuck to '{word}', as the number of a footnote is"

    assert told(
        "footnote-digit",
        """\
        - text: |
            Twice as much as it would be1

            Nearly all (99%)3 of it was seen in the last 12 months2
            and “hidden.”7 The rest¹ is new.[4] So it was.6 In 2023/24² it rose.
        """,
    ) == [
        (2, 31, message("1", "be"), "be"),
        (4, 16, message("3", "(99%)"), "(99%)"),
        (4, 53, message("2", "months"), "months"),
        (5, 9, message("7", "“hidden.”"), "“hidden.”"),
        (5, 24, message("¹", "rest"), "rest"),
        (5, 33, message("[4]", "new."), "new."),
        (5, 47, message("6", "was."), "was."),
        (5, 56, message("²", "2023/24"), "2023/24"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CO2, H1, H2O, Plan24-30, COVID19, Covid19, KS2, A1, 16th, B2B, Year7, Child20, Catch22",
        "mp3, ks2, year2, phase2, under18s, web2.0, @catch22, #day1, x264, sha256, e2e, 4x4, n95",
        "section 17(10)2, s.47(1)2, 45(3)12, (0)20 7946, Article 3(1), GPT-4, p.3, no.5, vol.2, r²",
        "5 m², 10², 10³ km³, CO², 3(a)1, covid19, Radio1, ‘24’, (24), “16”, at 10.30, Sept.3, v2",
        "help at ann2@example.org or example.org/page2 or www2.example.org",
        "[Paper](https://example.org/paper2)[3](https://example.org/n)",
        "The survey for Kindred² (k = 24, I² = 62%, τ² = 0.04, η² = .1; R², f², 10 m/s²)",
    ],
)
def test_numbers_in_names_are_no_footnotes(text: str, words: Words) -> None:
    assert words("footnote-digit", text) == []


def test_the_number_of_a_note_that_is_there_is_left(words: Words) -> None:
    assert words("footnote-digit", "It rose in England¹ and Wales².\n\n¹ By half.") == [
        ("'²' is stuck to 'Wales', as the number of a footnote is", "Wales")
    ]


# --- quotation marks ---------------------------------------------------------------------------


def test_straight_marks_among_curly_ones_are_told_with_the_curly_one(told: Tell) -> None:
    quotation = "a straight quotation mark among curly ones: "
    apostrophe = "a straight apostrophe among curly ones: "
    assert told(
        "mixed-quotes",
        """\
        - title: Catch22's ‘Youth’, ‘Care’, ‘Home’, ‘Hope’, “Safe”, “Sound”, “Well”
          text: |
            The council's plan
        - |
          A "first 'real'" text.
        """,
    ) == [
        (1, 17, f"{apostrophe}Catch22's", "’"),
        (3, 16, f"{apostrophe}council's", "’"),
        (5, 5, f'{quotation}"first, and 3 more in this text', "“"),
    ]


def test_curly_marks_among_straight_ones_are_told_with_the_straight_one(words: Words) -> None:
    assert words("mixed-quotes", "It's the \"one\" that isn't the council’s „own“.") == [
        ("a curly apostrophe among straight ones: council’s, and 2 more in this text", "'"),
    ]


@pytest.fixture(name="mends")
def _mends(proof: Callable[[str], Proof]) -> Callable[..., list[str | None]]:
    """What stands for each mark of a text that is told."""

    def mends(text: str, language: str = "en") -> list[str | None]:
        issue = proof(f"language: {language}\n{HEAD}- text: |\n{indent(text, '    ')}\n")
        (*found,) = _findings("mixed-quotes", issue)
        return [mark for f in found for mark in (f.suggestion, *(mark for _, mark in f.also))]

    return mends


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('‘a’ ‘b’ ‘c’ said "nothing', [None]),  # never closed
        ("‘a’ ‘b’ ‘c’ and 'tis so", ["’"]),
        ("‘a’ ‘b’ ‘c’ and 'so on", [None]),  # never closed
        ('‘a’ ‘b’ ‘c’ 5\'10" tall and 6" wide', []),  # feet and inches
        ('‘a’ ‘b’ ‘c’ {{ name | default: "x" }} d\'s', ["’"]),  # a tag of the platform
        ('‘a’ ‘b’ ‘c’ ("so"), "no"–"yes"', ["“", "”", "“", "”", "“", "”"]),
    ],
)
def test_a_mark_has_a_suggestion_only_where_its_side_is_certain(
    text: str, marks: list[str | None], mends: Callable[..., list[str | None]]
) -> None:
    assert mends(text) == marks


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("de", ["„", "“", "’"]),
        ("pl", ["„", "”", "’"]),
        ("fr", ["“", "”", "’"]),
        ("ar", [None, "’"]),
    ],
)
def test_marks_are_those_of_the_language(
    language: str, marks: list[str | None], mends: Callable[..., list[str | None]]
) -> None:
    assert mends('“a” “b” “c” und "so" geht\'s', language) == marks


# --- doubled words -----------------------------------------------------------------------------


def test_a_doubled_word_is_told_over_a_line_end_too(told: Tell) -> None:
    assert told(
        "doubled-word",
        """\
        - text: >-
            The the trust has told
            told its members and [the](https://example.org/a) the council.
        - title: Working Together To To Protect
        - Grants go to people under 30 working with with children.
        """,
    ) == [
        (2, 5, "'the' stands twice in a row", "The"),
        (2, 23, "'told' stands twice in a row", "told"),
        (3, 27, "'the' stands twice in a row", None),
        (4, 27, "'To' stands twice in a row", "To"),
        (5, 40, "'with' stands twice in a row", "with"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "had had, that that, Duran Duran, a rule that came in in April, one to talk to to get",
        ),
        ("en", "Without it it is hard. The report Report of the year. On on-line harm. 7 7"),
        ("en", "- Neglect\n- neglect policy\n\nWords\n\nwords"),
        ("fr", "Nous nous voyons; vous vous taisez"),
        ("de", "Die, die die Kinder kennen, und das das Amt, sie sie"),
        ("pl", "To to samo, co co"),
        ("cy", "Yn yn araf araf, mawr mawr"),
        ("ur", "ساتھ ساتھ اور بار بار"),
        ("ar", "جدا جدا"),
    ],
)
def test_what_may_stand_twice_is_left(language: str, text: str, words: Words) -> None:
    assert words("doubled-word", text, language) == []


# --- mending -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "typed", "mended"),
    [
        ("zero-width", "the re\u200bport, safe\u00adly", "the report, safely"),
        ("no-break-spaces", "the\xa0report\xa0\xa0is out", "the report is out"),
        ("space-before-punctuation", "the report , here .", "the report, here."),
        ("spaced-range", "reviews 2017- 2023", "reviews 2017–2023"),
        ("mixed-quotes", '‘a’ ‘b’ "it\'s"', "‘a’ ‘b’ “it’s”"),
        ("styled-letters", "the 𝗿𝗲𝗽𝗼𝗿𝘁 is out", "the report is out"),
        ("pdf-letters", "the ﬁrst", "the first"),
    ],
)
@pytest.mark.parametrize("style", ["|", ">-", ""])
def test_a_safe_suggestion_put_in_its_place_mends_the_file(
    code: str, typed: str, mended: str, style: str, proof: Callable[[str], Proof]
) -> None:
    assert rules()[code].safe
    text = (
        f"  - text: {style}\n      One line before.\n      And then {{}}\n      One line after.\n"
    )
    issue = HEAD + text.format(typed)
    found = proof(issue)
    edits = [
        Edit(place.steps, place.start, place.end, mend)
        for finding in _findings(code, found)
        for place, mend in ((finding.place, finding.suggestion), *finding.also)
        if place and place.start is not None and place.end is not None and mend
    ]
    assert fixed(issue, found.source, edits)[0] == HEAD + text.format(mended)
