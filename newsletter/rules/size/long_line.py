"""A line of the email is longer than mail servers pass on.

A line of an email may have 998 bytes; some servers break longer ones wherever they like, which
breaks addresses and words. Paragraphs are wrapped for you, so what is left is an address of
enormous length, or something in a template that cannot be wrapped.

To mend it, open the link and copy the short address that the page itself gives, often below
"Share".

Source: https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p style="color:#222222">{{ "A" * 1000 }}</p></mj-text></mj-column></mj-section>

Good:

    entries:
      - The Example Trust has published [its report on neglect](https://example.org/neglect?part=2).
"""

from collections.abc import Iterator

from newsletter.problems import Level
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR

_MOST = 998
_TELLING = 700  # characters of an address that is at fault for a long line


def check_email(built: Built) -> Iterator[Finding]:
    parts = {"HTML": built.email.html, "plain text": built.email.text}
    long = {
        name: max(len(line.encode()) for line in text.split("\n")) for name, text in parts.items()
    }
    if max(long.values()) <= _MOST:
        return
    links = [link for link in built.proof.links if len(link.url) > _TELLING]
    for link in links:
        yield Finding(
            f"this address has {len(link.url):,} characters, and a line of an email {_MOST} bytes",
            link.place,
            "open it, and copy the short address that the page gives",
        )
    if links:
        return
    for name, size in long.items():
        if size > _MOST:
            yield Finding(
                f"a line of the {name} has {size:,} bytes; {_MOST} is the most",
                None,
                "look in templates/ for what makes a line without spaces",
            )
