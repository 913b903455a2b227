"""A run of text stands here in a script that the issue is not written in.

Hacked websites and feeds carry lottery and casino spam, mostly Chinese or Russian, and it is copied
along with the headline behind it. Readers and spam filters take the newsletter for hacked.

To mend it, delete the run, and look whether the page it came from still says what you cite. A name
in its own script in brackets or quotation marks, and single words, such as the names of languages,
are left alone. For a paragraph that is meant to be in another script, write `rules:
{foreign-script: off}` in its entry.

Source: https://www.unicode.org/reports/tr39/

Bad:

    entries:
      - title: 幸运彩票在线投注平台 New figures on neglect
        text: The charity has published [a report on neglect](https://example.org/neglect).

Good:

    entries:
      - Li Ming (李明) spoke of [her years in care](https://example.org/talk).
      - The leaflet on neglect is there in Ukrainian, українська, [as a file](https://example.org/leaflet).
"""

from collections.abc import Iterator

from newsletter.problems import Level, shortened
from newsletter.proof import Finding, Match, Proof
from newsletter.proof.quotations import is_quoted
from newsletter.proof.scripts import foreign, is_long, script_of

LEVEL = Level.ERROR

_SHOWN = 24  # characters of a run in a message


def check(proof: Proof) -> Iterator[Finding]:
    for match in proof.find(foreign(proof.issue.language)):
        run = " ".join(match.match[0].split())
        if is_long(run) and not _is_given(match):
            yield Finding(
                f"'{shortened(run, _SHOWN)}' is in another script: {script_of(run).name}",
                match.place,
                "delete it, if it came from a hacked page; put a name in brackets",
            )


def _is_given(match: Match) -> bool:
    """Whether it is given as what it is: in brackets or in quotation marks."""
    words = match.passage.words
    before, after = words[: match.start].rstrip(" "), words[match.end :].lstrip(" ")
    bracketed = before[-1:] in ("(", "[") and after[:1] in (")", "]")
    return bracketed or is_quoted(match.passage, match.start)
