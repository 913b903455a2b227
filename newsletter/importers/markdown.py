"""Markdown: nested headings, lists of links with or without notes, front matter."""

import re
from collections.abc import Iterator

from newsletter.importers import Given
from newsletter.importers._texts import text_of
from newsletter.intake import clean, html, shapes
from newsletter.intake.days import day
from newsletter.intake.draft import Draft, Log
from newsletter.markup import document
from newsletter.source import Data, parse

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")

_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^\s*[-*+] .*\[[^\]\n]+\]\([^)\s]+", re.MULTILINE),
    re.compile(r"\A---\n(?:[^\n]*\n)*?---\n"),
)
_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ASIDE = (
    (re.compile(r"<!--(?P<words>.*?)(?:-->|\Z)", re.DOTALL), "a comment"),
    (
        re.compile(r"^\[\^[^\]\s]+\]:[ \t]+(?P<words>.+(?:\n[ \t]+\S.*)*)\n?", re.MULTILINE),
        "a footnote",
    ),
    (re.compile(r"\[\^(?P<words>[^\]\s]+)\]"), "the number of a footnote"),
    (re.compile(r"~~(?P<words>[^~\n]+)~~"), "it is struck out"),
    (
        re.compile(r"(?P<kept>\]\([^()\s]+)\s+[\"'](?P<words>[^\"'\n]*)[\"'](?=\))"),
        "shown when one points at a link",
    ),
)
"""What does not belong to the text, and why it is left out."""
_KNOWN = ("title", "date", "description", "subtitle", "language", "lang")


def detect(given: Given) -> int:
    """Headings with "#", lists of links, front matter."""
    if not given.is_text or given.begin.lstrip()[:1] in ("<", "{"):
        return 0
    text = clean.characters(given.raw[:40_000].decode("utf-8", "replace"))
    found = sum(bool(sign.search(text)) for sign in _SIGNS)
    return (0, 30, 60, 80)[found]


def read(given: Given, log: Log) -> Draft:
    """The draft of a Markdown document."""
    text = text_of(given, log)
    text, front = _front_matter(text, log)
    for pattern, why in _ASIDE:
        for match in pattern.finditer(text):
            log.leave(match["words"], why)
        text = pattern.sub(_kept, text)
    page = html.read(document(text), log, given.address)
    blocks = clean.cleaned(page.blocks, given.language, log, wrapped=True)
    title = clean.line(front.get("title", ""))
    draft = shapes.shaped(blocks, given.language, log, title, given.layout)
    date = day(front.get("date", ""), given.language)
    if date and draft.date and date != draft.date:
        log.notice(f"the front matter says {date}, the text {draft.date}")
    elif not date:
        log.leave(front.get("date", ""), "a date that cannot be read")
    else:
        log.read(front["date"], date)
    words = front.get("description") or front.get("subtitle") or ""
    return draft._replace(date=date or draft.date, preheader=clean.line(words))


def _kept(match: re.Match[str]) -> str:
    return match.groupdict().get("kept") or ""


def _front_matter(text: str, log: Log) -> tuple[str, dict[str, str]]:
    """The text below the front matter, and what of that is known; the rest is left out."""
    match = _FRONT.match(text)
    source = parse(match["yaml"] + "\n", "") if match else None
    if not match or not source or not isinstance(source.data, dict):
        return text, {}
    found = {
        str(key).lower(): " ".join(value.split())
        for key, value in source.data.items()
        if isinstance(value, str)
    }
    if found.get("description") and found.get("subtitle"):
        log.leave(found.pop("subtitle"), "front matter")
    for name in source.data:
        if str(name).lower() in _KNOWN:
            log.leave(str(name), "the name of a field of front matter")
    for key, value in source.data.items():
        if str(key).lower() not in found or str(key).lower() not in _KNOWN:
            log.leave(f"{key}: {' '.join(_texts(value))}", "front matter")
    return text[match.end() :], {key: found[key] for key in _KNOWN if key in found}


def _texts(value: Data) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)
