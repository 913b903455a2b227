"""A link begins with http://, and its page opens with https:// as well.

With https nobody on the way can see or change what is read, and browsers do not warn.

To mend it, write https://.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2

Bad:

    newsletter.yaml:
      rules:
        not-https: off
    # http://example.org/reports/neglect answers 200
    entries:
      - The charity has published [a report on neglect](http://example.org/reports/neglect).

Good:

    # https://example.org/reports/neglect answers 200
    entries:
      - The charity has published [a report on neglect](https://example.org/reports/neglect).
"""

from collections.abc import Iterator

from newsletter.addresses import canonical
from newsletter.live.answer import Answer, Answers, Kind
from newsletter.live.links import encrypted
from newsletter.problems import Level
from newsletter.proof import Finding, Proof

LEVEL = Level.NOTE
SAFE = True


def check_answers(proof: Proof, answers: Answers) -> Iterator[Finding]:
    for link in proof.all_links:
        twin = answers.get(encrypted(link.url))
        if twin and _is_there(link.url, twin) and link.place.start is not None:
            start = link.place.start
            yield Finding(
                "this page opens with https:// as well",
                link.place._replace(end=start + len("http")),
                "write https://",
                "https",
            )


def _is_there(url: str, twin: Answer) -> bool:
    if twin.kind is Kind.MOVED:
        secure = twin.final.startswith("https:")
        return secure and canonical(twin.final).lower() == canonical(url).lower()
    return twin.kind is Kind.OK
