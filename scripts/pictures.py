"""Built emails in, pictures of them out: desktop, phone and dark, in Chromium.

Each folder of sample_output/ gets desktop.png (1280 px), phone.png (375 px) and dark.png (375 px),
cut to the first screens so that they can be shown on a page.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
SHOTS = {
    "desktop": {"width": 1280, "height": 1600, "scheme": "light"},
    "phone": {"width": 375, "height": 1200, "scheme": "light"},
    "dark": {"width": 375, "height": 1200, "scheme": "dark"},
}
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--font-render-hinting=none",
]


def main(folders: list[Path]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for folder in folders:
            for name, shot in SHOTS.items():
                page = browser.new_page(
                    viewport={"width": int(shot["width"]), "height": int(shot["height"])},
                    color_scheme="dark" if shot["scheme"] == "dark" else "light",
                )
                page.goto((folder / "email.html").as_uri())
                page.screenshot(path=folder / f"{name}.png")
                page.close()
            print(f"{folder.relative_to(ROOT)}: {', '.join(f'{name}.png' for name in SHOTS)}")
        browser.close()


if __name__ == "__main__":
    given = [Path(argument).absolute() for argument in sys.argv[1:]]
    main(given or sorted(path.parent for path in (ROOT / "sample_output").glob("*/email.html")))
