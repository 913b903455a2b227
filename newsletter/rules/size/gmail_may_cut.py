"""The email is nearly so long that Gmail cuts it off, or may become so when it is sent.

Gmail hides what comes after 102,400 bytes of HTML. Most mailing platforms count clicks: they put
addresses of their own, which are longer, in place of every link, and add a few lines. For one that
is known to leave links alone, nothing is added.

To mend it, leave an entry or two out, or send yourself a test and look whether Gmail shows the
footer.

Options:
    limit: bytes of HTML from which Gmail cuts off
    near: bytes of HTML from which it is told in any case
    allowance: bytes by which a platform may lengthen each link

Source: https://github.com/hteumeuleu/email-bugs/issues/41

Bad:

    newsletter.yaml:
      rules:
        gmail-may-cut: {near: 6000}

Bad:

    newsletter.yaml:
      rules:
        gmail-may-cut: {allowance: 50000}

Good:

    newsletter.yaml:
      rules:
        gmail-may-cut: {near: 60000, allowance: 200}
"""

import re
from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding
from newsletter.render import GMAIL_LIMIT
from newsletter.rules.size._bytes import entries_too_many, html_bytes

LEVEL = Level.WARNING

_LINK = re.compile(r'<a [^>]*?href="http')


def check_email(
    built: Built, *, limit: int = GMAIL_LIMIT, near: int = 92_160, allowance: int = 120
) -> Iterator[Finding]:
    size = html_bytes(built)
    profile = built.proof.profile
    if profile.has_tags and "rewrites-links" not in profile.changes:
        allowance = 0
    links = len(_LINK.findall(built.email.html))
    sent = size + links * allowance
    if size >= limit:
        return  # gmail-cuts tells it
    if size >= near:
        yield Finding(
            f"this email has {size:,} bytes; Gmail cuts emails off at {limit:,}",
            None,
            entries_too_many(built, size - near + 1),
        )
    elif sent >= limit:
        yield Finding(
            f"this email has {size:,} bytes, and may have {sent:,} when your mailing platform has "
            f"lengthened its {links} links; Gmail cuts emails off at {limit:,}",
            None,
            entries_too_many(built, sent - limit + 1),
        )
