"""The audit chain."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@click.option(
    "--anchor",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that keeps the head of the chain; made where it is missing.",
)
def verify(anchor: Path | None) -> None:
    """Check that the chain is whole, or say where it is not; with --anchor also that nothing was cut off or rewritten."""
    from sqlalchemy import select

    from recruiter.audit import queries
    from recruiter.audit.models import AuditEntry

    with application() as (session, _now):
        verdict = queries.verify(session)
        if not verdict.whole:
            where = f"entry {verdict.first_bad}" if verdict.first_bad else "its end"
            raise click.ClickException(f"The audit chain is broken at {where}.")
        if anchor and anchor.exists():
            anchored = json.loads(anchor.read_text())
            hashes = list(session.scalars(select(AuditEntry.hash).order_by(AuditEntry.id)))
            if len(hashes) < anchored["entries"]:
                raise click.ClickException(
                    f"The chain is shorter than its anchor: {len(hashes)} entries, {anchored['entries']} were anchored."
                )
            if anchored["entries"] and hashes[anchored["entries"] - 1] != anchored["head"]:
                raise click.ClickException("The chain was rewritten since it was anchored.")
        elif anchor:
            anchor.write_text(json.dumps({"entries": verdict.entries, "head": verdict.head}))
    click.echo(f"The audit chain is whole: {verdict.entries} entries.")


@audit.command()
@click.argument("email")
@click.option("--from", "start", type=click.DateTime(), required=True, help="When it began, on the company's clock.")
@click.option("--until", "end", type=click.DateTime(), help="When it ended; without it, now.")
@terminal.as_json
def exposure(email: str, start: dt.datetime, end: dt.datetime | None, as_json: bool) -> None:
    """Whose data the account of EMAIL could see in a time: for who looks into a stolen password, laptop or token.

    From the audit trail: roles, teams of requisitions and panels as they were. It errs on the side of more.
    """
    from recruiter.accounts import queries as accounts
    from recruiter.foundation import wording
    from recruiter.policy import exposure_queries

    with application() as (session, moment):
        user = accounts.by_email(session, email)
        if user is None:
            raise click.ClickException(f"Nobody here has an account with the address {email}.")
        begin = start.replace(tzinfo=moment.zone)
        until = end.replace(tzinfo=moment.zone) if end else moment.now
        if until < begin:
            raise click.ClickException("The end is before the beginning.")
        seen = exposure_queries.exposed(session, user=user, start=begin, end=until)
        times = exposure_queries.sign_ins(session, user=user, start=begin, end=until)
        rows = [
            {
                "candidate_id": record.id,
                "name": record.name,
                "since": each.since.astimezone(moment.zone),
                "why": each.why,
            }
            for each, record in seen
        ]
    if as_json:
        terminal.print_json({"account": email, "sign_ins": times, "candidates": rows})
        return
    for row in rows:
        click.echo(f"{row['candidate_id']} {row['name']}, from {row['since']:%Y-%m-%d %H:%M}: {row['why']}")
    click.echo(f"{wording.plural(len(rows), 'candidate')}, {wording.plural(times, 'sign-in')} in that time.")
