"""An email that was forwarded, out of the blocks of the email that it was forwarded in."""

import re
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from newsletter.intake.blocks import Block, Span, lines_of, trimmed
from newsletter.intake.days import day, days
from newsletter.intake.draft import Log
from newsletter.values import Language

_WRAPPER = re.compile(
    r"\W*(?:begin )?(?:forwarded message|original message|weitergeleitete nachricht"
    r"|ursprüngliche nachricht|message (?:transféré|d'origine)|mensaje (?:reenviado|original)"
    r"|neges a anfonwyd ymlaen)\W*|on .{8,200} wrote:|am .{8,200} schrieb .{1,100}:"
    r"|le .{8,200} a écrit\s?:",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\*{0,2}(?P<name>from|sent|date|subject|to|cc|bcc|reply-to|von|gesendet|datum|betreff|an"
    r"|de|envoyé|objet|à|enviado|asunto|para|fecha|oddi wrth|anfonwyd|pwnc|at)\s?:\*{0,2}\s*"
    r"(?P<words>.*)",
    re.IGNORECASE,
)
_FROM = frozenset({"from", "von", "de", "oddi wrth"})
_SUBJECTS = frozenset({"subject", "betreff", "objet", "asunto", "pwnc"})
_DATES = frozenset({"sent", "date", "gesendet", "datum", "envoyé", "enviado", "fecha", "anfonwyd"})
_NOTE = 600
"""Characters that somebody may have written above what they forward."""


class Forwarded(NamedTuple):
    """An email that was in another one. `subject` and `date` are what its head says, "" if it has
    none."""

    blocks: tuple[Block, ...]
    subject: str = ""
    date: str = ""


def unwrapped(blocks: Iterable[Block], language: Language, log: Log) -> Forwarded:
    """An email out of all that it was forwarded in."""
    found = Forwarded(tuple(blocks))
    for _ in range(5):
        inner = _forwarded(found.blocks, language, log)
        if inner.blocks == found.blocks:
            break
        found = Forwarded(inner.blocks, inner.subject or found.subject, inner.date or found.date)
    return found


def _forwarded(blocks: Iterable[Block], language: Language, log: Log) -> Forwarded:
    """An email without what mail programs put around it when it is forwarded."""
    lines = [(block, line) for block in blocks for line in _lines(block)]
    said = [line.words for _, line in lines]
    start, end = _fields(said)
    if not end:
        return Forwarded(_joined(lines))
    fields = [match for words in said[start:end] if (match := _FIELD.fullmatch(words))]
    before = sum(map(len, said[:start]))
    whole = sum(map(len, said))
    above = before <= min(_NOTE, whole / 2)
    for number, words in enumerate(said[:end]):
        if number >= start:
            log.leave(words, "the head of a forwarded email")
        elif above:
            for one in told(lines[number][1]):
                log.leave(one, "it stands above a forwarded email")
    rest = lines[end:] if above else lines[:start] + lines[end:]
    if not above:
        return Forwarded(_joined(rest))
    found = Forwarded(_joined(rest))
    for match in fields:
        name, words = match["name"].lower(), match["words"].strip()
        if name in _SUBJECTS and not found.subject:
            found = found._replace(subject=words)
        elif name in _DATES and not found.date:
            found = found._replace(date=_written(words, language))
    return found


def _fields(said: list[str]) -> tuple[int, int]:
    """From where to where the head of a forwarded email stands; (0, 0) where there is none."""
    for start, words in enumerate(said[:200]):
        wrapped = bool(_WRAPPER.fullmatch(words))
        at = start + 1 if wrapped else start
        while wrapped and at < len(said) and not said[at]:
            at += 1
        first = at
        names = set()
        while at < min(len(said), first + 12) and (match := _FIELD.fullmatch(said[at])):
            names.add(match["name"].lower())
            at += 1
        known = bool(names & _FROM) and bool(names & (_SUBJECTS | _DATES)) and at - first > 2
        if known:
            return start, at
        if wrapped:
            return start, first
    return 0, 0


def _lines(block: Block) -> Iterator[Block]:
    """A block, line by line."""
    if block.picture or not block.spans:
        yield block
        return
    for spans in lines_of(block.spans):
        yield block._replace(spans=spans)


def _joined(lines: Iterable[tuple[Block, Block]]) -> tuple[Block, ...]:
    """The blocks that these lines are of; each line comes with its block."""
    found: list[tuple[Block, list[Span]]] = []
    for block, line in lines:
        if found and found[-1][0] is block:
            found[-1][1].append(block.spans[0]._replace(words="\n", url=""))
        else:
            found.append((block, []))
        found[-1][1].extend(line.spans)
    whole = (block._replace(spans=trimmed(spans)) for block, spans in found)
    return tuple(one for one in whole if one.spans or one.picture or one.kind == "divider")


def sent(words: str) -> str:
    """The day that a head of an email names, "" if it is none."""
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _written(words: str, language: Language) -> str:
    found = [sent(words), day(words, language), *days(words, language)]
    return next((one for one in found if one), "")


def told(block: Block) -> tuple[str, ...]:
    """All that a block says; for a picture, what is said of it."""
    picture = block.picture
    return (picture.alt, picture.caption, picture.credit) if picture else (block.words,)
