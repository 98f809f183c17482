"""What has reached the end of its keeping time is erased or deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.audit.models import Installation
from recruiter.candidates.models import Candidate
from recruiter.foundation.act import Moment
from recruiter.foundation.database.chunks import chunks
from recruiter.foundation.database.committed import once_committed
from recruiter.foundation.database.db import Base
from recruiter.privacy.erasure import erasure_services, row_services
from recruiter.privacy.places import Places
from recruiter.privacy.retention import retention_queries
from recruiter.privacy.retention.retention_rules import DueItem

ROWS = {
    "protected_answer": (),
    "prediction": ("prediction_use",),
    "kept_card": (),
    "kept_form": (),
}  # tables of which rows are deleted, with what hangs on them
CASES = "budget_case"


def run(
    session: Session,
    *,
    places: Places,
    act: Moment,
    only_set: bool = False,
    most_people: int | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> list[DueItem]:
    """Erase and delete what has reached the end of its keeping time; what is on hold stays. Answers all that was due.

    With `only_set` what nobody set a time for stays. At most `most_people` are erased, the others at the next run.
    A second run finds nothing more to do; each run stands in the audit trail.
    """
    times = retention_queries.schedule(session, only_set=only_set)
    items = retention_queries.due_items(session, times=times, places=places, moment=act)
    ending = [item for item in items if not item.on_hold]
    people = [item for item in ending if item.table == "candidate"]
    left = set(people[most_people:]) if most_people is not None else set()
    for item in people:
        if item in left:
            continue
        candidate = session.get_one(Candidate, item.number, populate_existing=True)
        if candidate.erased_at is None:
            erasure_services.erase(session, candidate=candidate, places=places, act=act)
            progress(f"Candidate {item.number} erased.")
    _delete_rows(session, ending)
    cases = [item.number for item in ending if item.table == CASES]
    if cases:
        row_services.treat(session, {CASES: cases})
    paths = [item.path for item in ending if item.path is not None]
    once_committed(session, lambda: _unlink(paths))
    done = [item for item in items if item not in left]
    audit.record(session, action=AuditAction.RETENTION_RUN, subject=Installation(), act=act, **summary(done))
    return done


def summary(items: Iterable[DueItem]) -> dict[str, dict[str, int]]:
    """How many ended, and how many were on hold, by purpose."""
    counts: dict[str, Counter[str]] = {"ended": Counter(), "on_hold": Counter()}
    for item in items:
        counts["on_hold" if item.on_hold else "ended"][item.due.purpose.value] += 1
    return {key: dict(sorted(each.items())) for key, each in counts.items()}


def _delete_rows(session: Session, ending: list[DueItem]) -> None:
    for name, parts in ROWS.items():
        for some in chunks([item.number for item in ending if item.table == name]):
            for part in parts:
                table = Base.metadata.tables[part]
                session.execute(delete(table).where(table.c[f"{name}_id"].in_(some)))
            table = Base.metadata.tables[name]
            session.execute(delete(table).where(table.c.id.in_(some)))


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
