"""What readers see, measured in Chromium: widths, what holds without styles, contrast, focus."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from newsletter.build import build, open_project
from tests.conftest import Build

ROOT = Path(__file__).parent.parent

MIXED = """\
title: A title with averyveryverylongwordthatnobodyeverbreaksbutthatmustnotwidentheemail in it
date: 2024-04-23
number: 12
intro: Before *everything* else, [a link](https://example.org/).
lead:
  title: Lead
  subtitle: A display line
  entries: [Words of the lead.]
sections:
  - title: Everything
    subtitle: A line
    entries:
      - title: A headline
        kind: Report
        source: NSPCC
        date: 2024-04
        image:
          src: https://example.org/a.png
          alt: A classroom
          caption: A school
          credit: A. Person
        text: |
          Words, then a list:

          - one
          - two

          > A quotation.
        links:
          - label: Read
            title: https://example.org/a/very/long/address/that/is/its/own/title/and/breaks/nowhere
            url: https://example.org/r
        closes: 2024-05-23
outro: After.
"""


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(name="page", params=["sample", "mixed"])
def _page(request: pytest.FixtureRequest, built: Build) -> str:
    if request.param == "mixed":
        email = built(MIXED).email
    else:
        email = build(ROOT / "issues" / "2024-04-round-up.yaml", open_project(ROOT)).email
    assert email
    return email.html


def _ask(
    browser: Browser,
    html: str,
    script: str,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.route("**/*", lambda route: route.abort())
    page.set_content(html, wait_until="domcontentloaded")
    answer = page.evaluate(script)
    page.close()
    return answer


def _without_styles(html: str) -> str:
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("width", [320, 375, 1280])
@pytest.mark.parametrize("styles", ["with styles", "without"])
def test_nothing_scrolls_sideways(browser: Browser, page: str, width: int, styles: str) -> None:
    html = page if styles == "with styles" else _without_styles(page)
    assert _ask(browser, html, "document.documentElement.scrollWidth", width) <= width


CARD = """() => {
    const cards = [...document.querySelectorAll('h1')].map(e => e.closest('table').parentElement);
    const box = cards[0].closest('table').getBoundingClientRect();
    const words = document.querySelector('h1').getBoundingClientRect();
    return [box.width, box.left, window.innerWidth - box.right, words.left - box.left];
}"""


@pytest.mark.parametrize("styles", ["with styles", "without"])
def test_the_email_is_600_wide_centred_and_padded(browser: Browser, page: str, styles: str) -> None:
    html = page if styles == "with styles" else _without_styles(page)
    width, left, right, padding = _ask(browser, html, CARD)
    assert width == 600
    assert abs(left - right) <= 16  # a body without styles has a margin and a scroll bar
    assert padding == 32


MODE = "document.compatMode"


def test_the_page_is_in_standards_mode(browser: Browser, page: str) -> None:
    assert _ask(browser, page, MODE) == "CSS1Compat"


# Every text with its contrast against the nearest ground behind it (WCAG 2.2, 1.4.3).
CONTRAST = """() => {
    const rgb = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = element => {
        for (; element; element = element.parentElement) {
            const colour = rgb(getComputedStyle(element).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const style = getComputedStyle(element);
        if (!texts.currentNode.data.trim() || !element.getClientRects().length) continue;
        const [one, two] = [light(rgb(style.color)), light(ground(element))];
        const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        const large = parseFloat(style.fontSize) >= 24 ||
            (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
        if (ratio < (large ? 3 : 4.5)) found.push([texts.currentNode.data.trim(), ratio]);
    }
    return found;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("styles", ["with styles", "without"])
def test_every_text_stands_out_from_what_is_behind_it(
    browser: Browser, page: str, scheme: Literal["light", "dark"], styles: str
) -> None:
    html = page if styles == "with styles" else _without_styles(page)
    assert _ask(browser, html, CONTRAST, scheme=scheme) == []


def test_outlooks_marks_give_the_dark_colours_too(browser: Browser, page: str) -> None:
    """Outlook on the web puts these attributes on what it recolours."""
    marked = page.replace("<body", '<body data-ogsc="" data-ogsb=""')
    assert _ask(browser, marked, CONTRAST) == []
    dark = "getComputedStyle(document.querySelector('.card')).backgroundColor"
    assert _ask(browser, marked, dark) == _ask(browser, page, dark, scheme="dark")


def test_links_are_underlined_and_texts_are_large_enough(browser: Browser, page: str) -> None:
    plain = _without_styles(page)
    links = (
        "[...document.querySelectorAll('a[href]')].map(a => getComputedStyle(a).textDecorationLine)"
    )
    assert set(_ask(browser, plain, links)) == {"underline"}
    sizes = """[...document.querySelectorAll('p, li, h1, h2, h3')]
        .map(element => parseFloat(getComputedStyle(element).fontSize))"""
    assert min(_ask(browser, plain, sizes)) >= 14


def test_every_jump_link_finds_its_section(browser: Browser, page: str) -> None:
    script = """() => [...document.querySelectorAll('a[href^="#"]')].map(link => {
        const target = document.querySelector(link.getAttribute('href'));
        return [link.textContent, target && target.parentElement.textContent];
    })"""
    assert all(words == heading for words, heading in _ask(browser, page, script))


def test_a_built_email_asks_the_network_for_nothing(browser: Browser) -> None:
    email = build(ROOT / "issues" / "2024-04-round-up.yaml", open_project(ROOT)).email
    assert email
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(email.html, wait_until="networkidle")
    page.close()
    assert asked == []
