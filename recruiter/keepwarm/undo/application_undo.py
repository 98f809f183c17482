"""Taking back a move, an end or a new owner of one application or many: how each was before, kept under a token for half an hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.models import UndoToken, User
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.candidates.models import Candidate
from recruiter.foundation import tokens
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, NotFound
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.messages import bulk_message
from recruiter.keepwarm.undo import record_undo
from recruiter.pipeline import history_queries, ownership
from recruiter.pipeline import services as applications
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy
from recruiter.requisitions.models import Stage, StageKind

UNDO_FOR = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class StageSnapshot:
    """Where an application stood before a move, and since when."""

    stage_id: int
    since: dt.datetime

    @classmethod
    def of(cls, application: Application) -> StageSnapshot:
        """As it stands now; taken before the move."""
        return cls(application.stage_id, application.stage_since)

    def as_payload(self) -> dict[str, Any]:
        """As an undo keeps it."""
        return {"stage_id": self.stage_id, "since": self.since.isoformat()}


@dataclass(frozen=True)
class OwnerSnapshot:
    """Whose an application was before it was handed over; None is nobody's."""

    owner_id: int | None

    def as_payload(self) -> dict[str, Any]:
        """As an undo keeps it."""
        return {"owner_id": self.owner_id}


@dataclass(frozen=True)
class UndoResult:
    """What was taken back: moves and ends of applications, or an act on a person's record with what to say of it."""

    applications: list[Application] = field(default_factory=list)
    candidate: Candidate | None = None
    message: str = ""
    withdrawn: bool = False
    handed: bool = False


def issue_token(
    session: Session,
    *,
    action: UndoAction,
    applications: Sequence[tuple[Application, StageSnapshot | OwnerSnapshot | None]],
    act: Act,
) -> str:
    """A token that takes back what was `moved` or `handed` (with how each was before), `rejected` or `reopened`; given out once."""
    session.flush()
    rows = [
        {"id": application.id, "version": application.version} | (before.as_payload() if before else {})
        for application, before in applications
    ]
    return undo_token_services.issue(session, action=action, payload={"rows": rows}, act=act)


def undo(session: Session, *, secret: str, act: Act) -> UndoResult:
    """Take back what a token stands for. Refused when it was used, is older than 30 minutes, or somebody has gone on since."""
    token = session.scalars(
        select(UndoToken).where(UndoToken.digest == tokens.digest(secret), UndoToken.user_id == act.actor.id)
    ).first()
    if token is None:
        raise NotFound("There is nothing to undo here.")
    if token.used_at is not None:
        raise Conflict("This was taken back already.")
    if act.now - token.created_at > UNDO_FOR and token.action not in record_undo.WITHOUT_LIMIT:
        raise Conflict("This can be taken back for 30 minutes. Make the change by hand.")
    if token.action in record_undo.ACTIONS:
        candidate, message = record_undo.take_back(session, token=token, act=act)
        token.used_at = act.now
        session.flush()
        return UndoResult(candidate=candidate, message=message)
    rows = token.payload["rows"]
    applications = {
        application.id: application
        for application in session.scalars(select(Application).where(Application.id.in_([r["id"] for r in rows])))
    }
    if token.action == UndoAction.MESSAGED:
        token.used_at, people = act.now, list(applications.values())
        bulk_message.withdraw(session, job_ids=token.payload["jobs"], applications=people, act=act)
        return UndoResult(people, withdrawn=True)
    restored = []
    for row in rows:
        application = applications.get(row["id"])
        if application is None or application.version != row["version"]:
            name = application.candidate.name if application else "This application"
            raise Conflict(f"{name} was changed since, so this cannot be taken back. Nothing was changed.")
        restored.append(application)
        _REVERSALS[UndoAction(token.action)](session, application, row, act=act)
    token.used_at = act.now
    session.flush()
    return UndoResult(restored, handed=token.action == UndoAction.HANDED)


def _move_back(session: Session, application: Application, row: dict[str, Any], *, act: Act) -> None:
    stage = session.get(Stage, row["stage_id"])
    if stage is None:
        raise NotFound
    if application.status == ApplicationStatus.HIRED or application.stage.kind == StageKind.HIRED:
        raise Conflict("Somebody who has started work is not moved back.")
    since = dt.datetime.fromisoformat(row["since"]) if row.get("since") else None  # a token of before has none
    applications.move(session, application=application, to=stage, reason="Undone", act=act, since=since)


def _open_again(session: Session, application: Application, _: dict[str, Any], *, act: Act) -> None:
    services.reopen(session, application=application, reason="Undone", act=act)


def _hand_back(session: Session, application: Application, row: dict[str, Any], *, act: Act) -> None:
    owner = session.get(User, row["owner_id"]) if row["owner_id"] else None
    ownership.assign(session, application=application, to=owner, mover_ids=None, act=act)


def _end_again(session: Session, application: Application, _: dict[str, Any], *, act: Act) -> None:
    """End an application as it had ended before it was reopened."""
    before = next(
        change
        for change in reversed(history_queries.status_changes_among(session, [application.id]))
        if change.status in {ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN}
    )
    applications.end(
        session,
        application=application,
        status=before.status,
        ended_by=before.ended_by or EndedBy.NEITHER,
        reason_code=before.reason_code or "other",
        reason=before.reason,
        act=act,
    )


_REVERSALS = {
    UndoAction.MOVED: _move_back,
    UndoAction.REJECTED: _open_again,
    UndoAction.REOPENED: _end_again,
    UndoAction.HANDED: _hand_back,
}
