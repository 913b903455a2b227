"""What readers see, measured in Chromium: widths, contrast in light and dark, what holds without
styles or images, words from right to left."""

import json
import re
from collections import Counter
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from tests.test_inbox_emails import ALL, ARABIC, MADE, emails

Scheme = Literal["light", "dark"]
State = Literal["whole", "no styles", "no images", "Outlook's marks"]

ADDRESS = "https://inbox.example/"
MEASURES = Path(__file__).parent / "test_inbox.js"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
AXE_RULES: dict[Scheme, dict[str, object]] = {
    "light": {
        # Landmarks are the mail program's: it shows an email inside a page that has its own.
        "rules": {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}},
    },
    # Nothing else differs in the dark.
    "dark": {"runOnly": ["color-contrast", "link-in-text-block"]},
}


class Inbox:
    """A mail program: shows an email by its name, and is asked what it looks like."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.email = emails()[ALL[0]]
        self.asked: list[str] = []
        self.blocked = False
        self.is_now: dict[str, object] = {}
        elsewhere = BytesIO()
        Image.new("RGB", (800, 500), "#4a6b78").save(elsewhere, "PNG")
        self.elsewhere = elsewhere.getvalue()
        page.add_init_script(AXE)
        page.add_init_script(path=MEASURES)
        page.route("**/*", self._answer)

    def show(
        self, name: str, width: int = 1280, scheme: Scheme = "light", state: State = "whole"
    ) -> None:
        """Shows an email; what is so already is not done again."""
        self.email, self.blocked = emails()[name], state == "no images"
        if self._changes(width=width):
            self.page.set_viewport_size({"width": width, "height": 800})
        if self._changes(scheme=scheme):
            self.page.emulate_media(color_scheme=scheme)
        if self._changes(page=(name, self.blocked)):
            self.asked = []
            self.page.goto(ADDRESS)
            self.is_now["dress"] = (True, False)
        if self._changes(dress=(state != "no styles", state == "Outlook's marks")):
            self.page.evaluate("dress => inbox.dress(...dress)", self.is_now["dress"])

    def ask(self, measure: str) -> Any:
        return self.page.evaluate(f"inbox.{measure}")

    def _changes(self, **to: object) -> bool:
        changes = any(self.is_now.get(key) != value for key, value in to.items())
        self.is_now |= to
        return changes

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if url == ADDRESS:
            route.fulfill(body=self.email.html, content_type="text/html; charset=utf-8")
            return
        self.asked.append(url)
        own = url.startswith(ADDRESS)
        picture = self.email.pictures.get(url.removeprefix(ADDRESS)) if own else self.elsewhere
        if picture and not self.blocked:
            route.fulfill(body=picture, content_type="image/png")
        else:
            route.abort()


@pytest.fixture(name="inbox", scope="module")
def _inbox(browser: Browser) -> Inbox:
    return Inbox(browser.new_page())


# All tests of one email run one after the other, so that it is loaded once in each state.
EVERY_EMAIL = pytest.mark.parametrize("name", ALL, scope="module")
EVERY_MADE = pytest.mark.parametrize("name", MADE, scope="module")
EVERY_ARABIC = pytest.mark.parametrize("name", ARABIC, scope="module")
WIDTHS = (320, 375, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


# --- as it is sent -----------------------------------------------------------------------------


@EVERY_EMAIL
@pytest.mark.parametrize("state", ["whole", "no styles", "no images"])
def test_the_layout_stands_on_every_screen(inbox: Inbox, name: str, state: State) -> None:
    """No sideways scroll, nothing wider than 600 pixels, no words over others, pictures in their
    own proportions; where they are blocked, their words whole and large enough."""
    found = {}
    for width in WIDTHS:
        inbox.show(name, width, state=state)
        found[width] = inbox.ask(f"layoutFaults({str(inbox.blocked).lower()})")
    assert found == {width: {} for width in WIDTHS}


@EVERY_EMAIL
@pytest.mark.parametrize("state", ["whole", "no styles"])
def test_the_email_is_600_wide_centred_and_padded(inbox: Inbox, name: str, state: State) -> None:
    inbox.show(name, state=state)
    gutter = int(inbox.email.theme.gutter)
    assert inbox.ask("card()") == [600, 340, 340, gutter, gutter]


@EVERY_EMAIL
def test_the_page_is_in_standards_mode(inbox: Inbox, name: str) -> None:
    inbox.show(name)
    assert inbox.page.evaluate("document.compatMode") == "CSS1Compat"


@EVERY_EMAIL
def test_an_email_asks_the_network_for_its_pictures_only(inbox: Inbox, name: str) -> None:
    inbox.show(name)
    pictures = re.findall(r'<img [^>]*src="([^"]*)"', inbox.email.html)
    assert set(inbox.asked) == {urljoin(ADDRESS, picture) for picture in pictures}


@EVERY_EMAIL
def test_headings_are_in_order(inbox: Inbox, name: str) -> None:
    inbox.show(name)
    assert inbox.ask("badHeadings()") == []


@EVERY_EMAIL
def test_every_jump_link_finds_its_section(inbox: Inbox, name: str) -> None:
    inbox.show(name)
    assert inbox.ask("jumps()") == []


@EVERY_EMAIL
def test_the_plain_text_has_the_words_of_the_html(inbox: Inbox, name: str) -> None:
    inbox.show(name)
    shown = re.findall(r"\w+", " ".join(inbox.ask("texts()")))
    missing = Counter(shown) - Counter(re.findall(r"\w+", inbox.email.text))
    assert missing.total() <= 0.05 * len(shown), missing


# --- colours -----------------------------------------------------------------------------------


@EVERY_EMAIL
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_stands_out_from_what_is_behind_it(
    inbox: Inbox, name: str, scheme: Scheme
) -> None:
    inbox.show(name, scheme=scheme)
    assert inbox.ask("lowContrast()") == []


@EVERY_EMAIL
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing(inbox: Inbox, name: str, scheme: Scheme) -> None:
    inbox.show(name, scheme=scheme)
    assert inbox.ask(f"violations({json.dumps(AXE_RULES[scheme])})") == []


@EVERY_MADE
def test_dark_rules_set_words_and_what_is_behind_them_together(inbox: Inbox, name: str) -> None:
    """Either both colours of a text are the theme's dark ones, or (a logo's words) neither is."""
    inbox.show(name, scheme="dark")
    dark = inbox.email.theme.dark
    inks = {dark.ink, dark.muted, dark.heading, dark.link, dark.band_ink, dark.band_muted}
    grounds = {dark.page, dark.card, dark.tint, dark.band}
    assert [
        (words, colour, ground)
        for words, colour, ground in inbox.ask("colours()")
        if colour not in inks or ground not in grounds
    ] == []


@EVERY_EMAIL
def test_outlooks_marks_give_the_dark_colours(inbox: Inbox, name: str) -> None:
    """Outlook on the web puts these attributes on what it recolours."""
    inbox.show(name, scheme="dark")
    dark = inbox.ask("colours()")
    inbox.show(name, state="Outlook's marks")
    assert inbox.ask("colours()") == dark
    assert inbox.ask("lowContrast()") == []


# --- without styles ----------------------------------------------------------------------------


@EVERY_EMAIL
def test_texts_are_large_enough_without_styles(inbox: Inbox, name: str) -> None:
    inbox.show(name, state="no styles")
    assert inbox.ask("smallTexts(14)") == []


@EVERY_EMAIL
def test_links_are_underlined_without_styles(inbox: Inbox, name: str) -> None:
    inbox.show(name, state="no styles")
    assert inbox.ask("badLinks()") == []


@EVERY_EMAIL
@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_stands_out_without_styles(inbox: Inbox, name: str, scheme: Scheme) -> None:
    inbox.show(name, scheme=scheme, state="no styles")
    assert inbox.ask("lowContrast()") == []


# --- without images ----------------------------------------------------------------------------


@EVERY_EMAIL
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_words_for_a_blocked_image_stand_out(inbox: Inbox, name: str, scheme: Scheme) -> None:
    inbox.show(name, scheme=scheme, state="no images")
    assert inbox.ask("lowContrast()") == []


# --- pictures beside words ---------------------------------------------------------------------


@EVERY_EMAIL
def test_pictures_are_beside_the_words_on_desktops_and_above_them_on_phones(
    inbox: Inbox, name: str
) -> None:
    inbox.show(name)
    cards = inbox.ask("beside()")
    assert bool(cards) == (inbox.email.layout == "bulletin")
    for card in cards:
        sides = [card["aside"], card["words"]]
        left, right = reversed(sides) if name in ARABIC else sides
        assert left["right"] <= right["left"]
        assert abs(card["picture"]["top"] - card["words"]["top"]) <= 1
    inbox.show(name, 375)
    for card in inbox.ask("beside()"):
        assert card["picture"]["bottom"] <= card["aside"]["bottom"] <= card["words"]["top"]


# --- from right to left ------------------------------------------------------------------------


@EVERY_ARABIC
@pytest.mark.parametrize("width", [375, 1280])
def test_words_begin_at_the_right(inbox: Inbox, name: str, width: int) -> None:
    inbox.show(name, width)
    assert inbox.page.evaluate("document.documentElement.dir") == "rtl"
    assert inbox.ask("notFromRight()") == []


@EVERY_ARABIC
def test_lists_and_quotations_are_set_in_from_the_right(inbox: Inbox, name: str) -> None:
    inbox.show(name)
    assert inbox.ask("notIndentedRight()") == []


# --- the measures themselves -------------------------------------------------------------------

SPOILED = {
    "outsideColumn()": "h1.style.width = '700px'",
    "overlaps()": "h1.nextElementSibling.style.marginTop = '-40px'",
    "distorted()": "img.style.height = '10px'",
    "badHeadings()": "h2.outerHTML = '<h3>A level left out</h3>'",
    "jumps()": "jump.setAttribute('href', '#nowhere')",
    "lowContrast()": "h1.style.color = 'transparent'",
    "smallTexts(14)": "h1.style.fontSize = '13px'",
    "badLinks()": "a.style.textDecoration = 'none'",
    "badAlts()": "img.style.height = '10px'",
    "notFromRight()": "h1.style.textAlign = 'left'",
    "notIndentedRight()": "ul.style.padding = '0 0 0 22px'",
    "violations({})": "img.removeAttribute('alt')",
}


@pytest.mark.parametrize("measure", SPOILED)
def test_a_measure_tells_of_what_is_spoiled(inbox: Inbox, measure: str) -> None:
    names = ARABIC if "Right" in measure else [name for name in ALL if name.startswith("roundup")]
    inbox.show(names[0], state="no images" if measure == "badAlts()" else "whole")
    inbox.page.evaluate(f"""() => {{
        const [h1, h2, a, jump, ul] = ["h1", "h2", "a[href]", 'a[href^="#"]', "ul"]
            .map(name => document.querySelector(name));
        const img = document.images[1];
        {SPOILED[measure]};
    }}""")
    del inbox.is_now["page"]
    assert inbox.ask(measure) != []
