"""Finding budget cases."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, Endorsement
from recruiter.foundation import tokens
from recruiter.foundation.database.scope import Scope
from recruiter.offers.models import Approval, Offer
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition

_APPLICATION = joinedload(BudgetCase.offer).joinedload(Offer.application)
_REQUISITION = _APPLICATION.joinedload(Application.requisition)
_LISTED = (
    _APPLICATION.joinedload(Application.candidate),
    _REQUISITION.joinedload(Requisition.band),
    joinedload(BudgetCase.requested_by),
    selectinload(BudgetCase.decisions).joinedload(CaseDecision.by),
    selectinload(BudgetCase.endorsements),
)


def with_record(session: Session, case: BudgetCase) -> BudgetCase:
    """A case with everything of its offer, search and band that its sections read, in six statements."""
    offer = joinedload(BudgetCase.offer)
    query = select(BudgetCase).where(BudgetCase.id == case.id)
    session.scalars(
        query.options(
            *_LISTED,
            _REQUISITION.joinedload(Requisition.hiring_manager),
            _REQUISITION.selectinload(Requisition.attributes),
            offer.selectinload(Offer.terms),
            offer.selectinload(Offer.approvals).joinedload(Approval.by),
            joinedload(BudgetCase.follows).selectinload(BudgetCase.decisions).joinedload(CaseDecision.by),
        )
    ).first()
    return case


def _cases(session: Session, *conditions: ColumnElement[bool]) -> list[BudgetCase]:
    """Cases with what lists show of them, the latest first."""
    query = select(BudgetCase).where(*conditions).order_by(BudgetCase.id.desc())
    return list(session.scalars(query.options(*_LISTED)))


def cases_within(session: Session, *, within: Scope, status: CaseStatus | None = None) -> list[BudgetCase]:
    """Cases within sight, those that wait for a decision first, then the latest."""
    of_status = BudgetCase.status == status if status is not None else true()
    cases = _cases(session, within.contains(BudgetCase.id), of_status)
    return sorted(cases, key=lambda case: not case.awaits_approval)


def open_requests_of(session: Session, user_id: int) -> list[BudgetCase]:
    """The cases of somebody that wait for a decision, came back or were refused, the latest first."""
    statuses = (CaseStatus.SUBMITTED, CaseStatus.CHANGES_REQUESTED, CaseStatus.REFUSED)
    return _cases(session, BudgetCase.requested_by_id == user_id, BudgetCase.status.in_(statuses))


def cases_of_offer(session: Session, offer: Offer) -> list[BudgetCase]:
    """The cases for one offer, the latest first."""
    return _cases(session, BudgetCase.offer_id == offer.id)


def cases_of_application(session: Session, application_id: int) -> list[BudgetCase]:
    """The cases for one candidate on one search, of all offers, the latest first."""
    return _cases(session, BudgetCase.offer.has(application_id=application_id))


def cases_of_requisition(session: Session, requisition_id: int) -> list[BudgetCase]:
    """The cases of one requisition, the latest first."""
    return _cases(session, BudgetCase.offer.has(Offer.application.has(requisition_id=requisition_id)))


def earlier_answers(session: Session, case: BudgetCase) -> list[Endorsement]:
    """What colleagues of other teams answered for the earlier cases of the same candidate, oldest first; their words hold on."""
    query = (
        select(Endorsement)
        .join(Endorsement.case)
        .join(BudgetCase.offer)
        .where(Offer.application_id == case.offer.application_id, BudgetCase.id < case.id)
        .where(Endorsement.answered_at.is_not(None))
        .order_by(Endorsement.id)
        .options(contains_eager(Endorsement.case))
    )
    return list(session.scalars(query))


def case_by_number(session: Session, number: str) -> BudgetCase | None:
    """The case with this number, like BC-2026-001."""
    return session.scalars(select(BudgetCase).where(BudgetCase.number == number.strip().upper())).first()


def case_by_checksum(session: Session, sha256: str) -> BudgetCase | None:
    """The case whose frozen content has this SHA-256."""
    return session.scalars(select(BudgetCase).where(BudgetCase.sha256 == sha256)).first()


def case_numbers_of_year(session: Session, year: int) -> list[str]:
    """Numbers that were given in a year."""
    return list(session.scalars(select(BudgetCase.number).where(BudgetCase.number.like(f"BC-{year}-%"))))


def endorsement_by_secret(session: Session, secret: str, *, now: dt.datetime) -> Endorsement | None:
    """The question behind a signed link, None when the link is not ours or has expired."""
    query = select(Endorsement).where(Endorsement.digest == tokens.digest(secret), Endorsement.expires_at > now)
    application = joinedload(Endorsement.case).joinedload(BudgetCase.offer).joinedload(Offer.application)
    loaded = application.joinedload(Application.candidate), application.joinedload(Application.requisition)
    return session.scalars(query.options(*loaded)).first()
