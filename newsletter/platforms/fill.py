"""A rendered email with marks in, the same with a platform's own tags out: byte for byte.

A tag goes in as it is, because the platform replaces it before any reader's program sees it. What
an editor typed, and an address, is escaped in HTML as everywhere.
"""

import html as entities
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from newsletter import tags
from newsletter.compose import Email
from newsletter.markup import PLATFORM_TAG
from newsletter.model import Settings
from newsletter.plain import WIDTH, columns, tidied, wrap
from newsletter.platforms.profile import Profile, Tag
from newsletter.tags import Mark
from newsletter.values import Line


class Supply(NamedTuple):
    """What stands for each neutral tag on one platform, and which parts an email goes without."""

    tags: Mapping[str, Tag]
    preheader: str  # the tag for what is typed into the platform's field; "" for the words
    slot: str
    without: frozenset[str]

    @property
    def has_tags(self) -> bool:
        """Whether only a platform can send the email: nobody else fills such tags in."""
        return any(tag.tag and not _is_address(tag.tag) for tag in self.tags.values())

    def has(self, name: str) -> bool:
        """Whether readers get what the tag `name` is for, be it from the platform itself."""
        return self.tags[name].kind != "none"


def supply(profile: Profile, settings: Settings) -> Supply:
    """What `profile` gives, with the settings' own links and address where it gives nothing.

    The settings' postal address is preferred to a tag that the platform does not insist on, and
    nothing to one that nobody has tried: the law asks for the address.
    """
    found: dict[str, Tag] = {}
    for name in (*tags.LINKS, *tags.WORDS):
        tag: Tag = getattr(profile.tags, name)
        if name in tags.LINKS:
            own = getattr(settings.links, name)
            if tag.kind == "none" and own:
                tag = Tag(kind="url", tag=Line(own), confidence="verified")
        elif name == "postal_address" and tag.kind == "text":
            insists = name in (*profile.required.html, *profile.required.text)
            in_doubt = settings.address or tag.confidence == "unverified"
            tag = tag if insists or not in_doubt else Tag(kind="none")
        found[name] = tag
    without = {name for name in tags.LINKS if found[name].kind in ("auto", "none")}
    address = found["postal_address"].kind
    if address == "auto" or (address == "none" and not settings.address):
        without.add("postal_address")
    if profile.shape == "template_fragment":  # the platform's template says who sends this
        without.add("sender")
    place = profile.preheader
    if place.given == "nowhere" or (place.given == "field" and not place.tag):
        without.add("preheader")
    return Supply(found, place.tag, profile.slot, frozenset(without))


def samples(supplied: Supply, address: str) -> Supply:
    """The same with values as a reader might have them, for an email that no platform sends."""
    told = {"first_name": "Alex", "email": "reader@example.org", "postal_address": address}
    made: dict[str, Tag] = {}
    for name, tag in supplied.tags.items():
        if tag.kind in ("auto", "none") or _is_address(tag.tag):
            made[name] = tag
        elif name in tags.LINKS:
            sample = f"https://example.com/{name.replace('_', '-')}"
            made[name] = Tag(kind="url", tag=Line(sample), confidence="verified")
        elif told.get(name):
            made[name] = Tag(kind="text", tag=Line(told[name]), confidence="verified")
        else:
            made[name] = Tag(kind="none")
    without = supplied.without - {"preheader"}  # in a message there is always a place for it
    return supplied._replace(tags=made, preheader="", slot="", without=without)


def fill(email: Email, supplied: Supply) -> Email:
    """`email` with what is `supplied` in place of its marks."""
    without = supplied.without if email.preheader else supplied.without | {"preheader"}
    marks = email.marks

    def words(mark: Mark) -> str:
        tag = _word(mark, supplied)
        return in_text(tag) if tag else marks.fill(mark.words, words)

    def in_html(mark: Mark) -> str:
        if mark.name == "preheader" and supplied.preheader:
            return supplied.preheader
        tag = _word(mark, supplied, entities.escape(mark.words, quote=False))
        if tag:
            return tag.tag
        return marks.fill(entities.escape(mark.words, quote=False), in_html)

    def alone(mark: re.Match[str]) -> str:
        filled = marks.fill(mark[0], words)
        return filled if supplied.has("postal_address") else wrap(filled)  # no tag is taken apart

    page = _whole(marks.parted(email.html, without))
    page = _links_in_html(page, marks, supplied)
    page = marks.fill(page, in_html)
    if supplied.slot:
        at = page.rfind("</body>") if "</body>" in page else len(page)
        page = f"{page[:at]}{supplied.slot}\n{page[at:]}"
    text = marks.parted(email.text, without).replace("\0", "")
    text = re.sub(rf"(?m)^{marks.begin}-postal_address-\d+-$", alone, text)
    text = _underlined(_links_in_text(text, marks, supplied), lambda line: marks.fill(line, words))
    return email._replace(
        subject=marks.fill(email.subject, words),
        preheader=marks.fill(email.preheader, words),
        html=page,
        text=tidied(text),
    )


