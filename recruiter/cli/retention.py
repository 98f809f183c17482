"""How long data is kept."""

from __future__ import annotations

from collections import Counter

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application


@click.group()
def retention() -> None:
    """Data that has reached the end of its keeping time."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="List what would go, change nothing.")
@terminal.as_json
def run(dry_run: bool, as_json: bool) -> None:
    """Erase who has reached the end of their keeping time, and delete old answers and logs; what is on legal hold stays.

    Figures and past decisions stay, without the person. Keeping times are set in Settings, Retention.
    """
    from recruiter.foundation.database import compaction
    from recruiter.foundation.database.db import db
    from recruiter.privacy.retention import retention_queries, retention_services
    from recruiter.request_context import places

    with application(write=not dry_run) as (session, moment):
        if dry_run:
            items = retention_queries.due_items(session, moment=moment)
        else:
            items = retention_services.run(session, places=places(), act=moment, progress=terminal.say)
            session.commit()
            if items and not compaction.compact(db.engine):
                click.echo(compaction.STILL_READ, err=True)
    rows = [
        {"purpose": item.due.purpose.value, "place": item.due.place, "due_on": item.due.on, "of": item.table, "id": item.number, "on_hold": item.on_hold}
        for item in items
    ]  # fmt: skip
    if as_json:
        terminal.print_json({"dry_run": dry_run, "items": rows})
        return
    counts = Counter((row["purpose"], row["place"], row["of"], row["on_hold"]) for row in rows)
    for (purpose, place, table, on_hold), count in sorted(counts.items(), key=str):
        where = f" at {place}" if place else ""
        click.echo(f"{purpose}{where}: {count} {table}{' on legal hold, kept' if on_hold else ''}")
    if dry_run:
        for row in rows:
            click.echo(f"  {row['of']} {row['id']}: {row['purpose']}, due {row['due_on']}")
    ended = sum(not item.on_hold for item in items)
    click.echo(f"{ended} {'would go' if dry_run else 'went'}, {len(items) - ended} on legal hold.")
