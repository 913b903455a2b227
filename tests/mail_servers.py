"""A mail service on this machine: Debian's Postfix and Dovecot, for tests of sending.

They stand on 127.0.0.1 only, at ports that are free, in a folder made for them, and touch nothing
of the machine's own mail. Postfix takes messages by SMTP and puts them into Maildirs; Dovecot
knows the password, and gives the messages out by IMAP. Nothing leaves the machine: Postfix takes
messages for example.org alone, and has no program that could send them on.

Both are started by root. `python -m tests.mail_servers` is that process: it ends when its standard
input does, so also when the tests are killed, and takes everything with it.
"""

import atexit
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from imaplib import IMAP4_SSL
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest
import trustme

from newsletter.outbox import Server
from newsletter.outbox.server import Security

HOST = "localhost"
USER = "editor"
PASSWORD = "correct-horse-Pässwörd"  # noqa: S105 - of servers that stand for seconds

DOORS: Mapping[str, tuple[str, ...]] = {
    "starttls": (),
    "tls": ("smtpd_tls_wrappermode=yes",),
    "plain": ("smtpd_tls_security_level=none", "smtpd_sasl_auth_enable=no", "smtpd_login="),
    "must_encrypt": ("smtpd_tls_security_level=encrypt",),
    "ascii": ("smtpd_discard_ehlo_keywords=8bitmime,size",),
    "only_login": ("smtpd_sasl_mechanism_filter=login",),
    "only_digest": ("smtpd_sasl_mechanism_filter=cram-md5",),
    "closed": ("smtpd_client_restrictions=reject",),
    "overloaded": (
        "{ smtpd_client_restrictions = check_client_access static:{421 4.3.2 Come back later} }",
    ),
    "outdated": ("smtpd_tls_mandatory_protocols=TLSv1", "smtpd_tls_protocols=TLSv1"),
    "untrusted": ("smtpd_tls_chain_files=$folder/untrusted.pem",),
    "self_made": ("smtpd_tls_chain_files=$folder/self_made.pem",),
    "other_host": ("smtpd_tls_chain_files=$folder/other_host.pem",),
    "expired": ("smtpd_tls_chain_files=$folder/expired.pem",),
    "not_yet": ("smtpd_tls_chain_files=$folder/not_yet.pem",),
}
"""The ports of Postfix, and in what each is otherwise than it should be. All want a login after
STARTTLS (`tls`: under TLS from the first byte), but `plain`, which knows neither."""

SENDERS = {
    "blocked": "553 5.7.1 Not with this address",
    "unknown": "450 4.1.8 Domain not found",
    "hesitant": "451 4.7.1 Let me think about it",
    "leaving": "421 4.3.0 Closing down",
    "silent": "sleep 10",
}
"""What happens to messages from these at example.org; to the last three after the message."""

RECIPIENTS = {
    "busy": "450 4.2.0 Greylisted for 300 seconds",
    "closing": "421 4.3.0 Closing down",
    "slow": "sleep 10",
    "full": "552 5.2.2 The mailbox is full",
    "private": "554 5.7.1 Members only",
    "gone": "551 5.1.6 User has moved",
}
"""What happens to messages for these at example.org."""

READERS = (USER, "anna", "ben", "carla")
"""Who has a mailbox there."""

SPAM = "Casino"
"""A word that no message may have in it."""

LARGEST = 100_000
"""Bytes of a message."""

_ROOT = Path(__file__).parent.parent
_POSTFIX = Path("/usr/lib/postfix/sbin/master")
_DOVECOT = Path("/usr/sbin/dovecot")
_WAIT = 20  # seconds for a start, and for a message to arrive


