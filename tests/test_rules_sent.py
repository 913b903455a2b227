"""What an issue says again: of earlier issues, and of itself."""

from pathlib import Path
from textwrap import dedent

import pytest

from newsletter.build import Result
from newsletter.dates import PartialDate
from newsletter.loader import load
from newsletter.model import Issue
from newsletter.project import open_project
from newsletter.proof import Proof, mark_of
from newsletter.proof.earlier import Subject, earlier_issues
from newsletter.proof.fronts import is_page
from newsletter.proof.headlines import same_headline
from newsletter.proof.likeness import likeness
from newsletter.rules.sent import headline_before, related_stories, sent_before
from newsletter.rules.sent import same_headline as same_headline_
from newsletter.source import read
from tests.conftest import ENGLISH

RULES = (sent_before, headline_before, same_headline_, related_stories)
SAMPLES = Path(__file__).parent.parent / "issues"
PAGE = "https://www.example.org/news/2024/report-on-neglect"


def issue(entries: str, date: str = "2024-05", more: str = "") -> str:
    """An issue without sections, with these entries."""
    return f"title: Monthly\ndate: {date}\nlayout: digest\n{more}entries:\n" + dedent(entries)


def linking(url: str, date: str = "2024-03") -> str:
    """An earlier issue with one link."""
    return dedent(f"""\
        title: Monthly
        date: {date}
        sections:
          - title: Neglect
            entries:
              - >-
                A charity has looked at neglect, and
                has [written down]({url}) what it saw.
        """)


NOW = issue(f"- The charity has published [a report on neglect]({PAGE}).\n")


def told(folder: Path, now: str = NOW, **earlier: str | bytes) -> list[str]:
    """What the rules say of the issue `now`, with its place, after the issues `earlier`."""
    for name, text in earlier.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "issues" / f"{name}.yaml").write_bytes(data)
    path = folder / "issues" / "now.yaml"
    path.write_text(now, "utf-8")
    proof = proof_of(folder)
    found = []
    for rule in RULES:
        for finding in rule.check(proof):
            assert finding.place
            mark = mark_of(finding.place, proof.source)
            code = rule.__name__.rpartition(".")[2].replace("_", "-")
            found.append(f"{mark.line}:{mark.column} {code}: {finding.message}" if mark else code)
    return found


def proof_of(folder: Path) -> Proof:
    """The issue `now`, without its email."""
    source = read(folder / "issues" / "now.yaml", "issues/now.yaml")
    return Proof(Result((), load(source, Issue)[0], source, None, ENGLISH), open_project(folder))


def places(found: list[str]) -> list[str]:
    """The places and codes only."""
    return [line.split(": ")[0] for line in found]


LANGUAGE = "language: en-GB\n"
REMINDERS = [
    ("text: '[Places]({}) are left.'\n  closes: 2024-05-30", 0),
    ("text: '[Places]({}) are left.'\n  closes: 2024-04-30", 1),
    ("text: '[Places]({}) are left. Book by 20 May.'", 0),
    ("text: '[Places]({}) are left for Wednesday 29 May, 12.15 to 1pm.'", 0),
    ("text: '[Places]({}) are left for 29 May 2024 at 14:00.'", 0),
    ("text: '[Places]({}) were left on Wednesday 24 April, 12.15 to 1pm.'", 1),
    ("text: '[The Act]({}) will be in force from 29 May 2024. It took 3 years.'", 1),
]


@pytest.mark.parametrize(("words", "times"), REMINDERS)
def test_a_reminder_of_what_is_to_come_is_not_told(folder: Path, words: str, times: int) -> None:
    entry = f"- {words.format(PAGE)}\n"
    found = places(told(folder, issue(entry, more=LANGUAGE), old=linking(PAGE)))
    assert [line.split()[1] for line in found] == ["sent-before"] * times


@pytest.mark.parametrize(("words", "times"), REMINDERS)
def test_nor_is_its_headline(folder: Path, words: str, times: int) -> None:
    title = "- title: Lunchtime learning on private fostering\n  "
    old = issue(f"{title}text: A course.\n", "2024-03")
    entry = title + words.format("https://example.org/now/page-of-its-own") + "\n"
    found = places(told(folder, issue(entry, more=LANGUAGE), old=old))
    assert found == ["6:10 headline-before"] * times


# --- the same page ------------------------------------------------------------------------------


