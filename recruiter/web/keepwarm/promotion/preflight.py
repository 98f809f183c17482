"""What to look at before somebody is promoted: where any of it holds, the check page comes before the act."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.overview.contact_list import ContactListItem
from recruiter.keepwarm.overview.readiness_rules import ReadinessCheck, State
from recruiter.keepwarm.promotion.promote import PromotionPlan
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import Finalist
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard

SILENT = dt.timedelta(days=7)


def _tied_with(requisition: Requisition, bench: list[Finalist], chosen: Finalist) -> list[str]:
    """Who on the bench is tied with somebody by the suggested ranking; nobody where there is none to see."""
    suggestion = suggested_ranking.for_requisition(db.session(), requisition, viewer=guard.actor(), finalists=bench)
    ranks = {row["application_id"]: row["rank"] for row in suggestion.get("ranking", ())}
    names = {finalist.application_id: finalist.application.candidate.name for finalist in bench}
    rank = ranks.pop(chosen.application_id, None)
    return [names[number] for number in ranks if ranks[number] == rank]


def _not_recorded(plan: PromotionPlan) -> list[str]:
    """What to know where the loss is recorded with this act, and the offer ends with it."""
    sentences = ["Why the first choice is lost is not recorded yet. Choose the reason below."]
    offer = offers.decisive_of(db.session(), plan.ending) if plan.ending else None
    if offer is not None and offer.status == OfferStatus.LAPSED:
        return [*sentences, "The offer of the first choice lapsed. Offer it again, or end their application with this."]
    if plan.phase == Phase.BEFORE_OFFER:
        return sentences
    state = "was accepted" if plan.phase == Phase.ACCEPTED else "is still out"
    return [*sentences, f"The offer of the first choice {state}. It ends with this."]


def look_first(
    requisition: Requisition, plan: PromotionPlan, row: ContactListItem, lights: tuple[ReadinessCheck, ...]
) -> list[str]:
    """What is not as it should be, each as a sentence; empty where a promotion is safe with one click."""
    session, name = db.session(), row.application.candidate.name
    warnings = []
    not_green = [light for light in lights if light.state != State.GREEN]
    if not_green:
        which = ", ".join(light.label.lower() for light in not_green)
        warnings.append(f"Ready: {len(lights) - len(not_green)} of {len(lights)}. Still open: {which}.")
    if row.contact.last_two_way is None:
        warnings.append(f"No talk with {name} is recorded.")
    elif (silence := guard.now() - row.contact.last_two_way) >= SILENT:
        warnings.append(f"{name} has not spoken with you for {wording.plural(silence.days, 'day')}.")
    if any(process.decision_on is None for process in offers.competing_of(session, row.application)):
        warnings.append(f"{name} has another process whose date is not known.")
    begun = offers.live_of(session, row.application)
    if begun is not None and offer_rules.excess(begun.base_pay, requisition.band) is not None:
        warnings.append("The offer that was begun lies above the band: it needs an approved budget case.")
    if others := _tied_with(requisition, plan.bench, row.finalist):
        warnings.append(f"{name} is tied with {' and '.join(others)} by the scorecards. Compare them again.")
    if row.contact.open_concerns:
        warnings.append(f"{name} has {wording.plural(row.contact.open_concerns, 'open concern')}.")
    return [*warnings, *(_not_recorded(plan) if plan.lost is None else ())]
