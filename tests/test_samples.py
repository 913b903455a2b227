"""The samples: built again, they are sample_output/ byte for byte."""

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

import pytest

from newsletter.build import Result, Weight, build
from newsletter.lookup import Templates
from newsletter.project import open_project
from newsletter.render import GMAIL_LIMIT, link_addresses
from newsletter.write import write

ROOT = Path(__file__).parent.parent
ISSUES = sorted((ROOT / "issues").glob("*.yaml"))
CASES = pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)


def _result(path: Path) -> Result:
    return build(path, open_project(ROOT))


@CASES
def test_a_sample_has_no_problems(path: Path) -> None:
    assert _result(path).problems == ()


@CASES
def test_a_sample_is_built_as_it_stands_in_sample_output(
    path: Path, request: pytest.FixtureRequest
) -> None:
    """`pytest --update` rewrites sample_output/; the difference is then read in review."""
    folder = ROOT / "sample_output" / path.stem
    files = _result(path).files
    if request.config.getoption("--update"):
        write(folder, files)
    assert {name: (folder / name).read_bytes() for name in files} == files


@CASES
def test_a_sample_weighs_little_more_than_its_words(path: Path) -> None:
    weight = _result(path).weight
    assert weight
    assert weight.html <= weight.budget
    assert weight.html < GMAIL_LIMIT


@pytest.mark.parametrize("layout", Templates().layouts())
def test_a_round_up_weighs_little_more_than_its_words_in_every_layout(
    layout: str, tmp_path: Path
) -> None:
    words = (ROOT / "issues" / "2024-04-round-up.yaml").read_text("utf-8")
    path = tmp_path / "one.yaml"
    path.write_text(re.sub("^layout: .*", f"layout: {layout}", words, flags=re.MULTILINE), "utf-8")
    result = build(path, open_project(ROOT))
    assert result.issue
    assert result.weight
    assert result.issue.layout == layout
    assert result.weight.html <= result.weight.budget


def test_the_weight_tells_what_there_is_room_for(folder: Path) -> None:
    """Ten entries more than there was room for are cut off; as many as there was room for fit."""

    def weight(entries: int) -> Weight:
        path = folder / "issues" / "one.yaml"
        sentence = "  - A sentence of the usual length, with [a link](https://example.org/page).\n"
        path.write_text("title: T\ndate: 2024\nentries:\n" + sentence * entries)
        result = build(path, open_project(folder))
        assert result.weight
        return result.weight

    some = weight(200)
    assert some.html < GMAIL_LIMIT
    assert weight(200 + some.room - 10).html < GMAIL_LIMIT
    assert weight(1000).html > GMAIL_LIMIT
    assert weight(1000).room == 0
    assert some.budget == 2 * some.words_and_links + 8192
    # The sentence, its address and a line end are what an entry adds.
    assert weight(201).words_and_links - some.words_and_links == 45 + 24 + 1


@CASES
def test_no_line_of_a_sample_is_too_long_for_a_server(path: Path) -> None:
    files = _result(path).files
    for name in ("email.html", "email.txt"):
        assert max(len(line) for line in files[name].split(b"\n")) <= 998


@CASES
def test_the_plain_text_is_wrapped_with_every_address_whole(path: Path) -> None:
    made = _result(path).email
    assert made
    for line in made.text.split("\n"):
        assert len(line) <= 72 or re.fullmatch(r"\S*<?https?://\S+", line), line
    in_html = {url for url in link_addresses(made.html) if url.startswith("http")}
    in_text = set(re.findall(r"https?://[^\s>]+", made.text))
    assert in_html == in_text
    assert "\u00a0" not in made.text
    assert not re.search(r"&[a-z]+;|&#\d+;", made.text)


@CASES
def test_the_message_holds_both_parts_text_first(path: Path) -> None:
    result = _result(path)
    assert result.email
    parsed = email.message_from_bytes(result.eml(), policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    text, html = parsed.iter_parts()
    assert parsed.get_content_type() == "multipart/alternative"
    parts = list(html.iter_parts()) if result.images else [html]
    html, pictures = parts[0], parts[1:]
    assert [part.get_content() for part in pictures] == list(result.images.values())
    assert parsed["Subject"] == result.email.subject
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    assert [part["Content-Transfer-Encoding"] for part in (text, html)] == ["quoted-printable"] * 2
    assert text.get_content().replace("\r\n", "\n") == result.email.text
    page = html.get_content().replace("\r\n", "\n").removesuffix("\n")
    for part, name in zip(pictures, result.images, strict=True):
        page = page.replace(f"cid:{part['Content-ID'].strip('<>')}", name)
    assert page == result.email.html
    assert max(len(line) for line in result.eml().split(b"\r\n")) <= 78


def test_the_round_up_holds_every_entry_and_link_of_its_document() -> None:
    result = _result(ROOT / "issues" / "2024-04-round-up.yaml")
    assert result.issue
    assert len(result.issue.all_entries) == 48
    assert result.issue.link_count == 58
    assert [section.title for section in result.issue.sections] == [
        "Child Criminal Exploitation (CCE)",
        "Child Exploitation",
        "Child Sexual Abuse (CSA) and Exploitation (CSE)",
        "Children’s Social Care",
        "Cost of Living",
        "Disadvantage",
        "Education",
        "LGBTQ+",
        "Missing",
        "Online Safety & Online Harms",
        "Safeguarding",
        "Substance Misuse",
        "Youth Justice",
        "Youth Violence",
        "Other",
    ]
