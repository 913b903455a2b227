"""Why a message was not sent, in an editor's words, the server's own at the end.

Codes: smtp-connection, smtp-timeout, smtp-encryption, smtp-certificate, smtp-login, smtp-later
(whatever may work in a while), smtp-sender, smtp-refused (one recipient), smtp-message.
"""

import re
import smtplib
import socket
import ssl
from typing import NamedTuple

from newsletter.outbox.server import PASSWORD, Server
from newsletter.problems import Level, Problem, shortened

_MOST = 160  # characters of what a server says

# What OpenSSL finds wrong with a certificate (X509_V_ERR_...).
_NOT_YET = {9}
_EXPIRED = {10}
_SELF_MADE = {18}
_OTHER_HOST = {62, 64}

# What it says when the other side does not answer in the language of encryption.
_NOT_ENCRYPTED = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"}

_LOOK = "look whether its name is right, and whether this computer is online"
_PORTS = "look whether name and port are right; mostly the port is 587 (starttls) or 465 (tls)"
_WAIT = "send it again in a quarter of an hour"


class Reply(NamedTuple):
    """A server's answer: its number (RFC 5321, 4.2; -1 if it is none) and its words, fit to be
    shown."""

    code: int
    words: str

    @property
    def good(self) -> bool:
        """It is done."""
        return 200 <= self.code < 300

    @property
    def later(self) -> bool:
        """It may be done in a while."""
        return 400 <= self.code < 500

    @property
    def about(self) -> str:
        """What is at fault, as far as it is said (RFC 3463, 3): "1" the address, "2" the mailbox,
        "3" the server, "7" the rules."""
        found = re.match(r"[245]\.(\d)\.", self.words)
        return found[1] if found else {550: "1", 551: "1", 552: "2"}.get(self.code, "")

    @property
    def told(self) -> str:
        """How a message ends with it."""
        return f"; the server says: {self.code} {self.words}".rstrip()


def fit(words: str) -> str:
    """`words` on one line that is not too long, without what a terminal would obey."""
    return shortened("".join(c if c.isprintable() else " " for c in words), _MOST)


def broken(server: Server, error: BaseException, timeout: float, begun: bool) -> Problem:
    """No connection, or no more: the reason is one of those that led to `error`. `begun` is
    whether the server had talked sense before."""
    host, port = server.host, server.port
    cause: BaseException | None = error
    while cause:
        match cause:
            case ssl.SSLCertVerificationError():
                return _untrusted(server, cause)
            case smtplib.SMTPServerDisconnected() | ssl.SSLEOFError():
                pass  # the reason may stand behind it
            case ssl.SSLError():
                return _unencrypted(server, cause)
            case smtplib.SMTPException():
                return _no_smtp(server)
            case TimeoutError() if begun:
                message = f"'{host}' does not answer any more (it had {timeout:g} s)"
                return _problem(server, "smtp-timeout", message, _WAIT)
            case TimeoutError():
                message = f"'{host}' does not answer at port {port} (it had {timeout:g} s)"
                return _problem(server, "smtp-timeout", message, _PORTS)
            case socket.gaierror() | UnicodeError():
                return _problem(server, "smtp-connection", f"'{host}' cannot be found", _LOOK)
            case ConnectionRefusedError():
                message = f"'{host}' takes no connection at port {port}"
                return _problem(server, "smtp-connection", message, _PORTS)
            case OSError() if not isinstance(cause, ConnectionError):
                message = f"'{host}' cannot be reached: {cause.strerror or cause}"
                return _problem(server, "smtp-connection", message, _LOOK)
        cause = cause.__cause__ or cause.__context__
    return _problem(server, "smtp-connection", f"'{host}' broke off the connection", _WAIT)


def unsure(server: Server) -> Problem:
    """The connection is lost at the moment when nobody can say who has the message."""
    return _problem(
        server,
        "smtp-connection",
        f"'{server.host}' was given the message, but did not say that it has it",
        "look whether it arrived before you send it again",
    )


def not_greeted(server: Server, reply: Reply) -> Problem:
    """Its first words are not those of a server that takes a message."""
    if reply.code == -1:
        return _no_smtp(server)
    if reply.later:
        return ended(server, reply)
    return _problem(
        server,
        "smtp-connection",
        f"'{server.host}' takes no messages from this computer{reply.told}",
        "ask whoever runs it, or take the server of your own mailbox",
    )


def ended(server: Server, reply: Reply) -> Problem:
    """It does not go on (421), or talks nonsense."""
    if reply.code == -1:
        return _no_smtp(server)
    message = f"'{server.host}' is out of service for now{reply.told}"
    return _problem(server, "smtp-later", message, _WAIT)


def no_encryption(server: Server, reply: Reply | None = None) -> Problem:
    """STARTTLS is not offered, or not to be had."""
    return _problem(
        server,
        "smtp-encryption",
        f"'{server.host}' offers no encryption (STARTTLS) at port {server.port}"
        + (reply.told if reply else ""),
        "nothing was sent, for it could be read on the way; another port may have it: "
        "587 (starttls) or 465 (tls)",
    )


def no_password(server: Server) -> Problem:
    """There is a name to log in with, and nothing else."""
    return _problem(
        server,
        "smtp-login",
        f"there is no password for '{server.user}' at '{server.host}'",
        f"put it into {PASSWORD}, or into this computer's keyring with: "
        f"keyring set {server.host} {server.user}",
    )


