"""A tag of a mailing platform or a program stands in the text, and nothing will fill it in.

Readers would see {{ first_name }} as it stands.

To mend it, delete it. If your platform does fill it in, give one of its tags under `links:` in
newsletter.yaml: tags of that form are then taken for its own.

Source: https://docs.buttondown.com/preflight

Bad:

    intro: "Dear {{ first_name }}, this month has brought new figures."

Good:

    intro: "Dear *|FNAME|*, this month has brought new figures."
    newsletter.yaml:
      links:
        unsubscribe: "*|UNSUB|*"
"""

import re
from collections.abc import Iterator

from newsletter.markup import NEUTRAL_TAG
from newsletter.problems import Level
from newsletter.proof import Finding, Place, Proof

LEVEL = Level.ERROR

_TAG = re.compile(
    r"\*\|[^\n|]*\|\*|\{\{[^\n{}]*\}\}|\{%[^\n]{0,500}?%\}|\[\[[\w .:-]+\]\](?!\()|%%[A-Za-z_]\w*%%"
)
_OPENINGS = ("*|", "{{", "{%", "[[", "%%")


def check(proof: Proof) -> Iterator[Finding]:
    links = proof.settings.links
    known = f"{links.unsubscribe or ''}\n{links.view_online or ''}"
    strange = [opening for opening in _OPENINGS if opening not in known]
    for passage in proof.passages:
        if not any(opening in passage.raw for opening in strange):
            continue
        for match in _TAG.finditer(passage.raw):
            if match[0].startswith(tuple(strange)) and not NEUTRAL_TAG.fullmatch(match[0]):
                yield Finding(
                    f"'{match[0]}' is a tag that nothing fills in",
                    Place(passage.steps, *match.span()),
                    "delete it, or give your platform's tags under 'links' in newsletter.yaml",
                )
