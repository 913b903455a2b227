"""Markdown to XHTML and to plain text, and lines wrapped."""

import pytest

from newsletter.markup import Markdown, Url
from newsletter.plain import columns, underline, wrap
from newsletter.problems import Faults
from tests.conftest import escape


def _after(words: str, url: str) -> str:
    return f"{words} <{url}>"


RICH = """\
One *em* and **strong** with
a [link](https://example.org/a?b=1&c=é) in it.

Findings:

- one
- two
  1. nested
  2. again

     with more
- three

> Quoted
> words
>
> and more

Last\\
line."""


def test_markdown_becomes_xhtml() -> None:
    assert Markdown.parse(RICH).html.replace("\n", "") == (
        "<p>One <em>em</em> and <strong>strong</strong> with"
        'a <a href="https://example.org/a?b=1&amp;c=%C3%A9">link</a> in it.</p>'
        "<p>Findings:</p>"
        "<ul><li>one</li><li>two<ol><li><p>nested</p></li>"
        "<li><p>again</p><p>with more</p></li></ol></li><li>three</li></ul>"
        "<blockquote><p>Quotedwords</p><p>and more</p></blockquote>"
        "<p>Last<br />line.</p>"
    )


def test_markdown_becomes_wrapped_plain_text() -> None:
    assert Markdown.parse(RICH).plain(_after, 30) == (
        "One em and strong with a link\n"
        "<https://example.org/a?b=1&c=%C3%A9>\n"
        "in it.\n"
        "\n"
        "Findings:\n"
        "\n"
        "- one\n"
        "- two\n"
        "\n"
        "  1. nested\n"
        "\n"
        "  2. again\n"
        "\n"
        "     with more\n"
        "- three\n"
        "\n"
        "> Quoted words\n"
        ">\n"
        "> and more\n"
        "\n"
        "Last\n"
        "line."
    )


def test_html_and_template_code_are_characters_like_others() -> None:
    typed = "<script>alert(1)</script> {{ 7*7 }} {% if %} <!-- x --> ]]> *|TAG|* [[x]]"
    markdown = Markdown.parse(typed)
    assert markdown.plain(_after, 200) == typed
    assert markdown.html == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% if %} &lt;!-- x --&gt; ]]&gt; "
        "*|TAG|* [[x]]</p>"
    )


def test_spaces_at_the_end_of_a_line_are_nothing() -> None:
    assert Markdown.parse("One  \ntwo\\\nthree").html == "<p>One\ntwo<br />\nthree</p>"
    link = Markdown.parse("a [b  \nc](https://example.org/) d")
    assert link.html == '<p>a <a href="https://example.org/">b\nc</a> d</p>'


def test_bare_addresses_end_before_what_is_set_around_them() -> None:
    typed = "“https://a.org/q” https://a.org/x’s (https://a.org/y), https://a.org/z_(w). https://a.org/—"
    assert Markdown.parse(typed).links == [
        "https://a.org/q",
        "https://a.org/x",
        "https://a.org/y",
        "https://a.org/z_(w)",
        "https://a.org/",
    ]


def test_a_tag_of_a_platform_is_no_emphasis() -> None:
    typed = "*|FNAME|* {{ 2*3*4 }} {% a *b* %}"
    assert Markdown.parse(f"{typed} *but this is*").html == f"<p>{typed} <em>but this is</em></p>"


def test_escaped_text_reads_as_it_is() -> None:
    typed = "# *a* [b](c) `d` <e> &amp; 1. - > \\ ![f](g) _h_ https://example.org/"
    assert Markdown.parse(escape(typed)).plain(_after, 200) == typed


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/",
        "https://sub.example.co.uk:8080/p(q)",
        "mailto:someone@example.org?subject=x",
        "tel:+448088005000",
        "[[unsubscribe]]",
        "[[view_online]]",
    ],
)
def test_real_targets_are_links(url: str) -> None:
    assert Url.parse(url) == url


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "this link leads nowhere"),
        ("#", "this link leads nowhere"),
        ("#part", "'#part' is not a whole address"),
        ("/page", "'/page' is not a whole address"),
        ("page.html", "'page.html' is not a whole address"),
        ("www.example.org", "'www.example.org' is not a whole address"),
        ("example.org:80/x", "'example.org:80/x' is not a whole address"),
        ("https://", "'https://' is not a whole address"),
        ("https://localhost/x", "'https://localhost/x' is not a whole address"),
        ("https://example.org/a b", "an address cannot hold a space"),
        ("javascript:alert(1)", "a link cannot begin with 'javascript:'"),
        ("JavaScript:alert(1)", "a link cannot begin with 'javascript:'"),
        ("data:text/html,x", "a link cannot begin with 'data:'"),
        ("vbscript:x", "a link cannot begin with 'vbscript:'"),
        ("file:///etc/passwd", "a link cannot begin with 'file:'"),
        ("mailto:nobody", "'mailto:nobody' is not a whole address"),
        ("tel:me", "'tel:me' is not a whole address"),
        ("[[friends]]", "'[[friends]]' is not the tag of a link"),
        ("[[first_name]]", "'[[first_name]]' is not the tag of a link"),
        ("*|UNSUB|*", "'*|UNSUB|*' is not a whole address"),
    ],
)
def test_targets_that_nobody_can_open_are_faults(url: str, message: str) -> None:
    with pytest.raises(Faults) as caught:
        Url.parse(url)
    assert [fault.message for fault in caught.value.faults] == [message]


def test_lines_are_wrapped_at_spaces_only() -> None:
    address = "https://example.org/" + "a-long-path/" * 8
    assert wrap(f"Words before <{address}> and no\u00a0break here", 24) == (
        f"Words before\n<{address}>\nand no break here"
    )
    assert wrap("a 10 per\u00a0cent rise", 10) == "a 10\nper cent\nrise"


def test_columns_are_those_of_a_fixed_width_font() -> None:
    texts = ["abc", "é", "e\u0301", "日本", "👩\u200d👩\u200d👧", "क्षि", "שָׁלוֹם"]
    assert [columns(text) for text in texts] == [3, 1, 1, 4, 6, 3, 4]


def test_a_heading_is_underlined_as_long_as_its_longest_line() -> None:
    assert underline("Safeguarding", "-") == "Safeguarding\n------------"
    title = "Missing, Child Exploitation and Vulnerability Research & Development Round-up"
    assert underline(title, "=") == (
        "Missing, Child Exploitation and Vulnerability Research & Development\nRound-up\n"
        + "=" * 68
    )
