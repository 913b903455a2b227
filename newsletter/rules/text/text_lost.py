"""Much of what the HTML says is not in the plain text.

Watches, some screen readers and spam filters read the plain text. An email whose two parts say
different things is a mark of spam.

To mend it, look at the template of the plain text (templates/layouts/NAME.txt) and have it show
what the HTML shows.

Options:
    percent: share of the words of the HTML that may lack in the plain text

Source: https://github.com/apache/spamassassin/blob/trunk/rules/20_body_tests.cf
    https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4

Bad:

    entries:
      - The Example Trust has published [its report on neglect](https://example.org/neglect). It has
        figures for each council, interviews with social workers, teachers and foster carers, and
        nine recommendations for whoever plans services.
    templates/layouts/roundup.txt: |
      {% extends "parts/email.txt" %}

Good:

    templates/layouts/roundup.txt: |
      {% extends "parts/email.txt" %}
      {% block content %}
      {% for item in issue.all_entries %}
      {{ plain(item.text) }}
      {% endfor %}
      {% endblock %}
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING

_WORD = re.compile(r"\w+")


def check_email(built: Built, *, percent: int = 30) -> Iterator[Finding]:
    html, text = built.page.words.casefold(), built.email.text.casefold()
    read, there = dict.fromkeys(html.split()), frozenset(text.split())
    most = percent * len(read) / 100
    lost = [word for word in read if word not in there]
    if len(lost) <= most:  # as in every email that is made with care
        return
    # Brackets and stops may stand elsewhere in the two.
    lost = [word for word in lost if any(part not in text for part in _WORD.findall(word))]
    if len(lost) > most:
        some = sorted(lost, key=len, reverse=True)[:3]
        yield Finding(
            f"{len(lost) * 100 // len(read)} % of the words of the HTML are not in the plain text, "
            "such as " + ", ".join(f"'{word}'" for word in lost if word in some),
            None,
            "look at the .txt template of this layout in templates/layouts/",
        )
