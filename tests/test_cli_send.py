"""`newsletter send-test` and `send-list`, as editors run them, through a real mail server."""

import os
import re
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import NamedTuple

import pytest

from newsletter.build import build
from newsletter.outbox.server import Security, Server, server_of
from newsletter.project import open_project
from tests.examples import SETTINGS_OF_EXAMPLE, write
from tests.mail_servers import USER, Mail, running

SENDING = f"Sending through localhost as {USER} ...\n"


class Run(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture(name="mail")
def _mail() -> Mail:
    return running()


@pytest.fixture(name="newsletter", autouse=True)
def _newsletter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter without fault, in the current folder."""
    write("intro: 'Dear [[first_name|reader]], here are new figures.'", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(mail: Mail, *arguments: str, door: str = "starttls", **variables: str) -> Run:
    """One command, with the server's settings in the environment."""
    program = Path(sys.executable).parent / "newsletter"
    own = mail.environ(door=door, user=USER)
    done = subprocess.run(
        [program, *arguments], env={**os.environ, **own, **variables},
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, _without_port(done.stderr))


def _without_port(text: str) -> str:
    return re.sub(r"localhost:\d+", "localhost", text)


def _settings(folder: Path, more: str) -> None:
    path = folder / "newsletter.yaml"
    path.write_text(path.read_text("utf-8") + more, "utf-8")


def test_a_test_comes_with_its_mark_its_headers_and_both_parts_byte_for_byte(
    mail: Mail, newsletter: Path
) -> None:
    _settings(newsletter, "platform: mailchimp\n")
    done = run(mail, "send-test", "2024-05", "--to", "anna@example.org")
    assert done == Run(0, "Sent to anna@example.org.\n", SENDING)
    message = message_from_bytes(mail.received("anna"), policy=default)
    assert {
        name: message[name]
        for name in ("From", "To", "Subject", "List-Unsubscribe", "X-Unsent", "MIME-Version")
    } == {
        "From": "Example Trust <editor@example.org>",
        "To": "anna@example.org",
        "Subject": "[TEST] Safeguarding Monthly: new figures on neglect",
        "List-Unsubscribe": "<https://example.org/unsubscribe>",
        "X-Unsent": None,
        "MIME-Version": "1.0",
    }
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", message["Message-ID"])
    assert message["Date"].datetime.tzinfo
    result = build(newsletter / "issues" / "2024-05.yaml", open_project(newsletter))
    sample = message_from_bytes(result.eml(), policy=default)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_payload(decode=True) for part in message.iter_parts()] == [
        part.get_payload(decode=True) for part in sample.iter_parts()
    ]


def test_tags_of_the_platform_have_sample_values(mail: Mail, newsletter: Path) -> None:
    _settings(newsletter, "platform: mailchimp\n")
    run(mail, "send-test", "2024-05", "--to", "anna@example.org")
    message = message_from_bytes(mail.received("anna"), policy=default)
    for part in message.iter_parts():
        words = part.get_payload(decode=True)
        assert isinstance(words, bytes)
        assert b"Dear Alex, here are new figures." in words
        assert b"https://example.com/unsubscribe" in words
        assert b"1 Example Street, Exampleton EX1 1EX" in words
        assert b"*|" not in words


def test_one_click_is_offered_where_it_is_given(mail: Mail, newsletter: Path) -> None:
    links = "{one_click: https://example.org/one, unsubscribe: 'mailto:leave@example.org'}"
    path = newsletter / "newsletter.yaml"
    path.write_text(re.sub(r"(?m)^links:\n.*\n", "", path.read_text("utf-8")), "utf-8")
    _settings(newsletter, f"links: {links}\n")
    done = run(mail, "send-test", "2024-05", "--to", "anna@example.org")
    assert done.code == 0, done.err
    message = message_from_bytes(mail.received("anna"), policy=default)
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (
        "<https://example.org/one>, <mailto:leave@example.org>",
        "List-Unsubscribe=One-Click",
    )


def test_the_server_may_stand_in_the_settings(mail: Mail, newsletter: Path) -> None:
    server = mail.server("tls", USER)
    smtp = f"{{host: {server.host}, port: {server.port}, security: tls, user: {USER}}}"
    _settings(newsletter, f"smtp: {smtp}\n")
    unset = {f"NEWSLETTER_SMTP_{name}": "" for name in ("HOST", "PORT", "SECURITY", "USER")}
    done = run(mail, "send-test", "2024-05", "--to", "ben@example.org", **unset)
    assert done == Run(0, "Sent to ben@example.org.\n", SENDING)
    assert mail.received("ben")


@pytest.mark.parametrize(
    ("smtp", "security"),
    [
        ("{host: localhost, port: 465}", "tls"),
        ("{host: localhost, port: 587}", "starttls"),
        ("{host: localhost}", "starttls"),
        ("{host: localhost, port: 465, security: starttls}", "starttls"),
    ],
)
def test_the_port_says_how_to_talk_unless_the_settings_do(
    smtp: str, security: Security, newsletter: Path
) -> None:
    _settings(newsletter, f"smtp: {smtp}\n")
    given = open_project(newsletter).settings.smtp
    server = server_of({}, given.host, given.port or "", given.security or "", given.user)
    assert server == Server("localhost", 465 if "465" in smtp else 587, security)


