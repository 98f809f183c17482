"""What came back to whoever asked for an approval: questions to answer, refusals and requests for changes to act on."""

from __future__ import annotations

import datetime as dt

from flask import url_for

from recruiter.accounts.models import User
from recruiter.budget import queries as cases
from recruiter.budget.decisions import question_services as case_answers
from recruiter.budget.models import BudgetCase, CaseStatus
from recruiter.foundation.database.db import db
from recruiter.offers import queries as offers
from recruiter.offers.approval import question_services as offer_answers
from recruiter.offers.models import ApprovalDecision, Offer, OfferStatus
from recruiter.web.request import guard
from recruiter.web.today.agenda_item import Thing

KEPT = dt.timedelta(days=14)  # a refusal that nobody acts on for longer is settled


def _of_offer(one: Offer) -> Thing | None:
    name, search = one.application.candidate.name, one.application.requisition.title
    href = url_for("offers.show", offer_id=one.id)
    if waiting := offer_answers.open_questions(one):
        words = f"{search}: {waiting[0].by.name} asks a question on the offer"
        return Thing(name, words, "late", "chat", "Question", href, "Answer it")
    last = one.approvals[-1] if one.approvals else None
    refused = last is not None and last.decision == ApprovalDecision.REFUSED
    if one.status == OfferStatus.DRAFT and last is not None and refused and last.terms_version == one.terms_version:
        words = f"{search}: {last.by.name} refused the offer as it stands"
        return Thing(name, words, "due", "doc", "Refused", href, "Change the terms") if _fresh(last.at) else None
    return None


def _of_case(one: BudgetCase) -> Thing | None:
    name, search = one.offer.application.candidate.name, one.offer.application.requisition.title
    href = url_for("budget.show", case_id=one.id)
    if waiting := case_answers.open_questions(one):
        words = f"{search}: {waiting[0].by.name} asks a question on case {one.number}"
        return Thing(name, words, "late", "chat", "Question", href, "Answer it")
    last = one.decisions[-1] if one.decisions else None
    if last is None or one.status == CaseStatus.SUBMITTED:
        return None
    if one.status == CaseStatus.CHANGES_REQUESTED:
        words = f"{search}: {last.by.name} asks for changes to case {one.number}"
        return Thing(name, words, "due", "doc", "Changes asked for", href, "Change the case")
    words = f"{search}: {last.by.name} refused case {one.number}"
    return Thing(name, words, "due", "doc", "Refused", href, "See why") if _fresh(last.at) else None


def _fresh(at: dt.datetime) -> bool:
    return guard.now() - at <= KEPT


def waiting(actor: User) -> list[Thing]:
    """What came back to somebody; two statements whatever the number. Nothing without `pay.view`."""
    if not actor.pay_view:
        return []
    session = db.session()
    newest: dict[int, BudgetCase] = {}
    for one in cases.asked_for_by(session, actor.id):
        newest.setdefault(one.offer_id, one)
    found = [*map(_of_case, newest.values()), *map(_of_offer, offers.asked_for_by(session, actor.id))]
    return [thing for thing in found if thing is not None]
