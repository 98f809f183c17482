"""Offers above the band in searches that have come to their end: the case made, decided, and what the offer became then."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from recruiter.budget import decision_services, writer_facts
from recruiter.budget import services as budget
from recruiter.budget.evidence.sections import candidate
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase, CaseVerdict
from recruiter.demo import phrases
from recruiter.demo.acts import act_by
from recruiter.demo.scenario import DAY, HOUR, Applicant, Search, hundreds
from recruiter.foundation.act import Act
from recruiter.foundation.money import Money
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import Offer

ABOVE, QUOTES = 1.03, 3
APPROVED_EVERY, APPROVED_AT, REFUSED_EVERY, REFUSED_AT = 12, 3, 24, 6


def verdict_for(number: int) -> CaseVerdict | None:
    """What became of the request to pay above the band in a search; None where there was none."""
    if number % APPROVED_EVERY == APPROVED_AT:
        return CaseVerdict.APPROVED
    return CaseVerdict.REFUSED if number % REFUSED_EVERY == REFUSED_AT else None


def make_offer(search: Search, applicant: Applicant, *, verdict: CaseVerdict, at: dt.datetime) -> Offer:
    """Ask for a little more than the band, have it decided within a day, and send the offer: as asked, or at the top of the band."""
    session = search.session
    ask, needed_by = Money(hundreds(search.top_of_band * ABOVE), "EUR"), (at + 9 * DAY).date()
    offer = search.draft_offer(applicant, base=ask.amount, at=at)
    case = budget.open_case(session, offer=offer, ask=ask, needed_by=needed_by, act=search.manager_act(at))
    write_facts(session, case=case, act=search.manager_act(at + HOUR))
    budget.submit(session, case=case, act=search.manager_act(at + 2 * HOUR))
    approved = verdict == CaseVerdict.APPROVED
    comment = "The evidence carries it" if approved else "Offer the top of the band first"
    act = act_by(search.story.staff.approvers[0], now=at + 20 * HOUR)
    decision_services.decide(session, case=case, verdict=verdict, amount=None, comment=comment, act=act)
    if not approved:
        within_band = replace(offer_rules.terms_of(offer), base=Money(search.top_of_band, "EUR"))
        offers.change(session, offer=offer, terms=within_band, act=search.act(at + 21 * HOUR))
    return search.send_offer(offer, at=at + 22 * HOUR)


def write_facts(session: Session, *, case: BudgetCase, act: Act) -> None:
    """Write the facts of a draft as its manager would, from what the panel sent."""
    context = assembly.context_of(session, case, moment=act, options=Options())
    facts: dict[str, str | None] = {
        **phrases.CASE_FACTS,
        "budget_line": f"{case.offer.application.requisition.department}, planned hires",
        "milestone1_owner": act.actor.name,
        "milestone1_due": (act.today + dt.timedelta(days=40)).isoformat(),
        "quotes": ",".join(str(choice.rating_id) for choice in candidate.quotable_comments(context)[:QUOTES]),
    }
    for card in candidate.dissenting(context):
        facts[f"{writer_facts.DISSENT}{card.id}"] = phrases.DISSENT_ANSWER
    budget.write(session, case=case, change=budget.CaseChange(facts=facts), act=act)
