r"""A character stands here for which readers have no sign: an empty box, or nothing at all.

Word keeps the bullets of its Symbol and Wingdings fonts in a range that means something else on
every device, and pictures leave a placeholder behind when their text is copied. Invisible tag
characters can carry hidden words to programs that sum up the inbox.

To mend it, delete the character; where it was a bullet, begin the line with "- ".

Source: https://www.unicode.org/faq/private_use.html
    https://havenmessenger.com/blog/posts/unicode-security-attacks/

Bad:

    entries:
      - "\uf0b7 The trust has published [its report on neglect](https://example.org/neglect)."

Good:

    entries:
      - "- The trust has published [its report on neglect 🏴󠁧󠁢󠁷󠁬󠁳󠁿](https://example.org/neglect)."
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Match, Place, Proof
from newsletter.proof.characters import called
from newsletter.proof.seen import ADDRESS

LEVEL = Level.ERROR

_TAG = "\U000e0000-\U000e007f"
# A flag and tags are the flag of England, Scotland or Wales.
_RUN = re.compile(
    f"\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f"
    f"|(?P<own>[\ue000-\uf8ff\U000f0000-\U0010fffd]+)|(?P<tags>[{_TAG}]+)"
)
_BULLETS = frozenset("\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc\uf02d\uf06f\uf076")


def check(proof: Proof) -> Iterator[Finding]:
    if _RUN.search("".join(proof.characters)):
        for match in proof.find(_RUN):
            if match.match["own"] or match.match["tags"]:
                yield _finding(match)
    for passage in proof.passages:
        if ADDRESS in passage.raw:
            at = passage.raw.index(ADDRESS)
            yield Finding(
                "a placeholder for a picture stands here (U+FFFC)",
                Place(passage.steps, at, at + 1),
                "delete it; it is left from copying",
            )


def _finding(match: Match) -> Finding:
    run = match.match[0]
    if match.match["tags"]:
        return Finding(
            f"{len(run)} invisible tag characters stand here",
            match.place,
            "delete them; they can carry hidden words",
        )
    if run[0] in _BULLETS:
        hint = "it was a bullet in Word: begin the line with '- '"
    else:
        hint = "delete it, or write in words what it showed"
    return Finding(f"readers have no sign for this character ({called(run[0])})", match.place, hint)
