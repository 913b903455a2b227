"""Languages: labels, dates, order and direction, and what happens where there are no labels."""

import re
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from click.testing import CliRunner

from newsletter.build import Result
from newsletter.cli import newsletter
from newsletter.compose import Email, alphabetical
from newsletter.dates import PartialDate
from newsletter.lookup import Templates
from newsletter.model import Section, Words
from newsletter.problems import Level
from newsletter.values import Language, Line
from tests.conftest import PRIVACY, SETTINGS, Build

SHIPPED = Templates()
LANGUAGES = ["ar", "cy", "de", "en", "es", "fr", "pl", "ur"]
EACH = pytest.mark.parametrize("language", LANGUAGES)
ISSUE = "title: T\ndate: 2024-04-03\n{}entries: [a]\n"
LABELS = [
    field for field in msgspec.structs.fields(Words) if field.type is not None and field.required
]


def _words(language: str) -> Words:
    words, problems = SHIPPED.words(Language(language))
    assert problems == []
    assert words
    return words


def _email(result: Result) -> Email:
    assert result.problems == ()
    assert result.email
    return result.email


# --- labels -------------------------------------------------------------------------------------


def test_the_shipped_languages_are_eight() -> None:
    assert SHIPPED.languages() == LANGUAGES


@EACH
def test_a_language_has_every_label_and_none_is_english(language: str) -> None:
    own, english = _words(language), _words("en")
    names = [label.name for label in LABELS]
    assert len(names) == 14
    assert [name for name in names if not getattr(own, name).strip()] == []
    assert len({getattr(own, name) for name in names}) == len(names)
    same = [name for name in names if getattr(own, name) == getattr(english, name)]
    assert same == {"en": names, "fr": ["source"]}.get(language, [])
    assert own.last != ()


NAMES = {
    "ar": "Arabic",
    "cy": "Welsh",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pl": "Polish",
    "ur": "Urdu",
}


@EACH
def test_a_language_is_called_by_its_english_name(language: str) -> None:
    assert _words(language).name == NAMES[language]


MORE = """\
contact: us@example.org
privacy: https://example.org/privacy
support: [{name: Childline, phone: 0800 1111}]
"""

# Support, sent by, questions, view online, privacy, unsubscribe; then the end of a label.
FOOTERS = {
    "ar": (
        "إذا كنت أنت أو طفل بحاجة إلى المساعدة",
        "أرسلته",
        "الأسئلة والاقتراحات:",
        "عرض على الإنترنت:",
        "إشعار الخصوصية:",
        "إلغاء الاشتراك:",
    ),
    "cy": (
        "Os ydych chi neu blentyn angen help",
        "Anfonwyd gan",
        "Cwestiynau ac awgrymiadau:",
        "Gweld ar-lein:",
        "Hysbysiad preifatrwydd:",
        "Dad-danysgrifio:",
    ),
    "de": (
        "Wenn Sie oder ein Kind Hilfe brauchen",
        "Gesendet von",
        "Fragen und Anregungen:",
        "Online ansehen:",
        "Datenschutzhinweise:",
        "Abmelden:",
    ),
    "en": (
        "If you or a child needs help",
        "Sent by",
        "Questions and suggestions:",
        "View online:",
        "Privacy notice:",
        "Unsubscribe:",
    ),
    "es": (
        "Si usted o un niño necesita ayuda",
        "Enviado por",
        "Preguntas y sugerencias:",
        "Ver en línea:",
        "Aviso de privacidad:",
        "Darse de baja:",
    ),
    "fr": (
        "Si vous ou un enfant avez besoin d’aide",
        "Envoyé par",
        "Questions et suggestions :",
        "Voir en ligne :",
        "Politique de confidentialité :",
        "Se désabonner :",
    ),
    "pl": (
        "Jeśli Ty lub dziecko potrzebujecie pomocy",
        "Wysyła",
        "Pytania i sugestie:",
        "Zobacz w przeglądarce:",
        "Informacja o prywatności:",
        "Wypisz się:",
    ),
    "ur": (
        "اگر آپ کو یا کسی بچے کو مدد چاہیے",
        "منجانب",
        "سوالات اور تجاویز:",
        "آن لائن دیکھیں:",
        "رازداری کا نوٹس:",
        "رکنیت ختم کریں:",
    ),
}


