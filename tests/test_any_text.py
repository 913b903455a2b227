"""Any words in any field come out as they were typed, and no file makes the tool fall over."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from newsletter.build import Result, build
from newsletter.compose import Email
from newsletter.loader import load
from newsletter.lookup import Templates
from newsletter.markup import Url
from newsletter.model import Issue, Settings
from newsletter.problems import Faults, NewsletterError, Problem
from newsletter.project import Project
from newsletter.source import CONTROL, parse
from newsletter.values import LinkOrTag
from tests.conftest import escape

SAMPLE = Path(__file__).parent.parent / "issues" / "2024-04-round-up.yaml"
TEMPLATES = Templates()

# The same examples at every run, so that a fault is never somebody else's bad luck.
# What needs two emails for each example is not made smaller, which would take minutes.
any_file = settings(
    derandomize=True,
    deadline=None,
    max_examples=80,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
any_text = settings(any_file, max_examples=100)
any_email = settings(any_text, max_examples=60, phases=(Phase.explicit, Phase.generate))


# --- words --------------------------------------------------------------------------------------

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
_HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{% endraw %}",
    "{# c #}",
    "# not a comment",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "*|TAG|*",
    "[[x]]",
    "[[unsubscribe]]",
    "]]>",
    "<!-- x -->",
    "<!--[if mso]>",
    "<![endif]-->",
    "<![CDATA[",
    "<?php x ?>",
    "&amp;",
    "&nbsp;",
    "&amp;lt;",
    "&#0;",
    "&#x41;",
    "\"quotes\" 'single'",
    "back\\slash \\u{a0}",
    "\\",
    'class="foo" style="color:red"',
    '" onload="x',
    "%%x%%",
    "${x}",
    "#{x}",
    "</td></table>",
    "</body></html>",
    "</title>",
    "<body>",
    "</mj-text>",
    "<mj-section>",
    "/>",
    " />",
    "-->",
    "a" * 300,
    "background:#fff;background-color:#fff",
    "direction:ltr;",
    FAMILY,
    WALES,
    "\U0001f1ec\U0001f1e7\U0001f1ee\U0001f1f3",
    "\U0001f44d\U0001f3fd",
    "a\u00a0b\u202fc\u2007d",
    "हिन्दी में समाचार",
    "חדשות בעברית",
    "أخبار بالعربية",
    "\u202eright to left\u202c",
    "e\u0301 a\u0308\u0323 Z\u0351\u0343",
    "漢字と仮名",
    "\ufeff\u200b\u00ad\u2060",
    "\ufdd0\U0001fffe\ufffd",
    "a\u2028b\u2029c",
    "=?utf-8?q?hi?=",
    "; , < >",
    "- 1. > * + = ~ _",
    "=====",
    "-----",
    "javascript:alert(1)",
    "https://example.org/",
)
HOSTILE = tuple(text for text in _HOSTILE if not CONTROL.search(text))

characters = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t").filter(
    lambda character: not CONTROL.match(character)
)
pieces = st.sampled_from(HOSTILE) | st.text(characters, min_size=1, max_size=10)
words = st.builds(
    lambda parts, between: between.join(parts),
    st.lists(pieces, min_size=1, max_size=4),
    st.sampled_from(["", " ", "\u00a0", "  "]),
).filter(lambda text: text.strip() != "")


def as_yaml(data: object) -> str:
    """`data` as JSON, which is YAML; what YAML takes for a line end is written as an escape."""
    text = json.dumps(data, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def load_settings(data: object) -> Settings:
    made, problems = load(parse(as_yaml(data), "newsletter.yaml"), Settings)
    assert problems == []
    assert made is not None
    return made


def build_text(text: str | bytes, shared: object = None) -> Result:
    """What comes of an issue's file with `text` in it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "issue.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        made = load_settings(shared) if shared else Settings()
        return build(path, Project(Path(folder), made, TEMPLATES, ()))


def email_of(data: object, shared: object = None) -> Email:
    """The email of the issue `data`, which must have one."""
    result = build_text(as_yaml(data), shared)
    assert result.email is not None, result.problems
    return result.email


def document(page: str) -> Any:
    return lxml_html.document_fromstring(page)


def squeezed(text: str) -> str:
    """`text` with white space as HTML shows it. No-break spaces stay, except at the very ends,
    where Markdown drops them; line separators may become spaces."""
    return re.sub("[ \t\n\r\f\u2028\u2029]+", " ", text).strip()


