"""A finished message in, sent to a few people out: SMTP, and where its password comes from."""

from newsletter.outbox.send import Sent, send
from newsletter.outbox.server import Server, password_of, server_of

__all__ = ["Sent", "Server", "password_of", "send", "server_of"]
