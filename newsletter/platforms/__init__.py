"""A rendered email with neutral tags in, the same with a mailing platform's own tags out.

Neutral tags stay neutral until here, so that one rendered email serves every platform.
"""

import html
import re
from collections.abc import Mapping

from newsletter.compose import Composition, Email
from newsletter.markup import PLATFORM_TAG
from newsletter.model import Settings


def tags(settings: Settings) -> dict[str, str]:
    """What stands for each neutral tag; those that nothing stands for are left out."""
    links = settings.links
    known = {"unsubscribe": links.unsubscribe, "view_online": links.view_online}
    return {name: str(value) for name, value in known.items() if value}


def used(composed: Composition) -> list[str]:
    """The names of the neutral tags that an email holds."""
    found = _pattern(composed.marker).findall(composed.mjml + composed.text)
    return sorted(set(found))


def _pattern(marker: str) -> re.Pattern[str]:
    return re.compile(re.escape(marker) + r"-([a-z_]+)-")


def fill(email: Email, values: Mapping[str, str]) -> Email:
    """`email` with `values` in place of its neutral tags.

    A platform's tag goes in byte for byte, because the platform replaces it before any reader's
    program sees it; an address is escaped in HTML as every address is.
    """

    def in_html(match: re.Match[str]) -> str:
        value = values[match[1]]
        if not re.match(r"(https?|mailto):", value):
            return value
        escaped = [html.escape(piece) for piece in PLATFORM_TAG.split(value)]
        tags_in_it = [*PLATFORM_TAG.findall(value), ""]
        return "".join(a + b for a, b in zip(escaped, tags_in_it, strict=True))

    pattern = _pattern(email.marker)
    return email._replace(
        html=pattern.sub(in_html, email.html),
        text=pattern.sub(lambda match: values[match[1]], email.text),
    )