def everything(page: str) -> list[tuple[str, dict[str, str], str, str]]:
    """Each element of a page: name, attributes, the words in it and the words after it."""
    return [
        (
            str(element.tag),
            {name: squeezed(value) for name, value in sorted(element.attrib.items())},
            squeezed(element.text or ""),
            squeezed(element.tail or ""),
        )
        for element in document(page).iter()
    ]


# --- an issue that uses every field -------------------------------------------------------------

LINE_FIELDS = (
    "title",
    "number",
    "subject",
    "preheader",
    "lead_title",
    "lead_subtitle",
    "section_title",
    "section_subtitle",
    "entry_title",
    "source",
    "kind",
    "alt",
    "credit",
    "caption",
    "lone_credit",
    "label",
    "link_title",
    "lone_label",
    "lone_title",
    "publication",
    "sender",
    "address",
    "reason",
    "support_title",
    "support_name",
    "support_text",
    "lone_support_name",
)
MARKDOWN_FIELDS = ("intro", "outro", "lead_text", "entry_text", "short_text")
NOT_IN_TEXT = {"subject", "preheader"}  # these are files of their own


def stand_in(field: str) -> str:
    """A word that stands for the text of `field` in a page that texts are compared with."""
    return f"qz{field.replace('_', '')}zq"


STAND_INS = {stand_in(field): field for field in (*LINE_FIELDS, *MARKDOWN_FIELDS)}
_STAND_IN = re.compile("|".join(STAND_INS))


def full_issue(text: Callable[[str], str]) -> dict[str, Any]:
    """An issue with everything in it; `text(field)` are its words."""
    link = "https://example.org/a"
    image = {"src": "https://example.org/a.png"}
    entry = {
        "title": text("entry_title"),
        "date": "2024-04-23",
        "source": text("source"),
        "kind": text("kind"),
        "text": text("entry_text"),
        "image": image | {"alt": text("alt"), "credit": text("credit"), "caption": text("caption")},
        "links": [
            {"url": link, "label": text("label"), "title": text("link_title")},
            {"url": link, "label": text("lone_label")},
            {"url": link, "title": text("lone_title")},
        ],
        "closes": "2024-05",
    }
    pictured = {"image": image | {"alt": "", "credit": text("lone_credit")}}
    section = {
        "title": text("section_title"),
        "subtitle": text("section_subtitle"),
        "entries": [entry, pictured],
    }
    short = {"title": text("section_title"), "entries": [text("short_text")]}
    return {
        "title": text("title"),
        "date": "2024-04",
        "number": text("number"),
        "subject": text("subject"),
        "preheader": text("preheader"),
        "intro": text("intro"),
        "lead": {
            "title": text("lead_title"),
            "subtitle": text("lead_subtitle"),
            "entries": [text("lead_text")],
        },
        "sections": [section, *[short] * 6],  # with seven there is a list of contents
        "outro": text("outro"),
    }


def full_settings(text: Callable[[str], str], text_links: str = "after") -> dict[str, Any]:
    return {
        "publication": text("publication"),
        "sender": text("sender"),
        "sender_email": "us@example.org",
        "address": text("address"),
        "reason": text("reason"),
        "contact": "us@example.org",
        "privacy": "https://example.org/privacy",
        "support_title": text("support_title"),
        "support": [
            {
                "name": text("support_name"),
                "phone": "0800 1111",
                "url": "https://example.org/help",
                "text": text("support_text"),
            },
            {"name": text("lone_support_name")},
        ],
        "text_links": text_links,
        "links": {"unsubscribe": "*|UNSUB|*", "view_online": "https://example.org/view"},
    }


def filled(text: str, values: dict[str, str]) -> str:
    """`text` with values, less the white space around them, in place of stand-ins."""
    return _STAND_IN.sub(lambda match: values[STAND_INS[match[0]]].strip(" \t\n"), text)


