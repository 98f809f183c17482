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
class Sheet:
    """One table to be written: its header and its lines."""

    header: list[str]
    lines: Lines


def _instant(moment: dt.datetime | None) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment else ""


def requisitions(session: Session) -> Sheet:
    """Searches without their pay bands."""
    header = ["id", "key", "title", "status", "department", "location", "level", "hiring_manager", "bar", "attributes"]
    header += ["stages", "imported", "created_at", "closed_at"]
    wanted = select(Requisition).order_by(Requisition.id)
    wanted = wanted.options(
        joinedload(Requisition.hiring_manager),
        selectinload(Requisition.attributes),
        selectinload(Requisition.stages),
    )
    lines: Lines = [
        [
            one.id,
            one.key,
            one.title,
            one.status.value,
            one.department,
            one.location,
            one.level,
            one.hiring_manager.email,
            one.bar,
            "; ".join(f"{attribute.name}: {attribute.weight:g}" for attribute in one.attributes),
            "; ".join(stage.name for stage in one.stages),
            int(one.imported),
            _instant(one.created_at),
            _instant(one.closed_at),
        ]
        for one in session.scalars(wanted)
    ]
    return Sheet(header, lines)


def candidates(session: Session) -> Sheet:
    """People who were considered, and how to reach them."""
    header = ["id", "name", "headline", "location", "source", "emails", "phones", "links", "tags", "created_at"]
    wanted = select(Candidate).where(Candidate.merged_into_id.is_(None)).order_by(Candidate.id)
    wanted = wanted.options(selectinload(Candidate.contacts))
    lines: Lines = []
    for one in session.scalars(wanted):
        reach = {kind: "; ".join(way.value for way in one.contacts if way.kind == kind) for kind in ContactKind}
        lines.append(
            [
                one.id,
                one.name,
                one.headline,
                one.location,
                one.source,
                reach[ContactKind.EMAIL],
                reach[ContactKind.PHONE],
                "; ".join(one.links or []),
                "; ".join(one.tags or []),
                _instant(one.created_at),
            ]
        )
    return Sheet(header, lines)


def applications(session: Session) -> Sheet:
    """Who stood or stands in which search, and how it ended."""
    header = ["id", "candidate_id", "candidate", "requisition", "stage", "status", "ended_by", "reason_code", "reason"]
    header += ["applied_on", "stage_since", "ended_at", "finalist_position", "owner"]
    wanted = select(Application).order_by(Application.id)
    wanted = wanted.options(
        joinedload(Application.candidate),
        joinedload(Application.requisition),
        joinedload(Application.stage),
        joinedload(Application.finalist),
        joinedload(Application.owner),
    )
    lines: Lines = [
        [
            one.id,
            one.candidate_id,
            one.candidate.name,
            one.requisition.key,
            one.stage.name,
            one.status.value,
            one.ended_by.value if one.ended_by else "",
            one.reason_code or "",
            one.reason or "",
            one.applied_on.isoformat(),
            _instant(one.stage_since),
            _instant(one.ended_at),
            one.finalist.position if one.finalist else "",
            one.owner.email if one.owner else "",
        ]
        for one in session.scalars(wanted)
    ]
    return Sheet(header, lines)


def stage_changes(session: Session) -> Sheet:
    """Every move, in order."""
    before, after = aliased(Stage), aliased(Stage)
    wanted = (
        select(StageChange, before.name, after.name, User.email)
        .outerjoin(before, before.id == StageChange.from_stage_id)
        .join(after, after.id == StageChange.to_stage_id)
        .join(User, User.id == StageChange.moved_by_id)
        .order_by(StageChange.id)
    )
    lines: Lines = [
        [one.id, one.application_id, old or "", new, _instant(one.moved_at), by, one.reason]
        for one, old, new, by in session.execute(wanted)
    ]
    return Sheet(["id", "application_id", "from_stage", "to_stage", "at", "by", "reason"], lines)


def interviews(session: Session) -> Sheet:
    """Conversations and who sat in them."""
    wanted = select(Interview).order_by(Interview.id)
    wanted = wanted.options(joinedload(Interview.stage), selectinload(Interview.panel).joinedload(Panelist.user))
    lines: Lines = [
        [
            one.id,
            one.application_id,
            one.name,
            one.stage.name,
            _instant(one.starts_at),
            _instant(one.ends_at),
            one.status.value,
            "; ".join(seat.user.email for seat in one.panel),
            "; ".join(one.focus or []),
        ]
        for one in session.scalars(wanted)
    ]
    return Sheet(
        ["id", "application_id", "name", "stage", "starts_at", "ends_at", "status", "panel", "focus"],
        lines,
    )


def scorecards(session: Session) -> Sheet:
    """Cards that were sent, one line a rating; a recommendation alone has a line without an attribute."""
    header = ["id", "application_id", "interview_id", "interviewer", "state", "submitted_at", "attribute", "rating"]
    header += ["evidence", "overall", "summary", "scale_min", "scale_max"]
    wanted = select(Scorecard).where(Scorecard.state != CardState.DRAFT).order_by(Scorecard.id)
    lines: Lines = []
    for one in session.scalars(wanted.options(selectinload(Scorecard.ratings), joinedload(Scorecard.author))):
        start = [one.id, one.application_id, one.interview_id, one.author.email, one.state.value]
        start.append(_instant(one.submitted_at))
        end = [one.overall, one.summary, one.scale_min, one.scale_max]
        marks: Lines = [[mark.attribute, mark.rating, mark.evidence] for mark in one.ratings]
        lines += [[*start, *mark, *end] for mark in marks or [["", None, ""]]]
    return Sheet(header, lines)


TABLES: dict[str, Callable[[Session], Sheet]] = {
    "requisitions": requisitions,
    "candidates": candidates,
    "applications": applications,
    "stage_changes": stage_changes,
    "interviews": interviews,
    "scorecards": scorecards,
}
