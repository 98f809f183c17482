"""Budget cases in JSON. Who owes a scorecard on the search does not see what comes from scorecards."""

from __future__ import annotations

from dataclasses import asdict

from recruiter.api.serializers import people, values
from recruiter.api.serializers.chains import chain
from recruiter.budget.content_check.check import Finding
from recruiter.budget.models import APPROVER_VERDICTS, BudgetCase, CaseDecision, CaseVerdict, Choice, Endorsement
from recruiter.budget.register.register_queries import ExceptionSummary, Register
from recruiter.foundation.json_types import JsonObject

Json = JsonObject
DECIDED = set(APPROVER_VERDICTS) - {CaseVerdict.QUESTION}


def decision(case_decision: CaseDecision, currency: str) -> Json:
    """What an approver decided or asked, or what was answered."""
    return {
        "decision": case_decision.decision.value,
        "amount": values.money(case_decision.amount, currency),
        "comment": case_decision.comment,
        "step": case_decision.step,
        "group": case_decision.group_name,
        "by": people.person(case_decision.by),
        "on_behalf_of": people.person(case_decision.on_behalf_of) if case_decision.on_behalf_of else None,
        "at": values.instant(case_decision.at),
    }


def case(budget_case: BudgetCase, content: Json, *, hide: bool) -> Json:
    """A case with its content."""
    decisions, follows, currency = budget_case.decisions, budget_case.follows, budget_case.currency
    last = next((word for word in reversed(decisions) if word.decision in DECIDED), None)
    return {
        **_shared(budget_case, hide=hide),
        "excess": content["excess"],
        "sections": content["sections"],
        "completeness": content["completeness"],
        "decision": decision(last, currency) if last else None,
        "decisions": [decision(word, currency) for word in decisions],
        "follows": {"id": follows.id, "number": follows.number} if follows else None,
        "submitted_at": values.instant(budget_case.submitted_at),
    }


def head(budget_case: BudgetCase, *, hide: bool = False) -> Json:
    """A case in a list; `hide` where the caller owes a scorecard on its search."""
    candidate = budget_case.offer.application.candidate
    return {**_shared(budget_case, hide=hide), "candidate": {"id": candidate.id, "name": candidate.name}}


def _shared(budget_case: BudgetCase, *, hide: bool) -> Json:
    """What is said of a case alone and in a list.

    The checksum stays away from whoever may not know all that it is made of, since guesses could be tried against it.
    """
    return {
        "id": budget_case.id,
        "number": budget_case.number,
        "offer_id": budget_case.offer_id,
        "application_id": budget_case.offer.application_id,
        "requisition_id": budget_case.offer.application.requisition_id,
        "status": budget_case.status.value,
        "ask": values.money(budget_case.ask, budget_case.currency),
        "needed_by": values.day(budget_case.needed_by),
        **({} if hide else {"sha256": budget_case.sha256}),
        "chain": chain(budget_case),
        "requested_by": people.person(budget_case.requested_by),
        "version": budget_case.version,
        "created_at": values.instant(budget_case.created_at),
    }


def finding(check_finding: Finding) -> Json:
    """One finding of the check."""
    return {
        "severity": check_finding.severity,
        "section": check_finding.section,
        "topic": check_finding.topic,
        "words": list(check_finding.matches),
        "why": check_finding.why,
    }


def endorsement(question: Endorsement) -> Json:
    """A question to a colleague and the answer, word for word."""
    return {
        "id": question.id,
        "email": question.email,
        "question": question.question,
        "name": question.name,
        "team": question.team,
        "would_use": {Choice.YES: True, Choice.NO: False}.get(question.choice) if question.choice else None,
        "choice": question.choice.value if question.choice else None,
        "for_what": question.for_what,
        "by_when": question.by_when,
        "answer": question.answer,
        "expires_at": values.instant(question.expires_at),
        "answered_at": values.instant(question.answered_at),
        "version": question.version,
        "created_at": values.instant(question.asked_at),
    }


def _summaries(summaries: list[ExceptionSummary]) -> list[Json]:
    return [
        {
            "name": summary.name,
            "granted": summary.granted,
            "granted_in_12_months": summary.last_year,
            "refused": summary.refused,
            "accepted": summary.accepted,
            "review": summary.review,
        }
        for summary in summaries
    ]


def register(content: Register) -> Json:
    """The register of exceptions."""
    items = [
        {
            "case_id": entry.case_id,
            "number": entry.number,
            "band": entry.band,
            "role": entry.role,
            "manager": entry.manager,
            "ask": asdict(entry.requested),
            "granted": asdict(entry.granted) if entry.granted else None,
            "decided_at": values.instant(entry.decided_at),
            "became": entry.outcome,
        }
        for entry in content.entries
    ]
    return {
        "items": items,
        "next": None,
        "by_band": _summaries(content.by_band),
        "by_role": _summaries(content.by_role),
        "by_manager": _summaries(content.by_manager),
        "became": dict(content.outcome_counts),
    }
