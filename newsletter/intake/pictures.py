"""The pictures of a page: where they are, and which words are their captions and credits."""

import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes

from newsletter.intake.blocks import Block, Picture
from newsletter.intake.draft import Log

# --- where they are ------------------------------------------------------------------------------


def source(element: Any) -> tuple[str, str, bytes]:
    """The address of a picture; if it has none but is inside the page, how its file would end, and
    its bytes."""
    lazy = [element.get(name) or "" for name in ("data-src", "data-lazy-src", "data-original")]
    given = [element.get("src") or "", _widest(element.get("srcset") or "")]
    named = [one.strip() for one in (*lazy, *given) if one.strip()]
    for one in named:
        if not one.lower().startswith("data:"):
            return one, "", b""
    for one in named:
        kind, content = _inside(one)
        if len(content) > 200:  # less is a placeholder
            return "", kind, content
    return "", "", b""


def _widest(srcset: str) -> str:
    """The address of a list of them that is meant for the widest screen."""
    found = [[*one.split(), ""][:2] for one in srcset.split(", ") if one.strip()]
    return max(found, key=lambda one: _number(one[1]), default=["", ""])[0]


def _number(text: str) -> float:
    match = re.match(r"\d{1,6}", text)
    return float(match[0]) if match else 0


def _inside(src: str) -> tuple[str, bytes]:
    """How the file of a picture that is in an address would end, and its bytes."""
    match = re.match(r"data:image/(png|jpe?g|gif|webp)(;[^,]*)?,", src, re.IGNORECASE)
    if not match:
        return "", b""
    given = unquote_to_bytes(src[match.end() :])
    try:
        content = b64decode(given) if ";base64" in (match[2] or "").lower() else given
    except NoBase64:
        content = b""
    return match[1].lower().replace("jpeg", "jpg"), content


# --- captions and credits ------------------------------------------------------------------------

_CREDIT = re.compile(
    r"(?P<open>[(\[]\s*)?(?P<label>\b(?:(?:photo|picture|image)\s+)?credits?\s*:|\b(?:photograph|photo"
    r"|picture|image|foto)(?:graphy)?(?:\s*:|\s+by\b:?))\s*(?P<name>[^()\[\]]{1,200}?)\s*"
    r"(?(open)[)\]])\s*$",
    re.IGNORECASE,
)


def _credit(caption: str) -> tuple[str, str, str]:
    """A caption without its credit, the credit, and the words that said so."""
    match = _CREDIT.search(caption[-400:])
    if not match:
        return caption, "", ""
    start = match.start() + max(len(caption) - 400, 0)
    return caption[:start].strip(), match["name"].rstrip(" ."), match["label"].strip()


Place = tuple[int, int]
"""Where the blocks of a caption begin and end."""

_CREDIT_LABEL = "it says that a name is a picture's credit"
_CAPTION_LINK = "a link of a caption, which is words only"


def _is_bare(picture: Picture | None) -> bool:
    return picture is not None and not picture.caption and not picture.credit


def captioned(blocks: Sequence[Block], captions: Iterable[Place], log: Log) -> list[Block]:
    """The blocks of a figure, with its captions taken into the first picture that has none."""
    found = list(blocks)
    places = [at for at, block in enumerate(found) if _is_bare(block.picture)]
    if not places:
        return found
    at = places[0]
    taken = {
        number
        for first, end in captions
        for number in range(len(found))[first:end]
        if found[number].spans and found[number].kind != "picture"
    }
    for number in sorted(taken):
        for link in found[number].links:
            log.leave("" if link.url[0] == "#" else link.url, _CAPTION_LINK)
    whole = " ".join(found[number].words for number in sorted(taken))
    caption, credit, label = _credit(whole)
    log.leave(label, _CREDIT_LABEL)
    picture = (found[at].picture or Picture())._replace(caption=caption, credit=credit)
    found[at] = found[at]._replace(picture=picture)
    return [block for number, block in enumerate(found) if number not in taken]


def taken_as_caption(block: Block, found: list[Block], log: Log) -> bool:
    """Gives a line that names a photographer to the picture above it, as emails set captions."""
    picture = found[-1].picture if found else None
    if not picture or not _is_bare(picture) or block.links:
        return False
    if block.kind != "paragraph" or len(block.words) > 300:
        return False
    caption, credit, label = _credit(block.words)
    if credit:
        log.leave(label, _CREDIT_LABEL)
        found[-1] = found[-1]._replace(picture=picture._replace(caption=caption, credit=credit))
    return bool(credit)
