"""The words of a link are a long address.

Screen readers spell it letter by letter, and everybody else has to read round it. The plain text
part shows addresses by itself. An address that was meant to stand behind words, as in
"[words] (https://...)", is told as a broken link.

To mend it, write words that say what the page is: [the report on neglect](https://...).

Options:
    max: characters that an address may have as words

Source: https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context.html

Bad:

    entries:
      - The report is at https://example.org/reports/2024/05/neglect-of-young-children.

Good:

    entries:
      - The report is at https://example.org/neglect.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof, Reference
from newsletter.wrappers import wrapper

LEVEL = Level.WARNING

_BROKEN = re.compile(r"\][ \t\n]+\([ \t]*$|\)\[$")  # before the address


def check(proof: Proof, *, max: int = 40) -> Iterator[Finding]:
    for link in proof.links:
        words = link.words
        if len(words) > max and words.lower().startswith(("http:", "https:", "www.")):
            if any(character.isspace() for character in words) or _is_broken(link, proof):
                continue
            if wrapper(link.url):
                continue  # it is long for what is wrapped around it, which mailbox-wrapper tells
            yield Finding(
                f"the words of this link are an address of {len(words)} characters",
                link.words_place,
                "write words that say what the page is: [words](https://...)",
            )


def _is_broken(link: Reference, proof: Proof) -> bool:
    """Whether the address was to stand behind the words before it."""
    node = proof.source.node(link.words_place.steps)
    return bool(node and _BROKEN.search(node.text[: link.words_place.start]))
