"""The preview, measured: from a save until it is on the screen, and memory over many saves.

The issue is that of `scripts/bench.py` with 60 entries. Times are from just before the file is
written until Chromium has painted the new email, and beside them what a whole rebuild takes in the
same minute on the same machine, because only their ratio says anything elsewhere.
"""

import re
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from newsletter.build import build
from newsletter.project import open_project
from scripts.bench import issue_yaml, sections
from scripts.chromium import chromium
from scripts.running import preview

ROUNDS = 20
SAVES = 200
PAUSE = 0.5  # seconds between two saves, so that each is one of its own

SETTINGS = """\
publication: Safeguarding Monthly
sender: Example Trust
address: 1 Example Street
reason: You asked for it.
privacy: https://example.org/privacy
links: {unsubscribe: https://example.org/unsubscribe}
"""

# Resolves when an email with the words is seen, and a frame with it has been painted.
SEEN = """words => { window.seen = new Promise(done => {
    const glass = document.querySelector(".glass");
    const watched = new MutationObserver(() => {
        const page = glass.querySelector("iframe:not(.waiting)")?.contentDocument;
        if (!page?.body?.textContent.includes(words)) return;
        watched.disconnect();
        requestAnimationFrame(() => setTimeout(() =>
            done((performance.timeOrigin + performance.now()) / 1000)));
    });
    watched.observe(glass, {subtree: true, attributes: true, childList: true});
}) }"""


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        (root / "issues").mkdir()
        (root / "newsletter.yaml").write_text(SETTINGS, "utf-8")
        text = issue_yaml(sections(60))
        issue = root / "issues" / "2024-05-bench.yaml"
        issue.write_text(text, "utf-8")
        word = re.findall(r"title: (.+)", text)[1].strip("'\"")
        with preview(root) as (pid, url), chromium() as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(url)
            page.wait_for_selector("html[data-shown]")
            shown, rebuilt = [], []
            for number in range(ROUNDS):
                new = text.replace(word, f"Words of round {number}", 1)
                shown.append(until_seen(page, issue, new, f"Words of round {number}"))
                time.sleep(PAUSE)
                begin = time.perf_counter()
                build(issue, open_project(root))
                rebuilt.append(time.perf_counter() - begin)
            told("from saving to the screen", shown)
            told("a whole rebuild", rebuilt[1:])
            ratio = statistics.median(shown) / statistics.median(rebuilt[1:])
            print(f"{'ratio of the medians':<28} {ratio:>7.1f}")
            memory = []
            for number in range(SAVES):
                until_seen(page, issue, text.replace(word, f"Save {number}.", 1), f"Save {number}.")
                time.sleep(PAUSE)
                memory.append(resident(pid))
            first, last = memory[9], memory[-1]
            print(f"memory after 10 saves {first:.0f} MB, after {SAVES} {last:.0f} MB")


def until_seen(page: Page, issue: Path, text: str, words: str) -> float:
    """Seconds from saving `text` until its `words` are seen."""
    page.evaluate(SEEN, words)
    begin = time.time()
    issue.write_text(text, "utf-8")
    return float(page.evaluate("window.seen")) - begin


def told(what: str, seconds: list[float]) -> None:
    best, median, worst = min(seconds), statistics.median(seconds), max(seconds)
    print(
        f"{what:<28} {1000 * median:>5.0f} ms"
        f"  (best {1000 * best:.0f}, worst {1000 * worst:.0f}, {len(seconds)} times)"
    )


def resident(pid: int) -> float:
    """Megabytes that a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    main()
