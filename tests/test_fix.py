"""Edits are cut into a file, and nothing else of it changes."""

import pytest

from newsletter.check.fix import Edit, fixed
from newsletter.source import parse

FILE = """\
# A note.
title:   "A\\u00e9 \\"quoted\\" title"   # another
intro: >-
  See [the
  report](http://example.org/a?x=1)
  and  more .
quoted: 'it''s  here .'
plain: two\u00a0\u00a0words
"""
ADDRESS = "http://example.org/a?x=1"


def _edit(field: str, old: str, new: str) -> Edit:
    node = parse(FILE, "f").node((field,))
    assert node
    start = node.text.index(old)
    return Edit((field,), start, start + len(old), new)


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (_edit("intro", ADDRESS, "https://example.org/"), ADDRESS, "https://example.org/"),
        (_edit("intro", "more .", "more."), "more .", "more."),
        (_edit("title", "é", "e"), "\\u00e9", "e"),
        (_edit("title", "quoted", "odd"), "quoted\\\"", "odd\\\""),
        (_edit("quoted", "'", "’"), "it''s", "it’s"),
        (_edit("plain", "o\u00a0\u00a0w", "o w"), "two\u00a0\u00a0words", "two words"),
    ],
    ids=["address", "spacing", "escape", "between escapes", "quotation mark", "no-break spaces"],
)  # fmt: skip
def test_an_edit_changes_its_characters_only(edit: Edit, old: str, new: str) -> None:
    assert FILE.count(old) == 1
    assert fixed(FILE, parse(FILE, "f"), [edit]) == (FILE.replace(old, new), 1)


def test_line_ends_and_the_mark_of_utf_8_stay() -> None:
    raw = "\ufeff" + FILE.replace("\n", "\r\n")
    edits = [_edit("intro", "more .", "more."), _edit("quoted", "here .", "here.")]
    wanted = raw.replace("more .", "more.").replace("here .", "here.")
    assert fixed(raw, parse(raw, "f"), edits) == (wanted, 2)


@pytest.mark.parametrize(
    "edit",
    [
        _edit("intro", "the\nreport", "a report"),
        _edit("title", "quoted", 'a "quoted'),
        _edit("plain", "two", "two: three #"),
        _edit("quoted", "here", "it's"),
        _edit("intro", "and  more", "- and more\n  -"),
        Edit(("intro",), 3, 4, ""),
        Edit(("nothing",), 0, 3, "x"),
    ],
    ids=["line's end", "quotation mark", "colon", "apostrophe", "line", "space", "no such value"],
)  # fmt: skip
def test_an_edit_that_would_break_something_is_not_made(edit: Edit) -> None:
    assert fixed(FILE, parse(FILE, "f"), [edit]) == (FILE, 0)


def test_an_edit_after_which_the_reader_would_have_to_guess_is_not_made() -> None:
    text = "title: a`b\n"
    assert fixed(text, parse(text, "f"), [Edit(("title",), 0, 2, "`")]) == (text, 0)


def test_where_one_edit_cannot_be_made_one_that_overlaps_it_is() -> None:
    edits = [_edit("plain", "two", "two: three #"), _edit("plain", "wo", "en")]
    assert fixed(FILE, parse(FILE, "f"), edits) == (FILE.replace("plain: two", "plain: ten"), 1)


def test_one_edit_that_cannot_be_made_does_not_keep_others_from_being_made() -> None:
    bad = _edit("quoted", "here", "it's")
    edits = [_edit("intro", "more .", "more."), bad, _edit("plain", "words", "terms")]
    wanted = FILE.replace("more .", "more.").replace("words", "terms")
    assert fixed(FILE, parse(FILE, "f"), edits) == (wanted, 2)


def test_of_two_edits_of_the_same_characters_the_first_is_made() -> None:
    edits = [_edit("intro", "more .", "more."), _edit("intro", "re .", "re!")]
    assert fixed(FILE, parse(FILE, "f"), edits) == (FILE.replace("more .", "more."), 1)
