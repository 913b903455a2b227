"""Whatever stands in an issue, every rule judges it, points into its file, and mends it safely."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsletter.check import Checked, judge, prove
from newsletter.check.fix import fixed
from newsletter.live.answer import Answer, Kind
from newsletter.live.links import addresses
from newsletter.project import open_project
from newsletter.proof import Finding, Proof
from newsletter.rules import Rule, manuals
from newsletter.source import Data, Node, Source, parse
from tests.examples import files
from tests.test_any_text import MARKDOWN, any_file, as_yaml, words

any_issue = settings(any_file, max_examples=60)


# --- issues ------------------------------------------------------------------------------------


@cache
def _told_of() -> tuple[str, ...]:
    """The texts that the manuals' examples are made of: what rules look for."""
    found: dict[str, None] = {}
    for rule in manuals().values():
        for text in (*rule.manual.bad, *rule.manual.good):
            for content in files(text).values():
                found |= dict.fromkeys(_texts(parse(content, "example").data))
    return tuple(text for text in found if 1 < len(text) < 400)


def _texts(value: Data) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for child in value.values() if isinstance(value, dict) else value or ():
        if not isinstance(child, str) or isinstance(value, (dict, list)):
            yield from _texts(child)


# What is almost what a rule looks for, in letters that count as others or as digits.
_ODD = (
    "31 ſeptember 2024", "12 Aprıl 2024", "12 APRİL", "Monday 12 March 2024", "30 февраля", "²³¹",
    "٣١ مارس ٢٠٢٤", "Le « rapport »", "„so“", "l’", "'", '"', "’", "“", "‘", " .", " ,", "(", "[1]",
    "a\u00ad", "\u200b", "\u2066x\u2069", "ﬁ", "â€™", "&amp;nbsp;", "&#8217;", "\\u2019",
    "=E2=80=99",
    "the the", "in\nin", "TODO", "XX%", "1 - 2", "10 –20", "\u0440ort", "𝐛old", "\ue000", "<b>",
    "*|X|*", "{{x}}", "[x] (https://example.org)", "[here](http://example.org/a?utm_source=b&c=d)",
    "[x](http://example.org/%zz%00)", "[a@b.org](mailto:c@d.org)", "[0800 1111](tel:0800)",
    "https://xn--.org/", "closes 31 May", "in in", "Barnardos", "OFSTED", "service users", "word1 ",
    "\n\n", "\n> ", "\n- ", "**a**\n**b", "Re: ", "!!!", "© 2019", "a_b_c", "\u0301", "\u00a0",
)  # fmt: skip


@st.composite
def _cut(draw: st.DrawFn) -> str:
    """A piece of what rules look for."""
    text = draw(st.sampled_from(_told_of()))
    start = draw(st.integers(0, len(text)))
    return text[start : start + draw(st.integers(1, 60))]


