"""The email has something in it that acts: a script, a form, a frame.

Mail programs take it out or refuse the whole email, and spam filters count it. A form that asks for
anything in an email is what fraud looks like.

To mend it, take it out of your template, and link to a page that does it.

Source: https://www.caniemail.com/features/html-form/
    https://docs.buttondown.com/preflight

Bad:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}" onclick="leave()">{{ words.unsubscribe }}</a></p>
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

from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR

_ACTS = frozenset(
    {
        "script", "form", "iframe", "frame", "frameset", "input", "button", "select", "textarea",
        "object", "embed", "applet", "base", "portal", "dialog",
    }
)  # fmt: skip
_RUNS = ("javascript:", "vbscript:")


def check_email(built: Built) -> Iterator[Finding]:
    told = dict.fromkeys(what for element in built.page.elements for what in _acts(element))
    for what in told:
        yield Finding(
            f"the email has {what} in it", None, "take it out of your template, and link to a page"
        )


def _acts(element: Any) -> Iterator[str]:
    if element.tag in _ACTS:
        yield f"<{element.tag}>"
    elif element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
        yield '<meta http-equiv="refresh">'
    for name, value in element.items():
        if name.startswith("on"):
            yield f"'{name}=' (a script)"
        elif name in ("href", "src", "action") and value.strip().lower().startswith(_RUNS):
            yield f"an address that begins with {value.strip().partition(':')[0].lower()}:"
