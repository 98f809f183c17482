"""A person's request about their data is recorded, and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.calendar import after_months
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.privacy.corrections import correction_services
from recruiter.privacy.models import DataRequest, Dispute, DisputedField, RequestKind, RequestOutcome
from recruiter.privacy.person import person_queries

ANSWER_WITHIN = 1  # months, GDPR Art. 12(3)
EARLIEST = dt.date(2000, 1, 1)
ANSWERED_BY_ERASURE = {RequestKind.ERASURE, RequestKind.OBJECTION, RequestKind.RESTRICTION}


def record(
    session: Session,
    *,
    candidate: Candidate,
    kind: RequestKind,
    received_on: dt.date,
    details: str,
    act: Act,
    disputed: Collection[DisputedField] = (),
) -> DataRequest:
    """Record what a person asks for; it is due one month after it was received.

    `disputed` is what a request for correction disputes. Raises RuleBroken at `received_on` or `disputed`.
    """
    if not EARLIEST <= received_on <= act.today:
        raise RuleBroken.at("received_on", "Enter the day on which it was received: today or before.")
    request = DataRequest(
        candidate_id=candidate.id,
        kind=kind,
        received_on=received_on,
        due_on=after_months(received_on, ANSWER_WITHIN),
        details=text.clean(details),
        recorded_by_id=act.actor.id,
        recorded_at=act.now,
    )
    session.add(request)
    session.flush()
    audit.record(session, action=AuditAction.DATA_REQUEST_RECORDED, subject=request, act=act, kind=kind.value)
    correction_services.dispute(session, request=request, disputed=disputed, act=act)
    return request


def end(session: Session, *, request: DataRequest, outcome: RequestOutcome, answer: str, act: Moment) -> DataRequest:
    """Say how a request ended. Raises RuleBroken at `answer` for a refusal without a reason.

    Raises Conflict where it has ended, and where an erasure would be called done while the data is still there.
    """
    is_erasure = request.kind == RequestKind.ERASURE and request.candidate.erased_at is None
    if outcome == RequestOutcome.OVERTAKEN:
        raise RuleBroken.at("outcome", "Only an erasure overtakes a request. Choose how you answered it.")
    if outcome == RequestOutcome.DONE and is_erasure:
        raise Conflict("Their data is still here. Erase it first: that ends the request, too.")
    if outcome == RequestOutcome.DONE:
        correction_services.check_settled(request)
    return _end(session, request=request, outcome=outcome, answer=answer, act=act)


def _end(session: Session, *, request: DataRequest, outcome: RequestOutcome, answer: str, act: Moment) -> DataRequest:
    if request.outcome is not None:
        raise Conflict("This request has ended already.")
    cleaned = text.clean(answer)
    if outcome == RequestOutcome.REFUSED and not cleaned:
        raise RuleBroken.at("answer", "Say why it was refused, as you told the person.")
    request.outcome, request.answer = outcome, cleaned
    request.ended_at, request.ended_by_id = act.now, act.actor_id
    correction_services.end_open(session, request=request, act=act)
    audit.record(session, action=AuditAction.DATA_REQUEST_ENDED, subject=request, act=act, outcome=outcome.value)
    return request


def end_with_erasure(session: Session, candidate_ids: list[int], *, act: Moment) -> None:
    """The erasure does what was asked for by who wanted to be erased, not to be processed, or not to be used further.

    A request for a copy or a correction can be answered no more, and was not: it ends as overtaken, and says so.
    """
    for request in unanswered(session, candidate_ids):
        done = request.kind in ANSWERED_BY_ERASURE
        outcome = RequestOutcome.DONE if done else RequestOutcome.OVERTAKEN
        _end(session, request=request, outcome=outcome, answer="", act=act)


def unanswered(session: Session, candidate_ids: Collection[int]) -> list[DataRequest]:
    """What a person asked for and has no answer to, under these records, the first due first."""
    query = select(DataRequest).where(DataRequest.candidate_id.in_(candidate_ids), DataRequest.outcome.is_(None))
    return list(session.scalars(query.order_by(DataRequest.due_on, DataRequest.id)))


def requests_of(session: Session, candidate: Candidate) -> list[DataRequest]:
    """What a person asked for, the newest first, under whichever of their records that were merged."""
    ids = [record.id for record in person_queries.records_of(session, candidate)]
    query = select(DataRequest).where(DataRequest.candidate_id.in_(ids))
    disputes = selectinload(DataRequest.disputes).joinedload(Dispute.settled_by)
    people = joinedload(DataRequest.recorded_by), joinedload(DataRequest.ended_by), disputes
    return list(session.scalars(query.options(*people).order_by(DataRequest.id.desc())))


def open_requests(session: Session, *, within: Scope, limit: int) -> list[DataRequest]:
    """What waits for an answer, the first due first; `within` are the candidates in sight, with what was merged into them."""
    merged = select(Candidate.id).where(within.contains(Candidate.merged_into_id))
    in_sight = within.contains(DataRequest.candidate_id) | DataRequest.candidate_id.in_(merged)
    query = select(DataRequest).where(DataRequest.outcome.is_(None), in_sight)
    ordered = query.options(joinedload(DataRequest.candidate)).order_by(DataRequest.due_on, DataRequest.id)
    return list(session.scalars(ordered.limit(limit)))
