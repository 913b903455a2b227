"""Why no connection could be made, in an editor's words."""

import errno
import ssl

from newsletter.live.answer import Kind
from newsletter.live.reply import NoReply

# What a certificate can have wrong that a browser shows, too: OpenSSL's, Apple's, Windows' numbers.
_EXPIRED = {10, -67818, 0x800B0101, 0x800B0101 - 2**32}
_OTHER_HOST = {62, 64, -67602, 0x800B010F, 0x800B010F - 2**32}
_SELF_MADE = {18}
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


def unconnected(host: str, error: BaseException) -> NoReply:
    """The reason, which is one of those that led to `error`."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _untrusted(host, cause)
        if isinstance(cause, ssl.SSLError):
            return NoReply(Kind.TLS, f"no encrypted connection to '{host}' could be made")
        if isinstance(cause, OSError) and cause.errno in _NO_ROUTE:
            return NoReply(Kind.DNS, f"this computer finds no way to '{host}'")
        if isinstance(cause, ConnectionRefusedError):
            return NoReply(Kind.FAILING, f"the server of '{host}' refuses the connection")
        cause = cause.__cause__ or cause.__context__
    return NoReply(Kind.FAILING, f"the server of '{host}' breaks the connection", again=True)


def _untrusted(host: str, error: ssl.SSLCertVerificationError) -> NoReply:
    code = getattr(error, "verify_code", 0)
    if code in _EXPIRED:
        return NoReply(Kind.CERTIFICATE, f"the certificate of '{host}' has expired")
    if code in _OTHER_HOST:
        return NoReply(Kind.CERTIFICATE, f"the certificate of '{host}' is one of another website")
    if code in _SELF_MADE:
        return NoReply(Kind.CERTIFICATE, f"the certificate of '{host}' is one that it made itself")
    # Browsers fetch what a chain lacks, and know what an office's own network has put in between.
    return NoReply(
        Kind.TLS, f"this computer cannot tell whether the certificate of '{host}' is good"
    )
