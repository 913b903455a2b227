"""The plain text says far more than the HTML.

Spam hides words for filters in the part that people do not see, so SpamAssassin counts a plain text
with more than three times the words of the HTML as a mark of spam (MPART_ALT_DIFF_COUNT).

To mend it, look at the template of the plain text (templates/layouts/NAME.txt) and take out what
the HTML does not show.

Options:
    times: how many times the words of the HTML the plain text may have

Source: https://github.com/apache/spamassassin/blob/trunk/rules/20_body_tests.cf

Bad:

    templates/layouts/roundup.txt: |
      {% extends "layouts/briefing.txt" %}
      {% block content %}
      {{ super() }}
      {% for number in range(300) %}
      number {{ number }}
      {% endfor %}
      {% endblock %}

Good:

    templates/layouts/roundup.txt: |
      {% extends "layouts/briefing.txt" %}
      {% block content %}
      {{ super() }}
      {% for number in range(30) %}
      number {{ number }}
      {% endfor %}
      {% endblock %}
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING


def check_email(built: Built, *, times: int = 3) -> Iterator[Finding]:
    html = len(set(built.page.words.split()))
    tokens = set(built.email.text.split())
    if not html or len(tokens) <= times * html:
        return
    text = sum(any(map(str.isalnum, token)) for token in tokens)
    if text > times * html:
        yield Finding(
            f"the plain text has {text} different words, and the HTML only {html}",
            None,
            "look at the .txt template of this layout in templates/layouts/",
        )
