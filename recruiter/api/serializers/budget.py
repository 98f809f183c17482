"""Budget cases in JSON. Who owes a scorecard on the search does not see what comes from scorecards."""

from __future__ import annotations

from typing import Any

from recruiter.api.serializers import people, values
from recruiter.api.serializers.chains import chain
from recruiter.budget import blind_view
from recruiter.budget.content_check.check import Finding
from recruiter.budget.decisions import decision_services
from recruiter.budget.models import SAID_BY_APPROVERS, BudgetCase, CaseDecision, CaseVerdict, Choice, Endorsement
from recruiter.budget.register.register_queries import Line, Register

DECIDED = set(SAID_BY_APPROVERS) - {CaseVerdict.QUESTION}


def decision(one: CaseDecision, currency: str) -> dict[str, Any]:
    """What an approver decided or asked, or what was answered."""
    return {
        "decision": one.decision.value,
        "amount": values.money(one.amount, currency),
        "comment": one.comment,
        "step": one.step,
        "group": one.group_name,
        "by": people.person(one.by),
        "on_behalf_of": people.person(one.stood_in_for) if one.stood_in_for else None,
        "at": values.instant(one.at),
    }


def case(one: BudgetCase, content: dict[str, Any], *, hide: bool) -> dict[str, Any]:
    """A case with its content."""
    last = next((said for said in reversed(one.decisions) if said.decision in DECIDED), None)
    return {
        "id": one.id,
        "number": one.number,
        "offer_id": one.offer_id,
        "application_id": one.offer.application_id,
        "requisition_id": one.offer.application.requisition_id,
        "status": one.status.value,
        "ask": values.money(one.ask, one.currency),
        "excess": content["excess"],
        "needed_by": values.day(one.needed_by),
        "sections": [blind_view.hidden(part) if hide else part for part in content["sections"]],
        "completeness": content["completeness"],
        **_checksum(one, hide=hide),
        "decision": decision(last, one.currency) if last else None,
        "decisions": [decision(said, one.currency) for said in one.decisions],
        "chain": chain(one.plan, answer_by=one.answer_by, words=decision_services.words_of(one)),
        "follows": {"id": one.follows.id, "number": one.follows.number} if one.follows else None,
        "requested_by": people.person(one.requested_by),
        "submitted_at": values.instant(one.submitted_at),
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }


def finding(one: Finding) -> dict[str, Any]:
    """One finding of the check."""
    return {
        "severity": one.severity,
        "section": one.section,
        "topic": one.topic,
        "words": list(one.words),
        "why": one.why,
    }


def endorsement(one: Endorsement) -> dict[str, Any]:
    """A question to a colleague and the answer, word for word."""
    return {
        "id": one.id,
        "email": one.email,
        "question": one.question,
        "name": one.name,
        "team": one.team,
        "would_use": {Choice.YES: True, Choice.NO: False}.get(one.choice) if one.choice else None,
        "choice": one.choice.value if one.choice else None,
        "for_what": one.for_what,
        "by_when": one.by_when,
        "answer": one.answer,
        "expires_at": values.instant(one.expires_at),
        "answered_at": values.instant(one.answered_at),
        "version": one.version,
        "created_at": values.instant(one.asked_at),
    }


def _checksum(one: BudgetCase, *, hide: bool) -> dict[str, Any]:
    """The checksum of a case; away from whoever may not know all that it is made of, since guesses could be tried against it."""
    return {} if hide else {"sha256": one.sha256}


def _line(one: Line) -> dict[str, Any]:
    return {
        "name": one.name,
        "granted": one.granted,
        "granted_in_12_months": one.lately,
        "refused": one.refused,
        "accepted": one.accepted,
        "review": one.review,
    }


def register(found: Register) -> dict[str, Any]:
    """The register of exceptions."""
    items = [
        {
            "case_id": one.case_id,
            "number": one.number,
            "band": one.band,
            "role": one.role,
            "manager": one.manager,
            "ask": {"amount": one.asked.amount, "currency": one.asked.currency},
            "granted": {"amount": one.granted.amount, "currency": one.granted.currency} if one.granted else None,
            "decided_at": values.instant(one.decided_at),
            "became": one.became,
        }
        for one in found.entries
    ]
    return {
        "items": items,
        "next": None,
        "by_band": [_line(one) for one in found.by_band],
        "by_role": [_line(one) for one in found.by_role],
        "by_manager": [_line(one) for one in found.by_manager],
        "became": dict(found.became),
    }


def head(one: BudgetCase, *, hide: bool = False) -> dict[str, Any]:
    """A case in a list; `hide` where the caller owes a scorecard on its search."""
    application = one.offer.application
    return {
        "id": one.id,
        "number": one.number,
        "offer_id": one.offer_id,
        "application_id": application.id,
        "candidate": {"id": application.candidate_id, "name": application.candidate.name},
        "requisition_id": application.requisition_id,
        "status": one.status.value,
        "ask": values.money(one.ask, one.currency),
        "needed_by": values.day(one.needed_by),
        **_checksum(one, hide=hide),
        "chain": chain(one.plan, answer_by=one.answer_by, words=decision_services.words_of(one)),
        "requested_by": people.person(one.requested_by),
        "version": one.version,
        "created_at": values.instant(one.created_at),
    }
