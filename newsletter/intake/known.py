"""What a newsletter's issues have already: those that were sent, drafts, and the inbox."""

from collections.abc import Iterable
from pathlib import Path

from newsletter.addresses import canonical
from newsletter.dates import PartialDate
from newsletter.project import Project
from newsletter.proof.earlier import Earlier
from newsletter.proof.past import Past, Sent, past


class Known:
    """What the issues of a newsletter have at this moment, and its inbox."""

    def __init__(self, project: Project) -> None:
        self._inbox = project.inbox
        self._issues = Earlier(tuple(_past(path) for path in project.drafts))

    def where(self, url: str) -> str:
        """Where the page at `url` stands already: "in 2024-04-round-up (line 12)", or "".

        Of several places it is the latest. Two addresses are one page as `addresses.canonical`
        has it.
        """
        page = canonical(url)
        return self._told(self._issues.pages({page}).get(page))

    def pages(self, urls: Iterable[str]) -> set[str]:
        """Which of `urls` stand in a file already, as `addresses.canonical` has them."""
        return self._issues.has(canonical(url) for url in urls)

    def alike(self, titles: Iterable[str]) -> dict[str, str]:
        """Which of `titles` head a story already, or nearly, whatever its address; and where."""
        found = self._issues.headlines(titles)
        return {title: self._told(sent) for title, sent in found.items()}

    def _told(self, sent: Sent | None) -> str:
        if sent is None:
            return ""
        name = "the inbox" if sent.path == self._inbox else sent.path.stem
        return f"in {name} (line {sent.line})"


def _past(path: Path) -> Past:
    """An issue, also one that has no date yet."""
    found = past(path)
    if found:
        return found
    try:
        raw = path.read_bytes()
    except OSError:
        raw = b""
    return Past(path, PartialDate(""), raw)
