"""The email is longer than the mailing platform takes.

It would be refused, or cut off.

To mend it, shorten what is named, or leave entries out.

Source: https://v3.developer.constantcontact.com/api_guide/design_code_emails.html
    https://developers.brevo.com/reference/create-email-campaign

Bad:

    newsletter.yaml:
      platform: small
    platforms/small.yaml: |
      extends: mailchimp
      limits: {html_bytes: 5000}

Good:

    newsletter.yaml:
      platform: small
    platforms/small.yaml: |
      extends: mailchimp
      limits: {html_bytes: 50000}
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding, Place
from newsletter.rules.size._bytes import entries_too_many

LEVEL = Level.ERROR


def check_email(built: Built) -> Iterator[Finding]:
    limits, email = built.proof.profile.limits, built.email
    size, characters = len(email.html.encode()), len(email.html)
    subject = Place(("subject",)) if built.proof.issue.subject else None
    preheader = Place(("preheader",)) if built.proof.issue.preheader else None
    longer = "shorten it"
    for what, unit, has, most, place, hint in (
        ("HTML", "bytes", size, limits.html_bytes, None, ""),
        ("HTML", "characters", characters, limits.html_characters, None, ""),
        ("subject", "characters", len(email.subject), limits.subject, subject, longer),
        ("preheader", "characters", len(email.preheader), limits.preheader, preheader, longer),
    ):
        if most is not None and has > most:
            yield Finding(
                f"the {what} has {has:,} {unit}; {built.proof.profile.name} takes {most:,}",
                place,
                hint or entries_too_many(built, has - most),
            )