def assert_unharmed(values: dict[str, str], typed: dict[str, str], text_links: str) -> None:
    """An email with `typed` in its fields is the one with stand-ins, but for `values` in place of
    the stand-ins: no character, element or attribute more or less."""
    plain = with_stand_ins(text_links)
    made = email_of(full_issue(typed.__getitem__), full_settings(typed.__getitem__, text_links))

    assert everything(made.html) == [
        (
            tag,
            {name: squeezed(filled(value, values)) for name, value in attributes.items()},
            squeezed(filled(text, values)),
            squeezed(filled(after, values)),
        )
        for tag, attributes, text, after in everything(plain.html)
    ]

    # Plain text turns no-break spaces into spaces, and its lines are wrapped: all white space
    # counts as one space here. The lines below headings are as long as the headings.
    line = "\x00"
    wanted = re.sub(rf"({_STAND_IN.pattern})\n[=-]+\n", rf"\1\n{line}\n", plain.text)
    pattern = re.escape(" ".join(filled(wanted, values).split()))
    pattern = pattern.replace(re.escape(f" {line}"), "( [=-]+)?")  # none where nothing is seen
    got = " ".join(made.text.split())
    assert re.fullmatch(pattern, got), f"{got!r} is not {pattern!r}"

    assert squeezed(made.subject) == squeezed(values["subject"])
    assert squeezed(made.preheader) == squeezed(values["preheader"])


@cache
def with_stand_ins(text_links: str = "after") -> Email:
    return email_of(full_issue(stand_in), full_settings(stand_in, text_links))


def in_turn(fields: Iterable[str], texts: list[str]) -> dict[str, str]:
    """Each field with one of `texts`."""
    return {field: texts[at % len(texts)] for at, field in enumerate(fields)}


def differ(texts: list[str]) -> bool:
    return len({" ".join(text.split()) for text in texts}) == len(texts)


several_words = st.lists(words, min_size=5, max_size=5).filter(differ)


def test_every_field_of_words_stands_in_the_html_and_in_the_text() -> None:
    """What one half of an email says, the other half says too."""
    made = with_stand_ins()

    assert {STAND_INS[word] for word in _STAND_IN.findall(made.html)} == set(STAND_INS.values())
    in_text = {STAND_INS[word] for word in _STAND_IN.findall(made.text)}
    assert in_text == set(STAND_INS.values()) - NOT_IN_TEXT


@any_email
@given(texts=several_words, turn=st.integers(0, 4))
@example(texts=["{{ 7*7 }}", "<script>alert(1)</script>", "*|A|*", "&amp;", '"\\'], turn=0)
def test_any_words_in_any_plain_field_come_out_as_typed(texts: list[str], turn: int) -> None:
    lines = in_turn(LINE_FIELDS, texts[turn:] + texts[:turn])
    typed = lines | {field: stand_in(field) for field in MARKDOWN_FIELDS}

    assert_unharmed(typed, typed, "after")


@pytest.mark.parametrize("text", [*HOSTILE, "'", '"', "0", "~", "null", "[a](https://b.org/)"])
def test_hostile_words_in_every_plain_field_come_out_as_typed(text: str) -> None:
    """One hostile text in all fields at once; the title differs, as it does from a publication."""
    typed = dict.fromkeys(LINE_FIELDS, text)
    typed |= {field: stand_in(field) for field in MARKDOWN_FIELDS} | {"title": f"A {text}"}

    assert_unharmed(typed, typed, "references")


@any_email
@given(texts=several_words)
def test_any_words_put_through_escape_come_out_of_markdown_as_typed(texts: list[str]) -> None:
    values = {field: stand_in(field) for field in LINE_FIELDS} | in_turn(MARKDOWN_FIELDS, texts)
    typed = {
        field: escape(value) if field in MARKDOWN_FIELDS else value
        for field, value in values.items()
    }

    assert_unharmed(values, typed, "after")


@pytest.mark.parametrize("text", [*HOSTILE, "'", "0", "    code", "a  \nb", "a\n\nb", "1) a"])
def test_hostile_words_put_through_escape_come_out_of_markdown_as_typed(text: str) -> None:
    values = {field: stand_in(field) for field in LINE_FIELDS}
    values |= dict.fromkeys(MARKDOWN_FIELDS, text)
    typed = values | {field: escape(text) for field in MARKDOWN_FIELDS}

    assert_unharmed(values, typed, "after")


header_words = words.filter(lambda text: "=?" not in text)  # which is how headers are encoded


