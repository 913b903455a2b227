"""What the preview is made of, piece by piece: places, changes, views, weight, colours, history,
guard."""

import html
import os
import re
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from PIL import Image

from newsletter.build import Result
from newsletter.lookup import Templates
from newsletter.model import Issue
from newsletter.preview import guard, shown, weight
from newsletter.preview.changes import Change, changes
from newsletter.preview.guard import Lock, names, stranger
from newsletter.preview.highlight import Language, lines
from newsletter.preview.history import Committed, committed
from newsletter.preview.places import Place, place_of, places
from newsletter.preview.views import Scheme, View, viewed, web_pictures
from newsletter.render import GMAIL_LIMIT, visible_text
from newsletter.source import Steps
from tests.conftest import Build

ONE = """\
title: April news
date: 2024-04
intro: |
  Dear readers,

  the guide for [[first_name|friends]] is out.
lead:
  title: In focus
  entries:
    - title: A plan for schools
      text: Schools have [a plan](https://example.org/plan).
sections:
  - title: Reports
    entries:
      - Safer meetings, [a guide](https://example.org/guide).

      - text: A survey of clubs
        links:
          - url: https://example.org/survey
            title: Read the survey
  - title: Later
    entries: []
outro: |
  Until May.

"""


def _read(built: Build, text: str) -> Issue:
    issue = built(text).issue
    assert issue
    return issue


# --- places -------------------------------------------------------------------------------------


def _places(result: Result) -> tuple[Place, ...]:
    assert result.issue
    assert result.source
    return places(result.issue, result.source)


def test_each_part_of_an_issue_has_its_lines_and_the_words_it_is_found_by(built: Build) -> None:
    assert _places(built(ONE)) == (
        Place("text", "Opening", ("intro",), 3, 6, ("Dearreaders,theguidefor",)),
        Place("section", "In focus", ("lead",), 7, 9, ("Infocus",)),
        Place(
            "entry",
            "A plan for schools",
            ("lead", "entries", 0),
            10,
            11,
            ("Schoolshaveaplan.", "Aplanforschools"),
        ),
        Place("section", "Reports", ("sections", 0), 13, 14, ("Reports",)),
        Place(
            "entry",
            "Safer meetings, a guide.",
            ("sections", 0, "entries", 0),
            15,
            15,
            ("Safermeetings,aguide.", ""),
        ),
        Place(
            "entry",
            "A survey of clubs",
            ("sections", 0, "entries", 1),
            17,
            20,
            ("Asurveyofclubs", "", "Readthesurvey"),
        ),
        Place("text", "Closing", ("outro",), 23, 24, ("UntilMay.",)),
    )


def test_each_line_belongs_to_the_part_that_it_stands_in(built: Build) -> None:
    found = _places(built(ONE))
    numbers = [place_of(line, found) for line in range(27)]
    assert numbers == [
        *[None] * 3, *[0] * 4, *[1] * 3, *[2] * 2, None, *[3] * 2, 4, None, *[5] * 4,
        *[None] * 2, *[6] * 2, None, None,
    ]  # fmt: skip


def test_an_issue_of_which_nothing_is_written_yet_has_no_places(built: Build) -> None:
    assert _places(built("title: May\ndate: 2024-05\n")) == ()


def test_entries_on_one_line_have_that_line(built: Build) -> None:
    found = _places(built("title: A\ndate: 2024\nentries: [Safe homes, Safe schools]\n"))
    assert [(place.name, place.line, place.end) for place in found] == [
        ("Safe homes", 3, 3),
        ("Safe schools", 3, 3),
    ]


def test_an_entry_without_words_is_called_by_its_link_or_its_picture(
    built: Build, folder: Path
) -> None:
    Image.new("RGB", (4, 4)).save(folder / "issues" / "room.png")
    text = """\
    title: A
    date: 2024
    entries:
      - links:
          - url: https://example.org/a
            title: The law
      - image:
          src: room.png
          alt: A room
    """
    found = _places(built(text))
    assert [(place.name, place.image) for place in found] == [
        ("The law", ""),
        ("a picture", "room.png"),
    ]


# --- changes ------------------------------------------------------------------------------------

Changed = tuple[dict[Steps, Change], dict[Steps, Change]]

