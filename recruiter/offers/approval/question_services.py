"""An approver's question on an offer and its answer; both stand in the record, and whoever asked is told."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.foundation import jobs, text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.offers import term_versions
from recruiter.offers.approval.approval_services import ANSWER
from recruiter.offers.models import Approval, ApprovalDecision, Offer, OfferStatus


def open_questions(offer: Offer) -> list[Approval]:
    """The questions on the present terms that nobody has answered, the oldest first; one's own later word takes one's question back."""
    waiting: list[Approval] = []
    for one in offer.approvals if offer.status == OfferStatus.PENDING_APPROVAL else ():
        if one.terms_version != offer.terms_version:
            continue
        if one.decision == ApprovalDecision.QUESTION:
            waiting.append(one)
        elif one.decision == ApprovalDecision.ANSWER:
            waiting = waiting[1:]
        elif one.decision == ApprovalDecision.REFUSED:
            waiting = []
        else:
            waiting = [asked for asked in waiting if asked.by_id != one.by_id]
    return waiting


def answer(session: Session, *, offer: Offer, words: str, actor: User, now: dt.datetime) -> Approval:
    """Answer the oldest open question. Raises Conflict where nothing is asked, RuleBroken at `answer` without words."""
    said, waiting = text.clean(words), open_questions(offer)
    if not waiting:
        raise Conflict("No question waits for an answer. It was answered, or the offer has moved on.")
    if not said:
        raise RuleBroken.at("answer", "Write your answer.")
    asked = waiting[0]
    one = Approval(
        offer=offer,
        terms_version=offer.terms_version,
        revision=term_versions.present(offer).revision,
        step=asked.step,
        group_name=asked.group_name,
        decision=ApprovalDecision.ANSWER,
        comment=said,
        by=actor,
        at=now,
    )
    session.add(one)
    payload = {"of": "offer", "id": offer.id, "to": asked.by_id, "by": actor.id}
    jobs.enqueue(session, ANSWER, payload=payload, now=now)
    session.flush()
    audit.record(session, action="offer.answered", subject=offer, actor_id=actor.id, at=now, to_id=asked.by_id)
    return one
