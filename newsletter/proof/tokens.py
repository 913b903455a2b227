"""A proof in; what a mailing platform would take for a tag of its own out.

Tags as editors are to write them, `[[unsubscribe]]`, are none of these; what was meant as one, but
cannot be read, is told apart.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from newsletter import tags
from newsletter.platforms.profile import Pattern, Profile
from newsletter.problems import did_you_mean
from newsletter.proof import Passage, Place, Proof, Reference, once
from newsletter.proof.standing import Standing, given, standing_texts
from newsletter.source import Steps

_ANYTHING_LIKE = re.compile(
    r"\*\||\|\*|\{\{|\{[%$#a-z]|%%|%[A-Za-z][\w+-]*%|\[\[|\]\]>|\[[A-Za-z]|\[#|\$\{|\$[A-Z]+\$"
    r"|@[A-Z0-9_]+@|@TrackLink|\(\(|<[@%]|</?[a-z]+[\s/>]"
)
"""What is found in any tag of any platform; without it none has to be looked for."""

_NEUTRAL = re.compile(r"\[\[([^][]{1,200})\]\]")

_MARKDOWN = ("intro", "text", "outro")

# What MJML and Markdown make; what is left may be an element of a platform.
_ELEMENTS = re.compile(
    r"</?(?:[abip]|body|br|div|em|h[1-6]|head|html|img|li|meta|[ou]l|span|strong|table|tbody|t[dhr]"
    r"|title|[ov]:\w+)\b"
)


_Covered = set[tuple[Steps, bool, int]]
"""Characters of texts that a finding speaks of."""


class Typed(NamedTuple):
    """Words that an editor typed: as they are, and with blanks in place of addresses and of
    neutral tags."""

    typed: str
    words: str
    steps: Steps
    settings: bool = False
    passage: Passage | None = None  # they are its words, as readers see them

    def place(self, start: int, end: int) -> Place:
        """The place of `words[start:end]`."""
        if self.passage:
            return self.passage.place(start, end)
        return Place(self.steps, start, end, self.settings)


class Token(NamedTuple):
    """What looks like a tag. `place` is None for one that a template has put there."""

    words: str
    place: Place | None


class Meant(NamedTuple):
    """What was meant as a neutral tag."""

    typed: str
    place: Place
    name: str
    words: str  # those after `|`
    near: str  # the tag that was meant, if that is known
    in_link: bool = False  # it is read as the words of a link


@once
def typed(proof: Proof) -> tuple[Typed, ...]:
    """Every text of the issue and of the settings that readers see; those in Markdown as they were
    typed and, where that is not the same, as readers see them."""
    links: dict[Steps, list[Reference]] = {}
    for link in proof.links:
        links.setdefault(link.place.steps, []).append(link)
    found = []
    for passage in proof.passages:
        raw = passage.raw
        if passage.field in _MARKDOWN:
            words = _without_targets(raw, links.get(passage.steps, ()))
            found.append(Typed(raw, _spoken(words), passage.steps))
            if passage.words == raw:
                continue
        shown = passage.words
        found.append(Typed(shown, _spoken(shown), passage.steps, passage=passage))
    found += [
        Typed(one.text, _spoken(one.text), one.steps, one.settings) for one in _standing(proof)
    ]
    return tuple(found)


@once
def written(proof: Proof) -> tuple[tuple[re.Match[str], Place], ...]:
    """The neutral tags that stand for words, in the issue and in the settings."""
    found = []
    for passage in proof.passages:
        for match in tags.WORD.finditer(passage.words):
            found.append((match, passage.place(*match.span())))
    for one in _standing(proof):
        for match in tags.WORD.finditer(one.text):
            found.append((match, one.place(*match.span())))
    return tuple(found)


@once
def meant(proof: Proof) -> tuple[Meant, ...]:
    """What was meant as a neutral tag, but is not written as one."""
    known = (*tags.LINKS, *tags.WORDS)
    found: list[Meant] = []
    covered: _Covered = set()
    for text in typed(proof):
        for match in _NEUTRAL.finditer(text.words):
            name, bar, words = match[1].partition("|")
            name, place = name.strip(), text.place(*match.span())
            near = name if name in known else did_you_mean(name.replace(" ", "_"), list(known))
            if (near or bar or name.islower()) and _fresh(place, covered):
                found.append(Meant(match[0], place, name, words.strip(), near))
    for link in proof.links:  # [[email]](https://...) is a link, whose words are "[email]"
        tag = tags.WORD.fullmatch(f"[{link.words}]")
        if tag and link.in_text and _fresh(link.words_place, covered):
            start = link.words_place.start or 0
            place = link.words_place._replace(end=start + len(tag[0]))
            found.append(Meant(tag[0], place, tag[1], tag[2] or "", tag[1], in_link=True))
    return tuple(found)


@once
def own_tokens(proof: Proof) -> tuple[Token, ...]:
    """What the issue's platform would take for a tag, though nobody wrote it as one."""
    pattern = own_pattern(proof.profile)
    if not pattern:
        return ()
    covered = _characters(*(one.place for one in meant(proof)))
    return tuple(_tokens(proof, pattern, typed(proof), covered, _rest(proof)))


@once
def strange_tokens(proof: Proof) -> tuple[tuple[Token, str], ...]:
    """What is a tag, but not of the issue's platform: with the name of a platform that has it."""
    found: dict[Token, str] = {}
    own = own_tokens(proof)
    told = {token.words for token in own}
    places = [one.place for one in meant(proof)]
    covered = _characters(*places, *(token.place for token in own))
    shown = _shown(proof)
    texts = [one for one in typed(proof) if _ANYTHING_LIKE.search(one.words)]
    linked = any(_ANYTHING_LIKE.search(link.url) for link in proof.all_links)
    if texts or linked or _ANYTHING_LIKE.search(shown):
        for name, profile in proof.project.platforms.known().items():
            pattern = tag_pattern(profile)
            if not pattern or name == proof.result.platform or _at_home(pattern, proof):
                continue
            for token in _tokens(proof, pattern, texts, covered, shown):
                if token.words not in told:
                    found.setdefault(token, profile.name)
    return tuple(found.items())


