"""What is new goes into a file, and nothing else of it is touched."""

import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.intake.draft import REWRITE, DraftEntry, DraftLink
from newsletter.intake.insert import (
    UNSORTED,
    add_feeds,
    add_to,
    add_to_inbox,
    inserted,
    with_feeds,
)
from newsletter.intake.known import Known
from newsletter.intake.lock import locked
from newsletter.loader import load
from newsletter.model import Feed, Issue, SectionWords, Settings
from newsletter.problems import NewsletterError
from newsletter.project import project_at
from newsletter.source import Data, parse
from newsletter.values import Line, WebAddress

TODAY = date(2024, 5, 2)
TEXT = DraftEntry(text="A study of [school exclusions](https://example.org/exclusions).")
CARD = DraftEntry(
    title="Helpline: a record year",
    date="2024-05-01",
    source="Example Helpline",
    text="More children called than ever before.",
    links=(DraftLink("Read", "Example Helpline", "https://example.org/record"),),
    todo=REWRITE,
)
CARD_LINES = """\
- title: 'Helpline: a record year'
  source: Example Helpline
  date: 2024-05-01
  # TODO: these are the publisher's words: write your own
  text: |
    More children called than ever before.
  links:
    - label: Read
      title: Example Helpline
      url: https://example.org/record
"""
TEXT_LINES = """\
- |
  A study of [school exclusions](https://example.org/exclusions).
"""


