"""What copying, mailboxes, trackers and spammers have added to a document, taken out of it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from newsletter.addresses import without_tracking
from newsletter.intake.blocks import NOWHERE, Block, Span, merged, trimmed, words_of
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
    """`titles` without a run in a foreign script that stands before nearly all of them.

    Hacked websites put such runs before whatever they publish. One that stands alone is told and
    kept: it may be a name.
    """
    pattern = foreign(language)
    fronts = [match[0] if (match := pattern.match(title.lstrip())) else "" for title in titles]
    often = Counter(front for front in fronts if is_run(front))
    spam = {front for front, times in often.items() if times > 1 and times >= _OFTEN * len(titles)}
    found = []
    for title, front in zip(titles, fronts, strict=True):
        if front in spam:
            log.leave(front, "spam: the same foreign words stand before every title")
            title = title.lstrip()[len(front) :].lstrip(" -–—:|\u3000")
        found.append(title)
    for front in often.keys() - spam:
        log.notice(f"'{shortened(front, 24)}' is in another script: is it spam?")
    return tuple(found)


def is_run(words: str) -> bool:
    """Whether these words in a foreign script are more than a name."""
    return bool(words) and is_long(words)


def _without_spam(blocks: list[Block], language: Language, log: Log) -> list[Block]:
    """Without foreign runs that stand there more than once."""
    pattern = foreign(language)
    runs = Counter(
        run.strip()
        for block in blocks
        for run in pattern.findall(words_of(block.spans))
        if is_run(run)
    )
    spam = [run for run, times in runs.items() if times > 1]
    for run in runs.keys() - set(spam):
        log.notice(f"'{shortened(run, 24)}' is in another script: is it spam?")
    if not spam:
        return blocks
    either = re.compile("|".join(map(re.escape, sorted(spam, key=len, reverse=True))))

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
    found = list(_joined(found, log))
    _tell_footnotes(found, log)
    return tuple(found)


_WORDLESS = ("picture", "divider")


def _with_words(block: Block, change: Callable[[str], str]) -> Block:
    spans = merged(span._replace(words=change(span.words)) for span in block.spans)
    picture = block.picture
    if picture:
        alt, credit, caption = map(line, (picture.alt, picture.credit, picture.caption))
        picture = picture._replace(alt=alt, credit=credit, caption=caption)
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


# Lines that belong to a mailing or to a website, not to what it says.
_LEAVING = re.compile(
    r"(?=.{1,160}$)(?:.*\b(?:unsubscribe|update (?:your |my )?(?:email )?preferences"
    r"|manage (?:your |my )?(?:email )?(?:preferences|subscriptions?)"
    r"|(?:view|read|open|see) (?:this |it |the )?(?:e-?mail |message |newsletter )?(?:in|on) "
    r"(?:your |a |the )?(?:web )?(?:browser|web|website)|view (?:it )?online)\b.*)",
    re.IGNORECASE,
)
_LEAVES = re.compile(r"\bunsubscribe\b|\bopt out of (?:these|our) e-?mails\b", re.IGNORECASE)
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


_FOOT = re.compile(
    r"(?:you(?: are|’re|'re)? receiv|you (?:get|got) this|sent by\b|copyright\b|©"
    r"|our (?:mailing|postal) address)",
    re.IGNORECASE,
)
_FOOTER = 15
"""Blocks of a footer."""


def _without_footer(blocks: Sequence[Block], log: Log) -> Sequence[Block]:
    """Without what stands at the end and says who sends this, to whom, and how to leave."""
    begins = max(len(blocks) - _FOOTER, 0)
    last = max((at for at, block in enumerate(blocks) if block.kind == "divider"), default=0)
    below_line = 0 < last >= begins and any(_LEAVES.search(one.words) for one in blocks[last:])
    found = last if below_line else len(blocks)
    for at in range(begins, found):
        rest = blocks[at:]
        if _FOOT.match(blocks[at].words) and all(one.kind != "heading" for one in rest):
            found = at if sum(len(one.words) for one in rest) < _MOST_FOOTER else found
            break
    for block in blocks[found:]:
        log.leave(block.words, "the footer: the builder has its own")
    return blocks[:found]


_MOST_FOOTER = 1500  # characters


def _without_leftovers(blocks: Iterable[Block], log: Log) -> Iterator[Block]:
    for block in blocks:
        words = block.words
        if block.kind in ("paragraph", "item", "heading") and words:
            if _LEAVING.fullmatch(words):
                log.leave(words, "it belongs to the mailing: the builder has its own footer")
                continue
            if match := _ALT.fullmatch(words):
                log.leave(match["alt"], "the description of a picture, copied as words")
                if match["kind"]:
                    yield Block("paragraph", (Span(match["kind"]),), line=block.line)
                continue
            if _LEFTOVER.search(words):
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
