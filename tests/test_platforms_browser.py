"""What readers see of an email after its mailing platform has done to it what it does.

On every platform: the layout at 375 and 1280 pixels, contrast, sizes, room between lines, headings,
links with their words and addresses, every letter, no tag left, the weight, and axe. Not on all:

- Colours for dark screens and sizes for phones, where the email's own `<style>` survives. Emails
  without it are looked at in the dark in test_browser.py; in a template, dark is its own matter.
- The 600 pixels in the middle of the page, where the page is the email's own. In a template they
  are 600, or all that the template has.
- Jumps to a section, where there is one: a compose window loses the names that are jumped to, and
  GOV.UK Notify knows none.

Pages that are the same but for comments, which no browser reads, and for addresses of links, which
are compared in each, are looked at once.
"""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import lxml.html
import pytest
from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from newsletter.build import Result, on, rendered
from newsletter.compose import Email
from newsletter.platforms import shapes
from newsletter.platforms.profile import Profile
from newsletter.platforms.shapes import markdown
from newsletter.project import Project, open_project
from newsletter.render import GMAIL_LIMIT
from tests.spoiling import Spoilt, long_address, sent_from_a_mailbox, spoilt, with_values
from tests.test_browser import ADDRESS, AXE, MEASURES, Scheme
from tests.test_inbox_emails import PICTURES, ROOT, TESTS

SAMPLES = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "issues").glob("*.yaml"))}
EMAILS = {
    **SAMPLES,
    "everything": f"layout: bulletin\n{(TESTS / 'test_inbox_mixed.yaml').read_text('utf-8')}",
    "arabic": f"layout: roundup\n{(TESTS / 'test_inbox_ar.yaml').read_text('utf-8')}",
}
UPLOADED = "https://pictures.example.org"
HARDEST = ("campaign-monitor", "ghost", "keila", "mailchimp", "phplist")
"""Platforms that between them do all that is done; the samples are taken to every one."""
MORE_MEASURES = TESTS / "test_platforms.js"
WIDTHS = (375, 1280)
# Landmarks are the mail program's; the slow ones, contrast and underlines, are measured besides.
AXE_RULES = {
    "rules": {
        name: {"enabled": False}
        for name in ("region", "landmark-one-main", "color-contrast", "link-in-text-block")
    }
}


# --- the emails --------------------------------------------------------------------------------


class Given(NamedTuple):
    """An email as an editor takes it to a platform."""

    result: Result
    file: str  # the words of the one that is pasted
    profile: Profile
    email: Email

    @property
    def sent(self) -> str:
        """The file with words and addresses in place of tags."""
        return with_values(self.file, self.profile, self.email.preheader)


@cache
def neutral() -> dict[str, tuple[Result, Project]]:
    """Every email before it is made for a platform, with pictures at an address of the web."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copytree(ROOT / "issues" / "images", folder / "issues" / "images")
        for name, size in PICTURES.items():
            Image.new("RGB", size, "#4a6b78").save(folder / "issues" / "images" / f"{name}.png")
        settings = (ROOT / "newsletter.yaml").read_text("utf-8")
        (folder / "newsletter.yaml").write_text(f"{settings}\nimages_url: {UPLOADED}\n", "utf-8")
        project = open_project(folder)
        found = {}
        for name, issue in EMAILS.items():
            path = folder / "issues" / f"{name}.yaml"
            path.write_text(issue.replace("images_url: images", f"images_url: {UPLOADED}"), "utf-8")
            found[name] = rendered(path, project), project
    return found


def platforms() -> list[str]:
    return open_project(ROOT).platforms.names()


@cache
def given(name: str, platform: str) -> Given:
    result, project = neutral()[name]
    made = on(platform, result, project)
    assert made.neutral and made.supplied and made.email and made.profile, made.problems
    (file,) = shapes.files(made.neutral, made.profile, made.supplied).values()
    return Given(made, file.decode(), made.profile, made.email)


def pages(name: str, platform: str) -> list[Spoilt]:
    """What may become of an email on a platform."""
    email = given(name, platform)
    return spoilt(email.file, email.profile, email.email.preheader)


def body(page: str) -> Any:
    """The part of a page that is seen and that is the email's own."""
    found = lxml.html.document_fromstring(page).find("body")
    for other in found.xpath('//*[contains(@style, "display:none")]|//*[@data-platform]'):
        other.drop_tree()
    return (found.xpath('//*[@id="slot"]') or [found])[0]


