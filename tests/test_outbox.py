"""Messages are sent through real servers, and read back from them; what goes wrong is told."""

import os
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from threading import Thread
from typing import Any

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest
from keyrings.alt.file import PlaintextKeyring  # type: ignore[import-untyped]

from newsletter.outbox import Sent, Server, password_of, send, server_of
from newsletter.outbox.server import Security
from newsletter.problems import Level, NewsletterError, Problem
from tests.mail_servers import HOST, LARGEST, PASSWORD, SPAM, USER, Mail, running

SENDER = "editor@example.org"
ANNA, BEN, CARLA = (f"{name}@example.org" for name in ("anna", "ben", "carla"))

HEAD = (
    b"From: =?utf-8?q?Pr=C3=BCfer?= <editor@example.org>\r\n"
    b"To: anna@example.org\r\n"
    b"Subject: =?utf-8?b?w4RwZmVs?= and more\r\n"
    b"Date: Mon, 01 Apr 2024 12:00:00 +0000\r\n"
    b"Message-ID: <1@example.org>\r\n"
    b"MIME-Version: 1.0\r\n"
)
SHORT = HEAD + b"\r\nA word.\r\n"
HARD = (
    HEAD
    + b"\r\n".join(
        [
            b'Content-Type: multipart/mixed; boundary="=_1"',
            b"",
            b"Not shown.",
            b"--=_1",
            b"Content-Type: text/plain; charset=utf-8",
            b"Content-Transfer-Encoding: quoted-printable",
            b"",
            b".",
            b"..",
            b".begins with a full stop",
            b"",
            b"Sch=C3=B6n, a soft =",
            b"break and an end=20",
            b"From the start of a line, \tand a tab",
            b".",
            b"--=_1",
            b"Content-Type: text/html; charset=us-ascii",
            b"Content-Transfer-Encoding: 7bit",
            b"",
            b"<p>" + b"x" * 991 + b"</p>",  # 998 bytes, the most that a line may have
            b"." + b"y" * 997,
            b"  ",
            b"",
            b"--=_1",
            b"Content-Type: application/octet-stream",
            b"Content-Transfer-Encoding: base64",
            b'Content-Disposition: attachment; filename="all.bin"',
            b"",
            b64encode(bytes(range(256)))[:76],
            b64encode(bytes(range(256)))[76:],
            b"--=_1--",
            b"",
            b"",
            b"",
        ]
    )
)


@pytest.fixture(name="mail")
def _mail() -> Mail:
    return running()


def _problem(server: Server, code: str, message: str, hint: str) -> Problem:
    return Problem(server.name, None, Level.ERROR, code, message, hint)


@contextmanager
def _answering(*lines: bytes, then: str = "end") -> Iterator[Server]:
    """A server that says one of `lines` after the other, each after the first in answer to one.
    What it does `then` is to end the connection, or to "wait" until the other side does."""

    def talk() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as heard:
            for number, line in enumerate(lines):
                if number:
                    heard.readline()
                connection.sendall(line)
            if then == "wait":
                while heard.readline():
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=talk)
        thread.start()
        yield Server("127.0.0.1", listener.getsockname()[1], "none")
        thread.join(10)


# What arrives


@pytest.mark.parametrize("door", ["starttls", "tls", "only_login", "must_encrypt"])
def test_a_message_arrives_byte_for_byte(mail: Mail, door: str) -> None:
    sent = send(HARD, SENDER, [ANNA], mail.server(door), PASSWORD, context=mail.trust())
    assert sent == Sent((ANNA,), [])
    received = mail.received("anna")
    added = received.removesuffix(HARD)
    assert added + HARD == received
    assert {line.split(b":")[0] for line in added.splitlines() if line[:1].isalpha()} == {
        *(b"Return-Path", b"X-Original-To", b"Delivered-To", b"Received")
    }

    message = message_from_bytes(received, policy=policy.default)
    parts = list(message.iter_parts())
    assert (message["Subject"], message["From"]) == ("Äpfel and more", f"Prüfer <{SENDER}>")
    assert [part.get_content_type() for part in parts] == [
        "text/plain",
        "text/html",
        "application/octet-stream",
    ]
    assert [part.get_payload(decode=True) for part in parts] == [
        ".\r\n..\r\n.begins with a full stop\r\n\r\nSchön, a soft break and an end \r\n"
        "From the start of a line, \tand a tab\r\n.".encode(),
        b"<p>" + b"x" * 991 + b"</p>\r\n." + b"y" * 997 + b"\r\n  \r\n",
        bytes(range(256)),
    ]


