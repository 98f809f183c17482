"""An approver's question on an offer and its answer; both stand in the record, and whoever asked is told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import jobs, text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.offers import term_versions
from recruiter.offers.approval.approval_services import ANSWER
from recruiter.offers.models import Approval, ApprovalDecision, Offer, OfferStatus


def open_questions(offer: Offer) -> list[Approval]:
    """The questions on the present terms that nobody has answered, the oldest first; one's own later word takes one's question back."""
    unanswered: list[Approval] = []
    for approval in offer.approvals if offer.status == OfferStatus.PENDING_APPROVAL else ():
        if approval.terms_version != offer.terms_version:
            continue
        if approval.decision == ApprovalDecision.QUESTION:
            unanswered.append(approval)
        elif approval.decision == ApprovalDecision.ANSWER:
            unanswered = unanswered[1:]
        elif approval.decision == ApprovalDecision.REFUSED:
            unanswered = []
        else:
            unanswered = [question for question in unanswered if question.by_id != approval.by_id]
    return unanswered


def answer(session: Session, *, offer: Offer, answer_text: str, act: Act) -> Approval:
    """Answer the oldest open question. Raises Conflict where nothing is asked, RuleBroken at `answer` without words."""
    cleaned_text, waiting = text.clean(answer_text), open_questions(offer)
    if not waiting:
        raise Conflict("No question waits for an answer. It was answered, or the offer has moved on.")
    if not cleaned_text:
        raise RuleBroken.at("answer", "Write your answer.")
    question = waiting[0]
    reply = Approval(
        offer=offer,
        terms_version=offer.terms_version,
        revision=term_versions.current(offer).revision,
        step=question.step,
        group_name=question.group_name,
        decision=ApprovalDecision.ANSWER,
        comment=cleaned_text,
        by=act.actor,
        at=act.now,
    )
    session.add(reply)
    payload = {"of": "offer", "id": offer.id, "to": question.by_id, "by": act.actor.id}
    jobs.enqueue(session, ANSWER, payload=payload, now=act.now)
    session.flush()
    audit.record(session, action=AuditAction.OFFER_ANSWERED, subject=offer, act=act, to_id=question.by_id)
    return reply
