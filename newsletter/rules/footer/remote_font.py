"""The email fetches a font or a style sheet from a server when it is opened.

Most mail programs do not show such fonts, Gmail and Outlook among them; those that do tell the
server that a reader has opened the email, which in Europe needs consent.

To mend it, take the @font-face, @import or <link> out of your template or theme, and name fonts
that readers have: Georgia, Verdana, sans-serif.

Source: https://www.caniemail.com/features/css-at-font-face/
    https://www.caniemail.com/features/css-at-import/

Bad:

    templates/parts/footer.mjml: |
      <mj-raw><link rel="stylesheet" href="https://fonts.example.org/lato.css"/></mj-raw>
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text font-family="Verdana, sans-serif">
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING

_FONT = re.compile(r"@font-face\s*\{[^}]*\burl\(\s*[\"']?(?P<url>[^\"')]+)", re.IGNORECASE)
_IMPORT = re.compile(
    r"@import\s+(?:url\(\s*)?[\"']?(?P<url>(?:https?:)?//[^\"')\s;]+)", re.IGNORECASE
)


def check_email(built: Built) -> Iterator[Finding]:
    found = {
        link.get("href", ""): "style sheet"
        for link in built.page.named("link")
        if "stylesheet" in link.get("rel", "").lower().split()
    }
    for style in built.page.styles:
        found |= {match["url"]: "style sheet" for match in _IMPORT.finditer(style)}
        found |= {match["url"]: "font" for match in _FONT.finditer(style)}
    for url, what in found.items():
        yield Finding(
            f"the email fetches a {what} when it is opened: {url}",
            None,
            "take it out of your template or theme, and name fonts that readers have",
        )
