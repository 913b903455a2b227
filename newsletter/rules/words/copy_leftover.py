"""Something was copied along that belongs to the page it came from.

"Note: There is a poll embedded within this post", "Continue reading →", a stray `]]>`: what made
sense on a website stands in the email as words.

To mend it, delete it. The note `# newsletter: off` belongs above a text or after its first line;
inside a text it is shown.

Source: https://docs.buttondown.com/preflight

Bad:

    entries:
      - The charity has published [a report on neglect](https://example.org/neglect). ]]>

Bad:

    entries:
      - |
        The charity has published [a report on neglect](https://example.org/neglect).

        Note: There is a poll embedded within this post, please visit the site to take part.

Bad:

    entries:
      - |
        Inspectors write about [their visits](https://example.org/visits).

        Photograph: Example Agency

Good:

    entries:
      - Share this [guide to cookies](https://example.org/cookies) with parents.
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level, shortened
from newsletter.proof import Finding, Match, Place, Proof, once
from newsletter.proof.wording import wording
from newsletter.source import DIRECTIVE, Steps

LEVEL = Level.WARNING


def _alone(pattern: str) -> str:
    """A pattern of a line that is nothing else; texts are searched together, with U+0000 between
    them."""
    return rf"(?<![^\n\0]){pattern}(?![^\n\0])"


# What only a web page says, by words of it that are quickly looked for.
_LEFTOVERS = {
    "]]>": r"\]\]>",
    "<!": r"<!(?:\[CDATA\[|--)",
    "poll embedded within": r"(?:note:\s+)?there is a poll embedded within this post",
    "image representing": r"\bimage representing\b",
    "click here to": r"\bclick here to (?:continue|keep) reading\b",
    "continue reading": r"\bcontinue reading\s?(?:→|»|…|\.\.\.|&rarr;|&raquo;)",
    "read more": r"\[read more[^\]\n]{0,3}\]|\bread more\s?(?:→|»|&rarr;|&raquo;)",
    "view image": _alone(r"view image(?: in full ?screen)?"),
    "skip to": _alone(r"skip to (?:main |primary )?(?:content|navigation)"),
    "newsletter promotion": r"\b(?:skip past|after) newsletter promotion\b",
    "site uses cookies": r"\bthis (?:web)?site uses cookies\b",
    "we use cookies": r"\bwe use cookies(?: (?:to|on|and similar)\b|\.)",
    "essential cookies": r"\bwe use (?:some )?essential cookies(?: (?:to|on|and similar)\b|\.)",
    "share this": _alone(r"share this(?: (?:article|post|page|story))?:?"),
    "share on": _alone(r"share on (?:facebook|twitter|x|linkedin|whatsapp)\b[^\n\0]{0,30}"),
    "related articles": _alone("related articles:?"),
    "related posts": _alone("related posts:?"),
    "leave a comment": _alone("leave a comment"),
    "leave a reply": _alone("leave a reply"),
    "photograph:": r"(?<![^\n\0])photograph:",
    "opens in": r"\((?:link )?opens in (?:a )?new (?:window|tab)\)",
    "first appeared": r"\bthis (?:post|article) first appeared on\b",
    "appeared first": r"\bthe post\b[^\0]{0,200}? appeared first on\b",
    "advertisement": _alone(r"advertisement"),
    "javascript": r"\benable javascript\b",
    "[": r"\[/?(?:caption|embed|gallery|playlist|vc_\w+|et_pb_\w+|su_\w+|fusion_\w+)"
    r"(?:\s+[\w-]+=[^\]\n]*)?\]|\[caption\s+id=",
}


def check(proof: Proof) -> Iterator[Finding]:
    there = wording(proof).present(_LEFTOVERS)
    if there:
        either = "|".join(_LEFTOVERS[phrase] for phrase in there)
        either = either.replace(" ", r"\s")
        for match in proof.find(re.compile(either, re.IGNORECASE)):
            # "image representing" as an alt text, and "Read more →" as a link, are told elsewhere.
            if match.passage.field != "alt" and not _is_vague(match, proof):
                yield _left(match, "was copied along from a web page", "delete it")
    for match in proof.find(DIRECTIVE):
        yield _left(
            match,
            "stands inside a text, and readers will see it",
            "put it on a line of its own above the text",
        )


def _is_vague(match: Match, proof: Proof) -> bool:
    """Whether it is the words of a link that says too little."""
    if not match.match[0].lower().startswith("read"):
        return False
    at = match.place
    places = _linked(proof).get(at.steps, [])
    return any((place.start or 0) <= (at.start or 0) < (place.end or 0) for place in places)


@once
def _linked(proof: Proof) -> dict[Steps, list[Place]]:
    """Where the links of each text stand."""
    found: dict[Steps, list[Place]] = {}
    for link in proof.links:
        if link.in_text:
            found.setdefault(link.words_place.steps, []).append(link.words_place)
    return found


def _left(match: Match, what: str, hint: str) -> Finding:
    return Finding(f"'{shortened(match.match[0])}' {what}", match.place, hint)
