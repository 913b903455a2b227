"""The email stands on something of the mailing platform that nobody has tried in an account yet.

It was seen in use, or in part of the documentation, but not confirmed. If a tag is wrong, readers
see the tag itself, or a link that leads nowhere; if the platform does not add what it is said to
add, readers lack it.

To mend it, send the email to yourself from the platform, and look. When you have seen that it is
right, switch this rule off in newsletter.yaml. Or do without the tag.

Bad:

    newsletter.yaml:
      platform: dotdigital
    intro: "You are on our list as [[email]]."

Bad:

    newsletter.yaml:
      platform: govdelivery

Good:

    newsletter.yaml:
      platform: buttondown
    intro: "You are on our list as [[email]]."
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING


def check_email(built: Built) -> Iterator[Finding]:
    proof = built.proof
    neutral, name = proof.result.neutral, proof.profile.name
    if neutral is None:
        return
    used = neutral.marks.used(neutral.html, neutral.text, neutral.subject, neutral.preheader)
    tags = {one: proof.supplied.tags[one] for one in used}
    doubtful = {one: tag for one, tag in tags.items() if tag.confidence == "unverified"}
    added = [f"[[{one}]]" for one, tag in doubtful.items() if tag.kind == "auto"]
    if added:
        yield Finding(
            f"{name} is said to add by itself what stands for {', '.join(added)}; "
            "nobody has tried it",
            None,
            "look for it in a test from there; once you have seen it, write 'unverified-tag: off' "
            "below 'rules:' in newsletter.yaml",
        )
    for one, tag in doubtful.items():
        if tag.tag:
            yield Finding(
                f"'{tag.tag}', which stands for [[{one}]], has not been tried with {name}",
                None,
                "look at it in a test from there",
            )
