"""No text keeps an editor waiting: twice as much of it takes a rule about twice as long."""

import gc
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import pytest

from newsletter.build import build
from newsletter.check import check, judge
from newsletter.check.fix import Edit, fixed
from newsletter.project import open_project
from newsletter.proof import Proof
from newsletter.rules import rules
from newsletter.source import parse
from newsletter.tags import WORD
from tests.test_any_text import as_yaml

# What patterns are tempted to begin anew at each character of.
PUMPS = (
    "a", "A", " ", "\n", ".", "1", "!", "…", "(", "[", "“", "‘", "'", '"', "‘s ", "s’ ", "'a ", "”",
    "a ", "A-", "Aa ", "a.", "1,", "word1 ", "(9)3 ", " . ", ": ", "\u00a0 ", "\u200b", "\u202a",
    "{{", "{%", "*|", "&amp;", "<b ", "**a**\n", "> a\n\n", "- a\n", "a\n\n", "\ufffd", "â€™", "ﬁ",
    "'a' “b” ", "[xxx] ", "TBC. ", "Barnardos ", "service user ", "the the ", "12 May ", "a@", "漢",
    "https://", "closes on 9 May ", "https://example.org/a ", "[a](https://a.org) ", "С", "= ",
)  # fmt: skip
ADDRESSES = (
    "%20",
    "%41",
    "&",
    "a=b&",
    "/",
    "a/",
    "#",
    ";",
    "&amp;",
    "-",
    "a@",
    "__",
    "*",
    "?",
    "1",
)


@pytest.fixture(autouse=True)
def _without_collection() -> Iterator[None]:
    """Python does not tidy up its memory in the middle of a rule."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _of(pump: str, size: int) -> str:
    """So many characters of `pump`, and more that belong to none."""
    return "".join(islice(cycle(pump), size)) + "~ __"


def _issue(size: int) -> dict[str, object]:
    """An issue with texts, titles and addresses of `size` characters, and with entries that are
    all alike; in a layout that there is not, so that no email is made of it."""
    texts = [{"text": f"A {_of(pump, size)}"} for pump in PUMPS]
    titles = [
        {"title": f"A {_of(pump, size)}", "text": "“Words", "source": _of(pump, size)}
        for pump in PUMPS
    ]
    links = [
        {"url": f"https://{begin}{_of(pump, size)}", "title": "A report"}
        for pump in ADDRESSES
        for begin in ("example.org/", "example.org/?", "urldefense.com/v3/__https://a.org/")
    ]
    alike = [
        {
            "title": f"Calls to helpline for young carers double in all councils {at}",
            "date": "2024-05-01" if at % 2 else None,
            "source": f"Publisher {at}",
            "text": f"The Example Trust found “a rise in the calls to all helplines” "
            f"[here](https://example.org/reports/of-neglect) and it’s the Acme{at // 10} Trust.",
        }
        for at in range(size // 3)
    ]
    entries = [*texts, *titles, {"text": "Words", "links": links}, *alike]
    return {"title": "Monthly", "date": "2024-05", "layout": "none", "entries": entries}


def _proof(size: int) -> Proof:
    path = Path("issues", "one.yaml")
    path.write_text(as_yaml(_issue(size)), "utf-8")
    project = open_project(Path())
    return Proof(build(path, project, draft=True), project)


def _times(size: int) -> dict[str, float]:
    """How long each rule takes, and what they share."""
    proof = _proof(size)
    begun = process_time()
    assert proof.words
    assert proof.links
    times = {"passages and links": process_time() - begun}
    for code, rule in rules().items():
        begun = process_time()
        for _ in rule.findings(proof, None, {}):
            pass
        times[code] = process_time() - begun
    return times


def _slow(size: int) -> dict[str, tuple[float, float]]:
    """The rules that take more than three times as long for twice as much."""
    first, second = _times(size), _times(2 * size)
    least = sum(first.values()) / 100  # what takes no time to speak of is not measured
    return {
        code: (first[code], time)
        for code, time in second.items()
        if time > 3 * max(first[code], least)
    }


@pytest.mark.usefixtures("folder")
def test_a_rule_takes_about_twice_as_long_for_twice_as_much() -> None:
    _times(250)  # what is imported, and what is remembered
    slow = _slow(1000)
    if slow:  # or was it something else on this machine?
        again = _slow(1000)
        slow = {code: again[code] for code in slow if code in again}
    assert slow == {}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("pump", [" ", "a ", "a  b", "\u00a0 ", "[[first_name|", "[[first_name|a "])
def test_a_tag_that_nobody_closes_is_read_to_its_end(pump: str) -> None:
    words = f"A [[first_name|{_of(pump, 20_000)}"
    assert WORD.search(words) is None
    path = Path("issues", "one.yaml")
    issue = {"title": words, "subject": words, "date": "2024-05", "entries": [{"text": words}]}
    path.write_text(as_yaml(issue), "utf-8")
    assert check(path, open_project(Path())).problems


@pytest.mark.usefixtures("folder")
def test_a_whole_check_takes_about_twice_as_long_for_twice_as_much() -> None:
    def time(size: int) -> float:
        proof = _proof(size)
        begun = process_time()
        assert judge(proof).problems
        return process_time() - begun

    time(200)
    assert time(1200) <= 3 * time(600)


def test_thousands_of_edits_take_about_twice_as_long_for_twice_as_many() -> None:
    def time(count: int) -> float:
        raw = "text: |\n" + "  it's\n" * count
        edits = [Edit(("text",), at * 5 + 2, at * 5 + 3, "’") for at in range(count)]
        source = parse(raw, "f")
        begun = process_time()
        assert fixed(raw, source, edits) == (raw.replace("'", "’"), count)
        return process_time() - begun

    time(100)
    assert time(2000) <= 3 * time(1000)
