"""What the words of an issue say: spam, leftovers, broken sentences, terms and names."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from msgspec.structs import replace

from newsletter.build import Result
from newsletter.check import Checked, judge
from newsletter.choices import language_of, settings_of
from newsletter.loader import load
from newsletter.model import Issue
from newsletter.project import SETTINGS, open_project
from newsletter.proof import Proof
from newsletter.proof.quotations import quotations
from newsletter.rules.words._house import standard_terms
from newsletter.source import read
from tests.examples import files

Told = list[tuple[int, int, str]]
Tell = Callable[..., Told]


def _checked(folder: Path, issue: str, settings: str = "") -> Checked:
    """What is found in an issue of these lines, which begin the file."""
    path = folder / "issues" / "2024-05.yaml"
    lines = dedent(issue).strip()
    title = "" if "\ntitle:" in lines else "title: T\n"
    path.write_text(f"{lines}\n{title}date: 2024-05\n", "utf-8")
    (folder / SETTINGS).write_text(files("")[SETTINGS] + dedent(settings), "utf-8")
    project = open_project(folder)
    source = read(path)
    loaded, _ = load(source, Issue)
    assert loaded
    language, words, _ = language_of(source, project)
    made = replace(loaded, language=language)
    # Words need no email, and so it is quicker.
    own = settings_of(made, source, project.settings)
    return judge(Proof(Result((), made, source, own, words), project))


@pytest.fixture(name="told")
def _told(folder: Path) -> Tell:
    """Line, column and message of what the rule `code` finds."""

    def told(code: str, issue: str, settings: str = "") -> Told:
        found = _checked(folder, issue, settings).problems
        return [
            (p.mark.line if p.mark else 0, p.mark.column if p.mark else 0, p.message)
            for p in found
            if p.code == code
        ]

    return told


@pytest.fixture(name="suggested")
def _suggested(folder: Path) -> Callable[[str, str], list[str]]:
    """What the rule `code` suggests."""

    def suggested(code: str, text: str) -> list[str]:
        found = _checked(folder, f"entries:\n  - |\n    {text}\n").problems
        return [problem.suggestion for problem in found if problem.code == code]

    return suggested


def _text(text: str) -> str:
    return f"entries:\n  - |\n    {text}\n"


# --- spam ----------------------------------------------------------------------------------------


def test_a_hacked_feed_s_spam_is_told_before_each_title_and_told_once(told: Tell) -> None:
    issue = """
        lead:
          title: 幸运彩票168在线投注 The lead story
          entries:
            - >-
              The lead story begins, and the run 幸运彩票168在线投注 stands
              in its words, too.
        sections:
          - title: Neglect
            entries:
              - title: 幸运彩票168在线投注 Councils count visits
                text: One.
              - title: 幸运彩票168在线投注 Schools listen
                text: Two.
    """
    message = "'幸运彩票168在线投注' is in another script: Chinese"
    assert told("foreign-script", issue) == [
        (2, 10, message),
        (5, 42, message),
        (10, 16, message),
        (12, 16, message),
    ]
    assert told("repeated-run", issue) == []


@pytest.mark.parametrize(
    "words",
    [
        "Li Ming (李明) and Олена spoke.",
        "In Arabic (العربية), Ukrainian (українська мова для всіх) and 简体中文.",
        "“Безпека дітей в інтернеті” is the title of the leaflet.",
        "Aβ, Δ and μ are no spam.",
    ],
)
def test_a_name_a_word_and_a_title_in_their_own_script_are_no_spam(told: Tell, words: str) -> None:
    assert told("foreign-script", _text(words)) == []


def test_a_script_is_foreign_to_a_language_not_as_such(told: Tell) -> None:
    words = "تحمي المنظمة الأطفال من الإهمال Играть в казино онлайн"
    assert told("foreign-script", f"language: ar\n{_text(words)}") == [
        (4, 37, "'Играть в казино онлайн' is in another script: Cyrillic")
    ]
    assert [line for line, _, _ in told("foreign-script", _text(words))] == [3]


def test_a_run_before_titles_is_told_at_each(told: Tell) -> None:
    issue = """
        entries:
          - {title: cheap pills today Councils count visits, text: One.}
          - {title: "cheap pills today ‘Schools listen’", text: Two.}
          - {title: An honest headline, text: Three.}
    """
    message = "'cheap pills today' stands before 2 titles"
    assert told("repeated-run", issue) == [(2, 13, message), (3, 14, message)]


def test_a_long_run_that_begins_like_a_title_needs_most_of_the_titles(told: Tell) -> None:
    spam = "Play The Best Slots"
    few = f"""
        entries:
          - {{title: {spam} Councils count, text: One.}}
          - {{title: {spam} Schools listen, text: Two.}}
    """
    assert told("repeated-run", few) == []
    many = f"{dedent(few).strip()}\n  - {{title: {spam} Nurses visit, text: Three.}}"
    assert [line for line, _, _ in told("repeated-run", many)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Report: Councils count visits", "Report: Schools listen"),
        ("Child sexual abuse online", "Child sexual abuse at home"),
        ("eSafety Commissioner Fines a site", "eSafety Commissioner Warns parents"),
        ("Learning from case reviews – Neglect", "Learning from case reviews – Suicide"),
        ("House of Lords Library Briefing", "House of Lords Library Note"),
        ("News", "News"),
    ],
)
def test_titles_that_begin_alike_are_no_hacked_feed(told: Tell, one: str, other: str) -> None:
    issue = f'entries:\n  - {{title: "{one}", text: A.}}\n  - {{title: "{other}", text: B.}}\n'
    assert told("repeated-run", issue) == []


# --- copied and unfinished -----------------------------------------------------------------------


def test_a_sentence_broken_by_an_empty_line_is_told_where_it_breaks(told: Tell) -> None:
    issue = """
        entries:
          - |
            The review says that services have seen a

            change in who comes to them, and asks why.
          - >-
            The study of how schools answer when pupils tell them

            about abuse has begun.
    """
    assert told("broken-sentence", issue) == [
        (3, 45, "the sentence breaks off after 'a' and goes on with 'change'"),
        (7, 54, "the sentence breaks off after 'them' and goes on with 'about'"),
    ]


def test_a_bold_line_broken_over_two_is_told(told: Tell) -> None:
    issue = """
        entries:
          - |
            **Children who were exploited are not**
            **offenders, a judge says**

            **A heading**

            **Another heading**
    """
    assert told("broken-sentence", issue) == [
        (3, 39, "the sentence breaks off after 'not' and goes on with 'offenders'")
    ]


def test_a_sentence_broken_over_two_entries_is_told_at_the_second(told: Tell) -> None:
    issue = """
        entries:
          - The review says that services have seen a
          - change in who comes to them.
          - title: a headline of its own
            text: and its text.
    """
    assert told("broken-sentence", issue) == [
        (3, 5, "the sentence breaks off after 'a' and goes on with 'change'")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The charity asks for\n\n- more time\n\n- training",
        "1. first\n\n   and the same item\n\n2. second",
        "> A girl said that she was tired of\n\n> telling it again",
        "Dear readers,\n\nwelcome to a new issue.",
        "Kind regards\n\nthe editors",
        "The report is out.\n\nbell hooks is cited.",
        "“We were not heard.”\n\nsays one of the girls who took part in it.",
        "The report on the care of children asks\n\nOfsted for more.",
        "Find the report of the inspectors here:\n\nwww.example.org",
    ],
)
def test_lists_quotations_and_greetings_are_not_broken(told: Tell, text: str) -> None:
    lines = text.replace("\n", "\n    ")
    assert told("broken-sentence", _text(lines)) == []


def test_what_breaks_at_a_hyphen_is_not_joined_for_the_editor(
    suggested: Callable[[str, str], list[str]],
) -> None:
    assert suggested("broken-sentence", "The review says that all safe-\n\n    guarding is.") == [
        ""
    ]
    assert suggested("broken-sentence", "The review says what it sees,\n\n    and asks.") == [
        "sees, and"
    ]


@pytest.mark.parametrize(
    ("title", "suggestion"),
    [
        ("OTHER", "Other"),
        ("SAFEGUARDING", "Safeguarding"),
        ("KNIFE CRIME", "Knife crime"),
        ("COST OF LIVING", "Cost of living"),
        ("CSA AND THE NSPCC", "CSA and the NSPCC"),
        ("‘CHILDREN’S HOMES’", "‘Children’s homes’"),
    ],
)
def test_a_shouted_heading_is_told(folder: Path, title: str, suggestion: str) -> None:
    found = _checked(folder, f"sections:\n  - title: {title}\n    entries: [A text.]\n")
    (problem,) = (p for p in found.problems if p.code == "shouted-heading")
    assert (problem.mark, problem.message, problem.suggestion) == (
        (2, 12),
        f"'{title}' is written in capitals",
        suggestion,
    )


@pytest.mark.parametrize(
    "title",
    ["CSA", "CSA & CSE", "NSPCC", "MACE", "SEND", "OFSTED", "MASH / MARAC", "EHCPs", "KCSIE 2024"],
)
def test_acronyms_are_not_shouted(told: Tell, title: str) -> None:
    issue = f"sections:\n  - title: {title}\n    entries: [A text.]\n"
    assert told("shouted-heading", issue) == []


def test_the_name_of_the_newsletter_may_be_written_in_capitals(told: Tell) -> None:
    issue = """
        settings: {publication: SAFEGUARDING MONTHLY}
        title: SAFEGUARDING MONTHLY
        entries: [A text.]
    """
    assert told("shouted-heading", issue) == []


@pytest.mark.parametrize(
    ("words", "column", "shown"),
    [
        ("The end. ]]>", 14, "]]>"),
        ("The image representing news article", 9, "image representing"),
        ("Click here to continue reading", 5, "Click here to continue reading"),
        ("It is long. Continue reading →", 17, "Continue reading →"),
        ("It is long. [Read more…]", 17, "[Read more…]"),
        ("View image in fullscreen", 5, "View image in fullscreen"),
        ("Skip to main content", 5, "Skip to main content"),
        ("This site uses cookies.", 5, "This site uses cookies"),
        ("We use cookies to improve it.", 5, "We use cookies to"),
        ("Share this:", 5, "Share this:"),
        ("Photograph: Agency", 5, "Photograph:"),
        ("The page (opens in a new tab) is", 14, "(opens in a new tab)"),
        ("This post first appeared on a blog.", 5, "This post first appeared on"),
        ('[caption id="a1" width="3"] A hall', 5, '[caption id="a1" width="3"]'),
        ("A hall[/caption]", 11, "[/caption]"),
        ('[vc_row css="x"] A hall', 5, '[vc_row css="x"]'),
        ("Text # newsletter: off no-link", 10, "# newsletter: off no-link"),
    ],
)
def test_what_only_a_web_page_says_is_a_leftover(
    told: Tell, words: str, column: int, shown: str
) -> None:
    ((_, at, message),) = told("copy-leftover", _text(words))
    assert (at, message[: len(shown) + 2]) == (column, f"'{shown}'")


@pytest.mark.parametrize(
    "words",
    [
        "Share this poster with parents.",
        "Continue reading to your child after school.",
        "We use cookies far too freely, says the regulator.",
        "The photograph: a girl with a kite.",
        "Skip to the content that matters.",
        "“I [the mother] told them.”",
        "The scheme first appeared in 2012.",
    ],
)
def test_the_same_words_in_a_sentence_are_no_leftover(told: Tell, words: str) -> None:
    assert told("copy-leftover", _text(words)) == []


def test_a_tag_is_told_unless_the_platform_s_own_tags_look_like_it(told: Tell) -> None:
    issue = 'intro: "Dear {{ name }}, *|FNAME|* and [[view_online]], see [[BBC]](https://a.org)."'
    tags = "entries: [A text.]"
    assert told("unfilled-tag", f"{issue}\n{tags}") == [
        (1, 14, "'{{ name }}' is a tag that nothing fills in: it looks like one of Brevo"),
        (1, 26, "'*|FNAME|*' is a tag that nothing fills in: it looks like one of Mailchimp"),
        (1, 40, "'[[view_online]]' needs words to be clicked"),
    ]


@pytest.mark.parametrize(
    ("words", "column", "shown"),
    [
        ("Neglect TODO", 13, "TODO"),
        ("Figures TK", 13, "TK"),
        ("Lorem ipsum dolor", 5, "Lorem ipsum"),
        ("About XX% of girls", 11, "XX%"),
        ("By XX/XX/XXXX", 8, "XX/XX/XXXX"),
        ("It costs £XXX.", 14, "£XXX"),
        ("Call XXX now", 10, "XXX"),
        ("It goes on [...]", 16, "[...]"),
        ("It goes on […]", 16, "[…]"),
        ("By [insert name here].", 8, "[insert name here]"),
        ("By [TBC].", 8, "[TBC]"),
        ("Your text here", 5, "Your text here"),
        ("TBC", 5, "TBC"),
        ("On DD/MM/YYYY", 8, "DD/MM/YYYY"),
    ],
)
def test_a_placeholder_is_told(told: Tell, words: str, column: int, shown: str) -> None:
    assert told("placeholder", _text(words)) == [
        (3, column, f"'{shown}' still stands in place of what was to come")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "The venue is TBC, the date to be confirmed.",
        "“I told them [...] and nothing happened.”",
        "> I told them […] and nothing happened.",
        "TK Maxx gives money.",
        "XX chromosomes, Louis XX and Super Bowl XL.",
        "Sarah [name changed] spoke.",
        "Children send example text messages.",
        "An XXX-rated film, XXX websites.",
        "On [[date]], [[date|soon]], and so on.",
    ],
)
def test_what_looks_like_a_placeholder_may_be_prose(told: Tell, words: str) -> None:
    assert told("placeholder", _text(words)) == []


def test_todo_is_a_word_in_spanish(told: Tell) -> None:
    assert told("placeholder", f"language: es\n{_text('TODO SOBRE LA INFANCIA')}") == []


# --- entries that lean ---------------------------------------------------------------------------


def test_an_entry_that_leans_on_another_section_or_publisher_is_told(told: Tell) -> None:
    issue = """
        sections:
          - title: Neglect
            entries:
              - The trust has [a report on neglect](https://www.trust.org.uk/a).
              - It has also [a film about neglect](https://films.trust.org.uk/b).
              - The charity also has [a course](https://nspcc.org.uk/c).
              - It also has [a video](https://www.youtube.com/d).
          - title: Other
            entries:
              - >-
                They also have [figures on neglect](https://www.trust.org.uk/e).
    """
    assert told("leans-on-before", issue) == [
        (6, 9, "'The charity also' leans on the entry before, but that is from trust.org.uk"),
        (11, 9, "'They also' leans on the entry before, but it is the first here"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "It is ten years since the [inquiry](https://b.org/a).",
        "They were 11 when it began, [a film](https://b.org/a) tells.",
        "Their voices matter, says [a report](https://b.org/a).",
        "She was 14. [A podcast](https://b.org/a) tells her story.",
        "A.org’s findings also matter to [schools](https://b.org/a).",
    ],
)
def test_a_pronoun_alone_does_not_lean(told: Tell, words: str) -> None:
    issue = f'entries:\n  - "[A page](https://a.org/a)"\n  - "{words}"\n'
    assert told("leans-on-before", issue) == []


def test_a_page_of_whoever_was_named_before_may_follow(told: Tell) -> None:
    issue = """
        entries:
          - The NSPCC tells [the BBC](https://www.bbc.co.uk/a) of a rise in calls.
          - It has also published [figures on calls](https://www.nspcc.org.uk/b).
    """
    assert told("leans-on-before", issue) == []


# --- house style ---------------------------------------------------------------------------------


def test_a_term_to_avoid_is_told_with_its_guidance(folder: Path) -> None:
    issue = """
        entries:
          - >-
            A man was jailed for images of child
            pornography. Revenge porn is a crime; he committed suicide.
    """
    found = [p for p in _checked(folder, issue).problems if p.code == "preferred-term"]
    assert [(p.mark, p.message, p.suggestion) for p in found] == [
        ((3, 36), "'child pornography' is a term to avoid", "child sexual abuse material"),
        ((4, 18), "'Revenge porn' is a term to avoid", "Intimate image abuse"),
        ((4, 46), "'committed suicide' is a term to avoid", "died by suicide"),
    ]
    assert found[2].hint == (
        "write 'died by suicide': suicide has not been a crime since 1961 "
        "(https://www.samaritans.org/about-samaritans/media-guidelines/)"
    )


@pytest.mark.parametrize(
    "words",
    [
        "It no longer says “child pornography” or 'child prostitute'.",
        "> He called it child pornography.",
        "The Revenge Porn Helpline took calls.",
        "What was called child pornography is named otherwise now.",
        "Use ‘intimate image abuse’ instead of revenge porn.",
        "The Protocol on the sale of children, child prostitution and child pornography.",
        "The Prevention of Child Pornography Act 2001 was repealed.",
        "[Child pornography and the law](https://a.org/a) is a book.",
        "So-called honour killing, so-called ‘honour’-based abuse.",
        "The disabled child, the disabled and bereaved young people.",
        "The Illegal Migration Act; sexual activity with a child.",
        "A vulnerable child is at risk.",
    ],
)
def test_a_term_that_is_quoted_or_is_a_name_is_left_alone(told: Tell, words: str) -> None:
    assert told("preferred-term", _text(words)) == []


def test_a_headline_is_somebody_else_s_and_a_heading_is_not(told: Tell) -> None:
    issue = """
        sections:
          - title: Child pornography
            entries:
              - title: Child pornography on the rise
                source: Kiddie Porn Watch
                text: A text.
    """
    assert told("preferred-term", issue) == [(2, 12, "'Child pornography' is a term to avoid")]


def test_people_are_not_named_by_an_adjective(told: Tell) -> None:
    words = "Homes for the disabled. The disabled are not asked; the disabled who live there are."
    assert told("preferred-term", _text(words)) == [
        (3, 15, "'the disabled' is a term to avoid"),
        (3, 29, "'The disabled' is a term to avoid"),
        (3, 57, "'the disabled' is a term to avoid"),
    ]


def test_a_plural_is_told_without_a_suggestion(folder: Path) -> None:
    found = _checked(folder, _text("Two child prostitutes were found.")).problems
    (problem,) = (p for p in found if p.code == "preferred-term")
    assert (problem.message, problem.suggestion) == (
        "'child prostitutes' is a term to avoid",
        "",
    )


def test_the_house_adds_replaces_and_allows_terms(told: Tell, folder: Path) -> None:
    settings = """
        house_style:
          terms:
            - {avoid: service user, use: person}
            - {avoid: revenge porn, use: image-based abuse, why: we decided so}
          allow: [illegal immigrant]
    """
    words = "Service users, revenge porn, illegal immigrants."
    assert told("preferred-term", _text(words), settings) == [
        (3, 5, "'Service users' is a term to avoid"),
        (3, 20, "'revenge porn' is a term to avoid"),
    ]
    hints = [p.hint for p in _checked(folder, _text(words), settings).problems]
    assert "write 'image-based abuse': we decided so" in hints


def test_the_house_may_do_without_the_shipped_terms_and_names(told: Tell) -> None:
    settings = "house_style: {standard: off, names: [Example Trust]}\n"
    words = "Child porn, OFSTED, Example trust, an EXAMPLE Trust."
    assert told("preferred-term", _text(words), settings) == []
    assert told("organisation-name", _text(words), settings) == [
        (3, 25, "'Example trust' is spelt 'Example Trust'"),
        (3, 43, "'EXAMPLE Trust' is spelt 'Example Trust'"),
    ]


def test_an_allowed_term_that_is_none_is_told_in_the_settings(folder: Path) -> None:
    settings = "house_style:\n  allow: [ilegal immigrant]\n"
    found = _checked(folder, "entries: [A text.]", settings).problems
    (problem,) = (p for p in found if p.code == "preferred-term")
    assert (problem.path, problem.message) == (
        SETTINGS,
        "no term to avoid is 'ilegal immigrant' (did you mean 'illegal immigrant'?)",
    )


def test_shipped_terms_are_for_english_issues(told: Tell) -> None:
    words = _text("Le rapport cite child pornography.")
    assert told("preferred-term", f"language: fr\n{words}") == []


def test_each_shipped_term_has_a_reason_and_its_guidance() -> None:
    terms = standard_terms().values()
    assert len(terms) > 40
    assert [str(term.avoid) for term in terms if not (term.why and term.source)] == []


def test_names_are_told_by_case_apostrophe_and_letter(
    suggested: Callable[[str, str], list[str]],
) -> None:
    def names(text: str) -> list[str]:
        return suggested("organisation-name", text)

    assert names("The OFSTED, Ceop and ChildLine visits.") == ["Ofsted", "CEOP", "Childline"]
    assert names("Barnardos’ work; the Childrens Society; Childrens' Commissioner.") == [
        "Barnardo’s",
        "Children’s Society",
        "Children’s Commissioner",
    ]
    assert names("Lucy Faithful Foundation, Internet Watch Foundaton.") == [
        "Lucy Faithfull Foundation",
        "Internet Watch Foundation",
    ]
    assert names("Bernardo's and Kidscpae.") == ["", ""]
    assert names("Action For Children and the National crime agency.") == [
        "Action for Children",
        "National Crime Agency",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Missing people are found. Missing People helps missing people.",
        "Action for children is needed; victim support is patchy.",
        "Children's Commissioner, Children’s Commissioners, the children’s commissioner.",
        "Barnardo's, Barnardo’s Cymru, Safeline’s helpline, SafeLives.",
        "See ofsted.gov.uk, help@nspcc.org.uk, @nspcc and #ofsted.",
        "“OFSTED failed us,” she said.",
        "Childlike drawings, Faithful friends, Coral reefs, internet matters.",
    ],
)
def test_ordinary_words_and_right_names_are_left_alone(told: Tell, words: str) -> None:
    assert told("organisation-name", _text(words)) == []


def test_a_shouted_or_foreign_headline_is_not_a_misspelt_name(told: Tell) -> None:
    issue = """
        sections:
          - title: OFSTED
            entries:
              - {title: ChildLine founder dies, text: A text.}
              - {title: Bernardo’s opens a home, text: A text.}
          - title: News From Action For Children
            entries: [A text.]
    """
    assert told("organisation-name", issue) == [(5, 17, "'Bernardo’s' is spelt 'Barnardo’s'")]


def test_a_name_of_the_house_that_is_a_word_is_told_in_capitals_only(told: Tell) -> None:
    settings = "house_style: {names: [Become, ChildLine]}\n"
    words = "They become adults; BECOME helps; Childline helps."
    assert told("organisation-name", _text(words), settings) == [
        (3, 25, "'BECOME' is spelt 'Become'"),
        (3, 39, "'Childline' is spelt 'ChildLine'"),
    ]


def test_an_empty_term_is_a_mistake_in_the_settings(folder: Path) -> None:
    (folder / SETTINGS).write_text("house_style:\n  terms:\n    - {avoid: ''}\n", "utf-8")
    (problem,) = open_project(folder).problems
    assert (problem.mark, problem.code, problem.message) == ((3, 8), "missing", "'avoid' is empty")


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("He said “one” and ‘two’.", ["“one”", "‘two’"]),
        ("‘the girls’ group’ and the boys’ one", ["‘the girls’ group’"]),
        ("„eins“ « deux » »drei«", ["„eins“", "« deux »", "»drei«"]),
        ("\"one\" 'two' the '90s and it's", ['"one"', "'two'"]),
        ("“one\n\ntwo” three", ["“one"]),
    ],
)
def test_quotations_are_found_in_every_kind_of_marks(words: str, quoted: list[str]) -> None:
    assert [words[start:end] for start, end in quotations(words)] == quoted
