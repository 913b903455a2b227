"""A line of the plain text is too long.

Lines of plain text do not always wrap: where they do not, readers scroll sideways, and in a reply
they break where they should not. 78 characters are what the standard advises; an address may be
longer.

To mend it, wrap what your template writes: `{{ something | wrap }}`, or `{{ plain(item.text) }}`
for a text of an entry.

Options:
    max: characters that a line may have

Source: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1
    https://www.rfc-editor.org/rfc/rfc3676

Bad:

    templates/layouts/roundup.txt: |
      {% extends "parts/email.txt" %}
      {% block content %}
      {% for item in issue.all_entries %}
      {{ plain(item.text, 200) }}
      {% endfor %}
      {% endblock %}

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

from newsletter.markup import PLATFORM_TAG
from newsletter.plain import columns
from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.NOTE

_ADDRESS = re.compile(rf"(?<!\S)\S*(?:://|mailto:|@)\S*|{PLATFORM_TAG.pattern}")


def check_email(built: Built, *, max: int = 78) -> Iterator[Finding]:
    long = [
        line
        for line in built.email.text.split("\n")
        if len(line) * 2 > max and columns(line) > max and _is_long(line, max)
    ]
    if long:
        widest = columns(long[0])
        yield Finding(
            f"{_lines(len(long))} of the plain text {'have' if len(long) > 1 else 'has'} more than "
            f"{max} characters; '{shortened(long[0])}' has {widest}",
            None,
            "wrap it in the .txt template: {{ ... | wrap }}",
        )


def _is_long(line: str, most: int) -> bool:
    """Whether it is too long without its addresses, and could be broken."""
    rest = _ADDRESS.sub("", line).strip()
    return columns(rest) > most and " " in rest


def _lines(number: int) -> str:
    return f"{number} lines" if number > 1 else "a line"
