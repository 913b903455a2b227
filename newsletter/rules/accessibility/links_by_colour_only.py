"""Links in sentences can be told from the words around them by their colour alone.

One man in twelve does not see some differences of colour, and on a dark screen programs change
them. An underline is seen by everybody.

To mend it, leave links underlined: take `text-decoration: none` out of the CSS of your theme or
your template. Buttons, and links that stand by themselves, need no line.

Source: https://www.w3.org/WAI/WCAG22/Understanding/use-of-color.html

Bad:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      a { text-decoration: none }

Good:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      a { text-decoration: underline }
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.proof.page import INLINE, Text, block_of

LEVEL = Level.WARNING

_SENTENCE = 3  # words beside a link, from which they are a sentence


def check_email(built: Built) -> Iterator[Finding]:
    page = built.page
    if all(page.looks[link].underlined for link in page.named("a") if link in page.looks):
        return
    lines: dict[Any, list[Text]] = defaultdict(list)
    for text in page.visible:
        lines[block_of(text.element)].append(text)
    alike = [link for line in lines.values() for link in _alike(line)]
    if alike:
        count = f"{len(alike)} links stand" if len(alike) > 1 else "a link stands"
        yield Finding(
            f"{count} out from the words around by colour alone: '{alike[0].shown}'",
            None,
            "have links underlined: take 'text-decoration: none' out of templates/",
        )


def _alike(line: list[Text]) -> list[Text]:
    """The links of a line of words that nothing but a colour sets apart."""
    links = [text for text in line if _in_link(text.element)]
    around = [text for text in line if text not in links]
    if not links or sum(len(text.words.split()) for text in around) < _SENTENCE:
        return []
    look = around[0].look
    return [
        link
        for link in links
        if not link.look.underlined
        and (link.look.bold, link.look.ground) == (look.bold, look.ground)
    ]


def _in_link(element: Any) -> bool:
    while element.tag in INLINE:
        if element.tag == "a" and element.get("href") is not None:
            return True
        element = element.getparent()
    return False