def no_login(server: Server, offered: list[str]) -> Problem:
    """Nobody logs in with a password. `offered` are the other ways."""
    if offered:
        message = f"'{server.host}' lets nobody in with a password, only by {', '.join(offered)}"
        hint = "ask whoever runs it for a server that programs can send through"
    else:
        message = f"'{server.host}' has no login at port {server.port}"
        hint = "another port may have it: 587 (starttls) or 465 (tls); or leave out the user"
    return _problem(server, "smtp-login", message, hint)


def login_refused(server: Server, reply: Reply) -> Problem:
    """Name and password were not good enough."""
    if reply.later:
        return _later(server, reply)
    return _problem(
        server,
        "smtp-login",
        f"'{server.host}' does not let '{server.user}' in with this password{reply.told}",
        "look whether both are right; some providers want a password made for programs "
        "(an app password)",
    )


def sender_refused(server: Server, sender: str, reply: Reply) -> Problem:
    """Already the return address, or what is told with it, is not taken."""
    if reply.later:
        return _later(server, reply)
    if _too_large(reply):
        return message_refused(server, reply)
    if reply.code == 530 and "STARTTLS" in reply.words.upper():
        message = f"'{server.host}' wants encryption{reply.told}"
        return _problem(
            server, "smtp-encryption", message, "set NEWSLETTER_SMTP_SECURITY to starttls"
        )
    if reply.code == 530:
        message = f"'{server.host}' wants a login{reply.told}"
        return _problem(server, "smtp-login", message, f"set NEWSLETTER_SMTP_USER and {PASSWORD}")
    return _problem(
        server,
        "smtp-sender",
        f"'{server.host}' takes no messages from '{sender}'{reply.told}",
        "send from an address that belongs to the mailbox that you log in with",
    )


def recipient_refused(server: Server, address: str, reply: Reply) -> Problem:
    """One address gets nothing; others may."""
    if reply.later:
        return _later(server, reply, f" '{address}'")
    match reply.about:
        case "1":
            message = f"there is no mailbox '{address}'"
            hint = "look whether it is spelled right"
        case "2":
            message = f"the mailbox '{address}' takes nothing now; mostly, it is full"
            hint = "ask its owner"
        case _:
            message = f"'{server.host}' takes no messages for '{address}'"
            hint = "some servers want a login first" if not server.user else ""
    return _problem(server, "smtp-refused", f"{message}{reply.told}", hint)


def message_refused(server: Server, reply: Reply) -> Problem:
    """The message itself is not taken, so nobody gets it."""
    if reply.code in (-1, 421):
        return ended(server, reply)
    if reply.later:
        return _later(server, reply)
    if _too_large(reply):
        message = f"the message is larger than '{server.host}' takes{reply.told}"
        hint = "make its pictures smaller, or put them on a website (images_url)"
    else:
        message = f"'{server.host}' does not take this message{reply.told}"
        hint = "nobody gets it; mostly a word or a link in it is like those of spam"
    return _problem(server, "smtp-message", message, hint)


def not_ascii(server: Server) -> Problem:
    """The message has bytes that an old server would spoil."""
    return _problem(
        server,
        "smtp-message",
        f"'{server.host}' takes only messages that are written in ASCII",
        "write its parts as quoted-printable or base64",
    )


def no_address(server: Server, code: str, text: str) -> Problem:
    """What a message is to come from, or to go to, is no address."""
    return _problem(
        server, code, f"'{fit(text)}' is not an email address", "write name@example.org"
    )


def _no_smtp(server: Server) -> Problem:
    message = f"what answers at port {server.port} of '{server.host}' does not send mail"
    return _problem(server, "smtp-connection", message, _PORTS)


def _later(server: Server, reply: Reply, what: str = "") -> Problem:
    return _problem(
        server,
        "smtp-later",
        f"'{server.host}' asks to try{what} again later: it is busy, or has strangers wait "
        f"(greylisting){reply.told}",
        _WAIT,
    )


def _untrusted(server: Server, error: ssl.SSLCertVerificationError) -> Problem:
    code = error.verify_code
    if code in _NOT_YET:
        what = "is not valid yet"
    elif code in _EXPIRED:
        what = "has expired"
    elif code in _SELF_MADE:
        what = "is one that it made itself"
    elif code in _OTHER_HOST:
        what = "is one of another server"
    else:
        what = "comes from nobody whom this computer trusts"
    return _problem(
        server,
        "smtp-certificate",
        f"the certificate of '{server.host}' {what}",
        "nothing was sent; ask whoever runs it for its right name, or for a good certificate",
    )


def _unencrypted(server: Server, error: ssl.SSLError) -> Problem:
    if error.reason in _NOT_ENCRYPTED:
        message = f"'{server.host}' does not begin with encryption at port {server.port}"
        hint = "set NEWSLETTER_SMTP_SECURITY to starttls; tls is mostly for port 465"
    else:
        reason = f": {error.reason.replace('_', ' ').lower()}" if error.reason else ""
        message = f"no encrypted connection to '{server.host}' can be made{reason}"
        hint = "nothing was sent; ask whoever runs it"
    return _problem(server, "smtp-encryption", message, hint)


def _too_large(reply: Reply) -> bool:
    return reply.code == 552 or reply.words.startswith("5.3.4")


def _problem(server: Server, code: str, message: str, hint: str) -> Problem:
    return Problem(server.name, None, Level.ERROR, code, message, hint)
