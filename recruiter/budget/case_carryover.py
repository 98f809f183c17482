"""Where a new case starts: from the decided one before it, so that nobody writes again what stands already."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from recruiter.budget import queries
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.offers.models import Offer

DECIDED = (CaseStatus.REFUSED, CaseStatus.APPROVED)


def last_decided(cases: Sequence[BudgetCase], *, application_id: int) -> BudgetCase | None:
    """Among cases, the latest first, the last on a candidate that was decided; a withdrawn one is passed over."""
    return next(
        (case for case in cases if case.status in DECIDED and case.offer.application_id == application_id), None
    )


def preceding_case(session: Session, offer: Offer) -> BudgetCase | None:
    """The case that a new one for this candidate follows."""
    application_id = offer.application_id
    return last_decided(queries.cases_of_application(session, application_id), application_id=application_id)


def inherited_texts(case: BudgetCase | None) -> dict[str, str]:
    """What its writer wrote and chose: words, quotes, assumptions, reasons, answers to dissent. Facts are collected afresh."""
    return dict(case.texts) if case is not None else {}
