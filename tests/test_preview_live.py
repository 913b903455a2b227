"""The page of `newsletter preview` in Chromium: what it shows of issues while they are written, and
that nothing in an email runs, leads away or is fetched."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from textwrap import dedent, indent
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Dialog,
    FrameLocator,
    Locator,
    Page,
    expect,
)
from playwright.sync_api import Request as PageRequest

from tests.conftest import SETTINGS
from tests.previewing import Running, running
from tests.test_layouts import POSTCARD_TEXT

Scheme = Literal["light", "dark"]
RGB = tuple[int, int, int]

PORT = 23_000
PORT_TO_RETURN_TO = 23_900  # nobody else's: it must be free again when the preview comes back
PATIENCE = 10  # seconds

LAYOUTS = ("briefing", "bulletin", "digest", "recap", "roundup")

expect.set_options(timeout=PATIENCE * 1000)


# --- a browser's tab ------------------------------------------------------------------------------


class Tab:
    """The page of a preview in a tab, with all that it asked for and complained of."""

    def __init__(self, context: BrowserContext, preview: Running) -> None:
        self.preview = preview
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.requests: list[PageRequest] = []
        self.told: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request))
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def open(self, name: str = "") -> None:
        """Opens the page, and waits until it shows the issue called `name`, or any."""
        self.page.goto(f"{self.preview.url}#{quote(name)}" if name else self.preview.url)
        self.until("document.title !== 'Preview'", True)

    @property
    def strangers(self) -> list[str]:
        """What was asked of anybody but the preview."""
        own = (self.preview.url, "data:")
        return [url for url in self.asked if not url.startswith(own)]

    @property
    def asked(self) -> list[str]:
        """What was asked for; what the policy of email or page forbids is asked of nobody."""
        return [request.url for request in self.requests if request.failure != "csp"]

    @property
    def email(self) -> FrameLocator:
        return self.page.frame_locator(".pane:first-child iframe:not(.waiting)")

    @property
    def frame(self) -> Locator:
        return self.page.locator(".pane:first-child iframe:not(.waiting)")

    def at(self, selector: str) -> Locator:
        return self.page.locator(selector)

    def shows(self, words: str) -> None:
        """Waits until the email shows `words`, and the page is done with it."""
        expect(self.email.locator("body")).to_contain_text(words)
        self.until(
            "document.documentElement.dataset.shown?.split(' ')[0]"
            " === decodeURIComponent(location.hash.slice(1)).split(' ')[0]",
            True,
        )

    def ask(self, script: str, argument: object = None) -> Any:
        """The value of an expression about the email: its `view` and `page`."""
        return self.page.evaluate(
            f"""(argument) => {{
                const frame = document.querySelector(".pane:first-child iframe:not(.waiting)");
                const view = frame?.contentWindow, page = frame?.contentDocument;
                return ({script});
            }}""",
            argument,
        )

    def style(self, selector: str, name: str) -> str:
        """What the browser makes of a property of the first such element in the email."""
        script = "view.getComputedStyle(page.querySelector(argument[0]))[argument[1]]"
        return str(self.ask(script, [selector, name]))

    def until(self, script: str, wanted: object, of_email: bool = False) -> None:
        """Waits until an expression has a value. The page's own policy forbids the browser's
        helpers to evaluate what they are given later: so it is asked again and again."""
        last = time.monotonic() + PATIENCE
        asked = f"page?.body ? ({script}) : null" if of_email else script
        while (found := self.ask(asked)) != wanted:
            assert time.monotonic() < last, f"{script}: {found!r}, not {wanted!r}"
            self.page.wait_for_timeout(20)

    def reloaded(self) -> None:
        """Waits until what was asked for last is in the frame, and looked through."""
        self.page.wait_for_timeout(0)
        expect(self.at("#panes iframe")).to_have_count(1)
        expect(self.frame).to_have_count(1)

    def press(self, words: str) -> None:
        """Presses one of the controls above the email."""
        controls = self.at("#panel-email .controls")
        radio = controls.get_by_role("radio", name=words, exact=True)
        radio.or_(controls.get_by_role("button", name=words, exact=True)).click()

    def view(self, words: str, wanted: str) -> None:
        """Presses a control that has the email fetched in another view."""
        self.press(words)
        self.until(f"new URL(view.location).searchParams.{wanted}", True, of_email=True)
        self.until("page.readyState", "complete", of_email=True)

    def pixel(self, x: float, y: float) -> RGB:
        """The colour of a point of the email's window."""
        box = self.frame.bounding_box()
        assert box
        picture = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        red, green, blue = picture.getpixel((int(box["x"] + x), int(box["y"] + y)))  # type: ignore[misc]
        return red, green, blue


@contextmanager
def tab_of(
    browser: Browser,
    preview: Running,
    name: str = "",
    scheme: Scheme = "light",
    size: tuple[int, int] = (1400, 900),
) -> Iterator[Tab]:
    """A tab in which the preview is open. Whatever is done in it, it asks nobody else for
    anything."""
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )
    try:
        tab = Tab(context, preview)
        tab.open(name)
        yield tab
        assert (tab.strangers, tab.dialogs) == ([], [])
    finally:
        context.close()


@contextmanager
def previewed(
    browser: Browser,
    folder: Path,
    name: str = "",
    scheme: Scheme = "light",
    size: tuple[int, int] = (1400, 900),
    idle: float = 60,
) -> Iterator[Tab]:
    """The same, of a preview that runs for it alone; and neither page nor email complains."""
    with (
        running(folder, port=PORT, idle=idle) as preview,
        tab_of(browser, preview, name, scheme, size) as tab,
    ):
        yield tab
        # Playwright itself tries to run a script in the email when it looks for words there.
        assert [told for told in tab.told if "Blocked script execution" not in told] == []


# --- issues ---------------------------------------------------------------------------------------


def write(folder: Path, text: str, name: str = "2024-05.yaml") -> Path:
    path = folder / "issues" / name
    path.write_text(dedent(text), "utf-8")
    return path


def settings(folder: Path, more: str) -> None:
    (folder / "newsletter.yaml").write_text(SETTINGS + dedent(more), "utf-8")


def picture(folder: Path, name: str, colour: RGB, size: tuple[int, int] = (600, 300)) -> None:
    (folder / "issues" / "images").mkdir(exist_ok=True)
    Image.new("RGB", size, colour).save(folder / "issues" / "images" / name)


def issue_of(*texts: str, title: str = "Safe at home") -> str:
    """An issue of entries with nothing but a text."""
    entries = "".join(f"- text: {text}\n" for text in texts)
    return f"title: {title}\ndate: 2024-05-01\nentries:\n{entries}"


NUMBERED = tuple(
    f"Item {n:02}. The inspectorate visited children's homes in area {n:02} and found that staff "
    "knew every child well, but wrote down too little of what children had said."
    for n in range(1, 31)
)

WITH_PICTURE = """\
title: Safe at home
date: 2024-05-01
layout: roundup
sections:
- title: Practice
  entries:
  - title: A guide for foster carers
    kind: Guide
    text: What to do in the first week of a placement.
    image: {src: images/calm.png, alt: A living room with toys on the floor}
    links:
    - {url: https://example.org/guide, title: Read the guide}
"""

CALM: RGB = (120, 136, 150)
SHOUTING: RGB = (200, 30, 30)


# --- opening --------------------------------------------------------------------------------------


def test_the_newest_issue_is_opened(browser: Browser, folder: Path) -> None:
    write(folder, issue_of("An older item.", title="April"), "2024-04.yaml")
    write(folder, issue_of("A newer item.", title="May").replace("05-01", "05-03"), "a.yaml")
    write(folder, issue_of("The oldest item.", title="March").replace("05", "03"), "z.yaml")
    with previewed(browser, folder, idle=0.2) as tab:
        tab.shows("A newer item.")
        expect(tab.page).to_have_title("May — preview")
        expect(tab.at("#title")).to_have_text("May")
        expect(tab.at("#publication")).to_have_text("Safeguarding Monthly · 3 May 2024")
        expect(tab.at("#list .issue-title")).to_have_text(["May", "April", "March"])
        expect(tab.at("#list .issue-day")).to_have_text(
            ["3 May 2024", "1 May 2024", "1 March 2024"]
        )
        expect(tab.at("#list [aria-current=page] .issue-title")).to_have_text("May")
        expect(tab.at("#list .chip.waiting")).to_have_count(0)
        assert tab.page.evaluate("location.hash") == "#a.yaml"
        assert tab.frame.get_attribute("title") == "The email: May"


