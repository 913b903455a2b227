"""A proof in; what a mailing platform would take for a tag of its own out.

Tags as editors are to write them, `[[unsubscribe]]`, are none of these.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from newsletter import tags
from newsletter.platforms.profile import Profile
from newsletter.proof import Place, Proof, Reference, once
from newsletter.proof.standing import standing_texts
from newsletter.source import Steps

_ANYTHING_LIKE = re.compile(
    r"\*\||\|\*|\{\{|\{[%$#a-z]|%%|%[A-Za-z][\w-]*%|\[\[|\[[A-Za-z]|\[#|\$\{|\$[A-Z]+\$"
    r"|@[A-Z0-9_]+@|\(\(|<@|</?[a-z]+\b"
)
"""What is found in any tag of any platform; without it none has to be looked for."""


class Typed(NamedTuple):
    """Words as an editor typed them, with blanks in place of addresses, of the signs of links, and
    of neutral tags."""

    words: str
    steps: Steps
    settings: bool = False

    def place(self, start: int, end: int) -> Place:
        """The place of `words[start:end]`."""
        return Place(self.steps, start, end, self.settings)


class Token(NamedTuple):
    """What looks like a tag. `place` is None for one that a template has put there."""

    words: str
    place: Place | None


@once
def typed(proof: Proof) -> tuple[Typed, ...]:
    """Every text of the issue and of the settings that readers see, and that has in it what may
    be a tag."""
    links: dict[Steps, list[Reference]] = {}
    for link in proof.links:
        if link.in_text:
            links.setdefault(link.place.steps, []).append(link)
    found = []
    for passage in proof.passages:
        words = passage.raw
        for link in links.get(passage.steps, ()):
            words = _unlinked(words, link)
        found.append(Typed(_spoken(words), passage.steps))
    for text in standing_texts(proof):
        found.append(Typed(_spoken(text.text), text.steps, text.settings))
    return tuple(one for one in found if _ANYTHING_LIKE.search(one.words))


@once
def own_tokens(proof: Proof) -> tuple[Token, ...]:
    """What the issue's platform would take for a tag, though nobody wrote it as one."""
    pattern = own_pattern(proof.profile)
    return tuple(_tokens(proof, pattern)) if pattern else ()


@once
def strange_tokens(proof: Proof) -> tuple[tuple[Token, str], ...]:
    """What is a tag, but not of the issue's platform: with the name of a platform that has it."""
    found: dict[Token, str] = {}
    told = {token.words for token in own_tokens(proof)}
    shown = _shown(proof)
    if typed(proof) or _ANYTHING_LIKE.search(_bare(shown)) or _linked(proof):
        for name, profile in proof.project.platforms.known().items():
            pattern = tag_pattern(profile)
            if not pattern or name == proof.result.platform or _at_home(pattern, proof):
                continue
            for token in _tokens(proof, pattern, shown):
                if token.words not in told:
                    found.setdefault(token, profile.name)
    return tuple(found.items())


@cache
def own_pattern(profile: Profile) -> re.Pattern[str] | None:
    """Finds all that a platform takes for its own."""
    return _either(profile.token_re, *(re.escape(trap) for trap in profile.traps))


@cache
def tag_pattern(profile: Profile) -> re.Pattern[str] | None:
    """Finds a platform's tags where they are none: in another platform's email."""
    if not profile.tags_like_words:
        return _either(profile.token_re)
    known = (getattr(profile.tags, name) for name in profile.tags.__struct_fields__)
    forms = {form for tag in known for form in (tag.tag, tag.text, tag.with_fallback) if form}
    return _either(*(_of_any_words(form) for form in forms))


def _of_any_words(form: str) -> str:
    """A regular expression for a tag, whatever words stand in it."""
    pattern = re.escape(form)
    for slot in ("{fallback}", "{words}"):
        pattern = pattern.replace(re.escape(slot), r"[^]<>\n]*?")
    return pattern


def _either(*forms: str) -> re.Pattern[str] | None:
    forms = tuple(form for form in forms if form not in ("", "(?!)"))
    return re.compile("|".join(f"(?:{form})" for form in forms)) if forms else None


def _tokens(proof: Proof, pattern: re.Pattern[str], shown: str = "") -> Iterator[Token]:
    """The matches of `pattern` in what was typed and, for what is in none of it, in the email."""
    told = set()
    for text in typed(proof):
        for match in pattern.finditer(text.words):
            told.add(match[0])
            yield Token(match[0], text.place(*match.span()))
    for link in proof.all_links:
        if tags.LINK.fullmatch(link.url):
            continue
        # What is percent-encoded stays so: no platform takes %E2%80%99 for a tag.
        for match in pattern.finditer(link.url):
            if match[0] in unquote(link.url):
                told.add(match[0])
                yield Token(match[0], link.place)
    if not told:
        for words in dict.fromkeys(match[0] for match in pattern.finditer(shown or _rest(proof))):
            yield Token(words, None)


def _rest(proof: Proof) -> str:
    """The email before any tag went in."""
    email = proof.result.neutral
    return _bare(f"{email.html}\n{email.text}") if email else ""


def _shown(proof: Proof) -> str:
    """The email without the tags of its own platform."""
    email = proof.result.email
    text = _bare(f"{email.html}\n{email.text}") if email else ""
    pattern = own_pattern(proof.profile)
    return pattern.sub("", text) if pattern else text


def _bare(page: str) -> str:
    """A page without its styles, without its elements' names, and without addresses."""
    page = re.sub(r"(?s)<style>.*?</style>|<!--.*?-->", "", page)
    return re.sub(r'</?[a-z][a-z0-9]*\b|="https?://[^"]*"|<https?://[^>]*>', " ", page)


def _linked(proof: Proof) -> bool:
    return any(_ANYTHING_LIKE.search(link.url) for link in proof.all_links)


def _at_home(pattern: re.Pattern[str], proof: Proof) -> bool:
    """Whether the settings give links with such tags, so that somebody fills them in."""
    if proof.result.platform != "generic":
        return False
    links = proof.settings.links
    given = (getattr(links, name) for name in tags.LINKS)
    return any(pattern.search(one) for one in given if one)


def _unlinked(text: str, link: Reference) -> str:
    """`text` with blanks in place of all of a link but its words."""
    opens, closes = link.words_place.start or 0, link.words_place.end or 0
    rest = max(text.rfind("](", opens, link.place.start), opens)
    words = text[opens + 1 : rest]
    return text[:opens] + f" {words}".ljust(closes - opens) + text[closes:]


def _spoken(text: str) -> str:
    """`text` with blanks in place of its neutral tags."""
    return tags.WORD.sub(lambda tag: " " * len(tag[0]), text)
