"""The email lacks a tag that the mailing platform insists on.

Without it the platform refuses the email, or adds a footer of its own to it.

To mend it, put the line back into `templates/parts/footer.mjml` or `templates/parts/email.txt`, as
the builder's own templates have it.

Source: http://kb.mailchimp.com/tag/unsubscribe
    https://developers.hubspot.com/docs/cms/building-blocks/templates/email-template-markup

Bad:

    newsletter.yaml:
      platform: mailchimp
    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ settings.address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>

Good:

    newsletter.yaml:
      platform: mailchimp
    templates/parts/footer.mjml: |
      <mj-section><mj-column><mj-text>
      <p>{{ words.sent_by }} {{ settings.sender }}, {{ postal_address }}</p>
      <p>{{ settings.reason }}</p>
      <p><a href="{{ settings.privacy }}">{{ words.privacy }}</a></p>
      <p><a href="{{ tag("unsubscribe") }}">{{ words.unsubscribe }}</a></p>
      </mj-text></mj-column></mj-section>
"""

from collections.abc import Iterator

from newsletter.platforms.fill import in_text
from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR


def check_email(built: Built) -> Iterator[Finding]:
    profile, supplied = built.proof.profile, built.proof.supplied
    otherwise = f": {profile.required.otherwise}" if profile.required.otherwise else ""
    parts = (
        ("HTML", profile.required.html, built.email.html),
        ("plain text", profile.required.text, built.email.text),
    )
    for where, names, page in parts:
        for name in names:
            tag = supplied.tags[name]
            literal = in_text(tag) if where == "plain text" else tag.tag.partition("{words}")[0]
            # The unsubscribe link has a rule of its own.
            if name != "unsubscribe" and (not literal or literal not in page):
                yield Finding(
                    f"the {where} of the email lacks '{literal or name}', "
                    f"which {profile.name} wants{otherwise}",
                    None,
                    "a template of your own leaves it out: compare it with the builder's",
                )
