"""Built emails in, pictures of them out: desktop, phone and dark, as Chromium shows them.

Each folder of sample_output/ gets desktop.png (1280 px), phone.png and dark.png (375 px), cut to
the first screens so that they can be shown on a page. docs/themes.png shows every layout in every
theme, docs/preview*.png the preview, and docs/pictures.json says of which emails the pictures
are.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser

from newsletter.build import build
from newsletter.problems import NewsletterError
from newsletter.project import Project, open_project
from newsletter.write import write
from scripts.chromium import chromium
from scripts.running import preview

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "docs" / "themes.png"
SHOWN = ROOT / "docs" / "pictures.json"
# So that letters are drawn the same on every machine.
HINTING = "--font-render-hinting=none"


class Shot(NamedTuple):
    width: int
    height: int
    scheme: Literal["light", "dark"]


SHOTS = {
    "desktop": Shot(1280, 1600, "light"),
    "phone": Shot(375, 1200, "light"),
    "dark": Shot(375, 1200, "dark"),
}
THUMBNAIL = Shot(640, 800, "light")

PREVIEWED = "2024-04-round-up.yaml"
# What an editor has just typed: two slips, and an entry in other words.
WRITTEN = (
    ("obtain a free e-book", "obtain an an e-book"),
    ("https://doi.org/10.1177/0032258X241241016", "http://doi.org/10.1177/0032258X241241016"),
    ("Baroness Alexis Jay’s [review", "A [review"),
)
PAGES: dict[str, tuple[int, int, Literal["light", "dark"], str]] = {
    "preview": (1440, 960, "light", "j"),
    "preview-dark": (1440, 960, "dark", "b"),
    "preview-phone": (375, 812, "light", ""),
}
"""Width and height, scheme and keys of each picture of the preview."""


def shown() -> dict[str, str]:
    """The digest of each email that there are pictures of."""
    pages = sorted((ROOT / "sample_output").glob("*/email.html"))
    return {page.parent.name: hashlib.sha256(page.read_bytes()).hexdigest() for page in pages}


def main() -> None:
    project = open_project(ROOT)
    with chromium(HINTING) as browser:
        for page in sorted((ROOT / "sample_output").glob("*/email.html")):
            for name, shot in SHOTS.items():
                _shoot(browser, page, page.with_name(f"{name}.png"), shot)
            print(f"{page.parent.relative_to(ROOT)}: {', '.join(f'{name}.png' for name in SHOTS)}")
        SHOWN.write_text(json.dumps(shown(), indent=2) + "\n", "utf-8")
        _sheet(browser, project)
        print(SHEET.relative_to(ROOT))
        _preview(browser)


def _preview(browser: Browser) -> None:
    """The page of the preview, with an issue that somebody is writing."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        shutil.copytree(ROOT / "issues", root / "issues")
        shutil.copy(ROOT / "newsletter.yaml", root)
        for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Sent")):
            author = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
            subprocess.run(("git", *author, *words), cwd=root, check=True)
        path = root / "issues" / PREVIEWED
        text = path.read_text("utf-8")
        for old, new in WRITTEN:
            if old not in text:
                raise SystemExit(f"{PREVIEWED} no longer has: {old}")
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
        with preview(root) as (_, url):
            for name, (width, height, scheme, act) in PAGES.items():
                tab = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=scheme
                )
                tab.goto(f"{url}#{PREVIEWED}")
                tab.wait_for_selector("html[data-shown]")
                for key in act:
                    tab.keyboard.press(key)
                tab.wait_for_timeout(1500)  # what moves has come to rest, the list is counted
                tab.screenshot(path=ROOT / "docs" / f"{name}.png")
                tab.close()
                print(f"docs/{name}.png")


def _shoot(browser: Browser, page: Path, picture: Path, shot: Shot, scale: float = 1) -> None:
    tab = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        device_scale_factor=scale,
    )
    tab.goto(page.as_uri())
    tab.screenshot(path=picture)
    tab.close()


def _sheet(browser: Browser, project: Project) -> None:
    """The contact sheet: a row for each layout, a column for each theme."""
    samples = _samples(project)
    themes = project.templates.themes()
    with tempfile.TemporaryDirectory() as made:
        rows = [f"<tr><td></td>{''.join(f'<th>{escape(theme)}</th>' for theme in themes)}</tr>"]
        for layout, issue in samples.items():
            cells = []
            for theme in themes:
                folder = Path(made) / layout / theme
                result = build(issue, project, theme)
                if result.email is None:
                    raise NewsletterError(*result.problems)
                write(folder, result.files)
                picture = folder / "thumbnail.png"
                _shoot(browser, folder / "email.html", picture, THUMBNAIL, 0.5)
                cells.append(f'<td><img src="{picture.as_uri()}" alt=""></td>')
            rows.append(f"<tr><th>{escape(layout)}</th>{''.join(cells)}</tr>")
        page = Path(made) / "sheet.html"
        page.write_text(
            '<!doctype html><meta charset="utf-8"><title>Layouts and themes</title><style>'
            "body{margin:20px;background:#fff;font:600 18px Arial,sans-serif;color:#333}"
            "table{border-spacing:12px}img{display:block;border:1px solid #ccc}"
            "</style><table>" + "".join(rows) + "</table>",
            "utf-8",
        )
        tab = browser.new_page(viewport={"width": 1840, "height": 800})
        tab.goto(page.as_uri())
        drawn = tab.locator("table").screenshot()
        tab.close()
    # A third of the weight, and no difference that an eye finds.
    Image.open(BytesIO(drawn)).convert("RGB").quantize(256).save(SHEET, optimize=True)


def _samples(project: Project) -> dict[str, Path]:
    """The newest sample issue of each layout."""
    found: dict[str, Path] = {}
    for path in project.issues:
        issue = build(path, project).issue
        if issue:
            found[issue.layout] = path
    return dict(sorted(found.items()))


if __name__ == "__main__":
    main()