def missing(email: Email, supplied: Supply) -> set[str]:
    """The names of the tags in `email` that nothing stands for: links without an address, and
    words that are not known."""
    found: set[str] = set()

    def look(mark: Mark) -> str:
        known = mark.words or mark.name not in tags.WORDS or supplied.tags[mark.name].tag
        if not known:
            found.add(mark.name)
        return email.marks.fill(mark.words, look)

    for part in (email.html, email.text, email.subject, email.preheader):
        rest = email.marks.parted(part, supplied.without)
        found |= {name for name in email.marks.links().findall(rest) if not supplied.has(name)}
        email.marks.fill(rest, look)
    return found


def in_text(tag: Tag) -> str:
    """A tag as it stands in plain text; "" for one that is made of elements."""
    return tag.text or ("" if tag.kind == "element" else tag.tag)


def _word(mark: Mark, supplied: Supply, words: str | None = None) -> Tag | None:
    """The tag that stands for a mark, with its words in it; None where the words stand alone."""
    tag = supplied.tags.get(mark.name)
    if tag is None or tag.kind == "none":
        return None
    if tag.kind == "auto":  # it stands elsewhere in the email, too
        return None
    if mark.words and tag.with_fallback:
        given = mark.words if words is None else words
        return Tag(kind="text", tag=Line(tag.with_fallback.replace("{fallback}", given)))
    return tag


def _underlined(text: str, filled: Callable[[str], str]) -> str:
    """`text` with its marks `filled`; the line below a heading is as long as the heading then."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        lines[at] = filled(line)
        if lines[at] != line and below and below.strip("=-") == "":
            lines[at + 1] = below[0] * columns(lines[at])
    return "\n".join(lines)


def _whole(page: str) -> str:
    """`page` without the elements that have lost all they had."""
    page = re.sub(r"<(p|div)\b[^>]*>[\s\0]*\0[\s\0]*</\1>\n?", "", page)
    return re.sub("\0\n?", "", page)


def _links_in_html(page: str, marks: tags.Marked, supplied: Supply) -> str:
    def link(match: re.Match[str]) -> str:
        attributes, name, words = match[1] + match[3], match[2], match[4]
        tag = supplied.tags[name]
        if tag.kind == "url":
            return f"<a{match[1]}{_address(tag.tag)}{match[3]}>{words}</a>"
        if tag.kind == "rendered":
            return tag.tag
        if tag.kind == "element":
            style = re.search(r' style="[^"]*"', attributes)
            styled = f"<span{style[0]}>{words}</span>" if style else words
            return tag.tag.replace("{words}", styled)
        return words

    names = "|".join(tags.LINKS)
    page = re.sub(rf'(?s)<a( [^>]*?href="){marks.begin}-({names})-("[^>]*)>(.*?)</a>', link, page)

    def bare(mark: re.Match[str]) -> str:
        tag = supplied.tags[mark[1]]
        return "" if tag.kind == "element" else _address(tag.tag)

    return marks.links().sub(bare, page)


def _address(target: str) -> str:
    """A link's target as it goes into HTML: addresses are escaped, tags are not."""
    if not re.match("https?:|mailto:", target):
        return target
    escaped = [entities.escape(piece) for piece in PLATFORM_TAG.split(target)]
    tags_in_it = [*PLATFORM_TAG.findall(target), ""]
    return "".join(a + b for a, b in zip(escaped, tags_in_it, strict=True))


def _is_address(target: str) -> bool:
    """Whether a link can lead there as it stands: there is no platform's tag in it."""
    return bool(re.match("https?://[^$]|mailto:", target)) and not PLATFORM_TAG.search(target)


def _links_in_text(text: str, marks: tags.Marked, supplied: Supply) -> str:
    def behind(match: re.Match[str]) -> str:
        tag = supplied.tags[match[2]]
        value = in_text(tag)
        if tag.kind == "url":
            value = f"<{value}>"
        return _folded(text, match, value) if value else ""

    def in_markdown(match: re.Match[str]) -> str:  # in which a line end is one for readers
        words, tag = match[1], supplied.tags[match[2]]
        value = in_text(tag)
        if words is None:  # they have a bracket too many
            return f"]({value})" if tag.kind == "url" else "]"
        return f"[{words}]({value})" if tag.kind == "url" else f"{words} {value}".rstrip(" ")

    names = "|".join(tags.LINKS)
    text = re.sub(rf"(?<!\s)(\s*)<{marks.begin}-({names})->", behind, text)
    words = r"(?:[^][\n]|\n(?!\n)|\[[^][\n]*\])*"  # which may have brackets of their own
    text = re.sub(rf"(?:\[({words}))?\]\({marks.begin}-({names})-\)", in_markdown, text)
    return marks.links().sub(lambda mark: in_text(supplied.tags[mark[1]]), text)


def _folded(text: str, match: re.Match[str], value: str) -> str:
    """`value` after the blank of `match`, or on a line of its own where it would be too long."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    if match[1] != " " or columns(line) + columns(value) < WIDTH:
        return f"{match[1]}{value}"
    begins = re.match(r"[> ]*", line)
    return f"\n{begins[0] if begins else ''}{value}"
