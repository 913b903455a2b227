"""The email has words that nobody sees.

Spam hides words from people that it shows to filters, so Google asks senders to hide none, and
SpamAssassin counts them. The preheader is the one exception, and what a style in the head shows
again on phones.

To mend it, take the words out of your template, or the CSS that hides them: `display: none`, a size
of 0, the colour of the ground.

Source: https://support.google.com/a/answer/81126
    https://github.com/apache/spamassassin/blob/trunk/rules/20_html_tests.cf

Bad:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      p.date { color: #0f3d46 }

Bad:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      p.date { display: none }

Good:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      p.date { display: block }
"""

from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.proof.looks import hexadecimal
from newsletter.proof.page import Page, Text

LEVEL = Level.WARNING


def check_email(built: Built) -> Iterator[Finding]:
    page = built.page
    tag = built.proof.supplied.preheader
    preheader = tag or " ".join(built.email.preheader.split())
    found: dict[str, list[Text]] = {}
    for text in page.texts:
        by = _hidden_by(text)
        if not by or not text.is_read:
            continue
        if preheader and " ".join(text.words.split()).startswith(preheader):
            preheader = ""  # once
        elif not _shown_on_phones(text.element, page):
            found.setdefault(by, []).append(text)
    for by, texts in found.items():
        more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
        yield Finding(
            f"words that nobody sees ({by}): '{texts[0].shown}'{more}",
            None,
            "take them out of templates/, or the CSS that hides them",
        )


def _hidden_by(text: Text) -> str:
    look = text.look
    if look.hidden:
        return look.hidden
    if look.size < 2:
        return f"font-size:{look.size:.3g}px"
    if look.melts and look.colour and look.ground:
        return f"{hexadecimal(look.colour)} on {hexadecimal(look.ground)}"
    return ""


def _shown_on_phones(element: Any, page: Page) -> bool:
    """Whether a style in the head names what hides it: classes that none names are not there."""
    while element is not None and element in page.looks:
        names = (element.get("class") or "").split()
        if names and any(f".{name}" in css for name in names for css in page.styles):
            return bool(page.looks[element].hidden)
        element = element.getparent()
    return False
