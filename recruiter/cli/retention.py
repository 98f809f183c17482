"""How long data is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from recruiter.cli import terminal
from recruiter.cli.app_context import application

if TYPE_CHECKING:
    from recruiter.privacy.retention.retention_rules import DueItem

WORDS = {
    "candidate": "Candidate",
    "protected_answer": "Answer",
    "prediction": "Ranking",
    "budget_case": "Budget case",
    "kept_card": "Scorecard draft",
    "kept_form": "Form draft",
}


@click.group()
def retention() -> None:
    """Data that has reached the end of its keeping time."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="List what would go, change nothing.")
@terminal.as_json
def run(dry_run: bool, as_json: bool) -> None:
    """Erase who has reached the end of their keeping time, and delete old answers and logs; what is on legal hold stays.

    Figures and past decisions stay, without the person. Keeping times are set in Settings, Retention; where none is set
    the usual time counts. The worker runs this every night by itself, for what has a time that was set.
    """
    from recruiter.foundation.database import compaction
    from recruiter.foundation.database.db import db
    from recruiter.privacy.retention import retention_queries, retention_services
    from recruiter.request_context import places

    with application(write=not dry_run) as (session, moment):
        if dry_run:
            times = retention_queries.schedule(session)
            items = retention_queries.due_items(session, times=times, places=places(), moment=moment)
        else:
            items = retention_services.run(session, places=places(), act=moment, progress=terminal.say)
            session.commit()
            if items and not compaction.compact(db.engine):
                click.echo(compaction.STILL_READ, err=True)
    if as_json:
        terminal.print_json({"dry_run": dry_run, "items": [_row(item) for item in items]})
        return
    _print(items, dry_run=dry_run)


def _row(item: DueItem) -> dict[str, object]:
    return {
        "purpose": item.due.purpose.value,
        "place": item.due.place,
        "due_on": item.due.on,
        "of": item.table,
        "id": item.path.name if item.path else item.number,
        "on_hold": item.on_hold,
    }


def _print(items: Sequence[DueItem], *, dry_run: bool) -> None:
    """Say what is due by purpose and place, with each thing when it is only listed, and how much went."""
    from recruiter.foundation import wording

    groups: dict[str, list[DueItem]] = defaultdict(list)
    for item in items:
        groups[item.due.group].append(item)
    for title, group in sorted(groups.items()):
        on_hold = sum(item.on_hold for item in group)
        click.echo(f"{title}: {len(group) - on_hold}{f', and {on_hold} on legal hold, kept' if on_hold else ''}")
        for item in group if dry_run else ():
            name = item.path.name if item.path else f"{WORDS[item.table]} {item.number}"
            hold = ", on legal hold" if item.on_hold else ""
            click.echo(f"  {name}, due {wording.dated(item.due.on)}{hold}")
    ended = sum(not item.on_hold for item in items)
    click.echo(f"{ended} {'would go' if dry_run else 'went'}, {len(items) - ended} on legal hold.")
