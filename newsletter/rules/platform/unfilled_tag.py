"""A tag stands in the email that nothing fills in: of another platform, or misspelt.

Readers would see {{ first_name }} or [[firstname]] as it stands.

To mend it, write the tag as this program has it, such as [[first_name|there]]: it becomes that of
your platform. Or delete it.

Source: https://docs.buttondown.com/preflight

Bad:

    intro: "Dear {{ first_name }}, this month has brought new figures."

Bad:

    intro: "Dear [[firstname|reader]], this month has brought new figures."

Bad:

    outro: "You can leave the list at any time: [[unsubscribe]]"

Good:

    intro: "Dear [[first_name|reader]], this month has brought new figures."
    outro: "You can [leave the list]([[unsubscribe]]) at any time."

Good:

    newsletter.yaml:
      links:
        unsubscribe: "*|UNSUB|*"
    intro: "Dear *|FNAME|*, this month has brought new figures."
"""

import re
from collections.abc import Iterator

from newsletter import tags
from newsletter.problems import Level, did_you_mean
from newsletter.proof import Finding, Proof
from newsletter.proof.tokens import strange_tokens, typed

LEVEL = Level.ERROR

_NEUTRAL = re.compile(r"\[\[([^][\n]*)\]\](?!\()")


def check(proof: Proof) -> Iterator[Finding]:
    told = set()
    for text in typed(proof):
        for match in _NEUTRAL.finditer(text.words):
            name, bar, _ = match[1].strip().partition("|")
            message, hint = _misspelt(name.strip(), bool(bar))
            if message:
                told.add(match[0])
                yield Finding(f"'{match[0]}' {message}", text.place(*match.span()), hint)
    for token, name in strange_tokens(proof):
        if token.words not in told:
            yield Finding(
                f"'{token.words}' is a tag that nothing fills in: it looks like one of {name}",
                token.place,
                "delete it, or write it as this program has it: [[first_name|there]]"
                if token.place
                else "take it out of your template or your settings",
            )


def _misspelt(name: str, has_words: bool) -> tuple[str, str]:
    """What is wrong with a neutral tag, and the way out; "" where it is none."""
    known = (*tags.LINKS, *tags.WORDS)
    if name in tags.LINKS:
        return "needs words to be clicked", f"write [words]([[{name}]])"
    if name in tags.WORDS:
        return (
            "cannot be read as a tag",
            "the words after | may have letters, digits, commas, full stops and ’ in them",
        )
    near = did_you_mean(name.lower().replace(" ", "_"), list(known))
    near = near or next((one for one in known if one.replace("_", "") == name.lower()), "")
    if near:
        return f"is no tag (did you mean [[{near}]]?)", f"tags are: {', '.join(known)}"
    if has_words or name.islower():
        return "is no tag", f"tags are: {', '.join(known)}"
    return "", ""
