"""The rules about links: what their examples do not show."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from newsletter.check import Checked, check, prove
from newsletter.check.fix import fixed
from newsletter.project import open_project
from newsletter.rules import manuals

HEAD = "title: Safeguarding Monthly\ndate: 2024-05\n"


def _checked(folder: Path, issue: str, settings: str = "") -> Checked:
    path = folder / "issues" / "2024-05.yaml"
    path.write_text(HEAD + dedent(issue).lstrip("\n"), "utf-8")
    if settings:
        with (folder / "newsletter.yaml").open("a", encoding="utf-8") as file:
            file.write(dedent(settings))
    return check(path, open_project(folder))


def _codes(found: Checked) -> list[str]:
    group = {code for code, rule in manuals().items() if rule.group == "links"}
    return [problem.code for problem in found.problems if problem.code in group]


def _told(found: Checked, code: str) -> list[tuple[int, int, str, str]]:
    return [
        (problem.mark.line, problem.mark.column, problem.message, problem.suggestion)
        for problem in found.problems
        if problem.code == code and problem.mark
    ]


def _of_link(folder: Path, words: str, url: str) -> list[str]:
    text = f"The charity has published [{words}]({url}) about its work."
    return _codes(_checked(folder, f"entries:\n  - text: |\n      {text}\n"))


# --- places -------------------------------------------------------------------------------------

PLACES = r"""
    entries:
      - text: >-
          The charity has published [a report
          on neglect](https://council.example/a?utm_source=x), then
          https://council.example/b?id=1&fbclid=y, and <https://council.example/c?mc_eid=z>.

          > [a summary]( <https://council.example/d?gclid=1> "title") for (
          > https://council.example/e?utm_source=x) carers
      - text: "A \"film\" [on neglect](https://council.example/f?utm\\_source=x&amp;id=2) \
          is https://council.example/g_h?utm_source=x"
      - 'It''s [a survey](https://council.example/i?utm_source=x)'
      - text: Foster carers were asked.
        links:
          - title: What they said
            url: " https://council.example/j?utm_source=x "
          - label: What they did
            url: >-
              https://council.example/k?utm_source=x#top
"""
CLEAN = [
    (6, 19, "https://council.example/a"),
    (7, 7, "https://council.example/b?id=1"),
    (7, 53, "https://council.example/c"),
    (9, 23, "https://council.example/d"),
    (10, 9, "https://council.example/e"),
    (11, 36, "https://council.example/f?id=2"),
    (12, 10, "https://council.example/g_h"),
    (13, 23, "https://council.example/i"),
    (17, 16, "https://council.example/j"),
    (20, 11, "https://council.example/k#top"),
]


def test_an_address_is_found_wherever_it_stands_and_what_could_stand_there(folder: Path) -> None:
    found = _told(_checked(folder, PLACES), "tracking-parameters")
    assert [(line, column, clean) for line, column, _, clean in found] == CLEAN


def test_the_fix_leaves_everything_around_an_address_as_it_was(folder: Path) -> None:
    found = _checked(folder, PLACES)
    assert found.result.source
    before = (folder / "issues" / "2024-05.yaml").read_text("utf-8")
    expected = re.sub(r"(?:utm(?:\\\\)?_source|fbclid|mc_eid|gclid)=\w(?:&amp;)?", "", before)
    expected = re.sub(r"[?&](?=[\s,)>\"#])", "", expected)
    assert fixed(before, found.result.source, found.edits) == (expected, 10)


def test_whole_messages_say_what_is_wrong_in_an_editors_words(folder: Path) -> None:
    issue = """
        entries:
          - |
            One [page of news](http://council.example/a) and
            [another](https://bit.ly/abc) and [a film](https://youtu.be/abcDEF12345?t=9).
            [Figures](https://192.0.2.17/a) and [a table of wards](https://a@council.example/b).
            [The results](https://council.example:8443/) and [its survey](https://council.example/s?utm_a=1&utm_b=2&utm_c=3&utm_d=4).
            [A study of schools](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcouncil.example%2Fc%3Futm_source%3Da&data=x%40y.org).
            [A letter on schools](https://protect-eu.mimecast.com/s/AbC) and [a call](https://council.example/d?email=jo@council.example&id=3).
    """
    found = _checked(folder, issue)
    group = {code for code, rule in manuals().items() if rule.group == "links"}
    told = [
        (p.mark.line, p.mark.column, p.code, p.message, p.suggestion)
        for p in found.problems
        if p.code in group and p.mark
    ]
    assert told == [
        (
            5,
            24,
            "not-https",
            "this link is not encrypted: it begins with http://",
            "https://council.example/a",
        ),
        (6, 15, "shortener", "this link hides where it leads: 'bit.ly' is a link shortener", ""),
        (
            6,
            48,
            "short-video-link",
            "this is the short form of a YouTube address, which spam filters count",
            "https://www.youtube.com/watch?v=abcDEF12345&t=9",
        ),
        (
            7,
            15,
            "odd-host",
            "this link leads to a number, '192.0.2.17', not to a named site",
            "",
        ),
        (
            7,
            60,
            "odd-host",
            "this link leads to 'council.example'; what stands before the @ is a user name",
            "https://council.example/b",
        ),
        (
            8,
            19,
            "odd-host",
            "this link names a port, ':8443', which many networks block",
            "",
        ),
        (
            8,
            67,
            "tracking-parameters",
            "this address counts clicks for somebody else: 'utm_a', 'utm_b', 'utm_c' ...",
            "https://council.example/s",
        ),
        (
            9,
            26,
            "mailbox-wrapper",
            "this link was copied with what Outlook had wrapped around it",
            "https://council.example/c",
        ),
        (
            10,
            27,
            "mailbox-wrapper",
            "this link was copied with what Mimecast had wrapped around it",
            "",
        ),
        (
            10,
            79,
            "personal-data-in-link",
            "the address of this link says who somebody is: 'jo@council.example'",
            "https://council.example/d?id=3",
        ),
    ]


# --- single addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://link.springer.com/article/10.1007/s41887-024-00095-8",
        "https://doi.org/10.1016/S2468-2667(24)00012-3",
        "https://medium.com/@safeguardinglab/what-we-learned-in-2023-abc123def456",
        "https://www.google.com/maps/d/viewer?mid=1abcDEF_ghi&ll=53.8%2C-1.5&z=10",
        "https://www.google.com/maps/@53.8,-1.5,12z",
        "https://docs.google.com/forms/d/e/1FAIpQLSdXyZ/viewform?usp=sf_link",
        "https://forms.office.com/e/AbC123dEf4",
        "https://www.surveymonkey.com/r/MISSING24?source=email",
        "https://go.example.org/?id=123",
        "https://links.example.org/reports/neglect-2024",
        "https://content.govdelivery.com/accounts/UKX/bulletins/abc1234",
        "https://preview.mailerlite.com/x1y2z3",
        "https://www.mailchimp.com/resources/",
        "https://bit.ly/",
        "https://www.youtube.com/watch?v=abcDEF12345&t=90s",
        "https://example.org:443/a",
        "https://1.example.org/a",
        "https://127.example.org/a",
        "https://www.xn--mnchen-3ya.de/kinder",
        "https://xn--80aswg.xn--p1ai/",
        "https://example.org/%D9%85%DB%8C%E2%80%8C%D8%B1%D9%88%D8%AF",
        "https://example.org/comments/policy#commentary",
        "https://example.org/a#responding-to-neglect",
        "https://example.org/amplify",
        "https://example.org/feedback/",
        "https://example.org/newsfeed/feeding-children",
        "https://calendar.google.com/calendar/embed?src=abc%40group.calendar.google.com",
        "https://example.org/a?mailing=may&email-preferences=1",
        "https://example.org/search?q=%40nspcc",
        "mailto:help@example.org?subject=Survey",
        "tel:08001111",
    ],
)
def test_an_ordinary_address_is_not_told(folder: Path, url: str) -> None:
    assert _of_link(folder, "what it found in schools", url) == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.tinyurl.com/abc", "shortener"),
        ("https://charity.page.link/abc", "shortener"),
        ("https://bbc.in/3abc", "shortener"),
        ("https://[2001:db8::1.2]/a", "odd-host"),
        ("https://0x7f.1/a", "odd-host"),
        ("https://u1234.ct.sendgrid.net/ls/click?upn=abc", "click-tracker"),
        ("https://charity.cmail20.com/t/d-l-abc-def-r/", "click-tracker"),
        ("https://charity.us1.list-manage.com/unsubscribe?u=1&id=2", "click-tracker"),
        ("https://lnks.gd/l/eyJhbGciOiJIUzI1NiJ9", "click-tracker"),
        ("https://1ABC.ddlnk.net/6D5C-ABC-1.aspx", "click-tracker"),
        (
            "https://click.e.charity.example/?qs=1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f",
            "click-tracker",
        ),
        ("https://email.charity.example/c/eJwNzEsOgyAQANDTwA4yg1gb", "click-tracker"),
        ("https://links.charity.example/a/Xyz123AbcDefGhiJklMnoPqrStu456", "click-tracker"),
        ("https://charity.example/neglect?p=2#comment-123", "comment-or-feed"),
        ("https://charity.example/neglect?replytocom=12#respond", "comment-or-feed"),
        ("https://charity.example/news/rss.xml", "comment-or-feed"),
        ("https://charity.example/neglect/amp/", "mobile-copy"),
        ("https://charity.example/neglect?amp=1&id=2", "mobile-copy"),
        ("https://m.charity.example/neglect", "mobile-copy"),
        ("https://nspсc.org.uk/neglect", "confusable-host"),
        ("https://www.xn--npc-bfdb.org.uk/neglect", "confusable-host"),
        ("https://learning.nspcc.0rg.uk.gоv.uk/neglect", "confusable-host"),
        ("https://charity.example/neglect%C2%A0", "invisible-in-link"),
        ("https://charity.example/neg\u00adlect", "invisible-in-link"),
        ("https://cha\u200brity.example/neglect", "invisible-in-link"),
        ("https://charity.example/a?u=jo.bloggs@council.example", "personal-data-in-link"),
        ("https://charity.example/a;jsessionid=1A2B", "personal-data-in-link"),
        ("https://charity.example/a?first_name=Jo", "personal-data-in-link"),
        ("https://charity.example/neglect.PDF?download=1", "file-type"),
        ("https://charity.example/neglect.docx#page=2", "file-type"),
    ],
)
def test_an_address_that_embarrasses_is_told_once(folder: Path, url: str, code: str) -> None:
    assert _of_link(folder, "what it found in schools", url) == [code]


@pytest.mark.parametrize(
    ("url", "instead"),
    [
        ("https://charity.example/a?replytocom=1&b=2#respond", "https://charity.example/a?b=2"),
        ("https://charity.example/a?b=2&replytocom=1", "https://charity.example/a?b=2"),
        ("https://charity.example/a/feed/", "https://charity.example/a/"),
        ("https://charity.example/feed/", ""),
        ("https://charity.example/a/amp/?b=2", "https://charity.example/a?b=2"),
        ("https://charity.example/a.amp.html", "https://charity.example/a.html"),
        ("https://m.facebook.com/charity", "https://www.facebook.com/charity"),
        ("https://m.charity.example/a", ""),
        ("https://mailchi.mp/charity/may?e=1a2b", "https://mailchi.mp/charity/may"),
        ("https://mailchi.mp/charity/may?a=1&e=1a2b&b=2", "https://mailchi.mp/charity/may?a=1&b=2"),
        ("https://charity.example/neg%E2%80%8Blect%20", "https://charity.example/neglect"),
    ],
)
def test_what_could_stand_there_instead_is_suggested_where_it_is_certain(
    folder: Path, url: str, instead: str
) -> None:
    found = _checked(folder, f"entries:\n  - 'A [page on neglect]({url}) is new.'\n")
    (problem,) = [problem for problem in found.problems if problem.suggestion or not instead][:1]
    assert problem.suggestion == instead


def test_your_own_campaign_is_yours_but_not_the_reader_in_it(folder: Path) -> None:
    own = "https://news.example.org/a?utm_source=may"
    assert _of_link(folder, "our survey", own) == []
    assert _of_link(folder, "our survey", f"{own}&mc_eid=1") == ["tracking-parameters"]
    issue = "entries:\n  - 'See [our survey](https://charity.example/a?utm_source=may).'\n"
    assert _codes(_checked(folder, issue)) == ["tracking-parameters"]
    setting = "rules:\n  tracking-parameters:\n    own: [charity.example]\n"
    assert _codes(_checked(folder, issue, setting)) == []


def test_your_own_shortener_can_be_allowed(folder: Path) -> None:
    issue = "entries:\n  - 'See [our survey](https://bit.ly/a).'\n"
    assert _codes(_checked(folder, issue, "rules:\n  shortener:\n    allow: [bit.ly]\n")) == []


def test_of_two_hosts_that_look_alike_the_rarer_is_told(folder: Path) -> None:
    issue = """
        entries:
          - See [a report](https://modern.example/1) and [its summary](https://modern.example/2).
          - There is [a film on neglect](https://modem.example/3).
    """
    assert _told(_checked(folder, issue), "confusable-host") == [
        (
            5,
            34,
            "this link leads to 'modem.example', which only looks like 'modern.example'",
            "",
        )
    ]


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("nspcc.org.uk", "https://learning.nspcc.org.uk/a"),
        ("www.gov.uk/report-child-abuse", "https://www.gov.uk/report-child-abuse"),
        ("bbc.com", "https://www.bbc.co.uk/news"),
        ("gov.wales", "https://www.llyw.cymru/a"),
        ("Booking.com must do more, says report", "https://www.bbc.co.uk/news/uk-1234"),
        ("https://charity.example/a", "https://www.charity.example/a/"),
        ("write to Jo@Charity.example", "mailto:jo@charity.example?subject=a"),
        ("+44 (0)808 800 5000", "tel:08088005000"),
        ("call 0808 800 5000", "tel:+448088005000"),
        ("the helpline", "tel:08088005000"),
        ("St. Helens’ review 2.0", "https://charity.example/a"),
    ],
)
def test_words_that_name_what_the_link_leads_to_are_good(
    folder: Path, words: str, url: str
) -> None:
    assert _of_link(folder, words, url) == []


@pytest.mark.parametrize(
    ("words", "url", "message"),
    [
        (
            "nspcc.org.uk",
            "https://charity.example/a",
            "the words say 'nspcc.org.uk', but this link leads to 'charity.example'",
        ),
        (
            "see www.charity.example today",
            "https://council.example/a",
            "the words say 'charity.example', but this link leads to 'council.example'",
        ),
        (
            "0800 1111",
            "tel:08088005000",
            "the words say '0800 1111', but this link leads to '08088005000'",
        ),
    ],
)
def test_words_that_name_something_else_are_told(
    folder: Path, words: str, url: str, message: str
) -> None:
    issue = f"entries:\n  - 'Look at [{words}]({url}) now.'\n"
    assert _told(_checked(folder, issue), "words-name-another-host") == [(4, 14, message, "")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Here"),
        ("en", "**the report** (PDF, 2 MB)"),
        ("en", "Read more »"),
        ("cy", "darllenwch mwy"),
        ("fr", "l’article"),
        ("fr", "plus d’infos"),
        ("de", "Weiterlesen …"),
        ("es", "haz clic aquí"),
        ("pl", "Więcej"),
        ("ar", "اضغط هنا"),
        ("ur", "مزید پڑھیں"),
    ],
)
def test_words_that_say_nothing_are_told_in_each_language(
    folder: Path, language: str, words: str
) -> None:
    issue = f"language: {language}\nentries:\n  - 'NSPCC: [{words}](https://charity.example/a).'\n"
    shown = words.replace("**", "")
    assert _told(_checked(folder, issue), "vague-words") == [
        (5, 13, f"'{shown}' does not say where this link leads", "")
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "the Guardian"),
        ("en", "Here I am"),
        ("en", "report on neglect"),
        ("en", "Researchers"),
        ("en", "Link Worker review"),
        ("fr", "le rapport de la Défenseure"),
        ("de", "Hier und jetzt"),
        ("ar", "تقرير عن الإهمال"),
    ],
)
def test_words_that_name_a_page_are_good(folder: Path, language: str, words: str) -> None:
    issue = f"language: {language}\nentries:\n  - 'NSPCC: [{words}](https://charity.example/a).'\n"
    assert _codes(_checked(folder, issue)) == []


def test_vague_words_can_be_allowed_and_added(folder: Path) -> None:
    issue = (
        "entries:\n  - 'A [survey](https://a.example/a) and [a round-up](https://a.example/b)'\n"
    )
    setting = "rules:\n  vague-words: {allow: [survey], also: [round-up]}\n"
    assert _told(_checked(folder, issue, setting), "vague-words") == [
        (4, 42, "'a round-up' does not say where this link leads", "")
    ]


def test_the_same_words_for_two_pages_are_told_but_not_the_name_of_a_publisher(
    folder: Path,
) -> None:
    issue = """
        entries:
          - |
            The [annual report](https://a.example/2024), [BBC News](https://a.example/1),
            the [Guardian](https://a.example/3) and [Action for Children](https://a.example/4).
          - |
            Another [Report for 2024](https://b.example/2024), [BBC News](https://a.example/2),
            [the Guardian](https://a.example/5), [Action for Children](https://a.example/6) and
            [its annual report](https://a.example/2024), [Annual Report](http://a.example/2024/).
    """
    assert _told(_checked(folder, issue), "same-words") == []
    issue = issue.replace("[Report for 2024]", "[Annual report]")
    assert _told(_checked(folder, issue), "same-words") == [
        (8, 13, "'Annual report' leads to another page here than on line 5", "")
    ]


def test_the_same_words_are_told_apart_by_what_stands_in_brackets(folder: Path) -> None:
    issue = """
        entries:
          - The [annual report (2023)](https://a.example/2023) and [its figures](https://a.example/1).
          - The [annual report (2024)](https://a.example/2024), also as
            [annual report (2024) (PDF)](https://a.example/2024.pdf).
          - Its [figures [XLSX\\]](https://a.example/2).
    """
    assert _told(_checked(folder, issue), "same-words") == []


def test_a_page_may_be_linked_to_twice_in_one_entry_and_a_home_page_anywhere(
    folder: Path,
) -> None:
    issue = """
        entries:
          - text: The [Panel’s report](https://a.example/report-2024) is [about carers](https://a.example/report-2024#carers).
            links:
              - {label: Read, title: The Panel, url: "https://a.example/report-2024/"}
          - text: The [news pages](https://a.example/news) and [more news](https://www.a.example/).
          - text: Its [news](https://a.example/news/), [front page](http://a.example).
            links:
              - {label: Read, title: Panel, url: "https://www.a.example/report-2024?utm_source=b"}
    """
    assert _told(_checked(folder, issue), "linked-twice") == [
        (10, 43, "this page is linked to already, on line 4", "")
    ]
    meant = issue.replace("- text: Its", "- seen: ok\n            text: Its")
    assert _told(_checked(folder, meant), "linked-twice") == []


def test_a_long_address_as_words_is_told_and_how_long_is_a_choice(folder: Path) -> None:
    url = "https://charity.example/reports/2024/neglect"
    issue = f"entries:\n  - See {url} and <{url}>, but https://charity.example/.\n"
    message = "the words of this link are an address of 44 characters"
    found = _checked(folder, issue)
    assert _told(found, "long-words-address") == [(4, 9, message, ""), (4, 58, message, "")]
    assert _codes(_checked(folder, issue, "rules: {long-words-address: {max: 44}}\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "[report on neglect (PDF)](https://a.example/a.pdf)",
        "**[report on neglect](https://a.example/a.pdf)** (PDF, 2 MB)",
        "‘[report on neglect](https://a.example/a.pdf)’ [PDF]",
        "[neglect in slides](https://a.example/a.pptx)",
        "[spreadsheet of wards](https://a.example/a.xlsx)",
        "https://a.example/a.pdf",
    ],
)
def test_a_file_may_be_named_in_the_words_or_in_brackets_after_them(
    folder: Path, text: str
) -> None:
    issue = f"entries:\n  - text: |\n      The charity has {text} now.\n"
    assert _codes(_checked(folder, issue)) == []


def test_a_file_in_a_row_of_links_is_named_by_its_label(folder: Path) -> None:
    issue = """
        entries:
          - text: The charity has figures.
            links:
              - {label: Read the PDF, title: Neglect in wards, url: "https://a.example/a.pdf"}
              - {label: Read, title: Neglect in towns, url: "https://a.example/b.pdf"}
    """
    assert _told(_checked(folder, issue), "file-type") == [
        (7, 30, "this link opens a file (PDF), and its words do not say so", "")
    ]


def test_an_address_that_cannot_be_read_is_told_by_the_reader_alone(folder: Path) -> None:
    issue = """
        entries:
          - See [the data](www.charity.example/a?utm_source=b) and [clips](#).
          - text: See below.
            links:
              - {title: The figures, url: "/a?utm_source=b"}
              - {title: The film, url: "javascript:alert(1)"}
    """
    assert set(_codes(_checked(folder, issue))) == {"link-target"}


def test_links_of_the_settings_are_judged_too(folder: Path) -> None:
    more = "privacy: http://charity.example/privacy?fbclid=a\n"
    issue = "entries:\n  - See [the figures](https://charity.example/a).\n"
    found = _checked(folder, issue, more)
    assert _codes(found) == ["not-https", "tracking-parameters"]
    assert found.edits == ()


def test_helplines_of_an_issue_stand_for_those_of_the_settings(folder: Path) -> None:
    issue = """
        settings:
          support:
            - {name: A helpline, url: "http://help.example/"}
        entries:
          - The charity has published [a report on neglect](https://example.org/neglect).
        """
    found = _checked(folder, issue, 'support: [{name: Another, url: "http://other.example/"}]\n')
    told = [(one.path, one.mark) for one in found.problems if one.code == "not-https"]
    assert told == [("issues/2024-05.yaml", (5, 32))]


def test_an_address_of_the_settings_is_marked_as_it_was_typed(folder: Path) -> None:
    """Not as it goes into the email, where it is longer."""
    settings = "privacy: http://example.org/dâtâ\n"
    path = folder / "newsletter.yaml"
    path.write_text(re.sub("privacy:.*\n", "", path.read_text("utf-8")) + settings, "utf-8")
    issue = folder / "issues" / "one.yaml"
    issue.write_text("title: T\ndate: 2024-05\nentries: [Words]\n", "utf-8")
    proof, _ = prove(issue, open_project(folder))
    assert proof
    (place,) = (link.place for link in proof.standing_links if link.url.startswith("http:"))
    node = proof.file_of(place).node(place.steps)
    assert node
    assert node.text[place.start : place.end] == "http://example.org/dâtâ"
