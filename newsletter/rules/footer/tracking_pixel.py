"""The email has a picture that nobody can see: of one pixel, or hidden.

Such pictures tell whoever put them there that a reader has opened the email, when, and where. In
the European Union and the United Kingdom that needs the reader's consent; in the field of child
protection it can put a reader at risk.

To mend it, take the picture out of the template or the entry.

Source: https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/guidance-on-the-use-of-storage-and-access-technologies/

Bad:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a>
      <img src="https://example.org/open.gif" alt="" width="1" height="1"/></p>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>
"""

import re
from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place
from newsletter.proof.page import declarations

LEVEL = Level.ERROR

_LEAST = 3  # pixels; what has fewer either way is not there to be seen
_LENGTH = re.compile(r"\s*([0-9.]+)\s*(?:px)?\s*(?:!important)?$")


def check_email(built: Built) -> Iterator[Finding]:
    for picture in built.page.named("img"):
        source = picture.get("src", "")
        sizes = [size for size in (_size(picture, "width"), _size(picture, "height")) if size]
        tiny = bool(sizes) and all(size < _LEAST for size in map(float, sizes))
        look = built.page.looks.get(picture)
        if tiny or (look and look.hidden):
            what = "of one pixel" if tiny else "that is hidden"
            host = re.match(r"https?://([^/?#]+)", source)
            yield Finding(
                f"there is a picture {what}" + (f", from {host[1]}" if host else ""),
                _place(built, source),
                "take it out: it can only be there to track readers",
            )


def _size(picture: Any, name: str) -> str:
    style = dict(declarations(picture.get("style", "")))
    for value in (style.get(name), style.get(f"max-{name}"), picture.get(name)):
        match = _LENGTH.match(value) if value else None
        if match:
            return match[1]
    return ""


def _place(built: Built, source: str) -> Place | None:
    """The entry's own picture, if it is one."""
    for steps, image in built.proof.images:
        if image.src == source:
            return Place((*steps, "src"), 0, len(image.src))
    return None
