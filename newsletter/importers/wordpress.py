"""A feed of WordPress that was copied as text.

Title, address, day and article of each story follow one another, without any markup.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.importers import Given
from newsletter.importers._texts import text_of
from newsletter.intake import clean, plaintext
from newsletter.intake.blocks import Picture, markdown
from newsletter.intake.days import day
from newsletter.intake.draft import REWRITE, Draft, DraftEntry, DraftLink, DraftSection, Log
from newsletter.intake.sentences import end_of_sentences

SUFFIXES = ()

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
_A_DAY = re.compile(_DAY)
_ITEM = re.compile(
    rf"(?P<title>[^\n]{{1,400}}?) (?P<url>https?://\S+)"
    rf"(?: (?P<comments>https?://\S+#\S+))? (?P<date>{_DAY}) (?P<guid>https?://\S+)[ \t]*"
)
_CHANNEL = re.compile(
    r"\A\s*(?P<title>[^\n]{1,400}?) (?P<url>https?://\S+)(?P<about>[^\n]{0,400}?)"
    rf" (?P<date>{_DAY})"
    r" (?P<language>[a-z]{2}(?:-[A-Z]{2})?) (?P<period>\w+) (?P<number>\d+)"
    r" (?P<generator>https://wordpress\.org/\S*) "
)
# What follows an article: the feed of its comments and their number, if there are any; its picture,
# and whose that is.
_AFTER = re.compile(
    r"(?:(?P<feed>https?://\S+/feed/) (?P<number>\d+))?"
    r"(?: ?(?P<image>https?://\S+\.(?:jpe?g|png|gif|webp)\b\S*)(?P<words>[^\n]*))?"
)
_CREDIT = re.compile(
    r"\s*[(\[]?(?:photo|picture|image|credit|copyright|©)\b:?\s*(?:by |from )?:?\s*"
    r"(?P<credit>[^()\[\]]+)[)\]]?\s*$",
    re.IGNORECASE,
)
_ALT = re.compile(
    r"^(?P<alt>(?:Image|Photo|Picture) of [^\n]+?) "
    r"\((?:credit|photo): (?P<credit>[^)\n]+)\)[ \t]*$",
    re.MULTILINE,
)
_END = re.compile(r"^\s*\]\]>\s*$", re.MULTILINE)


def detect(given: Given) -> int:
    """The line of a channel that WordPress made, or lines of items."""
    if given.begin.lstrip()[:1] in ("<", "{") or not given.is_text:
        return 0
    text = given.raw[:200_000].decode("utf-8", "replace")
    if not _A_DAY.search(text):
        return 0
    return 95 if _CHANNEL.match(text) or len(list(_items(text))) > 1 else 0


def _items(text: str, begins: int = 0) -> Iterator[re.Match[str]]:
    """The lines that begin an article. Only those that have a day in them are looked at closely."""
    at = begins
    while found := _A_DAY.search(text, at):
        start = max(text.rfind("\n", 0, found.start()) + 1, begins)
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        if match := _ITEM.fullmatch(text, start, end):
            yield match
        at = end


class _Item(NamedTuple):
    title: str
    url: str
    date: str
    body: str


def read(given: Given, log: Log) -> Draft:
    """The draft: of each article its title, day, address, picture, and how it begins."""
    text = text_of(given, log)
    channel = _CHANNEL.match(text)
    begins = channel.end() if channel else 0
    found = list(_items(text, begins))
    titles = [channel["title"] if channel else "", *(match["title"] for match in found)]
    title, *titles = clean.without_runs([one.strip() for one in titles], given.language, log)
    if channel:
        for name in ("about", "language", "period", "number"):
            log.leave(channel[name], "what the feed says of itself")
        log.leave(channel["date"], "the day on which the feed was made")
    log.leave(
        text[begins : found[0].start()] if found else text[begins:], "above the first article"
    )
    items = []
    for number, (match, name) in enumerate(zip(found, titles, strict=True)):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        date = day(match["date"], given.language)
        log.read(match["date"], date)
        items.append(_Item(name, clean.address(match["url"]), date, text[match.end() : end]))
    publisher = re.split(r" Archives? [-–—|] | [-–—|] ", title)[-1].strip()
    entries = tuple(_entry(item, publisher, given, log) for item in items)
    return Draft(
        title=clean.line(title),
        layout="bulletin",
        language="",
        sections=(DraftSection(entries=entries),),
    )


def _entry(item: _Item, publisher: str, given: Given, log: Log) -> DraftEntry:
    body = item.body
    image = None
    above, _, last = body.rstrip().rpartition("\n")
    if last.strip() and (after := _AFTER.fullmatch(last.strip())):
        log.leave(after["number"] or "", "how many comments there were")
        image = _picture(after["image"] or "", after["words"] or "", publisher, log)
        body = above
    summary, _, article = _END.sub("\0", body).partition("\0")
    article = article.replace("\0", "\n")
    alt = _ALT.search(article)
    # A description may be that of another picture of the article.
    if alt and image and not image.alt and image.credit in ("", alt["credit"]):
        image = image._replace(alt=alt["alt"], credit=alt["credit"])
        article = article[: alt.start()] + article[alt.end() :]
    # The summary is how the article begins, cut off; the article has whole sentences.
    whole = _blocks(article, given, log)
    if whole.strip():
        log.leave(summary, "the summary, which says how the article begins")
    text = whole if whole.strip() else _blocks(summary, given, log)
    end = end_of_sentences(text, 2)
    log.leave(text[end:], "the rest of the article")
    return DraftEntry(
        title=clean.line(item.title),
        date=item.date,
        source=publisher,
        text=text[:end].strip(),
        image=image,
        links=(DraftLink("Read", publisher or clean.line(item.title), item.url),),
        todo=REWRITE,
    )


def _blocks(text: str, given: Given, log: Log) -> str:
    blocks = clean.cleaned(plaintext.blocks_of(text), given.language, log, wrapped=True)
    return markdown(block for block in blocks if block.kind != "divider")


def _picture(src: str, words: str, publisher: str, log: Log) -> Picture | None:
    words = words.strip()
    if words.startswith(publisher):
        words = words[len(publisher) :].strip()
        log.leave(publisher, "who published the picture")
    if not src:
        log.leave(words, "of a picture that is not there")
        return None
    match = _CREDIT.search(words)
    credit = match["credit"].strip() if match else ""
    if match:
        log.leave(match[0].replace(credit, ""), "a label that the builder writes itself")
    caption = words[: match.start()].strip() if match else words
    return Picture(src, "", credit, caption)