@pytest.mark.parametrize("name", ["2024 May, #2 (50%).yaml", "März & مايو.yml", "100%25.yaml"])
def test_an_issue_is_opened_by_its_address_whatever_its_file_is_called(
    name: str, browser: Browser, folder: Path
) -> None:
    write(folder, issue_of("The other item.").replace("2024", "2030"), "other.yaml")
    write(folder, issue_of("The item that is asked for."), name)
    with previewed(browser, folder, name) as tab:
        expect(tab.email.locator("body")).to_contain_text("The item that is asked for.")
        expect(tab.at("#list [aria-current=page]")).to_have_attribute("data-name", name)
        tab.at("#list a").first.click()
        expect(tab.email.locator("body")).to_contain_text("The other item.")
        tab.page.go_back()
        expect(tab.email.locator("body")).to_contain_text("The item that is asked for.")


def test_a_folder_without_issues_says_how_to_begin_one(browser: Browser, folder: Path) -> None:
    with running(folder, port=PORT) as preview:
        context = browser.new_context()
        tab = Tab(context, preview)
        tab.page.goto(preview.url)
        expect(tab.at("#list-empty")).to_have_text(
            "There are no issues here. Begin one in the terminal: newsletter new 2024-05"
        )
        expect(tab.at("#title")).to_have_text("No issue yet")
        write(folder, issue_of("The first item."))
        tab.shows("The first item.")
        expect(tab.at("#list-empty")).to_be_hidden()
        assert (tab.told, tab.strangers) == ([], [])
        context.close()


# --- a save ---------------------------------------------------------------------------------------

# Where the words that stand highest in the window begin, and how far below its edge.
_TOP = """(() => {
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (!walker.currentNode.data.trim()) continue;
        const range = page.createRange();
        range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (box.width > 1 && box.top >= 0)
            return [walker.currentNode.data.trim().slice(0, 20), Math.round(box.top)];
    }
})()"""


def test_a_save_is_shown_in_one_step_and_what_was_at_the_top_stays_there(
    browser: Browser, folder: Path
) -> None:
    path = write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder) as tab:
        tab.shows("Item 30.")
        script = "view.scrollTo(0, page.querySelectorAll('p')[14].getBoundingClientRect().top - 20)"
        tab.ask(script)
        top = tab.ask(_TOP)
        assert top[0].startswith("Item 1")
        tab.page.evaluate(
            """() => {
                window.frames_added = 0;
                new MutationObserver((records) => {
                    for (const record of records) for (const node of record.addedNodes)
                        if (node.localName === "iframe") window.frames_added += 1;
                }).observe(document.getElementById("panes"), { childList: true, subtree: true });
            }"""
        )
        path.write_text(issue_of("An item that was added above all others.", *NUMBERED))
        tab.shows("An item that was added above all others.")
        assert tab.ask(_TOP) == top
        path.write_text(issue_of(*NUMBERED[8:]))
        expect(tab.email.locator("body")).not_to_contain_text("Item 08.")
        tab.shows("Item 09.")
        assert tab.ask(_TOP) == top
        assert tab.page.evaluate("window.frames_added") == 2


def test_a_long_entry_that_fills_the_window_stays_where_it_was(
    browser: Browser, folder: Path
) -> None:
    long = "|\n    " + "\n\n    ".join(text.replace("Item", "Part") for text in NUMBERED)
    path = write(folder, issue_of("A short item.", long, "The last item."))
    with previewed(browser, folder) as tab:
        tab.shows("The last item.")
        tab.ask("view.scrollTo(0, page.querySelectorAll('p')[16].getBoundingClientRect().top - 20)")
        top = tab.ask(_TOP)
        assert top[0].startswith("Part 1")
        path.write_text(issue_of("An item that was added.", "A short item.", long, "Last."))
        tab.shows("An item that was added.")
        assert tab.ask(_TOP) == top


def test_what_is_at_the_top_stays_there_when_that_itself_is_written(
    browser: Browser, folder: Path
) -> None:
    path = write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder) as tab:
        tab.shows("Item 30.")
        tab.ask("view.scrollTo(0, page.querySelectorAll('p')[14].getBoundingClientRect().top - 20)")
        words, below = tab.ask(_TOP)
        number = int(words[5:7]) - 1
        texts = [*NUMBERED]
        texts[number] = texts[number].replace("area", "borough")
        path.write_text(issue_of(*texts))
        tab.shows(f"borough {number + 1:02}")
        assert tab.ask(_TOP) == [words, below]


def test_there_is_one_email_on_the_screen_at_every_moment(browser: Browser, folder: Path) -> None:
    path = write(folder, issue_of("Version 0."))
    with previewed(browser, folder) as tab:
        tab.shows("Version 0.")
        tab.page.evaluate(
            """() => {
                window.seen = {};
                const look = () => {
                    const shown = [...document.querySelectorAll("#panes iframe")].filter((frame) =>
                        frame.checkVisibility({ visibilityProperty: true, opacityProperty: true }));
                    const words = shown.map((frame) =>
                        /Version \\d/.test(frame.contentDocument?.body?.innerText ?? ""));
                    window.seen[JSON.stringify(words)] = true;
                };
                const frame = () => { look(); requestAnimationFrame(frame); };
                frame();
                new MutationObserver(look).observe(document.getElementById("panes"),
                    { childList: true, subtree: true, attributes: true });
            }"""
        )
        for number in range(1, 6):
            path.write_text(issue_of(f"Version {number}."))
            tab.shows(f"Version {number}.")
        tab.view("Dark", "get('scheme') === 'dark'")
        tab.reloaded()
        path.write_text(issue_of("Version 6.") + "wrong: field\n")
        expect(tab.at("#broken")).to_be_visible()
        path.write_text(issue_of("Version 7."))
        tab.shows("Version 7.")
        assert tab.page.evaluate("window.seen") == {"[true]": True}


def test_a_new_version_replaces_a_picture_of_the_same_name(browser: Browser, folder: Path) -> None:
    settings(folder, "images_url: https://example.org/pictures\n")
    picture(folder, "calm.png", CALM)
    write(folder, WITH_PICTURE)
    with previewed(browser, folder) as tab:
        tab.until("page.images[0].naturalWidth", 600, of_email=True)
        picture(folder, "calm.png", CALM, (320, 200))
        tab.until("page.images[0].naturalWidth", 320, of_email=True)


def _built(tab: Tab, folder: Path, before: int) -> int:
    """How many builds there were since `before`, once word of everything has reached the page:
    an issue that nobody looks at is changed last."""
    write(
        folder,
        issue_of("Beside it.", title="The last change").replace("05-01", "06-01"),
        "2024-04.yaml",
    )
    expect(tab.at("#list")).to_contain_text("The last change")
    return tab.preview.desk.builds - before


def _saves(path: Path, pause: float) -> None:
    """Saves ten versions one after the other, in a process of its own, as an editor does."""
    texts = [issue_of(f"Version {number}.") for number in range(1, 11)]
    versions = Path(tempfile.mkdtemp(dir=path.parents[2]))  # beside the folder that is watched
    for number, text in enumerate(texts):
        (versions / str(number)).write_text(text)
    program = (
        "import os, sys, time; path, versions, pause = sys.argv[1:]; began = time.monotonic()\n"
        "for number in range(10):\n"
        "    wait = began + number * float(pause) - time.monotonic()\n"
        "    if wait > 0: time.sleep(wait)\n"
        "    os.replace(f'{versions}/{number}', path)"
    )
    subprocess.run([sys.executable, "-I", "-c", program, path, versions, str(pause)], check=True)


@pytest.mark.parametrize(("pause", "most"), [(0.0, 2), (0.1, 4)])
def test_ten_saves_are_far_fewer_builds(
    pause: float, most: int, browser: Browser, folder: Path
) -> None:
    """Without a pause they are one; over a second two, the first at once and the others after a
    pause. One or two more are those of a machine that is busy."""
    write(folder, issue_of("Beside it.").replace("05-01", "06-01"), "2024-04.yaml")
    path = write(folder, issue_of("Version 0."))
    with previewed(browser, folder, "2024-05.yaml") as tab:
        tab.shows("Version 0.")
        before = tab.preview.desk.builds
        _saves(path, pause)
        tab.shows("Version 10.")
        assert _built(tab, folder, before) <= most
        expect(tab.email.locator("body")).to_contain_text("Version 10.")


@pytest.mark.parametrize("way", ["renamed into place", "backup first", "truncated and written"])
def test_the_ways_in_which_editors_save_are_all_seen(
    way: str, browser: Browser, folder: Path
) -> None:
    path = write(folder, issue_of("Version 0."))
    with previewed(browser, folder) as tab:
        tab.shows("Version 0.")
        if way == "renamed into place":
            beside = path.with_name(".2024-05.yaml.swp")
            beside.write_text(issue_of("Version 1."))
            beside.replace(path)
        elif way == "backup first":
            path.rename(path.with_name("2024-05.yaml~"))
            path.write_text(issue_of("Version 1."))
        else:
            with path.open("w") as file:
                file.write(issue_of("Version 1.")[:20])
                file.flush()
                file.write(issue_of("Version 1.")[20:])
        tab.shows("Version 1.")
        expect(tab.at("#list a")).to_have_count(1)
        expect(tab.at("#broken")).to_be_hidden()