PLAN = "- title: A plan\n  text: Schools have a plan for the safety of all pupils."
CLUBS = "- title: Clubs\n  text: Two in three sports clubs have named somebody to turn to."
LAW = "- title: The law\n  text: Parliament passed a bill on reports of neglect."


def _entries(*texts: str, title: str = "") -> str:
    """The YAML of a section."""
    below = "\n".join(texts).replace("\n", "\n      ")
    return f"  - title: {title or 'News'}\n    entries:\n      {below}\n"


def _between(built: Build, old: str, new: str) -> Changed:
    head = "title: A\ndate: 2024\nsections:\n"
    return changes(_read(built, head + old), _read(built, head + new))


def _at(number: int, section: int = 0) -> Steps:
    return ("sections", section, "entries", number)


def test_an_issue_that_is_as_it_was_has_no_changes(built: Build) -> None:
    assert _between(built, _entries(PLAN, CLUBS), _entries(PLAN, CLUBS)) == ({}, {})


def test_entries_are_new_or_gone(built: Build) -> None:
    assert _between(built, _entries(PLAN, CLUBS), _entries(LAW, PLAN)) == (
        {_at(1): "gone"},
        {_at(0): "new"},
    )


@pytest.mark.parametrize(
    "now",
    [
        PLAN.replace("all pupils", "every pupil"),
        PLAN.replace("A plan", "The plan of the ministry"),
        "- title: A plan\n  text: What is asked of every head teacher from autumn on.",
        f"{PLAN}\n  source: Example Ministry",
    ],
    ids=["words", "title", "whole text", "source"],
)
def test_an_entry_is_known_again_when_it_has_been_written_anew(built: Build, now: str) -> None:
    assert _between(built, _entries(PLAN, CLUBS), _entries(CLUBS, now)) == (
        {_at(0): "changed"},
        {_at(1): "changed"},
    )


def test_an_entry_is_known_again_by_its_link(built: Build) -> None:
    old = "- Homes report, [here](https://example.org/r)."
    new = "- text: What inspectors found.\n  links: [{url: 'https://example.org/r', title: It}]"
    changed: Changed = ({_at(0): "changed"}, {_at(0): "changed"})
    assert _between(built, _entries(old), _entries(new)) == changed


def test_an_entry_below_another_heading_has_moved(built: Build) -> None:
    old = _entries(PLAN, CLUBS) + _entries(LAW, title="Law")
    new = _entries(CLUBS) + _entries(LAW, PLAN, title="Law")
    assert _between(built, old, new) == ({_at(0): "moved"}, {_at(1, 1): "moved"})


def test_entries_in_another_order_below_the_same_heading_have_not_changed(built: Build) -> None:
    assert _between(built, _entries(PLAN, CLUBS, LAW), _entries(LAW, PLAN, CLUBS)) == ({}, {})


def test_of_two_equal_entries_one_may_go(built: Build) -> None:
    assert _between(built, _entries(PLAN, PLAN), _entries(PLAN)) == ({_at(1): "gone"}, {})
    assert _between(built, _entries(PLAN), _entries(PLAN, PLAN)) == ({}, {_at(1): "new"})


def test_of_two_equal_entries_below_two_headings_neither_has_moved(built: Build) -> None:
    both = _entries(PLAN) + _entries(PLAN, title="Law")
    turned = _entries(PLAN, title="Law") + _entries(PLAN)
    assert _between(built, both, both) == ({}, {})
    assert _between(built, both, turned) == ({}, {})


def test_an_entry_that_becomes_the_lead_has_moved(built: Build) -> None:
    head = "title: A\ndate: 2024\n"
    old = _read(built, f"{head}sections:\n{_entries(PLAN, CLUBS)}")
    lead = f"lead:\n  title: In focus\n  entries:\n    {PLAN}\n".replace("\n  text", "\n      text")
    new = _read(built, f"{head}{lead}sections:\n{_entries(CLUBS)}")
    assert changes(old, new) == ({_at(0): "moved"}, {("lead", "entries", 0): "moved"})


def test_entries_without_sections_are_compared_too(built: Build) -> None:
    head = "title: A\ndate: 2024\nentries:\n  "
    old = _read(built, head + PLAN.replace("\n", "\n  "))
    new = _read(built, head + "\n".join((LAW, PLAN)).replace("\n", "\n  "))
    assert changes(old, new) == ({}, {("entries", 0): "new"})