def test_a_page_that_was_sent_is_told_with_issue_section_and_line(folder: Path) -> None:
    assert told(folder, old=linking(PAGE)) == [
        "5:51 sent-before: this page was sent before: issues/old.yaml, under 'Neglect', line 8"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/news/2024/report-on-neglect",
        "https://example.org/news/2024/report-on-neglect/",
        "https://m.example.org/news/2024/report-on-neglect",
        "https://amp.example.org/news/2024/report-on-neglect",
        "https://www.example.org/news/2024/report-on-neglect/amp/",
        "https://www.example.org/news/2024/report-on-neglect?utm_source=x&utm_medium=email",
        "https://www.example.org/news/2024/report-on-neglect#findings",
        "https://www.example.org/news/2024/report-on-neglect/index.html",
        "HTTPS://WWW.Example.ORG/news/2024/report-on-neglect",
        r"https://www.example.org/news/2024/report-on-neglect?utm\_source=x",
    ],
)
def test_another_address_of_a_page_is_the_same_page(url: str, folder: Path) -> None:
    assert places(told(folder, old=linking(url))) == ["5:51 sent-before"]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("https://www.bbc.com/news/articles/c1a2b3", "https://www.bbc.co.uk/news/articles/c1a2b3"),
        ("https://youtu.be/dQw4w9WgXcQ?si=1", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ?t=1"),
        ("https://example.org/2024/caf%c3%a9-x", "https://example.org/2024/café-x"),
        ("https://example.org/2024/café-x", "https://example.org/2024/caf%c3%a9-x"),
        ("https://en.wikipedia.org/wiki/X_(film_1999)", "https://en.m.wikipedia.org/wiki/X_(film_1999)"),
        ("https://example.org/?p=1234", "https://www.example.org?p=1234&utm_source=x"),
    ],
)  # fmt: skip
def test_so_are_these_pairs(before: str, now: str, folder: Path) -> None:
    found = told(folder, issue(f"- A [short report]({now}) it is.\n"), old=linking(before))
    assert places(found) == ["5:20 sent-before"]


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/news/2023/report-on-neglect",
        "https://www.example.org/news/2024/report-on-neglect-2",
        "https://www.example.org/news/2024/report-on-neglect?page=2",
        "https://other.example.org/news/2024/report-on-neglect",
        "https://www.example.org/news/2024/Report-on-neglect/annex",
    ],
)
def test_another_page_is_none(url: str, folder: Path) -> None:
    assert told(folder, old=linking(url)) == []


@pytest.mark.parametrize(
    "old",
    [
        linking(PAGE).replace("\n", "\r\n"),
        "\ufeff" + linking(PAGE),
        f"title: x\ndate: '2024-03'\nentries: [{{text: '[x y]({PAGE})'}}]\n",
        f'{{"title": "x", "date": "2024-03", "entries": [{{"text": "[x y]({PAGE})"}}]}}\n',
        f"title: x\ndate: 2024-03\nintro: See <{PAGE}>.\n",
        f"title: x\ndate: 2024-03\nentries:\n- title: x\n  links:\n  - url: {PAGE}\n    label: y\n",
        f"title: x\ndate: 2024-03\nentries:\n- text: |\n    A\n\n    <{PAGE}>\n",
        f"title: x\ndate: 2024-03\nentries: [{{title: y, links: [{{url: {PAGE}, label: z}}]}}]\n",
        f"title: x\ndate: 2024-03\nentries: [{{title: y, links: [{{label: z, url: {PAGE}}}]}}]\n",
        f"title: x\ndate: 2024-03\nlead:\n  title: x\n  entries: ['{PAGE}.']\n",
    ],
)
def test_it_is_found_however_it_was_written(old: str, folder: Path) -> None:
    assert places(told(folder, old=old)) == ["5:51 sent-before"]


def test_the_latest_issue_is_named_and_where_in_it(folder: Path) -> None:
    later = f"title: x\ndate: 2024-04\nintro: |\n  Dear all,\n  see [x y]({PAGE}).\n"
    assert told(folder, zz=linking(PAGE), aa=later) == [
        "5:51 sent-before: this page was sent before: issues/aa.yaml, the intro, line 5"
    ]


@pytest.mark.parametrize(
    "old",
    [
        linking(PAGE, "2024-06"),
        linking("https://example.org/other") + f"# [x]({PAGE})\n",
        f"title: x\ndate: 2024-03\nsettings:\n  support:\n    - name: x\n      url: {PAGE}\n",
        "",
        "date: 2024-03",
        linking(PAGE).replace("date: 2024-03\n", ""),
        linking(PAGE).encode("utf-16"),
    ],
)
def test_what_readers_did_not_see_before_is_not_told(old: str | bytes, folder: Path) -> None:
    assert told(folder, old=old) == []