def test_a_message_without_an_end_of_its_last_line_gets_one(mail: Mail) -> None:
    server = mail.server()
    send(SHORT[:-2], SENDER, [ANNA], server, PASSWORD, context=mail.trust())
    assert mail.received("anna").endswith(SHORT)


def test_a_message_goes_to_each_who_is_named(mail: Mail) -> None:
    everyone = (ANNA, BEN, CARLA)
    sent = send(SHORT, SENDER, everyone, mail.server(), PASSWORD, context=mail.trust())
    assert sent == Sent(everyone, [])
    for name in ("anna", "ben", "carla"):
        assert mail.received(name).endswith(SHORT)


def test_who_is_refused_keeps_nobody_else_from_getting_it(mail: Mail) -> None:
    asked = ["nobody@example.org", ANNA, "busy@example.org", "no address", BEN]
    sent = send(SHORT, SENDER, asked, mail.server(), PASSWORD, context=mail.trust())
    assert sent.to == (ANNA, BEN)
    assert [(problem.code, problem.message.split("'")[1]) for problem in sent.problems] == [
        ("smtp-refused", "nobody@example.org"),
        ("smtp-later", "localhost"),
        ("smtp-refused", "no address"),
    ]
    for name in ("anna", "ben"):
        assert mail.received(name).endswith(SHORT)


def test_a_server_on_this_computer_needs_neither_encryption_nor_login(mail: Mail) -> None:
    assert send(HARD, SENDER, [ANNA], mail.server("plain", "")) == Sent((ANNA,), [])
    assert mail.received("anna").endswith(HARD)


def test_bytes_that_are_not_ascii_arrive_where_the_server_can(mail: Mail) -> None:
    message = SHORT + "Schön.\r\n".encode()
    sent = send(message, SENDER, [ANNA], mail.server(), PASSWORD, context=mail.trust())
    assert sent == Sent((ANNA,), [])
    assert mail.received("anna").endswith(message)


