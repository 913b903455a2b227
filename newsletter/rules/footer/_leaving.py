"""A finished email in; the links with which readers leave the list out."""

from collections.abc import Iterator
from typing import Any

from newsletter.platforms import tags
from newsletter.proof import Built


def leaving_address(built: Built) -> str:
    """The address or tag that stands for leaving the list; "" if none is given."""
    return tags(built.settings).get("unsubscribe", "")


def leaving_links(built: Built) -> Iterator[Any]:
    """The <a> elements that lead there."""
    address = leaving_address(built)
    for element in built.page.named("a"):
        if address and element.get("href", "").strip() == address:
            yield element
