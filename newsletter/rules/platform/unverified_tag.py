"""A tag of the mailing platform stands in the email that nobody has tried in an account yet.

It was seen in use, or in part of the documentation, but not confirmed. If it is wrong, readers see
the tag itself, or a link that leads nowhere.

To mend it, send the email to yourself from the platform and look at it; then note in a file of your
own, `platforms/NAME.yaml`, that it works. Or do without the tag.

Bad:

    newsletter.yaml:
      platform: dotdigital
    intro: "You are on our list as [[email]]."

Good:

    newsletter.yaml:
      platform: buttondown
    intro: "You are on our list as [[email]]."
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.NOTE


def check_email(built: Built) -> Iterator[Finding]:
    proof = built.proof
    neutral = proof.result.neutral
    if neutral is None:
        return
    for name in neutral.marks.used(neutral.html, neutral.text, neutral.subject, neutral.preheader):
        tag = proof.supplied.tags.get(name)
        if tag is None or tag.confidence != "unverified":
            continue
        if tag.kind == "auto":
            yield Finding(
                f"{proof.profile.name} is said to add what [[{name}]] stands for by itself; "
                "nobody has tried",
                None,
                "send the email to yourself from the platform, and look whether it is there",
            )
        elif tag.tag:
            yield Finding(
                f"'{tag.tag}', which stands for [[{name}]], has not been tried with "
                f"{proof.profile.name}",
                None,
                "send the email to yourself from the platform, and look at it there",
            )