def test_a_command_sends_with_what_stands_in_its_environment(mail: Mail) -> None:
    program = (
        "import os, sys; from newsletter.outbox import *; server = server_of(os.environ); "
        "message = sys.stdin.buffer.read(); "
        f"print(send(message, {SENDER!r}, [{ANNA!r}], server, password_of(server, os.environ)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=SHORT,
        env=os.environ | mail.environ(),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == f"{Sent((ANNA,), [])}\n"
    assert mail.received("anna").endswith(SHORT)


def test_a_server_that_knows_only_the_oldest_greeting_gets_the_message() -> None:
    lines = [b"220 Hello\r\n", b"500 What?\r\n", *[b"250 Well\r\n"] * 3, b"354 Go on\r\n"]
    with _answering(*lines, then="wait") as server:
        sent = send(SHORT, SENDER, [ANNA], server, timeout=1)
    # It says no more: that it has the message is not sure.
    assert sent.problems == [
        _problem(
            server,
            "smtp-connection",
            "'127.0.0.1' was given the message, but did not say that it has it",
            "look whether it arrived before you send it again",
        )
    ]


# What a server refuses

WAIT = "send it again in a quarter of an hour"
PORTS = "look whether name and port are right; mostly the port is 587 (starttls) or 465 (tls)"
SPELLED = "look whether it is spelled right"


@pytest.mark.parametrize(
    ("recipient", "code", "message", "said", "hint"),
    [
        (
            "nobody@example.org",
            "smtp-refused",
            "there is no mailbox 'nobody@example.org'",
            "550 5.1.1 <nobody@example.org>: Recipient address rejected: "
            "User unknown in virtual mailbox table",
            SPELLED,
        ),
        (
            "gone@example.org",
            "smtp-refused",
            "there is no mailbox 'gone@example.org'",
            "551 5.1.6 <gone@example.org>: Recipient address rejected: User has moved",
            SPELLED,
        ),
        (
            "full@example.org",
            "smtp-refused",
            "the mailbox 'full@example.org' takes nothing now; mostly, it is full",
            "552 5.2.2 <full@example.org>: Recipient address rejected: The mailbox is full",
            "ask its owner",
        ),
        (
            "private@example.org",
            "smtp-refused",
            "'localhost' takes no messages for 'private@example.org'",
            "554 5.7.1 <private@example.org>: Recipient address rejected: Members only",
            "",
        ),
        (
            "reader@example.com",
            "smtp-refused",
            "'localhost' takes no messages for 'reader@example.com'",
            "554 5.7.1 <reader@example.com>: Relay access denied",
            "",
        ),
        (
            "busy@example.org",
            "smtp-later",
            "'localhost' asks to try 'busy@example.org' again later: it is busy, or has strangers "
            "wait (greylisting)",
            "450 4.2.0 <busy@example.org>: Recipient address rejected: Greylisted for 300 seconds",
            WAIT,
        ),
        (
            "closing@example.org",
            "smtp-later",
            "'localhost' is out of service for now",
            "421 4.3.0 <closing@example.org>: Recipient address rejected: Closing down",
            WAIT,
        ),
    ],
)
def test_a_refused_recipient_is_told(
    mail: Mail, recipient: str, code: str, message: str, said: str, hint: str
) -> None:
    server = mail.server()
    sent = send(SHORT, SENDER, [recipient], server, PASSWORD, context=mail.trust())
    told = f"{message}; the server says: {said}"
    assert sent == Sent((), [_problem(server, code, told, hint)])


def test_nobody_gets_a_message_when_the_server_closes_down_at_one_of_them(mail: Mail) -> None:
    server, trust = mail.server(), mail.trust()
    asked = [BEN, "nobody@example.org", "closing@example.org", CARLA]
    sent = send(SHORT, SENDER, asked, server, PASSWORD, context=trust)
    assert sent.to == ()
    assert [problem.code for problem in sent.problems] == ["smtp-refused", "smtp-later"]
    send(HARD, SENDER, [BEN], server, PASSWORD, context=trust)
    assert mail.received("ben").endswith(HARD)  # the one and only


@pytest.mark.parametrize(
    ("sender", "code", "message", "hint"),
    [
        (
            "blocked@example.org",
            "smtp-sender",
            "'localhost' takes no messages from 'blocked@example.org'; the server says: "
            "553 5.7.1 <blocked@example.org>: Sender address rejected: Not with this address",
            "send from an address that belongs to the mailbox that you log in with",
        ),
        (
            "unknown@example.org",
            "smtp-later",
            "'localhost' asks to try again later: it is busy, or has strangers wait (greylisting); "
            "the server says: "
            "450 4.1.8 <unknown@example.org>: Sender address rejected: Domain not found",
            WAIT,
        ),
        (
            "hesitant@example.org",
            "smtp-later",
            "'localhost' asks to try again later: it is busy, or has strangers wait (greylisting); "
            "the server says: "
            "451 4.7.1 <hesitant@example.org>: Sender address rejected: Let me think about it",
            WAIT,
        ),
        (
            "leaving@example.org",
            "smtp-later",
            "'localhost' is out of service for now; the server says: "
            "421 4.3.0 <leaving@example.org>: Sender address rejected: Closing down",
            WAIT,
        ),
        (
            "editor@example.org>\r\nRCPT TO:<anna@example.org",
            "smtp-sender",
            "'editor@example.org> RCPT TO:<anna@example.org' is not an email address",
            "write name@example.org",
        ),
    ],
)
def test_a_refused_sender_is_told(
    mail: Mail, sender: str, code: str, message: str, hint: str
) -> None:
    server = mail.server()
    sent = send(SHORT, sender, [ANNA], server, PASSWORD, context=mail.trust())
    assert sent == Sent((), [_problem(server, code, message, hint)])


def test_a_refused_message_is_told(mail: Mail) -> None:
    server = mail.server()
    message = SHORT + SPAM.encode() + b"\r\n"
    sent = send(message, SENDER, [ANNA, BEN], server, PASSWORD, context=mail.trust())
    told = "'localhost' does not take this message; the server says: 550 5.7.1 No games here"
    hint = "nobody gets it; mostly a word or a link in it is like those of spam"
    assert sent == Sent((), [_problem(server, "smtp-message", told, hint)])


@pytest.mark.parametrize(
    ("door", "said"),
    [
        ("starttls", "552 5.3.4 Message size exceeds fixed limit"),  # before it is handed over
        ("ascii", "552 5.3.4 Error: message file too big"),  # after that
    ],
)
def test_a_message_that_is_too_large_is_told(mail: Mail, door: str, said: str) -> None:
    server = mail.server(door)
    message = SHORT + b"More words.\r\n" * (LARGEST // 10)
    sent = send(message, SENDER, [ANNA], server, PASSWORD, context=mail.trust())
    told = f"the message is larger than 'localhost' takes; the server says: {said}"
    hint = "make its pictures smaller, or put them on a website (images_url)"
    assert sent == Sent((), [_problem(server, "smtp-message", told, hint)])


def test_bytes_that_are_not_ascii_are_not_given_to_a_server_that_would_spoil_them(
    mail: Mail,
) -> None:
    server = mail.server("ascii")
    message = SHORT + "Schön.\r\n".encode()
    sent = send(message, SENDER, [ANNA], server, PASSWORD, context=mail.trust())
    told = "'localhost' takes only messages that are written in ASCII"
    hint = "write its parts as quoted-printable or base64"
    assert sent == Sent((), [_problem(server, "smtp-message", told, hint)])


# What stands in the way

SEEN = "nothing was sent; ask whoever runs it for its right name, or for a good certificate"
OTHER_PORT = "another port may have it: 587 (starttls) or 465 (tls)"
MISSING = (
    "put it into NEWSLETTER_SMTP_PASSWORD, or into this computer's keyring with: "
    "keyring set localhost editor"
)
WRONG = (
    "look whether both are right; some providers want a password made for programs (an app "
    "password)"
)


@pytest.mark.parametrize("door", ["starttls", "tls", "only_login"])
def test_a_wrong_password_is_told_and_not_shown(mail: Mail, door: str) -> None:
    server = mail.server(door)
    sent = send(SHORT, SENDER, [ANNA], server, "hunter2", context=mail.trust())
    [problem] = sent.problems
    told, _, said = problem.message.partition("; the server says: ")
    assert sent.to == ()
    assert problem._replace(message=told) == _problem(
        server, "smtp-login", "'localhost' does not let 'editor' in with this password", WRONG
    )
    assert said.startswith("535 5.7.8 Error: authentication failed: ")


@pytest.mark.parametrize("echo", ["{0}", "AUTH PLAIN {1}", "({2})", "\x1b[31m{0}{2}\r\n535 {0}"])
def test_a_password_is_not_shown_even_if_the_server_repeats_it(echo: str) -> None:
    secrets = [b64encode(text.encode()).decode() for text in (f"\0{USER}\0{PASSWORD}", PASSWORD)]
    refusal = "535-" + echo.format(PASSWORD, *secrets) + " is wrong\r\n535 Go\r\n"
    lines = [b"220 Hello\r\n", b"250-Hello\r\n250 AUTH PLAIN\r\n", refusal.encode()]
    with _answering(*lines) as server:
        [problem] = send(SHORT, SENDER, [ANNA], server._replace(user=USER), PASSWORD).problems
    assert problem.code == "smtp-login"
    assert "…" in problem.message
    assert problem.message.isprintable()
    for secret in (PASSWORD, *secrets):
        assert secret not in str(problem)


@pytest.mark.parametrize(
    ("door", "user", "password", "code", "message", "hint"),
    [
        (
            *("starttls", USER, None, "smtp-login"),
            "there is no password for 'editor' at 'localhost'",
            MISSING,
        ),
        (
            *("starttls", "", None, "smtp-login"),
            "'localhost' wants a login; the server says: 530 5.7.0 <editor@example.org>: Sender "
            "address rejected: Authentication required",
            "set NEWSLETTER_SMTP_USER and NEWSLETTER_SMTP_PASSWORD",
        ),
        (
            *("only_digest", USER, PASSWORD, "smtp-login"),
            "'localhost' lets nobody in with a password, only by CRAM-MD5",
            "ask whoever runs it for a server that programs can send through",
        ),
        (
            *("plain", USER, PASSWORD, "smtp-login"),
            "'localhost' has no login at port {port}",
            f"{OTHER_PORT}; or leave out the user",
        ),
        (
            *("closed", USER, PASSWORD, "smtp-connection"),
            "'localhost' takes no messages from this computer; the server says: "
            "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied",
            "ask whoever runs it, or take the server of your own mailbox",
        ),
        (
            *("overloaded", USER, PASSWORD, "smtp-later"),
            "'localhost' is out of service for now; the server says: "
            "421 4.3.2 <localhost[127.0.0.1]>: Client host rejected: Come back later",
            WAIT,
        ),
        (
            *("untrusted", USER, PASSWORD, "smtp-certificate"),
            "the certificate of 'localhost' comes from nobody whom this computer trusts",
            SEEN,
        ),
        (
            *("self_made", USER, PASSWORD, "smtp-certificate"),
            "the certificate of 'localhost' is one that it made itself",
            SEEN,
        ),
        (
            *("other_host", USER, PASSWORD, "smtp-certificate"),
            "the certificate of 'localhost' is one of another server",
            SEEN,
        ),
        (
            *("expired", USER, PASSWORD, "smtp-certificate"),
            "the certificate of 'localhost' has expired",
            SEEN,
        ),
        (
            *("not_yet", USER, PASSWORD, "smtp-certificate"),
            "the certificate of 'localhost' is not valid yet",
            SEEN,
        ),
    ],
)
def test_a_server_that_lets_nobody_in_is_told(
    mail: Mail, door: str, user: str, password: str | None, code: str, message: str, hint: str
) -> None:
    server = mail.server(door, user)
    sent = send(SHORT, SENDER, [ANNA], server, password, context=mail.trust())
    told = message.format(port=server.port)
    assert sent == Sent((), [_problem(server, code, told, hint)])


def test_a_server_with_an_encryption_that_is_none_any_more_is_told(mail: Mail) -> None:
    """Some versions of OpenSSL tell the reason, others have no word for it."""
    server = mail.server("outdated")
    hint = "nothing was sent; ask whoever runs it"
    told = "no encrypted connection to 'localhost' can be made"
    reasons = ("", ": tlsv1 alert protocol version")
    sent = send(SHORT, SENDER, [ANNA], server, PASSWORD, context=mail.trust())
    assert sent in [
        Sent((), [_problem(server, "smtp-encryption", told + reason, hint)]) for reason in reasons
    ]


@pytest.mark.parametrize("door", ["starttls", "tls"])
def test_a_certificate_is_trusted_only_as_far_as_this_computer_does(mail: Mail, door: str) -> None:
    server = mail.server(door)
    told = "the certificate of 'localhost' comes from nobody whom this computer trusts"
    assert send(SHORT, SENDER, [ANNA], server, PASSWORD) == Sent(
        (), [_problem(server, "smtp-certificate", told, SEEN)]
    )


def test_a_name_that_is_not_the_one_of_the_certificate_is_told(mail: Mail) -> None:
    server = mail.server("tls")._replace(host="127.0.0.1")
    told = "the certificate of '127.0.0.1' is one of another server"
    assert send(SHORT, SENDER, [ANNA], server, PASSWORD, context=mail.trust()) == Sent(
        (), [_problem(server, "smtp-certificate", told, SEEN)]
    )


@pytest.mark.parametrize(
    ("door", "security", "code", "message", "hint"),
    [
        (
            *("plain", "starttls", "smtp-encryption"),
            "'localhost' offers no encryption (STARTTLS) at port {port}",
            f"nothing was sent, for it could be read on the way; {OTHER_PORT}",
        ),
        (
            *("starttls", "tls", "smtp-encryption"),
            "'localhost' does not begin with encryption at port {port}",
            "set NEWSLETTER_SMTP_SECURITY to starttls; tls is mostly for port 465",
        ),
        (
            *("must_encrypt", "none", "smtp-encryption"),
            "'localhost' wants encryption; the server says: "
            "530 5.7.0 Must issue a STARTTLS command first",
            "set NEWSLETTER_SMTP_SECURITY to starttls",
        ),
        (
            *("tls", "starttls", "smtp-timeout"),
            "'localhost' does not answer at port {port} (it had 1 s)",
            PORTS,
        ),
        (
            *("imap", "starttls", "smtp-connection"),
            "what answers at port {port} of 'localhost' does not send mail",
            PORTS,
        ),
    ],
)
def test_the_wrong_port_or_kind_of_encryption_is_told(
    mail: Mail, door: str, security: Security, code: str, message: str, hint: str
) -> None:
    server = Server(HOST, mail.ports[door], security)
    timeout = 1 if code == "smtp-timeout" else 30
    sent = send(SHORT, SENDER, [ANNA], server, timeout=timeout, context=mail.trust())
    told = message.format(port=server.port)
    assert sent == Sent((), [_problem(server, code, told, hint)])


@pytest.mark.parametrize(
    ("sender", "recipient", "code", "message", "hint"),
    [
        (
            *(SENDER, "slow@example.org", "smtp-timeout"),
            "'localhost' does not answer any more (it had 2 s)",
            WAIT,
        ),
        (
            *("silent@example.org", ANNA, "smtp-connection"),
            "'localhost' was given the message, but did not say that it has it",
            "look whether it arrived before you send it again",
        ),
    ],
)
def test_a_server_that_falls_silent_is_told(
    mail: Mail, sender: str, recipient: str, code: str, message: str, hint: str
) -> None:
    server = mail.server()
    sent = send(SHORT, sender, [recipient], server, PASSWORD, timeout=2, context=mail.trust())
    assert sent == Sent((), [_problem(server, code, message, hint)])


def test_a_port_that_never_answers_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for security in ("starttls", "tls"):
            server = Server("127.0.0.1", listener.getsockname()[1], security)
            told = f"'127.0.0.1' does not answer at port {server.port} (it had 0.2 s)"
            assert send(SHORT, SENDER, [ANNA], server, timeout=0.2) == Sent(
                (), [_problem(server, "smtp-timeout", told, PORTS)]
            )


def test_a_port_where_nobody_listens_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = Server("127.0.0.1", taken.getsockname()[1])
        told = f"'127.0.0.1' takes no connection at port {server.port}"
        assert send(SHORT, SENDER, [ANNA], server) == Sent(
            (), [_problem(server, "smtp-connection", told, PORTS)]
        )


@pytest.mark.parametrize("host", ["nobody.invalid", "mail..example.org", "x" * 64])
def test_a_server_that_does_not_exist_is_told(host: str) -> None:
    server = Server(host, 587)
    hint = "look whether its name is right, and whether this computer is online"
    assert send(SHORT, SENDER, [ANNA], server) == Sent(
        (), [_problem(server, "smtp-connection", f"'{host}' cannot be found", hint)]
    )


def test_a_server_to_which_no_way_leads_is_told() -> None:
    server = Server("255.255.255.255", 587)
    told = "'255.255.255.255' cannot be reached: Network is unreachable"
    hint = "look whether its name is right, and whether this computer is online"
    assert send(SHORT, SENDER, [ANNA], server) == Sent(
        (), [_problem(server, "smtp-connection", told, hint)]
    )


@pytest.mark.parametrize(
    ("security", "user", "lines", "problem"),
    [
        (
            *("starttls", ""),
            [b"250-Hello\r\n250 STARTTLS\r\n", b"454 4.7.0 TLS not available\r\n"],
            (
                "smtp-encryption",
                "'127.0.0.1' offers no encryption (STARTTLS) at port {port}; the server says: "
                "454 4.7.0 TLS not available",
                f"nothing was sent, for it could be read on the way; {OTHER_PORT}",
            ),
        ),
        (
            *("none", USER),
            [b"250-Hello\r\n250 AUTH LOGIN\r\n", b"334 VXNlcg==\r\n", b"454 4.7.0 Not now\r\n"],
            (
                "smtp-later",
                "'127.0.0.1' asks to try again later: it is busy, or has strangers wait "
                "(greylisting); the server says: 454 4.7.0 Not now",
                WAIT,
            ),
        ),
        (
            *("none", ""),
            [b"502 No\r\n", b"502 Not this one either\r\n"],
            (
                "smtp-connection",
                "'127.0.0.1' takes no messages from this computer; the server says: "
                "502 Not this one either",
                "ask whoever runs it, or take the server of your own mailbox",
            ),
        ),
        (
            *("none", ""),
            [*[b"250 Well\r\n"] * 3, b"452 4.3.1 The disk is full\r\n"],
            (
                "smtp-later",
                "'127.0.0.1' asks to try again later: it is busy, or has strangers wait "
                "(greylisting); the server says: 452 4.3.1 The disk is full",
                WAIT,
            ),
        ),
    ],
)
def test_what_servers_seldom_say_is_told(
    security: Security, user: str, lines: list[bytes], problem: tuple[str, str, str]
) -> None:
    with _answering(b"220 Hello\r\n", *lines) as at:
        server = at._replace(security=security, user=user)
        sent = send(SHORT, SENDER, [ANNA], server, PASSWORD)
    code, message, hint = problem
    assert sent == Sent((), [_problem(server, code, message.format(port=server.port), hint)])


BROKE_OFF = ("smtp-connection", "'127.0.0.1' broke off the connection", WAIT)
NO_SERVER = (
    "smtp-connection",
    "what answers at port {port} of '127.0.0.1' does not send mail",
    PORTS,
)
GREETED = (b"220 Hello\r\n", b"250 Hello\r\n")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([b""], BROKE_OFF),
        ([b"220 Hello\r\n"], BROKE_OFF),
        ([*GREETED, b"250 From\r\n"], BROKE_OFF),
        ([b"SSH-2.0-OpenSSH_9.2\r\n"], NO_SERVER),
        ([b"\x15\x03\x01\x00\x02\x02\x46\r\n"], NO_SERVER),
        ([b"2" * 10000], NO_SERVER),
        ([*GREETED, b"Bananas\r\n"], NO_SERVER),
        ([b"220 Hello\r\n", b"Bananas\r\n"], NO_SERVER),
        ([*GREETED, b"250 From\r\n", b"250 To\r\n", b"Bananas\r\n"], NO_SERVER),
        (
            [*GREETED, b"250 From\r\n", b"550\r\n"],
            (
                "smtp-refused",
                "there is no mailbox 'anna@example.org'; the server says: 550",
                SPELLED,
            ),
        ),
        (
            [
                *GREETED,
                b"250 From\r\n",
                b"554-5.7.1 One \x07\x1b[2J\r\n554 \xe2\x80\xae\xff two\r\n",
            ],
            (
                "smtp-refused",
                "'127.0.0.1' takes no messages for 'anna@example.org'; the server says: "
                "554 5.7.1 One [2J \ufffd two",
                "some servers want a login first",
            ),
        ),
    ],
)
def test_a_server_that_talks_nonsense_or_goes_away_is_told(
    lines: list[bytes], problem: tuple[str, str, str]
) -> None:
    with _answering(*lines) as server:
        sent = send(SHORT, SENDER, [ANNA], server, timeout=5)
    code, message, hint = problem
    assert sent == Sent((), [_problem(server, code, message.format(port=server.port), hint)])