def letters(page: str) -> str:
    """Every letter that is seen, in order."""
    return re.sub(r"\s+", "", body(page).text_content())


Links = list[tuple[str, str]]


def links(page: str) -> Links:
    """The words and the address of every link, in order."""
    found = body(page).xpath(".//a[@href]")
    return [(" ".join(link.text_content().split()), link.get("href")) for link in found]


# --- the browser -------------------------------------------------------------------------------


class Screen:
    """A browser's window: shows pages, and is asked what they look like."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.page = browser.new_page()
        self.pictures: Mapping[str, bytes] = {}
        elsewhere = BytesIO()
        Image.new("RGB", (800, 500), "#4a6b78").save(elsewhere, "PNG")
        self.elsewhere = elsewhere.getvalue()
        self.blocked = False
        self.page.route("**/*", self._answer)
        self.page.goto(ADDRESS)
        # Pages are written into this one, so that these are read once.
        self.page.add_script_tag(content=AXE)
        self.page.add_script_tag(path=MEASURES)
        self.page.add_script_tag(path=MORE_MEASURES)

    def show(self, html: str, pictures: Mapping[str, bytes], blocked: bool = False) -> None:
        self.pictures, self.blocked = pictures, blocked
        self.page.set_content(html)

    def look(self, width: int, scheme: Scheme = "light") -> None:
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.emulate_media(color_scheme=scheme)

    def ask(self, measure: str) -> Any:
        return self.page.evaluate(measure)

    def faults(
        self, html: str, pictures: Mapping[str, bytes], blocked: bool = False
    ) -> dict[str, Any]:
        """What is wrong with a page in the light, by where it is seen."""
        self.show(html, pictures, blocked)
        found: dict[str, Any] = {}
        for width in WIDTHS:
            self.look(width)
            found[f"{width} px"] = self.ask(f"platform.faults({json.dumps(blocked)})")
        found["axe"] = self.ask(f"inbox.violations({json.dumps(AXE_RULES)})")
        found["mode"] = self.ask("document.compatMode === 'CSS1Compat' ? [] : ['quirks']")
        return {place: faults for place, faults in found.items() if faults}

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if url == ADDRESS:
            route.fulfill(body="<!DOCTYPE html>", content_type="text/html")
        elif self.blocked:
            route.abort()
        else:
            name = url.rpartition("/")[2]
            picture = self.pictures.get(f"images/{name}", self.elsewhere)
            route.fulfill(body=picture, content_type="image/png")


@pytest.fixture(name="screen", scope="module")
def _screen(browser: Browser) -> Screen:
    return Screen(browser)


EVERY_EMAIL = pytest.mark.parametrize("name", EMAILS)


# --- pasted as code ----------------------------------------------------------------------------


@EVERY_EMAIL
def test_an_email_survives_what_platforms_do_to_it(screen: Screen, name: str) -> None:
    found: dict[str, Any] = {}
    seen: dict[str, dict[str, Any]] = {}
    for platform in platforms() if name in SAMPLES else HARDEST:
        email = given(name, platform)
        if email.profile.shape in ("markdown", "rendered_fragment"):
            continue
        counted = "rewrites-links" in email.profile.changes
        sent = [(words, long_address(to) if counted else to) for words, to in links(email.sent)]
        for page in pages(name, platform):
            looks = re.sub(r'(?s)<!--.*?-->|(?<=href=")https?://[^"]*', "", page.html)
            if looks not in seen:
                seen[looks] = _faults(screen, page, email, sent)
            faults = {
                **seen[looks],
                "links": [pair for pair in links(page.html) if pair not in sent],
                "tags": re.findall(email.profile.token_re, page.html),
                "weight": [size] if (size := len(page.html.encode())) > GMAIL_LIMIT else [],
            }
            found.setdefault(platform, {}).update({k: v for k, v in faults.items() if v})
    assert found == {platform: {} for platform in found}


def _faults(screen: Screen, page: Spoilt, email: Given, sent: Links) -> dict[str, Any]:
    found = screen.faults(page.html, email.result.images) | _lost(screen, email.sent, sent)
    if page.styled:
        size, *light = screen.ask("platform.dress()")
        screen.look(375, "dark")
        found["dark"] = screen.ask("inbox.lowContrast()")
        smaller, *dark = screen.ask("platform.dress()")
        if size == smaller or set(light) & set(dark):
            found["rules of <style>"] = [size, smaller, light, dark]
    return found


def _lost(screen: Screen, sent: str, linked: Links) -> dict[str, Any]:
    """The letters and links of what was sent, and those that are shown, where they differ."""
    shown = [(words, target) for words, target in screen.ask("platform.links()")]
    pairs = {"letters": (letters(sent), screen.ask("platform.letters()")), "shown": (linked, shown)}
    return {name: [had, has] for name, (had, has) in pairs.items() if had != has}


@EVERY_EMAIL
def test_a_template_engine_prints_the_comments_that_it_would_take_out(name: str) -> None:
    """What listmonk sends has all that Outlook reads, where it was."""
    printed, whole = (
        re.findall(r"(?s)<!--.*?-->", given(name, platform).sent)
        for platform in ("listmonk", "generic")
    )
    assert printed == whole != []


# --- copied from the browser -------------------------------------------------------------------


@pytest.fixture(name="copied", scope="module")
def _copied(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Opens a file in the browser, selects all, copies, and pastes it into an empty message."""
    path = tmp_path_factory.mktemp("opened") / "email.html"

    @cache
    def window(width: int, scheme: Scheme) -> tuple[Page, Page]:
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 800},
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.route("https://**", lambda route: route.abort())
        return context.new_page(), context.new_page()

    @cache
    def copied(page: str, width: int, scheme: Scheme) -> str:
        path.write_text(page, "utf-8")
        opened, compose = window(width, scheme)
        opened.goto(path.as_uri())
        opened.bring_to_front()
        opened.keyboard.press("Control+A")
        opened.keyboard.press("Control+C")
        compose.bring_to_front()
        compose.set_content('<!DOCTYPE html><div id="message" contenteditable></div>')
        compose.focus("#message")
        compose.keyboard.press("Control+V")
        return compose.inner_html("#message")

    return copied