def indented(lines: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" if line else "\n" for line in lines.splitlines())


def added(text: str, *new: tuple[str, DraftEntry], first: bool = False) -> str:
    """`text` with `new`, told by the lines that were added; every other line stands as it did."""
    made = inserted(text, "issue.yaml", new, first=first).text
    assert is_without_some(made.split("\n"), text.split("\n"))
    return made


def is_without_some(longer: list[str], shorter: list[str]) -> bool:
    rest = iter(longer)
    return all(line in rest for line in shorter if line)


# --- where an entry goes --------------------------------------------------------------------------

ISSUE = """\
# The month's round-up.
title:   Safeguarding   # as ever
date: "2024-05"

sections:
  # The first one
  - title: "Online safety"
    entries:
      - >-
        A folded text, which
        stays folded [here](https://example.org/a).

      # a note of the second
      - title: 'A card'
        links: [{label: Read, url: https://example.org/b, title: B}]   # in brackets
      # a note below the last

  - title: Other
    entries:
      # - |
      #   The model of an entry

outro: Goodbye.
"""


def test_an_entry_is_added_at_the_end_of_its_section_after_the_notes_there() -> None:
    lines = indented(CARD_LINES, 6)
    note = "      # a note below the last\n"
    assert added(ISSUE, ("online  SAFETY", CARD)) == ISSUE.replace(note, f"{note}\n{lines}")


def test_an_entry_is_added_at_the_beginning_of_its_section_if_that_is_wanted() -> None:
    key = '  - title: "Online safety"\n    entries:\n'
    assert added(ISSUE, ("Online safety", TEXT), first=True) == ISSUE.replace(
        key, f"{key}{indented(TEXT_LINES, 6)}\n"
    )


def test_an_entry_goes_below_the_model_of_a_section_without_entries() -> None:
    note = "      #   The model of an entry\n"
    assert added(ISSUE, ("Other", TEXT)) == ISSUE.replace(note, note + indented(TEXT_LINES, 6))


def test_a_section_that_is_not_there_is_made_after_the_others() -> None:
    note = "      #   The model of an entry\n"
    made = f"\n  - title: 'New: ideas'\n    entries:\n{indented(TEXT_LINES, 6)}\n"
    made += indented(CARD_LINES, 6)
    expected = ISSUE.replace(note, note + made)
    assert added(ISSUE, ("New: ideas", TEXT), ("new: Ideas", CARD)) == expected


def test_entries_without_a_heading_go_to_a_section_of_their_own_among_sections() -> None:
    made = added(ISSUE, ("", TEXT), (UNSORTED, TEXT))
    issue, problems = load(parse(made, "issue.yaml"), Issue)
    assert issue is not None
    assert not [problem for problem in problems if problem.code != "comment-in-value"]
    assert [(str(one.title), len(one.entries)) for one in issue.sections] == [
        ("Online safety", 2),
        ("Other", 0),
        ("To be sorted", 2),
    ]


def test_entries_go_to_several_sections_at_once_and_the_line_of_each_is_known() -> None:
    new = [("Other", TEXT), ("New", CARD), ("Online safety", CARD), ("Other", CARD), ("New", TEXT)]
    made = inserted(ISSUE, "issue.yaml", new)
    rows = made.text.split("\n")
    starts = [rows[line - 1].strip() for line in made.lines]
    assert starts == ["- |", *["- title: 'Helpline: a record year'"] * 3, "- |"]


def test_an_issue_never_gets_both_sections_and_bare_entries() -> None:
    made = inserted("title: A\n", "issue.yaml", [("", TEXT), ("S", TEXT)]).text
    assert [line for line in made.splitlines() if "title" in line or line[:1] == "e"] == [
        "title: A",
        "  - title: To be sorted",
        "  - title: S",
    ]


def test_an_entry_that_is_only_a_text_has_its_note_on_the_first_line() -> None:
    one = DraftEntry(text="Words.", todo="write it")
    made = inserted("entries:\n", "issue.yaml", [("", one), ("", one)])
    assert made.lines == (2, 4)
    more = inserted(made.text, "issue.yaml", [("", one)])
    assert more.text == made.text + indented("- | # TODO: write it\n  Words.", 2)


def test_a_text_in_a_list_in_brackets_has_its_note_on_the_line_before() -> None:
    one = DraftEntry(text="Words.", todo="write it")
    made = inserted('entries: ["a"]\n', "issue.yaml", [("", one)])
    assert made.text == 'entries: ["a",\n  # TODO: write it\n  "Words."]\n'


def test_a_row_that_leads_nowhere_is_something_to_do_in_any_list() -> None:
    one = DraftEntry(title="One", links=(DraftLink("Read", "Two", "#"),))
    rows = inserted("entries:\n", "issue.yaml", [("", one)]).text
    assert rows.endswith(
        "      - label: Read\n        title: Two\n        url: # TODO: the address\n"
    )
    flow = inserted('entries: ["a"]\n', "issue.yaml", [("", one)]).text
    assert flow.endswith('{"title": "One", "links": [{"label": "Read", "title": "Two"}]}]\n')


CASES = {
    "nothing after the key": ("entries:\n", f"entries:\n{indented(TEXT_LINES, 2)}"),
    "an empty list": ("entries: []  # none\n", f"entries:  # none\n{indented(TEXT_LINES, 2)}"),
    "no key": ("title: A\n", f"title: A\n\nentries:\n{indented(TEXT_LINES, 2)}"),
    "no line end": ("entries:\n - a", f"entries:\n - a\n{indented(TEXT_LINES, 1)}"),
    "the key's own indent": (
        "entries:\n- a\n\n# of the outro\noutro: b\n",
        f"entries:\n- a\n{TEXT_LINES}\n# of the outro\noutro: b\n",
    ),
    "blank lines between": (
        "entries:\n  - a\n\n  - b\n\n\noutro: c\n",
        f"entries:\n  - a\n\n  - b\n\n{indented(TEXT_LINES, 2)}\n\noutro: c\n",
    ),
    "no blank lines between": (
        "entries:\n  - a\n  - b\n\noutro: c\n",
        f"entries:\n  - a\n  - b\n{indented(TEXT_LINES, 2)}\noutro: c\n",
    ),
    "blank lines of the text itself": (
        "entries:\n  - |+\n    a\n\n\noutro: c\n",
        f"entries:\n  - |+\n    a\n\n\n{indented(TEXT_LINES, 2)}outro: c\n",
    ),
    "an end of the document": (
        "---\ntitle: A\n...\n",
        f"---\ntitle: A\n\nentries:\n{indented(TEXT_LINES, 2)}...\n",
    ),
    "Windows": (
        "\ufeffentries:\r\n  - a\r\noutro: b\r\n",
        "\ufeff" + f"entries:\n  - a\n{indented(TEXT_LINES, 2)}outro: b\n".replace("\n", "\r\n"),
    ),
    "a list on one line": (
        "entries: [a, {text: b}]\n",
        'entries: [a, {text: b},\n  "A study of [school exclusions](https://example.org/exclusions)."]\n',
    ),
    "a list in brackets": (
        "entries: [\n  a,  # first\n  b  # second\n]\n",
        "entries: [\n  a,  # first\n  b,  # second\n"
        '  "A study of [school exclusions](https://example.org/exclusions)."\n]\n',
    ),
    "a comma at the end": (
        "entries: [\n  a,\n]\n",
        'entries: [\n  a,\n  "A study of [school exclusions](https://example.org/exclusions)."\n]\n',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_may_be_typed_in_any_way(case: str) -> None:
    before, after = CASES[case]
    assert inserted(before, "issue.yaml", [("", TEXT)]).text == after


def test_json_stays_what_a_yaml_reader_reads() -> None:
    before = '{\n  "title": "A", "date": "2024",\n  "sections": [\n    {"title": "S"}\n  ]\n}\n'
    made = inserted(before, "issue.yaml", [("S", CARD), ("T", TEXT)]).text
    issue, problems = load(parse(made, "issue.yaml"), Issue)
    assert issue is not None and not problems
    assert [[str(e.title) for e in s.entries] for s in issue.sections] == [[str(CARD.title)], [""]]
    assert f"# TODO: {REWRITE}\n" in made


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("entries:\n  - a\n", "sections-and-entries"),
        ("entries: &all\n  - a\nsections: *all\n", "sections-and-entries"),
        ("sections: words\n", "cannot-write"),
        ("sections:\n  S: {entries: []}\n", "cannot-write"),
        ("- a\n- b\n", "cannot-write"),
        ("just words\n", "cannot-write"),
        ("title: a\n---\nsections:\n", "two-documents"),
    ],
)
def test_a_file_that_cannot_take_it_is_refused_and_stays(
    text: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "issue.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(NewsletterError) as error:
        add_to(path, [("S", TEXT)], root=tmp_path)
    assert error.value.problems[0].code == code
    assert path.read_text("utf-8") == text


def test_a_section_that_two_places_share_is_not_changed_in_both() -> None:
    text = "lead: &one\n  title: S\n  entries:\n    - a\nsections:\n  - *one\n"
    with pytest.raises(NewsletterError):
        inserted(text, "issue.yaml", [("S", TEXT)])


# --- whatever stands in the file -----------------------------------------------------------------

WORDS = st.sampled_from(
    ["a", "two words", "it's", "a: b", "# no", "- dash", "“x”", "عربي", "[l](https://e.org/)"]
)


@st.composite
def entries(draw: Any, indent: str) -> list[str]:
    rows: list[str] = []
    for _ in range(draw(st.integers(0, 3))):
        words = draw(WORDS)
        dash = f"{indent}-" + " " * draw(st.integers(1, 3))
        deep = " " * len(dash)
        rows += draw(
            st.sampled_from(
                [
                    [f"{dash}|", f"{deep}{words}", "", f"{deep}more"],
                    [f"{dash}>-", f"{deep}{words}", f"{deep}more", ""],
                    [f"{dash}|+", f"{deep}{words}", "", ""],
                    [f"{dash}title: plain", f"{deep}text: two", f"{deep}  lines"],
                    [f"{dash}title: plain", f"{deep}links:", f"{deep}- url: https://e.org/x"],
                    [f'{dash}"in {"quotes"}', f'{deep}  on two lines"'],
                    [f"{dash}{{title: flow, text: b}}   # note"],
                    [f"{indent}# a note", f"{dash}text: b"],
                ]
            )
        )
        rows += [""] * draw(st.integers(0, 2))
    return rows


@st.composite
def files(draw: Any) -> str:
    rows = draw(st.lists(st.sampled_from(["# note", "title: A", "intro: |", ""]), max_size=1))
    rows += ["  words"] if rows == ["intro: |"] else []
    step = draw(st.sampled_from(["", "  ", "    "]))
    if draw(st.booleans()):
        rows += ["entries:", *draw(entries(step))]
    else:
        rows.append("sections:")
        for number in range(draw(st.integers(0, 3))):
            rows.append(f"{step}- title: Section {number}")
            if draw(st.booleans()):
                rows += [f"{step}  entries:", *draw(entries(f"{step}  {step}"))]
            rows += draw(st.sampled_from([[], [""], [f"{step}# note"], ["# at the margin"]]))
    rows += draw(st.sampled_from([[], [""], ["outro: b"], ["# the end", "outro: b"], ["..."]]))
    text = draw(st.sampled_from(["\n", "\r\n"])).join([*rows, ""])
    return str(draw(st.sampled_from(["", "\ufeff"])) + text)


@settings(max_examples=150, deadline=None)
@given(
    text=files(),
    headings=st.lists(
        st.sampled_from(["Section 0", "Section 2", "New", ""]), min_size=1, max_size=3
    ),
    first=st.booleans(),
)
def test_every_other_line_stays_byte_for_byte_and_all_values_do(
    text: str, headings: list[str], first: bool
) -> None:
    source = parse(text, "issue.yaml")
    bare = "entries" in (source.root.keys if source.root else {})
    new = [("" if bare else heading, (TEXT, CARD)[at % 2]) for at, heading in enumerate(headings)]
    made = inserted(text, "issue.yaml", new, first=first).text
    before, after = text.splitlines(keepends=True), made.splitlines(keepends=True)
    rest = iter(after)
    assert all(line in rest for line in before)
    assert {line.removeprefix(line.rstrip("\r\n")) for line in after} <= {
        line.removeprefix(line.rstrip("\r\n")) for line in [*before, "\n" * (not before)]
    }
    assert len(every(parse(made, "").data)) == len(every(source.data)) + len(new)
    kept = [entry for entry in every(parse(made, "").data) if entry in every(source.data)]
    assert kept == every(source.data)


def every(data: Data) -> list[Data]:
    """All entries, each as it reads."""
    if not isinstance(data, dict):
        return []
    sections = data.get("sections") or []
    assert isinstance(sections, list)
    lists = [one.get("entries") for one in [data, *sections] if isinstance(one, dict)]
    return [entry for found in lists if isinstance(found, list) for entry in found]


# --- feeds ---------------------------------------------------------------------------------------

FEED = Feed(
    url=WebAddress("https://example.org/feed/"),
    publisher=Line("Example: News"),
    section=Line("Policy"),
    sort=(SectionWords(section=Line("Online"), words=(Line("online"), Line("apps"))),),
)


def test_feeds_are_added_to_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "newsletter.yaml"
    path.write_bytes(b"publication: A  # ours\r\n")
    project = project_at(tmp_path)
    add_feeds(project, [FEED])
    add_feeds(project, [Feed(url=WebAddress("https://example.org/atom"))])
    text = path.read_bytes().decode()
    assert text.startswith(
        "publication: A  # ours\r\n\r\nfeeds:\r\n  - url: https://example.org/feed/"
    )
    assert text.count("\n") == text.count("\r\n")
    read, problems = load(parse(text, "newsletter.yaml"), Settings)
    assert read is not None and not problems
    assert read.feeds == (FEED, Feed(url=WebAddress("https://example.org/atom")))


def test_a_feed_that_is_there_by_any_address_of_it_is_not_added_again(tmp_path: Path) -> None:
    path = tmp_path / "newsletter.yaml"
    project = project_at(tmp_path)
    assert add_feeds(project, [FEED]) == (FEED,)
    before = path.read_bytes()
    again = [
        Feed(url=WebAddress(url))
        for url in ("https://example.org/feed/", "http://www.example.org/feed")
    ]
    assert add_feeds(project, again) == ()
    assert path.read_bytes() == before
    twice = [
        Feed(url=WebAddress(url))
        for url in ("https://example.org/atom", "https://www.example.org/atom/")
    ]
    assert add_feeds(project, [*twice, *again]) == (twice[0],)
    read, _ = load(parse(path.read_text("utf-8"), "newsletter.yaml"), Settings)
    assert read is not None
    assert read.feeds == (FEED, twice[0])


IMPORTS = """
import sys
from pathlib import Path
from newsletter.intake.insert import add_feeds
from newsletter.model import Feed
from newsletter.project import project_at
from newsletter.values import WebAddress
feeds = [Feed(url=WebAddress(f"https://example.org/{number}/feed")) for number in range(20)]
print(len(add_feeds(project_at(Path(sys.argv[1])), feeds)))
"""


def test_lists_that_are_imported_at_the_same_time_put_no_feed_in_twice(tmp_path: Path) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", IMPORTS, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert sorted(one.communicate(timeout=60)[0] for one in started) == ["0\n", "20\n"]
    text = (tmp_path / "newsletter.yaml").read_text("utf-8")
    assert text.count("url:") == 20


def test_feeds_go_into_a_list_in_brackets_too() -> None:
    made = with_feeds("feeds: [{url: https://example.org/a}]\n", "newsletter.yaml", [FEED])
    read, problems = load(parse(made, "newsletter.yaml"), Settings)
    assert read is not None and not problems
    assert read.feeds == (Feed(url=WebAddress("https://example.org/a")), FEED)


# --- on the disk ---------------------------------------------------------------------------------


def test_the_inbox_is_begun_with_a_note_of_what_it_is(tmp_path: Path) -> None:
    project = project_at(tmp_path)
    lines = add_to_inbox(project, [("", TEXT), ("Policy", CARD)], today=TODAY)
    text = project.inbox.read_text("utf-8")
    assert text == (
        "# yaml-language-server: $schema=../.newsletter/issue.schema.json\n"
        "# What `newsletter add` and `newsletter collect` have brought in. It is never sent:\n"
        "# move what you want to an issue, and delete the rest whenever you like.\n"
        "title: Inbox\n"
        "date: 2024-05-02\n"
        "layout: roundup\n\n"
        "sections:\n"
        f"  - title: To be sorted\n    entries:\n{indented(TEXT_LINES, 6)}\n"
        f"  - title: Policy\n    entries:\n{indented(CARD_LINES, 6)}"
    )
    assert lines == (11, 16)


def test_a_link_to_an_inbox_stays_one(tmp_path: Path) -> None:
    project = project_at(tmp_path)
    project.inbox.parent.mkdir()
    other = tmp_path / "elsewhere.yaml"
    other.write_text("title: Mine\n", "utf-8")
    project.inbox.symlink_to(other)
    add_to_inbox(project, [("", TEXT)], today=TODAY)
    assert project.inbox.is_symlink()
    assert other.read_text("utf-8").startswith("title: Mine\n\nentries:\n")


def test_what_would_be_too_much_for_one_file_is_not_written(tmp_path: Path) -> None:
    project = project_at(tmp_path)
    with pytest.raises(NewsletterError) as error:
        add_to_inbox(project, [("", CARD)] * 4000, today=TODAY)
    assert error.value.problems[0].code == "too-many-values"
    assert not project.inbox.exists()


ADDS = """
import sys
from datetime import date
from pathlib import Path
from newsletter.intake.draft import DraftEntry
from newsletter.intake.insert import add_to_inbox
from newsletter.project import project_at
for number in range(5):
    new = [("", DraftEntry(text=f"Entry {sys.argv[2]}-{number}."))]
    add_to_inbox(project_at(Path(sys.argv[1])), new, today=date(2024, 5, 2))
"""


def test_commands_at_the_same_time_lose_no_entry(tmp_path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", ADDS, str(tmp_path), name]) for name in "abc"
    ]
    assert [one.wait(60) for one in started] == [0, 0, 0]
    data = parse((tmp_path / "issues/inbox.yaml").read_text("utf-8"), "").data
    wanted = sorted(f"Entry {name}-{number}.\n" for name in "abc" for number in range(5))
    assert sorted(str(entry) for entry in every(data)) == wanted


def test_a_lock_that_is_not_given_back_in_time_is_told_with_who_has_it(tmp_path: Path) -> None:
    found: list[NewsletterError] = []

    def other() -> None:
        try:
            with locked(tmp_path, 0.1):
                pass
        except NewsletterError as error:
            found.append(error)

    with locked(tmp_path):
        thread = Thread(target=other)
        thread.start()
        thread.join(10)
        with locked(tmp_path, 0):  # whoever has it may ask again
            pass
    message = found[0].problems[0].message
    assert message.startswith("nothing was written: ")
    assert "(process " in message
    with locked(tmp_path, 0):
        pass


# --- what is known -------------------------------------------------------------------------------


def test_what_any_issue_or_the_inbox_has_is_known(tmp_path: Path) -> None:
    project = project_at(tmp_path)
    add_to_inbox(project, [("", CARD)], today=TODAY)
    sent = "title: A\ndate: 2024-04\nentries:\n  - See [this](https://www.example.org/sent/).\n"
    (tmp_path / "issues/2024-04-news.yaml").write_text(sent, "utf-8")
    draft = "title: A\ndate:\nentries:\n  - See [that](https://example.org/draft).\n"
    (tmp_path / "issues/next.yaml").write_text(draft, "utf-8")
    known = Known(project)
    asked = {
        "http://example.org/sent?utm_source=mail": "in 2024-04-news (line 4)",
        "https://example.org/draft#comments": "in next (line 4)",
        "https://example.org/record": "in the inbox (line 20)",
        "https://example.org/sent/more": "",
    }
    assert {url: known.where(url) for url in asked} == asked
