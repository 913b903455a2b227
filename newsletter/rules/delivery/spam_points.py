"""A rule of a spam filter gives the email points.

One alone does no harm. Together they decide whether an email is taken for spam.

To mend it, read what the rule is about; most name words, capitals or the form of the email.

Source: https://spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html

Bad:

    # the spam filter is asked
    outro: The police have warned of viagra that is sold to teenagers.

Good:

    # the spam filter is asked
    outro: The police have warned of medicines that are sold to teenagers.
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.spam import Score

LEVEL = Level.NOTE

_LEAST = 0.05  # points; what has fewer only says what was looked at


def check_score(proof: Proof, score: Score) -> Iterator[Finding]:
    for hit in score.hits:
        if hit.points >= _LEAST:
            yield Finding(
                f"SpamAssassin gives {hit.points:.1f} points for {hit.rule}: {hit.about}", None
            )
