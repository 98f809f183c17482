"""What a case waits for, or suffers from, in words for whoever looks at it."""

from __future__ import annotations

from flask import url_for

from recruiter.accounts.models import User
from recruiter.audit import queries as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget import decided_amounts, queries
from recruiter.budget.frozen.integrity import check_intact
from recruiter.budget.models import IN_PROGRESS, BudgetCase, CaseStatus
from recruiter.budget.sections import BY_NAME
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, Overtaken
from recruiter.foundation.money import show
from recruiter.offers import rules
from recruiter.offers.approval import approval_rounds, chain_queries
from recruiter.offers.band import band_exceptions
from recruiter.web.request import conflicts, guard


def reason_to_wait(case: BudgetCase) -> tuple[str, str] | None:
    """Why the viewer's word would not count now, though they may decide: an icon and a sentence; None where it would."""
    viewer_id = guard.actor().id
    if case.requested_by_id == viewer_id:
        return "info", "You asked for this, so somebody else decides."
    represented = chain_queries.represented_by(db.session(), viewer_id, on=guard.today())
    _, reason = approval_rounds.slot_or_reason(case, viewer_id, represented=represented)
    return ("clock", reason) if reason else None


def alteration_note(case: BudgetCase) -> str:
    """That the frozen content is not what was frozen; nothing where it is."""
    try:
        check_intact(case)
    except Conflict as error:
        return error.message
    return ""


def check_content_unchanged(case: BudgetCase, checksum_seen: str | None) -> None:
    """Refuse a decision on a content that was sent anew since, and say by whom and what changed (Overtaken).

    `checksum_seen` is the checksum of the one that the page showed; none is taken as it comes.
    """
    if not checksum_seen or checksum_seen == case.sha256 or not case.awaits_approval:
        return
    trail = audit.trail_of(db.session(), object_type="budgetcase", object_id=case.id)
    sent = [entry for entry in trail if entry.action == AuditAction.CASE_SUBMITTED]
    before = next((entry.id for entry in sent if entry.detail.get("sha256") == checksum_seen), trail[-1].id)
    written = [entry for entry in trail if entry.id > before and entry.action == AuditAction.CASE_WRITTEN]
    names = {name for entry in written for name in entry.detail["sections"]}
    titles = [section.title.lower() for name, section in BY_NAME.items() if name in names]
    author = db.session.get(User, sent[-1].actor_id)
    raise Overtaken(
        f"Not saved. {author.name if author else 'Somebody'} sent this case again {conflicts.when(sent[-1].at)}, for "
        f"{show(case.requested)}{'; written anew: ' + ', '.join(titles) if titles else ''}. "
        "Read it as it is now, then decide."
    )


def reason_void(case: BudgetCase) -> str:
    """Why the approval of a case does not apply any more; nothing where it does, or was never given."""
    if case.status != CaseStatus.APPROVED:
        return ""
    return band_exceptions.reason_void(db.session(), case.offer.application, case_number=case.number)


def exceeds_decided_amount(case: BudgetCase) -> bool:
    """Whether the offer asks for more than its case was approved for, so that it cannot be submitted as it is."""
    decided = decided_amounts.decided_amount(case)
    return decided is not None and case.offer.base_pay.amount > decided.amount


def new_case_address(case: BudgetCase) -> str:
    """Where another case is opened after a refusal, or an approval of less than the offer asks for.

    Empty while one goes on, or where the offer has gone past it.
    """
    offer = case.offer
    is_short = case.status == CaseStatus.REFUSED or exceeds_decided_amount(case)
    if not is_short or offer.status not in rules.CHANGEABLE:
        return ""
    if any(other.status in IN_PROGRESS for other in queries.cases_of_offer(db.session(), offer)):
        return ""
    return url_for("budget.of_requisition", requisition_ref=offer.application.requisition.key, all="yes")
