"""Which server sends, and the password that it wants: the one door of keyring.

A setting is overridden by its variable (NEWSLETTER_SMTP_HOST, _PORT, _SECURITY, _USER), so that a
machine that builds newsletters needs no file. The password is in no file of a project: it is
NEWSLETTER_SMTP_PASSWORD, or is kept by the computer's own keyring.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Literal, NamedTuple, cast

from newsletter.problems import NewsletterError, cannot

Security = Literal["starttls", "tls", "none"]

PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""Where servers listen if nothing else is said (RFC 6409, RFC 8314, RFC 5321)."""

PASSWORD = "NEWSLETTER_SMTP_PASSWORD"  # noqa: S105 - where it is, not what it is

_NAME = re.compile(r"[\w-]{1,63}(\.[\w-]{1,63})*")


class Server(NamedTuple):
    """A mail server that takes messages, and how to talk to it. `user` is "" where it wants none.

    `security` is "starttls" (encrypted after the first words), "tls" (from the first byte) or
    "none", which `server_of` allows for this computer alone.
    """

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""

    @property
    def name(self) -> str:
        """mail.example.org:587, for a problem's path."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def server_of(
    environ: Mapping[str, str],
    host: str = "",
    port: int | str = "",
    security: str = "",
    user: str = "",
) -> Server:
    """The server of the settings, or of the environment. "" is for what is not said.

    Raises NewsletterError, code smtp-server.
    """

    def said(name: str, setting: object) -> str:
        return (environ.get(f"NEWSLETTER_SMTP_{name}") or str(setting)).strip()

    host, port = said("HOST", host), said("PORT", port)
    security = said("SECURITY", security).lower() or ("tls" if port == "465" else "starttls")
    if not host:
        raise _cannot(
            "it is not said which mail server sends the message",
            "write 'smtp: {host: mail.example.org}' in newsletter.yaml, "
            "or set NEWSLETTER_SMTP_HOST",
        )
    if not _NAME.fullmatch(host) and not _is_address(host):
        raise _cannot(
            f"'{host}' is not the name of a server",
            "write a bare name, for instance mail.example.org, at 'host' below 'smtp' in "
            "newsletter.yaml (or in NEWSLETTER_SMTP_HOST); a port stands at 'port'",
        )
    if security not in PORTS:
        raise _cannot(
            f"'{security}' is no kind of encryption that is known here",
            "write starttls (mostly port 587) or tls (mostly port 465) at 'security' below 'smtp' "
            "in newsletter.yaml, or in NEWSLETTER_SMTP_SECURITY",
        )
    if security == "none" and not _is_here(host):
        raise _cannot(
            f"without encryption, message and password could be read on the way to '{host}'",
            "write 'security: starttls' or 'security: tls' below 'smtp' in newsletter.yaml; "
            "none is only for a server on this computer (localhost)",
        )
    port = port or str(PORTS[cast(Security, security)])
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise _cannot(
            f"'{port}' is not a port",
            "write a number, mostly 587 or 465, at 'port' below 'smtp' in newsletter.yaml",
        )
    return Server(host, int(port), cast(Security, security), said("USER", user))


def password_of(server: Server, environ: Mapping[str, str]) -> str | None:
    """The password of the server's user: from the environment, else from the keyring.

    There it stands as `keyring set HOST USER` puts it. A keyring that is not installed, is locked
    or cannot be had counts as one that does not know it.
    """
    if not server.user:
        return None
    if said := environ.get(PASSWORD):
        return said
    try:
        import keyring

        return keyring.get_password(server.host, server.user) or None
    except Exception:  # each system's keyring fails in ways of its own
        return None


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_here(host: str) -> bool:
    return host.lower() == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _cannot(message: str, hint: str) -> NewsletterError:
    return cannot("mail server", "smtp-server", message, hint)
