"""A finished email in; the links with which readers leave the list out."""

import re
from collections.abc import Iterator
from typing import Any

from newsletter.platforms.profile import Tag
from newsletter.proof import Built


def leaving_tag(built: Built) -> Tag:
    """What stands for leaving the list."""
    return built.proof.supplied.tags["unsubscribe"]


def leaving_links(built: Built) -> Iterator[Any]:
    """The elements that lead there: links, or a platform's own."""
    tag = leaving_tag(built)
    if tag.kind == "url":
        for element in built.page.named("a"):
            if element.get("href", "").strip() == tag.tag:
                yield element
    elif tag.kind == "element" and (name := re.match(r"<(\w+)", tag.tag)):
        yield from built.page.named(name[1].lower())