def test_a_password_in_the_settings_is_refused(mail: Mail, newsletter: Path) -> None:
    _settings(newsletter, "smtp: {host: localhost, password: swordfish}\n")
    done = run(mail, "send-test", "2024-05", "--to", "ben@example.org")
    assert done.code == 1
    assert done.err == (
        "newsletter.yaml:9:25: error: 'smtp' has no 'password' [unknown-field]\n"
        "        remove it: a password stands in no file of a newsletter, but in the variable\n"
        "        NEWSLETTER_SMTP_PASSWORD or in your computer's keyring (keyring set HOST USER)\n"
    )


def test_who_is_refused_is_told_and_the_others_get_it(mail: Mail) -> None:
    to = ("--to", "anna@example.org", "--to", "nobody@example.org", "--to", "busy@example.org")
    done = run(mail, "send-test", "2024-05", *to)
    assert (done.code, done.out) == (1, "Sent to anna@example.org.\n")
    assert [line for line in done.err.splitlines() if ": error: " in line] == [
        "localhost: error: there is no mailbox 'nobody@example.org'; the server says: 550 5.1.1 "
        "<nobody@example.org>: Recipient address rejected: User unknown in virtual mailbox table "
        "[smtp-refused]",
        "localhost: error: 'localhost' asks to try 'busy@example.org' again later: it is busy, or "
        "has strangers wait (greylisting); the server says: 450 4.2.0 <busy@example.org>: "
        "Recipient address rejected: Greylisted for 300 seconds [smtp-later]",
    ]
    assert mail.received("anna")


def test_a_wrong_password_is_told_and_not_shown(mail: Mail) -> None:
    to = ("--to", "anna@example.org")
    done = run(mail, "send-test", "2024-05", *to, NEWSLETTER_SMTP_PASSWORD="swordfish")  # noqa: S106
    assert done.code == 1
    assert f"'localhost' does not let '{USER}' in with this password" in done.err
    assert "swordfish" not in done.out + done.err


def test_a_certificate_that_nobody_vouches_for_is_told(mail: Mail) -> None:
    done = run(mail, "send-test", "2024-05", "--to", "anna@example.org", door="untrusted")
    assert done == Run(
        1,
        "",
        f"{SENDING}localhost: error: the certificate of 'localhost' comes from nobody whom this "
        "computer trusts [smtp-certificate]\n"
        "        nothing was sent; ask whoever runs it for its right name, or for a good "
        "certificate\n",
    )


def test_an_issue_with_an_error_is_sent_as_a_draft_only(mail: Mail, newsletter: Path) -> None:
    path = newsletter / "issues" / "2024-05.yaml"
    path.write_text(path.read_text("utf-8") + "outro: See [this](nowhere).\n", "utf-8")
    to = ("--to", "carla@example.org")
    refused = run(mail, "send-test", "2024-05", *to)
    assert (refused.code, refused.out) == (1, "")
    assert "[link-target]" in refused.err
    sent = run(mail, "send-test", "2024-05", *to, "--draft")
    assert (sent.code, sent.out) == (0, "Sent to carla@example.org.\n")
    assert mail.received("carla")


def test_a_test_goes_to_five_at_most(mail: Mail) -> None:
    to = [word for number in range(6) for word in ("--to", f"a{number}@example.org")]
    done = run(mail, "send-test", "2024-05", *to)
    assert done.code == 2
    assert "a test goes to at most 5 addresses, not 6" in done.err


def test_what_is_no_address_is_told_before_anything_is_sent(mail: Mail) -> None:
    done = run(mail, "send-test", "2024-05", "--to", "anna")
    assert done.code == 2
    assert "'anna' is not an email address" in done.err


def test_without_a_sender_nothing_is_sent(mail: Mail, newsletter: Path) -> None:
    path = newsletter / "newsletter.yaml"
    path.write_text(re.sub(r"(?m)^sender_email:.*\n", "", path.read_text("utf-8")), "utf-8")
    done = run(mail, "send-test", "2024-05", "--to", "anna@example.org")
    assert done.code == 1
    assert done.err == (
        "newsletter.yaml: error: it is not said which address the email comes from "
        "[no-sender-address]\n        give 'sender_email:' there\n"
    )


def test_a_mailing_list_gets_the_finished_email(mail: Mail) -> None:
    to = ("--to", "ben@example.org", "--platform", "mailman3")
    asked = run(mail, "send-list", "2024-05", *to)
    assert asked.code == 1
    assert asked.out.startswith(
        "'Safeguarding Monthly: new figures on neglect' goes to ben@example.org, and so to all "
        "its members.\nSend it?"
    )
    done = run(mail, "send-list", "2024-05", *to, "--yes")
    assert done == Run(0, "Sent to ben@example.org.\n", SENDING)
    message = message_from_bytes(mail.received("ben"), policy=default)
    assert message["Subject"] == SETTINGS_OF_EXAMPLE["publication"] + ": new figures on neglect"  # type: ignore[operator]
    assert message["List-Unsubscribe"] is None
    text = message.get_body(("plain",))
    assert text
    assert "Unsubscribe" not in text.get_content()


def test_only_a_mailing_list_takes_a_message(mail: Mail) -> None:
    done = run(mail, "send-list", "2024-05", "--to", "ben@example.org", "--yes")
    assert done.code == 2
    assert "'generic' is no mailing list that takes messages" in done.err
