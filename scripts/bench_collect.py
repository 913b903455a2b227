"""`newsletter collect`, measured: 40 feeds with 50 items each, from servers on this machine.

The whole command runs in a process of its own, as an editor's would, twice: once with everything
new, and once with nothing. The issue asks for less than 5 s and 150 MB.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

FEEDS = 40
ITEMS = 50

SETTINGS = """\
publication: Safeguarding Monthly
sender: Example Trust
address: 1 Example Street
reason: You asked for it.
"""

_SUBJECTS = (
    "online grooming", "neglect", "kinship care", "young carers", "county lines", "foster care",
    "school attendance", "mental health", "domestic abuse", "children's rights",
)  # fmt: skip
_PLACES = (
    "Wales", "Leeds", "Norfolk", "Glasgow", "Belfast", "Cornwall", "Kent", "Dundee", "Bristol",
    "Durham", "Essex", "Swansea", "York",
)  # fmt: skip


def feed(number: int) -> bytes:
    """A feed as blogs send them, with summaries and whole articles."""
    today = datetime.now(UTC)
    items = []
    for place in range(ITEMS):
        subject = _SUBJECTS[(number + place) % len(_SUBJECTS)]
        where = _PLACES[(number * 7 + place * 3) % len(_PLACES)]
        title = f"Charity {number} reports {number * 100 + place} cases of {subject} in {where}"
        words = f"A study of {subject} in {where} asks what helps. It has {place + 2} parts."
        article = f"<p>{words}</p>" + f"<p>What families say of {subject} fills a chapter.</p>" * 20
        items.append(
            f"<item><title>{title}</title><link>https://feed{number}.example.org/{place}</link>"
            f"<guid isPermaLink='false'>{number}-{place}</guid><category>{subject}</category>"
            f"<pubDate>{today:%a, %d %b %Y} 09:{place:02}:00 +0000</pubDate>"
            f"<description><![CDATA[<p>{words}</p>]]></description>"
            f"<content:encoded><![CDATA[{article}]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Publisher {number}</title><link>https://feed{number}.example.org/</link>"
        f"{''.join(items)}</channel></rss>"
    ).encode()


class _Server(BaseHTTPRequestHandler):
    """Has the feed of each host, `feed3.example.org`."""

    protocol_version = "HTTP/1.1"
    feeds: ClassVar = [feed(number) for number in range(FEEDS)]

    def do_GET(self) -> None:
        number = int(self.headers["host"].removeprefix("feed").partition(".")[0])
        self.send_response(200)
        self.send_header("content-type", "application/rss+xml")
        self.send_header("content-length", str(len(self.feeds[number])))
        self.end_headers()
        self.wfile.write(self.feeds[number])

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        (root / "issues").mkdir()
        feeds = [f"  - url: http://feed{number}.example.org/feed" for number in range(FEEDS)]
        words = "\n".join(["feeds:", *feeds])
        (root / "newsletter.yaml").write_text(f"{SETTINGS}{words}\n", "utf-8")
        for name in ("everything new", "nothing new"):
            begin = time.perf_counter()
            ran = subprocess.run(
                [sys.executable, "-m", "scripts.bench_collect", made, str(server.server_port)],
                cwd=Path(__file__).parent.parent,
                capture_output=True,
                text=True,
                check=True,
            )
            seconds = time.perf_counter() - begin
            said, most = ran.stdout.strip().split("\n")[-2:]
            print(
                f"{FEEDS} feeds, {ITEMS} items each, {name:<15} {seconds:>5.1f} s {most} MB {said}"
            )
    server.shutdown()


def run(root: str, port: int) -> None:
    """The command, in a process of its own."""
    from newsletter.cli.collect import collect
    from newsletter.live import fetch
    from newsletter.live.guard import Target

    async def resolve(_host: str, _port: int) -> list[Target]:
        return [Target("127.0.0.1", port)]

    fetch.NETWORK = fetch.Network(resolve, frozenset({"127.0.0.1"}))
    os.chdir(root)
    collect([], standalone_mode=False)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        run(sys.argv[1], int(sys.argv[2]))
    else:
        main()
