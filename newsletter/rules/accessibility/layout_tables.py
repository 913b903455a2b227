"""A table that only places things does not say so.

Screen readers announce every table with its rows and columns, and lead people through them.
role="presentation" tells them that it is none. A table of figures has headings (<th>) and keeps its
role.

To mend it, write role="presentation" on the <table> in your template, or give a table of figures
<th> cells.

Source: https://www.caniemail.com/features/html-role/
    https://emailmarkup.org/en/reports/accessibility/2025

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <table><tr><td>For professionals</td></tr></table></mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <table role="presentation"><tr><td>For professionals</td></tr></table>
      </mj-text></mj-column></mj-section>
"""

from collections.abc import Iterator
from typing import Any

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.WARNING


def check_email(built: Built) -> Iterator[Finding]:
    tables = [
        table
        for table in built.page.named("table")
        if table.get("role") not in ("presentation", "none", "grid", "table")
        and not _figures(table)
    ]
    if not tables:
        return
    first = shortened(tables[0].text_content())
    what = (
        "a table does not say that it only places things"
        if len(tables) == 1
        else f"{len(tables)} tables do not say that they only place things"
    )
    yield Finding(
        f"{what} ('{first}')" if first else what,
        None,
        'write role="presentation" on each <table> in templates/',
    )


def _figures(table: Any) -> bool:
    return any(True for _ in table.iter("th", "caption"))