@EACH
def test_the_foot_of_the_plain_text_is_in_the_language_of_the_issue(
    language: str, built: Build
) -> None:
    links = "  view_online: https://example.org/view\n"
    email = _email(built(ISSUE.format(f"language: {language}\n"), SETTINGS + links + MORE))
    support, sent_by, questions, view, privacy, unsubscribe = FOOTERS[language]
    assert email.text[email.text.index("\na\n") + 3 :] == (
        f"\n{support}\n{'-' * len(support)}\n\n"
        "Childline: 0800 1111\n\n"
        f"{'-' * 72}\n\n"
        f"{sent_by} Example Trust\n"
        "1 Example Street\n\n"
        "You asked for it.\n\n"
        f"{questions} us@example.org\n"
        f"{view} https://example.org/view\n"
        f"{privacy} https://example.org/privacy\n"
        f"{unsubscribe} https://example.org/unsubscribe\n"
    )


ENTRY = """\
layout: {}
number: 7
entries:
  - title: Titre
    source: NSPCC
    date: 2024-05-06
    text: Texte.
    image: {{src: "https://example.org/a.png", alt: Photo, credit: "A. B."}}
    links: [{{title: Le Monde, url: "https://example.org/m"}}]
    closes: 2024-06
"""


@pytest.mark.parametrize(
    ("layout", "lines"),
    [
        (
            "digest",
            ["6 mai 2024 : Titre", "Lire : Le Monde <https://example.org/m>"],
        ),
        ("briefing", ["Source : NSPCC", "[Photo] (crédit : A. B.)", "3 avril 2024 · Numéro 7"]),
        ("bulletin", ["Source : NSPCC", "Date de publication : 6 mai 2024"]),
    ],
)
def test_the_labels_of_entries_are_in_the_language_of_the_issue(
    layout: str, lines: list[str], built: Build
) -> None:
    issue = "title: T\ndate: 2024-04-03\nlanguage: fr\n" + ENTRY.format(layout)
    text = _email(built(issue)).text
    assert [line for line in lines if line not in text.split("\n")] == []


def test_french_has_a_no_break_space_before_the_colon_in_html_and_none_in_text(
    built: Build,
) -> None:
    issue = "title: T\ndate: 2024-04-03\nlanguage: fr\n" + ENTRY.format("digest")
    email = _email(built(issue, more=MORE))
    page = re.sub("<[^>]*>", "", email.html.replace("&#160;", "\u00a0").replace("&nbsp;", "\u00a0"))
    for label in ("6 mai 2024", "Lire", "Clôture", "crédit", "Questions et suggestions"):
        assert f"{label}\u00a0:" in page
    assert "\u00a0" not in email.text  # where lines are broken already


# --- dates --------------------------------------------------------------------------------------

DATES = {
    "ar": ("2024", "أبريل 2024", "3 أبريل 2024", "25 ديسمبر 2024"),
    "cy": ("2024", "Ebrill 2024", "3 Ebrill 2024", "25 Rhagfyr 2024"),
    "de": ("2024", "April 2024", "3. April 2024", "25. Dezember 2024"),
    "en": ("2024", "April 2024", "3 April 2024", "25 December 2024"),
    "es": ("2024", "abril de 2024", "3 de abril de 2024", "25 de diciembre de 2024"),
    "fr": ("2024", "avril 2024", "3 avril 2024", "25 décembre 2024"),
    "pl": ("2024", "kwiecień 2024", "3 kwietnia 2024", "25 grudnia 2024"),
    "ur": ("2024", "اپریل 2024", "3 اپریل، 2024", "25 دسمبر، 2024"),
}


@EACH
def test_dates_are_written_as_the_language_has_them(language: str, built: Build) -> None:
    dates = [PartialDate(text) for text in ("2024", "2024-04", "2024-04-03", "2024-12-25")]
    assert tuple(day.format("", language) for day in dates) == DATES[language]
    for typed, shown in zip(dates, DATES[language], strict=True):
        issue = f"title: T\ndate: {typed}\nlanguage: {language}\nentries: [a]\n"
        email = _email(built(issue))
        assert email.subject == f"T, {shown}"
        assert f"\n\n{shown}\n\na\n" in email.text
        assert f">{shown}</p>" in email.html


