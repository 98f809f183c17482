"""What was entered here, as tables: no pay, no drafts of scorecards."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar, cast

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.candidates.models import Candidate, ContactKind
from recruiter.foundation.database import damage, sound_reading
from recruiter.foundation.database.damage import DamagedRow
from recruiter.foundation.storable_text import storable
from recruiter.interviews.models import Interview, Panelist
from recruiter.pipeline.models import Application, StageChange
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.models import Scorecard

Row = TypeVar("Row")


@dataclass(frozen=True)
class ExportTable:
    """One table to be written: its header, its lines, and the rows that could not be read."""

    header: list[str]
    lines: list[list[object]]
    left_out: tuple[DamagedRow, ...] = ()


def _cell(value: object) -> object:
    """A value as a cell: instants in UTC, states by their value, lists as one text, yes and no as 1 and 0."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list) and not (value and isinstance(value[0], list)):
        return storable("; ".join(value))
    if isinstance(value, str):
        return storable(value)
    return int(value) if isinstance(value, bool) else "" if value is None else value


def _reached(path: str) -> Callable[[object], object]:
    """What is reached from a row by a path of attributes; nothing where one of them on the way is not there."""
    names = path.split(".")
    return lambda row: functools.reduce(
        lambda reached, name: None if reached is None else getattr(reached, name), names, row
    )


def _table(session: Session, statement: Select[Row], names: str, **special: Callable[[Row], object]) -> ExportTable:
    """The columns of some rows: each named attribute (`stage=stage.name` for one of another), or what the function of that name makes of a row.

    One row that is damaged keeps none of the others from being written.
    """
    paths = {name: path or name for name, _, path in (column.partition("=") for column in names.split())}
    columns = [special.get(name) or _reached(path) for name, path in paths.items()]
    rows, damaged = sound_reading.read_around(session, lambda: session.scalars(statement).all())
    lines = []
    for row in rows:
        try:
            lines.append([_cell(column(row)) for column in columns])
        except damage.UNREADABLE:
            state = inspect(row)
            damaged.append(DamagedRow(state.mapper.local_table.name, state.identity[0], ()))
    return ExportTable(list(paths), lines, tuple(damaged))


def requisitions(session: Session) -> ExportTable:
    """Searches without their pay bands."""
    statement = select(Requisition).options(
        joinedload(Requisition.hiring_manager), selectinload(Requisition.attributes), selectinload(Requisition.stages)
    )
    return _table(
        session,
        statement.order_by(Requisition.id),
        "id key title status department location level hiring_manager=hiring_manager.email bar attributes stages "
        "imported created_at closed_at",
        attributes=lambda requisition: [f"{weighted.name}: {weighted.weight:g}" for weighted in requisition.attributes],
        stages=lambda requisition: [stage.name for stage in requisition.stages],
    )


def candidates(session: Session) -> ExportTable:
    """People who were considered, and how to reach them."""

    def reached_by(kind: ContactKind) -> Callable[[Candidate], list[str]]:
        return lambda candidate: [contact.value for contact in candidate.contacts if contact.kind == kind]

    statement = select(Candidate).where(Candidate.merged_into_id.is_(None)).order_by(Candidate.id)
    return _table(
        session,
        statement.options(selectinload(Candidate.contacts)),
        "id name headline location source emails phones links tags created_at",
        emails=reached_by(ContactKind.EMAIL),
        phones=reached_by(ContactKind.PHONE),
    )


def applications(session: Session) -> ExportTable:
    """Who stood or stands in which search, and how it ended."""
    statement = select(Application).options(
        joinedload(Application.candidate),
        joinedload(Application.requisition),
        joinedload(Application.stage),
        joinedload(Application.finalist),
        joinedload(Application.owner),
    )
    return _table(
        session,
        statement.order_by(Application.id),
        "id candidate_id candidate=candidate.name requisition=requisition.key stage=stage.name status ended_by "
        "reason_code reason applied_on stage_since ended_at finalist_position owner",
        applied_on=lambda application: application.applied_on.isoformat(),
        finalist_position=lambda application: application.finalist and application.finalist.position,
        owner=lambda application: application.owner and application.owner.email,
    )


def stage_changes(session: Session) -> ExportTable:
    """Every move, in order."""
    statement = select(StageChange).options(
        joinedload(StageChange.from_stage), joinedload(StageChange.to_stage), joinedload(StageChange.moved_by)
    )
    return _table(
        session,
        statement.order_by(StageChange.id),
        "id application_id from_stage to_stage=to_stage.name at=moved_at by=moved_by.email reason",
        from_stage=lambda change: change.from_stage and change.from_stage.name,
    )


def interviews(session: Session) -> ExportTable:
    """Conversations and who sat in them."""
    panel = selectinload(Interview.panel).joinedload(Panelist.user)
    statement = select(Interview).options(joinedload(Interview.stage), panel)
    return _table(
        session,
        statement.order_by(Interview.id),
        "id application_id name stage=stage.name starts_at ends_at status panel focus scored",
        panel=lambda interview: [panelist.user.email for panelist in interview.panel],
    )


def scorecards(session: Session) -> ExportTable:
    """Cards that were sent, one line a rating; a recommendation alone has a line without an attribute."""
    statement = select(Scorecard).where(Scorecard.sent).order_by(Scorecard.id)
    statement = statement.options(
        selectinload(Scorecard.ratings), selectinload(Scorecard.versions), joinedload(Scorecard.author)
    )
    table = _table(
        session,
        statement,
        "id application_id interview_id interviewer=author.email state submitted_at ratings overall summary scale_min scale_max after_reveal",
        ratings=lambda card: [[rating.attribute, rating.rating, rating.evidence] for rating in card.ratings],
    )
    place = table.header.index("ratings")
    lines = [
        [*line[:place], *map(_cell, rated), *line[place + 1 :]]
        for line in table.lines
        for rated in cast("list[list[object]]", line[place]) or [["", "", ""]]
    ]
    header = [*table.header[:place], "attribute", "rating", "evidence", *table.header[place + 1 :]]
    return ExportTable(header, lines, table.left_out)


TABLES: dict[str, Callable[[Session], ExportTable]] = {
    table.__name__: table for table in (requisitions, candidates, applications, stage_changes, interviews, scorecards)
}
