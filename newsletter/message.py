"""A finished email in, the message that mail programs open out: `email.eml`."""

import hashlib
import mimetypes
from binascii import b2a_qp
from collections.abc import Mapping
from datetime import UTC, datetime
from email.header import Header
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import format_datetime, formataddr
from typing import NamedTuple
from urllib.parse import quote

from newsletter.compose import Email
from newsletter.dates import PartialDate
from newsletter.markup import PLATFORM_TAG, Url
from newsletter.model import Settings


class Posting(NamedTuple):
    """When and to whom a message is sent. Without `to` it is a draft."""

    date: datetime
    to: tuple[str, ...] = ()
    before: str = ""  # what stands before the subject: "[TEST] "


def draft_of(date: PartialDate) -> Posting:
    """What an issue of `date` is as a draft: the same at every build, at noon on its first day."""
    year, month, day = (int(part) for part in f"{date}-1-1".split("-")[:3])
    return Posting(datetime(year, month, day, 12, tzinfo=UTC))


def sender_of(settings: Settings) -> str:
    """The address that a message comes from."""
    return settings.sender_email or settings.contact or "newsletter@example.invalid"


def message(
    email: Email, settings: Settings, posting: Posting, images: Mapping[str, bytes]
) -> bytes:
    """`email` as multipart/alternative, plain text first (RFC 2046, 5.1.4), quoted-printable.

    The same email and posting are the same bytes: the Message-ID is a digest of both. The settings'
    unsubscribe addresses become List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058).
    X-Unsent has Outlook open a draft as one to be sent. Those of `images` that the HTML refers to
    by their file travel inside the message (RFC 2387).
    """
    address = sender_of(settings)
    sent = (str(posting.date), *posting.to) if posting.to else ()
    digest = hashlib.sha256("\0".join((*email[:4], *sent)).encode()).hexdigest()
    # The older half of the email package: the newer one reads a header again after it is set,
    # and loses words of senders and subjects on the way.
    made = MIMEMultipart("alternative", boundary=f"=_{digest[32:56]}")
    made["From"] = _sender(settings.sender or settings.publication, address)
    if posting.to:
        made["To"] = ", ".join(posting.to)
    made["Subject"] = _words(f"{posting.before}{email.subject}", "Subject")
    made["Date"] = format_datetime(posting.date)
    made["Message-ID"] = f"<{digest[:32]}@{address.rpartition('@')[2]}>"
    leaving = (settings.links.one_click, settings.links.unsubscribe)
    addresses = [
        Url.parse(url)  # in ASCII, as a header has to be
        for url in leaving
        if url and url.startswith(("https://", "mailto:")) and not PLATFORM_TAG.search(url)
    ]
    if addresses:
        made["List-Unsubscribe"] = ", ".join(f"<{url}>" for url in dict.fromkeys(addresses))
    if settings.links.one_click:
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if not posting.to:
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
        kind = mimetypes.guess_type(path)[0] or "image/png"
        part = MIMEImage(content, kind.partition("/")[2])
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