@EVERY_EMAIL
def test_a_copied_email_arrives_whole(
    screen: Screen, copied: Callable[..., str], name: str
) -> None:
    """With all words and links, and only what is shown; pictures blocked or not."""
    email = given(name, "outlook-gmail")
    arrived = sent_from_a_mailbox(copied(email.file, 1280, "light"))
    found = {
        blocked: screen.faults(arrived, email.result.images, blocked) for blocked in (True, False)
    }
    assert found == {True: {}, False: {}}
    sent = re.sub(r'"(https://[^/"]+)"', r'"\1/"', email.sent)  # as a browser writes it
    assert _lost(screen, sent, links(sent)) == {}
    shown, sent = body(arrived), body(email.file)
    assert shown.xpath("//img/@src") == sent.xpath("//img/@src")
    assert shown.xpath("//*[@lang]/@dir") == [dict(sent.getparent().attrib)["dir"]]


@EVERY_EMAIL
def test_what_is_copied_does_not_depend_on_the_editors_window(
    copied: Callable[..., str], name: str
) -> None:
    file = given(name, "outlook-gmail").file
    assert copied(file, 375, "dark") == copied(file, 1280, "light")


# --- GOV.UK Notify -----------------------------------------------------------------------------


def notified(text: str) -> Any:
    """The email that GOV.UK Notify makes of Markdown, as a page.

    It has CommonMark's headings, lists and links, and lines that end where they are typed to; no
    emphasis, code or HTML; `^` in place of `>`; and lists whose signs need no space behind them.
    """
    reader = MarkdownIt("commonmark", {"breaks": True, "html": False})
    reader.disable(["emphasis", "backticks", "code", "fence", "image", "lheading", "entity"])
    text = re.sub(r"(?m)^(\d+\.|[*-])(?=\S)", r"\1 ", re.sub(r"(?m)^\^", ">", text))
    page = lxml.html.document_fromstring(reader.render(text))
    for heading in page.iter("h1", "h2"):
        heading.tag = {"h1": "h2", "h2": "h3"}[heading.tag]
    return page


