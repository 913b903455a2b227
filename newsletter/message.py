"""A finished email in, the message that mail programs open out: `email.eml`."""

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from newsletter.compose import Email
from newsletter.dates import PartialDate
from newsletter.model import Settings


def message(email: Email, settings: Settings, date: PartialDate, unsubscribe: str) -> bytes:
    """`email` as multipart/alternative, plain text first (RFC 2046, 5.1.4), quoted-printable.

    The same email is the same bytes: its Date is noon on the (first) day of the issue, its
    Message-ID a digest. `unsubscribe` becomes List-Unsubscribe (RFC 2369) when it is an address.
    X-Unsent has Outlook open the file as a draft to be sent.
    """
    address = settings.sender_email or settings.contact or "newsletter@example.invalid"
    digest = hashlib.sha256("\0".join(email[:4]).encode()).hexdigest()
    year, month, day = (int(part) for part in f"{date}-1-1".split("-")[:3])
    made = EmailMessage(policy=SMTP)
    made["From"] = formataddr((settings.sender or settings.publication, address))
    made["Subject"] = email.subject
    made["Date"] = format_datetime(datetime(year, month, day, 12, tzinfo=UTC))
    made["Message-ID"] = f"<{digest[:32]}@{address.rpartition('@')[2]}>"
    if unsubscribe.startswith(("https://", "mailto:")):
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
    made["X-Unsent"] = "1"
    made.set_content(email.text, cte="quoted-printable")
    made.add_alternative(email.html, subtype="html", cte="quoted-printable")
    made.set_boundary(f"=_{digest[32:56]}")
    return made.as_bytes()
