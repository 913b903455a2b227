"""The preview's page in a real browser: copying out, keys, tabs, settings, narrow windows, and what
assistive programs make of it."""

import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Download,
    Page,
    Route,
    expect,
)

from newsletter.build import Result, build
from newsletter.platforms.fill import fill
from newsletter.platforms.shapes import rendered_fragment
from newsletter.project import open_project
from newsletter.render import GMAIL_LIMIT
from tests.conftest import PRIVACY, SETTINGS
from tests.previewing import Running, running

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
PATIENCE = 10_000  # milliseconds
PORT = 21_000
KEY = "abcd-efgh"

NEGLECT, CARERS, HOUSING = "2024-05-neglect.yaml", "2024-04-carers.yaml", "2024-03-housing.yaml"
ISSUE = """\
title: Neglect in figures
date: 2024-05
subject: "Safeguarding Monthly: new figures on neglect"
preheader: A report on neglect, a guide for schools & a survey of foster carers
layout: bulletin
intro: Dear reader, here is what was published in May.

sections:
  - title: Neglect
    entries:
      - title: Report on neglect
        text: >-
          The Example Trust has published
          [its report on neglect](https://example.org/reports/neglect).
          It has figures for each council.
        image: {src: images/chart.png, alt: Three bars}
      - title: Guide for schools
        text: "[The guide for schools](https://example.org/guides/schools) says what to look for."
  - title: Fostering & kinship
    entries:
      - title: Survey of carers
        text: "The Example Network asked [foster carers](https://example.org/surveys/carers). More
          is said [here](https://example.org/surveys/more)."
"""
EARLIER = """\
title: What foster carers say
date: 2024-04
subject: "Safeguarding Monthly: what foster carers say"
preheader: A survey of foster carers
sections:
  - title: Fostering
    entries:
      - text: "A survey of [foster carers in towns](https://example.org/surveys/towns)."
"""
FIRST = EARLIER.replace("What foster carers say", "Homes").replace("2024-04", "2024-03")

expect.set_options(timeout=PATIENCE)


@pytest.fixture(name="newsletter")
def _newsletter(folder: Path) -> Path:
    """A newsletter with three issues, the newest of which has a picture and two warnings."""
    (folder / "newsletter.yaml").write_text(SETTINGS + PRIVACY, "utf-8")
    pictures = folder / "issues" / "images"
    pictures.mkdir()
    Image.linear_gradient("L").resize((640, 360)).convert("RGB").save(pictures / "chart.png")
    for name, text in ((NEGLECT, ISSUE), (CARERS, EARLIER), (HOUSING, FIRST)):
        save(folder, name, text)
    return folder


@pytest.fixture(name="idle")
def _idle() -> float:
    """After how many seconds the issues that nobody looks at are counted: after this test."""
    return 60


@pytest.fixture(name="preview")
def _preview(newsletter: Path, idle: float) -> Iterator[Running]:
    with running(newsletter, port=PORT, idle=idle) as preview:
        yield preview


