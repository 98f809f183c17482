"""What to look at before somebody is promoted: where any of it holds, the check page comes before the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.overview import contact_list, readiness_queries, readiness_rules
from recruiter.keepwarm.promotion import promise_renewals
from recruiter.keepwarm.promotion.promote import PromotionPlan
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, Finalist
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions.models import Requisition
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.request import guard

SILENT = dt.timedelta(days=7)


@dataclass(frozen=True)
class Renewal:
    """A promise to somebody who waits on, and the date to which it will be renewed."""

    name: str
    what: str
    before: dt.date
    after: dt.date


def renewals(requisition: Requisition, others: Sequence[Finalist]) -> list[Renewal]:
    """What a promotion would renew to those who wait on."""
    moved = promise_renewals.planned_renewals(db.session(), requisition, others, moment=guard.act())
    return [
        Renewal(
            renewal.finalist.application.candidate.name, renewal.promise.what, renewal.promise.due_on, renewal.due_on
        )
        for renewal in moved
    ]


def lit(application: Application) -> tuple[readiness_rules.ReadinessCheck, ...]:
    """The seven lights of somebody who could be promoted."""
    return readiness_queries.readiness_checks_of(db.session(), [application], moment=guard.act())[application.id]


def _above(requisition: Requisition, begun: Offer | None) -> bool:
    if begun is None or requisition.band is None:
        return False
    base = Money(begun.base, begun.currency)
    return offer_rules.excess(base, requisition.band) is not None


def tied_with(requisition: Requisition, bench: list[Finalist], chosen: Finalist) -> list[str]:
    """Who on the bench is tied with somebody by the suggested ranking; nobody where there is none to see."""
    suggestion = suggested_ranking.for_requisition(db.session(), requisition, viewer=guard.actor(), finalists=bench)
    if suggestion["state"] != "ready":
        return []
    names = {finalist.application_id: finalist.application.candidate.name for finalist in bench}
    for group in suggestion_sentences.rank_groups(suggestion["ranking"]):
        inside = [row["application_id"] for row in group]
        if chosen.application_id in inside:
            return [names[application_id] for application_id in inside if application_id != chosen.application_id]
    return []


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
    requisition: Requisition,
    plan: PromotionPlan,
    chosen: Finalist,
    row: contact_list.ContactListItem,
    *,
    lamps: tuple[readiness_rules.ReadinessCheck, ...],
) -> list[str]:
    """What is not as it should be, each as a sentence; empty where a promotion is safe with one click."""
    session, name = db.session(), row.application.candidate.name
    warnings = []
    not_green = [light for light in lamps if light.state != readiness_rules.State.GREEN]
    if not_green:
        which = ", ".join(light.label.lower() for light in not_green)
        warnings.append(f"{len(not_green)} of 7 lights {'is' if len(not_green) == 1 else 'are'} not green: {which}.")
    if row.contact.last_two_way is None:
        warnings.append(f"No talk with {name} is recorded.")
    elif guard.now() - row.contact.last_two_way >= SILENT:
        warnings.append(
            f"{name} has not spoken with you for {wording.plural((guard.now() - row.contact.last_two_way).days, 'day')}."
        )
    if any(process.decision_on is None for process in offers.competing_of(session, row.application)):
        warnings.append(f"{name} has another process whose date is not known.")
    if _above(requisition, offers.live_of(session, row.application)):
        warnings.append("The offer that was begun lies above the band: it needs an approved budget case.")
    others = tied_with(requisition, plan.bench, chosen)
    if others:
        warnings.append(f"{name} is tied with {' and '.join(others)} by the scorecards. Compare them again.")
    if row.contact.open_concerns:
        warnings.append(f"{name} has {wording.plural(row.contact.open_concerns, 'open concern')}.")
    return [*warnings, *(_not_recorded(plan) if plan.lost is None else ())]
