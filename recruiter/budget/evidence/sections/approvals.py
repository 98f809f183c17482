"""Approvals and history: who asked, how the terms came to be, what approvers have said before."""

from __future__ import annotations

from recruiter.budget.content_check import quotations
from recruiter.budget.evidence.amount_text import said
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso, on
from recruiter.budget.models import CaseVerdict
from recruiter.foundation.money import Money
from recruiter.offers.approval import approval_chain, chain_queries
from recruiter.offers.models import ApprovalDecision

SPOKEN = {CaseVerdict.QUESTION: "asked", CaseVerdict.ANSWER: "answered"}
SAID_OF_OFFER = {ApprovalDecision.QUESTION: "asked about", ApprovalDecision.ANSWER: "answered a question on"}


def _chain(ground: Ground) -> str:
    """Who decides: the chain that the size of the excess needs, as it stands or as it was fixed."""
    case = ground.case
    if case.plan is not None:
        plan = approval_chain.plan_of(case.plan)
    else:
        over = Money(max(case.ask - ground.band.max, 0), case.currency)
        found = chain_queries.chains_for(ground.session, cases=True)
        plan = approval_chain.chosen(found, excess=over, top=ground.band.max)
    if plan == approval_chain.DEFAULT:
        return "One approver decides, and not whoever asked."
    steps = [" and ".join(f"{group.needed} of {group.name}" for group in step) for step in plan.steps]
    return f"The chain “{plan.name}” decides: {', then '.join(steps)}; never whoever asked."


def collect(ground: Ground) -> Part:
    """The request, each version of the terms, each earlier decision."""
    case, offer = ground.case, ground.offer
    who = case.requested_by.name
    text = f"Asked for by {who} on {on(case.created_at)}. {_chain(ground)} Without an answer nothing is approved."
    told = [Evidence(f"{who} opened the case.", f"Case {case.number}", by=who, at=iso(case.created_at))]
    for terms in offer.terms:
        what = f"a base of {said(Money(terms.base, terms.currency))}"
        if terms.revision:
            start, expiry = (on(one) if one else "not set" for one in (terms.start_on, terms.expires_on))
            what = f"dates alone, start {start}, expiry {expiry}"
        told.append(Evidence(f"Version {terms.label} of the terms: {what}.", "Terms of the offer", at=iso(terms.at)))
    for one in offer.approvals:
        did = SAID_OF_OFFER.get(one.decision, one.decision.value)
        words = f"{one.by.name} {did} version {one.terms_version} of the terms."
        told.append(Evidence(words, "Approvals of the offer", by=one.by.name, at=iso(one.at)))
    for decision in case.decisions:
        quote = quotations.quoted(decision.comment)
        did = SPOKEN.get(decision.decision, decision.decision.value.replace("_", " "))
        words = f"{decision.by.name}: {did}" + (f", {quote}" if quote else "")
        told.append(Evidence(f"{words}.", f"Decisions on case {case.number}", by=decision.by.name, at=iso(decision.at)))
    if case.decisions:
        text += f" {counted(len(case.decisions), 'earlier decision')} on this case."
    figures = (
        Figure("Versions of the terms", offer.terms_version, "count"),
        Figure("Decisions on this case", len(case.decisions), "count"),
    )
    return Part(text, tuple(told), figures, whole=True)
