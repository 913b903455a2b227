"""The headings of the email do not make an outline.

People who cannot see the page go from heading to heading. They need one heading of the first level,
no level left out on the way down, and words in each.

To mend it, look in your template at the <h1> to <h6>: the title of the issue is the <h1>, sections
are <h2>, entries in them <h3>. How large they are is for the CSS to say.

Source: https://www.w3.org/WAI/tutorials/page-structure/headings/
    https://www.w3.org/WAI/WCAG22/Understanding/info-and-relationships.html

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text>
      <h2>{{ issue.title }}</h2>
      </mj-text></mj-column></mj-section>

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <h4>For professionals</h4>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <h2>For professionals</h2>
      </mj-text></mj-column></mj-section>
"""

from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING


def check_email(built: Built) -> Iterator[Finding]:
    page = built.page
    levels = [
        (int(element.tag[1]), element)
        for element in page.body
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not page.looks[element].hidden
    ]
    firsts = [element for level, element in levels if level == 1]
    hint = "look at the headings in templates/: the issue's title is the <h1>"
    if not firsts:
        yield Finding("the email has no heading of the first level", None, hint)
    elif len(firsts) > 1:
        names = ", ".join(f"'{_words(element)}'" for element in firsts[:3])
        yield Finding(
            f"the email has {len(firsts)} headings of the first level: {names}", None, hint
        )
    above = 1
    for level, element in levels:
        words = _words(element)
        if not words:
            hint = "give it words in templates/, or take it out"
            yield Finding(f"a heading of level {level} has no words", None, hint)
        elif level > above + 1:
            yield Finding(
                f"'{words}' is a heading of level {level}, and the one before it of level {above}",
                None,
                f"make it <h{above + 1}> in templates/",
            )
        above = level


def _words(heading: Any) -> str:
    pictures = (image.get("alt") or "" for image in heading.iter("img"))
    return shortened(" ".join([heading.text_content(), *pictures]))
