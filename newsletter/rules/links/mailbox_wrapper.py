"""A link was copied with what a mailbox or a search engine had wrapped around it.

Outlook, Proofpoint and their like put an address of their own before every link of a message, and
Google and Facebook before every link of theirs. It counts the clicks, often holds the name of the
mailbox that it was copied from, and stops working when that guard does.

To mend it, write the address that is inside. `newsletter check --fix` does it for you where that
can be read off.

Source: https://learn.microsoft.com/en-us/defender-office-365/safe-links-about

Bad:

    entries:
      - The charity has published [a report on
        neglect](https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&data=05).

Bad:

    entries:
      - The charity has published
        [a report on neglect](https://urldefense.com/v3/__https://example.org/neglect__;!!abc!def$).

Good:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

from collections.abc import Iterator

from newsletter.addresses import without_tracking
from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._typed import typed
from newsletter.wrappers import unwrapped, wrapper

LEVEL = Level.ERROR
SAFE = True


def check(proof: Proof) -> Iterator[Finding]:
    for link in proof.all_links:
        found = wrapper(link.url)
        if found is None:
            continue
        address = typed(proof, link)
        # Escapes of Markdown are no part of the address.
        inside = without_tracking(unwrapped(link.url if "\\" in address else address))
        yield Finding(
            f"this link was copied with what {found.name} had wrapped around it",
            link.place,
            "write the address that is inside"
            if inside
            else "open it, and copy the address of the page that it leads to",
            inside or None,
        )