class Window:
    """A window of a browser with the preview in it."""

    def __init__(self, page: Page, preview: Running) -> None:
        self.page = page
        self.preview = preview

    def open(self, name: str = NEGLECT) -> "Window":
        self.page.goto(f"{self.preview.url}#{name}")
        return self.await_(name)

    def await_(self, name: str = NEGLECT) -> "Window":
        """Waits until an issue is on the screen, with all that is known of it."""
        expect(self.page.locator("#platform option").first).to_be_attached()
        self.until(f"(document.documentElement.dataset.shown ?? '').startsWith('{name} ')", True)
        return self

    def js(self, expression: str, argument: object = None) -> Any:
        return self.page.evaluate(expression, argument)

    def until(self, expression: str, value: object) -> None:
        """Waits until something on the page is as it should be."""
        now = self.js(expression)
        for _ in range(PATIENCE // 20):
            if now == value:
                break
            self.page.wait_for_timeout(20)
            now = self.js(expression)
        assert now == value

    def reload(self, name: str = NEGLECT) -> None:
        self.page.reload()
        self.await_(name)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def pick(self, platform: str) -> None:
        steps = "document.getElementById('how-steps').textContent"
        before = self.js(steps)
        self.page.select_option("#platform", platform)
        self.until(f"{steps} !== {json.dumps(before)}", True)

    def clipboard(self) -> dict[str, str]:
        """What another program would be given now, by its kind."""
        found: dict[str, str] = self.js("""async () => {
            const found = {};
            for (const item of await navigator.clipboard.read({unsanitized: ["text/html"]})) {
                for (const kind of item.types) {
                    found[kind] = await (await item.getType(kind)).text();
                }
            }
            return found;
        }""")
        return found

    def copied(self, key: str) -> dict[str, str]:
        """What comes into the clipboard with the button for `key`."""
        self.js("navigator.clipboard.writeText('as it was')")
        self.page.click(f"#copy-{key}")
        self.until("document.getElementById('copied').textContent.startsWith('Copied: ')", True)
        return self.clipboard()

    def save_as(self, kind: str) -> tuple[str, bytes]:
        with self.page.expect_download() as waiting:
            self.page.click(f"#download-{kind}")
        download: Download = waiting.value
        return download.suggested_filename, Path(download.path()).read_bytes()

    def state(self) -> dict[str, object]:
        """How the page shows what it shows."""
        state: dict[str, object] = self.js(f"() => ({{{STATE}}})")
        return state


STATE = ", ".join(
    f"{name}: {expression}"
    for name, expression in {
        "issue": "decodeURIComponent(location.hash.slice(1))",
        "tab": "document.querySelector('[role=tab][aria-selected=true]').id",
        "width": "document.getElementById('width').value",
        "scheme": "document.querySelector('[name=schemes]:checked').value",
        "pressed": "[...document.querySelectorAll('.toggle[aria-pressed=true]')].map(e => e.id)",
        "inbox": "document.getElementById('inbox').open",
        "list": "document.body.classList.contains('with-list')",
        "theme": "document.documentElement.dataset.theme ?? ''",
        "beside": "document.getElementById('beside').value",
        "keys": "document.getElementById('keys').open",
        "place": "!document.getElementById('place').hidden",
    }.items()
)
AT_FIRST: dict[str, object] = {
    "issue": NEGLECT, "tab": "tab-email", "width": "1024", "scheme": "light",
    "pressed": ["toggle-fit"], "inbox": True, "list": True, "theme": "", "beside": "",
    "keys": False, "place": False,
}  # fmt: skip

Opens = Callable[..., Window]


@pytest.fixture(name="window")
def _window(browser: Browser, preview: Running) -> Iterator[Opens]:
    """Opens a window on the preview; nothing but the preview is ever reached."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    asked: list[str] = []

    def refused(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    def opened(width: int = 1440, height: int = 960, **more: Any) -> Window:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        elsewhere = re.compile(r"^(https?|vscode):(?!//127\.0\.0\.1[:/])")
        context.route(elsewhere, refused)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return Window(page, preview)

    yield opened
    for context in contexts:
        context.close()
    assert (faults, asked) == ([], [])


def save(root: Path, name: str, text: str) -> None:
    (root / "issues" / name).write_text(text, "utf-8")


def made(root: Path, name: str = NEGLECT, platform: str = "") -> Result:
    """What `newsletter build` makes of an issue."""
    return build(root / "issues" / name, open_project(root), draft=True, platform=platform)


def source(result: Result) -> str:
    """What is pasted into a platform's "paste in code"."""
    return next(iter(result.files.values())).decode()


def rich(result: Result) -> str:
    """The email as it is selected in a browser, with the platform's tags."""
    assert result.neutral and result.supplied
    page = rendered_fragment.shaped(result.neutral.html)
    return fill(result.neutral._replace(html=page), result.supplied).html


# --- copying -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["rich", "source", "text", "subject", "preheader"])
def test_each_copy_button_puts_what_build_makes_into_the_clipboard_and_says_so(
    window: Opens, newsletter: Path, key: str
) -> None:
    opened, result = window().open(), made(newsletter)
    assert result.email
    label, expected = {
        "rich": ("Copy email", {"text/plain": result.email.text, "text/html": rich(result)}),
        "source": ("Copy HTML", {"text/plain": result.email.html}),
        "text": ("Plain text", {"text/plain": result.email.text}),
        "subject": ("Subject", {"text/plain": result.email.subject}),
        "preheader": ("Preheader", {"text/plain": result.email.preheader}),
    }[key]
    button = opened.page.locator(f"#copy-{key}")
    expect(button).to_have_text(label)
    assert opened.copied(key) == expected
    expect(button).to_have_text("Copied")
    said = opened.page.locator("#copied[role=status]")
    expect(said).to_be_visible()
    left = ". 1 picture is not on the web yet and cannot go along" if key == "rich" else ""
    expect(said).to_have_text(
        f"Copied: {label.removeprefix('Copy ').lower().replace('html', 'HTML')}{left}"
    )
    expect(button).to_have_text(label)  # again, for the next time


def test_the_same_copy_is_announced_each_time(window: Opens) -> None:
    opened = window().open()
    opened.js("""() => {
        window.said = [];
        const watched = document.getElementById("copied");
        new MutationObserver(() => said.push(watched.textContent))
            .observe(watched, {childList: true});
    }""")
    for _ in range(2):
        opened.copied("subject")
        opened.until("document.getElementById('copied').textContent", "Copied: subject")
        opened.js("document.getElementById('copied').offsetHeight")
    opened.until("said.filter(words => words)", ["Copied: subject"] * 2)


@pytest.mark.parametrize("platform", ["generic", "mailchimp", "govuk-notify", "outlook-gmail"])
def test_what_is_copied_is_for_the_platform_that_is_picked(
    window: Opens, newsletter: Path, platform: str
) -> None:
    opened, result = window().open(), made(newsletter, platform=platform)
    if platform != "generic":
        opened.pick(platform)
    assert result.email
    assert opened.copied("source") == {"text/plain": source(result)}
    assert ("*|UNSUB|*" in source(result)) == (platform == "mailchimp")
    assert (next(iter(result.files)) == "email.md") == (platform == "govuk-notify")
    both = {"text/plain": result.email.text, "text/html": rich(result)}
    assert opened.copied("rich") == both
    assert opened.copied("text") == {"text/plain": result.email.text}
    opened.page.click("#tab-html")
    opened.until(LINES_OF_CODE, source(result))


def test_nothing_of_another_platform_is_copied_while_the_one_picked_is_on_its_way(
    window: Opens, newsletter: Path
) -> None:
    opened = window().open()
    opened.js("navigator.clipboard.writeText('as it was')")
    held: list[Route] = []
    opened.page.route("**/issues/*?platform=mailchimp", lambda route: held.append(route))
    with opened.page.expect_request("**/issues/*?platform=mailchimp"):
        opened.page.select_option("#platform", "mailchimp")
    opened.page.click("#copy-source")
    assert opened.clipboard() in (
        {"text/plain": "as it was"},
        {"text/plain": source(made(newsletter, platform="mailchimp"))},
    )
    for route in held:
        route.continue_()


def test_the_platform_is_that_of_the_settings_until_one_is_picked_which_is_remembered(
    window: Opens, newsletter: Path
) -> None:
    opened = window().open()
    assert opened.js("document.getElementById('platform').value") == "generic"
    with (newsletter / "newsletter.yaml").open("a") as settings:
        settings.write("platform: outlook-gmail\n")
    opened.until("document.getElementById('platform').value", "outlook-gmail")
    opened.pick("mailchimp")
    opened.reload()
    assert opened.js("document.getElementById('platform').value") == "mailchimp"
    expected = source(made(newsletter, platform="mailchimp"))
    assert opened.copied("source") == {"text/plain": expected}


def test_the_steps_of_pasting_are_those_of_the_platform(window: Opens) -> None:
    opened = window().open()
    opened.pick("mailchimp")
    opened.page.click("#how summary")
    steps = opened.page.locator("#how-steps li").all_inner_texts()
    assert len(steps) > 3
    assert any("Mailchimp" in step or "Code your own" in step for step in steps)


BROKEN_ENTRY = "        colour: red\n"
SLIP = ISSUE.replace("preheader: A report", "preheader A report")


def test_an_issue_with_errors_asks_before_it_copies(window: Opens, newsletter: Path) -> None:
    save(newsletter, NEGLECT, ISSUE + BROKEN_ENTRY)
    opened = window().open()
    opened.js("navigator.clipboard.writeText('as it was')")
    opened.page.click("#copy-source")
    ask = opened.page.locator("#ask")
    expect(ask.locator("p")).to_have_text("1 error stands against sending this.")
    assert opened.clipboard() == {"text/plain": "as it was"}
    expect(ask.get_by_role("button", name="Copy all the same")).to_be_focused()
    ask.get_by_role("button", name="Leave it").click()
    expect(ask).to_be_hidden()
    assert opened.clipboard() == {"text/plain": "as it was"}
    opened.page.click("#copy-source")
    opened.press("Enter")
    expect(opened.page.locator("#copied")).to_have_text("Copied: HTML")
    assert opened.clipboard() == {"text/plain": source(made(newsletter))}
    expect(opened.page.locator("#copy-source")).to_be_focused()


def test_an_issue_with_errors_asks_before_it_is_downloaded(window: Opens, newsletter: Path) -> None:
    save(newsletter, NEGLECT, ISSUE + BROKEN_ENTRY)
    opened = window().open()
    opened.page.click("#download-zip")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="Download all the same").click()
    assert waiting.value.suggested_filename == "2024-05-neglect-generic.zip"


