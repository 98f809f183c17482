"""What came back to whoever asked for an approval: questions to answer, refusals and requests for changes to act on."""

from __future__ import annotations

import datetime as dt

from flask import url_for

from recruiter.accounts.models import User
from recruiter.budget import queries as cases
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation.database.db import db
from recruiter.offers import queries as offers
from recruiter.offers.approval import approval_rounds
from recruiter.offers.models import ApprovalDecision, Offer, OfferStatus
from recruiter.web.request import guard
from recruiter.web.today.agenda_item import AgendaItem

KEPT = dt.timedelta(days=14)  # a refusal that nobody acts on for longer is settled


def _of_offer(offer: Offer) -> AgendaItem | None:
    name, search = offer.application.candidate.name, offer.application.requisition.title
    href = url_for("offers.show", offer_id=offer.id)
    if waiting := approval_rounds.open_questions(offer):
        sentence = f"{search}: {waiting[0].by.name} asks a question on the offer"
        return AgendaItem(name, sentence, "late", "chat", "Question", href, "Answer it")
    last = offer.approvals[-1] if offer.approvals else None
    if last is None or last.decision != ApprovalDecision.REFUSED or not _fresh(last.at):
        return None
    if offer.status != OfferStatus.DRAFT or last.terms_version != offer.terms_version:
        return None
    sentence = f"{search}: {last.by.name} refused the offer as it stands"
    return AgendaItem(name, sentence, "due", "doc", "Refused", href, "Change the terms")


def _of_case(budget_case: BudgetCase) -> AgendaItem | None:
    name, search = budget_case.offer.application.candidate.name, budget_case.offer.application.requisition.title
    href = url_for("budget.show", case_id=budget_case.id)
    if waiting := approval_rounds.open_questions(budget_case):
        sentence = f"{search}: {waiting[0].by.name} asks a question on case {budget_case.number}"
        return AgendaItem(name, sentence, "late", "chat", "Question", href, "Answer it")
    last = budget_case.decisions[-1] if budget_case.decisions else None
    if last is None or budget_case.status == CaseStatus.SUBMITTED:
        return None
    if budget_case.status == CaseStatus.CHANGES_REQUESTED:
        sentence = f"{search}: {last.by.name} asks for changes to case {budget_case.number}"
        return AgendaItem(name, sentence, "due", "doc", "Changes asked for", href, "Change the case")
    sentence = f"{search}: {last.by.name} refused case {budget_case.number}"
    return AgendaItem(name, sentence, "due", "doc", "Refused", href, "See why") if _fresh(last.at) else None


def _fresh(at: dt.datetime) -> bool:
    return guard.now() - at <= KEPT


def waiting(actor: User) -> list[AgendaItem]:
    """What came back to somebody; two statements whatever the number. Nothing without `pay.view`."""
    if not actor.pay_view:
        return []
    session = db.session()
    newest: dict[int, BudgetCase] = {}
    for budget_case in cases.open_requests_of(session, actor.id):
        newest.setdefault(budget_case.offer_id, budget_case)
    replies = [*map(_of_case, newest.values()), *map(_of_offer, offers.submitted_by(session, actor.id))]
    return [reply for reply in replies if reply is not None]
