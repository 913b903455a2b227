"""The mailing platform has no such tag: all readers get the words that were given for it.

Nothing is wrong if they read well.

To mend it, write the sentence without the tag.

Bad:

    newsletter.yaml:
      platform: outlook-gmail
    intro: "Dear [[first_name|reader]], this month has brought new figures."

Good:

    newsletter.yaml:
      platform: outlook-gmail
    intro: "Dear reader, this month has brought new figures."
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.tokens import written

LEVEL = Level.NOTE


def check(proof: Proof) -> Iterator[Finding]:
    if proof.result.platform in ("", "generic"):
        return
    for match, place in written(proof):
        if match[2] and proof.supplied.tags[match[1]].kind == "none":
            yield Finding(
                f"{proof.profile.name} knows nothing of [[{match[1]}]]: "
                f"all readers see '{match[2]}'",
                place,
                "write it without the tag, if that reads better",
            )
