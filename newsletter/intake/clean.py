"""What copying, mailboxes, trackers and spammers have added to a document, taken out of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from newsletter.addresses import is_home, without_tracking
from newsletter.intake import chrome
from newsletter.intake.blocks import NOWHERE, Block, Span, cut, merged, trimmed, words_of
from newsletter.intake.draft import Log
from newsletter.intake.rows import begins_row, is_label
from newsletter.problems import shortened
from newsletter.proof.scripts import foreign, is_long
from newsletter.source import CONTROL
from newsletter.values import Language
from newsletter.wrappers import unwrapped, wrapper

# --- characters ----------------------------------------------------------------------------------

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\v\f]")
# What nobody sees; a joiner of letters (U+200C, U+200D) is needed.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")


def characters(text: str) -> str:
    """`text` with ordinary spaces and line ends, nothing that cannot be seen, and nothing that YAML
    cannot hold."""
    return _UNSEEN.sub("", CONTROL.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text))))


def line(text: str) -> str:
    """A title or a name on one line, with ordinary spaces."""
    return " ".join(characters(text).split())


# --- addresses -----------------------------------------------------------------------------------

# A place of a page where readers comment, or that a browser was asked to mark.
_PLACE = re.compile(r"#(?:comments?(?:-\d+)?|respond|more-\d+|:~:.*)$")


def address(url: str) -> str:
    """`url` out of what a mailbox wrapped it in, and without what only counts readers; one that
    cannot be taken out stays."""
    url = characters(url).strip()
    if wrapper(url):
        url = unwrapped(url) or url
    return _PLACE.sub("", without_tracking(url))


# --- spam ----------------------------------------------------------------------------------------

_OFTEN = 0.6
"""Of all titles; a run that stands before fewer may be a series."""


def without_runs(titles: Sequence[str], language: Language, log: Log) -> tuple[str, ...]:
    """`titles` without a run in a foreign script that stands before, or after, nearly all of them.

    Hacked websites put such runs to whatever they publish. One that stands alone is told and kept:
    it may be a name.
    """
    found = [title.strip() for title in titles]
    for at in (0, -1):
        runs = [_run(title, at, language) for title in found]
        spam = {run for run, times in Counter(runs).items() if _is_spam(run, times, len(titles))}
        for number, run in enumerate(runs):
            if run in spam:
                log.leave(run, "spam: the same foreign words stand at every title")
                rest = found[number][len(run) :] if at == 0 else found[number][: -len(run)]
                found[number] = rest.strip(" -–—:|\u3000")
        for run in spam:
            log.notice(f"spam was taken out of titles: '{shortened(run, 24)}'")
        _doubt((run for run in runs if run not in spam), log)
    return tuple(found)


def _run(title: str, at: int, language: Language) -> str:
    """The foreign run that a title begins with (0) or ends in (-1); "" for one that has others."""
    runs = list(foreign(language).finditer(title))
    if not runs:
        return ""
    begin, end = runs[at].span()
    # Numbers that are stuck to it belong to it.
    end += len(re.match(r"\d*", title[end:])[0])  # type: ignore[index]
    edge = begin == 0 if at == 0 else end == len(title)
    return title[begin:end].strip() if edge else ""


def _is_spam(run: str, times: int, titles: int) -> bool:
    """Whether a run that stands at so many of so many titles is there for search engines."""
    often = times > 1 and times >= _OFTEN * titles
    return bool(run) and often and (times >= _SURELY or is_long(run))


_SURELY = 3
"""Times from which on it matters no more how long a run is."""


def _doubt(runs: Iterable[str], log: Log) -> None:
    for run in dict.fromkeys(run for run in runs if run and is_long(run)):
        log.notice(f"'{shortened(run, 24)}' is in another script: is it spam?")


def _without_spam(blocks: list[Block], language: Language, log: Log) -> list[Block]:
    """Without long foreign runs that stand there more than once, and without short ones that
    several blocks begin with."""
    pattern = foreign(language)
    texts = [words_of(block.spans) for block in blocks]
    runs = Counter(run.strip() for text in texts for run in pattern.findall(text))
    fronts = Counter(match[0].strip() for text in texts if (match := pattern.match(text.lstrip())))
    spam = [
        run for run, times in runs.items()
        if (times > 1 and is_long(run)) or fronts[run] >= _SURELY
    ]  # fmt: skip
    _doubt((run for run in runs if run not in spam), log)
    if not spam:
        return blocks
    words = "|".join(map(re.escape, sorted(spam, key=len, reverse=True)))
    either = re.compile(rf"(?:{words})\d*")
    for run in spam:
        log.notice(f"spam was taken out: '{shortened(run, 24)}' ({runs[run]} times)")

    def taken(match: re.Match[str]) -> str:
        log.leave(match[0], "spam: the same foreign words stand there again and again")
        return ""

    return [_with_words(block, lambda words: either.sub(taken, words)) for block in blocks]


# --- the whole document --------------------------------------------------------------------------


def cleaned(
    blocks: Iterable[Block], language: Language, log: Log, wrapped: bool = False
) -> tuple[Block, ...]:
    """The same document without them; what is taken out or mended goes into `log`. `wrapped` says
    that lines may end because a page is no wider, as in a text; in HTML somebody ended them."""
    found = [_with_words(block, characters) for block in blocks]
    found = _without_spam(found, language, log)
    found = [_with_addresses(block, log) for block in found]
    found = list(_without_leftovers(_without_footer(found, log), log))
    found = [_with_lines(block, log, wrapped) for block in found]
    found = [_at_ends(block) for block in found if block.spans or block.kind in _WORDLESS]
    found = [block for block in found if block.spans or block.kind in _WORDLESS]
    found = list(_joined(_with_items(found), log))
    _tell_footnotes(found, log)
    return tuple(found)


_WORDLESS = ("picture", "divider")


def _with_words(block: Block, change: Callable[[str], str]) -> Block:
    spans = merged(span._replace(words=change(span.words)) for span in block.spans)
    picture = block.picture
    if picture:
        alt, credit, caption = map(line, (picture.alt, picture.credit, picture.caption))
        src = characters(picture.src).strip()
        picture = picture._replace(src=src, alt=alt, credit=credit, caption=caption)
    return block._replace(spans=spans, picture=picture)


def _with_addresses(block: Block, log: Log) -> Block:
    if not block.links:
        return block
    spans = []
    for span in block.spans:
        if span.url and span.url != NOWHERE:
            url = address(span.url)
            # An address that stands in the text as its own words is cleaned in both places.
            shows = span.words.strip() in (span.url, span.url.split("://")[-1])
            if shows and url != span.url:
                log.leave(span.words, "an address, as it was before trackers were taken out")
            span = span._replace(url=url, words=url if shows and url != span.url else span.words)
        spans.append(span)
    return block._replace(spans=merged(spans))


_LEFTOVER = re.compile(
    r"(?:\]\]>|<!\[CDATA\[|(?:note: )?there is a poll embedded within this post.*"
    r"|the post .{1,200} appeared first on .{1,100})",
    re.IGNORECASE,
)
# The words for a picture that a copy has turned into a line; a card's kind is often stuck to them.
_ALT = re.compile(
    r"(?P<alt>(?:image|photo|picture|icon|logo|illustration) "
    r"(?:representing|depicting|for)\b.{0,60}?)(?: (?P<kind>[A-Z][a-z]+))?"
)


_RECEIVES = r"you(?: are|’re|'re)? receiv(?:ed?|ing) (?:this|our|these)\b|you (?:get|got) this\b"
_COPYRIGHT = r"©|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)"
_FOOT = re.compile(
    rf"{_RECEIVES}|{_COPYRIGHT}|sent by\b|our (?:mailing|postal) address\b", re.IGNORECASE
)
_SURE = re.compile(f"{_RECEIVES}|{_COPYRIGHT}", re.IGNORECASE)
_SMALL_PRINT = re.compile(
    r"(?:read |see )?(?:our |the )?(?:privacy|terms|cookie|accessibility|contact)\b.{0,40}|.*@.*",
    re.IGNORECASE,
)
_FOOTER = 15  # blocks
_MOST_FOOTER = 1500  # characters


def _without_footer(blocks: Sequence[Block], log: Log) -> Sequence[Block]:
    """Without what stands at the end and says who sends this, to whom, and how to leave: nothing
    of it is a heading, or links to a page that is news."""
    for at in range(max(len(blocks) - _FOOTER, 0), len(blocks)):
        if _FOOT.match(blocks[at].words):
            rest = blocks[at:]
            long = sum(len(one.words) for one in rest) > _MOST_FOOTER
            if long or not any(map(_is_foot, rest)) or not all(map(_may_foot, rest)):
                continue
            for block in rest:
                log.leave(block.words, "the footer: the builder has its own")
            above = blocks[:at]
            return above[:-1] if above and above[-1].kind == "divider" else above
    return blocks


def _is_foot(block: Block) -> bool:
    return bool(_SURE.search(block.words)) or any(why for _, why in chrome.lines(block))


def _may_foot(block: Block) -> bool:
    if block.kind not in ("paragraph", "item", "divider"):
        return False
    lines = [(spans, why) for spans, why in chrome.lines(block) if not why]
    links = [span for spans, _ in lines for span in spans if span.url]
    return all(
        span.url.startswith(("mailto:", "tel:"))
        or _SMALL_PRINT.fullmatch(span.words.strip())
        or is_home(span.url)
        or span.words.strip() == span.url
        for span in links
    )


def _without_leftovers(blocks: Iterable[Block], log: Log) -> Iterator[Block]:
    for block in blocks:
        if block.kind in ("paragraph", "item", "heading") and block.spans:
            if match := _ALT.fullmatch(block.words):
                log.leave(match["alt"], "the description of a picture, copied as words")
                if match["kind"]:
                    yield Block("paragraph", (Span(match["kind"]),), line=block.line)
                continue
            block = chrome.without_service(block, log)
            if _LEFTOVER.search(block.words):
                block = _with_words(block, lambda text: _left_over(text, log))
        yield block


def _left_over(text: str, log: Log) -> str:
    def taken(match: re.Match[str]) -> str:
        log.leave(match[0], "it makes sense on a website only")
        return ""

    return _LEFTOVER.sub(taken, text)


# --- lines and sentences -------------------------------------------------------------------------

_WRAPPED = 45
"""Characters that a line has at least when it ends because the page did."""


def _with_lines(block: Block, log: Log, wrapped: bool) -> Block:
    """`block` with lines joined that ended only because a page was no wider."""
    if "\n" not in words_of(block.spans):
        return block
    joins: list[int] = []
    at = 0
    open_marks = _open_at(block.spans)
    for one, other in pairwise(words_of(block.spans).split("\n")):
        at += len(one) + 1
        before, after = one.strip(), other.strip()
        if at - 1 not in open_marks and not _goes_on(before, after, block.kind, wrapped):
            continue
        joins.append(at - 1)
        if is_label(before):
            log.notice(f"'{before}' and '{shortened(after)}' stood on two lines")
        elif _HYPHEN.search(before) and after[:1].islower():
            log.notice(f"is the hyphen needed in '{before.split()[-1]}{after.split()[0]}'?")
    return block._replace(spans=_replaced(block.spans, joins)) if joins else block


_HYPHEN = re.compile(r"[^\W\d_]-$")


def _open_at(spans: Sequence[Span]) -> set[int]:
    """Where lines end inside a link or bold words: nobody ends a line there on purpose."""
    found, at = set(), 0
    for span in spans:
        inner = span.words.strip()
        begins = span.words.find(inner)
        if span.url or span.strong or span.emphasis:
            found |= {at + begins + match.start() for match in re.finditer("\n", inner)}
        at += len(span.words)
    return found


def _goes_on(one: str, other: str, kind: str, wrapped: bool) -> bool:
    """Whether a line goes on in the next."""
    if not one or not other or begins_row(other):
        return False
    if is_label(one):
        return True
    if kind in ("heading", "item"):
        return True
    return (wrapped and len(one) >= _WRAPPED) or other[:1].islower()


def _replaced(spans: Iterable[Span], joins: Sequence[int]) -> tuple[Span, ...]:
    """`spans` with a space in place of the line ends at `joins`; none after a hyphen."""
    wanted, found, at, before = set(joins), [], 0, ""
    for span in spans:
        words = ""
        for character in span.words:
            if at in wanted:
                hyphen = _HYPHEN.search(before) is not None
                character = "" if hyphen else " "
            words += character
            before = (before + character)[-2:]
            at += 1
        found.append(span._replace(words=words))
    return merged(found)


def _at_ends(block: Block) -> Block:
    spans = trimmed(block.spans)
    return block._replace(
        spans=tuple(
            span._replace(words=re.sub(r" *\n *", "\n", re.sub(" {2,}", " ", span.words)))
            for span in spans
        )
    )


# What people and programs put before the items of a list that is none.
_BULLET = re.compile(r"[•·▪◦●○■□‣⁃§]\s*(?=\S)")
_TYPED = re.compile(r"(?:[-–*o]|\(?\d{1,2}[.)])\s+(?=\S)")


def _with_items(blocks: Sequence[Block]) -> list[Block]:
    """Paragraphs made items of a list that begin with its signs: one with a bullet, or several with
    a dash, a star or a number."""
    typed = [block.kind == "paragraph" and bool(_TYPED.match(block.words)) for block in blocks]
    found = []
    for at, block in enumerate(blocks):
        match = _BULLET.match(block.words) if block.kind == "paragraph" else None
        if not match and typed[at] and any(typed[max(at - 1, 0) : at] + typed[at + 1 : at + 2]):
            match = _TYPED.match(block.words)
        if match:
            start = words_of(block.spans).index(match[0].strip()) + len(match[0])
            block = block._replace(kind="item", level=1, spans=trimmed(cut(block.spans, start)))
        found.append(block)
    return found


_ENDS = re.compile(r"[^\W_]['’)]?,?$")
_FEW = 5  # words of a heading, a greeting or a signature, after which no sentence goes on


def _joined(blocks: Sequence[Block], log: Log) -> Iterator[Block]:
    """The blocks with sentences whole that an empty line had broken."""
    waiting: Block | None = None
    for block in blocks:
        if waiting and _is_broken(waiting, block):
            before, after = waiting.words.split()[-2:], block.words.split()[:3]
            log.notice(f"'{' '.join(before)} / {' '.join(after)}' was broken by an empty line")
            spans = merged((*waiting.spans, Span(" "), *block.spans))
            waiting = waiting._replace(spans=spans)
            continue
        if waiting:
            yield waiting
        waiting = block
    if waiting:
        yield waiting


def _is_broken(one: Block, other: Block) -> bool:
    if not one.kind == other.kind == "paragraph" or not other.words[:1].islower():
        return False
    last = words_of(one.spans).rpartition("\n")[2]
    if begins_row(last) or len(one.words.split()) <= _FEW:
        return False
    return bool(_ENDS.search(one.words)) and not re.match(
        r"[a-z]+[A-Z]|(?:https?|www)\b", other.words
    )


# After a word in small letters: "be1", and not "Catch22"; or after a bracket: "(99%)3".
_FOOTNOTE = re.compile(r"(?:(?<![\w’'-])[a-zß-ÿ][a-zß-ÿ’'-]+|(?<=\)))[1-9]\d?(?=[\s.,;:]|$)")


def _tell_footnotes(blocks: Iterable[Block], log: Log) -> None:
    found = []
    for block in blocks:
        words = block.words
        for match in _FOOTNOTE.finditer(words):
            word = words[: match.end()].split()[-1]
            if "://" not in word and not word.startswith("www."):
                found.append(word)
    if found:
        log.notice(f"numbers of footnotes seem to be stuck to words: {', '.join(found[:8])}")
