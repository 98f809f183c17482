"""Budget cases in JSON. Who owes a scorecard on the search does not see what comes from scorecards."""

from __future__ import annotations

from dataclasses import asdict

from recruiter.api.serializers import people, values
from recruiter.api.serializers.chains import chain
from recruiter.budget import decided_amounts
from recruiter.budget.models import APPROVER_VERDICTS, BudgetCase, CaseDecision, CaseVerdict, Choice, Endorsement
from recruiter.budget.register.register_queries import ExceptionSummary, Register
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.lexicon.check import Finding

Json = JsonObject
DECIDED = set(APPROVER_VERDICTS) - {CaseVerdict.QUESTION}


def decision(case_decision: CaseDecision, currency: str) -> Json:
    """What an approver decided or asked, or what was answered."""
    return {
        **values.fields(case_decision, "decision comment step group=group_name by on_behalf_of at"),
        "amount": values.money(case_decision.amount, currency),
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
        "decision": {**decision(last, currency), **_decided(budget_case)} if last else None,
        "decisions": [decision(word, currency) for word in decisions],
        "follows": values.fields(follows, "id number") if follows else None,
        "submitted_at": values.instant(budget_case.submitted_at),
    }


def _decided(budget_case: BudgetCase) -> Json:
    """The amount of the decision on a case: the smallest that an approver allowed."""
    decided = decided_amounts.decided_amount(budget_case)
    return {"amount": values.money(decided.amount, decided.currency)} if decided else {}


def head(budget_case: BudgetCase, *, hide: bool = False) -> Json:
    """A case in a list; `hide` where the caller owes a scorecard on its search."""
    return {**_shared(budget_case, hide=hide), "candidate": people.candidate(budget_case.offer.application.candidate)}


def _shared(budget_case: BudgetCase, *, hide: bool) -> Json:
    """What is said of a case alone and in a list.

    The checksum stays away from whoever may not know all that it is made of, since guesses could be tried against it.
    """
    names = (
        "id number offer_id application_id=offer.application_id requisition_id=offer.application.requisition_id "
        "status needed_by requested_by version created_at"
    )
    return {
        **values.fields(budget_case, names if hide else f"{names} sha256"),
        "ask": values.money(budget_case.ask, budget_case.currency),
        "decided_amount": _decided(budget_case).get("amount"),
        "chain": chain(budget_case),
    }


def finding(check_finding: Finding) -> Json:
    """One finding of the check."""
    return values.fields(check_finding, "severity section topic words=matches why")


def endorsement(question: Endorsement) -> Json:
    """A question to a colleague and the answer, word for word."""
    names = (
        "id email question name team choice for_what by_when answer expires_at answered_at version created_at=asked_at"
    )
    would_use = {Choice.YES: True, Choice.NO: False}.get(question.choice) if question.choice else None
    return {**values.fields(question, names), "would_use": would_use}


def _summaries(summaries: list[ExceptionSummary]) -> list[Json]:
    names = "name granted granted_in_12_months=last_year refused accepted review"
    return [values.fields(summary, names) for summary in summaries]


def register(content: Register) -> Json:
    """The register of exceptions."""
    items = [
        {
            **values.fields(entry, "case_id number band role manager decided_at became=outcome"),
            "ask": asdict(entry.requested),
            "granted": asdict(entry.granted) if entry.granted else None,
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