def test_a_date_format_has_the_months_of_the_language() -> None:
    forms = {
        language: PartialDate("2024-04-03").format("%d %B (%b) %Y", language)
        for language in ("cy", "de", "en", "fr", "pl")
    }
    assert forms == {
        "cy": "03 Ebrill (Ebr) 2024",
        "de": "03 April (Apr.) 2024",
        "en": "03 April (Apr) 2024",
        "fr": "03 avril (avr.) 2024",
        "pl": "03 kwietnia (kwi) 2024",
    }


@pytest.mark.parametrize("language", ["en", "en-GB"])
@pytest.mark.parametrize("month", range(1, 13))
def test_english_dates_are_those_of_cldr_which_is_not_asked(month: int, language: str) -> None:
    locale = Locale.parse("en_GB")
    for year, number in ((2024, 1), (1999, 9), (2000, 10), (2023, 28)):
        day = date(year, month, number)
        typed = PartialDate(day.isoformat())
        assert typed.format("", language) == format_date(day, "long", locale)
        assert typed.format("%b|%B", language) == format_date(day, "MMM|MMMM", locale)
        assert PartialDate(typed[:7]).format("", language) == format_skeleton(
            "yMMMM", day, locale=locale
        )


# --- which language -----------------------------------------------------------------------------


def test_the_language_of_the_issue_goes_before_that_of_the_settings(built: Build) -> None:
    more = "language: cy\n"
    texts = [
        _email(built(ISSUE.format(""))).text,
        _email(built(ISSUE.format(""), more=more)).text,
        _email(built(ISSUE.format("language: fr\n"), more=more)).text,
        _email(built(ISSUE.format("language:\n"), more=more)).text,
    ]
    assert [re.findall(" (.*) 2024", text) for text in texts] == [
        ["April"],
        ["Ebrill"],
        ["avril"],
        ["Ebrill"],
    ]
    found = [re.findall("(.*) Example Trust", text)[0] for text in texts]
    assert found == ["Sent by", "Anfonwyd gan", "Envoyé par", "Anfonwyd gan"]


@pytest.mark.parametrize(
    ("tag", "sent_by", "shown"),
    [
        ("cy-GB", "Anfonwyd gan", "3 Ebrill 2024"),
        ("fr-CA", "Envoyé par", "3 avril 2024"),
        ("de-AT-1996", "Gesendet von", "3. April 2024"),
        ("en-GB", "Sent by", "3 April 2024"),
        ("en-US", "Sent by", "April 3, 2024"),
    ],
)
def test_a_variant_has_the_labels_of_its_language_and_its_own_dates(
    tag: str, sent_by: str, shown: str, built: Build
) -> None:
    email = _email(built(ISSUE.format(f"language: {tag}\n")))
    assert f"\n{sent_by} Example Trust\n" in email.text
    assert email.subject == f"T, {shown}"
    assert f'<html lang="{tag}"' in email.html


@pytest.mark.parametrize("tag", ["CY", "Cy-gb", "cy-gb"])
def test_capitals_in_a_language_do_not_matter(tag: str, built: Build) -> None:
    """They do not in BCP 47 (RFC 5646, 2.1.1)."""
    email = _email(built(ISSUE.format(f"language: {tag}\n")))
    assert "\nAnfonwyd gan Example Trust\n" in email.text


def test_english_in_capitals_has_the_dates_of_english(built: Build) -> None:
    assert _email(built(ISSUE.format("language: EN\n"))).subject == "T, 3 April 2024"


def _without_labels(name: str, file: str) -> tuple[str, str]:
    """The message and the hint about a language that there are no labels in."""
    return (
        f"there are no labels in {name}: 'Source', 'Unsubscribe' and the like are English",
        "languages are: ar, cy, de, en, es, fr, pl, ur; "
        f"to add one, write templates/languages/{file}.yaml",
    )


@pytest.mark.parametrize(
    ("tag", "name", "file", "shown"),
    [
        ("it", "Italian", "it", "3 aprile 2024"),
        ("it-CH", "Italian (Switzerland)", "it", "3 aprile 2024"),
        ("xx", "'xx'", "xx", "3 April 2024"),
        ("zh-Hant", "Chinese (Traditional)", "zh", "2024年4月3日"),
    ],
)
def test_a_language_without_labels_has_english_ones_a_warning_and_its_own_dates(
    tag: str, name: str, file: str, shown: str, built: Build
) -> None:
    result = built(ISSUE.format(f"language: {tag}\n"))
    assert [(p.path, p.mark, p.level, p.code, p.message, p.hint) for p in result.problems] == [
        (
            "issues/one.yaml",
            (3, 11),
            Level.WARNING,
            "no-language",
            *_without_labels(name, file),
        )
    ]
    assert result.email
    assert result.email.subject == f"T, {shown}"
    assert "\nSent by Example Trust\n" in result.email.text


