"""Readers whose name is not known would see nothing where it stands.

"Dear ," is what a reader gets of whom the list has only the address.

To mend it, give the words for them: [[first_name|reader]]. Some platforms have no such words in a
tag: there the greeting is better without the name, or the words are set in the account.

Source: https://mailchimp.com/help/set-default-merge-values/

Bad:

    newsletter.yaml:
      platform: mailchimp
    intro: "Dear [[first_name]], this month has brought new figures."

Bad:

    newsletter.yaml:
      platform: activecampaign
    intro: "Dear [[first_name|reader]], this month has brought new figures."

Good:

    newsletter.yaml:
      platform: mailchimp
    intro: "Dear [[first_name|reader]], this month has brought new figures."
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.tokens import written

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    tag = proof.supplied.tags["first_name"]
    if not tag.tag:
        return
    without = tag.note or "leave the name out, or give the words in your account"
    for match, place in written(proof):
        if match[1] != "first_name" or (match[2] and tag.with_fallback):
            continue
        if match[2]:
            yield Finding(
                f"{proof.profile.name} has no place for '{match[2]}' in its tag: readers "
                "without a first name see nothing here",
                place,
                without,
            )
        else:
            yield Finding(
                "readers without a first name see nothing here",
                place,
                "give the words for them: [[first_name|reader]]" if tag.with_fallback else without,
            )
