"""Something in the text is what your mailing platform takes for a tag of its own.

It would put something else in its place, or leave nothing there, or refuse the email: words in
square brackets with Campaign Monitor, in double round ones with GOV.UK Notify, between per cent
signs with ActiveCampaign.

To mend it, write it otherwise: with other brackets, or with a space in it. If it is meant as a tag,
write [[first_name|there]]; if it is one that this program has no word for, switch this rule off for
its line.

Source: https://v3.developer.constantcontact.com/api_guide/design_code_emails.html
    https://listmonk.app/docs/templating/

Bad:

    newsletter.yaml:
      platform: govuk-notify
    intro: "Two reports ((both in English)) came out this month."

Bad:

    newsletter.yaml:
      platform: mailchimp
    intro: "Dear *|FNAME|*, this month has brought new figures."

Good:

    newsletter.yaml:
      platform: mailchimp
    intro: "Dear [[first_name|reader]], this month has brought new figures (in English)."
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.tokens import own_tokens

LEVEL = Level.ERROR


def check(proof: Proof) -> Iterator[Finding]:
    for token in own_tokens(proof):
        yield Finding(
            f"{proof.profile.name} would take '{token.words}' for a tag of its own",
            token.place,
            _otherwise(proof, token.words)
            if token.place
            else "it stands in a template of your own: write it otherwise there",
        )


def _otherwise(proof: Proof, words: str) -> str:
    for name, tag in proof.supplied.tags.items():
        if words in (tag.tag, tag.text):
            written = f"[words]([[{name}]])"
            if tag.kind == "text":
                written = f"[[{name}|there]]" if tag.with_fallback else f"[[{name}]]"
            return f"if it is meant as a tag, write {written}; else write it in other words"
    return "write it otherwise: with other brackets, or in other words"