@any_text
@given(subject=header_words, sender=header_words)
@example(subject="A", sender="Réseau (RU)")
@example(subject="A", sender="Réseau <them@example.org>")
@example(subject="A", sender="A – B: C")
@example(subject="A", sender="א;, :")
@example(subject="A", sender="{{ 7*7 }}{{ 7*7 }}{% for x in y %}a:#fff;background-color:#fff")
def test_any_subject_and_sender_read_back_from_the_message(subject: str, sender: str) -> None:
    """From email.eml, by a mail program; white space counts as one space."""
    issue = {"title": "A", "date": "2024", "subject": subject, "entries": ["Words"]}
    result = build_text(as_yaml(issue), {"sender": sender, "sender_email": "us@example.org"})

    def read(header: str) -> str:
        return " ".join(str(make_header(decode_header(header))).split())

    head = message_from_bytes(result.eml())
    name, address = parseaddr(head["From"].replace("\r\n", ""))
    assert (read(name), address) == (" ".join(sender.split()), "us@example.org")
    assert read(head["Subject"].replace("\r\n", "")) == " ".join(subject.split())


# --- Markdown that was not escaped --------------------------------------------------------------

MARKDOWN = (
    "[x](javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,hi)",
    "[x](JAVASCRIPT:alert(1))",
    "[x](<https://example.org/\"onload=\"x>)",
    '[x](https://example.org/ "title\\" onload=x")',
    "[x](https://example.org/?a=b&c=d)",
    "[x](https://user:pass@example.org:99/)",
    "[x](//example.org)",
    "[x](#s1)",
    "[x]([[unsubscribe]])",
    "[[unsubscribe]](https://example.org/[[unsubscribe]])",
    "[x](mailto:a@b.org)",
    "[x][a]",
    "\n\n[a]: javascript:alert(1)\n\n",
    "\n\n[a]: https://example.org/\n\n",
    "<javascript:alert(1)>",
    "<https://example.org/>",
    "<b onclick=x>",
    "<iframe src=x>",
    "![x](https://example.org/a.png)",
    "**", "*", "_", "`", "~~~", "```", "    ", "\n\n", "\n", "  \n", "\\\n", "\n- ", "\n1. ",
    "\n> ", "\n# ", "\n---\n", "\n===\n", "\n| a | b |\n|---|---|\n", ">" * 120, "- " * 120,
    "[" * 60, "*a" * 60,
)  # fmt: skip
markdown = st.lists(pieces | st.sampled_from(MARKDOWN), min_size=1, max_size=6).map("".join)
MADE_OF_MARKDOWN = {"p", "ul", "ol", "li", "blockquote", "em", "strong", "a", "br"}
OUR_FAULTS = {"template", "mjml", "words-lost", "value", "yaml"}


def with_markdown(text: str) -> Result:
    """What comes of an issue that has `text` in its Markdown fields."""
    entries = [{"title": "A title", "text": text}]
    issue = {"title": "A", "date": "2024", "intro": text, "entries": entries}
    return build_text(as_yaml(issue), {"links": {"unsubscribe": "https://example.org/leave"}})


@cache
def harmless() -> list[tuple[str, dict[str, str], str, str]]:
    made = with_markdown("[words](https://example.org/)").email
    assert made is not None
    return everything(made.html)


@any_file
@given(text=markdown)
@example(text=">" * 120 + " a")
@example(text="- " * 120 + "a")
def test_any_markdown_is_either_refused_or_harmless(text: str) -> None:
    """No element, attribute or address comes out that our templates and Markdown do not make."""

    result = with_markdown(text)

    assert OUR_FAULTS.isdisjoint(problem.code for problem in result.problems)
    if result.email is None:
        assert result.problems != ()
        return
    plain = harmless()
    known = {tag for tag, *_ in plain} | MADE_OF_MARKDOWN
    attributes = {name for _, names, *_ in plain for name in names}
    made = everything(result.email.html)
    assert {tag for tag, *_ in made} - known == set()
    # `title` and `start` are Markdown's own: of a link, and of a numbered list.
    assert {name for _, names, *_ in made for name in names} - attributes <= {"title", "start"}
    for _, names, *_ in made:
        assert re.match("(https?:|mailto:|tel:|#)", names.get("href", "#"), re.IGNORECASE)


# --- platforms' tags ----------------------------------------------------------------------------

TAGS = (
    "*|UNSUB|*",
    "{{ unsubscribe }}",
    '{{ unsubscribe_url | default: "y" }}',
    "{$unsubscribe}",
    "%UNSUBSCRIBELINK%",
    "[[X_URL]]",
    "<unsubscribe>",
    "[unsubscribe]",
    "((unsubscribe link))",
    "{% unsubscribe %}",
    "${unsub}",
    "@@unsub@@",
    "%%unsubscribe%%",
    "%\\1 \\g<0> &amp; 'x'%",
)
LEAVE, ONLINE = "https://leave.example.org/", "https://online.example.org/"


