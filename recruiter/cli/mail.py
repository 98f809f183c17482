"""Mail that comes in."""

from __future__ import annotations

import sys

import click

from recruiter.cli.app_context import application

MOST_BYTES = 25 * 1024 * 1024


@click.group()
def mail() -> None:
    """Mail that comes in."""


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
