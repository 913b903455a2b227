r"""A spam filter gives the email too many points.

SpamAssassin, which many mail servers ask, takes an email with 5 points for spam. What it can judge
on this computer is only a part: servers add points for the sender and the platform. So 2 are too
many already.

To mend it, look at what the notes of `spam-points` name: words, capitals, broken HTML. Points for
what only the sending decides, such as a sender and a recipient that are one, are not yours to mend.

Options:
    max: the points that an email may have, in tenths

Source: https://spamassassin.apache.org/full/4.0.x/doc/Mail_SpamAssassin_Conf.html

Bad:

    # the spam filter is asked
    outro: "XJS\\*C4JDBQADN1.NSBN3\\*2IDNEN\\*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL\\*C.34X"
    settings:
      rules: {spam-points: off}

Good:

    # the spam filter is asked
    outro: The next issue has the figures for Wales.
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.spam import Score

LEVEL = Level.ERROR


def check_score(proof: Proof, score: Score, *, max: int = 20) -> Iterator[Finding]:
    if score.total > max / 10:
        yield Finding(
            f"SpamAssassin gives this email {score.total:.1f} points; "
            f"more than {max / 10:.1f} are too many",
            None,
            "see the notes of spam-points for what they are for",
        )