class Mail(NamedTuple):
    """The running service. `authority` is the file of what its good certificates are trusted by."""

    ports: Mapping[str, int]
    authority: Path

    def server(self, door: str = "starttls", user: str = USER) -> Server:
        """How to send through one of DOORS."""
        kinds: dict[str, Security] = {"tls": "tls", "plain": "none"}
        return Server(HOST, self.ports[door], kinds.get(door, "starttls"), user)

    def environ(self, door: str = "starttls", user: str = USER) -> dict[str, str]:
        """What a command line wants in its environment to send through one of DOORS."""
        host, port, security, _ = self.server(door)
        return {
            "NEWSLETTER_SMTP_HOST": host,
            "NEWSLETTER_SMTP_PORT": str(port),
            "NEWSLETTER_SMTP_SECURITY": security,
            "NEWSLETTER_SMTP_USER": user,
            "NEWSLETTER_SMTP_PASSWORD": PASSWORD,
            "SSL_CERT_FILE": str(self.authority),
        }

    def trust(self) -> ssl.SSLContext:
        """Believes the good certificates."""
        return ssl.create_default_context(cafile=str(self.authority))

    def received(self, name: str) -> bytes:
        """The one message for a reader, with what servers put above it. Waits for it, and takes it
        out of the mailbox."""
        with IMAP4_SSL(HOST, self.ports["imaps"], ssl_context=self.trust(), timeout=_WAIT) as imap:
            imap.authenticate("PLAIN", lambda _: f"\0{name}\0{PASSWORD}".encode())
            end = time.monotonic() + _WAIT
            while (found := imap.select()[1]) == [b"0"]:
                assert time.monotonic() < end, f"nothing arrived for {name}"
                time.sleep(0.02)
            assert found == [b"1"]
            message = imap.fetch("1", "(BODY.PEEK[])")[1][0]
            imap.store("1", "+FLAGS", r"(\Deleted)")
            imap.expunge()
        assert isinstance(message, tuple)
        return message[1]


@cache
def running() -> Mail:
    """The service, started when first asked for; it ends with this process."""
    if reason := _lacking():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    as_root = () if os.geteuid() == 0 else ("sudo", "-n")
    process = subprocess.Popen(
        [*as_root, sys.executable, "-m", __name__],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # a Ctrl-C is for the tests, which then end it
    )
    atexit.register(process.communicate)
    assert process.stdout
    told = process.stdout.readline()
    assert told, "the mail servers did not start"
    ports, authority = json.loads(told)
    return Mail(ports, Path(authority))


def _lacking() -> str:
    """Why there can be no servers, if so."""
    if not all(path.exists() for path in (_POSTFIX, _DOVECOT, Path("/usr/lib/dovecot/imap"))):
        return "Postfix or Dovecot is not installed: apt-get install postfix dovecot-imapd"
    if os.geteuid() and not _may_be_root():
        return "only root may start Postfix"
    return ""


def _may_be_root() -> bool:
    done = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False)
    return bool(done and done.returncode == 0)


def _version() -> str:
    return subprocess.run(
        [_DOVECOT, "--version"], capture_output=True, text=True, check=True
    ).stdout


class _NotStarted(Exception):
    """A server ended at once, as it does when its port is taken."""


