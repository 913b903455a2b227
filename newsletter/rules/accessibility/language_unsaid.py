"""The email does not say which language it is in, or which way it is read.

Screen readers choose their voice by it, and programs that translate or hyphenate go by it. Mail
programs drop the frame of an email, so both must stand on the outermost element inside as well.

To mend it, begin your templates/parts/email.mjml as the one that comes with the builder begins:
with `lang` and `dir` on <mjml>.

Source: https://www.w3.org/WAI/WCAG22/Understanding/language-of-page.html
    https://emailmarkup.org/en/reports/accessibility/2025

Bad:

    templates/parts/email.mjml: |
      <mjml><mj-head><mj-title>{{ subject }}</mj-title></mj-head><mj-body>
      <mj-raw><div style="display:none">{{ preheader }}</div></mj-raw>
      <mj-section><mj-column><mj-text><h1>{{ issue.title }}</h1></mj-text></mj-column></mj-section>
      <mj-section><mj-column>{% block content %}{% endblock %}</mj-column></mj-section>
      {% include "parts/footer.mjml" %}
      </mj-body></mjml>

Good:

    templates/parts/email.mjml: |
      <mjml lang="{{ issue.language }}" dir="{{ issue.language.direction }}"><mj-head>
      <mj-title>{{ subject }}</mj-title></mj-head><mj-body>
      <mj-raw><div style="display:none">{{ preheader }}</div></mj-raw>
      <mj-section><mj-column><mj-text><h1>{{ issue.title }}</h1></mj-text></mj-column></mj-section>
      <mj-section><mj-column>{% block content %}{% endblock %}</mj-column></mj-section>
      {% include "parts/footer.mjml" %}
      </mj-body></mjml>
"""

from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING

_HINT = "give <mjml> in templates/parts/email.mjml `lang` and `dir`, as the one shipped has them"


def check_email(built: Built) -> Iterator[Finding]:
    language = built.proof.issue.language
    frames = [built.page.root, *_outermost(built.page.body)]
    said = [frame.get("lang") or "" for frame in frames]
    if any(tag in ("", "und") for tag in said):
        yield Finding("the email does not say which language it is in", None, _HINT)
    elif wrong := next((tag for tag in said if _main(tag) != _main(language)), ""):
        yield Finding(
            f"the email says that it is in '{wrong}', and the issue is in '{language}'", None, _HINT
        )
    ways = [frame.get("dir") or "" for frame in frames]
    if any(way not in ("ltr", "rtl") for way in ways):
        yield Finding("the email does not say which way it is read", None, _HINT)
    elif wrong := next((way for way in ways if way != language.direction), ""):
        yield Finding(f"the email says that it is read '{wrong}', and it is not", None, _HINT)


def _outermost(body: tuple[Any, ...]) -> list[Any]:
    """The element that the words stand in; a preheader before it has no others in it."""
    largest = sorted(body[0] if body else (), key=lambda element: len(list(element.iter())))
    return largest[-1:]


def _main(tag: str) -> str:
    return tag.lower().partition("-")[0]
