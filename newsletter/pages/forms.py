"""What a page says of itself in, an entry as an issue has them out."""

from collections.abc import Iterable

from newsletter.addresses import site
from newsletter.dates import PartialDate
from newsletter.intake.blocks import Span, inline
from newsletter.intake.draft import REWRITE, DraftEntry, DraftLink
from newsletter.pages import Page
from newsletter.source import Data

_LABELS = {"Video": "Watch", "Podcast": "Listen"}


def in_sentences(issues: Iterable[Data]) -> bool:
    """Whether a new entry is a text with the link in it, as most are in the first of `issues` that
    has any. Else it is a card: every layout has its own places for the parts of one."""
    entries = next((found for issue in issues if (found := _entries(issue))), [])
    titled = sum(isinstance(entry, dict) and bool(entry.get("title")) for entry in entries)
    return titled * 2 < len(entries)


def _entries(issue: Data) -> list[Data]:
    if not isinstance(issue, dict):
        return []
    sections = issue.get("sections")
    above = [issue, issue.get("lead"), *(sections if isinstance(sections, list) else [])]
    lists = [one.get("entries") for one in above if isinstance(one, dict)]
    return [entry for entries in lists if isinstance(entries, list) for entry in entries]


def entry(page: Page, sentences: bool, read: str = "Read", language: str = "en-GB") -> DraftEntry:
    """The entry for a page: a text with the link in it, or a card with a row of links. `read` is
    the label of such a row."""
    if page.doubt:
        todo = f"this page could not be read ({page.doubt}): look at it, and write the entry"
        return DraftEntry(text=inline([Span(site(page.url) or page.url, page.url)]), todo=todo)
    if sentences:
        return DraftEntry(text=_sentences(page, language), todo=_todo(page))
    label = _LABELS.get(page.kind, read) if language.startswith("en") else read
    about = f" ({page.about})" if page.about else ""
    return DraftEntry(
        page.title,
        page.date,
        page.publisher,
        kind=page.kind,
        text=inline([Span(page.description)]) if page.description else "",
        links=(DraftLink(label, f"{page.publisher}{about}", page.url),),
        todo=_todo(page),
    )


def _sentences(page: Page, language: str) -> str:
    date = PartialDate(page.date).format(language=language) if page.date else ""
    kind = page.kind if page.kind and page.kind not in page.about else ""
    facts = ", ".join(fact for fact in (page.publisher, kind, page.about, date) if fact)
    words = page.title or page.publisher
    spans = [Span(words, page.url), Span(f" ({facts})." if facts and facts != words else ".")]
    if page.description:
        spans.append(Span(f" {page.description}"))
    return inline(spans)


def _todo(page: Page) -> str:
    return REWRITE if page.description else "say what it is about"
