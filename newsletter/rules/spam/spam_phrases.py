"""A phrase stands in the issue that advertisements and spam are known for.

It is weak evidence: filters look at the sender far more than at the words. But phrases such as
"100% free" still count a little, and they make a reader look twice.

To mend it, say it in other words: "free of charge", "apply by 3 May". Quotations are not told.

Source: https://docs.buttondown.com/preflight
    https://support.google.com/a/answer/81126

Bad:

    entries:
      - The course is 100% free, and [the charity](https://example.org/course) runs it.

Good:

    entries:
      - The course is free of charge, and [the charity](https://example.org/course) runs it.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.NOTE

# Only what hardly stands in good prose: "act now" and "risk-free" do, without their "!" and nouns.
_PHRASE = re.compile(
    r"\b(?=[1abclmnorst])"  # saves most of the time
    r"(?:100 ?% (?:free|guaranteed|satisfaction)|act now!|buy now|order now|click (?:below|now)"
    r"|limited[- ]time offer|money[- ]back guarantee|risk[- ]free (?:trial|offer)"
    r"|special promotion|no purchase necessary|once in a lifetime (?:offer|opportunity)"
    r"|this is not spam)(?![\w'’”\"])",
    re.IGNORECASE,
)
_QUOTES = "'‘’“”\"„«"


def check(proof: Proof) -> Iterator[Finding]:
    for match in proof.find(_PHRASE):
        before = match.passage.words[: match.start][-1:]
        if before and before in _QUOTES:
            continue
        yield Finding(
            f"'{match.match[0]}' is a phrase that spam is known for",
            match.place,
            "say it in other words",
        )
