"""`newsletter send-test` and `newsletter send-list`: an email, sent from here."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from newsletter.cli.shared import find, finished, known_platforms, project_of, stop_at, tell
from newsletter.problems import Faults, Level, cannot

if TYPE_CHECKING:
    from newsletter.values import Mailbox

MOST = 5
"""Addresses of a test: what goes to more is no test."""


class _Address(click.ParamType["Mailbox"]):
    name = "address"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Mailbox":
        from newsletter.values import Mailbox

        try:
            return Mailbox.parse(value.strip())
        except Faults as error:
            self.fail(f"{error.faults[0].message}. {error.faults[0].hint}", param, ctx)


@click.command("send-test")
@click.argument("issue", metavar="ISSUE")
@click.option(
    "--to",
    "addresses",
    type=_Address(),
    multiple=True,
    required=True,
    metavar="ADDRESS",
    help=f"Send it to this address; at most {MOST}, with --to before each.",
)
@click.option(
    "--platform",
    default="",
    metavar="NAME",
    help="As for this mailing platform, not for the settings' one.",
)
@click.option("--draft", is_flag=True, help="In spite of errors.")
def send_test(issue: str, addresses: "tuple[Mailbox, ...]", platform: str, draft: bool) -> None:
    """Send ISSUE to yourself and a few colleagues, to be looked at in real mail programs.

    The subject begins with [TEST], and tags of the mailing platform have sample values. The mail
    server stands under `smtp:` in newsletter.yaml, or in the variables NEWSLETTER_SMTP_HOST, _PORT,
    _SECURITY and _USER; its password in NEWSLETTER_SMTP_PASSWORD or in your computer's keyring
    (`keyring set HOST USER`), never in a file of the newsletter.

    \b
    Example:
      newsletter send-test 2024-05 --to me@example.org
    """
    several = tuple(dict.fromkeys(addresses))
    if len(several) > MOST:
        raise click.BadParameter(
            f"a test goes to at most {MOST} addresses, not {len(several)}", param_hint="--to"
        )
    _send(issue, several, platform, draft, "[TEST] ")


@click.command("send-list")
@click.argument("issue", metavar="ISSUE")
@click.option(
    "--to",
    "address",
    type=_Address(),
    required=True,
    metavar="ADDRESS",
    help="The address that members of the list post to.",
)
@click.option(
    "--platform", default="", metavar="NAME", help="The mailing list's kind: mailman3, say."
)
@click.option("--yes", is_flag=True, help="Send it without asking.")
def send_list(issue: str, address: "Mailbox", platform: str, yes: bool) -> None:
    """Send ISSUE, finished, to a mailing list, which passes it on to all its members.

    For mailing lists that take a message, such as Mailman's. The mail server is that of
    `newsletter send-test`.

    \b
    Example:
      newsletter send-list 2024-05 --to round-up@lists.example.org --platform mailman3
    """
    _send(issue, (address,), platform, False, "", to_list=True, ask=not yes)


def _send(
    issue: str,
    addresses: "tuple[Mailbox, ...]",
    platform: str,
    draft: bool,
    before: str,
    *,
    to_list: bool = False,
    ask: bool = False,
) -> None:
    from newsletter.message import Posting, sender_of
    from newsletter.outbox import password_of, send, server_of
    from newsletter.project import SETTINGS

    project = project_of((issue,))
    stop_at(project.problems, Level.ERROR)
    name = known_platforms((platform,) if platform else (), project)[0]
    if "," in platform:
        raise click.BadParameter("a message is for one platform only", param_hint="--platform")
    smtp = project.settings.smtp
    server = server_of(os.environ, smtp.host, smtp.port or "", smtp.security or "", smtp.user)
    result = finished(find((issue,), project)[0], project, name, draft)
    if result.settings is None or result.email is None or result.profile is None:
        raise SystemExit(1)
    if to_list and result.profile.shape != "mime":
        raise click.UsageError(
            f"'{name}' is no mailing list that takes messages. Write --platform mailman3, say."
        )
    if not (result.settings.sender_email or result.settings.contact):
        raise cannot(
            SETTINGS,
            "no-sender-address",
            "it is not said which address the email comes from",
            "give 'sender_email:' there",
        )
    if ask:
        click.echo(f"'{result.email.subject}' goes to {addresses[0]}, and so to all its members.")
        click.confirm("Send it?", abort=True)
    message = result.eml(Posting(datetime.now(UTC), addresses, before))
    by = f" as {server.user}" if server.user else ""
    click.echo(f"Sending through {server.name}{by} ...", err=True)
    password = password_of(server, os.environ)
    sent = send(message, sender_of(result.settings), addresses, server, password)
    tell(sent.problems)
    if sent.to:
        click.echo(f"Sent to {', '.join(sent.to)}.")
    if sent.to and result.profile.shape not in ("document", "mime"):
        click.echo(
            f"{result.profile.name} makes something else of it: send a test from there, too.",
            err=True,
        )
    if sent.problems:
        raise SystemExit(1)
