"""Words of the email are very small.

Fewer and fewer readers see words of 10 pixels, and phones do not enlarge all of them. The words
that an email is for should have 14 pixels at least; 16 are better.

To mend it, give them a larger font-size in your template, or `size` and `small_size` in your theme.

Options:
    min: pixels that the smallest words should have
    body: pixels that most words should have

Source: https://www.caniemail.com/features/css-font-size/
    https://www.w3.org/WAI/WCAG22/Understanding/resize-text.html

Bad:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
    templates/themes/ours.css: |
      p.date { font-size: 9px }

Bad:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
      size: 13
      small_size: 13

Good:

    newsletter.yaml:
      theme: ours
    templates/themes/ours.yaml: |
      extends: plain
      description: Ours
      size: 15
"""

from collections import Counter
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING


def check_email(built: Built, *, min: int = 11, body: int = 14) -> Iterator[Finding]:
    told: set[float] = set()
    sizes: Counter[float] = Counter()
    for text in built.page.visible:
        size = text.look.size
        if size < 2 or not text.is_read:  # words that are hidden so are another matter
            continue
        sizes[size] += len(text.words)
        if size < min and size not in told:
            told.add(size)
            yield Finding(
                f"'{text.shown}' is {size:.3g} pixels large; {min} is the least that is read",
                None,
                "give it a larger font-size in templates/",
            )
    small = {size: count for size, count in sizes.items() if size < body}
    if sum(small.values()) * 2 > sizes.total():
        most = max(small, key=small.__getitem__)
        if most >= min:
            yield Finding(
                f"most words of this email are {most:.3g} pixels large; {body} is the least that "
                "is comfortable",
                None,
                "give your theme a larger `size`: 16, say",
            )
