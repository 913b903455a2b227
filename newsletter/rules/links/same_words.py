"""Two links have the same words, but lead to different pages.

Who hears the links of a mail read out, or skims them, takes both for one page.

To mend it, add to the words what tells the pages apart: "annual report of the Panel", "annual
report of the inspectorate", "annual report (2024)". Names of publishers may lead to several of
their pages.

Source: https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context.html

Bad:

    entries:
      - The Panel has published its [annual report on reviews](https://example.org/panel/2024).
      - The council has published its [annual report on reviews](https://council.example/2024).

Good:

    entries:
      - text: The broadcaster has heard from foster carers.
        links:
          - {label: Read, title: BBC, url: "https://www.bbc.co.uk/news/uk-1234"}
      - text: The broadcaster has heard from children.
        links:
          - {label: Read, title: BBC, url: "https://www.bbc.co.uk/news/uk-5678"}
      - text: The lecture of the year is on foster care.
        links:
          - {label: Book a place, title: The lecture, url: "https://example.org/lecture"}
          - {label: Note it, title: The lecture (.ics), url: "https://example.org/lecture.ics"}
"""

from collections.abc import Iterator

from newsletter.addresses import canonical, host
from newsletter.problems import Level
from newsletter.proof import Finding, Proof, Reference
from newsletter.rules.links._words import is_name, plain_phrases, plain_words

LEVEL = Level.WARNING

_OPEN_BRACKETS = str.maketrans("()[]", "    ")


def check(proof: Proof) -> Iterator[Finding]:
    articles = tuple(article.casefold() for article in proof.labels.articles)
    vague = plain_phrases(proof.labels.vague, articles)
    first: dict[str, Reference] = {}
    for link in proof.links:
        words = plain_words(link.words, articles)
        # Vague words have a rule of their own; an address is not words.
        if not words or words in vague or "://" in link.words or not host(link.url):
            continue
        # What stands in brackets is heard too: "(PDF)", "(2024)".
        heard = plain_words(link.words.translate(_OPEN_BRACKETS), articles)
        before = first.setdefault(heard, link)
        if before is link or canonical(before.url) == canonical(link.url) or is_name(link.words):
            continue
        shown = " ".join(link.words.split())
        line = proof.line(before.words_place)
        yield Finding(
            f"'{shown}' leads to another page here than on line {line}",
            link.words_place,
            "add what tells the two pages apart",
        )
