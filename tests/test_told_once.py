"""What two rules could tell is told by one of them."""

from pathlib import Path

import pytest

from tests.test_rules import checked

TEXTS = {
    "a space that was read in the wrong encoding": (
        "The trust\u00c2\u00a0has [a report on neglect](https://example.org/neglect).",
        ["mojibake"],
    ),
    "a bullet of Word with its space": (
        "\uf0b7\u00a0The trust has [a report on neglect](https://example.org/neglect).",
        ["private-use"],
    ),
    "a code of HTML that was written twice": (
        "The trust&amp;nbsp;has [a report on neglect](https://example.org/neglect).",
        ["double-escape"],
    ),
    "a bare address with what Outlook wrapped around it": (
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=05",
        ["mailbox-wrapper"],
    ),
    "a link that a website shows below a teaser": (
        "Neglect is up. [Read more →](https://example.org/neglect)",
        ["vague-words"],
    ),
    "a heading in a text": (
        "# Neglect\n\nThe trust has [a report on neglect](https://example.org/neglect).",
        ["heading-in-text"],
    ),
    "tags of HTML in a text": (
        "<b>The trust</b> has <br/>[a report on neglect](https://example.org/neglect).",
        ["html-typed"],
    ),
    "tags of HTML in two paragraphs": (
        "<p>The trust has [a report on neglect](https://example.org/neglect).</p>\n\n<i>More</i>.",
        ["html-typed"],
    ),
    "a leaning sign, and an address in angle brackets": (
        "Homes with <b children, or fewer, are shown at <https://example.org/neglect>.",
        [],
    ),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_told_by_one_rule(text: str, folder: Path) -> None:
    words, codes = TEXTS[text]
    assert _codes("entries: [{text: " + _quoted(words) + "}]", folder) == codes


def test_a_link_without_words_is_no_entry_without_a_link(folder: Path) -> None:
    others = "".join(
        f"  - The trust has [a {name} report](https://example.org/{name}).\n"
        for name in ("first", "second", "third", "fourth")
    )
    issue = f"entries:\n{others}  - {{text: Words., links: [{{url: 'https://example.org/a'}}]}}\n"
    assert _codes(issue, folder) == ["empty-link"]


def test_a_picture_of_a_refused_format_is_told_by_the_reader(folder: Path) -> None:
    issue = """
        entries:
          - text: The trust has [a report on neglect](https://example.org/neglect).
            image: {src: "https://example.org/chart.svg", alt: "A chart"}
        """
    assert _codes(issue, folder) == ["image-format"]


def _codes(issue: str, folder: Path) -> list[str]:
    return [problem.code for problem in checked(issue, folder).problems]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