def test_an_email_that_is_older_than_its_file_is_not_copied(
    window: Opens, newsletter: Path
) -> None:
    opened = window().open()
    opened.js("navigator.clipboard.writeText('as it was')")
    save(newsletter, NEGLECT, SLIP)
    expect(opened.page.locator("#broken")).to_be_visible()
    for button in ("copy-rich", "copy-source", "copy-subject", "download-eml"):
        opened.js("document.getElementById('copied').textContent = ''")
        opened.page.click(f"#{button}")
        expect(opened.page.locator("#copied")).to_have_text(
            "Not copied: the email on the screen is older than the file. Mend the mistake first."
        )
    assert opened.clipboard() == {"text/plain": "as it was"}
    save(newsletter, NEGLECT, ISSUE)
    expect(opened.page.locator("#broken")).to_be_hidden()
    assert opened.copied("subject") == {
        "text/plain": made(newsletter).files["subject.txt"].decode().rstrip("\n")
    }


# --- downloads ---------------------------------------------------------------------------------


def test_the_message_that_is_downloaded_has_all_parts_of_the_email(
    window: Opens, newsletter: Path
) -> None:
    opened, result = window().open(), made(newsletter)
    name, content = opened.save_as("eml")
    assert (name, content) == ("2024-05-neglect-generic.eml", result.eml())
    message = message_from_bytes(content, policy=default)
    text = message.get_body(("plain",))
    assert result.sample and text
    assert (message["Subject"], message["From"], text.get_content().replace("\r\n", "\n")) == (
        result.sample.subject, "Example Trust <editor@example.org>", result.sample.text,
    )  # fmt: skip
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png"]


@pytest.mark.parametrize("platform", ["generic", "mailchimp", "govuk-notify"])
def test_the_zip_file_has_every_file_of_the_build(
    window: Opens, newsletter: Path, platform: str
) -> None:
    opened, result = window().open(), made(newsletter, platform=platform)
    if platform != "generic":
        opened.pick(platform)
    name, content = opened.save_as("zip")
    assert name == f"2024-05-neglect-{platform}.zip"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = {one: archive.read(one) for one in archive.namelist()}
    assert found.pop("PASTE-ME.txt").startswith(b"How to send this")
    assert found == result.files


# --- tabs --------------------------------------------------------------------------------------

LINES_OF_CODE = """[...document.querySelectorAll("#code .words")]
    .map(line => line.textContent === "\\u200b" ? "" : line.textContent).join("\\n")"""
FOCUS = "document.activeElement.id"


def test_arrow_keys_go_from_tab_to_tab(window: Opens) -> None:
    opened = window().open()
    opened.page.focus("#tab-email")
    tabs = """[...document.querySelectorAll("[role=tab]")]
        .map(tab => [tab.id, tab.ariaSelected, tab.tabIndex])"""
    panels = """[...document.querySelectorAll("[role=tabpanel]")]
        .filter(panel => !panel.hidden)
        .map(panel => [panel.id, panel.getAttribute("aria-labelledby")])"""
    for key, name in (
        ("ArrowRight", "text"), ("ArrowRight", "html"), ("ArrowRight", "mjml"),
        ("ArrowRight", "yaml"), ("ArrowRight", "email"), ("ArrowLeft", "yaml"),
        ("Home", "email"), ("End", "yaml"), ("ArrowLeft", "mjml"),
    ):  # fmt: skip
        opened.press(key)
        panel = {"email": "panel-email", "text": "panel-text"}.get(name, "panel-code")
        assert opened.js(FOCUS) == f"tab-{name}"
        assert opened.js(tabs) == [
            [f"tab-{one}", str(one == name).lower(), 0 if one == name else -1]
            for one in ("email", "text", "html", "mjml", "yaml")
        ]
        assert opened.js(panels) == [[panel, f"tab-{name}"]]


ODD = ISSUE + '\n\n# A comment:\twith a tab, "quotes", <tags> & more ' + "and so on " * 30 + "\n"


def test_each_tab_shows_its_text_to_the_letter(window: Opens, newsletter: Path) -> None:
    save(newsletter, NEGLECT, ODD)
    opened, result = window().open(), made(newsletter)
    assert result.sample and result.email and result.neutral
    opened.page.click("#tab-text")
    opened.until("document.getElementById('text').textContent", result.sample.text)
    mjml = result.neutral.marks.neutral(result.mjml)
    for tab, text in (("html", result.email.html), ("mjml", mjml), ("yaml", ODD)):
        opened.page.click(f"#tab-{tab}")
        opened.until(LINES_OF_CODE, text)
        numbers = "[...document.querySelectorAll('#code .number')].map(one => one.textContent)"
        assert opened.js(numbers) == [str(n + 1) for n in range(text.count("\n") + 1)]


def long(entries: int) -> str:
    return ISSUE + "".join(
        f"      - title: Survey {n}\n        text: What [the answers to survey {n}]"
        f"(https://example.org/surveys/{n}) say.\n"
        for n in range(entries)
    )


@pytest.mark.parametrize("tab", ["text", "html", "mjml", "yaml"])
def test_a_tab_stays_scrolled_to_where_it_was_when_the_issue_is_saved(
    window: Opens, newsletter: Path, tab: str
) -> None:
    save(newsletter, NEGLECT, long(60))
    opened = window(height=600).open()
    opened.page.click(f"#tab-{tab}")
    box = "#text" if tab == "text" else "#code"
    expect(opened.page.locator(box)).to_contain_text("Survey 59")
    opened.js("box => document.querySelector(box).scrollTop = 300", box)
    save(newsletter, NEGLECT, long(61))
    expect(opened.page.locator(box)).to_contain_text("Survey 60")
    # The browser may hold on to a line, whose place is a fraction of a pixel.
    assert abs(opened.js("box => document.querySelector(box).scrollTop", box) - 300) <= 4


# --- keys --------------------------------------------------------------------------------------

PRESSED = "document.getElementById('toggle-{}').ariaPressed"
TAB = "document.querySelector('[role=tab][aria-selected=true]').id"
WIDTH = "document.getElementById('width').value"
SCHEME = "document.querySelector('[name=schemes]:checked').value"
TITLE = "document.getElementById('title').textContent"
FINDING = "document.activeElement.closest('.problem')?.dataset.index ?? ''"
OPENED = "document.getElementById('keys').open"
COPIED = "document.getElementById('copied').textContent"

