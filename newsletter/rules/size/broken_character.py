"""A character of the email is broken, or the email does not say what its characters are.

A template that was saved in another encoding than UTF-8 puts control characters or U+FFFD in place
of dashes and quotation marks. Gmail cuts an email off at the first of some of them, however short
it is.

To mend it, open the template in an editor, mend the character, and save it as UTF-8. What is typed
in the issue itself is told by other rules.

Source: https://github.com/hteumeuleu/email-bugs/issues/41
    https://html.spec.whatwg.org/multipage/semantics.html#charset

Bad:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p style="color:#222222">The trust�s monthly</p></mj-text></mj-column></mj-section>

Good:

    templates/parts/masthead.mjml: |
      <mj-section><mj-column><mj-text><h1 style="color:#000000">{{ issue.title }}</h1>
      <p style="color:#222222">The trust’s monthly</p></mj-text></mj-column></mj-section>
"""

import re
from collections.abc import Iterator
from itertools import chain

from newsletter.problems import Level, shortened
from newsletter.proof import Built, Finding

LEVEL = Level.ERROR

_BROKEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffd]")
_ENTITY = re.compile(r"&#(?:12[89]|1[345]\d);")
_CHARSET = re.compile(rb"<meta\s[^>]*charset=[\"']?utf-8", re.IGNORECASE)
_WORDS = re.compile(r"[^<>\n]*")


def check_email(built: Built) -> Iterator[Finding]:
    email, typed = built.email, built.proof.source.text
    for name, text in (("HTML", email.html), ("plain text", email.text)):
        found = chain(_BROKEN.finditer(text), _ENTITY.finditer(text))
        match = next((one for one in found if one[0] not in typed), None)
        if match:
            start = max(text.rfind(mark, 0, match.start()) for mark in ">\n") + 1
            around = _WORDS.match(text, start)
            number = ord(match[0]) if len(match[0]) == 1 else int(match[0][2:-1])
            yield Finding(
                f"the {name} has a broken character (U+{number:04X}) in "
                f"'{shortened(around[0] if around else match[0])}'",
                None,
                "mend it in templates/ or the settings, and save the file as UTF-8",
            )
            break
    if not _CHARSET.search(email.html[:1024].encode()):
        yield Finding(
            "the email does not begin by saying that it is UTF-8",
            None,
            'have <meta charset="utf-8"> stand first in the head',
        )