def test_a_picture_in_place_of_another_one_is_not_the_same_entry_in_other_words(
    built: Build, folder: Path
) -> None:
    for name in ("a.png", "b.png"):
        Image.new("RGB", (4, 4)).save(folder / "issues" / name)
    old, new = (f"- image: {{src: {name}.png, alt: Room {name}}}" for name in "ab")
    gone: Changed = ({_at(0): "gone"}, {_at(0): "new"})
    assert _between(built, _entries(old), _entries(new)) == gone


# --- views --------------------------------------------------------------------------------------

TALK = """\
title: April news
date: 2024-04
entries:
  - text: >-
      A note for designers: write @media (prefers-color-scheme: dark), and color-scheme: light
      dark beside it. See [the notes](https://example.org/notes).
  - image:
      src: room & hall.png
      alt: 'More > fewer: "a room"'
  - image:
      src: https://example.org/picture.png
      alt: A hall
"""
PICTURE = "images/room%20%26%20hall.png"


@pytest.fixture(name="email")
def _email(built: Build, folder: Path) -> str:
    """The HTML of an email that speaks of what the views look for."""
    Image.new("RGB", (4, 4)).save(folder / "issues" / "room & hall.png")
    sample = built(TALK, more="images_url: images\n").sample
    assert sample
    return sample.html


def _styles(page: str) -> str:
    return "".join(re.findall(r"(?s)<style.*?</style>", page))