# Which server, and which password


@pytest.mark.parametrize(
    ("environ", "settings", "server"),
    [
        ({}, ["mail.example.org"], Server("mail.example.org", 587, "starttls", "")),
        ({}, ["mail.example.org", 465], Server("mail.example.org", 465, "tls", "")),
        ({}, ["mail.example.org", "", "TLS", "me"], Server("mail.example.org", 465, "tls", "me")),
        ({}, ["mail.example.org", 465, "starttls"], Server("mail.example.org", 465)),
        ({}, ["::1", "", "none"], Server("::1", 25, "none")),
        ({"HOST": "127.0.0.9", "SECURITY": "none"}, [], Server("127.0.0.9", 25, "none")),
        (
            {"HOST": "bücher.example", "PORT": " 2525 ", "SECURITY": "tls", "USER": "you"},
            ["mail.example.org", 587, "starttls", "me"],
            Server("bücher.example", 2525, "tls", "you"),
        ),
    ],
)
def test_the_environment_overrides_the_settings(
    environ: dict[str, str], settings: list[Any], server: Server
) -> None:
    given = {f"NEWSLETTER_SMTP_{name}": value for name, value in environ.items()}
    assert server_of(given, *settings) == server


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        (
            [],
            "it is not said which mail server sends the message",
            "write 'smtp: {host: mail.example.org}' in newsletter.yaml, or set "
            "NEWSLETTER_SMTP_HOST",
        ),
        *(
            (
                [host],
                f"'{host}' is not the name of a server",
                "write a bare name, for instance mail.example.org, at 'host' below 'smtp' in "
                "newsletter.yaml (or in NEWSLETTER_SMTP_HOST); a port stands at 'port'",
            )
            for host in ("mail.example.org:587", "smtps://mail.example.org", "a@b", "a..b")
        ),
        *(
            (
                ["mail.example.org", port],
                f"'{port}' is not a port",
                "write a number, mostly 587 or 465, at 'port' below 'smtp' in newsletter.yaml",
            )
            for port in ("0", "65536", "smtp", "-1", "٣")
        ),
        (
            ["mail.example.org", "", "ssl"],
            "'ssl' is no kind of encryption that is known here",
            "write starttls (mostly port 587) or tls (mostly port 465) at 'security' below 'smtp' "
            "in newsletter.yaml, or in NEWSLETTER_SMTP_SECURITY",
        ),
        *(
            (
                [host, "", "none"],
                f"without encryption, message and password could be read on the way to '{host}'",
                "write 'security: starttls' or 'security: tls' below 'smtp' in newsletter.yaml; "
                "none is only for a server on this computer (localhost)",
            )
            for host in ("mail.example.org", "10.0.0.1", "::2", "localhost.example.org")
        ),
    ],
)
def test_settings_with_which_nothing_can_be_sent_are_told(
    settings: list[str], message: str, hint: str
) -> None:
    with pytest.raises(NewsletterError) as stopped:
        server_of({}, *settings)
    assert stopped.value.problems == (
        Problem("mail server", None, Level.ERROR, "smtp-server", message, hint),
    )


