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
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.proof.tokens import Meant, meant, strange_tokens, tokens_in_addresses

LEVEL = Level.ERROR

_KNOWN = f"tags are: {', '.join((*tags.LINKS, *tags.WORDS))}"
_SIGNS = re.compile(r"[|{}<>()\"'%*$@&:_`\\]")


def check(proof: Proof) -> Iterator[Finding]:
    for one in meant(proof):
        message, hint = _misspelt(one)
        yield Finding(f"'{one.typed}' {message}", one.place, hint)
    for token, name in strange_tokens(proof):
        yield Finding(
            f"'{token.words}' is a tag that nothing fills in: it looks like one of {name}",
            token.place,
            "delete it, or write it as this program has it: [[first_name|there]]"
            if token.place
            else "take it out of your template or your settings",
        )
    for token in tokens_in_addresses(proof):
        yield Finding(
            f"'{token.words}' stands in an address, where nothing fills it in",
            token.place,
            "give the address without it",
        )


def _misspelt(one: Meant) -> tuple[str, str]:
    """What is wrong with a neutral tag, and the way out."""
    if one.name in tags.LINKS:
        written = f"[{one.words or 'words'}]([[{one.name}]])"
        return "needs words to be clicked", f"write {written}"
    if one.name not in tags.WORDS:
        return f"is no tag{f' (did you mean [[{one.near}]]?)' if one.near else ''}", _KNOWN
    if one.in_link:
        linked = f"[{one.typed}](https://...)"
        return "is read as the words of a link", f"write {linked}, with three brackets"
    signs = " ".join(sorted(set(_SIGNS.findall(one.words))))
    if signs:
        curly = "; ’ can" if "'" in signs else ""
        return "cannot be read as a tag", f"the words after | cannot have {signs} in them{curly}"
    tag = f"[[{one.name}|{' '.join(one.words.split())}]]" if one.words else f"[[{one.name}]]"
    return "cannot be read as a tag", f"write {tag}, on one line"
