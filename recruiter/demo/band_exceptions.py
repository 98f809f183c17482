"""Offers above the band in searches that have come to their end: the case made, decided, and what the offer became then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from recruiter.budget import services as budget
from recruiter.budget.decisions import decision_services
from recruiter.budget.models import CaseVerdict
from recruiter.demo import case_facts, scenario
from recruiter.demo.acts import act_by
from recruiter.foundation.money import Money
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.requisitions.models import StageKind

if TYPE_CHECKING:
    from recruiter.demo.scenario import Applicant, Search
    from recruiter.offers.models import Offer

ABOVE = 1.03
APPROVED_EVERY, APPROVED_AT, REFUSED_EVERY, REFUSED_AT = 12, 3, 24, 6


def verdict_for(number: int) -> CaseVerdict | None:
    """What became of the request to pay above the band in a search; None where there was none."""
    if number % APPROVED_EVERY == APPROVED_AT:
        return CaseVerdict.APPROVED
    return CaseVerdict.REFUSED if number % REFUSED_EVERY == REFUSED_AT else None


def make_offer(search: Search, applicant: Applicant, *, verdict: CaseVerdict, at: dt.datetime) -> Offer:
    """Ask for a little more than the band, have it decided within a day, and send the offer: as asked, or at the top of the band."""
    session, band = search.session, search.requisition.band
    top = band.max if band else 0
    base = scenario.hundreds(top * ABOVE)
    scenario.move(search, [applicant], StageKind.OFFER, at=at - scenario.HOUR)
    start, expiry = (at + 60 * scenario.DAY).date(), (at + 9 * scenario.DAY).date()
    terms = offer_rules.Terms(base=Money(base, "EUR"), start_on=start, expires_on=expiry)
    offer = offers.draft(session, application=applicant.application, terms=terms, act=search.act(at))
    case = budget.open_case(session, offer=offer, ask=Money(base, "EUR"), needed_by=expiry, act=search.manager_act(at))
    case_facts.write_facts(session, case=case, act=search.manager_act(at + scenario.HOUR))
    budget.submit(session, case=case, act=search.manager_act(at + 2 * scenario.HOUR))
    approved = verdict == CaseVerdict.APPROVED
    comment = "The evidence carries it" if approved else "Offer the top of the band first"
    decision_services.decide(
        session,
        case=case,
        verdict=verdict,
        amount=None,
        comment=comment,
        act=act_by(search.story.staff.approvers[0], now=at + 20 * scenario.HOUR),
    )
    if not approved:
        within_band = offer_rules.Terms(base=Money(top, "EUR"), start_on=start, expires_on=expiry)
        offers.change(session, offer=offer, terms=within_band, act=search.act(at + 21 * scenario.HOUR))
    return scenario.send_offer(search, offer, at=at + 22 * scenario.HOUR)
