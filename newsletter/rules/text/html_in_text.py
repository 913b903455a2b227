"""The plain text has HTML in it: tags, entities or styles.

Whoever reads the plain text reads "&nbsp;" or "<strong>" as it stands there.

To mend it, have the .txt template write plain words: `plain(item.text)` for a text in Markdown, and
the character itself in place of an entity.

Source: https://www.rfc-editor.org/rfc/rfc2046#section-4.1

Bad:

    templates/layouts/roundup.txt: |
      {% extends "parts/email.txt" %}
      {% block content %}
      <strong>Reports</strong>
      {% for item in issue.all_entries %}
      {{ plain(item.text) }}
      {% endfor %}
      {% endblock %}

Bad:

    templates/layouts/roundup.txt: |
      {% extends "parts/email.txt" %}
      {% block content %}
      Reports &amp; figures
      {% for item in issue.all_entries %}
      {{ plain(item.text) }}
      {% endfor %}
      {% endblock %}

Good:

    templates/layouts/roundup.txt: |
      {% extends "parts/email.txt" %}
      {% block content %}
      Reports & figures
      {% for item in issue.all_entries %}
      {{ plain(item.text) }}
      {% endfor %}
      {% endblock %}
"""

import re
from collections.abc import Iterator
from html import unescape

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING

_HTML = re.compile(
    r"</?(?:a|b|blockquote|body|br|center|div|em|font|h[1-6]|head|hr|html|i|img|li|meta|ol|p|span"
    r"|strong|style|su[bp]|table|tbody|td|tr|u|ul)(?:\s+[a-z:-]+=[^<>]{0,400}?)?\s*/?>"
    r"|&(?:amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[0-9a-f]{2,5});"
    r"|<!--|\{\s*[a-z-]{3,30}:[^{}\n]{1,200}[;}]",
    re.IGNORECASE,
)


def check_email(built: Built) -> Iterator[Finding]:
    typed = built.proof.source.text  # what an editor typed is told by other rules
    typed += unescape(typed)
    found = [match[0] for match in _HTML.finditer(built.email.text) if match[0] not in typed]
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield Finding(
            f"the plain text has HTML in it: '{shortened(found[0])}'{more}",
            None,
            "have the .txt template in templates/ write plain words: plain(item.text)",
        )