# What each key does: what is pressed before it, and what something on the page is before and after.
KEYS: dict[str, tuple[str, str, object, object]] = {
    "/": ("", FOCUS, "", "search"),
    "[": ("]", TITLE, "What foster carers say", "Neglect in figures"),
    "]": ("", TITLE, "Neglect in figures", "What foster carers say"),
    "m": ("", "document.body.classList.contains('with-list')", True, False),
    "1": ("5", TAB, "tab-yaml", "tab-email"),
    "2": ("", TAB, "tab-email", "tab-text"),
    "3": ("", TAB, "tab-email", "tab-html"),
    "4": ("", TAB, "tab-email", "tab-mjml"),
    "5": ("", TAB, "tab-email", "tab-yaml"),
    "p": ("", WIDTH, "1024", "375"),
    "t": ("", WIDTH, "1024", "768"),
    "d": ("p", WIDTH, "375", "1024"),
    "z": ("", PRESSED.format("fit"), "true", "false"),
    "l": ("", SCHEME, "light", "dark"),
    "i": ("", PRESSED.format("images"), "false", "true"),
    "s": ("", PRESSED.format("styles"), "false", "true"),
    "c": ("", PRESSED.format("cut"), "false", "true"),
    "w": ("", PRESSED.format("web"), "false", "true"),
    "b": ("", "document.getElementById('beside').value", "", "committed"),
    "v": ("", "document.getElementById('inbox').open", True, False),
    "j": ("", FINDING, "", "0"),
    "k": ("", FINDING, "", "1"),  # the last one
    "o": ("j", "window.led ?? ''", "", "vscode://file/issues/2024-05-neglect.yaml:16:22"),
    "e": ("", COPIED, "", "Copied: email. 1 picture is not on the web yet and cannot go along"),
    "h": ("", COPIED, "", "Copied: HTML"),
    "x": ("", COPIED, "", "Copied: plain text"),
    "u": ("", COPIED, "", "Copied: subject"),
    "r": ("", COPIED, "", "Copied: preheader"),
    "g": ("", FOCUS, "", "platform"),
    "n": ("", "document.documentElement.dataset.theme ?? ''", "", "dark"),
    "?": ("", OPENED, False, True),
    "Esc": ("j", "document.getElementById('place').hidden", False, True),
}  # fmt: skip
WEB_PICTURE = """\
      - title: Guide for carers
        text: "[A guide for carers](https://example.org/guides/carers) is new."
        image: {src: "https://example.org/pictures/home.png", alt: A house}
"""


def test_the_list_of_keys_names_every_key_that_is_tried_here(window: Opens) -> None:
    opened = window().open()
    opened.press("?")
    assert opened.page.locator("#keys-list kbd").all_inner_texts() == list(KEYS)


def test_every_key_of_the_list_does_what_it_says(window: Opens, newsletter: Path) -> None:
    save(newsletter, NEGLECT, ISSUE + WEB_PICTURE)
    found = {}
    opened = window()
    opened.page.add_init_script(
        "if (location.pathname === '/') localStorage.clear()"  # what the key before has set
    )
    opened.page.context.unroute_all()  # with w, a picture is fetched from the web: none comes
    opened.page.context.route(re.compile("^https:"), lambda route: route.abort())
    for key, (first, expression, before, _after) in KEYS.items():
        opened.page.goto("about:blank")
        opened.open()
        # A program for links of another kind is not there: what leads to it is caught instead.
        opened.js("""folder => addEventListener("click", event => {
            const link = event.target.closest?.("a[href^='vscode:']");
            if (!link) return;
            event.preventDefault();
            window.led = link.href.replace(folder, "");
        })""", str(newsletter))  # fmt: skip
        if first:
            opened.press(first)
        opened.until(expression, before)
        opened.press("Escape" if key == "Esc" else key)
        for _ in range(100):
            found[key] = opened.js(expression)
            if found[key] != before:
                break
            opened.page.wait_for_timeout(20)
    assert found == {key: after for key, (_, _, _, after) in KEYS.items()}


@pytest.mark.parametrize(
    ("key", "text"), [("e", "text/html"), ("h", "text/plain"), ("u", "text/plain")]
)
def test_a_key_copies_what_its_button_copies(window: Opens, key: str, text: str) -> None:
    opened = window().open()
    button = {"e": "rich", "h": "source", "u": "subject"}[key]
    expected = opened.copied(button)
    opened.js("navigator.clipboard.writeText('as it was')")
    opened.js("document.activeElement.blur()")
    opened.press(key)
    opened.until("document.getElementById('copied').textContent.length > 0", True)
    assert opened.clipboard() == expected
    assert text in expected


def test_keys_work_while_the_email_has_the_focus(window: Opens) -> None:
    opened = window().open()
    opened.page.locator(".glass iframe").click(position={"x": 20, "y": 300})
    opened.until("document.activeElement.tagName", "IFRAME")
    opened.press("2")
    opened.until(TAB, "tab-text")


def test_the_key_for_light_and_dark_goes_round(window: Opens) -> None:
    opened = window().open()
    found = []
    for _ in range(3):
        opened.press("l")
        found.append(opened.js(SCHEME))
    assert found == ["dark", "forced", "light"]


def test_the_keys_for_issues_may_be_pressed_in_quick_succession(window: Opens) -> None:
    opened = window().open()
    opened.press("]", "]")
    opened.await_(HOUSING)
    opened.press("[", "[", "[", "[")
    opened.await_(NEGLECT)


def test_keys_can_be_switched_off_which_is_remembered(window: Opens) -> None:
    opened = window().open()
    opened.press("?")
    opened.page.uncheck("#keys-on")
    opened.press("Escape")
    for _ in range(2):
        expect(opened.page.locator("#keys")).to_be_hidden()
        opened.js("document.activeElement.blur()")
        opened.press(*(key for key in KEYS if key not in ("?", "Esc")))
        assert opened.state() == AT_FIRST
        opened.reload()
    opened.press("?")
    opened.page.check("#keys-on")
    opened.press("Escape", "2")
    opened.until(TAB, "tab-text")


def test_typing_in_a_field_triggers_no_key(window: Opens) -> None:
    opened = window().open()
    typed = "".join(key for key in KEYS if key != "Esc")
    opened.page.focus("#search")
    opened.page.keyboard.type(typed)
    assert opened.page.input_value("#search") == typed
    assert opened.state() == AT_FIRST


def test_keys_with_control_are_the_browsers(window: Opens) -> None:
    opened = window().open()
    opened.press("Control+c", "Control+i", "Alt+2")
    assert opened.state() == AT_FIRST


def test_a_key_that_is_pressed_in_the_dialog_does_nothing_behind_it(window: Opens) -> None:
    opened = window().open()
    opened.press("?", "2", "p", "n")
    assert opened.state() == AT_FIRST | {"keys": True}
    opened.press("?")
    assert opened.state() == AT_FIRST