def test_the_warning_about_a_language_of_the_settings_has_no_line_of_the_issue(
    built: Build,
) -> None:
    result = built(ISSUE.format(""), more="language: it\n")
    assert [(p.mark, p.code, p.message, p.hint) for p in result.problems] == [
        (None, "no-language", *_without_labels("Italian", "it"))
    ]
    assert result.email
    assert result.email.subject == "T, 3 aprile 2024"


# --- a language of one's own --------------------------------------------------------------------

ITALIAN = """\
name: Italian
read: Leggi
source: Fonte
published: Pubblicato il
closes: Scade il
credit: foto
contents: In questo numero
issue: Numero
support: Se tu o un bambino avete bisogno di aiuto
sent_by: Inviato da
questions: Domande e suggerimenti
view_online: Vedi online
privacy: Informativa sulla privacy
unsubscribe: Annulla iscrizione
articles: [il, lo, la, i, gli, le]
last: [Altro]
"""


@pytest.fixture(name="italian")
def _italian(folder: Path) -> Path:
    path = folder / "templates" / "languages" / "it.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(ITALIAN)
    return path


@pytest.mark.usefixtures("italian")
def test_a_language_of_ones_own_is_one_file(built: Build) -> None:
    email = _email(built(ISSUE.format("language: it-IT\n"), more=MORE))
    assert email.text == (
        "Safeguarding Monthly\n\nT\n=\n\n3 aprile 2024\n\na\n\n"
        "Se tu o un bambino avete bisogno di aiuto\n"
        "-----------------------------------------\n\n"
        "Childline: 0800 1111\n\n" + "-" * 72 + "\n\n"
        "Inviato da Example Trust\n1 Example Street\n\nYou asked for it.\n\n"
        "Domande e suggerimenti: us@example.org\n"
        "Informativa sulla privacy: https://example.org/privacy\n"
        "Annulla iscrizione: https://example.org/unsubscribe\n"
    )


def test_a_file_of_ones_own_stands_in_for_a_shipped_language(italian: Path, built: Build) -> None:
    italian.rename(italian.with_name("cy.yaml"))
    assert "Inviato da Example Trust" in _email(built(ISSUE.format("language: cy\n"))).text


def test_the_file_of_a_variant_goes_before_that_of_its_language(
    italian: Path, built: Build
) -> None:
    (italian.parent / "it-CH.yaml").write_text(ITALIAN.replace("Inviato da", "Spedito da"))
    assert "Spedito da Example Trust" in _email(built(ISSUE.format("language: it-CH\n"))).text
    assert "Inviato da Example Trust" in _email(built(ISSUE.format("language: it\n"))).text


def test_faults_of_a_language_are_told_in_its_file(italian: Path, built: Build) -> None:
    italian.write_text(
        ITALIAN.replace("read:", "reed:").replace("source: Fonte", "source: [Fonte]")
    )
    result = built(ISSUE.format("language: it\n"))
    assert [(p.path, p.mark, p.code, p.hint) for p in result.problems] == [
        ("templates/languages/it.yaml", (2, 1), "unknown-field", "did you mean 'read'?"),
        (
            "templates/languages/it.yaml",
            (3, 9),
            "shape",
            "put text that begins with [ in quotes",
        ),
    ]
    assert result.email is None


def test_a_missing_label_is_told_in_good_english(italian: Path, built: Build) -> None:
    italian.write_text(ITALIAN.replace("source: Fonte\n", ""))
    (problem,) = built(ISSUE.format("language: it\n")).problems
    assert (problem.path, problem.mark, problem.code) == (
        "templates/languages/it.yaml",
        (1, 1),
        "missing",
    )
    assert problem.message.endswith("needs 'source'")
    assert not problem.message.startswith("a words")