def tagged(leave: str, online: str, text_links: str) -> Email:
    """An email with two tags in a text, and the same typed as prose."""
    text = "[Leave now]([[unsubscribe]]), [read]([[view_online]]), but: [[unsubscribe]] stays."
    row = {"url": "[[view_online]]", "title": "Read it"}
    issue = {"title": "A", "date": "2024", "entries": [{"text": text, "links": [row]}]}
    links = {"unsubscribe": leave, "view_online": online}
    return email_of(issue, {"links": links, "text_links": text_links})


def assert_filled_in(leave: str, online: str, text_links: str) -> None:
    plain = tagged(LEAVE, ONLINE, text_links)
    made = tagged(leave, online, text_links)

    def swapped(text: str) -> str:
        given = {LEAVE: leave, ONLINE: online}
        return re.sub("|".join(given), lambda match: given[match[0]], text)

    assert plain.html.count(f'href="{LEAVE}"') == 2
    assert plain.html.count(f'href="{ONLINE}"') == 3
    assert plain.text.count(LEAVE) == 2
    assert "but: [[unsubscribe]] stays." in document(plain.html).text_content()
    assert "but: [[unsubscribe]] stays." in " ".join(plain.text.split())
    assert made.html == swapped(plain.html)
    assert unfolded(made.text) == unfolded(swapped(plain.text))


def unfolded(text: str) -> str:
    """Plain text in which no address stands on a line of its own because it is a long one."""
    return text.replace("\n<", " <")


@pytest.mark.parametrize("text_links", ["after", "references", "markdown"])
@pytest.mark.parametrize("tag", TAGS)
def test_a_platforms_tag_comes_out_byte_for_byte(tag: str, text_links: str) -> None:
    """In the footer, and where an editor's own link asks for it."""
    assert_filled_in(tag, ONLINE, text_links)
    assert_filled_in(LEAVE, tag, text_links)


@any_email
@given(tag=words.map("*|x{}|*".format), other=words.map("{{{{ x {} }}}}".format))
def test_any_text_that_is_taken_for_a_tag_comes_out_byte_for_byte(tag: str, other: str) -> None:
    for text in (tag, other):
        try:
            LinkOrTag.parse(text)
        except Faults:
            assume(False)
        assume(not re.match("(https?|mailto):", text, re.IGNORECASE))

    assert_filled_in(tag, other, "after")


# --- addresses ----------------------------------------------------------------------------------

# What is typed or pasted into an address has no white space in it.
solid = words.map(lambda text: "".join(text.split())).filter(bool)
hosts = st.sampled_from(
    ["example.org", "münchen.example", "a.b:8080", "u:p@a.b", "x[[unsubscribe]].b.c", "[::1].b"]
)
addresses = st.one_of(
    st.builds(
        lambda scheme, host, between, rest: f"{scheme}://{host}{between}{rest}",
        st.sampled_from(["https", "http", "HTTPS", "Http"]),
        hosts,
        st.sampled_from(["/", "?", "#", "/?a=", ""]),
        solid,
    ),
    st.builds(lambda rest: f"mailto:us@example.org{rest}", solid),
    st.builds(lambda rest: f"tel:{rest}", st.from_regex(r"\+?[\d().\-]{3,12}", fullmatch=True)),
    st.builds(lambda rest: f"tel:0800{rest}", solid),
)


def accepted(text: str) -> bool:
    try:
        Url.parse(text)
    except Faults:
        return False
    return True


def in_markdown(words: str, address: str) -> str:
    return f"[{words}](<" + re.sub(r"([\\<>&])", r"\\\1", address.strip()) + ">)"


