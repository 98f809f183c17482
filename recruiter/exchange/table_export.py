"""What was entered here, as tables: no pay, no drafts of scorecards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, ContactKind
from recruiter.interviews.models import Interview, Panelist
from recruiter.pipeline.models import Application, StageChange
from recruiter.requisitions.models import Requisition, Stage
from recruiter.scorecards.models import CardState, Scorecard

Lines = list[list[Any]]


@dataclass(frozen=True)
class ExportTable:
    """One table to be written: its header and its lines."""

    header: list[str]
    lines: Lines


def _instant(moment: dt.datetime | None) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment else ""


def requisitions(session: Session) -> ExportTable:
    """Searches without their pay bands."""
    header = ["id", "key", "title", "status", "department", "location", "level", "hiring_manager", "bar", "attributes"]
    header += ["stages", "imported", "created_at", "closed_at"]
    statement = select(Requisition).order_by(Requisition.id)
    statement = statement.options(
        joinedload(Requisition.hiring_manager),
        selectinload(Requisition.attributes),
        selectinload(Requisition.stages),
    )
    lines: Lines = [
        [
            requisition.id,
            requisition.key,
            requisition.title,
            requisition.status.value,
            requisition.department,
            requisition.location,
            requisition.level,
            requisition.hiring_manager.email,
            requisition.bar,
            "; ".join(f"{attribute.name}: {attribute.weight:g}" for attribute in requisition.attributes),
            "; ".join(stage.name for stage in requisition.stages),
            int(requisition.imported),
            _instant(requisition.created_at),
            _instant(requisition.closed_at),
        ]
        for requisition in session.scalars(statement)
    ]
    return ExportTable(header, lines)


def candidates(session: Session) -> ExportTable:
    """People who were considered, and how to reach them."""
    header = ["id", "name", "headline", "location", "source", "emails", "phones", "links", "tags", "created_at"]
    statement = select(Candidate).where(Candidate.merged_into_id.is_(None)).order_by(Candidate.id)
    statement = statement.options(selectinload(Candidate.contacts))
    lines: Lines = []
    for candidate in session.scalars(statement):
        reach = {
            kind: "; ".join(contact.value for contact in candidate.contacts if contact.kind == kind)
            for kind in ContactKind
        }
        lines.append(
            [
                candidate.id,
                candidate.name,
                candidate.headline,
                candidate.location,
                candidate.source,
                reach[ContactKind.EMAIL],
                reach[ContactKind.PHONE],
                "; ".join(candidate.links or []),
                "; ".join(candidate.tags or []),
                _instant(candidate.created_at),
            ]
        )
    return ExportTable(header, lines)


def applications(session: Session) -> ExportTable:
    """Who stood or stands in which search, and how it ended."""
    header = ["id", "candidate_id", "candidate", "requisition", "stage", "status", "ended_by", "reason_code", "reason"]
    header += ["applied_on", "stage_since", "ended_at", "finalist_position", "owner"]
    statement = select(Application).order_by(Application.id)
    statement = statement.options(
        joinedload(Application.candidate),
        joinedload(Application.requisition),
        joinedload(Application.stage),
        joinedload(Application.finalist),
        joinedload(Application.owner),
    )
    lines: Lines = [
        [
            application.id,
            application.candidate_id,
            application.candidate.name,
            application.requisition.key,
            application.stage.name,
            application.status.value,
            application.ended_by.value if application.ended_by else "",
            application.reason_code or "",
            application.reason or "",
            application.applied_on.isoformat(),
            _instant(application.stage_since),
            _instant(application.ended_at),
            application.finalist.position if application.finalist else "",
            application.owner.email if application.owner else "",
        ]
        for application in session.scalars(statement)
    ]
    return ExportTable(header, lines)


def stage_changes(session: Session) -> ExportTable:
    """Every move, in order."""
    before, after = aliased(Stage), aliased(Stage)
    statement = (
        select(StageChange, before.name, after.name, User.email)
        .outerjoin(before, before.id == StageChange.from_stage_id)
        .join(after, after.id == StageChange.to_stage_id)
        .join(User, User.id == StageChange.moved_by_id)
        .order_by(StageChange.id)
    )
    lines: Lines = [
        [change.id, change.application_id, old or "", new, _instant(change.moved_at), by, change.reason]
        for change, old, new, by in session.execute(statement)
    ]
    return ExportTable(["id", "application_id", "from_stage", "to_stage", "at", "by", "reason"], lines)


def interviews(session: Session) -> ExportTable:
    """Conversations and who sat in them."""
    statement = select(Interview).order_by(Interview.id)
    statement = statement.options(joinedload(Interview.stage), selectinload(Interview.panel).joinedload(Panelist.user))
    lines: Lines = [
        [
            interview.id,
            interview.application_id,
            interview.name,
            interview.stage.name,
            _instant(interview.starts_at),
            _instant(interview.ends_at),
            interview.status.value,
            "; ".join(panelist.user.email for panelist in interview.panel),
            "; ".join(interview.focus or []),
        ]
        for interview in session.scalars(statement)
    ]
    return ExportTable(
        ["id", "application_id", "name", "stage", "starts_at", "ends_at", "status", "panel", "focus"],
        lines,
    )


def scorecards(session: Session) -> ExportTable:
    """Cards that were sent, one line a rating; a recommendation alone has a line without an attribute."""
    header = ["id", "application_id", "interview_id", "interviewer", "state", "submitted_at", "attribute", "rating"]
    header += ["evidence", "overall", "summary", "scale_min", "scale_max"]
    statement = select(Scorecard).where(Scorecard.state != CardState.DRAFT).order_by(Scorecard.id)
    lines: Lines = []
    for card in session.scalars(statement.options(selectinload(Scorecard.ratings), joinedload(Scorecard.author))):
        start = [card.id, card.application_id, card.interview_id, card.author.email, card.state.value]
        start.append(_instant(card.submitted_at))
        end = [card.overall, card.summary, card.scale_min, card.scale_max]
        marks: Lines = [[mark.attribute, mark.rating, mark.evidence] for mark in card.ratings]
        lines += [[*start, *mark, *end] for mark in marks or [["", None, ""]]]
    return ExportTable(header, lines)


TABLES: dict[str, Callable[[Session], ExportTable]] = {
    "requisitions": requisitions,
    "candidates": candidates,
    "applications": applications,
    "stage_changes": stage_changes,
    "interviews": interviews,
    "scorecards": scorecards,
}
