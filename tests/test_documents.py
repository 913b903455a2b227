"""Five documents as editors get them, retold: what is wrong in each is told at its place, and
nothing else is."""

from pathlib import Path

import pytest

from newsletter.check import check
from newsletter.problems import Problem
from newsletter.project import open_project
from tests.marks import Told, unmarked

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = ("briefing", "bulletin", "digest", "recap", "roundup")

# What is wrong in them: where, what tells it, and words of the line that it is told at.
TRAPS = {
    "lottery spam in a foreign script before the title of a feed": (
        "recap",
        "foreign-script",
        "title: 幸运飞艇最新开奖结果 Social work in the news",
    ),
    "the same before the title of each item": (
        "recap",
        "foreign-script",
        "title: 幸运飞艇最新开奖结果 Children’s social care reform bill",
    ),
    "http among https": ("recap", "not-https", "http://www.communitycare.co.uk/2025/01/16"),
    "an address that leads to the comments": ("recap", "comment-or-feed", "/#comments"),
    "what ends a text in a feed's own code": ("recap", "copy-leftover", "]]>"),
    "the place of a poll": ("recap", "copy-leftover", "There is a poll embedded"),
    "a link whose address is '#'": ("roundup", "link-target", "[Practice tips](#)"),
    "a sentence broken by an empty line": ("roundup", "broken-sentence", "many more girls, a"),
    "a bold line broken in two": ("roundup", "broken-sentence", "**Shattered lives,**"),
    "'report' as the words of a link": ("roundup", "vague-words", "in her [report]"),
    "'here' as the words of a link": ("roundup", "vague-words", "[here]"),
    "'item' as the words of a link": ("roundup", "vague-words", "[item]"),
    "'research' as the words of a link": ("roundup", "vague-words", "[research]"),
    "a survey that closed, by its text": ("roundup", "closed", "closes on 23rd May"),
    "a survey that closed, by its date": ("roundup", "closed", "closes: 2024-05-10"),
    "straight and curly quotation marks": ("roundup", "mixed-quotes", "‘so many’"),
    "a space before a full stop": ("roundup", "space-before-punctuation", "' ."),
    "a range with half a space": ("roundup", "spaced-range", "2017- 2023"),
    "a heading in capitals": ("roundup", "shouted-heading", "OTHER"),
    "no-break spaces in a text": ("briefing", "no-break-spaces", "Parents whose\u00a0families"),
    "no-break spaces in a label": ("briefing", "no-break-spaces", "Read the\u00a0letter"),
    "no-break spaces at the end of a title": ("briefing", "no-break-spaces", "advocacy’\u00a0"),
    "no-break spaces in a name": ("bulletin", "no-break-spaces", "Safeguarding\u00a0Practice"),
    "a label parted from its title": ("briefing", "missing", "label: Visit the website"),
    "the same in a bulletin": ("bulletin", "missing", "label: Read the review"),
    "a heading that stands twice": ("bulletin", "heading-twice", "Child safeguarding incidents"),
    "an alt text that was copied as words": (
        "bulletin",
        "copy-leftover",
        "image representing news article News",
    ),
    "an alt text that says that it is one": ("bulletin", "alt-says-image", "alt: image repr"),
    "the number of a footnote on a word": ("bulletin", "footnote-digit", "would be1"),
    "the number of a footnote on a bracket": ("bulletin", "footnote-digit", "(99%)3"),
    "an item that lacks where to read on": ("digest", "no-link", "roughly halve in 4 years"),
    "one story from three publishers": ("digest", "related-stories", "Surge in online sexual"),
}


def _problems(name: str, folder: Path) -> tuple[Problem, ...]:
    text, _ = unmarked((DOCUMENTS / f"{name}.yaml").read_text("utf-8"))
    (folder / "newsletter.yaml").write_bytes((DOCUMENTS / "newsletter.yaml").read_bytes())
    path = folder / "issues" / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return check(path, open_project(folder)).problems


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_in_a_document_is_told_at_its_place_and_nothing_else(
    name: str, folder: Path
) -> None:
    _, expected = unmarked((DOCUMENTS / f"{name}.yaml").read_text("utf-8"))
    found = _problems(name, folder)
    assert {problem.path for problem in found} == {f"issues/{name}.yaml"}
    assert sorted(Told.of(problem) for problem in found) == expected


@pytest.mark.parametrize("trap", TRAPS)
def test_each_trap_of_the_documents_is_told(trap: str, folder: Path) -> None:
    name, code, words = TRAPS[trap]
    excerpts = [problem.excerpt for problem in _problems(name, folder) if problem.code == code]
    assert any(words in excerpt for excerpt in excerpts)
