"""The finished email lacks the unsubscribe link that the settings give.

A template of your own has left it out: of the HTML, or of the plain text, which is all that some
readers see. The law asks for the link in each message.

To mend it, put the link back into `templates/parts/footer.mjml` or `templates/parts/email.txt`, as
the builder's own templates have it.

Source: https://www.legislation.gov.uk/uksi/2003/2426/regulation/22
    https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business

Bad:

    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
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

from newsletter.platforms.fill import in_text
from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.rules.footer._leaving import leaving_links, leaving_tag

LEVEL = Level.ERROR


def check_email(built: Built) -> Iterator[Finding]:
    tag = leaving_tag(built)
    if not tag.tag:
        return
    # A platform's tag may be no address, but the whole link.
    whole = tag.tag if tag.kind == "rendered" else f'href="{tag.tag}"'
    if whole not in built.email.html and not list(leaving_links(built)):
        yield Finding(
            "the HTML of the email has lost its unsubscribe link",
            None,
            "a template of your own leaves it out: compare its footer with the builder's",
        )
    if in_text(tag) not in built.email.text:
        yield Finding(
            "the plain text of the email has lost its unsubscribe link",
            None,
            "a template of your own leaves it out: compare it with the builder's",
        )