@EVERY_EMAIL
def test_markdown_has_every_word_and_link_of_the_email(name: str) -> None:
    """In their order, as headings, items, links and words; only pictures cannot be sent."""
    email = given(name, "govuk-notify")
    sent = body(email._replace(file=email.email.html).sent)
    for jump in sent.xpath('//a[starts-with(@href, "#")]'):
        jump.drop_tag()
    assert _seen(notified(email.sent)) == _seen(sent)


def test_a_line_of_markdown_that_begins_like_a_list_is_none() -> None:
    lines = ["1.5 million children", "-5 degrees<br>#tag", "2. of May<br>* and", "12-year-olds"]
    page = notified(markdown.shaped("".join(f"<p>{line}</p>" for line in lines)))
    shown = [lxml.html.tostring(line, encoding="unicode").strip() for line in page[0]]
    assert shown == [f"<p>{line}</p>".replace("<br>", "<br>\n") for line in lines]


class _Seen(NamedTuple):
    headings: list[tuple[int, str]]
    items: list[str]
    insets: str
    links: list[tuple[str, str]]
    letters: str


def _seen(page: Any) -> _Seen:
    """What a page says, as far as GOV.UK Notify can: two levels of headings, one of lists."""

    def words(*texts: str) -> str:
        return re.sub(r"\s+", "", "".join(texts))

    # An item is its first paragraph, without the list that may be inside it.
    own = "(p[1]//text() | self::*[not(p)]//text())[count(ancestor::li) = $depth]"
    level = {"h1": 1, "h2": 1, "h3": 2}
    return _Seen(
        [(level[heading.tag], words(heading.text_content())) for heading in page.iter(*level)],
        [
            words(*item.xpath(own, depth=len(item.xpath("ancestor-or-self::li"))))
            for item in page.iter("li")
        ],
        words(*page.xpath('//*[name() = "blockquote" or @role="blockquote"]//text()')),
        [(words(link.text_content()), link.get("href")) for link in page.xpath("//a[@href]")],
        words(page.text_content()),
    )


# --- the measures themselves -------------------------------------------------------------------

SPOILED = {
    "outside": "h1.style.width = '700px'",
    "notInColumn": "sections.forEach(({ style }) => { style.maxWidth = '500px' })",
    "cramped": "p.style.lineHeight = '1'",
    "notUnderlined": "a.style.textDecoration = 'none'",
    "empty": "p.textContent = ''",
}


@pytest.mark.parametrize("measure", SPOILED)
def test_a_measure_tells_of_what_is_spoiled(screen: Screen, measure: str) -> None:
    page, *_ = [page for page in pages("2025-01-bulletin", "phplist") if not page.document]
    screen.show(page.html, {})
    screen.look(1280)
    before = screen.ask(f"platform.{measure}()")
    screen.ask(f"""() => {{
        const [h1, a, p] = ["h1", "a", "p"].map(name => document.querySelector(`#slot ${{name}}`));
        const sections = document.querySelectorAll("#slot > div > div");
        {SPOILED[measure]};
    }}""")
    assert (before, screen.ask(f"platform.{measure}()") != []) == ([], True)
