"""An entry has more words than readers of a round-up read.

A round-up says what there is and why it matters, and leaves the rest to the page that it links to.
Long entries also bring the email closer to the size at which Gmail cuts it off.

To mend it, cut the entry down to what readers need to decide whether to read on.

Options:
    words: how many words are too many

Bad:

    newsletter.yaml:
      rules:
        long-entry: {words: 15}
    entries:
      - The charity has published [a report on neglect](https://example.org/neglect). It has
        figures for each council, and looks at what families had to say about the help that they
        were given.

Good:

    newsletter.yaml:
      rules:
        long-entry: {words: 15}
    entries:
      - The charity has published [a report on neglect](https://example.org/neglect).
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.NOTE

_WORD = re.compile(r"(?<!\S)[^\s\w]*+\w\S*")


def check(proof: Proof, *, words: int = 300) -> Iterator[Finding]:
    for passage in proof.passages:
        # No word has fewer than two characters with its space.
        if passage.field != "text" or not passage.item or len(passage.words) < 2 * words:
            continue
        found = list(_WORD.finditer(passage.words))
        if len(found) > words:
            over = found[words]
            yield Finding(
                f"'{passage.item.name}' has {len(found)} words: readers of a round-up want fewer",
                passage.place(over.start(), over.end()),
                f"cut it down to {words} or fewer; from here on it is too much",
            )
