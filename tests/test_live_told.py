"""What the web says of links, kept and told: nothing is asked here."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from newsletter.check import Checked, check
from newsletter.live.answer import Answer, Answers, Kind
from newsletter.live.links import addresses, ask_all
from newsletter.project import open_project
from tests.conftest import SETTINGS

URL = "https://example.org/reports/neglect"

# --- answers that are kept -----------------------------------------------------------------------

NOON = 1_800_000_000.0


@pytest.fixture(name="asks")
def _asks(tmp_path: Path) -> Callable[..., list[str]]:
    """Asks, and gives the addresses that had to be asked anew."""

    def asks(*urls: str, now: float = NOON, fresh: bool = False, kind: Kind = Kind.OK) -> list[str]:
        asked: list[str] = []

        def answers(wanted: list[str], told: object = None) -> Answers:
            asked.extend(wanted)
            return {url: Answer(kind, "words", 200, f"{url}/", True) for url in wanted}

        told: list[None] = []
        found = ask_all(
            urls, tmp_path, now=now, fresh=fresh, told=lambda: told.append(None), ask=answers
        )
        assert list(found) and set(found) == set(urls)
        assert len(told) == len(urls) - len(asked)
        return asked

    return asks


def test_an_answer_is_kept_for_a_day(asks: Callable[..., list[str]]) -> None:
    assert asks(URL) == [URL]
    assert asks(URL, f"{URL}-2", now=NOON + 86_000) == [f"{URL}-2"]
    assert asks(URL, now=NOON + 86_401) == [URL]


def test_a_dead_link_is_kept_for_an_hour(asks: Callable[..., list[str]]) -> None:
    assert asks(URL, kind=Kind.GONE) == [URL]
    assert asks(URL, now=NOON + 3_500) == []
    assert asks(URL, now=NOON + 3_601) == [URL]


@pytest.mark.parametrize("kind", [Kind.TIMEOUT, Kind.LATE, Kind.OFFLINE, Kind.FAILING, Kind.BUSY])
def test_what_may_be_otherwise_in_a_minute_is_not_kept(
    kind: Kind, asks: Callable[..., list[str]]
) -> None:
    assert asks(URL, kind=kind) == [URL]
    assert asks(URL, now=NOON + 1) == [URL]


def test_what_is_kept_is_not_used_when_it_is_to_be_fresh(asks: Callable[..., list[str]]) -> None:
    assert asks(URL) == [URL]
    assert asks(URL, fresh=True, now=NOON + 60) == [URL]
    assert asks(URL, now=NOON + 86_430) == []


def test_a_clock_that_was_put_back_keeps_nothing_for_ever(asks: Callable[..., list[str]]) -> None:
    assert asks(URL) == [URL]
    assert asks(URL, now=NOON - 60) == [URL]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"version": 2, "answers": {}}',
        '{"version": 1, "answers": []}',
        '{"version": 1, "answers": {"https://example.org/reports/neglect": 1}}',
        '{"version": 1, "answers": {"a": {"asked": 1, "kind": "unheard-of"}}}',
        "[" * 100_000,
    ],
)
def test_a_broken_file_keeps_nothing_and_is_written_anew(
    text: str, asks: Callable[..., list[str]], tmp_path: Path
) -> None:
    assert asks(URL) == [URL]
    kept = tmp_path / ".newsletter" / "cache" / "links.json"
    kept.write_text(text)
    assert asks(URL) == [URL]
    assert asks(URL) == []


def test_what_is_kept_stays_out_of_git(asks: Callable[..., list[str]], tmp_path: Path) -> None:
    asks(URL)
    folder = tmp_path / ".newsletter" / "cache"
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "links.json"]
    assert (folder / ".gitignore").read_text() == "*\n"


def test_a_folder_that_cannot_be_written_to_is_no_fault(
    asks: Callable[..., list[str]], tmp_path: Path
) -> None:
    (tmp_path / ".newsletter").write_text("a file")
    assert asks(URL) == [URL]
    assert asks(URL) == [URL]


def test_an_answer_comes_out_of_the_file_as_it_went_in(tmp_path: Path) -> None:
    answer = Answer(Kind.MOVED, "“moved”", 200, "https://example.org/b", True)

    def answers(wanted: list[str], told: object = None) -> Answers:
        return dict.fromkeys(wanted, answer)

    ask_all([URL], tmp_path, now=NOON, ask=answers)
    assert ask_all([URL], tmp_path, now=NOON + 1, ask=answers) == {URL: answer}


def test_the_network_is_asked_where_nothing_else_is_said(tmp_path: Path) -> None:
    url = "http://127.0.0.1/"
    assert ask_all([url], tmp_path, now=NOON)[url].kind is Kind.PRIVATE


# --- what is told --------------------------------------------------------------------------------

Told = Callable[..., list[tuple[int, int, str, str, str]]]


@pytest.fixture(name="told")
def _told(folder: Path) -> Iterator[Told]:
    """Checks an issue of which every address has one answer, and gives what is told of links."""

    def told(
        issue: str, answers: Answers | None = None, more: str = ""
    ) -> list[tuple[int, int, str, str, str]]:
        found = _checked(folder, issue, answers, more)
        return [
            (p.mark.line, p.mark.column, p.code, p.message, p.suggestion)
            if p.mark
            else (0, 0, p.code, p.message, p.suggestion)
            for p in found.problems
            if p.code.endswith(("-link", "-404", "-wall", "-works", "-off", "-certificate"))
        ]

    yield told


def _checked(folder: Path, issue: str, answers: Answers | None, more: str = "") -> Checked:
    (folder / "newsletter.yaml").write_text(SETTINGS + dedent(more), "utf-8")
    path = folder / "issues" / "one.yaml"
    path.write_text(dedent(issue), "utf-8")
    asked = None if answers is None else lambda proof: answers
    return check(path, open_project(folder), asked=asked)


ISSUE = """\
title: Monthly
date: 2024-05
layout: roundup
sections:
  - title: Neglect
    entries:
      - >-
        The charity has published a long report on what neglect is, with
        figures, as [a page](https://example.org/a) and [a PDF](https://example.org/b).
      - text: The council has published [its page](https://example.org/a).
        links:
          - {label: More, url: "https://example.org/b"}
"""
A, B = "https://example.org/a", "https://example.org/b"
GONE = Answer(Kind.GONE, "the server says that there is no such page (404)", 404)


def test_each_place_of_a_dead_link_is_told_where_its_address_stands(told: Told) -> None:
    message = "this link is dead: the server says that there is no such page (404)"
    assert told(ISSUE, {A: GONE, B: Answer(Kind.OK, status=200)}) == [
        (9, 30, "dead-link", message, ""),
        (10, 52, "dead-link", message, ""),
    ]
    assert told(ISSUE, {B: GONE}) == [
        (9, 65, "dead-link", message, ""),
        (12, 33, "dead-link", message, ""),
    ]


def test_a_page_that_moved_for_good_has_its_new_address_as_suggestion(told: Told) -> None:
    new = "https://www.example.com/2024/a_(report)?utm_source=x"
    moved = Answer(Kind.MOVED, "", 200, new, permanent=True)
    found = told(ISSUE, {A: moved})
    assert found[0] == (
        9,
        30,
        "moved-link",
        "this page has moved to 'example.com/2024/a_(report)'",
        "https://www.example.com/2024/a_%28report%29",
    )


@pytest.mark.parametrize(
    ("final", "permanent"),
    [
        ("https://other.example.net/a", False),
        ("https://other.example.net/a?sessionid=12", True),
        ("https://other.example.net/a;jsessionid=12", True),
    ],
)
def test_an_address_for_now_is_no_suggestion(final: str, permanent: bool, told: Told) -> None:
    found = told(ISSUE, {A: Answer(Kind.MOVED, "", 200, final, permanent)})
    message = "this link leads on to 'other.example.net' at present"
    assert found[0] == (9, 30, "moved-link", message, "")


@pytest.mark.parametrize(
    ("final", "permanent"),
    [
        ("https://www.example.org/a/", True),
        ("https://example.org/A", True),
        ("https://example.org/c", False),
    ],
)
def test_a_move_that_makes_no_difference_is_not_told(
    final: str, permanent: bool, told: Told
) -> None:
    assert told(ISSUE, {A: Answer(Kind.MOVED, "", 200, final, permanent)}) == []


def test_an_address_that_is_made_to_lead_on_has_not_moved(told: Told) -> None:
    doi = "https://doi.org/10.1000/182"
    moved = Answer(Kind.MOVED, "", 200, "https://journals.example.com/182", permanent=True)
    assert told(ISSUE.replace(A, doi), {doi: moved}) == []


def test_http_is_mended_where_https_answers(folder: Path, told: Told) -> None:
    plain = "http://example.org/a"
    issue = ISSUE.replace(A, plain)
    moved = Answer(Kind.MOVED, "", 200, A, permanent=True)
    found = _checked(folder, issue, {plain: moved, A: Answer(Kind.OK, status=200)})
    assert [(edit.start, edit.end, edit.text) for edit in found.edits] == [
        (86, 90, "https"),
        (37, 41, "https"),
    ]
    codes = [code for _, _, code, _, _ in told(issue, {plain: moved, A: GONE})]
    assert codes == []


def test_the_encrypted_twin_of_an_address_is_asked_too(folder: Path) -> None:
    issue = ISSUE.replace(A, "http://example.org/a") + "outro: Write to [us](mailto:a@example.org)."
    asked: list[str] = []

    def answers(proof: object) -> Answers:
        asked.extend(addresses(proof))  # type: ignore[arg-type]
        return {}

    path = folder / "issues" / "one.yaml"
    path.write_text(issue, "utf-8")
    check(path, open_project(folder), asked=answers)
    assert asked == ["http://example.org/a", A, B, "https://example.org/unsubscribe"]


def test_a_link_of_the_settings_is_told_there(folder: Path) -> None:
    found = _checked(folder, ISSUE, {"https://example.org/unsubscribe": GONE})
    [problem] = [problem for problem in found.problems if problem.code == "dead-link"]
    assert (problem.path, problem.mark) == ("newsletter.yaml", (7, 16))


def test_without_a_network_one_note_says_so(told: Told) -> None:
    offline = Answer(Kind.OFFLINE, "this computer seems to have no network")
    message = "no link could be checked: this computer seems to have no network"
    assert told(ISSUE, {A: offline, B: offline}) == [(0, 0, "unchecked-link", message, "")]


def test_what_could_not_be_checked_is_a_note(folder: Path) -> None:
    found = _checked(folder, ISSUE, {A: Answer(Kind.TIMEOUT, "'example.org' does not answer")})
    told = [(p.level.word, p.message) for p in found.problems if p.code == "unchecked-link"]
    assert told == [("note", "this link could not be checked: 'example.org' does not answer")] * 2


def test_the_rules_of_live_links_are_silenced_like_all_others(told: Told) -> None:
    silenced = ISSUE.replace("      - >-", "      # newsletter: off dead-link\n      - >-")
    assert [line for line, *_ in told(silenced, {A: GONE})] == [11]
    assert told(ISSUE, {A: GONE}, "rules: {dead-link: off}") == []


def test_what_silences_them_is_not_needless_when_nothing_was_asked(told: Told) -> None:
    silenced = ISSUE.replace("      - >-", "      # newsletter: off dead-link\n      - >-")
    silenced += "settings: {rules: {moved-link: off}}\n"
    assert told(silenced) == []
    assert [code for _, _, code, _, _ in told(silenced, {A: Answer(Kind.OK)})] == [
        "needless-off",
        "needless-off",
    ]


def test_a_program_that_asks_nothing_loads_nothing_of_the_network() -> None:
    code = "import sys, newsletter.cli, newsletter.check as c; c.rules(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "newsletter.rules.live.dead_link" in loaded
    assert not loaded & {"httpx2", "httpcore2", "h2", "anyio", "asyncio", "ssl"}
