"""Applications entered, moved, ended and reopened; finalists named. Acts that touch offers or promises go through `keepwarm`."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline import ownership, rules
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist, StageChange, StatusChange
from recruiter.pipeline.reasons import Reason
from recruiter.requisitions import row_lock
from recruiter.requisitions.models import Requisition, Stage


def lock(session: Session, application: Application) -> None:
    """Let one such act at a time happen on a search: who comes second waits, and is told where the application was changed since.

    For acts that add rows after looking at others (a draft, a promise, an end): versions alone would not see each other there.
    """
    row_lock.lock(session, application.requisition_id)
    current_version = session.scalar(select(Application.version).where(Application.id == application.id))
    if current_version != application.version:
        raise Conflict("Somebody has just changed this application. Look at it again.")


def apply(
    session: Session,
    *,
    candidate: Candidate,
    requisition: Requisition,
    act: Act,
    stage: Stage | None = None,
    applied_on: dt.date | None = None,
    source: str = "",
    credited_to: User | None = None,
) -> Application:
    """Enter a candidate for a requisition, in its first stage unless told, with how they came and who brought them.

    Whoever recruits for the search alone looks after them (ownership.default_owner). Raises Conflict when they are entered
    already, RuleBroken at `applied_on` or `source`.
    """
    rules.check_open(requisition.status)
    on_requisition = select(Application.id).where(Application.requisition_id == requisition.id)
    if session.scalar(on_requisition.where(Application.candidate_id == candidate.id)):
        raise Conflict(f"{candidate.name} is on this requisition already. Open that application, or reopen it.")
    if applied_on is not None and applied_on > act.today + dt.timedelta(days=1):
        raise RuleBroken.at("applied_on", "Enter a date that has come.")
    entry_stage = stage or requisition.stages[0]
    _lock_stage(session, entry_stage)
    application = Application(
        candidate=candidate,
        requisition=requisition,
        stage=entry_stage,
        stage_since=act.now,
        status=ApplicationStatus.ACTIVE,
        applied_on=applied_on or act.today,
        owner=ownership.default_owner(requisition),
        created_at=act.now,
    )
    session.add(application)
    session.flush()
    _record_stage(session, application, left=None, act=act)
    audit.record(session, action=AuditAction.APPLICATION_ENTERED, subject=application, act=act, stage_id=entry_stage.id)
    if source or credited_to:
        ownership.credit(session, application=application, source=source, credited_to=credited_to, act=act)
    return application


def _lock_stage(session: Session, stage: Stage) -> None:
    """Keep a stage from being removed while somebody is put there. Raises Conflict where it was."""
    stage_query = select(Stage.id).where(Stage.id == stage.id, Stage.removed_at.is_(None)).with_for_update(read=True)
    if session.scalar(stage_query) is None:
        raise Conflict(f"The stage {stage.name} was removed. Choose another.")


def _record_stage(
    session: Session, application: Application, *, left: Stage | None, act: Act, reason: str = ""
) -> StageChange:
    """Write into the history that an application came to its stage."""
    change = StageChange(
        application_id=application.id,
        from_stage=left,
        to_stage=application.stage,
        reason=reason,
        moved_by=act.actor,
        moved_at=act.now,
    )
    session.add(change)
    return change


def _record_status(session: Session, application: Application, *, act: Act, reason: str = "") -> StatusChange:
    """Write into the history what an application is now, and why it ended where it has."""
    change = StatusChange(
        application_id=application.id,
        status=application.status,
        ended_by=application.ended_by,
        reason=reason,
        reason_code=application.reason_code,
        changed_by=act.actor,
        changed_at=act.now,
    )
    session.add(change)
    return change


def move(
    session: Session,
    *,
    application: Application,
    to: Stage,
    act: Act,
    reason: str = "",
    offer_accepted: bool = False,
    since: dt.datetime | None = None,
) -> StageChange:
    """Move an application to another stage and remember who did it, and when. Raises Conflict or RuleBroken (rules.check_move).

    `offer_accepted` says that the caller has seen an accepted offer, which the stage of the hire asks for. `since` is when
    somebody came there first, where a move is taken back; the days in the stage then go on as if it had not been.
    """
    reason, stages = text.clean(reason), application.requisition.stages
    rules.check_move(application, stages=stages, to=to, reason=reason, offer_accepted=offer_accepted)
    _lock_stage(session, to)
    left, application.stage, application.stage_since = application.stage, to, since or act.now
    change = _record_stage(session, application, left=left, act=act, reason=reason)
    audit.record(session, action=AuditAction.APPLICATION_MOVED, subject=application, act=act, to_stage_id=to.id)
    return change


def end(
    session: Session, *, application: Application, status: ApplicationStatus, reason: Reason, act: Act
) -> StatusChange:
    """End an application where it stands, saying who ended it and why. Raises Conflict when it has ended already."""
    rules.check_active(application)
    application.status, application.ended_by, application.ended_at = status, reason.ended_by, act.now
    application.reason_code, application.reason = reason.code, reason.label
    change = _record_status(session, application, act=act, reason=reason.label)
    recorded = {"status": status.value, "reason_code": reason.code}
    audit.record(session, action=AuditAction.APPLICATION_ENDED, subject=application, act=act, **recorded)
    return change


def reopen(session: Session, *, application: Application, reason: str, act: Act) -> StatusChange:
    """Bring an ended application back to where it stood; where that stage was removed, to the one before it.

    Raises Conflict when it never ended or the person started work.
    """
    reason = text.clean(reason)
    if not reason:
        raise RuleBroken.at("reason", "Say why this application is reopened.")
    if not application.is_closed:
        raise Conflict("This application is not closed, so there is nothing to reopen.")
    if application.candidate.erased_at is not None:
        raise Conflict("The data of this person was erased, so the application stays closed.")
    if application.candidate.merged_into_id is not None:
        raise Conflict("This person was entered twice, and stands on the requisition under the record that was kept.")
    application.status = ApplicationStatus.ACTIVE
    application.ended_by = application.ended_at = application.reason_code = application.reason = None
    change = _record_status(session, application, act=act, reason=reason)
    if application.stage.removed_at is not None:
        _leave_removed_stage(session, application, act=act)
    audit.record(session, action=AuditAction.APPLICATION_REOPENED, subject=application, act=act)
    return change


def _leave_removed_stage(session: Session, application: Application, *, act: Act) -> None:
    removed_stage, stages = application.stage, application.requisition.stages
    previous_stage = next((stage for stage in reversed(stages) if stage.position < removed_stage.position), stages[0])
    application.stage, application.stage_since = previous_stage, act.now
    reason = f"The stage {removed_stage.name} was removed meanwhile."
    _record_stage(session, application, left=removed_stage, act=act, reason=reason)


def hire(session: Session, *, application: Application, act: Act) -> None:
    """Record that somebody has started work: the application is hired. Callers have checked the accepted offer."""
    application.status = ApplicationStatus.HIRED
    _record_status(session, application, act=act)
    audit.record(session, action=AuditAction.APPLICATION_HIRED, subject=application, act=act)


def name_finalists(
    session: Session, *, requisition: Requisition, order: list[tuple[Application, str]], act: Act
) -> list[Finalist]:
    """Set the slate: who is first choice, who is second and on, each with a reason. The whole order is given anew.

    Finalists who have ended keep their place in the record behind the order. Raises RuleBroken or Conflict.
    """
    rules.check_order(requisition, order)
    ids = [application.id for application, _ in order]
    previous = list(session.scalars(select(Finalist).where(Finalist.requisition_id == requisition.id)))
    left_out = [finalist for finalist in previous if finalist.application_id not in ids]
    dropped_ids = [finalist.id for finalist in left_out if finalist.application.is_active]
    ended = [finalist for finalist in left_out if not finalist.application.is_active]
    session.execute(delete(Finalist).where(Finalist.id.in_(dropped_ids)))
    finalists = {finalist.application_id: finalist for finalist in previous}
    slate = []
    for position, (application, reason) in enumerate(order, 1):
        finalist = finalists.get(application.id) or Finalist(application_id=application.id, named_at=act.now)
        finalist.requisition_id = requisition.id
        finalist.position, finalist.reason, finalist.named_by_id = position, text.clean(reason), act.actor.id
        session.add(finalist)
        slate.append(finalist)
    for position, finalist in enumerate(ended, len(order) + 1):
        finalist.position = position
    session.flush()
    for application, _ in order:
        session.expire(application, ["finalist"])
    audit.record(session, action=AuditAction.FINALISTS_NAMED, subject=requisition, act=act, order=ids)
    return slate