# --- from control to control -------------------------------------------------------------------

# What can be reached, in the order of the page; of radio buttons, the one that is chosen.
REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, summary, iframe, [tabindex='0']")]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled &&
        one.tabIndex >= 0 && !one.closest("[inert]") && !(one.type === "radio" && !one.checked))
    .map(one => window.called(one))"""
CALLED = """() => {
    window.called = one => one.id || one.dataset.name || [one.tagName.toLowerCase(), one.className,
        one.name ?? "", one.closest("[data-index]")?.dataset.index ?? "", one.textContent
        .slice(0, 20)].join(" ").trim();
    window.seen = one => {
        const marked = one.matches(".choice input") ? one.nextElementSibling
            : one.closest(".problem:has(.what:focus-visible)") ?? one;
        const style = getComputedStyle(marked);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    };
}"""


@pytest.mark.parametrize("width", [1440, 1000, 375])
@pytest.mark.parametrize("tab", ["email", "yaml"])
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(
    window: Opens, width: int, tab: str
) -> None:
    opened = window(width=width).open()
    if tab == "yaml":
        opened.press("5")
        expect(opened.page.locator("#code .line").first).to_be_visible()
    opened.js(CALLED)
    expected = opened.js(REACHABLE)
    reached: list[str] = []
    unseen = []
    for _ in range(400):
        opened.press("Tab")
        name = opened.js("() => called(document.activeElement)")
        if name.startswith("body") or (reached and name == reached[0]):
            break
        if not reached or reached[-1] != name:  # in the email, one link follows the other
            reached.append(name)
            frame = opened.js("document.activeElement.tagName === 'IFRAME'")
            if not frame and not opened.js("() => seen(document.activeElement)"):
                unseen.append(name)
    assert reached == expected
    assert unseen == []


def test_the_first_stop_leads_past_the_list_to_the_email(window: Opens) -> None:
    opened = window().open()
    opened.press("Tab")
    skip = opened.page.locator(".skip")
    expect(skip).to_be_focused()
    assert opened.js("document.querySelector('.skip').getBoundingClientRect().top >= 0") is True
    opened.press("Enter")
    opened.await_()
    assert opened.js(FOCUS) == "work"
    assert opened.page.title() == "Neglect in figures — preview"


def test_the_dialog_of_keys_gives_the_focus_back(window: Opens) -> None:
    opened = window().open()
    opened.page.focus("#help")
    opened.press("Enter")
    expect(opened.page.locator("#keys")).to_be_visible()
    opened.press("Escape")
    expect(opened.page.locator("#keys")).to_be_hidden()
    assert opened.js(FOCUS) == "help"


# --- assistive programs ------------------------------------------------------------------------

VIOLATIONS = """async () => (await axe.run(document, {iframes: false})).violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target.join(" ")}`))"""
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wherever_one_is(
    window: Opens, newsletter: Path, scheme: Scheme, width: int
) -> None:
    opened = window(width=width, color_scheme=scheme).open()
    page = opened.page
    opened.js(AXE)
    found: dict[str, list[str]] = {}

    def look(where: str) -> None:
        # Pictures of a moment are not looked at: colours fade in.
        opened.until("document.getAnimations().some(one => one.playState === 'running')", False)
        found[where] = opened.js(VIOLATIONS)

    for key, tab in enumerate(("email", "text", "html", "mjml", "yaml"), 1):
        page.click(f"#tab-{tab}")
        if key > 2:
            expect(page.locator("#code .line").nth(3)).to_be_visible()
        look(tab)
    page.click("#tab-email")
    opened.press("p")
    look("inbox of a telephone")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    if width < 1140:
        page.click("#findings-toggle")
    page.locator(".problem .link").first.click()
    expect(page.locator(".problem .about pre")).to_be_visible()
    page.click("#copy-subject")
    look("findings")
    if width < 1140:
        page.click("#findings-toggle")
    opened.press("?")
    look("keys")
    opened.press("Escape", "j")
    expect(page.locator("#place .line").first).to_be_visible()
    look("place")
    page.click("#place-close")
    opened.press("b")
    expect(page.locator("#changes")).to_be_visible()
    look("beside")
    opened.press("b")
    if width < 900:
        page.click("#list-toggle")
    page.fill("#search", "nothing has this")
    expect(page.locator("#list-empty")).to_be_visible()
    look("list")
    page.fill("#search", "")
    look("whole list")
    if width < 900:
        page.click("#list-toggle")
    save(newsletter, NEGLECT, SLIP)
    expect(page.locator("#broken")).to_be_visible()
    look("broken")
    assert {where: faults for where, faults in found.items() if faults} == {}


def test_axe_finds_a_fault_that_is_put_in(window: Opens) -> None:
    opened = window().open()
    opened.js(AXE)
    opened.js("document.querySelector('#search').closest('label').querySelector('span').remove()")
    opened.js("document.querySelector('#search').removeAttribute('placeholder')")
    assert opened.js(VIOLATIONS) == ["label: #search"]


# --- narrow windows ----------------------------------------------------------------------------

# What sticks out of the window, unless it can be scrolled to. Only controls may be scrolled to.
OUTSIDE = """() => {
    const scrolls = one => one && (["auto", "scroll"].includes(getComputedStyle(one).overflowX)
        && one.scrollWidth > one.clientWidth && one.id !== "work" || scrolls(one.parentElement));
    return [...document.querySelectorAll("button, input, select, summary, a, h1, h2, p")]
        .filter(one => one.checkVisibility({visibilityProperty: true}))
        .filter(one => !one.closest(".stage, .inbox-rows, .unseen, .code, .text, .skip, dialog"))
        .filter(one => one.matches("p, h1, h2") || !scrolls(one))
        .map(one => [one.id || one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.left < 0 || box.right > innerWidth))
        .map(([name]) => name);
}"""
SIDEWAYS = """() => [document.documentElement, document.body, document.getElementById("work")]
    .map(one => one.scrollWidth - one.clientWidth)"""


@pytest.mark.parametrize("width", [375, 768, 1024, 1440])
def test_nothing_sticks_out_of_the_window(window: Opens, width: int) -> None:
    opened = window(width=width, height=800).open()
    found = {}
    for tab in ("email", "text", "html", "mjml", "yaml"):
        opened.page.click(f"#tab-{tab}")
        if tab in ("html", "mjml", "yaml"):
            expect(opened.page.locator("#code .line").nth(3)).to_be_visible()
        found[tab] = [opened.js(SIDEWAYS), opened.js(OUTSIDE)]
    assert found == {tab: [[0, 0, 0], []] for tab in found}


def test_on_a_telephone_the_list_and_the_findings_open_over_the_email(window: Opens) -> None:
    opened = window(width=375, height=720, is_mobile=True, has_touch=True).open()
    assert opened.js(WIDTH) == "375"
    issues, findings = opened.page.locator("#issues"), opened.page.locator("#findings")
    expect(issues).not_to_be_in_viewport()
    expect(findings).to_be_hidden()
    listed, found = opened.page.locator("#list-toggle"), opened.page.locator("#findings-toggle")
    listed.tap()
    expect(issues).to_be_in_viewport()
    expect(listed).to_have_attribute("aria-expanded", "true")
    opened.page.locator(f"#list a[data-name='{CARERS}']").tap()
    opened.await_(CARERS)
    expect(issues).not_to_be_in_viewport()
    expect(listed).to_have_attribute("aria-expanded", "false")
    found.tap()
    expect(findings).to_be_in_viewport()
    expect(found).to_have_attribute("aria-expanded", "true")
    assert [opened.js(SIDEWAYS), opened.js(OUTSIDE)] == [[0, 0, 0], []]
    assert opened.copied("subject") == {
        "text/plain": "Safeguarding Monthly: what foster carers say"
    }
    found.tap()
    expect(findings).to_be_hidden()
    found.tap()
    opened.press("Escape")
    expect(findings).to_be_hidden()


def test_on_a_telephone_a_finding_leads_to_its_line(window: Opens) -> None:
    opened = window(width=375, height=720, is_mobile=True, has_touch=True).open()
    opened.page.locator("#findings-toggle").tap()
    opened.page.locator(".problem .what").last.tap()
    expect(opened.page.locator("#place .line.meant")).to_be_in_viewport()
    seen = """() => {
        const box = document.querySelector("#place .line.meant").getBoundingClientRect();
        const top = document.elementFromPoint(box.left + 60, box.top + box.height / 2);
        return Boolean(top?.closest("#place"));
    }"""
    opened.until(seen, True)


# --- a long list -------------------------------------------------------------------------------


@pytest.mark.parametrize("idle", [0.2])
def test_a_hundred_issues_are_listed_found_counted_and_opened(
    window: Opens, newsletter: Path
) -> None:
    names = []
    for number in range(97):
        year, month = 2016 + number // 12, number % 12 + 1
        title = {40: "Zoë’s café", 41: "Home visits"}.get(number, f"Round-up {number}")
        names.append(f"{year}-{month:02}-no{number}.yaml")
        text = EARLIER.replace("What foster carers say", title)
        save(newsletter, names[-1], text.replace("2024-04", f"{year}-{month:02}"))
    everything = [NEGLECT, CARERS, HOUSING, *reversed(names)]
    opened = window().open()
    listed = "[...document.querySelectorAll('#list a')].map(one => one.dataset.name)"
    opened.until(listed, everything)
    waiting = "document.querySelectorAll('#list .chip.waiting').length"
    assert opened.js(waiting) > 0
    opened.page.click(f"#list a[data-name='{names[50]}']")
    opened.await_(names[50])
    expect(opened.page.locator("#title")).to_have_text("Round-up 50")
    opened.page.click(f"#list a[data-name='{names[40]}']")
    opened.await_(names[40])
    for wanted, found in {
        "home VISITS": [names[41]],
        "zoe cafe": [names[40]],
        "Zoë": [names[40]],
        "may 2019": [names[40]],
        "no77": [names[77]],
        "2024-04": [CARERS],
        "no such issue": [],
    }.items():
        opened.page.fill("#search", wanted)
        assert opened.js(listed) == found
    expect(opened.page.locator("#list-empty")).to_have_text(
        "No issue has “no such issue” in its title, date or file name."
    )
    opened.page.fill("#search", "zoe")
    opened.page.fill("#search", "")
    assert opened.js(listed) == everything
    for name in reversed(everything):  # as long as it takes: each comes within the time of one
        counted = f"""!document.querySelector("#list a[data-name='{name}'] .chip.waiting")"""
        opened.until(counted, True)
    assert opened.js(waiting) == 0


# --- what is remembered ------------------------------------------------------------------------


def test_settings_are_remembered(window: Opens) -> None:
    opened = window().open()
    page = opened.page
    page.fill("#width", "500")
    page.press("#width", "Enter")
    page.get_by_role("radio", name="Dark", exact=True).check()
    for name in ("fit", "images", "styles", "cut"):
        page.click(f"#toggle-{name}")
    page.click("#inbox summary")
    page.click("#tab-mjml")
    page.click("#list-toggle")
    page.click("#theme")
    expected = AT_FIRST | {
        "tab": "tab-mjml", "width": "500", "scheme": "dark", "inbox": False, "list": False,
        "theme": "dark", "pressed": ["toggle-images", "toggle-styles", "toggle-cut"],
    }  # fmt: skip
    opened.until("document.getElementById('inbox').open", False)
    assert opened.state() == expected
    opened.reload()
    assert opened.state() == expected


def test_the_page_is_as_dark_as_the_computer_until_it_is_told_otherwise(window: Opens) -> None:
    opened = window(color_scheme="dark").open()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert opened.js(ground) == "rgb(20, 23, 26)"
    opened.press("n")
    opened.until(ground, "rgb(244, 243, 239)")
    opened.reload()
    assert opened.js(ground) == "rgb(244, 243, 239)"


def test_a_browser_that_remembers_nothing_shows_the_page_all_the_same(window: Opens) -> None:
    opened = window()
    # As where cookies are forbidden: looking is enough to fail.
    opened.page.add_init_script("""Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("denied", "SecurityError"); } });""")
    opened.open()
    assert opened.state() == AT_FIRST
    opened.press("p", "2", "n")
    assert opened.state() == AT_FIRST | {"tab": "tab-text", "width": "375", "theme": "dark"}


RUBBISH = {
    "no JSON": "{width: 3",
    "nothing": "null",
    "a number": "42",
    "a list": "[1]",
    "a word": '"dark"',
    "values of another kind": '{"width": "wide", "tab": 3, "fit": "yes", "theme": 1}',
    "values that there are not": '{"tab": "x", "scheme": "x", "theme": "x", "editor": "x"}',
    "platforms that are none": '{"platforms": null}',
    "a width out of reason": '{"width": 1000000000}',
    "keys of the language": '{"__proto__": {"tab": "yaml"}, "constructor": 1, "toString": ""}',
}


@pytest.mark.parametrize("rubbish", RUBBISH.values(), ids=RUBBISH)
def test_rubbish_that_a_browser_remembers_does_no_harm(
    window: Opens, newsletter: Path, rubbish: str
) -> None:
    opened = window()
    put = f"if (!sessionStorage.put) localStorage['newsletter-preview'] = {json.dumps(rubbish)};"
    opened.page.add_init_script(f"{put} sessionStorage.put = 1;")
    opened.open()
    assert opened.state() == AT_FIRST | {
        "width": "1600" if "1000000000" in rubbish else "1024",
        "theme": opened.js("document.documentElement.dataset.theme ?? ''"),
    }
    assert opened.copied("source") == {"text/plain": source(made(newsletter))}


def test_a_platform_that_is_remembered_but_gone_gives_way_to_that_of_the_settings(
    window: Opens, newsletter: Path
) -> None:
    opened = window()
    kept = json.dumps({"platforms": {str(newsletter): "our-own"}})
    opened.page.add_init_script(f"localStorage['newsletter-preview'] = {json.dumps(kept)}")
    opened.open()
    assert opened.js("document.getElementById('platform').value") == "generic"
    assert opened.copied("source") == {"text/plain": source(made(newsletter))}


# --- in the inbox, and how heavy ---------------------------------------------------------------

ROWS = """() => [...document.querySelectorAll("#inbox-rows figure")].map(figure => [
    figure.querySelector("figcaption").textContent,
    figure.querySelector(".row").classList.contains("phone"),
    ...["sender", "subject", "preheader"].map(name => figure.querySelector("." + name).textContent),
])"""
# Which texts of a row do not fit, and how they are cut.
CUT = """() => Object.fromEntries([...document.querySelectorAll("figure:has(.row)")].map(figure => [
    figure.querySelector("figcaption").textContent,
    [...figure.querySelectorAll(".sender, .subject, .preheader, .joined")].filter(one =>
        one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight + 2)
        .filter(one => getComputedStyle(one).textOverflow === "ellipsis" && one.clientWidth)
        .map(one => one.className)]))"""


@pytest.mark.parametrize("is_phone", [False, True])
def test_three_inboxes_show_sender_subject_and_preheader(window: Opens, is_phone: bool) -> None:
    opened = window().open()
    if is_phone:
        opened.press("p")
    texts = [
        "Example Trust",
        "Safeguarding Monthly: new figures on neglect",
        "A report on neglect, a guide for schools & a survey of foster carers",
    ]
    assert opened.js(ROWS) == [
        [name, is_phone, *texts] for name in ("Gmail", "Outlook", "Apple Mail")
    ]
    assert opened.page.inner_text("#inbox-facts") == (
        f"subject {len(texts[1])} characters, preheader {len(texts[2])}"
    )


def test_an_inbox_cuts_what_is_too_long_for_it(window: Opens, newsletter: Path) -> None:
    wordy = "and what was said of it in the councils of the country " * 3
    save(newsletter, NEGLECT, ISSUE.replace("on neglect\"", f"on neglect {wordy}\"").replace(
        "foster carers\n", f"foster carers {wordy}\n", 1))  # fmt: skip
    opened = window().open()
    assert opened.js(CUT) == {
        "Gmail": ["joined"],
        "Outlook": ["subject", "preheader"],
        "Apple Mail": ["subject", "preheader"],
    }
    opened.press("p")
    assert opened.js(CUT) == {
        "Gmail": ["subject", "preheader"],
        "Outlook": ["subject", "preheader"],
        "Apple Mail": ["subject", "preheader"],
    }


def test_an_inbox_cuts_nothing_that_has_room(window: Opens, newsletter: Path) -> None:
    save(newsletter, NEGLECT, re.sub("(subject|preheader): .*", r"\1: Neglect", ISSUE))
    opened = window().open()
    assert opened.js(CUT) == {"Gmail": [], "Outlook": [], "Apple Mail": []}


def test_the_size_is_that_of_the_build_with_its_parts(window: Opens, newsletter: Path) -> None:
    def kilobytes(number: int) -> str:
        return f"{number / 1000:.{1 if number < 10_000 else 0}f} KB"

    save(newsletter, NEGLECT, long(20))
    opened, result = window().open(), made(newsletter)
    assert result.weight and result.email and result.issue
    html = result.email.html
    size = opened.page.locator("#size")
    expect(size.locator(".amount")).to_have_text(
        f"{kilobytes(result.weight.html)} of the {kilobytes(GMAIL_LIMIT)} that Gmail shows"
    )
    expect(size).to_contain_text(f"Room for about {result.weight.room} more entries.")
    assert result.weight.entries == 23
    expect(size.locator(".counts")).to_contain_text(f"23 entries · {result.issue.link_count} links")
    meter = opened.js("(({value, max}) => [value, max])(document.querySelector('#size meter'))")
    assert meter == [result.weight.html, GMAIL_LIMIT]
    size.locator("summary").click()
    starts = [0, *(html.rindex("<h2", 0, html.index(f"{title}</h2>")) for title in (
        "Neglect", "Fostering &amp; kinship")), len(html)]  # fmt: skip
    heavy = [kilobytes(len(html[start:end].encode())) for start, end in pairwise(starts)]
    rows = [row.split() for row in size.locator("tbody tr").all_inner_texts()]
    names = ("Head and opening", "Neglect", "Fostering & kinship")
    assert rows == [f"{name} {weight}".split() for name, weight in zip(names, heavy, strict=True)]


# --- side by side ------------------------------------------------------------------------------

FRAMES = "[...document.querySelectorAll('.glass iframe')]"
TEXTS = f"{FRAMES}.map(one => one.contentDocument?.body?.innerText ?? '')"
MARKS = f"""{FRAMES}.map(one => [...one.contentDocument.querySelectorAll("[data-mark]")]
    .filter(mark => mark.style.display === "block").map(mark => mark.dataset.mark).sort())"""


def test_another_issue_stands_beside_the_email(window: Opens) -> None:
    opened = window().open()
    opened.page.select_option("#beside", f"issue {CARERS}")
    opened.until(f"{FRAMES}.length", 2)
    opened.until(f"{TEXTS}[1].includes('foster carers in towns')", True)
    assert opened.js(f"{TEXTS}[0].includes('The guide for schools')") is True
    assert opened.page.locator(".pane-caption").all_inner_texts() == [
        "May 2024: Neglect in figures",
        "April 2024: What foster carers say",
    ]
    opened.page.select_option("#beside", "")
    opened.until(f"{FRAMES}.length", 1)


def commit(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "add", "."], cwd=root, check=True)
    who = ["-c", "user.name=Example", "-c", "user.email=editor@example.org"]
    day = {"GIT_COMMITTER_DATE": "2024-05-03T12:00:00Z", "GIT_AUTHOR_DATE": "2024-05-03T12:00:00Z"}
    subprocess.run(
        ["git", *who, "commit", "-qm", "May"], cwd=root, check=True, env={**os.environ, **day}
    )


BEFORE = """\
title: Neglect in figures
date: 2024-05
subject: New figures on neglect
sections:
  - title: Neglect
    entries:
      - text: "[Figures of councils](https://example.org/figures) are new."
      - text: "[A guide for schools](https://example.org/schools) is out."
      - text: "[A talk on housing](https://example.org/housing) can be watched."
  - title: Fostering
    entries:
      - text: "[A survey of carers](https://example.org/carers) is open."
"""
AFTER = """\
title: Neglect in figures
date: 2024-05
subject: New figures on neglect
sections:
  - title: Neglect
    entries:
      - text: "[Figures of councils](https://example.org/figures) are new, and higher."
  - title: Fostering
    entries:
      - text: "[A guide for schools](https://example.org/schools) is out."
      - text: "[A survey of carers](https://example.org/carers) is open."
      - text: "[A helpline for carers](https://example.org/helpline) has begun."
"""


def test_the_last_committed_version_stands_beside_with_every_change_marked(
    window: Opens, newsletter: Path
) -> None:
    save(newsletter, NEGLECT, BEFORE)
    commit(newsletter)
    save(newsletter, NEGLECT, AFTER)
    opened = window().open()
    opened.press("b")
    opened.until(f"{FRAMES}.length", 2)
    opened.until(MARKS, [["changed", "moved", "new"], ["changed", "gone", "moved"]])
    assert opened.page.locator(".pane-caption").all_inner_texts() == [
        "Now",
        "As committed on 3 May 2024, in today’s settings",
    ]
    shown = opened.page.locator("#changes .change").all_inner_texts()
    assert shown == ["1 new", "1 changed", "1 moved", "1 gone"]
    # A mark lies around the words that it is for.
    around = """([pane, kind, words]) => {
        const page = document.querySelectorAll(".glass iframe")[pane].contentDocument;
        const mark = page.querySelector(`[data-mark=${kind}]`).getBoundingClientRect();
        const link = [...page.links].find(one => one.textContent === words);
        const box = link.getBoundingClientRect();
        return mark.left <= box.left && mark.right >= box.right &&
            mark.top <= box.top && mark.bottom >= box.bottom;
    }"""
    for pane, kind, words in (
        (0, "changed", "Figures of councils"), (0, "moved", "A guide for schools"),
        (0, "new", "A helpline for carers"), (1, "changed", "Figures of councils"),
        (1, "moved", "A guide for schools"), (1, "gone", "A talk on housing"),
    ):  # fmt: skip
        assert (pane, kind, opened.js(around, [pane, kind, words])) == (pane, kind, True)
    told = opened.page.locator("#change-name")
    following = opened.page.get_by_role("button", name="Next change")
    for number, beginning in enumerate(
        ("Figures of councils", "A guide for schools", "A helpline", "A talk on housing"), 1
    ):
        following.click()
        expect(told).to_contain_text(f"{number} of 4: {beginning}")
    following.click()
    expect(told).to_contain_text("1 of 4: ")
    opened.page.get_by_role("button", name="Previous change").click()
    expect(told).to_contain_text("4 of 4: ")


def test_the_first_press_on_previous_change_leads_to_the_last_one(
    window: Opens, newsletter: Path
) -> None:
    save(newsletter, NEGLECT, BEFORE)
    commit(newsletter)
    save(newsletter, NEGLECT, AFTER)
    opened = window().open()
    opened.press("b")
    opened.page.get_by_role("button", name="Previous change").click()
    expect(opened.page.locator("#change-name")).to_contain_text("4 of 4: A talk on housing")


def test_changes_are_marked_anew_with_each_save(window: Opens, newsletter: Path) -> None:
    save(newsletter, NEGLECT, BEFORE)
    commit(newsletter)
    opened = window().open()
    opened.press("b")
    changes = opened.page.locator("#changes")
    expect(changes).to_have_text("No entry has changed since.")
    save(newsletter, NEGLECT, AFTER)
    opened.until(MARKS, [["changed", "moved", "new"], ["changed", "gone", "moved"]])
    save(newsletter, NEGLECT, BEFORE)
    expect(changes).to_have_text("No entry has changed since.")
    opened.until(MARKS, [[], []])


def test_an_issue_that_was_never_committed_says_so(window: Opens) -> None:
    opened = window().open()
    opened.press("b")
    expect(opened.page.locator("#changes")).to_have_text(
        "There is nothing to compare with: this issue was never committed with git."
    )


# --- with a key --------------------------------------------------------------------------------


@pytest.fixture(name="locked")
def _locked(newsletter: Path, browser: Browser) -> Iterator[Window]:
    """A window on a preview that asks for a key."""
    with running(newsletter, key=KEY, port=PORT) as preview:
        context = browser.new_context(viewport={"width": 375, "height": 720})
        context.set_default_timeout(PATIENCE)
        yield Window(context.new_page(), preview)
        context.close()


def test_a_wrong_key_opens_nothing_and_the_right_one_opens_for_good(locked: Window) -> None:
    page = locked.page
    page.goto(locked.preview.url)
    for wrong in ("wxyz-wxyz", "abcd"):
        page.get_by_label("The key that the terminal shows").fill(wrong)
        with page.expect_navigation():
            page.get_by_role("button", name="Open").click()
        assert page.title() == "Key of the preview"
        expect(page.get_by_role("alert")).to_have_text("That is not the key.")
        assert KEY not in page.content()
        assert page.evaluate("fetch('/newsletter').then(answer => answer.status)") == 401
    page.get_by_label("The key that the terminal shows").fill(KEY)
    page.keyboard.press("Enter")
    locked.await_()
    for _ in range(2):
        expect(page.locator("#title")).to_have_text("Neglect in figures")
        locked.reload()
    assert KEY not in page.url


@pytest.mark.parametrize(
    "typed", ["ABCD-EFGH", "abcdefgh", "abcd efgh", " abcd-efgh ", "Abcd-efgh"]
)
def test_a_key_may_be_typed_as_telephones_have_it(locked: Window, typed: str) -> None:
    locked.page.goto(locked.preview.url)
    locked.page.get_by_label("The key that the terminal shows").fill(typed)
    locked.page.keyboard.press("Enter")
    locked.await_()


def test_the_address_with_the_key_opens_and_hides_the_key(locked: Window) -> None:
    locked.page.goto(f"{locked.preview.url}?key={KEY}#{CARERS}")
    locked.await_(CARERS)
    assert locked.page.url == f"{locked.preview.url}#{CARERS}"


def test_axe_finds_nothing_where_the_key_is_asked_for(locked: Window) -> None:
    locked.page.goto(locked.preview.url)
    locked.js(AXE)
    assert locked.js(VIOLATIONS) == []