def _without(page: str) -> str:
    """What stands outside of <style> and <meta>."""
    return re.sub(r"(?s)<style.*?</style>\s*|<meta[^>]*>", "", page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scheme_holds_whatever_the_screen_is_and_leaves_words_alone(
    email: str, scheme: Scheme
) -> None:
    page = viewed(email, View(scheme), {})
    assert _without(page) == _without(email)
    assert "prefers-color-scheme: dark" in visible_text(page)
    assert "prefers-color-scheme" not in _styles(page)
    assert re.findall(r"color-scheme: [a-z ]+", _styles(page)) == [f"color-scheme: {scheme}"]
    meant = re.findall(r'<meta name="(?:supported-)?color-schemes?" content="([^"]*)"', page)
    assert meant == [scheme, scheme]
    always = "min-width: 0" if scheme == "dark" else "max-width: 0"
    assert f"@media ({always})" in _styles(page)


def test_a_light_screen_is_no_dark_one(email: str) -> None:
    light, dark = (viewed(email, View(scheme), {}) for scheme in ("light", "dark"))
    assert light != dark
    assert dark.replace("color-scheme: dark}", "color-scheme: light}") != light


@pytest.mark.parametrize("word", ["light", "LIGHT", "Dark"])
def test_media_queries_are_read_in_capitals_too(word: str) -> None:
    page = f"<style>@media (PREFERS-Color-Scheme :{word}) {{p{{color:red}}}}</style>"
    holds = {"min-width: 0", "max-width: 0"}
    shown = {scheme: viewed(page, View(scheme), {}) for scheme in ("light", "dark")}
    query = {scheme: re.findall(r"\((.*?)\)", one)[0] for scheme, one in shown.items()}
    assert set(query.values()) == holds
    assert query[word.lower()] == "min-width: 0"


def test_a_forced_dark_screen_recolours_what_is_light(email: str) -> None:
    """Light grounds become dark, dark words light; what is dark already stays, and so do words."""
    page = (
        "<html><head><style>.a{color:#222;background-color:#ffffff}</style></head>"
        '<body bgcolor="#F4F4F4" style="color: #333333">'
        '<td style="background:#0b3d44;color:#bfe0e4;border-top:2px solid #1f6b73">'
        "color: #222 on background:#ffffff</td></body></html>"
    )
    assert viewed(page, View("forced"), {}) == (
        "<html><head><style>.a{color:#dadada;background-color:#1c1c1c}</style>"
        "<style>html{background:#1c1c1c;color:#e6e6e6}</style></head>"
        '<body bgcolor="#272727" style="color: #d1d1d1">'
        '<td style="background:#0b3d44;color:#bfe0e4;border-top:2px solid #a5e1e7">'
        "color: #222 on background:#ffffff</td></body></html>"
    )
    light, forced = (viewed(email, View(scheme), {}) for scheme in ("light", "forced"))
    assert visible_text(forced) == visible_text(light)


def test_no_picture_is_fetched_when_images_are_off(email: str) -> None:
    page = viewed(email, View(images=False), {PICTURE: "/here.png"})
    sources = [image.get("src") for image in lxml_html.fromstring(page).iter("img")]
    assert sources == ["data:,", "data:,"]
    assert re.sub(r' src="[^"]*"', "", page) == re.sub(
        r' src="[^"]*"', "", viewed(email, View(), {})
    )


def test_pictures_are_shown_from_here_and_those_of_the_web_are_left(email: str) -> None:
    page = viewed(email, View(), {PICTURE: "/issues/a?b=1&c.png"})
    sources = [image.get("src") for image in lxml_html.fromstring(page).iter("img")]
    assert sources == ["/issues/a?b=1&c.png", "https://example.org/picture.png"]


def test_pictures_of_the_web_are_counted(email: str) -> None:
    assert web_pictures(email, {PICTURE: "/here.png"}) == 1
    assert web_pictures(email, {}) == 2
    assert web_pictures('<img src="a&amp;b"><img src="a&amp;b"><p>src="c"</p>', {"a&b": ""}) == 0


def test_without_styles_only_those_in_the_head_are_gone(email: str) -> None:
    page = viewed(email, View(styles=False), {})
    assert "<style" not in page
    assert "</style" not in page
    assert page.count(" style=") == email.count(" style=") > 0
    assert visible_text(page) == visible_text(email)


CLIPPED = "[Message clipped]"


def _long(text: str, before: int) -> str:
    """A page of which `before` bytes stand before the limit, and then `text`."""
    head = "<html><head></head><body><p>"
    fill = "x" * (GMAIL_LIMIT - before - len(head))
    return f"{head}{fill}{text}"


def test_an_email_of_exactly_the_limit_is_not_cut() -> None:
    page = _long("", 0)
    assert len(page.encode()) == GMAIL_LIMIT
    assert viewed(page, View(cut=True), {}) == page
    assert viewed(f"{page}y", View(), {}) == f"{page}y"


@pytest.mark.parametrize(
    ("text", "before", "kept"),
    [
        ("y", 0, ""),
        ("ü", 1, ""),
        ("ü", 2, "ü"),
        ("üz", 2, "ü"),
        ("\U0001f3e0z", 3, ""),
        ("\U0001f3e0z", 4, "\U0001f3e0"),
        ("&amp;z", 3, ""),
        ("&#252;z", 3, ""),
        ("&amp;z", 5, "&amp;"),
        ("<b>z", 2, ""),
        ("<b>z", 3, "<b>"),
        ("<b>z", 4, "<b>z"),
        ("<a href='x'>z", 8, ""),
    ],
)
def test_an_email_is_cut_at_the_limit_but_inside_no_sign(text: str, before: int, kept: str) -> None:
    page = _long(text, before)
    if len(page.encode()) == GMAIL_LIMIT:  # then nothing is cut off
        page += "!"
    whole, mark, rest = viewed(page, View(cut=True), {}).partition("<p style=")
    assert (whole, mark) == (page.encode()[: GMAIL_LIMIT - before].decode() + kept, "<p style=")
    assert CLIPPED in rest


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a note that is long -->",
        "<!--[if mso]><table><tr><td><![endif]-->",
        '<a title="more &gt; fewer, and so on">here</a>',
    ],
    ids=["note", "for Outlook", "attribute"],
)
def test_wherever_an_email_is_cut_the_reader_is_told(text: str) -> None:
    for before in range(1, len(text)):
        page = viewed(_long(f"{text}<p>end", before), View(cut=True), {})
        tree = lxml_html.document_fromstring(page)
        told = [one for one in tree.iter("p") if CLIPPED in (one.text or "")]
        assert len(told) == 1, text[:before]