# --- views ----------------------------------------------------------------------------------------


def test_the_email_is_as_wide_as_the_screen_that_is_chosen(browser: Browser, folder: Path) -> None:
    write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder) as tab:
        for name, width in (("Phone", 375), ("Tablet", 768), ("Desktop", 1024)):
            tab.press(name)
            tab.until("view.innerWidth", width, of_email=True)
            expect(tab.at("#width")).to_have_value(str(width))
            assert tab.page.get_by_role("radio", name=name).is_checked()
            assert tab.ask("page.documentElement.scrollWidth") == width


def test_the_email_is_as_wide_as_the_number_that_is_typed(browser: Browser, folder: Path) -> None:
    write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder) as tab:
        typed = tab.page.get_by_label("Width in pixels")
        for words, width in (("412", 412), ("5000", 1600), ("1", 240), ("", 240), ("833", 833)):
            typed.fill(words)
            typed.press("Enter")
            tab.until("view.innerWidth", width, of_email=True)
            typed.blur()
            expect(typed).to_have_value(str(width))
        assert tab.at("#widths input:checked").count() == 0


def test_the_handle_is_drawn_with_the_mouse(browser: Browser, folder: Path) -> None:
    write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder) as tab:
        tab.press("Phone")
        tab.until("view.innerWidth", 375, of_email=True)
        handle = tab.page.get_by_role("slider", name="Width of the email")
        box = handle.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        tab.page.mouse.move(x, y)
        tab.page.mouse.down()
        tab.page.mouse.move(x + 20, y)
        tab.page.mouse.move(x - 50, y)  # over the email, which takes no part in it
        tab.page.mouse.move(x + 50, y)
        expect(tab.at("#width")).to_have_value("475")
        box = handle.bounding_box()
        assert box
        assert abs(box["x"] + box["width"] / 2 - (x + 50)) <= 1  # it stays under the mouse
        tab.page.mouse.up()
        tab.page.mouse.move(x + 90, y)
        tab.until("view.innerWidth", 475, of_email=True)
        expect(tab.at("#width")).to_have_value("475")


def test_the_handle_is_moved_with_keys(browser: Browser, folder: Path) -> None:
    write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder) as tab:
        tab.press("Phone")
        handle = tab.page.get_by_role("slider", name="Width of the email")
        handle.focus()
        keys = {
            "ArrowRight": 385,
            "ArrowUp": 395,
            "ArrowLeft": 385,
            "ArrowDown": 375,
            "PageUp": 475,
            "PageDown": 375,
            "Home": 240,
            "End": 1600,
        }
        for key, width in keys.items():
            handle.press(key)
            tab.until("view.innerWidth", width, of_email=True)
            expect(tab.at("#width")).to_have_value(str(width))
            expect(handle).to_have_attribute("aria-valuenow", str(width))
            expect(handle).to_have_attribute("aria-valuetext", f"{width} pixels")


def test_zoom_to_fit_shows_all_of_a_wide_email(browser: Browser, folder: Path) -> None:
    write(folder, issue_of(*NUMBERED))
    with previewed(browser, folder, size=(1200, 800)) as tab:
        tab.press("Desktop")
        tab.until("view.innerWidth", 1024, of_email=True)
        toggle = tab.page.get_by_role("button", name="Zoom to fit")
        expect(toggle).to_have_attribute("aria-pressed", "true")
        stage, frame, scale = _fitted(tab)
        assert frame < stage < 1024
        assert (tab.ask("view.innerWidth"), round(scale * 1024)) == (1024, round(frame))
        toggle.click()
        expect(toggle).to_have_attribute("aria-pressed", "false")
        assert _fitted(tab)[1:] == [1024, 1]
        toggle.click()
        assert _fitted(tab) == [stage, frame, scale]
        tab.press("Phone")
        tab.until("view.innerWidth", 375, of_email=True)
        assert _fitted(tab)[1:] == [375, 1]


def _fitted(tab: Tab) -> list[float]:
    """How wide the stage is, how wide the email is on the screen, and how much smaller it is."""
    return list(
        tab.ask(
            """[document.getElementById("stage").clientWidth,
                frame.getBoundingClientRect().width,
                new DOMMatrix(getComputedStyle(frame).transform).a]"""
        )
    )


WORDS = ".words p:not(.small)"
LIGHT_COLOURS = {
    ".page background": "rgb(239, 242, 243)",
    ".card background": "rgb(255, 255, 255)",
    WORDS: "rgb(34, 48, 58)",
    ".words p.small": "rgb(84, 100, 111)",
    ".words h2": "rgb(15, 61, 70)",
    ".words a[href]": "rgb(10, 95, 158)",
    ".band-words h1": "rgb(255, 255, 255)",
}
DARK_COLOURS = {
    ".page background": "rgb(15, 23, 25)",
    ".card background": "rgb(24, 35, 38)",
    WORDS: "rgb(223, 231, 233)",
    ".words p.small": "rgb(163, 180, 185)",
    ".words h2": "rgb(240, 246, 246)",
    ".words a[href]": "rgb(134, 197, 244)",
    ".band-words h1": "rgb(255, 255, 255)",
}


