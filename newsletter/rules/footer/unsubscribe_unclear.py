"""The words of the unsubscribe link do not say that one leaves the list there.

Who cannot find the link presses "spam" instead; and mailbox providers and spam filters punish
senders that hide it.

To mend it, write "Unsubscribe" in your template: {{ words.unsubscribe }} does so in the issue's
language.

Source: https://support.google.com/a/answer/81126

Bad:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">Change your settings</a></p>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">Leave this list (unsubscribe)</a></p>
      </mj-text></mj-column></mj-section>
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.footer._leaving import leaving_links

LEVEL = Level.WARNING

_PLAIN = re.compile(
    r"unsubscri|\bopt[ -]?out|\bstop (?:receiving|getting|these)|\bleave (?:this|the|our) list"
    r"|désabonn|désinscri|\babmeld|\babbestell|dar(?:se)? de baja|cancelar"
    r"|dad-?danysgrif|wypisz|rezygn",
    re.IGNORECASE,
)


def check_email(built: Built) -> Iterator[Finding]:
    label = built.proof.labels.unsubscribe.casefold()
    words = [" ".join(link.text_content().split()) for link in leaving_links(built)]
    if not words or any(label in text.casefold() or _PLAIN.search(text) for text in words):
        return
    shown = next((text for text in words if text), "")
    yield Finding(
        f"the link with which readers leave the list is called '{shown}'"
        if shown
        else "the link with which readers leave the list has no words",
        None,
        f"call it '{built.proof.labels.unsubscribe}' in your template",
    )