def test_views_combine(email: str) -> None:
    long = email.replace("</body>", "<p>" + "ü" * GMAIL_LIMIT + "</p></body>")
    at = "/here.png"
    for scheme in get_args(Scheme):
        page = viewed(long, View(scheme, images=False, styles=False, cut=True), {PICTURE: at})
        assert CLIPPED in page
        assert re.findall(r' src="([^"]*)"', page) == ["data:,", "data:,"]
        assert re.findall(r"<style>([^{]*)", page) == (["html"] if scheme == "forced" else [])
        meant = re.findall(r'<meta name="color-scheme" content="([^"]*)"', page)
        assert meant == ["dark" if scheme == "dark" else "light"]


def test_an_email_that_is_looked_at_as_it_is_changes_in_nothing_but_its_scheme(email: str) -> None:
    page = viewed(email, View(), {})
    assert page.splitlines() != email.splitlines()
    assert viewed(page, View(), {}) == page


# --- weight -------------------------------------------------------------------------------------

HEAVY = """\
title: April news
date: 2024-04
lead:
  title: In focus
  entries:
    - Lead words, [here](https://example.org/l).
sections:
  - title: Reports & findings <new>
    entries:
      - title: Reports & findings <new>
        text: Für alle [a](https://example.org/a).
  - title: Children's voices
    entries:
      - Words [b](https://example.org/b).
  - title: Reports & findings <new>
    entries:
      - Words [c](https://example.org/c).
  - title: Nothing below
    entries: []
"""


REPORTS = ("Reports & findings <new>", "Children's voices", "Reports & findings <new>")


@pytest.mark.parametrize("layout", sorted(Templates().layouts()))
def test_parts_of_an_email_are_as_heavy_as_the_whole(built: Build, layout: str) -> None:
    result = built(f"{HEAVY}layout: {layout}\n")
    assert result.email
    assert result.issue
    parts = weight.parts(result.email.html, ["In focus", *REPORTS])
    assert [part.name for part in parts] == ["Head and opening", "In focus", *REPORTS]
    assert sum(part.bytes_ for part in parts) == len(result.email.html.encode())
    assert all(part.bytes_ > 0 for part in parts)


def test_a_heading_may_be_a_link_and_is_found_where_it_is_one() -> None:
    head = "<body>ü<p>News</p>"
    news = '<h2 class="a">\n<a href="https://example.org"><b>News</b></a> </h2><p>One</p>'
    more = "<h2>News</h2><p>Two</p></body>"
    assert weight.parts(head + news + more, ["News", "News", "Not there"]) == [
        weight.Part("Head and opening", len(head.encode())),
        weight.Part("News", len(news.encode())),
        weight.Part("News", len(more.encode())),
    ]


def test_an_email_without_headings_is_one_part() -> None:
    assert weight.parts("<p>ü</p>", []) == [weight.Part("All of it", 9)]


def test_reading_takes_a_minute_at_least() -> None:
    each = weight.WORDS_A_MINUTE
    numbers = [0, 1, each, each + 1]
    assert [weight.words(f"<p>{'word ' * number}</p>") for number in numbers] == numbers
    assert [weight.minutes(number) for number in numbers] == [1, 1, 1, 2]


# --- colours of source text ---------------------------------------------------------------------


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.text(
        st.one_of(
            st.sampled_from("<>&;\"'/=!-:#|[]{}\n\t @%*a"),
            st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufeff"),
        ),
        max_size=60,
    ),
    st.sampled_from(get_args(Language)),
)
@example("", "yaml")
@example("\n\n", "html")
@example("<script>a\n</script>\n<style>p{", "html")
@example("a: |\n  b\n\n\n", "yaml")
def test_lines_in_colour_are_the_lines_of_the_text(text: str, language: Language) -> None:
    made = lines(text, language)
    assert "\n".join("".join(piece for _, piece in line) for line in made) == text
    assert all(piece for line in made for _, piece in line)
    kinds = [[kind for kind, _ in line] for line in made]
    assert all(one != other for line in kinds for one, other in pairwise(line))


def test_yaml_and_html_are_coloured() -> None:
    assert lines("# now\ntitle: 'A'\n", "yaml") == [
        [("comment", "# now")],
        [("name", "title"), ("sign", ":"), ("", " "), ("value", "'A'")],
        [],
    ]
    assert lines('<p class="a">x</p>', "html") == [
        [
            ("sign", "<"),
            ("name", "p"),
            ("", " "),
            ("attribute", "class"),
            ("", "="),
            ("value", '"a"'),
            ("sign", ">"),
            ("", "x"),
            ("sign", "</"),
            ("name", "p"),
            ("sign", ">"),
        ]
    ]


