"""The reader's limits, encodings and places."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from newsletter.problems import NewsletterError
from newsletter.source import parse, read


def _refusal(path: Path) -> str:
    with pytest.raises(NewsletterError) as caught:
        read(path)
    (problem,) = caught.value.problems
    return problem.message


def test_text_stays_as_it_is_typed() -> None:
    typed = ["No", "yes", "2024", "1.10", "12:30", "2024-04-01", "0x1f", "1e3", "~", "null", "true"]
    source = parse("\n".join(f"- {text}" for text in typed), "f")
    assert (source.data, source.problems) == (typed, ())


def test_an_empty_value_is_nothing_and_an_empty_text_is_text() -> None:
    assert parse("a:\nb: ''\nc: \"\"\n", "f").data == {"a": None, "b": "", "c": ""}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("title: é".encode("utf-16"), "this file is saved as UTF-16"),
        ("title: abcdef".encode("utf-16-le"), "this file is saved as UTF-16"),
        (
            "a: b\ntitle: it’s".encode("cp1252"),
            "this file is not UTF-8; it looks like Windows-1252 (’ is stored as byte 92)",
        ),
        (b"a: " + b"x" * 5_000_000, "this file is larger than 5 MB"),
    ],
    ids=["utf-16 with a mark", "utf-16 without", "cp1252", "too large"],
)
def test_files_that_are_not_text_are_refused(raw: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(raw)
    assert _refusal(tmp_path / "f.yaml") == message


def test_the_place_of_a_foreign_byte_is_told(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(
        "é: b\ntitle: it’s".encode().replace(b"\xe2\x80\x99", b"\x92")
    )
    with pytest.raises(NewsletterError) as caught:
        read(tmp_path / "f.yaml")
    (problem,) = caught.value.problems
    assert (problem.mark, problem.excerpt) == ((2, 10), "title: it’s")


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "none.yaml") == "there is no such file"
    assert _refusal(tmp_path) == "this is a folder, not a file"
    assert _refusal(tmp_path / ("x" * 300)) == "this file cannot be read: File name too long"


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfa: |\r\n  b\r\n  c\r\nd: e\r\n")
    source = read(tmp_path / "f.yaml")
    assert (source.data, source.problems) == ({"a": "b\nc\n", "d": "e"}, ())


def test_a_file_that_grows_a_thousand_million_fold_is_refused_in_little_memory() -> None:
    """Nine levels of nine aliases; measured in a process of its own."""
    code = dedent("""
        import re
        from pathlib import Path
        from newsletter.source import parse
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n-1}'] * 9)}]" for n in range(1, 10)]
        source = parse("\\n".join(lines), "f")
        assert [p.message for p in source.problems] == ["this file holds more than 40,000 values"]
        assert source.root is None
        status = Path("/proc/self/status").read_text()
        assert int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) < 100_000
        """)
    subprocess.run([sys.executable, "-c", code], check=True, timeout=30)


@pytest.mark.parametrize(
    ("text", "message", "mark"),
    [
        ("[" * 100_000, "more than 50 levels inside each other", (1, 51)),
        ("a: &x [*x]", "'*x' refers to what it stands in", (1, 8)),
        ("a: &x [[[[[[[[[[b]]]]]]]]]]\nc: " + "[" * 45 + "*x" + "]" * 45, "more than 50", (1, 12)),
        ("- x\n" * 40_001, "this file holds more than 40,000 values", (1, 1)),
        ("a: !!python/object/apply:os.system [ls]", "tags are not used", (1, 4)),
        ("a: !!binary x", "tags are not used", (1, 4)),
        ("? {a: b}\n: c", "a key must be a word, not a list or a mapping", (1, 3)),
        ("a: &x [b]\n*x : c", "a key must be a word, not a list or a mapping", (1, 4)),
    ],
)
def test_what_no_issue_holds_is_refused(text: str, message: str, mark: tuple[int, int]) -> None:
    problem = parse(text, "f").problems[0]
    assert message in problem.message
    assert problem.mark == mark


def test_lines_below_a_greater_than_sign_stand_as_they_are() -> None:
    """YAML would make one line of them, and of two paragraphs one."""
    text = "One\nline.\n\nTwo:\n\n- a\n- b"
    for header in (">", ">-", ">+", "> # a note", "|-"):
        block = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
        assert parse(f"a: {header}\n{block}b: c\n", "f").data == {"a": text, "b": "c"}


def test_aliases_are_written_out() -> None:
    assert parse("a: &x [b, c]\nd: *x\n", "f").data == {"a": ["b", "c"], "d": ["b", "c"]}


def test_values_and_keys_know_their_place() -> None:
    source = parse("a: b\nlist:\n  - c: d\n    e: |\n      f\n", "f")
    assert source.value(("list", 0, "c")) == (3, 8)
    assert source.key(("list", 0, "e")) == (4, 5)
    assert source.value(("list", 0)) == (3, 5)
    assert source.value(("list", 0, "none")) == (3, 5)
    assert source.inside(("list", 0, "e"), 0) == (5, 7)


@pytest.mark.parametrize(
    ("yaml", "mark"),
    [
        ("k: one two WORD", (1, 12)),
        ("k: one\n  two\n\n  WORD", (4, 3)),
        ("k: 'it''s WORD'", (1, 11)),
        ('k: "a\\"b \\u00e9 \\\n   WORD"', (2, 4)),
        ("k: |\n\n  one\n    two\n  WORD", (5, 3)),
        ("k: >-  # a note\n  one\n  two WORD", (3, 7)),
    ],
    ids=["plain", "plain in lines", "single quotes", "double quotes", "literal", "folded"],
)
def test_a_word_inside_a_text_knows_its_place(yaml: str, mark: tuple[int, int]) -> None:
    source = parse(yaml, "f")
    assert isinstance(source.data, dict)
    text = source.data["k"]
    assert isinstance(text, str)
    assert source.inside(("k",), text.index("WORD")) == mark


def test_a_control_character_moves_nothing_that_stands_behind_it() -> None:
    text = 'entries:\n  - >-\n    \x92First \x92and more\n    words\n  - "a\\x07 \\e target"\n'
    source = parse(text, "issue.yaml")
    assert [problem.code for problem in source.problems] == ["control-character"] * 3
    assert source.data == {"entries": ["First  and more\nwords", "a    target"]}
    assert source.inside(("entries", 0), len("First  and ")) == (3, 17)
    assert source.inside(("entries", 0), len("First  and more\n")) == (4, 5)
    assert source.inside(("entries", 1), len("a    ")) == (5, 15)