def _lights(colours: dict[str, str]) -> tuple[list[float], list[float]]:
    """How light grounds and words are, from 0 to 1 (WCAG's relative luminance)."""

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)]
        linear = [
            ((part + 0.055) / 1.055) ** 2.4 if part > 0.04 else part / 12.92 for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    known = [(" background" in key, light(colour)) for key, colour in colours.items()]
    return [one for ground, one in known if ground], [one for ground, one in known if not ground]


def _colours(tab: Tab) -> dict[str, str]:
    found = {}
    for key in LIGHT_COLOURS:
        selector = key.removesuffix(" background")
        found[key] = tab.style(selector, "backgroundColor" if " background" in key else "color")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_dark_and_forced_dark_do_not_depend_on_the_browser(
    scheme: Scheme, browser: Browser, folder: Path
) -> None:
    settings(folder, "images_url: https://example.org/pictures\n")
    picture(folder, "calm.png", CALM)
    write(folder, WITH_PICTURE)
    with previewed(browser, folder, scheme=scheme) as tab:
        tab.press("Tablet")
        tab.until("view.innerWidth", 768, of_email=True)
        assert _colours(tab) == LIGHT_COLOURS
        assert (tab.pixel(8, 8), _picture_pixel(tab)) == ((239, 242, 243), CALM)

        tab.view("Dark", "get('scheme') === 'dark'")
        assert _colours(tab) == DARK_COLOURS
        assert (tab.pixel(8, 8), _picture_pixel(tab)) == ((15, 23, 25), CALM)
        expect(tab.at("#remark")).to_be_hidden()

        tab.view("Forced dark", "get('scheme') === 'forced'")
        grounds, words = _lights(_colours(tab))
        assert (max(grounds) < 0.1, min(words) > 0.3) == (True, True), _colours(tab)
        assert max(tab.pixel(8, 8)) < 64
        assert _picture_pixel(tab) == CALM
        expect(tab.at("#remark")).to_have_text(
            "A simulated inversion: light grounds become dark and dark words light, as some mail "
            "programs do of their own accord. Each does it in its own way."
        )

        tab.view("Light", "get('scheme') === 'light'")
        assert (_colours(tab), tab.pixel(8, 8)) == (LIGHT_COLOURS, (239, 242, 243))


def test_forced_dark_leaves_a_picture_of_a_strong_colour_as_it_is(
    browser: Browser, folder: Path
) -> None:
    settings(folder, "images_url: https://example.org/pictures\n")
    picture(folder, "calm.png", SHOUTING)
    write(folder, WITH_PICTURE)
    with previewed(browser, folder) as tab:
        tab.view("Forced dark", "get('scheme') === 'forced'")
        assert _picture_pixel(tab) == SHOUTING


def _picture_pixel(tab: Tab) -> RGB:
    """The colour in the middle of the email's picture."""
    tab.until("page.images[0].complete && page.images[0].naturalWidth", 600, of_email=True)
    x, y = tab.ask(
        """(() => {
            const image = page.images[0];
            image.scrollIntoView({ block: "center" });
            const box = image.getBoundingClientRect();
            const scale = new DOMMatrix(getComputedStyle(frame).transform).a;
            return [(box.left + box.width / 2) * scale, (box.top + box.height / 2) * scale];
        })()"""
    )
    found = tab.pixel(x, y)
    tab.ask("view.scrollTo(0, 0)")
    return found


def test_with_images_off_their_words_stand_in_their_place(browser: Browser, folder: Path) -> None:
    settings(folder, "images_url: https://example.org/pictures\n")
    picture(folder, "calm.png", CALM)
    write(folder, WITH_PICTURE)
    with previewed(browser, folder) as tab:
        assert _picture_pixel(tab) == CALM
        tab.requests.clear()
        tab.view("Images off", "get('images') === 'off'")
        assert tab.ask("[page.images[0].naturalWidth, page.images[0].alt]") == [
            0,
            "A living room with toys on the floor",
        ]
        assert [url for url in tab.asked if "/pictures/" in url] == []
        tab.view("Images off", "get('images') === null")
        assert _picture_pixel(tab) == CALM


def test_a_picture_on_the_web_is_fetched_only_when_somebody_asks_for_it(
    browser: Browser, folder: Path
) -> None:
    far = "https://example.org/far.png"
    write(folder, WITH_PICTURE.replace("images/calm.png", far))
    shown = BytesIO()
    Image.new("RGB", (640, 320), CALM).save(shown, "PNG")
    fetched: list[str] = []
    with (
        running(folder, port=PORT) as preview,
        tab_of(browser, preview) as tab,
    ):
        tab.page.route(
            far,  # there is no web in a test
            lambda route: route.fulfill(body=shown.getvalue(), content_type="image/png"),
        )
        expect(tab.at("#remark")).to_have_text("1 picture on the web is not fetched.")
        assert (tab.strangers, tab.ask("page.images[0].naturalWidth")) == ([], 0)
        tab.page.get_by_role("button", name="Pictures from the web").click()
        tab.until("page.images[0].naturalWidth", 640, of_email=True)
        expect(tab.at("#remark")).to_be_hidden()
        fetched += tab.strangers
        tab.requests.clear()
    assert fetched == [far]


def test_styles_stripped_takes_away_what_stands_in_the_head(browser: Browser, folder: Path) -> None:
    write(folder, WITH_PICTURE.replace("roundup", "recap").replace("    image", "    # image"))
    with previewed(browser, folder) as tab:
        tab.press("Phone")
        tab.until("view.innerWidth", 375, of_email=True)
        assert tab.style(".story", "fontSize") == "22px"  # the layout's rule for phones
        assert tab.style("h1", "fontSize") == "24px"  # and the one of all layouts
        tab.view("Styles stripped", "get('styles') === 'off'")
        assert tab.ask("page.styleSheets.length") == 0
        assert (tab.style(".story", "fontSize"), tab.style("h1", "fontSize")) == ("26px", "28px")
        assert tab.style(WORDS, "color") == LIGHT_COLOURS[WORDS]  # stands on the elements
        tab.view("Styles stripped", "get('styles') === null")
        assert (tab.style(".story", "fontSize"), tab.style("h1", "fontSize")) == ("22px", "24px")


def test_an_email_that_is_too_heavy_is_cut_where_gmail_cuts_it(
    browser: Browser, folder: Path
) -> None:
    many = [f"{text} Note {n}." for n, text in enumerate(NUMBERED * 20)]
    path = write(folder, issue_of(*many))
    with previewed(browser, folder) as tab:
        words = tab.email.locator("body")
        expect(words).to_contain_text("Unsubscribe")
        expect(tab.at("#size")).to_contain_text("Gmail cuts it off: the footer is not shown.")
        tab.view("Cut at 102 KB", "get('cut') === 'on'")
        expect(words).not_to_contain_text("Unsubscribe")
        expect(words).to_contain_text("Note 1.")
        last = tab.ask("page.body.innerText.trim().split('\\n').pop().replace(/\\s+/g, ' ')")
        assert last == "[Message clipped] View entire message"
        expect(tab.at("#remark")).to_be_hidden()
        path.write_text(issue_of(*many[:10]))
        tab.shows("Unsubscribe")
        expect(words).not_to_contain_text("[Message clipped]")
        expect(tab.at("#remark")).to_have_text("Gmail would not cut this email.")


def test_views_combine(browser: Browser, folder: Path) -> None:
    settings(folder, "images_url: https://example.org/pictures\n")
    picture(folder, "calm.png", CALM)
    many = indent(
        "".join(f"- text: {text} Note {n}.\n" for n, text in enumerate(NUMBERED * 20)), "  "
    )
    path = write(folder, WITH_PICTURE + many)
    with previewed(browser, folder) as tab:
        tab.view("Dark", "get('scheme') === 'dark'")
        tab.view("Images off", "get('images') === 'off'")
        assert (tab.style(".card", "backgroundColor"), tab.ask("page.images[0].naturalWidth")) == (
            DARK_COLOURS[".card background"],
            0,
        )
        tab.view("Styles stripped", "get('styles') === 'off'")
        tab.view("Cut at 102 KB", "get('cut') === 'on'")
        for words in (
            "A guide for foster carers",
            "A guide for every carer",
        ):  # a save changes none
            tab.shows(words)
            assert (
                tab.style(".card", "backgroundColor"),  # dark colours stand in the head
                tab.ask("page.images[0].naturalWidth"),
                tab.ask("page.styleSheets.length"),
                tab.ask("page.body.innerText.includes('[Message clipped]')"),
            ) == (LIGHT_COLOURS[".card background"], 0, 0, True)
            path.write_text(path.read_text().replace("for foster carers", "for every carer"))
        tab.view("Forced dark", "get('scheme') === 'forced'")
        assert (max(tab.pixel(8, 8)) < 64, tab.ask("page.images[0].naturalWidth")) == (True, 0)
        assert tab.ask("page.body.innerText.includes('[Message clipped]')")


# --- problems -------------------------------------------------------------------------------------


class Mistake(NamedTuple):
    """An issue with a mistake, and what the page tells of it."""

    text: str
    line: int
    source: str
    column: int
    message: str


MISTAKES = {
    "a wrong field": Mistake(
        issue_of("The text after the mistake.") + "outdro: Goodbye.\n",
        5,
        "outdro: Goodbye.",
        1,
        "an issue has no 'outdro'",
    ),
    "YAML that cannot be read": Mistake(
        issue_of("The text after the mistake.") + "outro: [Goodbye.\n",
        5,
        "outro: [Goodbye.",
        8,
        "",
    ),
    "a date that there is not": Mistake(
        issue_of("The text after the mistake.").replace("2024-05-01", "2024-05-32"),
        2,
        "date: 2024-05-32",
        7,
        "",
    ),
}


@pytest.mark.parametrize("which", MISTAKES)
def test_a_broken_issue_shows_its_problems_over_the_last_good_email(
    which: str, browser: Browser, folder: Path
) -> None:
    mistake = MISTAKES[which]
    path = write(folder, issue_of("The last good text."))
    with previewed(browser, folder) as tab:
        tab.shows("The last good text.")
        path.write_text(mistake.text)
        broken = tab.at("#broken")
        expect(broken.locator("h2")).to_have_text("A mistake stops this issue")
        expect(broken.locator(".where")).to_have_text(f"issues/2024-05.yaml, line {mistake.line}")
        expect(broken.locator(".what")).to_contain_text(mistake.message)
        excerpt = f"{mistake.source}\n{' ' * (mistake.column - 1)}^"
        assert broken.locator("pre").text_content() == excerpt
        expect(broken).to_contain_text("Behind this is the email as it was before.")
        expect(tab.email.locator("body")).to_contain_text("The last good text.")
        expect(tab.at("#problems .problem.error")).to_have_count(1)
        expect(tab.at("#list .chip.error")).to_contain_text("1 error")

        broken.get_by_role("button", name="See the line").click()
        expect(tab.at("#place-lines .meant .words")).to_have_text(mistake.source)

        path.write_text(issue_of("The next good text."))
        tab.shows("The next good text.")
        expect(broken).to_be_hidden()
        expect(tab.at("#problems .problem.error")).to_have_count(0)
        expect(tab.at("#stage")).to_have_class("stage")


def test_an_issue_that_was_never_good_shows_what_can_be_read(
    browser: Browser, folder: Path
) -> None:
    path = write(folder, MISTAKES["a wrong field"].text)
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        expect(tab.at("#broken")).to_contain_text("Behind this is what could be read.")
        expect(tab.email.locator("body")).to_contain_text("The text after the mistake.")
        tab.at("#broken").get_by_role("button", name="See what is behind").click()
        expect(tab.at("#broken")).to_be_hidden()
        path.write_text("title: May\n  date: [2024\n")
        expect(tab.at("#broken")).to_contain_text("Nothing of it can be shown yet.")
        expect(tab.at("#panes iframe")).to_have_count(0)
        path.write_text(issue_of("The next good text."))
        tab.shows("The next good text.")
        expect(tab.at("#broken")).to_be_hidden()


def test_a_mistake_in_the_settings_is_shown_with_its_line_and_cleared(
    browser: Browser, folder: Path
) -> None:
    write(folder, issue_of("The only text."))
    with previewed(browser, folder) as tab:
        tab.shows("The only text.")
        settings(folder, "adress: 2 Example Street\n")
        found = tab.at("#problems .problem.error")
        line = SETTINGS.count("\n") + 1
        expect(found.locator(".where")).to_contain_text(f"newsletter.yaml, line {line}")
        found.locator(".what").click()
        expect(tab.at("#place-where")).to_have_text(f"newsletter.yaml, line {line}")
        expect(tab.at("#place-open")).to_have_attribute(
            "href", f"vscode://file{folder / 'newsletter.yaml'}:{line}:1"
        )
        expect(tab.at("#place-lines")).to_contain_text("adress: 2 Example Street")
        settings(folder, "")
        expect(found).to_have_count(0)
        tab.shows("The only text.")


def test_settings_that_cannot_be_read_leave_the_last_good_email(
    browser: Browser, folder: Path
) -> None:
    write(folder, issue_of("The only text."))
    with previewed(browser, folder) as tab:
        tab.shows("1 Example Street")
        settings(folder, "theme: [night\n")
        expect(tab.at("#broken")).to_contain_text("Behind this is the email as it was before.")
        expect(tab.at("#broken .where").first).to_contain_text("newsletter.yaml, line ")
        tab.shows("1 Example Street")
        settings(folder, "")
        expect(tab.at("#broken")).to_be_hidden()
        tab.shows("1 Example Street")


# --- what else an email is made of ----------------------------------------------------------------

OWN_LAYOUT = """\
{#- Cards: one for each entry. -#}
{% extends "parts/email.mjml" %}
{% from "parts/entry.mjml" import entry with context %}
{% block head_styles %}{{ super() }}HEAD{% endblock %}
{% block content %}
<mj-text>RAW</mj-text>
<mj-text css-class="words">
{% for item in issue.all_entries %}
<h2>Card {{ loop.index }}</h2>
{{ entry(item) }}
{% endfor %}
</mj-text>
{% endblock %}
"""


def own_layout(folder: Path, raw: str = "", head: str = "") -> Path:
    """A layout of one's own, called cards, with anything in it."""
    layouts = folder / "templates" / "layouts"
    layouts.mkdir(parents=True, exist_ok=True)
    (layouts / "cards.txt").write_text(POSTCARD_TEXT)
    path = layouts / "cards.mjml"
    path.write_text(OWN_LAYOUT.replace("RAW", raw).replace("HEAD", head))
    return path


def test_a_change_of_a_template_is_shown(browser: Browser, folder: Path) -> None:
    path = own_layout(folder)
    write(folder, "layout: cards\n" + issue_of("The only text."))
    with previewed(browser, folder) as tab:
        tab.shows("Card 1")
        path.write_text(path.read_text().replace("Card {{", "Slip {{"))
        tab.shows("Slip 1")
        whole = path.read_text()
        path.write_text(whole.replace("{% endfor %}", ""))
        expect(tab.at("#broken .where")).to_contain_text("templates/layouts/cards.mjml, line ")
        path.write_text(whole.replace("Slip {{", "Leaf {{"))
        tab.shows("Leaf 1")
        expect(tab.at("#broken")).to_be_hidden()


def test_a_folder_of_templates_that_is_made_while_it_runs_is_seen(
    browser: Browser, folder: Path
) -> None:
    write(folder, "layout: cards\n" + issue_of("The only text."))
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        expect(tab.at("#broken .what")).to_have_text("there is no layout 'cards'")
        path = own_layout(folder)
        tab.shows("Card 1")
        expect(tab.at("#broken")).to_be_hidden()
        path.write_text(path.read_text().replace("Card {{", "Slip {{"))
        tab.shows("Slip 1")


def test_a_change_of_the_settings_is_shown(browser: Browser, folder: Path) -> None:
    write(folder, issue_of("The only text."))
    with previewed(browser, folder) as tab:
        tab.shows("1 Example Street")
        (folder / "newsletter.yaml").write_text(
            SETTINGS.replace("1 Example Street", "9 New Road").replace("Monthly", "Weekly")
        )
        tab.shows("9 New Road")
        expect(tab.at("#publication")).to_have_text("Safeguarding Weekly · 1 May 2024")
        settings(folder, "theme: night\n")
        tab.shows("1 Example Street")
        assert tab.style(".page", "backgroundColor") != LIGHT_COLOURS[".page background"]


# --- the list -------------------------------------------------------------------------------------


def test_new_renamed_and_deleted_issues_are_in_the_list_at_once(
    browser: Browser, folder: Path
) -> None:
    write(folder, issue_of("The item of May.", title="May"))
    titles = ".issue-title"
    with previewed(browser, folder) as tab:
        tab.shows("The item of May.")
        later = issue_of("The item of June.", title="June").replace("05-01", "06-01")
        june = write(folder, later, "2024-06.yaml")
        expect(tab.at(titles)).to_have_text(["June", "May"])
        expect(tab.at("#title")).to_have_text("May")  # the one that is open stays open
        expect(tab.at("#list a").first).to_have_attribute("href", "#2024-06.yaml")

        june.rename(june.with_name("summer.yaml"))
        expect(tab.at("#list a").first).to_have_attribute("href", "#summer.yaml")
        expect(tab.at(titles)).to_have_text(["June", "May"])

        june.with_name("summer.yaml").write_text(later.replace("title: June", "title: Midsummer"))
        expect(tab.at(titles)).to_have_text(["Midsummer", "May"])

        june.with_name("summer.yaml").unlink()
        expect(tab.at(titles)).to_have_text(["May"])
        expect(tab.email.locator("body")).to_contain_text("The item of May.")


def test_deleting_the_open_issue_opens_another(browser: Browser, folder: Path) -> None:
    may = write(folder, issue_of("The item of May.", title="May"))
    write(folder, issue_of("The item of April.", title="April").replace("05-", "04-"), "a.yaml")
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        tab.shows("The item of May.")
        may.unlink()
        tab.shows("The item of April.")
        expect(tab.at("#title")).to_have_text("April")
        expect(tab.at(".issue-title")).to_have_text(["April"])
        assert tab.page.evaluate("location.hash") == "#a.yaml"
        (folder / "issues" / "a.yaml").unlink()
        expect(tab.at("#title")).to_have_text("No issue yet")
        expect(tab.at("#panes iframe")).to_have_count(0)
        expect(tab.at("#problems .problem")).to_have_count(0)
        write(folder, issue_of("The item of June.", title="June"), "june.yaml")
        tab.shows("The item of June.")


# --- from the email to the file and back ----------------------------------------------------------


def test_a_click_on_a_finding_brings_its_entry_into_the_window(
    browser: Browser, folder: Path
) -> None:
    texts = [*NUMBERED]
    texts[24] = "Item 25. Read more about it [here](https://example.org/report-25)."
    path = write(folder, issue_of(*texts))
    line = 4 + 24
    with previewed(browser, folder) as tab:
        tab.shows("Item 30.")
        finding = tab.at("#problems .problem").filter(has_text="vague-words")
        expect(finding.locator(".where")).to_contain_text(f"issues/2024-05.yaml, line {line}")
        assert tab.ask("view.scrollY") == 0
        finding.locator(".what").click()
        tab.until("page.querySelectorAll('[data-mark=picked]').length", 1, of_email=True)
        words, mark, height = tab.ask(
            """[page.querySelectorAll(".card p")[24], page.querySelector("[data-mark=picked]")]
                .map((one) => one.getBoundingClientRect().toJSON()).concat([view.innerHeight])"""
        )
        assert 0 <= words["top"] < words["bottom"] <= height
        assert mark["top"] <= words["top"] + 4
        assert mark["top"] >= words["top"] - 24
        assert mark["bottom"] >= words["bottom"] - 4
        expect(tab.at("#place")).to_be_visible()
        expect(tab.at("#place-where")).to_have_text(f"issues/2024-05.yaml, line {line}")
        expect(tab.at("#place-lines .meant .words")).to_have_text(f"- text: {texts[24]}")
        column = texts[24].index("[here]") + len("- text: ") + 1
        href = tab.at("#place-open").get_attribute("href") or ""
        assert href.startswith(f"vscode://file{path}:{line}:")
        assert int(href.rpartition(":")[2]) in range(column, column + 3)
        tab.page.keyboard.press("Escape")
        expect(tab.at("#place")).to_be_hidden()


class Block(NamedTuple):
    """Lines of an issue's file; those of an entry say which by a mark in its words."""

    lines: str
    mark: str = ""


# Sections are set in another order than that of the file, and digests set the newest first. Titles
# and beginnings are alike where one might be taken for another.
BLOCKS = (
    Block("title: Keeping children safe\ndate: 2024-05-01\nlayout: LAYOUT\n"),
    Block("intro: |\n  Short notes. This month we look at homes, schools and courts.\n"),
    Block("lead:\n  title: The inquiry reports\n  entries:\n"),
    Block(
        """\
  - title: What the inquiry found
    source: Example Inquiry
    text: |
      The inquiry heard from many adults who were harmed as children (K01).

      It asks for a duty to report.
    image: {src: images/calm.png, alt: A reading room (K01)}
""",
        "K01",
    ),
    Block("sections:\n- title: Schools\n  entries:\n"),
    Block(
        """\
  - title: New guidance
    date: 2024-04-02
    text: Short notes. They are for designated leads in schools (K02).
    links:
    - {url: https://example.org/k02, label: Read, title: Guidance for leads}
""",
        "K02",
    ),
    Block(
        """\
  - title: New guidance
    date: 2024-04-20
    text: Governors have a part of their own (K03).
    links:
    - {url: https://example.org/k03, title: Guidance for governors}
""",
        "K03",
    ),
    Block(
        """\
  - date: 2024-04-11
    text: Attendance fell in spring (K04). A survey of parents follows. Courts sat late.
""",
        "K04",
    ),
    Block("\n# What the courts did.\n- title: Courts\n  entries:\n"),
    Block("  - text: A survey of parents follows. Few had heard of it before (K05).\n", "K05"),
    Block("  - text: A survey of parents follows.  # K06\n    kind: Survey K06\n", "K06"),
    Block(
        """\
  - title: Courts
    kind: Ruling K07
    text: Courts sat late. Hearings for the youngest came first (K07).
""",
        "K07",
    ),
    Block(
        """\
  - text: |
      - A list begins this entry (K08).
      - It has **two** items & [a link](https://example.org/k08).
    links:
    - {url: https://example.org/k08b, label: More}
""",
        "K08",
    ),
    Block("- title: Homes\n  entries:\n"),
    Block(
        """\
  - title: New guidance
    text: Homes must tell children how to complain (K09).
    image: {src: images/other.png, alt: A front door K09, caption: A door in spring K09}
""",
        "K09",
    ),
    Block(
        """\
  - links:
    - {url: https://example.org/k10, title: A leaflet for children K10}
    kind: Leaflet K10
""",
        "K10",
    ),
    Block(
        """\
  - title: Voices
    text: '"**Nobody** asked me," says one child & many others (K11).'
    image: {src: images/calm.png, alt: A reading room again K11}
""",
        "K11",
    ),
    Block("  - The last entry is nothing but a text (K12).\n", "K12"),
    Block("outro: |\n  Until next month.\n"),
)

# Whatever holds the mark of an entry is clicked on, its links, and the last headline above them.
_TARGETS = """(() => {
    for (const old of page.querySelectorAll("[data-target]")) delete old.dataset.target;
    const all = [...page.querySelectorAll(".words *")]
        .filter((one) => ["p", "li", "h2", "h3", "a", "img"].includes(one.localName))
        .filter((one) => !one.querySelector("p, li"));
    const found = all.filter((one) => (one.alt ?? one.textContent).includes(argument.mark) ||
        argument.urls.includes(one.getAttribute("href")));
    const text = found.find((one) => one.textContent.includes(`(${argument.mark})`));
    if (argument.title) found.push(all.slice(0, all.indexOf(text)).reverse().find((one) =>
        /^h[23]$/.test(one.localName) && one.textContent.includes(argument.title)));
    found.forEach((one, number) => one.dataset.target = number);
    const words = (one) => (one.alt ?? one.textContent).trim().slice(0, 30);
    return found.map((one) => `${one.localName}: ${words(one)}`);
})()"""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_click_on_an_entry_shows_its_lines_in_the_file(
    layout: str, browser: Browser, folder: Path
) -> None:
    settings(folder, "images_url: https://example.org/pictures\norder: alphabetical\n")
    picture(folder, "calm.png", CALM)
    picture(folder, "other.png", SHOUTING)
    whole = "".join(block.lines for block in BLOCKS).replace("LAYOUT", layout)
    path = write(folder, whole)
    found: dict[str, dict[str, tuple[str, list[str], str]]] = {}
    wanted: dict[str, dict[str, tuple[str, list[str], str]]] = {}
    with previewed(browser, folder) as tab:
        tab.shows("K12")
        expect(tab.at("#broken")).to_be_hidden()
        tab.until("[...page.images].every((image) => image.naturalWidth)", True, of_email=True)
        first = 1
        for block in BLOCKS:
            lines = block.lines.rstrip("\n").split("\n")
            last = first + len(lines) - 1
            if block.mark:
                clicks = _clicks(tab, block)
                where = f"lines {first} to {last}" if last > first else f"line {first}"
                told = (
                    f"issues/2024-05.yaml, {where}",
                    lines,
                    f"vscode://file{path}:{first}:1",
                )
                found[block.mark], wanted[block.mark] = clicks, dict.fromkeys(clicks, told)
            first = last + 1
    assert [
        (mark, thing, told[0], wanted[mark][thing][0])
        for mark, clicks in found.items()
        for thing, told in clicks.items()
        if told != wanted[mark][thing]
    ] == []


def _clicks(tab: Tab, block: Block) -> dict[str, tuple[str, list[str], str]]:
    """What each thing of an entry shows when it is clicked."""
    about = {
        "mark": block.mark,
        "title": _between(block.lines, "  - title: ", "\n"),
        "urls": [part.split(",")[0].split(")")[0] for part in block.lines.split("url: ")[1:]],
    }
    told = {}
    for number, name in enumerate(tab.ask(_TARGETS, about)):
        tab.email.locator(f"[data-target='{number}']").click(position={"x": 3, "y": 6})
        expect(tab.at("#place-lines .meant")).not_to_have_count(0)
        told[name] = (
            tab.at("#place-where").inner_text(),
            tab.at("#place-lines .meant .words").all_text_contents(),
            tab.at("#place-open").get_attribute("href") or "",
        )
        tab.at("#place-close").click()
    return told


def _between(words: str, before: str, after: str) -> str:
    return words.partition(before)[2].partition(after)[0]


def test_an_entry_that_is_nothing_but_a_picture_is_found_by_it(
    browser: Browser, folder: Path
) -> None:
    settings(folder, "images_url: https://example.org/pictures\n")
    picture(folder, "calm.png", CALM)
    write(
        folder,
        issue_of("The first text.")
        + "- image: {src: images/calm.png, alt: A poster for waiting rooms}\n"
        + "- text: The last text.\n",
    )
    with previewed(browser, folder) as tab:
        tab.until("page.images[0].naturalWidth", 600, of_email=True)
        tab.shows("The last text.")
        tab.email.locator("img").click()
        expect(tab.at("#place-where")).to_have_text("issues/2024-05.yaml, line 5")
        tab.email.get_by_text("The first text.", exact=True).click()
        expect(tab.at("#place-where")).to_have_text("issues/2024-05.yaml, line 4")


def test_words_within_an_entry_are_not_taken_for_another_that_begins_with_them(
    browser: Browser, folder: Path
) -> None:
    texts = [
        "Attendance fell in spring. A survey of parents follows. Courts sat late.",
        "A survey of parents follows.",
        "Courts sat late. Hearings for the youngest came first.",
    ]
    write(folder, issue_of(*texts))
    with previewed(browser, folder) as tab:
        tab.shows(texts[-1])
        for number, words in enumerate(texts):
            tab.email.get_by_text(words, exact=True).click()
            line = 4 + number
            expect(tab.at("#place-where")).to_have_text(f"issues/2024-05.yaml, line {line}")


def test_entries_that_are_alike_to_the_letter_are_told_apart_by_their_order(
    browser: Browser, folder: Path
) -> None:
    settings(folder, "order: alphabetical\n")
    write(
        folder,
        """\
        title: Safe at home
        date: 2024-05-01
        sections:
        - title: Wales
          entries:
          - {title: A helpline opens, text: Lines are open day and night.}
        - title: England
          entries:
          - {title: A helpline opens, text: Lines are open day and night.}
        """,
    )
    with previewed(browser, folder) as tab:
        tab.shows("Lines are open day and night.")
        headings = tab.email.locator("h2").all_inner_texts()
        assert headings == ["England", "Wales"]  # sections are set in the order of the alphabet
        entries = tab.email.get_by_text("Lines are open day and night.", exact=True)
        for number, line in ((0, 9), (1, 6)):
            entries.nth(number).click()
            expect(tab.at("#place-where")).to_have_text(f"issues/2024-05.yaml, line {line}")


def test_the_lines_that_are_shown_follow_the_file(browser: Browser, folder: Path) -> None:
    entry = "- title: A new duty\n  text: Staff must report what they are told.\n"
    path = write(folder, issue_of("The first text.") + entry)
    with previewed(browser, folder) as tab:
        tab.shows("Staff must report")
        tab.email.get_by_text("Staff must report what they are told.", exact=True).click()
        expect(tab.at("#place-where")).to_have_text("issues/2024-05.yaml, lines 5 to 6")
        path.write_text(issue_of("A text above.", "The first text.") + entry)
        tab.shows("A text above.")
        expect(tab.at("#place-where")).to_have_text("issues/2024-05.yaml, lines 6 to 7")
        expect(tab.at("#place-lines .meant .words")).to_have_text(entry.rstrip().split("\n"))


def test_another_editor_is_opened_by_setting(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "Our newsletter, 50% é"
    (root / "issues").mkdir(parents=True)
    (root / "newsletter.yaml").write_text(SETTINGS)
    monkeypatch.chdir(root)
    path = write(root, issue_of("The first text.", "The second text."))
    file = "/".join(quote(part, safe="!'()*") for part in str(path).split("/"))
    with previewed(browser, root) as tab:
        tab.shows("The second text.")
        own = "mine://{file}?at={line}-{column}"
        expected = {
            "VS Code": f"vscode://file{file}:5:1",
            "Cursor": f"cursor://file{file}:5:1",
            "Sublime Text": f"subl://open?url=file://{file}&line=5&column=1",
            "IntelliJ, PyCharm": f"idea://open?file={file}&line=5&column=1",
            "Another one …": f"mine://{file}?at=5-1",
        }
        found = {}
        for name in expected:
            _choose_editor(tab, name, own)
            tab.email.get_by_text("The second text.", exact=True).click()
            expect(tab.at("#place-where")).to_have_text("issues/2024-05.yaml, line 5")
            found[name] = tab.at("#place-open").get_attribute("href")
            tab.at("#place-close").click()
        assert found == expected
        for name, pattern in (("Another one …", "javascript:window.hit=1//{file}"), ("None", "")):
            _choose_editor(tab, name, pattern)
            tab.email.get_by_text("The second text.", exact=True).click()
            expect(tab.at("#place-where")).to_have_text("issues/2024-05.yaml, line 5")
            expect(tab.at("#place-open")).to_be_hidden()
            tab.at("#place-close").click()


def _choose_editor(tab: Tab, name: str, pattern: str) -> None:
    tab.at("#help").click()
    tab.at("#editor").select_option(label=name)
    if tab.at("#pattern").is_visible():
        tab.at("#pattern").fill(pattern)
        tab.at("#pattern").press("Tab")
    tab.at("#keys").get_by_role("button", name="Close").click()
    expect(tab.at("#keys")).to_be_hidden()


def test_a_link_in_the_email_leads_nowhere_and_shows_its_address(
    browser: Browser, folder: Path
) -> None:
    write(
        folder,
        issue_of(
            "Read [the report](https://example.org/report?a=1&b=2#three).",
            "Ring [the helpline](tel:+441632960000).",
            "Write to [the office](mailto:office@example.org).",
        ),
    )
    addresses = {
        "the report": "https://example.org/report?a=1&b=2#three",
        "the helpline": "tel:+441632960000",
        "the office": "mailto:office@example.org",
        "Unsubscribe": "https://example.org/unsubscribe",
    }
    with previewed(browser, folder) as tab:
        tab.shows("the report")
        before = (tab.page.url, tab.ask("view.location.href"))
        for name, address in addresses.items():
            link = tab.email.get_by_role("link", name=name)
            link.click()
            expect(tab.at("#place-link")).to_have_text(f"Link: {address}")
            tab.at("#place-close").click()
            link.press("Enter")
            expect(tab.at("#place-link")).to_have_text(f"Link: {address}")
            tab.at("#place-close").click()
            link.click(button="middle")
            link.click(modifiers=["ControlOrMeta"])
            link.click(modifiers=["Shift"])
            expect(tab.at("#place-link")).to_have_text(f"Link: {address}")
            tab.at("#place-close").click()
        assert (tab.page.url, tab.ask("view.location.href")) == before
        assert len(tab.page.context.pages) == 1


# --- more than one tab, and a preview that comes back ---------------------------------------------


def test_two_tabs_follow_at_once(browser: Browser, folder: Path) -> None:
    may = write(folder, issue_of("The item of May.", title="May"))
    april = write(
        folder, issue_of("The item of April.", title="April").replace("05-", "04-"), "a.yml"
    )
    with (
        running(folder, port=PORT) as preview,
        tab_of(browser, preview) as first,
        tab_of(browser, preview, "a.yml") as second,
    ):
        beside = Tab(first.page.context, preview)  # another tab of the same browser
        beside.open()
        first.shows("The item of May.")
        second.shows("The item of April.")
        beside.shows("The item of May.")
        may.write_text(issue_of("Another item of May.", title="New May"))
        for tab in (first, beside):
            tab.shows("Another item of May.")
        april.write_text(april.read_text().replace("The item", "Another item"))
        second.shows("Another item of April.")
        for tab in (first, second, beside):
            expect(tab.at(".issue-title")).to_have_text(["New May", "April"])
        first.view("Dark", "get('scheme') === 'dark'")
        assert beside.ask("new URL(view.location).searchParams.get('scheme')") == "light"
        assert (first.told, second.told, beside.told) == ([], [], [])


def test_the_page_waits_for_a_preview_that_has_stopped_and_shows_what_was_saved_meanwhile(
    browser: Browser, folder: Path
) -> None:
    path = write(folder, issue_of(*NUMBERED))
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    with running(folder, port=PORT_TO_RETURN_TO) as preview:
        tab = Tab(context, preview)
        tab.open()
        tab.shows("Item 30.")
        tab.ask("view.scrollTo(0, page.querySelectorAll('p')[14].getBoundingClientRect().top - 20)")
        top = tab.ask(_TOP)
        port = preview.port
    expect(tab.at("#status")).to_have_text(
        "The preview has stopped. Start it again in the terminal: this page waits for it."
    )
    expect(tab.email.locator("body")).to_contain_text("Item 30.")
    tab.at("#list a").first.click()  # does no harm
    tab.press("Tablet")
    tab.press("Desktop")
    path.write_text(issue_of("An item that was saved meanwhile.", *NUMBERED))
    with running(folder, port=port) as preview:
        assert preview.port == port
        tab.shows("An item that was saved meanwhile.")
        expect(tab.at("#status")).not_to_contain_text("stopped")
        assert tab.ask(_TOP) == top
        path.write_text(issue_of("An item that was saved later."))
        tab.shows("An item that was saved later.")
        assert tab.strangers == []
    context.close()


def test_a_view_that_is_chosen_while_the_preview_has_stopped_is_shown_when_it_is_back(
    browser: Browser, folder: Path
) -> None:
    write(folder, issue_of("The only text."))
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    with running(folder, port=PORT_TO_RETURN_TO) as preview:
        tab = Tab(context, preview)
        tab.open()
        tab.shows("The only text.")
        port = preview.port
    expect(tab.at("#status")).to_contain_text("The preview has stopped.")
    tab.press("Dark")
    expect(tab.email.locator("body")).to_contain_text("The only text.")  # never blank
    with running(folder, port=port):
        tab.until("page && view.location.search", "?scheme=dark&platform=generic", of_email=True)
        assert tab.style(".card", "backgroundColor") == DARK_COLOURS[".card background"]
        assert tab.strangers == []
    context.close()


# --- hostile issues -------------------------------------------------------------------------------


def _quoted(words: str) -> str:
    """Words as YAML that reads as exactly these."""
    return "'" + words.replace("'", "''") + "'"


HIT = "window.hit=1;parent.hit=1;top.hit=1;alert(1)"

HOSTILE_WORDS = {
    "a script": f"<script>{HIT}</script>",
    "an event": f'<img src=x onerror="{HIT}">',
    "the end of the title": f"</title><script>{HIT}</script>",
    "the end of the styles": f"</style><script>{HIT}</script>",
    "the end of a text area": f"</textarea></template><svg onload='{HIT}'>",
    "a comment": f"<!-- --!><img src=x onerror='{HIT}'>",
    "the end of a comment": f"--><script>{HIT}</script><!--",
    "the end of an attribute": f"\"'><img src=x onerror={HIT}>",
    "markers of templates": "{{ 7 * 7 }}{% raw %}${window.hit=1}",
}


@pytest.mark.parametrize("which", HOSTILE_WORDS)
def test_words_of_an_issue_are_words_wherever_they_are_shown(
    which: str, browser: Browser, folder: Path
) -> None:
    words = HOSTILE_WORDS[which]
    typed = _quoted(words)
    (folder / "newsletter.yaml").write_text(
        SETTINGS.replace("Safeguarding Monthly", typed).replace("You asked for it.", typed)
        + "images_url: https://example.org/pictures\n"
    )
    picture(folder, "calm.png", CALM)
    name = f"{words.replace('/', '-')[:80]}.yaml"
    path = write(
        folder,
        f"""\
title: {typed}
date: 2024-05-01
subject: {typed}
preheader: {typed}
intro: {_quoted("Opening. " + words)}
sections:
- title: {typed}
  subtitle: {typed}
  entries:
  - title: {typed}
    kind: {typed}
    source: {typed}
    text: {_quoted("An entry. " + words)}
    image: {{src: images/calm.png, alt: {typed}, caption: {typed}, credit: {typed}}}
    links:
    - {{url: 'https://example.org/a?b=%22%3E%3Cscript%3E', label: {typed}, title: {typed}}}
outro: {_quoted("Closing. " + words)}
""",
        name,
    )
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        expect(tab.at("#title")).to_have_text(words)
        expect(tab.at("#list .issue-title")).to_have_text(words)
        expect(tab.email.locator("h1")).to_have_text(words)
        tab.until("page.images[0].naturalWidth", 600, of_email=True)
        assert tab.ask("page.images.length") == 1
        assert tab.ask("page.images[0].alt") == words
        assert tab.ask("page.scripts.length") == 0
        tab.email.get_by_text("An entry.").last.click()
        expect(tab.at("#place-name")).to_have_text(words if len(words) <= 60 else re.compile("…$"))
        for name in ("Plain text", "Source", "MJML", "YAML", "Email"):
            tab.page.get_by_role("tab", name=name, exact=True).click()
            panel = tab.page.get_by_role("tabpanel")
            expect(panel).to_be_visible()
        path.write_text(path.read_text().replace("outro:", f"{typed}:"))
        expect(tab.at("#broken .what").first).not_to_be_empty()
        tab.at("#broken").get_by_role("button", name="See the line").first.click()
        expect(tab.at("#place-lines .meant")).not_to_have_count(0)
        assert _hits(tab) == []
        assert tab.page.locator("script").count() == 2  # the page's own


@pytest.mark.parametrize(
    "url",
    [
        "javascript:parent.hit=1",
        "JaVaScRiPt:parent.hit=1",
        "data:text/html,<script>parent.hit=1</script>",
        "vbscript:hit",
        'https://example.org/"onclick="parent.hit=1',
    ],
)
def test_a_hostile_address_of_an_issue_does_nothing(
    url: str, browser: Browser, folder: Path
) -> None:
    write(
        folder,
        issue_of("The first text.")
        + f"- text: '[Click here](<{url}>) and read.'\n"
        + f"- text: The last text.\n  links:\n  - {{url: '{url}', title: Click there}}\n",
    )
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        tab.shows("The first text.")
        if tab.at("#broken").is_visible():
            tab.at("#broken").get_by_role("button", name="See what is behind").click()
        before = (tab.page.url, tab.ask("view.location.href"))
        for link in tab.email.locator("a").all():
            link.click()
        for finding in tab.at("#problems .what").all():
            finding.click()
        for link in tab.at("#place-link a, #problems a").all():
            assert (link.get_attribute("href") or "").startswith(("http", "mailto:"))
        assert (tab.page.url, tab.ask("view.location.href")) == before
        assert _hits(tab) == []


def _hits(tab: Tab) -> list[object]:
    """What ran in spite of all: in the page, in the email, in windows that were opened."""
    flags = [tab.ask("view?.hit"), *tab.dialogs]
    flags += [page.evaluate("window.hit") for page in tab.page.context.pages]
    return [flag for flag in flags if flag is not None]


ELSEWHERE = "https://elsewhere.example"

HOSTILE_STYLES = f"""
@font-face {{ font-family: far; src: url("{ELSEWHERE}/far.woff") }}
.words p {{ font-family: far !important; background: url("{ELSEWHERE}/ground.png") !important }}
"""
HOSTILE_TEMPLATES = {
    "a script": f"<script>{HIT}</script><script src='{ELSEWHERE}/a.js'></script>"
    f"<script type='module'>{HIT}</script>",
    "events": f"<img src='x.png' alt='' onerror='{HIT}'/><svg onload='{HIT}'></svg>"
    f"<details open='open' ontoggle='{HIT}'><summary>S</summary></details>"
    f"<input autofocus='autofocus' onfocus='{HIT}'/>"
    f"<p id='touch' onclick='{HIT}' onmouseover='{HIT}' style='animation: a 1s'>Touch me.</p>",
    "frames": f"<iframe src='{ELSEWHERE}/frame'></iframe><iframe src='javascript:{HIT}'></iframe>"
    f"<iframe srcdoc='&lt;script&gt;{HIT}&lt;/script&gt;'></iframe><iframe src='/'></iframe>"
    f"<object data='{ELSEWHERE}/object'></object>",
    "a form": f"<form id='form' action='{ELSEWHERE}/form' method='post'>"
    "<input id='field' name='a' value='b'/>"
    f"<button id='touch' formaction='{ELSEWHERE}/button'>Touch me.</button></form>",
    "a refresh": f"<meta http-equiv='refresh' content='0; url={ELSEWHERE}/refresh'/>"
    f"<meta http-equiv='refresh' content='0; url=javascript:{HIT}'/>",
    "a base": f"<base href='{ELSEWHERE}/' target='_top'/><img src='base.png' alt=''/>"
    "<a id='touch' href='base'>Touch me.</a>",
    "links": f"<a id='touch' href='javascript:{HIT}' target='_top'>Touch me.</a>"
    f"<a href='{ELSEWHERE}/top' target='_top'>T</a>"
    f"<a href='{ELSEWHERE}/ping' ping='{ELSEWHERE}/p'>P</a>"
    f"<svg><a xlink:href='javascript:{HIT}'><text y='20'>S</text></a></svg>"
    f"<map name='m'><area shape='default' href='{ELSEWHERE}/area' target='_top'/></map>",
    "things to fetch": f"<link rel='stylesheet' href='{ELSEWHERE}/a.css'/>"
    f"<link rel='prefetch' href='{ELSEWHERE}/prefetch'/>"
    f"<link rel='preload' as='image' href='{ELSEWHERE}/preload'/>"
    f"<link rel='icon' href='{ELSEWHERE}/icon.png'/>"
    f"<link rel='manifest' href='{ELSEWHERE}/manifest'/>"
    f"<img src='{ELSEWHERE}/pixel.png' srcset='{ELSEWHERE}/set.png 2x' alt=''/>"
    f"<video src='{ELSEWHERE}/video' poster='{ELSEWHERE}/poster.png' autoplay='autoplay'></video>"
    f"<audio src='{ELSEWHERE}/audio' autoplay='autoplay'></audio>"
    f"<div style='background: url({ELSEWHERE}/inline.png)'>D</div>"
    f"<table background='{ELSEWHERE}/table.png'><tr><td>T</td></tr></table>",
}


@pytest.mark.parametrize("which", HOSTILE_TEMPLATES)
def test_nothing_in_a_template_runs_navigates_or_is_fetched(
    which: str, browser: Browser, folder: Path
) -> None:
    own_layout(folder, HOSTILE_TEMPLATES[which], HOSTILE_STYLES)
    path = write(folder, "layout: cards\n" + issue_of("The text below it."))
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        tab.shows("The text below it.")
        served = preview.ask("/issues/2024-05.yaml/email").body.decode()
        names = {part.split()[0].strip("/>'") for part in HOSTILE_TEMPLATES[which].split("<")[1:]}
        assert [name for name in sorted(names) if f"<{name}" not in served] == []
        assert f"{ELSEWHERE}/ground.png" in served
        before = (tab.page.url, tab.ask("view.location.href"))
        touch = tab.email.locator("#touch")
        if touch.count():
            touch.hover()
            touch.click()
            touch.click(button="middle")
            touch.focus()
            touch.press("Enter")
        for field in tab.email.locator("#field").all():
            field.press("Enter")
        for link in tab.email.locator("a").all():
            link.dispatch_event("click")
        for name in ("Forced dark", "Styles stripped", "Cut at 102 KB"):
            tab.press(name)
            tab.reloaded()
            tab.shows("The text below it.")
        tab.press("Light")
        for name in ("Styles stripped", "Cut at 102 KB"):
            tab.press(name)
        path.write_text("layout: cards\n" + issue_of("The next text below it."))
        tab.shows("The next text below it.")
        tab.until("view.location.href", before[1], of_email=True)
        assert (tab.page.url, len(tab.page.context.pages)) == (before[0], 1)
        assert _hits(tab) == []
        assert tab.strangers == []
        # The email by itself, outside its frame, is no more able to.
        tab.page.goto(f"{preview.url}issues/2024-05.yaml/email")
        expect(tab.page.locator("body")).to_contain_text("The next text below it.")
        tab.page.wait_for_load_state("load")
        assert tab.page.url == f"{preview.url}issues/2024-05.yaml/email"
        assert _hits(tab) == []


def test_a_script_in_a_template_is_reported_as_blocked(browser: Browser, folder: Path) -> None:
    """The tests above would hold if scripts were merely slow: here the browser says that it was
    about to run one."""
    own_layout(folder, f"<script>{HIT}</script>")
    write(folder, "layout: cards\n" + issue_of("The text below it."))
    with running(folder, port=PORT) as preview, tab_of(browser, preview) as tab:
        tab.shows("The text below it.")
        assert [told for told in tab.told if "Blocked script execution" in told] != []
        assert _hits(tab) == []