def test_a_problem_names_the_server_with_its_port() -> None:
    names = [Server(host, 587).name for host in ("mail.example.org", "127.0.0.1", "::1")]
    assert names == ["mail.example.org:587", "127.0.0.1:587", "[::1]:587"]


class _Locked(keyring.backend.KeyringBackend):
    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked


@pytest.fixture(name="kept")
def _kept(tmp_path: Path) -> Iterator[PlaintextKeyring]:
    """A keyring that is a file, in place of the computer's own."""
    before = keyring.get_keyring()
    kept = PlaintextKeyring()
    kept.file_path = str(tmp_path / "keyring.cfg")
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


def test_a_password_comes_from_the_environment_or_else_from_the_keyring(
    kept: PlaintextKeyring,
) -> None:
    server = Server("mail.example.org", 587, "starttls", "me")
    given = {"NEWSLETTER_SMTP_PASSWORD": "given"}
    assert password_of(server, {}) is None
    assert password_of(server, given) == "given"
    kept.set_password("mail.example.org", "me", PASSWORD)
    assert password_of(server, {}) == PASSWORD
    assert password_of(server, {"NEWSLETTER_SMTP_PASSWORD": ""}) == PASSWORD
    assert password_of(server, given) == "given"
    assert password_of(server._replace(user="you"), {}) is None
    assert password_of(server._replace(user=""), given) is None


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, _Locked])
def test_a_keyring_that_cannot_be_had_knows_no_password(
    kept: PlaintextKeyring, backend: type[keyring.backend.KeyringBackend]
) -> None:
    keyring.set_keyring(backend())
    assert password_of(Server("mail.example.org", 587, "starttls", "me"), {}) is None


def test_no_keyring_knows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert password_of(Server("mail.example.org", 587, "starttls", "me"), {}) is None