@any_email
@given(
    typed=st.lists(addresses.filter(accepted), min_size=1, max_size=4),
    text_links=st.sampled_from(["after", "references", "markdown"]),
)
@example(typed=["https://a.b/" + "long/" * 60], text_links="after")
@example(typed=["https://a.b/c(d)_{e}|f|\\g^h`i\"j'k<l>m&n;o=p%20q%zz"], text_links="markdown")
@example(typed=["https://a.b/[[unsubscribe]]"], text_links="references")
@example(typed=["tel:0-0-0"], text_links="after")
def test_an_address_comes_out_as_it_was_read(typed: list[str], text_links: str) -> None:
    """As the target of a link, and unbroken on one line of the plain text."""
    wanted = [str(Url.parse(address)) for address in typed]
    entries = [
        {
            "text": f"See {in_markdown('Words', address)}.",
            "links": [{"url": address, "title": "Title"}],
        }
        for address in typed
    ]
    support = [{"name": "Helpers", "url": address} for address in typed]
    shared = {"text_links": text_links, "support": support}
    made = email_of({"title": "A", "date": "2024", "entries": entries}, shared)

    page = document(made.html)
    assert page.xpath("//a/@href") == [a for a in wanted for _ in range(2)] + wanted
    shown = [address.removeprefix("mailto:") for address in wanted]
    lines, joined = made.text.split("\n"), "".join(made.text.split())
    unbroken = [sum(line.count(address) for line in lines) for address in shown]
    assert unbroken == [joined.count(address) for address in shown]
    assert 0 not in unbroken


# --- the reader ---------------------------------------------------------------------------------

TYPE_NAMES = (
    "NoneType", "Traceback", "<class", "dict", "tuple", "`str`", "`int`", "`object`", "`array`",
    "`null`", "object at 0x", "Error(",
)  # fmt: skip
FULL = as_yaml(full_issue(stand_in)).replace("], ", "],\n").replace("}, ", "},\n")
ISSUES = (
    SAMPLE.read_text(encoding="utf-8"),
    FULL,
    "title: A & B\ndate: 2024-04\nlead:\n  title: 'Lead'\n  entries:\n    - text: >-\n"
    "        Words with a [link](https://example.org/).\n      closes: 2024-05-23\n"
    "      image:\n        src: https://example.org/a.png\n        alt: ''\n"
    'sections:\n  - title: "One"\n    entries:\n      - |\n        Words.\n\n        More.\n'
    "      - title: Two\n        links:\n          - url: mailto:us@example.org\n"
    "            label: Write\n",
)
YAML = (
    "title: ", "date: 2024", "entries:", "sections:", "  - ", "- ", "\n", "\n  ", "\n    ", "'",
    '"', "[", "]", "{", "}", "|", ">", ">-", "|2", "&a ", "*a", "!!str ", "!x ", "#", " #x", ": ",
    ":", "? ", "---", "...", "\t", "%YAML 1.1\n", "@", "`", ",", "<<: ", "~", "\\", '"\\x', '\\r"',
    '"\\u2028"', "\r", "\r\n", "\ufeff", "\x00", "\x85", "\u2028", "\ud800", "\ufffe", "intro: ",
    '"a\\r\\r# b"', "    `code`", "![x](y)",
)  # fmt: skip
yaml_like = st.lists(
    st.sampled_from(YAML) | st.text(max_size=4) | st.sampled_from(HOSTILE), max_size=14
).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """One of the issues with a few characters and lines lost, doubled, added or changed."""
    text = draw(st.sampled_from(ISSUES))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        new = draw(st.sampled_from(YAML) | st.text(max_size=3))
        lines = text.split("\n")
        row = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("insert", "delete", "replace", "line", "double", "indent")))
        if kind == "insert":
            text = text[:start] + new + text[start:]
        elif kind == "delete":
            text = text[:start] + text[start + draw(st.integers(1, 8)) :]
        elif kind == "replace":
            text = text[:start] + new + text[start + 1 :]
        else:
            changed = {"line": [], "double": [lines[row]] * 2, "indent": [" " + lines[row]]}
            text = "\n".join([*lines[:row], *changed[kind], *lines[row + 1 :]])
    return text


