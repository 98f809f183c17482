"""Mail that comes in, and mail that a restore holds."""

from __future__ import annotations

import sys

import click

from recruiter.cli.app_context import application

MOST_BYTES = 25 * 1024 * 1024


@click.group()
def mail() -> None:
    """Mail that comes in, and mail that a restore holds."""


@mail.command()
def ingest() -> None:
    """Read one message from standard input and record it as a contact of its candidate.

    For a mail server's pipe or an alias. What a candidate wrote is recorded as received, what a colleague wrote to one
    (with the alias in copy) as sent. The same message twice is recorded once. Addresses are never printed.
    """
    from recruiter.keepwarm.contacts import inbound_mail, inbound_mail_parser

    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise click.ClickException("The message is larger than 25 MB. Nothing was saved.")
    try:
        message = inbound_mail_parser.read(raw)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    with application(write=True) as (session, moment):
        recorded = inbound_mail.record(session, letter=message, moment=moment)
        where = f"application {recorded.application.id} ({recorded.application.requisition.key})"
    click.echo(f"Recorded before: {where}." if recorded.known else f"Recorded as a contact of {where}.")


@mail.command()
@click.option("--drop", is_flag=True, help="Throw them away instead.")
def release(*, drop: bool) -> None:
    """Send the mails that a restore holds, since they may have gone out before it."""
    from recruiter.foundation import jobs, wording

    with application(write=True) as (session, _):
        count = jobs.let_go(session, drop=drop)
    if not count:
        click.echo("No mails are held.")
    else:
        click.echo(f"{wording.plural(count, 'mail')} {'thrown away' if drop else 'let go: the worker sends them'}.")
