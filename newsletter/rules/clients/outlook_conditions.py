"""What is meant for Outlook alone is not closed, or not opened.

Outlook hides all that follows an `<!--[if ...]>` until it finds `<![endif]-->`. Where that is
missing, it shows the top of the email and nothing else.

To mend it, end each `<!--[if mso]>` in your template with `<![endif]-->`, and begin no second one
before.

Source: https://learn.microsoft.com/en-us/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85)

Bad:

    templates/parts/masthead.mjml: |
      <mj-raw><!--[if mso]>Outlook--></mj-raw>
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      </mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-raw><!--[if mso]>Outlook<![endif]--></mj-raw>
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      </mj-text></mj-column></mj-section>
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR

_MARK = re.compile(r"<!--\[if[^\]]*\]|<!\[endif\]")


def check_email(built: Built) -> Iterator[Finding]:
    page = built.email.html
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(page):
        begins = mark[0] != "<![endif]"
        if begins == bool(opened):
            break
        opened = mark if begins else None
    else:
        if not opened:
            return
        mark = opened
    what = "is not closed" if opened else "is opened nowhere"
    begin = opened or mark
    after = shortened(re.sub(r"<[^<>]*>|-->|[<>]", " ", page[begin.end() : begin.end() + 200]))
    yield Finding(
        f"a condition for Outlook {what}: '{begin[0]}'" + (f", before '{after}'" if after else ""),
        None,
        "end each <!--[if mso]> in templates/ with <![endif]-->",
    )