@once
def tokens_in_addresses(proof: Proof) -> tuple[Token, ...]:
    """Tags that were typed into the address of a link: they are percent-encoded there, and nothing
    fills them in."""
    found = []
    for link in proof.all_links:
        address = _address(link, proof)
        if tags.LINK.fullmatch(link.url) or not _ANYTHING_LIKE.search(address):
            continue
        patterns = [tag_pattern(one) for one in proof.project.platforms.known().values()]
        covered: _Covered = set()
        for pattern in (tags.WORD, *patterns):
            for match in pattern.finditer(address) if pattern else ():
                start = (link.place.start or 0) + match.start()
                place = link.place._replace(start=start, end=start + len(match[0]))
                if match[0] not in link.url and _fresh(place, covered):
                    found.append(Token(match[0], place))
    return tuple(found)


@cache
def own_pattern(profile: Profile) -> re.Pattern[str] | None:
    """Finds all that a platform takes for its own."""
    traps = (re.escape(trap) for trap in profile.traps)
    return _either(profile.token_re, *_forms(profile), *traps)


@cache
def tag_pattern(profile: Profile) -> re.Pattern[str] | None:
    """Finds a platform's tags where they are none: in another platform's email."""
    if not profile.tags_like_words:
        return _either(profile.token_re)
    return _either(*_forms(profile))


def _forms(profile: Profile) -> Iterator[str]:
    """Regular expressions for the tags that are known of a platform, whatever words stand in
    them."""
    known = (getattr(profile.tags, name) for name in profile.tags.__struct_fields__)
    forms = {form for tag in known for form in (tag.tag, tag.text, tag.with_fallback)}
    for form in sorted(forms, key=len, reverse=True):
        words = re.escape("{words}"), re.escape("{fallback}")
        yield re.sub("|".join(map(re.escape, words)), lambda _: r"[^]<>\n]*?", re.escape(form))


def _either(*forms: str) -> re.Pattern[str] | None:
    forms = tuple(form for form in forms if form not in ("", Pattern.NOTHING))
    return re.compile("|".join(f"(?:{form})" for form in forms)) if forms else None


def _tokens(
    proof: Proof,
    pattern: re.Pattern[str],
    texts: Iterable[Typed],
    covered: _Covered,
    rest: str,
) -> Iterator[Token]:
    """The matches of `pattern` in what was typed, but not at the places that are `covered`; and in
    the `rest` of the email, if it was typed nowhere. They are covered then, too."""
    was_typed = False
    for text in texts:
        for match in pattern.finditer(text.words):
            was_typed = True
            place = text.place(*match.span())
            if _fresh(place, covered):
                yield Token(text.typed[slice(*match.span())], place)
    for link in proof.all_links:
        if tags.LINK.fullmatch(link.url):
            continue
        # What is percent-encoded stays so: no platform takes %E2%80%99 for a tag.
        for match in pattern.finditer(link.url):
            if match[0] in unquote(link.url):
                was_typed = True
                yield Token(match[0], link.place)
    if not was_typed:
        told = {" ".join(one.typed.split()) for one in meant(proof)}  # over two lines, say
        for words in dict.fromkeys(match[0] for match in pattern.finditer(rest)):
            if " ".join(words.split()) not in told:
                yield Token(words, None)


def _fresh(place: Place, covered: _Covered) -> bool:
    """Whether no character of `place` is `covered`; then they are."""
    characters = _characters(place)
    if not covered.isdisjoint(characters):
        return False
    covered.update(characters)
    return True


def _characters(*places: Place | None) -> _Covered:
    return {
        (place.steps, place.settings, at)
        for place in places
        if place
        for at in range(place.start or 0, place.end or 0)
    }


def _standing(proof: Proof) -> Iterator[Standing]:
    """Each text of the settings that readers see, the organisations that help included."""
    yield from standing_texts(proof)
    steps, settings = given(proof, "support")
    for index, support in enumerate(proof.settings.support):
        for name in ("name", "phone", "text"):
            if text := getattr(support, name):
                yield Standing(text, (*steps, index, name), settings)


def _address(link: Reference, proof: Proof) -> str:
    """The address of a link as it was typed."""
    node = proof.file_of(link.place).node(link.place.steps)
    return node.text[link.place.start : link.place.end] if node else link.url


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
    return _ELEMENTS.sub(" ", re.sub(r'https?://\w[^\s"<>]*', " ", page))


def _at_home(pattern: re.Pattern[str], proof: Proof) -> bool:
    """Whether the settings give links with such tags, so that somebody fills them in."""
    if proof.result.platform != "generic":
        return False
    links = proof.settings.links
    given = (getattr(links, name) for name in tags.LINKS)
    return any(pattern.search(one) for one in given if one)


def _without_targets(text: str, links: Iterable[Reference]) -> str:
    """`text` with blanks in place of the signs and the addresses of its links."""
    for link in links:
        start, end = link.words_place.start or 0, link.words_place.end or 0
        if text[start] == "[":
            text = _blank(text, start, start + 1)
            start = text.rfind("](", start, (link.place.start or 0) + 1)
        text = _blank(text, start, end)
    return text


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _spoken(text: str) -> str:
    """`text` with blanks in place of its neutral tags."""
    return tags.WORD.sub(lambda tag: " " * len(tag[0]), text)
