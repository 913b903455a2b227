"""The README's way from what an editor has to an issue, run as it stands there.

The web is a little one on this machine; all else is real.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsletter.cli import newsletter
from newsletter.live import fetch
from newsletter.live.fetch import Network
from tests.conftest import PRIVACY, SETTINGS
from tests.web import HERE, Web, trust
from tests.word_files import document, item, link, paragraph

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")

WORD = document(
    paragraph("Safeguarding Monthly", style="Titel"),
    paragraph("April 2024"),
    paragraph("Neglect", style="berschrift1"),
    paragraph("The charity has published ", link("a report on neglect", "a"), "."),
    paragraph("A trust has a ", link("survey of foster carers", "b"), "."),
    paragraph("Online Safety", style="berschrift1"),
    item("The watchdog has ", link("help with sextortion", "c"), "."),
    item("A course for schools begins in May."),
    targets={
        "a": "https://example.org/neglect?utm_source=april",
        "b": "https://example.org/carers",
        "c": "https://example.org/sextortion",
    },
)
OPML = """\
<opml version="2.0"><body>
<outline text="Example Trust" xmlUrl="https://example.org/feed"/>
<outline text="Example Watch" xmlUrl="https://watch.example.org/feed"/>
<outline text="Example Courts" xmlUrl="https://courts.example.org/feed"/>
</body></opml>
"""
FEED = """\
200 <?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>
<link>https://example.org/</link>{items}</channel></rss>"""
ITEM = """\
<item><title>{title}</title><link>https://{host}/{slug}</link>
<pubDate>{day} 09:00:00 +0000</pubDate><description>{title}, in a sentence.</description></item>"""
PAGE = """\
200 <html lang="en"><head><title>{title} | {site}</title>
<meta property="og:site_name" content="{site}">
<meta property="article:published_time" content="2024-05-09T08:00:00Z">
<meta name="description" content="What the page says of it in one sentence."></head>
<body><h1>{title}</h1></body></html>"""

WEB = {
    "https://example.org/feed": FEED.format(
        name="Example Trust",
        items=ITEM.format(
            title="New figures on neglect",
            host="example.org",
            slug="figures",
            day="Thu, 02 May 2024",
        )
        + ITEM.format(
            title="A report on neglect", host="example.org", slug="neglect", day="Tue, 09 Apr 2024"
        ),
    ),
    "https://watch.example.org/feed": FEED.format(
        name="Example Watch",
        items=ITEM.format(
            title="Sextortion: what parents ask",
            host="watch.example.org",
            slug="parents",
            day="Fri, 03 May 2024",
        ),
    ),
    "https://courts.example.org/feed": "410 gone",
    "https://example.org/guide": PAGE.format(title="A guide to group chats", site="Example Trust"),
    "https://watch.example.org/study": PAGE.format(title="What children see", site="Example Watch"),
}
ADDRESSES = """\
https://example.org/guide?utm_source=x
https://watch.example.org/study
https://example.org/sextortion
"""


def _steps() -> list[tuple[str, str]]:
    """The commands of the section, each with what it prints."""
    section = README.partition("## From what you have")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```console\n(.*?)```", section, re.DOTALL)
    return re.findall(r"^\$ newsletter (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)


def test_what_the_readme_does_with_what_an_editor_has_comes_out_as_it_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("newsletter.yaml").write_text(SETTINGS + PRIVACY)
    Path("April round-up.docx").write_bytes(WORD)
    Path("feeds.opml").write_text(OPML)
    steps = _steps()
    assert len(steps) == 5
    with Web(WEB) as web:
        monkeypatch.setattr(fetch, "NETWORK", Network(web.resolve, frozenset({HERE}), trust()))
        for command, expected in steps:
            command, _, given = command.partition(" < ")
            arguments = [one.strip('"') for one in re.findall(r'"[^"]+"|\S+', command)]
            result = CliRunner().invoke(newsletter, arguments, input=ADDRESSES if given else None)
            assert result.output == expected, command
    built = CliRunner().invoke(newsletter, ["build", "2024-05"])
    assert built.exit_code == 0
    text = (folder / "output" / "2024-05-round-up" / "email.txt").read_text("utf-8")
    assert "A guide to group chats" in text