def test_of_two_issues_of_one_day_the_first_by_name_is_earlier(folder: Path) -> None:
    assert len(told(folder, a=linking(PAGE, "2024-05"), z=linking(PAGE, "2024-05"))) == 1
    (folder / "issues" / "a.yaml").unlink()
    assert told(folder) == []


@pytest.mark.parametrize(
    "old",
    [
        (linking(PAGE) + "sections: {\n").encode(),
        linking(PAGE).replace("Neglect", "Négligence").encode("latin-1"),
    ],
)
def test_an_issue_that_cannot_be_read_is_told_by_its_line(old: bytes, folder: Path) -> None:
    found = told(folder, old=old)
    assert places(found) == ["5:51 sent-before"]
    assert found[0].endswith("line 8")


def test_the_same_file_by_another_name_of_its_folder_is_not_earlier(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(folder / "issues")
    assert told(folder, old=linking(PAGE)) != []
    source = read(folder / "issues" / "now.yaml", str(link / "now.yaml"))
    paths = open_project(folder).issues
    found = earlier_issues(source, PartialDate("2024-06"), paths)
    assert found.paths == (folder / "issues" / "old.yaml",)
    (folder / "issues" / "now.yaml").unlink()
    assert earlier_issues(source, PartialDate("2024-06"), paths).paths == found.paths


def test_an_address_of_a_row_of_links_may_be_written_with_its_letters(folder: Path) -> None:
    row = "- title: x\n  links:\n  - {label: y, url: https://example.org/2024/%s}\n"
    old, now = issue(row % "café", "2024-03"), issue(row % "caf%C3%A9")
    assert places(told(folder, now, old=old)) == ["7:21 sent-before"]


def test_a_folder_in_place_of_an_issue_is_passed_over(folder: Path) -> None:
    (folder / "issues" / "odd.yaml").mkdir()
    assert told(folder) == []


def test_seen_ok_silences(folder: Path) -> None:
    now = issue(f"- text: The charity has published [a report on neglect]({PAGE}).\n  seen: ok\n")
    assert told(folder, now, old=linking(PAGE)) == []


def test_a_page_of_most_issues_and_a_helpline_of_the_settings_are_standing(folder: Path) -> None:
    before = {f"i{month}": linking(PAGE, f"2024-0{month}") for month in (1, 2, 3)}
    assert told(folder, **before) == []
    proof = proof_of(folder)
    assert len(list(sent_before.check(proof, standing=4))) == 1
    with (folder / "newsletter.yaml").open("a", encoding="utf-8") as file:
        file.write(f"support:\n- name: x\n  url: {PAGE}#x\n")
    assert list(sent_before.check(proof_of(folder), standing=4)) == []


def test_an_entry_that_came_again_is_told_once(folder: Path) -> None:
    both = f"[one thing]({PAGE}) and [another]({PAGE}-annex)"
    old = linking(PAGE).replace(f"[written down]({PAGE})", both)
    now = issue(f"- The charity has {both}.\n")
    assert places(told(folder, now, old=old)) == ["5:31 sent-before"]


def test_issues_without_a_hit_are_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("newsletter.proof.past.parse", fail)
    assert told(folder, old=linking("https://example.org/2024/other")) == []


FRONTS = [
    "https://www.bbc.co.uk/news",
    "https://www.bbc.co.uk/news/health",
    "https://www.communitycare.co.uk/",
    "https://www.theguardian.com/uk/technology",
    "https://www.theguardian.com/society/children",
    "https://www.theguardian.com/news/series/todayinfocus",
    "https://www.iwf.org.uk",
    "https://www.iwf.org.uk/news-media/news/",
    "https://learning.nspcc.org.uk/research-resources",
    "https://www.gov.uk/government/organisations/child-safeguarding-practice-review-panel",
    "https://www.nspcc.org.uk/keeping-children-safe/reporting-abuse/",
    "https://example.org/blog",
    "https://www.ceop.police.uk/ceop-reporting/",
    "https://example.org/events?page=2",
    "https://www.childline.org.uk/get-support/",
    "https://example.org/news-and-events",
    "mailto:editor@example.org",
    "tel:08001111",
]
PAGES = [
    "https://www.bbc.com/news/av/world-europe-60091717",
    "https://youtu.be/dQw4w9WgXcQ",
    "https://www.communitycare.co.uk/2022/01/05/working-partnership-with-families/",
    "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2",
    "https://example.org/reports/neglect",
    "https://doi.org/10.1016/j.chiabu.2024.106789",
    "https://www.cypnow.co.uk/news/article/surge-in-online-sexual-abuse-of-young-children",
    "https://assets.publishing.service.gov.uk/media/65cb4349/report.pdf",
    "https://bit.ly/3xYzAbC",
    "https://forms.office.com/e/aBcDeF123",
    "https://example.org/?p=1234",
]


def test_fronts_of_sites_are_told_from_pages_of_stories() -> None:
    assert [url for url in FRONTS if is_page(url)] == []
    assert [url for url in PAGES if not is_page(url)] == []


# --- headlines ----------------------------------------------------------------------------------

SAME = [
    ("Organisations urged to act on child neglect", "Organizations urged to act on child neglect"),
    ("Calls to male helpline double in 2021", "Calls to male helpline double in 2021 - BBC News"),
    ("Encryption poses risk to police, NCA says", "NCA says encryption poses risk to police"),
    ("New report: care leavers wait months for a home", "Care leavers wait months for a home"),
    ("Children locked away: Britain’s Bedlam", "CHILDREN LOCKED AWAY: BRITAIN'S BEDLAM"),
    ("Foster carers leaving faster again", "Foster carers leaving faster again, figures show"),
    ("Violences faites aux enfants : le rapport", "Violences faites aux enfants: le rapport"),
    ("Police fail to record children’s interviews", "Police fail to record children's interview"),
    ("تقرير جديد عن حماية الأطفال في المدارس", "تقرير جديد عن حماية الأطفال في المدارس"),
    (
        "Council apologises to family after failing to protect teenager from exploitation",
        "Council apologises to grieving family after failing to protect teenager from exploitation",
    ),
]  # fmt: skip
OTHER = [
    ("Safeguarding statistics for schools 2023", "Safeguarding statistics for schools 2024"),
    ("Children looked after in England: March", "Children looked after in England: April"),
    ("Children in care in Wales: the figures", "Children in care in Scotland: the figures"),
    ("Number of girls in secure homes rises", "Number of boys in secure homes rises"),
    ("Children in unregulated homes wait longer", "Children in regulated homes wait longer"),
    ("Child practice review published: Child A", "Child practice review published: Child B"),
    ("Online Safety Act: what schools need", "Online Safety Act: what parents need"),
    ("Podcast: kinship carers in court, part 1", "Podcast: kinship carers in court, part 2"),
    ("Charity opens helpline for young carers", "Charity closes helpline for young carers"),
    ("Weekly news from the sector", "Weekly news from the sector"),
    ("Rates of referral in May and after", "Rates of referral in June and after"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_nearly_the_same_headlines_are_known(one: str, other: str) -> None:
    assert same_headline(one, other)
    assert same_headline(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_one_word_that_matters_makes_another_headline(one: str, other: str) -> None:
    assert not same_headline(one, other)
    assert not same_headline(other, one)


def test_likeness_is_that_of_words_in_any_order() -> None:
    assert likeness("one two", "two one") == 100
    assert likeness("one two", "three") < 50


HEADLINE = "Calls to helpline for young carers double"
HEADED = issue(
    f"- title: {HEADLINE}\n  text: There are [figures](https://example.org/2024/calls).\n"
)


def test_a_headline_that_was_sent_is_told_at_the_title(folder: Path) -> None:
    old = issue(f"- title: {HEADLINE}\n  text: Old.\n", "2024-03-02")
    assert told(folder, HEADED, old=old) == [
        "5:10 headline-before: this headline was sent before: issues/old.yaml, line 5"
    ]


@pytest.mark.parametrize(
    "title",
    [
        "title: 'Calls to young carers’ helpline double'",
        'title: "Calls to young carers\\u2019 helpline double"',
        "title: >-\n    Calls to young carers’\n    helpline double, report finds",
        "title: Calls to young\n    carers’ helpline double",
        "text: x\n  links:\n    - label: Read the report\n      url: https://example.com\n      "
        "title: Calls to young carers’ helpline double",
    ],
)
def test_it_is_found_in_every_style_of_yaml(title: str, folder: Path) -> None:
    old = issue(f"- {title}\n  source: Old\n", "2024-03")
    assert places(told(folder, HEADED, old=old)) == ["5:10 headline-before"]


def test_a_nearly_same_headline_is_shown_as_it_was(folder: Path) -> None:
    old = issue("- title: 'Calls to young carers’ helpline double'\n", "2024-03")
    assert told(folder, HEADED, old=old) == [
        "5:10 headline-before: this headline was sent before as 'Calls to young carers’ helpline "
        "double': issues/old.yaml, line 5"
    ]


@pytest.mark.parametrize(
    ("now", "old"),
    [
        # a year ago
        (HEADED, issue(f"- title: {HEADLINE}\n", "2023-05")),
        # a comment, a subtitle, the issue's own title
        (HEADED, issue(f"- text: x\n  # title: {HEADLINE}\n", "2024-03")),
        (HEADED, f"title: {HEADLINE}\ndate: 2024-03\n"),
        # the entries are of different months
        (
            HEADED.replace("  text", "  date: 2024-05-02\n  text"),
            issue(f"- title: {HEADLINE}\n  date: 2024-02-02\n", "2024-03"),
        ),
        # meant so
        (HEADED + "  seen: ok\n", issue(f"- title: {HEADLINE}\n", "2024-03")),
        # a publisher's name
        (
            issue("- text: x\n  links:\n  - {label: Read, url: https://example.org/2024/1, "
                  "title: Children and Young People Now}\n"),
            issue("- text: x\n  links:\n  - {label: Read, url: https://example.org/2024/2, "
                  "title: Children and Young People Now}\n", "2024-03"),
        ),
    ],
)  # fmt: skip
def test_these_headlines_are_not_told(now: str, old: str, folder: Path) -> None:
    assert told(folder, now, old=old) == []


def test_a_headline_in_an_issue_that_cannot_be_read_is_told_by_its_line(folder: Path) -> None:
    old = issue(f"- title: {HEADLINE}\n  text: é\n", "2024-03").encode("latin-1")
    assert told(folder, HEADED, old=old) == [
        "5:10 headline-before: this headline was sent before: issues/old.yaml, line 5"
    ]


def test_a_headline_of_most_issues_is_standing(folder: Path) -> None:
    old = {f"i{n}": issue(f"- title: {HEADLINE}\n", f"2024-0{n}") for n in (1, 2, 3)}
    assert told(folder, HEADED, **old) == []


def test_a_page_and_its_headline_are_told_once(folder: Path) -> None:
    old = HEADED.replace("2024-05", "2024-03")
    assert places(told(folder, HEADED, old=old)) == ["6:29 sent-before"]


def test_the_headline_of_a_recap_is_that_of_its_section(folder: Path) -> None:
    text = dedent(f"""\
        title: Week
        date: 2024-05-18
        layout: recap
        sections:
          - title: {HEADLINE}
            entries:
              - Many called.
        """)
    old = text.replace("05-18", "05-11")
    assert told(folder, text, old=old) == [
        "5:12 headline-before: this headline was sent before: issues/old.yaml, line 5"
    ]


# --- inside one issue ---------------------------------------------------------------------------


def cards(second: str, first: str = "") -> str:
    """Two entries with one headline."""
    return issue(f"""\
        - title: {HEADLINE}
          text: There are [figures](https://example.org/2024/calls).
          {first}
        - title: {HEADLINE}
          text: There is [a list](https://example.org/2024/list).
          {second}
        """)


def test_a_headline_that_stands_twice_is_told_at_the_second(folder: Path) -> None:
    assert told(folder, cards("")) == [
        "8:10 same-headline: the same headline stands on line 5",
    ]


@pytest.mark.parametrize(
    "now",
    [
        cards("seen: ok"),
        cards("kind: Summary", "kind: Report"),
        # told as linked-twice
        cards("").replace("2024/list", "2024/calls"),
    ],
)
def test_these_may_share_a_headline(now: str, folder: Path) -> None:
    assert told(folder, now) == []


def test_cards_of_two_publishers_that_share_a_headline_are_related(folder: Path) -> None:
    now = cards("source: Example Times", "source: Example Trust")
    now = now.replace("https://example.org/2024/list", "https://example.com/2024/list")
    assert told(folder, now) == [
        "5:10 related-stories: this story is related to "
        f"'{HEADLINE}' (line 8): they seem to tell of one event"
    ]


def test_three_publishers_of_one_story_are_told_once(folder: Path) -> None:
    sample = (SAMPLES / "2022-01-digest.yaml").read_text("utf-8")
    assert told(folder, sample) == [
        "63:12 related-stories: this story is related to '2021 was worst year on record for online "
        "child…' (line 75) and 'Three-fold increase of abuse imagery of…' (line 86): they seem to "
        "tell of one event"
    ]
    one = sample.replace("  - title: Surge in", "  - seen: ok\n    title: Surge in")
    assert places(told(folder, one)) == ["76:12 related-stories"]


STORY = """\
- title: Regulator fines chat site over age checks
  date: 2024-02-28
  text: Ofcom has fined a chat site £450,000 for not checking the age of its users.
    Nine-year-olds had used the site, the first to be fined.
  links: [{label: Read, title: BBC, url: https://www.bbc.co.uk/news/articles/c1a2b3c4d5eo}]
"""
AGAIN = """\
- title: First penalty for a site without age checks
  date: 2024-02-28
  text: A chat site was fined £450,000 because users of nine had come in. Nobody checked
    their age, as Ofcom says.
  links: [{label: Read, title: Guardian, url: https://www.theguardian.com/2024/feb/28/penalty}]
"""


def test_one_event_is_known_by_its_day_a_name_and_many_words(folder: Path) -> None:
    named = STORY.replace("Ofcom", "IWF"), AGAIN.replace("Ofcom", "IWF")
    assert places(told(folder, issue("".join(named)))) == ["5:10 related-stories"]


@pytest.mark.parametrize(
    "again",
    [
        AGAIN.replace("2024-02-28", "2024-02-20"),
        AGAIN.replace("title: Guardian", "title: BBC News"),
        AGAIN.replace("www.theguardian.com/2024", "www.bbc.co.uk/news/2024"),
        AGAIN.replace("IWF", "the watchdog"),
        AGAIN.replace("  links", "  seen: ok\n  links"),
        AGAIN.replace(AGAIN[AGAIN.index("  links") :], ""),
    ],
)
def test_without_one_of_them_it_is_not(again: str, folder: Path) -> None:
    again = again.replace("as Ofcom says", "as the watchdog says")
    now = issue(STORY.replace("Ofcom", "IWF") + again)
    assert told(folder, now) == []


def test_an_exact_figure_and_a_name_make_one_event(folder: Path) -> None:
    now = issue("""\
        - The [Guardian](https://www.theguardian.com/society/2024/homes) counts 4,820 homes with
          the Fostering Network that closed.
        - The [BBC](https://www.bbc.co.uk/news/articles/c1a2b3c4d5eo) spoke with the Fostering
          Network, which has lost 4,820 households.
        """)
    assert places(told(folder, now)) == ["5:3 related-stories"]
    assert told(folder, now.replace("lost 4,820", "lost 4,000")) == []


def test_a_report_that_two_entries_name_makes_one_event(folder: Path) -> None:
    now = issue("""\
        - The charity has published
          [‘Left out of school and locked away’](https://example.org/2024/left-out).
        - Of ‘Left out of school and locked away’,
          [the BBC](https://www.bbc.co.uk/news/articles/c1a2b3c4d5eo) has the story.
        """)
    assert places(told(folder, now)) == ["5:3 related-stories"]


# --- what other rules ask -----------------------------------------------------------------------


def test_the_subjects_of_earlier_issues_are_known(folder: Path) -> None:
    issues = folder / "issues"
    (issues / "a.yaml").write_text("title: x\ndate: 2024-02\nsubject: 'It''s new'\n", "utf-8")
    (issues / "b.yaml").write_text("title: x\ndate: 2024-01\nsubject: >-\n  One\n  two\n", "utf-8")
    (issues / "c.yaml").write_text('title: x\ndate: 2024-03\nsubject: "A \\"b\\"" # c\n', "utf-8")
    (issues / "d.yaml").write_text("title: x\ndate: 2024-04\n", "utf-8")
    assert told(folder) == []
    proof = proof_of(folder)
    assert proof.earlier.paths == tuple(issues / f"{name}.yaml" for name in "bacd")
    assert proof.earlier.subjects == (
        Subject(issues / "b.yaml", PartialDate("2024-01"), "One two"),
        Subject(issues / "a.yaml", PartialDate("2024-02"), "It's new"),
        Subject(issues / "c.yaml", PartialDate("2024-03"), 'A "b"'),
    )