pieces = words | _cut() | st.sampled_from(_ODD) | st.sampled_from(MARKDOWN)
texts = st.lists(pieces, min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n", " \n", "\u00a0"]).map(lambda by: by.join(parts))
)
_HOSTS = (
    "https://example.org", "http://WWW.example.ORG:80", "https://user@example.org", "https://a.b:c",
    "https://bаrnardos.org.uk", "https://xn--80ak6aa92e.com", "https://xn--zzzz.org", "https://1.2.3",
    "https://urldefense.com/v3/__https://a.org*b__;", "https://youtu.be", "https://bit.ly",
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.org", "https://[::1].a",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.org", "https://www.bing.com/ck/a?u=a1",
    "https://mailchi.mp/a?e=b", "https://www.google.com/url?q=", "https://m.example.org",
    "mailto:a@b.org", "tel:0800", "[[unsubscribe]]", "https://[x].org", "https://a..b", "",
)  # fmt: skip
urls = st.builds(
    lambda host, parts: host + "".join(parts),
    st.sampled_from(_HOSTS),
    st.lists(
        st.sampled_from(
            [
                "/",
                "a",
                "/feed/",
                "?",
                "&",
                "&amp;",
                "=",
                "#",
                "%",
                "%20",
                "%zz",
                "%41",
                ";",
                "@",
                "é",
                "utm_source=x",
                "e=",
                "email=a@b.org",
                ".pdf",
                "replytocom=1",
                "\u200b",
                "*",
                "[",
                ")",
            ]
        )
        | words.map(lambda text: "".join(text.split())),
        max_size=6,
    ),
)
dates = st.sampled_from(
    [
        "2024",
        "2024-05",
        "2024-05-20",
        "2024-02-30",
        "0001-01-01",
        "9999-12-31",
        "1000",
        "2024-04-01",
    ]
) | st.dates().map(str)
languages = st.sampled_from(
    [
        "en",
        "en-GB",
        "cy",
        "fr",
        "de",
        "es",
        "pl",
        "ar",
        "ur",
        "he",
        "zh-Hant",
        "xx",
        "tlh",
        "en-x-a",
    ]
)
layouts = st.sampled_from(["roundup", "digest", "briefing", "bulletin", "recap"])
rulings = st.dictionaries(
    st.sampled_from([*manuals()]) | st.just("nothing"),
    st.sampled_from(
        ["off", "note", "error", "", {"level": "off"}, {"max": "²"}, {"words": "9" * 5000}]
    ),
    max_size=3,
)


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these fields, now and then with something wrong in them."""
    wrong = st.sampled_from(["", [], {}, ["a"], {"a": "b"}])
    chance = st.integers(0, 40)
    kinds = {
        name: st.tuples(chance, kind, wrong).map(lambda one: one[2] if one[0] == 13 else one[1])
        for name, kind in fields.items()
    }
    return st.fixed_dictionaries({}, optional=kinds)


links = _some(url=urls, label=texts, title=texts)
images = _some(
    src=st.sampled_from(["https://example.org/a.png", "a.png", "images/IMG_1.jpg"]),
    alt=texts, credit=texts, caption=texts,
)  # fmt: skip
in_words = st.builds(
    lambda before, shown, url, after: f"{before} [{shown}]({url}) {after}",
    texts,
    texts,
    urls,
    texts,
)
entries = texts | in_words | _some(
    title=texts, date=dates, source=texts, kind=texts, text=texts | in_words, image=images,
    links=st.lists(links, max_size=3), closes=dates, seen=st.just("ok"), rules=rulings,
)  # fmt: skip
sections = _some(title=texts, subtitle=texts, entries=st.lists(entries, max_size=4))
own_settings = {
    "publication": texts,
    "sender": texts,
    "reason": texts,
    "contact": st.just("a@b.org"),
    "support_title": texts,
    "support": st.lists(
        _some(name=texts, phone=texts, url=urls, text=texts), min_size=1, max_size=2
    ),
    "order": st.sampled_from(["alphabetical", "as-written"]),
    "rules": rulings,
}
shared_settings = _some(
    **own_settings,
    address=texts,
    privacy=urls,
    language=languages,
    links=st.fixed_dictionaries(
        {"unsubscribe": st.sampled_from(["https://example.org/u", "*|UNSUB|*"])},
        optional={"view_online": urls},
    ),
    house_style=_some(
        terms=st.lists(_some(avoid=texts, use=texts, why=texts), max_size=2),
        names=st.lists(texts, max_size=3),
        allow=st.lists(texts, max_size=2),
    ),
)


@st.composite
def issues(draw: st.DrawFn) -> dict[str, Any]:
    """An issue as data."""
    made: dict[str, Any] = {"title": draw(texts), "date": draw(dates), "layout": draw(layouts)}
    made |= draw(
        _some(
            number=texts, subject=texts, preheader=texts, intro=texts, outro=in_words,
            language=languages, lead=sections, settings=_some(**own_settings),
        )
    )  # fmt: skip
    if draw(st.booleans()):
        made["sections"] = draw(st.lists(sections, min_size=1, max_size=4))
    else:
        made["entries"] = draw(st.lists(entries, min_size=1, max_size=6))
    return made


@st.composite
def written(draw: st.DrawFn) -> str:
    """An issue as a file: in JSON, or as editors write YAML."""
    data = draw(issues())
    style = draw(st.sampled_from(["json", None, '"', "'", "|", ">"]))
    if style == "json":
        return as_yaml(data)
    width = draw(st.sampled_from([20, 60, 1000]))
    made = yaml.safe_dump(
        data, default_style=style, width=width, allow_unicode=True, sort_keys=False
    )
    return str(made)


# --- what holds of them ------------------------------------------------------------------------


class _Told:
    """What is found in an issue, with the findings as the rules gave them."""

    def __init__(self, folder: Path, asked: bool) -> None:
        self.found: list[tuple[str, Finding]] = []
        self.proof, result = prove(folder / "issues" / "2024-05.yaml", open_project(folder))
        self.checked = Checked(result, result.problems)
        if self.proof:
            answers = _answers(self.proof) if asked else None
            with patch.object(Rule, "findings", self._recording()):
                self.checked = judge(self.proof, answers)

    def _recording(self) -> Any:
        real, found = Rule.findings, self.found

        def findings(rule: Rule, *args: Any) -> Iterator[Finding]:
            for finding in real(rule, *args):
                found.append((rule.code, finding))
                yield finding

        return findings


def _answers(proof: Proof) -> dict[str, Answer]:
    """An answer of some kind for each address."""
    kinds = list(Kind)
    return {
        url: Answer(kinds[at % len(kinds)], "words", 404, url[: at * 7], bool(at % 2))
        for at, url in enumerate(addresses(proof))
    }


def assert_judged(told: _Told) -> None:
    """Every rule went through, and what it found stands in the file."""
    failed = [one.message for one in told.checked.problems if one.code == "rule-failed"]
    assert failed == []
    source = told.checked.result.source
    lines = source.text.split("\n") if source else []
    for problem in told.checked.problems:
        if problem.mark and source and problem.path == source.path:
            assert 1 <= problem.mark.line <= len(lines), problem
            assert 1 <= problem.mark.column <= len(lines[problem.mark.line - 1]) + 1, problem
    for code, finding in told.found:
        assert told.proof
        for place, suggestion in ((finding.place, finding.suggestion), *finding.also):
            if place is None or place.key or place.start is None:
                assert suggestion is None, (code, finding)
                continue
            node = told.proof.file_of(place).node(place.steps)
            assert node is not None, (code, finding)
            text = node.text
            assert place.end is not None, (code, finding)
            assert 0 <= place.start <= place.end <= len(text), (code, finding, text)
            if suggestion is not None:
                typed = text[place.start : place.end]
                assert typed, (code, finding, text)
                assert typed == typed.strip(), (code, finding, text)


def assert_mended(folder: Path, told: _Told) -> None:
    """After `--fix` the file reads as before but for what was mended; and once it has been asked
    for a few times, there is nothing left to mend."""
    path = folder / "issues" / "2024-05.yaml"
    for _ in range(_ROUNDS):
        source = told.checked.result.source
        if source is None or not told.checked.edits:
            return
        raw = path.read_bytes().decode()
        text, made = fixed(raw, source, told.checked.edits)
        before, after = parse(raw, source.path), parse(text, source.path)
        assert [one.code for one in after.problems] == [one.code for one in before.problems]
        nodes = [source.node(edit.steps) for edit in told.checked.edits]
        mended = {node.mark for node in nodes if node}
        pairs = zip(_values(before), _values(after), strict=True)
        for (steps, old), (same_steps, new) in pairs:
            assert steps == same_steps
            assert old.text == new.text or old.mark in mended, (steps, old.text, new.text)
        if not made:
            assert text == raw
            return
        path.write_bytes(text.encode())
        told = _Told(folder, asked=False)
        assert_judged(told)
    raise AssertionError(f"there is still something to mend: {told.checked.edits}")


_ROUNDS = 5  # one edit may wait for another that overlaps it


def _values(source: Source) -> list[tuple[tuple[str | int, ...], Node]]:
    """Every text of a file with its place."""
    found: list[tuple[tuple[str | int, ...], Node]] = []

    def look(node: Node, steps: tuple[str | int, ...]) -> None:
        if node.kind == "text":
            found.append((steps, node))
        for key, child in node.children.items():
            look(child, (*steps, key))

    if source.root:
        look(source.root, ())
    return found


@any_issue
@given(
    text=written(),
    shared=shared_settings,
    earlier=st.none() | st.none() | written(),
    asked=st.booleans(),
)
@example(
    text="title: A\ndate: 2024-05\nentries: [Words]\n",
    shared={"rules": {"long-entry": {"words": "²"}, "gmail-may-cut": {"allowance": "9" * 5000}}},
    earlier=None,
    asked=False,
)
@example(
    text="title: A\ndate: 0001-01-01\nentries:\n  - It closes on 12 Aprıl 2024, on 31 ſeptember.\n",
    shared={},
    earlier="title: A\ndate: 0001-01-01\nentries: [Words]\n",
    asked=True,
)
def test_any_issue_is_judged_by_every_rule_and_mended_safely(
    text: str, shared: dict[str, Any], earlier: str | None, asked: bool
) -> None:
    here = Path.cwd()
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "issues").mkdir()
        (folder / "newsletter.yaml").write_text(as_yaml(shared), "utf-8")
        (folder / "issues" / "2024-05.yaml").write_bytes(text.encode())
        if earlier is not None:
            (folder / "issues" / "2024-04.yaml").write_bytes(earlier.encode())
        os.chdir(folder)
        try:
            told = _Told(folder, asked)
            assert_judged(told)
            assert_mended(folder, told)
        finally:
            os.chdir(here)
