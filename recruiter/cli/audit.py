"""The audit chain."""

from __future__ import annotations

import json
from pathlib import Path

import click

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
