"""What a case waits for, or suffers from, in words for whoever looks at it."""

from __future__ import annotations

from flask import url_for

from recruiter.budget import queries
from recruiter.budget.decisions import decision_services
from recruiter.budget.frozen.integrity import check_intact
from recruiter.budget.models import BudgetCase, CaseStatus, Endorsement
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from recruiter.offers import rules
from recruiter.offers.approval import approval_chain, chain_queries
from recruiter.offers.band import band_exceptions
from recruiter.web.request import guard


def not_yet(case: BudgetCase) -> str:
    """Why the viewer's word would not count now, though they sit in the chain; empty where it would."""
    me = guard.actor().id
    stands_for = chain_queries.stood_in_by(db.session(), me, on=guard.today())
    plan, words = approval_chain.plan_of(case.plan), decision_services.words_of(case)
    try:
        approval_chain.seat_for(
            plan, words, actor=me, stands_for=stands_for, barred=decision_services.barred_from(case)
        )
    except DomainError as error:
        return error.message
    return ""


def altered(case: BudgetCase) -> str:
    """That the frozen content is not what was frozen; nothing where it is."""
    try:
        check_intact(case)
    except Conflict as error:
        return error.message
    return ""


def no_longer(case: BudgetCase) -> str:
    """Why the approval of a case does not apply any more; nothing where it does, or was never given."""
    if case.status != CaseStatus.APPROVED:
        return ""
    return band_exceptions.no_longer(db.session(), case.offer.application, case_number=case.number)


def unanswered(case: BudgetCase) -> list[Endorsement]:
    """Colleagues who were asked, have not answered and still could: sending the case shuts their links."""
    return [one for one in case.endorsements if one.answered_at is None and one.expires_at > guard.now()]


def anew(case: BudgetCase) -> str:
    """Where another case is opened after a refusal; empty while one goes on, or where the offer has gone past it."""
    offer = case.offer
    if case.status != CaseStatus.REFUSED or offer.status not in rules.LIVE[:4]:
        return ""
    if any(one.status in queries.GOING_ON for one in queries.of_offer(db.session(), offer)):
        return ""
    return url_for("budget.of_requisition", requisition_ref=offer.application.requisition.key, all="yes")
