"""The words of a link do not say where it leads: "here", "read more", "report".

Screen readers can list the links of a mail by their words, and most readers skim from link to link.
"Report" six times tells neither which is which.

To mend it, link the words that name the page: its title, what it found, or who published it. In a
row of links, write the title or the publisher after the label. The words are those of the issue's
language, listed in its file under templates/languages.

Options:
    allow: words that are to be allowed, such as [survey]
    also: further words that say too little

Source: https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context.html

Bad:

    entries:
      - The charity has published a report on neglect. Read it
        [here](https://example.org/neglect).

Bad:

    entries:
      - The charity has published a [report (PDF)](https://example.org/neglect.pdf) on neglect.

Bad:

    entries:
      - text: The charity has published figures on neglect.
        links:
          - label: Read more
            url: https://example.org/neglect

Good:

    entries:
      - The charity has published a [report on neglect](https://example.org/neglect).
      - text: The broadcaster has heard from foster carers.
        links:
          - label: Read
            title: BBC
            url: https://www.bbc.co.uk/news/uk-1234
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Finding, Proof
from newsletter.rules.links._words import plain_phrases, plain_words

LEVEL = Level.WARNING


def check(
    proof: Proof, *, allow: tuple[str, ...] = (), also: tuple[str, ...] = ()
) -> Iterator[Finding]:
    articles = tuple(article.casefold() for article in proof.labels.articles)
    vague = plain_phrases((*proof.labels.vague, *also), articles) - plain_phrases(allow, articles)
    for link in proof.links:
        if len(link.words) <= 60 and plain_words(link.words, articles) in vague:
            shown = " ".join(link.words.split())
            yield Finding(
                f"'{shown}' does not say where this link leads",
                link.words_place,
                "link the words that name the page: its title, or who published it",
            )