def faults_of(problems: Iterable[Problem], text: str) -> Iterator[str]:
    """What is wrong with problems of a file that holds `text`."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in problems:
        mark = problem.mark
        if problem.path != "issue.yaml" or problem.code in OUR_FAULTS:
            yield f"is not the editor's: {problem}"
        if mark and not (
            1 <= mark.line <= len(lines) and 1 <= mark.column <= len(lines[mark.line - 1]) + 1
        ):
            yield f"is outside the file: {problem}"
        elif mark and problem.excerpt != lines[mark.line - 1]:
            yield f"shows another line: {problem}"
        said = problem.message + problem.hint
        if any(name in said and name not in text for name in TYPE_NAMES):
            yield f"speaks of types: {problem}"


def assert_read(text: str) -> None:
    """A file with `text` is read, loaded and built, or the reasons against it are sound."""
    source = parse(text, "issue.yaml")
    assert list(faults_of(source.problems, text)) == []
    for kind in (Issue, Settings):
        value, problems = load(source, kind)
        assert list(faults_of(problems, text)) == []
        assert value is not None or problems != []
    if re.search("[\ud800-\udfff]", text):
        return  # no file can hold them
    result = build_text(text)
    named = [problem._replace(path=Path(problem.path).name) for problem in result.problems]
    assert list(faults_of(named, text)) == []
    assert result.email is not None or result.problems != ()


@any_file
@given(text=st.text() | yaml_like)
@example(text="")
@example(text="\ufeff")
@example(text="title: ''\ndate: 2024\nentries: [a]")
@example(text='title: "\\_"\ndate: 2024\nentries: [a]')
@example(text='title: a\ndate: 2024\nsections: [{title: "\\_", entries: [a]}]')
@example(text='title: "a\\rb"\ndate: 2024\nentries: [a]')
@example(text='title: "a\\u2028b"\ndate: 2024\nentries: [a]')
@example(text='title: a\ndate: 2024\nintro: "a\\r\\r# b"\nentries: [a]')
@example(text='title: "a\u2028b"\ndate: 2024\nentries: [a]\nx: y')
@example(text="title: a\n\u2028")
@example(text='"\\')
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert_read(text)


@any_file
@given(text=mutated())
def test_an_issue_with_slips_in_it_is_read_or_refused_in_words(text: str) -> None:
    assert_read(text)


@any_text
@given(text=words, field=st.sampled_from(["date", "language", "layout", "theme", "closes", "url"]))
def test_any_value_of_a_field_with_rules_is_read_or_refused_in_words(text: str, field: str) -> None:
    entry = {"text": "Words", "closes": "2024", "links": [{"url": "https://a.b/", "title": "c"}]}
    issue = {"title": "A", "date": "2024", "entries": [entry]}
    if field == "closes":
        entry["closes"] = text
    elif field == "url":
        entry["links"] = [{"url": text, "title": "c"}]
    else:
        issue[field] = text

    assert_read(as_yaml(issue))


@any_text
@given(
    raw=st.binary(max_size=40) | st.builds(lambda a, b: a.encode("utf-16") + b, words, st.binary())
)
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    try:
        result = build_text(raw)
    except NewsletterError as error:  # pragma: no cover
        raise AssertionError("build lets an error through") from error
    assert result.email is not None or result.problems != ()


# --- YAML's own forms of a text -----------------------------------------------------------------

_LINE_ENDS = re.compile("[\n\r\x85\u2028\u2029]")


def read_back(written: str) -> object:
    source = parse(f"first: 1\nkey: {written}\nlast: 2\n", "issue.yaml")
    assert source.problems == ()
    assert isinstance(source.data, dict)
    assert {key: source.data[key] for key in ("first", "last")} == {"first": "1", "last": "2"}
    return source.data["key"]


def single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@any_text
@given(text=words | st.just(""))
def test_any_text_in_quotes_reads_back_as_typed(text: str) -> None:
    """Within single quotes a line end would be folded, so there it is left out."""
    line = _LINE_ENDS.sub("", text)

    assert read_back(as_yaml(text)) == text
    assert read_back(single_quoted(line)) == line


@any_text
@given(lines=st.lists(words.map(lambda text: _LINE_ENDS.sub("", text)), min_size=1, max_size=4))
def test_any_text_in_a_block_reads_back_as_typed(lines: list[str]) -> None:
    """Blocks keep lines, folded ones too; both are told their indentation."""
    block = "".join(f"\n    {line}" for line in lines)
    folded = [line.strip(" \t") or "x" for line in lines]
    folded_block = "".join(f"\n    {line}" for line in folded)

    assert read_back(f"|4-{block}") == "\n".join(lines)
    assert read_back(f"|4{block}") == "\n".join(lines) + "\n"
    assert read_back(f">-{folded_block}") == "\n".join(folded)


LOOK_LIKE_OTHERS = (
    "No", "yes", "on", "2024", "1.10", "12:30", "2024-04-01", "2024-04-01T12:30:00Z", "0x1f",
    "0o17", "017", "~", "null", "Null", "true", "False", "1_000", ".inf", "-.inf", ".nan", "1e3",
    "+1", "-0", "=", "<<", "116 000",
)  # fmt: skip


@pytest.mark.parametrize("text", LOOK_LIKE_OTHERS)
def test_a_title_that_looks_like_something_else_stays_text(text: str) -> None:
    source = f"title: {text}\ndate: 2024\nsections:\n  - title: {text}\n    entries: [{text}]\n"
    made, problems = load(parse(source, "issue.yaml"), Issue)

    assert problems == []
    assert made is not None
    assert (made.title, made.sections[0].title) == (text, text)
    assert made.sections[0].entries[0].text == text


# --- places -------------------------------------------------------------------------------------

MARKER = "Here"


def escaped(text: str, which: list[bool]) -> str:
    """`text` in double quotes, with the characters that `which` names as escapes."""
    out = []
    for character, escape_it in zip(text, which * len(text), strict=False):
        number = ord(character)
        code = f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
        code = f"\\U{number:08x}" if number > 0xFFFF else code
        out.append(code if escape_it else as_yaml(character)[1:-1])
    return '"' + "".join(out) + '"'


@st.composite
def placed(draw: st.DrawFn) -> tuple[str, str]:
    """A text with the marker word in it, and a YAML scalar of it in one of the styles."""
    style = draw(st.sampled_from(["plain", "single", "double", "literal", "folded"]))
    simple = st.text("abcäé漢\u00a0\U0001f44d", min_size=1, max_size=5)
    given = draw(st.lists(simple if style == "plain" else words, max_size=6))
    parts = [part for text in given for part in re.split("[ \t\n\r\x85\u2028\u2029]+", text)]
    parts = [part for part in parts if part and MARKER not in part]
    at = draw(st.integers(0, len(parts)))
    parts.insert(at, MARKER)
    breaks = draw(st.lists(st.booleans(), min_size=len(parts), max_size=len(parts)))
    between = ["\n        " if new_line else " " for new_line in breaks]
    lines = "".join(a + b for a, b in zip(parts, between, strict=True)).rstrip(" \n")
    if style in ("literal", "folded"):
        header = "|4-" if style == "literal" else ">-"
        return lines.replace("\n        ", "\n"), f"{header}\n        {lines}"
    text = " ".join(parts)
    if style == "single":
        return text, single_quoted(lines)
    if style == "double":
        which = draw(st.lists(st.booleans(), min_size=1, max_size=9))
        hidden = [escaped(part, which)[1:-1] if part != MARKER else part for part in parts]
        return text, '"' + "".join(a + b for a, b in zip(hidden, between, strict=True)).rstrip(
            " \n"
        ) + '"'
    return text, lines


def words_at_marker(written: str, text: str, before: str = "first: 1\n") -> str:
    """What stands in the file where the marker word of `text` is said to be."""
    source = parse(f"{before}key:\n  - a: {written}\nlast: 2\n", "issue.yaml")
    node = source.node(("key", 0, "a"))
    assert node is not None
    assert node.text == text
    mark = source.inside(("key", 0, "a"), text.index(MARKER))
    return source.excerpt(mark)[mark.column - 1 :][: len(MARKER)]


@any_file
@given(both=placed())
@example(both=("\u00a0 Here", '"\\u00a0 Here"'))
@example(both=("\u00a0 Here", '"\\xa0 Here"'))
@example(both=("a  Here", '"a\\x20 Here"'))
@example(both=("a b Here", '"a \\\n        b Here"'))
@example(both=("''x Here", "'''''x Here'"))
def test_a_place_inside_a_text_is_found_in_the_file(both: tuple[str, str]) -> None:
    text, written = both

    assert words_at_marker(written, text) == MARKER


@pytest.mark.parametrize("label", ["&a ", "!!str "])
@pytest.mark.parametrize("written", ["'a Here'", '"a Here"', "a Here", "|-\n        a Here"])
def test_a_place_is_found_inside_a_text_with_a_label(label: str, written: str) -> None:
    assert words_at_marker(label + written, "a Here") == MARKER


def test_a_place_is_found_below_a_line_that_was_mended() -> None:
    """The reader mends its copy of the first line with quotes; places are the editor's."""
    assert words_at_marker("a Here", "a Here", before="first: @1\n") == MARKER