def _serve() -> None:
    """Have the servers run until standard input ends; say where they are."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for _ in range(3):  # a port that was free may be taken a moment later
        with suppress(_NotStarted), _service() as (folder, ports):
            print(json.dumps([ports, str(folder / "authority.pem")]), flush=True)  # noqa: T201
            sys.stdin.read()
            return


@contextmanager
def _service() -> Iterator[tuple[Path, Mapping[str, int]]]:
    # Not where TMPDIR says: servers go into it under several names, and their sockets' paths are
    # limited to 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="newsletter-mail-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        ports = _free_ports(*DOORS, "imap", "imaps")
        _certificates(folder)
        _configure_postfix(folder, ports)
        _configure_dovecot(folder, ports)
        with (
            _started([_DOVECOT, "-F", "-c", folder / "dovecot.conf"], ports["imaps"]),
            _started([_POSTFIX, "-d", "-c", folder], ports["starttls"]),
        ):
            yield folder, ports
    finally:
        shutil.rmtree(folder)


def _free_ports(*names: str) -> dict[str, int]:
    with ExitStack() as stack:
        sockets = {name: stack.enter_context(socket.socket()) for name in names}
        for one in sockets.values():
            one.bind(("127.0.0.1", 0))
        return {name: one.getsockname()[1] for name, one in sockets.items()}


@contextmanager
def _started(command: list[str | Path], port: int) -> Iterator[None]:
    """The server, which listens at `port`, and then is gone with all that it started."""
    process = subprocess.Popen(
        command,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + _WAIT
        while True:
            if process.poll() is not None or time.monotonic() > end:
                raise _NotStarted
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_WAIT)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _certificates(folder: Path) -> None:
    def write(name: str, content: bytes) -> None:
        path = folder / f"{name}.pem"
        path.touch(0o644 if name == "authority" else 0o600)
        path.write_bytes(content)

    now, day = datetime.now(UTC), timedelta(days=1)
    authority, another = trustme.CA(), trustme.CA()
    write("authority", authority.cert_pem.bytes())
    for name, certificate in {
        "good": authority.issue_cert(HOST),
        "untrusted": another.issue_cert(HOST),
        "other_host": authority.issue_cert("mail.example.net"),
        "expired": authority.issue_cert(HOST, not_before=now - 2 * day, not_after=now - day),
        "not_yet": authority.issue_cert(HOST, not_before=now + day, not_after=now + 2 * day),
    }.items():
        write(name, certificate.private_key_and_cert_chain_pem.bytes())
    write("self_made", another.private_key_pem.bytes() + another.cert_pem.bytes())


def _configure_postfix(folder: Path, ports: Mapping[str, int]) -> None:
    owner, nobody = pwd.getpwnam("postfix"), pwd.getpwnam("nobody")
    queue = folder / "queue"
    queue.mkdir()
    for name in (
        *("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold"),
        *("incoming", "maildrop", "private", "public", "saved", "trace"),
    ):
        (queue / name).mkdir()
        os.chown(queue / name, owner.pw_uid, owner.pw_gid)
    (queue / "pid").mkdir()
    for name, who in (("data", owner), ("mail", nobody)):
        (folder / name).mkdir()
        os.chown(folder / name, who.pw_uid, who.pw_gid)
    recipients = "".join(f"{name}@example.org {row}\n" for name, row in RECIPIENTS.items())
    (folder / "recipients").write_text(recipients)
    mailboxes = "".join(f"{name}@example.org {name}/\n" for name in READERS)
    (folder / "mailboxes").write_text(mailboxes)
    (folder / "words").write_text(f"/{SPAM}/ REJECT No games here\n")
    (folder / "main.cf").write_text(
        dedent(f"""\
        compatibility_level = 3.6
        folder = {folder}
        queue_directory = $folder/queue
        data_directory = $folder/data
        maillog_file = $folder/postfix.log
        maillog_file_prefixes = $folder
        myhostname = mail.example.org
        mynetworks = 127.0.0.0/8
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        message_size_limit = {LARGEST}

        mydestination =
        local_recipient_maps =
        alias_maps =
        alias_database =
        default_transport = error:nothing leaves this machine
        relay_transport = error:nothing leaves this machine
        virtual_transport = virtual
        virtual_mailbox_domains = example.org
        virtual_mailbox_base = $folder/mail
        virtual_mailbox_maps = texthash:$folder/mailboxes
        virtual_uid_maps = static:{nobody.pw_uid}
        virtual_gid_maps = static:{nobody.pw_gid}

        smtpd_tls_security_level = may
        smtpd_tls_auth_only = yes
        smtpd_tls_chain_files = $folder/good.pem
        smtpd_sasl_auth_enable = yes
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = private/auth
        smtpd_delay_reject = no
        smtpd_login = permit_sasl_authenticated,
            check_sender_access static:{{530 5.7.0 Authentication required}}
        smtpd_sender_restrictions = check_sender_access inline:{{ {_rows("blocked", "unknown")} }},
            $smtpd_login
        smtpd_relay_restrictions = reject_unauth_destination
        smtpd_recipient_restrictions = check_recipient_access texthash:$folder/recipients
        smtpd_end_of_data_restrictions = check_sender_access inline:{{
            {_rows("hesitant", "leaving", "silent")} }}
        body_checks = regexp:$folder/words
        smtpd_error_sleep_time = 0
        in_flow_delay = 0
        """)
    )
    services = [
        "postlog unix-dgram n - n - 1 postlogd",
        "cleanup unix n - n - 0 cleanup",
        "qmgr unix n - n 300 1 qmgr",
        "tlsmgr unix - - n 1000? 1 tlsmgr",
        "rewrite unix - - n - - trivial-rewrite",
        *(f"{name} unix - - n - 0 bounce" for name in ("bounce", "defer", "trace")),
        "error unix - - n - - error",
        "virtual unix - n n - - virtual",
        "anvil unix - - n - 1 anvil",
    ]
    for door, settings in DOORS.items():
        services.append(f"127.0.0.1:{ports[door]} inet n - n - - smtpd")
        services += [f"    -o {setting}" for setting in settings]
    (folder / "master.cf").write_text("\n".join(services) + "\n")
    for path in folder.iterdir():  # Postfix waits until its files are no longer new
        os.utime(path, (0, 0))


def _rows(*senders: str) -> str:
    return ", ".join(f"{{ {name}@example.org = {SENDERS[name]} }}" for name in senders)


def _configure_dovecot(folder: Path, ports: Mapping[str, int]) -> None:
    nobody = pwd.getpwnam("nobody")
    values = {
        "certificate": folder / "good.pem",
        "mail": folder / "mail",
        "password": PASSWORD,
        "user": nobody.pw_uid,
        "group": nobody.pw_gid,
    }
    special = _DOVECOT_2_3 if _version().startswith("2.3.") else _DOVECOT_2_4
    general = f"""\
        base_dir = {folder}/run
        state_dir = {folder}/run
        log_path = {folder}/dovecot.log
        listen = 127.0.0.1
        protocols = imap
        ssl = required
        auth_mechanisms = plain login cram-md5
        auth_failure_delay = 0 secs
        first_valid_uid = 1
        service auth {{
          unix_listener {folder}/queue/private/auth {{
            mode = 0600
            user = postfix
          }}
        }}
        service anvil {{
          unix_listener anvil-auth-penalty {{
            mode = 0
          }}
        }}
        service imap-login {{
          inet_listener imap {{
            port = {ports["imap"]}
          }}
          inet_listener imaps {{
            port = {ports["imaps"]}
            ssl = yes
          }}
        }}
        """
    text = dedent(special).format_map(values) + dedent(general)
    (folder / "dovecot.conf").write_text(text, "utf-8")


_DOVECOT_2_3 = """\
    ssl_cert = <{certificate}
    ssl_key = <{certificate}
    mail_location = maildir:{mail}/%n
    passdb {{
      driver = static
      args = password={password}
    }}
    userdb {{
      driver = static
      args = uid={user} gid={group} home={mail}/%n
    }}
    """
_DOVECOT_2_4 = """\
    dovecot_config_version = 2.4.0
    dovecot_storage_version = 2.4.0
    ssl_server_cert_file = {certificate}
    ssl_server_key_file = {certificate}
    mail_driver = maildir
    mail_path = {mail}/%{{user}}
    passdb static {{
      password = {password}
    }}
    userdb static {{
      fields {{
        uid = {user}
        gid = {group}
        home = {mail}/%{{user}}
      }}
    }}
    """


if __name__ == "__main__":
    _serve()
