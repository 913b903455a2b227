"""One message, handed to a mail server: the one door of smtplib."""

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from newsletter.outbox import faults
from newsletter.outbox.faults import Reply
from newsletter.outbox.server import Server
from newsletter.problems import NewsletterError, Problem
from newsletter.values import Mailbox

# What this computer calls itself. Its own name would say more than is needed, and may take long to
# be found; this is what stands for a name that means nothing to others (RFC 5321, 4.1.4).
_MYSELF = "[127.0.0.1]"


class Sent(NamedTuple):
    """Who got a message, in the order asked for: the server answers for these. And what was wrong,
    each an error; where all is well, nothing."""

    to: tuple[str, ...]
    problems: list[Problem]


def send(
    message: bytes,
    sender: str,
    recipients: Sequence[str],
    server: Server,
    password: str | None = None,
    *,
    timeout: float = 30.0,
    context: ssl.SSLContext | None = None,
) -> Sent:
    """Hand `message` to `server`, for each of `recipients`, with `sender` as the return address.

    It arrives byte for byte, under the lines that servers add, so its lines end with CRLF. What is
    not ASCII in it is sent as it is to servers that can (8BITMIME, RFC 6152), and is an error
    elsewhere. `timeout` is in seconds, for each answer. The certificate of the server and its name
    are always verified, by `context` if given. Who is refused keeps nobody else from getting it.
    Raises nothing of what can happen on the way: that is among the problems.
    """
    if server.user and not password:
        return Sent((), [faults.no_password(server)])
    problems: list[Problem] = []
    try:
        with _Session(server, password or "", timeout).open(
            context or ssl.create_default_context()
        ) as session:
            session.begin(sender, message)
            accepted = []
            for address in recipients:
                if problem := session.name(address):
                    problems.append(problem)
                else:
                    accepted.append(address)
            if accepted:
                session.hand_over(message)
            return Sent(tuple(accepted), problems)
    except NewsletterError as error:
        return Sent((), [*problems, *error.problems])