def test_a_language_that_is_none_is_told_with_examples(folder: Path) -> None:
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY)
    (folder / "issues" / "one.yaml").write_text(ISSUE.format("language: Welsh\n"))
    result = CliRunner().invoke(newsletter, ["build"])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "issues/one.yaml:3:11: error: 'Welsh' is not a language [language]",
        "    3 | language: Welsh",
        "      |           ^",
        "        write en, en-GB, cy, fr ...",
        "1 error, 1 note (newsletter check shows notes).",
    ]


# --- order --------------------------------------------------------------------------------------

ORDERS = {
    "ar": ["أخبار", "تعليم", "صحة", "أخرى"],
    "cy": ["Addysg", "Y Ganolfan", "Iechyd", "Yr Ysgol", "Arall"],
    "de": ["Bildung", "Die Eltern", "Ein Kind", "Über uns", "Zahlen", "Sonstiges"],
    "en": ["A Child", "Education", "The Missing", "An Order", "Other"],
    "es": ["Educación", "La escuela", "Los niños", "Salud", "Otros"],
    "fr": ["L’école", "Études", "La famille", "Les jeunes", "Une loi", "Divers"],
    "pl": ["Edukacja", "Rodzina", "Świetlice", "Zdrowie", "Inne"],
    "ur": ["تعلیم", "صحت", "دیگر"],
}


@EACH
def test_alphabetical_order_knows_articles_and_what_comes_last(language: str, built: Build) -> None:
    ordered = ORDERS[language]
    sections = [Section(title=Line(title)) for title in reversed(ordered)]
    key = partial(alphabetical, words=_words(language))
    assert [section.title for section in sorted(sections, key=key)] == ordered
    rows = "".join(f"  - {{title: {title}, entries: [a]}}\n" for title in reversed(ordered))
    issue = f"title: T\ndate: 2024\nlanguage: {language}\nsections:\n{rows}"
    email = _email(built(issue, more="order: alphabetical\n"))
    assert [line for line in email.text.split("\n") if line in ordered] == ordered


def test_an_article_of_another_language_is_a_word() -> None:
    ordered = ["Das Kind", "Der Anfang"]
    german = partial(alphabetical, words=_words("de"))
    assert sorted((Section(title=Line(title)) for title in ordered), key=german) == [
        Section(title=Line(title)) for title in reversed(ordered)
    ]
    english = partial(alphabetical, words=_words("en"))
    assert sorted((Section(title=Line(title)) for title in ordered), key=english) == [
        Section(title=Line(title)) for title in ordered
    ]


def test_a_polish_l_with_stroke_stands_at_l() -> None:
    ordered = ["Lekarze", "Łotwa", "Media", "Zdrowie"]
    key = partial(alphabetical, words=_words("pl"))
    sections = sorted((Section(title=Line(title)) for title in ordered), key=key)
    assert [section.title for section in sections] == ordered


# --- right to left ------------------------------------------------------------------------------

ARABIC = """\
title: نشرة حماية الأطفال
date: 2024-04-03
language: ar
sections:
  - title: التعليم
    entries:
      - title: تقرير جديد
        source: NSPCC
        text: نشرت [منظمة NSPCC](https://example.org/a) تقريرا عن 3 مدارس.
        closes: 2024-05-06
"""


def test_right_to_left_words_stand_in_logical_order_in_the_text(built: Build) -> None:
    email = _email(built(ARABIC))
    assert email.text.split("-" * 72)[0] == (
        "Safeguarding Monthly\n\nنشرة حماية الأطفال\n==================\n\n3 أبريل 2024\n\n"
        "التعليم\n-------\n\nتقرير جديد\nNSPCC\n\n"
        "نشرت منظمة NSPCC <https://example.org/a> تقريرا عن 3 مدارس.\n\n"
        "آخر موعد: 6 مايو 2024\n\n"
    )
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", email.text)


@pytest.mark.parametrize(
    ("language", "direction", "start"),
    [("ar", "rtl", "right"), ("ur", "rtl", "right"), ("cy", "ltr", "left"), ("he", "rtl", "right")],
)
def test_the_html_says_in_which_direction_it_is_read(
    language: str, direction: str, start: str, built: Build
) -> None:
    result = built(ISSUE.format(f"language: {language}\n"))
    assert result.email
    assert f'<html lang="{language}" dir="{direction}"' in result.email.html
    assert set(re.findall('<td align="(left|right)"', result.email.html)) == {start}
