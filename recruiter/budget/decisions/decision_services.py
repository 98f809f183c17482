"""Decisions on frozen cases: by the chain that the size of the excess needs, word by word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.budget import rules
from recruiter.budget.content_check import quotations
from recruiter.budget.decisions import question_services
from recruiter.budget.frozen.integrity import check_intact, frozen_of
from recruiter.budget.models import BudgetCase, CaseDecision, CaseStatus, CaseVerdict
from recruiter.foundation import jobs, text
from recruiter.foundation.errors import Conflict, DomainError, Forbidden
from recruiter.foundation.money import Money
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_chain, approval_services, chain_queries
from recruiter.offers.band import band_exceptions

ENDING = (CaseVerdict.REFUSED, CaseVerdict.CHANGES_REQUESTED)


def barred_from(case: BudgetCase) -> set[int]:
    """Who asked, and so never decides."""
    return {case.requested_by_id}


def ask(session: Session, *, case: BudgetCase, actor: User, now: dt.datetime, zone: dt.tzinfo) -> None:
    """Fix the chain of a case that is handed in, and call those whose turn it is; the answer is due by its day."""
    barred = barred_from(case) | {actor.id}
    base, band = Money(case.ask, case.currency), offers.band_of(case.offer)
    plan = approval_services.plan_for(session, base=base, band=band, case=True, barred=barred)
    case.plan, case.answer_by = approval_chain.stored(plan), approval_chain.end_of(case.needed_by, zone)
    approval_services.call(session, of="case", number=case.id, asked=now, now=now, by=case.answer_by)


def round_of(case: BudgetCase) -> list[CaseDecision]:
    """The approvals of the present round: a request for changes begins a new one, a question is no approval."""
    said = case.decisions
    start = max((place for place, one in enumerate(said, 1) if one.decision in ENDING), default=0)
    return [one for one in said[start:] if one.decision == CaseVerdict.APPROVED]


def words_of(case: BudgetCase) -> list[approval_chain.Word]:
    """The approvals of the present round as the arithmetic of chains takes them."""
    first = approval_chain.DEFAULT.steps[0][0].name
    return [
        approval_chain.Word(one.by_id, one.for_id or one.by_id, one.step or 1, one.group_name or first)
        for one in round_of(case)
    ]


def has_turn(case: BudgetCase, user_id: int, *, stands_for: Collection[int]) -> bool:
    """Whether the word of somebody would count now on a case that waits; for who asked it never does."""
    try:
        approval_chain.seat_for(
            approval_chain.plan_of(case.plan),
            words_of(case),
            actor=user_id,
            stands_for=stands_for,
            barred=barred_from(case),
        )
    except DomainError:
        return False
    return True


def decide(
    session: Session,
    *,
    case: BudgetCase,
    verdict: CaseVerdict,
    amount: Money | None,
    comment: str,
    actor: User,
    now: dt.datetime,
    today: dt.date | None = None,
) -> BudgetCase:
    """Say a word on the frozen case when it is one's turn. The smallest amount that the chain approved bounds the offer.

    The last approval that the chain needs approves the case; a refusal or a request for changes ends the round; a question
    holds the approval until it is answered, except for whoever asked it. Nobody decides on his own request, and silence
    decides nothing. Raises Conflict where what was frozen was altered, or where the terms have become more than it says.
    """
    said = text.clean(comment)
    band = offers.band_of(case.offer)
    approved = verdict == CaseVerdict.APPROVED
    rules.check_decision(case, amount=amount, approved=approved, comment=said, band_max=band.max if band else 0)
    quotations.check_spoken(said, at="comment")
    check_intact(case)
    if approved:
        rules.check_answered(question_services.open_questions(case), actor_id=actor.id)
        _check_same_terms(case)
    if actor.id == case.requested_by_id:
        raise Forbidden("Nobody decides on what they asked for.")
    plan, words = approval_chain.plan_of(case.plan), words_of(case)
    stands_for = chain_queries.stood_in_by(session, actor.id, on=today or now.date())
    seat = approval_chain.seat_for(plan, words, actor=actor.id, stands_for=stands_for, barred=barred_from(case))
    allowed = (amount or Money(case.ask, case.currency)) if approved else None
    decision = CaseDecision(
        case=case,
        decision=verdict,
        amount=allowed.amount if allowed else None,
        comment=said,
        step=seat.step,
        group_name=seat.group,
        by=actor,
        for_id=seat.stands_for,
        at=now,
    )
    session.add(decision)
    if verdict == CaseVerdict.QUESTION:
        jobs.enqueue(
            session, approval_services.QUESTION, payload={"of": "case", "id": case.id, "by": actor.id}, now=now
        )
    elif approved:
        after = [*words, approval_chain.Word(actor.id, seat.stands_for or actor.id, seat.step, seat.group)]
        _go_on(session, case, plan=plan, words=after, step=seat.step, now=now)
    else:
        case.status = CaseStatus(verdict.value)
    session.flush()
    audit.record(
        session,
        action="case.asked_about" if verdict == CaseVerdict.QUESTION else f"case.{verdict.value}",
        subject=case,
        actor_id=actor.id,
        at=now,
        **({"step": seat.step} if plan != approval_chain.DEFAULT else {}),
        **({"for_id": seat.stands_for} if seat.stands_for else {}),
    )
    return case


def _check_same_terms(case: BudgetCase) -> None:
    """What is approved is what was frozen: terms or a level that have become more since are not."""
    frozen, offer = frozen_of(case), case.offer
    before = band_exceptions.version_of(offer, int(frozen.get("offer_terms_version") or 0))
    said = ""
    if before is not None:
        terms = band_exceptions.terms_of(before)
        said = offer_rules.beyond(terms, terms, offers.terms_of(offer), up_to=Money(case.ask, case.currency))
    level = offer.application.requisition.level
    if not said and frozen.get("level", level) != level:
        said = f"The level changed from {frozen['level'] or 'none'}."
    if said:
        changed = said.removesuffix(offer_rules.VOID).rstrip()
        raise Conflict(f"{changed} It is not what this case asks for: ask for changes, so that it is sent anew.")


def _go_on(
    session: Session,
    case: BudgetCase,
    *,
    plan: approval_chain.Plan,
    words: list[approval_chain.Word],
    step: int,
    now: dt.datetime,
) -> None:
    following, _ = approval_chain.open_groups(plan, words)
    if following == 0:
        case.status = CaseStatus.APPROVED
        least = min(one.amount or case.ask for one in round_of(case))
        up_to = Money(least, case.currency)
        version = frozen_of(case).get("offer_terms_version")
        offers.grant_exception(
            session, offer=case.offer, case_number=case.number, up_to=up_to, now=now, terms_version=version
        )
    elif following != step:
        asked = case.submitted_at or now
        approval_services.call(session, of="case", number=case.id, asked=asked, now=now, by=None)
