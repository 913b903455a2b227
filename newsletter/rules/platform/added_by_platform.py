"""A link in the text leads to what the mailing platform adds below the email by itself.

It has no tag for it, so the words stand there without a link.

To mend it, point to the foot of the email ("you can unsubscribe below"), or leave the sentence out.

Bad:

    newsletter.yaml:
      platform: constant-contact
    outro: "You can [leave the list]([[unsubscribe]]) at any time."

Good:

    newsletter.yaml:
      platform: constant-contact
    outro: "You can leave the list at any time: see below."
"""

from collections.abc import Iterator

from newsletter import tags
from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.WARNING


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.links:
        tag = tags.LINK.fullmatch(link.url)
        if tag and proof.supplied.tags[tag[1]].kind == "auto":
            yield Finding(
                f"{proof.profile.name} adds this link itself, and has no tag for it: "
                f"'{link.words}' will stand here without a link",
                link.words_place,
                "point to the foot of the email, or leave this out",
            )