# --- history ------------------------------------------------------------------------------------

NEVER = Committed(missing="this issue was never committed with git")

Git = Callable[..., str]


@pytest.fixture(name="git")
def _git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """git in the newsletter's folder, which it makes a repository; it knows no other settings."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Editor")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "editor@example.org")
        monkeypatch.setenv(f"GIT_{name}_DATE", "2024-04-23T12:00:00+0000")

    def git(*words: str, typed: str = "") -> str:
        made = subprocess.run(
            ["git", *words], cwd=folder, input=typed, capture_output=True, check=True, text=True
        )
        return made.stdout.strip()

    git("init", "--quiet")
    return git


def _issue(folder: Path, text: str = "title: April\n", name: str = "one.yaml") -> Path:
    path = folder / "issues" / name
    path.write_text(text, "utf-8")
    return path


def _commit(git: Git) -> None:
    git("add", ".")
    git("commit", "--quiet", "--message", "An issue")


def test_what_was_committed_is_told_with_its_day(folder: Path, git: Git) -> None:
    path = _issue(folder, "title: Für April\n")
    _commit(git)
    assert committed(path) == Committed("title: Für April\n", "2024-04-23")
    path.write_text("title: Changed\n", "utf-8")
    git("add", ".")
    assert committed(path) == Committed("title: Für April\n", "2024-04-23")


def test_the_day_is_the_one_on_which_this_issue_was_committed(
    folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _issue(folder)
    _commit(git)
    _issue(folder, name="two.yaml")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-05-02T12:00:00+0000")
    _commit(git)
    assert committed(path) == Committed("title: April\n", "2024-04-23")


@pytest.mark.parametrize(
    "name", ["a b.yaml", "*.yaml", ":(glob)x.yaml", "-x.yaml", "a:b.yaml", "ü'\"#.yaml"]
)
def test_hostile_names_are_names_for_git_too(folder: Path, git: Git, name: str) -> None:
    _issue(folder, "title: Another\n", "another.yaml")
    path = _issue(folder, "title: This\n", name)
    _commit(git)
    assert committed(path) == Committed("title: This\n", "2024-04-23")


def test_an_issue_that_was_never_committed_has_no_history(folder: Path, git: Git) -> None:
    path = _issue(folder)
    assert committed(path) == NEVER  # a repository without any commit
    _commit(git)
    assert committed(_issue(folder, name="two.yaml")) == NEVER
    git("rm", "--quiet", "--force", "issues/one.yaml")
    git("commit", "--quiet", "--message", "Gone")
    assert committed(_issue(folder)) == NEVER


def test_a_folder_that_is_no_repository_has_no_history(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    assert committed(_issue(folder)) == NEVER


def test_without_git_there_is_no_history(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    assert committed(_issue(folder)) == Committed(missing="git is not installed on this computer")


def test_what_is_no_text_is_not_shown(folder: Path, git: Git) -> None:
    path = folder / "issues" / "one.yaml"
    path.write_bytes(b"title: F\xfcr\n")
    _commit(git)
    assert committed(path) == Committed(missing="what was committed is no UTF-8 text")


def test_nothing_in_the_repository_is_written(folder: Path, git: Git) -> None:
    path = _issue(folder)
    _commit(git)
    path.touch()  # so that git's index is out of date

    def state() -> dict[Path, tuple[int, bytes]]:
        files = (file for file in folder.rglob("*") if file.is_file())
        return {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in files}

    before = state()
    committed(path)
    assert state() == before


def _hostile(folder: Path) -> tuple[Path, str]:
    """Where a program leaves word that it was run, and its command."""
    ran, program = folder / "ran", folder / "program.sh"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{ran}'\n", "utf-8")
    program.chmod(0o755)
    return ran, str(program)


def test_programs_that_a_repository_names_are_not_run(folder: Path, git: Git) -> None:
    path = _issue(folder)
    (folder / ".gitattributes").write_text("*.yaml diff=y filter=y\n", "utf-8")
    _commit(git)
    ran, program = _hostile(folder)
    for name in (
        "core.fsmonitor", "core.pager", "core.editor", "diff.external", "diff.y.textconv",
        "diff.y.command", "filter.y.smudge", "filter.y.clean", "filter.y.process",
        "core.alternateRefsCommand", "credential.helper", "pager.log", "pager.cat-file",
    ):  # fmt: skip
        git("config", name, program)
    for name in ("log", "cat-file", "--literal-pathspecs"):
        git("config", f"alias.{name.strip('-')}", f"!{program}")
    path.touch()
    assert committed(path) == Committed("title: April\n", "2024-04-23")
    assert not ran.exists()


def test_a_repository_that_has_signatures_shown_runs_nothing(folder: Path, git: Git) -> None:
    path = _issue(folder)
    _commit(git)
    head, _, words = git("cat-file", "commit", "HEAD").partition("\n\n")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----"
    signed = f"{head}\n{signature}\n\n{words}\n"
    git("update-ref", "HEAD", git("hash-object", "-t", "commit", "-w", "--stdin", typed=signed))
    ran, program = _hostile(folder)
    git("config", "log.showSignature", "true")
    git("config", "gpg.program", program)
    assert committed(path) == Committed("title: April\n", "2024-04-23")
    assert not ran.exists()


@pytest.mark.parametrize("address", ["ssh://example.invalid/x", "ext::{program}", "{folder}"])
def test_what_a_repository_lacks_is_fetched_from_nowhere(
    folder: Path, git: Git, address: str
) -> None:
    path = _issue(folder)
    _commit(git)
    blob = git("rev-parse", "HEAD:issues/one.yaml")
    (folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ran, program = _hostile(folder)
    for name, value in (
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", address.format(program=program, folder=folder)),
        ("remote.origin.uploadpack", program),
        ("core.sshCommand", program),
        ("protocol.ext.allow", "always"),
    ):
        git("config", name, value)
    assert committed(path) == NEVER
    assert not ran.exists()


# --- guard --------------------------------------------------------------------------------------

HOSTS = names(8642, everywhere=False)


def test_the_key_of_this_computer_s_browser_opens_a_single_time() -> None:
    lock = Lock("abcd-2345")
    once = lock.once
    ticket = lock.try_key(once)
    assert lock.opens(ticket)
    assert (lock.try_key(once), lock.try_key(""), lock.once) == (None, None, "")
    assert lock.try_key("abcd-2345") == ticket


def test_a_preview_answers_to_the_names_of_its_own_computer() -> None:
    assert sorted(HOSTS) == ["127.0.0.1:8642", "localhost:8642"]
    assert names(80, everywhere=False) == {
        *("127.0.0.1:80", "localhost:80"),
        *("127.0.0.1", "localhost"),
    }


def test_a_preview_for_the_network_answers_to_its_address_too() -> None:
    assert names(8642, everywhere=True) > {*HOSTS, f"{guard.address()}:8642"}


@pytest.mark.parametrize("host", [*sorted(HOSTS), "LOCALHOST:8642"])
def test_its_own_names_and_page_are_no_strangers(host: str) -> None:
    assert stranger({"host": host}, HOSTS) == ""
    assert stranger({"host": host, "origin": f"http://{host}"}, HOSTS) == ""
    for site in ("same-origin", "none"):
        assert stranger({"host": host, "sec-fetch-site": site}, HOSTS) == ""


@pytest.mark.parametrize(
    "host",
    [
        *("", "evil.example", "evil.example:8642", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:86420"),
        *(
            "127.0.0.1.evil.example:8642",
            "localhost.:8642",
            "[::]:8642",
            "0.0.0.0:8642",
            "[::1]:8642",
        ),
        *("127.0.0.1:8642, evil.example", "127.0.0.1:8642/", "evil@127.0.0.1:8642", "127.1:8642"),
    ],
)
def test_other_names_are_strangers(host: str) -> None:
    told = "This preview does not answer to that name. Use the address that the terminal shows."
    assert stranger({"host": host}, HOSTS) == told


def test_a_request_without_a_name_is_a_stranger() -> None:
    assert stranger({}, HOSTS)


@pytest.mark.parametrize(
    "origin",
    [
        *("null", "", "http://evil.example", "https://127.0.0.1:8642", "http://127.0.0.1"),
        *("http://127.0.0.1:8643", "http://localhost:8642", "http://127.0.0.1:8642.evil.example"),
    ],
)
def test_pages_from_elsewhere_are_strangers(origin: str) -> None:
    told = "Only the preview's own page may ask this."
    assert stranger({"host": "127.0.0.1:8642", "origin": origin}, HOSTS) == told


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_links_from_elsewhere_open_the_preview_but_fetch_nothing_of_it(site: str) -> None:
    asked = {"host": "127.0.0.1:8642", "sec-fetch-site": site}
    opened = {**asked, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert stranger(opened, HOSTS) == ""
    told = "Only the preview's own page may ask this."
    for mode, dest in (
        *(("navigate", "iframe"), ("navigate", "embed"), ("no-cors", "image")),
        *(("no-cors", "script"), ("cors", "empty"), ("no-cors", "document")),
    ):
        fetched = {**asked, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
        assert stranger(fetched, HOSTS) == told
    assert stranger(asked, HOSTS) == told


def test_keys_are_eight_signs_in_two_groups() -> None:
    keys = {guard.key() for _ in range(50)}
    assert len(keys) == 50
    assert all(re.fullmatch(r"[a-hjkmnp-z2-9]{4}-[a-hjkmnp-z2-9]{4}", key) for key in keys)


@pytest.mark.parametrize(
    "typed", ["abcd-2345", "abcd2345", "ABCD-2345", " abcd 2345 ", "aBcD2345\n", "ab-cd-23-45"]
)
def test_a_key_is_typed_with_or_without_hyphen_and_capitals(typed: str) -> None:
    lock = Lock("abcd-2345")
    shown = lock.try_key(typed)
    assert shown
    assert lock.opens(shown)


@pytest.mark.parametrize("typed", ["", "abcd", "abcd-234", "abcd-23456", "abcd-2346", "ä", "a\0"])
def test_a_wrong_key_does_not_open(typed: str) -> None:
    lock = Lock("abcd-2345")
    assert lock.try_key(typed) is None
    assert not lock.is_shut


def test_only_what_was_given_for_the_key_opens() -> None:
    lock, other = Lock("abcd-2345"), Lock("abcd-2345")
    shown = lock.try_key("abcd2345")
    assert shown
    for wrong in (None, "", "abcd-2345", "abcd2345", shown[:-1], f"{shown}x", "ü"):
        assert not lock.opens(wrong)
    assert not other.opens(shown)
    assert lock.try_key("abcd2345") == shown


def test_a_door_is_shut_for_a_minute_after_ten_wrong_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    # The clock is a made one: the test would take a minute otherwise.
    now = 1000.0
    monkeypatch.setattr("newsletter.preview.guard.time.monotonic", lambda: now)
    lock = Lock("abcd-2345")
    shown = lock.try_key("abcd-2345")
    assert [lock.try_key("wrong") for _ in range(9)] == [None] * 9
    assert not lock.is_shut
    assert lock.try_key("abcd-2345") == shown  # which begins the count anew
    assert [lock.try_key("wrong") for _ in range(10)] == [None] * 10
    assert lock.is_shut
    assert lock.try_key("abcd-2345") is None
    assert lock.opens(shown)  # who is in stays in
    now += 59.9
    assert lock.is_shut
    now += 0.2
    assert not lock.is_shut
    assert lock.try_key("abcd-2345") == shown


# --- what the page is told ----------------------------------------------------------------------


def test_pictures_of_an_email_are_found_by_their_addresses(built: Build, folder: Path) -> None:
    Image.new("RGB", (4, 4)).save(folder / "issues" / "room & hall.png")
    result = built(TALK, more="images_url: https://example.org/n/\n")
    assert shown.pictures(result, "/here/{}") == {
        "https://example.org/n/room%20%26%20hall.png": "/here/room%20%26%20hall.png"
    }
    assert result.sample
    found = lxml_html.fromstring(result.sample.html).iter("img")
    assert html.unescape(next(found).get("src")) in shown.pictures(result, "")
    assert shown.pictures(built(dedent("title: [")), "/here/{}") == {}
