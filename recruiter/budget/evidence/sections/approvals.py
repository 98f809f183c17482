"""Approvals and history: who asked, how the terms came to be, what approvers have said before."""

from __future__ import annotations

from recruiter.budget import quotations
from recruiter.budget.evidence.amount_text import format_amount
from recruiter.budget.evidence.sections.previous_case import QUESTION_VERBS
from recruiter.budget.evidence.types import CaseContext, SectionEvidence
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.money import Money
from recruiter.foundation.wording import plural
from recruiter.offers.approval import approval_chain, chain_queries
from recruiter.offers.models import ApprovalDecision, OfferTerms

OFFER_QUESTION_VERBS = {ApprovalDecision.QUESTION: "asked about", ApprovalDecision.ANSWER: "answered a question on"}


def _chain(context: CaseContext) -> str:
    """Who decides: the chain that the size of the excess needs, as it stands or as it was fixed."""
    case = context.case
    if case.plan is not None:
        plan = approval_chain.plan_of(case.plan)
    else:
        excess = Money(max(case.ask - context.band.max, 0), case.currency)
        chains = chain_queries.chains_for(context.session, cases=True)
        plan = approval_chain.chain_for_excess(chains, excess=excess, top=context.band.max)
    if plan == approval_chain.DEFAULT:
        return "One approver decides, and not whoever asked."
    steps = [" and ".join(f"{group.needed} of {group.name}" for group in step) for step in plan.steps]
    return f"The chain “{plan.name}” decides: {', then '.join(steps)}; never whoever asked."


def _terms_claim(context: CaseContext, terms: OfferTerms) -> Claim:
    terms_text = f"a base of {format_amount(Money(terms.base, terms.currency))}"
    if terms.revision:
        start, expiry = (context.long_date(day) if day else "not set" for day in (terms.start_on, terms.expires_on))
        terms_text = f"dates alone, start {start}, expiry {expiry}"
    return context.claim(f"Version {terms.label} of the terms: {terms_text}.", "Terms of the offer", at=terms.at)


def collect(context: CaseContext) -> SectionEvidence:
    """The request, each version of the terms, each earlier decision."""
    case, offer = context.case, context.offer
    requester = case.requested_by.name
    text = f"Asked for by {requester} on {context.long_date(case.created_at)}. {_chain(context)} Without an answer nothing is approved."
    evidence = [
        context.claim(f"{requester} opened the case.", context.own_source, by=requester, at=case.created_at),
        *(_terms_claim(context, terms) for terms in offer.terms),
    ]
    for approval in offer.approvals:
        verb = OFFER_QUESTION_VERBS.get(approval.decision, approval.decision.value)
        statement = f"{approval.by.name} {verb} version {approval.terms_version} of the terms."
        evidence.append(context.claim(statement, "Approvals of the offer", by=approval.by.name, at=approval.at))
    for decision in case.decisions:
        quote = quotations.quoted(decision.comment)
        verb = QUESTION_VERBS.get(decision.decision, decision.decision.value.replace("_", " "))
        statement = f"{decision.by.name}: {verb}" + (f", {quote}." if quote else ".")
        evidence.append(
            context.claim(statement, f"Decisions on case {case.number}", by=decision.by.name, at=decision.at)
        )
    if case.decisions:
        text += f" {plural(len(case.decisions), 'earlier decision')} on this case."
    figures = (
        Amount("Versions of the terms", offer.terms_version, "count"),
        Amount("Decisions on this case", len(case.decisions), "count"),
    )
    return SectionEvidence(text, evidence, figures, is_complete=True)
