"""What to look at before somebody is promoted: where any of it holds, the check page comes before the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.overview import contact_list, readiness_queries, readiness_rules
from recruiter.keepwarm.promotion import promise_renewals
from recruiter.keepwarm.promotion.promote import Prospect
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Application, Finalist
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions.models import Requisition
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.keepwarm import labels
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
    found = promise_renewals.of(db.session(), requisition, others, today=guard.today(), calendar=guard.calendar())
    return [
        Renewal(one.finalist.application.candidate.name, one.promise.what, one.promise.due_on, one.due_on)
        for one in found
    ]


def lit(application: Application) -> tuple[readiness_rules.Light, ...]:
    """The seven lights of somebody who could be promoted."""
    now, zone = guard.now(), guard.configured().zone
    return readiness_queries.lights_of(db.session(), [application], now=now, zone=zone)[application.id]


def _above(requisition: Requisition, begun: Offer | None) -> bool:
    if begun is None or requisition.band is None:
        return False
    base = Money(begun.base, begun.currency)
    return offer_rules.excess(base, requisition.band) is not None


def tied_with(requisition: Requisition, bench: list[Finalist], chosen: Finalist) -> list[str]:
    """Who on the bench is tied with somebody by the suggested ranking; nobody where there is none to see."""
    found = suggested_ranking.for_requisition(db.session(), requisition, viewer=guard.actor(), finalists=bench)
    if found["state"] != "ready":
        return []
    names = {one.application_id: one.application.candidate.name for one in bench}
    for group in suggestion_sentences.groups(found["ranking"]):
        inside = [row["application_id"] for row in group]
        if chosen.application_id in inside:
            return [names[number] for number in inside if number != chosen.application_id]
    return []


def _not_recorded(plan: Prospect) -> list[str]:
    """What to know where the loss is recorded with this act, and the offer ends with it."""
    found = ["Why the first choice is lost is not recorded yet. Choose the reason below."]
    offer = offers.decisive_of(db.session(), plan.ending) if plan.ending else None
    if offer is not None and offer.status == OfferStatus.LAPSED:
        return [*found, "The offer of the first choice lapsed. Offer it again, or end their application with this."]
    if plan.phase == Phase.BEFORE_OFFER:
        return found
    state = "was accepted" if plan.phase == Phase.ACCEPTED else "is still out"
    return [*found, f"The offer of the first choice {state}. It ends with this."]


def look_first(
    requisition: Requisition,
    plan: Prospect,
    chosen: Finalist,
    row: contact_list.Row,
    *,
    lamps: tuple[readiness_rules.Light, ...],
) -> list[str]:
    """What is not as it should be, each as a sentence; empty where a promotion is safe with one click."""
    session, name = db.session(), row.application.candidate.name
    found = []
    dark = [one for one in lamps if one.state != readiness_rules.State.GREEN]
    if dark:
        which = ", ".join(one.label.lower() for one in dark)
        found.append(f"{len(dark)} of 7 lights {'is' if len(dark) == 1 else 'are'} not green: {which}.")
    if row.last_two_way is None:
        found.append(f"No talk with {name} is recorded.")
    elif guard.now() - row.last_two_way >= SILENT:
        found.append(f"{name} has not spoken with you for {labels.days((guard.now() - row.last_two_way).days)}.")
    if any(one.decision_on is None for one in offers.competing_of(session, row.application)):
        found.append(f"{name} has another process whose date is not known.")
    if _above(requisition, offers.live_of(session, row.application)):
        found.append("The offer that was begun lies above the band: it needs an approved budget case.")
    others = tied_with(requisition, plan.bench, chosen)
    if others:
        found.append(f"{name} is tied with {' and '.join(others)} by the scorecards. Compare them again.")
    if row.open_concerns:
        found.append(f"{name} has {row.open_concerns} open concern{'' if row.open_concerns == 1 else 's'}.")
    return [*found, *(_not_recorded(plan) if plan.lost is None else ())]