class _Session:
    """The conversation with one server. What it ends with early is a NewsletterError."""

    def __init__(self, server: Server, password: str, timeout: float) -> None:
        self._server = server
        self._password = password
        self._timeout = timeout
        self._smtp: smtplib.SMTP

    @contextmanager
    def open(self, context: ssl.SSLContext) -> Iterator["_Session"]:
        """Connected, encrypted and logged in."""
        with self._faults():
            self._smtp = self._connected(context)
        try:
            with self._faults():
                self._greet()
                if self._server.security == "starttls":
                    self._encrypt(context)
                if self._server.user:
                    self._log_in()
            yield self
            with suppress(OSError):  # it has the message: nothing can go wrong any more
                self._smtp.quit()
        finally:
            self._smtp.close()

    def begin(self, sender: str, message: bytes) -> None:
        """A message from `sender` follows."""
        if not _is_mailbox(sender):
            raise NewsletterError(faults.no_address(self._server, "smtp-sender", sender))
        options = []
        if self._smtp.has_extn("size"):
            options.append(f"SIZE={len(message)}")
        if not message.isascii():
            if not self._smtp.has_extn("8bitmime"):
                raise NewsletterError(faults.not_ascii(self._server))
            options.append("BODY=8BITMIME")
        reply = self._said("MAIL", f"FROM:<{sender}>", *options)
        if not reply.good:
            raise NewsletterError(faults.sender_refused(self._server, sender, reply))

    def name(self, recipient: str) -> Problem | None:
        """The message is for `recipient`, too. The reason if not."""
        if not _is_mailbox(recipient):
            return faults.no_address(self._server, "smtp-refused", recipient)
        reply = self._said("RCPT", f"TO:<{recipient}>")
        if reply.good:
            return None
        return faults.recipient_refused(self._server, recipient, reply)

    def hand_over(self, message: bytes) -> None:
        """The message itself, to everyone that was named."""
        reply = self._said("DATA")
        if reply.code == 354:
            try:
                self._smtp.send(_stuffed(message) + b".\r\n")
                reply = self._reply(*self._smtp.getreply())
            except OSError:
                raise NewsletterError(faults.unsure(self._server)) from None
        if not reply.good:
            raise NewsletterError(faults.message_refused(self._server, reply))

    def _connected(self, context: ssl.SSLContext) -> smtplib.SMTP:
        host, port, security, _ = self._server
        try:
            if security == "tls":
                return smtplib.SMTP_SSL(host, port, _MYSELF, timeout=self._timeout, context=context)
            return smtplib.SMTP(host, port, _MYSELF, timeout=self._timeout)
        except smtplib.SMTPConnectError as error:
            reply = self._reply(error.smtp_code, error.smtp_error)
            raise NewsletterError(faults.not_greeted(self._server, reply)) from None

    def _greet(self) -> None:
        reply = self._reply(*self._smtp.ehlo())
        if 500 <= reply.code < 600:  # it is from before 1995
            reply = self._reply(*self._smtp.helo())
        if not reply.good:
            raise NewsletterError(faults.not_greeted(self._server, reply))

    def _encrypt(self, context: ssl.SSLContext) -> None:
        if not self._smtp.has_extn("starttls"):
            raise NewsletterError(faults.no_encryption(self._server))
        try:
            self._smtp.starttls(context=context)
        except smtplib.SMTPResponseException as error:
            reply = self._reply(error.smtp_code, error.smtp_error)
            raise NewsletterError(faults.no_encryption(self._server, reply)) from None
        self._greet()

    def _log_in(self) -> None:
        # smtplib's own way knows no password but ASCII; these are UTF-8 (RFC 4616).
        offered = self._smtp.esmtp_features.get("auth", "").upper().split()
        user, password = self._server.user, self._password
        if "PLAIN" in offered:
            reply = self._said("AUTH", "PLAIN", _base64(f"\0{user}\0{password}"))
        elif "LOGIN" in offered:
            reply = self._said("AUTH", "LOGIN")
            for answer in (user, password):
                if reply.code == 334:
                    reply = self._said(_base64(answer))
        else:
            raise NewsletterError(faults.no_login(self._server, offered))
        if not reply.good:
            raise NewsletterError(faults.login_refused(self._server, reply))

    def _said(self, *words: str) -> Reply:
        """The answer to a command."""
        with self._faults(begun=True):
            reply = self._reply(*self._smtp.docmd(" ".join(words)))
        if reply.code in (421, -1):
            raise NewsletterError(faults.ended(self._server, reply))
        return reply

    def _reply(self, code: int, said: bytes | str) -> Reply:
        """An answer that can be shown: servers may repeat what they were told."""
        words = said if isinstance(said, str) else said.decode("utf-8", "replace")
        if password := self._password:
            for secret in (f"\0{self._server.user}\0{password}", password):
                words = words.replace(_base64(secret), "…")
            words = words.replace(password, "…")
        return Reply(code, faults.fit(words))

    @contextmanager
    def _faults(self, begun: bool = False) -> Iterator[None]:
        """What can go wrong with the connection."""
        try:
            yield
        except (OSError, UnicodeError) as error:  # the latter from odd names of hosts
            problem = faults.broken(self._server, error, self._timeout, begun)
            raise NewsletterError(problem) from None


def _stuffed(message: bytes) -> bytes:
    """`message` with lines that do not end it: a full stop stands in front of each full stop that
    begins one, and is taken away on arrival (RFC 5321, 4.5.2)."""
    end = b"" if message.endswith(b"\r\n") else b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", message) + end


def _is_mailbox(address: str) -> bool:
    """Whether `address` can stand in a command: nothing in it ends the line, and it is ASCII, so
    that no server needs SMTPUTF8."""
    return re.fullmatch(Mailbox.FORM, address) is not None


def _base64(text: str) -> str:
    # What the environment has in another encoding stays what it was.
    return b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")
