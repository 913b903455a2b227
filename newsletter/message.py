"""A finished email in, the message that mail programs open out: `email.eml`."""

import hashlib
from binascii import b2a_qp
from collections.abc import Mapping
from datetime import UTC, datetime
from email.header import Header
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr
from urllib.parse import quote

from newsletter.compose import Email
from newsletter.dates import PartialDate
from newsletter.model import Settings


def message(
    email: Email,
    settings: Settings,
    date: PartialDate,
    unsubscribe: str,
    images: Mapping[str, bytes],
) -> bytes:
    """`email` as multipart/alternative, plain text first (RFC 2046, 5.1.4), quoted-printable.

    The same email is the same bytes: its Date is noon on the (first) day of the issue, its
    Message-ID a digest. `unsubscribe` becomes List-Unsubscribe (RFC 2369) when it is an address.
    X-Unsent has Outlook open the file as a draft to be sent. Those of `images` that the HTML
    refers to by their file travel inside the message (RFC 2387).
    """
    address = settings.sender_email or settings.contact or "newsletter@example.invalid"
    digest = hashlib.sha256("\0".join(email[:4]).encode()).hexdigest()
    year, month, day = (int(part) for part in f"{date}-1-1".split("-")[:3])
    # The older half of the email package: the newer one reads a header again after it is set,
    # and loses words of senders and subjects on the way.
    made = MIMEMultipart("alternative", boundary=f"=_{digest[32:56]}")
    made["From"] = _sender(settings.sender or settings.publication, address)
    made["Subject"] = _words(email.subject, "Subject")
    made["Date"] = format_datetime(datetime(year, month, day, 12, tzinfo=UTC))
    made["Message-ID"] = f"<{digest[:32]}@{address.rpartition('@')[2]}>"
    if unsubscribe.startswith(("https://", "mailto:")):
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
    made["X-Unsent"] = "1"
    made.attach(_part(email.text, "plain"))
    html, inside = _with_images(email.html, images, digest)
    if inside:
        related = MIMEMultipart("related", boundary=f"=_{digest[40:64]}", type="text/html")
        for part in (_part(html, "html"), *inside):
            related.attach(part)
        made.attach(related)
    else:
        made.attach(_part(html, "html"))
    return made.as_bytes().replace(b"\n", b"\r\n")


def _with_images(
    html: str, images: Mapping[str, bytes], digest: str
) -> tuple[str, list[MIMEImage]]:
    """`html` with references to parts of the message in place of files, and those parts."""
    parts = []
    for number, (path, content) in enumerate(images.items(), 1):
        source = f'src="{quote(path)}"'
        if source not in html:  # it is fetched from a public address
            continue
        name = f"image{number}.{digest[:16]}"
        html = html.replace(source, f'src="cid:{name}"')
        part = MIMEImage(content)
        part["Content-ID"] = f"<{name}>"
        part["Content-Disposition"] = "inline"
        parts.append(part)
    return html, parts


def _sender(name: str, address: str) -> str:
    return formataddr((name, address)) if name.isascii() else f"{_words(name, 'From')} <{address}>"


def _words(text: str, header: str) -> str:
    """`text` folded, and encoded (RFC 2047) unless it is plain ASCII."""
    plain = text.isascii() and "=?" not in text
    made = Header(text, "us-ascii" if plain else "utf-8", header_name=header)
    return made.encode(splitchars=" ")


def _part(text: str, kind: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", kind, charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(b2a_qp(text.encode(), istext=True).decode("ascii"))
    return part
