"""Searches that have come to their end: what the model learns from, with declines, reneges and promotions among them."""

from __future__ import annotations

import datetime as dt

from recruiter.demo import band_exceptions, bench_history, latent_quality, phrases, scenario
from recruiter.demo.scenario import DAY, HOUR, Runner, Search, Teller
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.promotion import promote
from recruiter.offers import services as offers
from recruiter.offers.models import Offer
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import StageKind

ARRIVE, MET, SLATE = 8, 6, 4
DECLINES_EVERY, RENEGES_EVERY = 6, 10
PACES = tuple(dt.timedelta(minutes=one) for one in (17, 22, 60, 14, 95))  # the offer is out after five of them


def tell(teller: Teller, *, number: int, at: dt.datetime, left: int = 0, now: dt.datetime | None = None) -> Search:
    """One search from its opening to the first day of work, in about nine weeks; `left` are told after it, `now` is today."""
    search = scenario.open_search(teller, role=phrases.ROLES[number % len(phrases.ROLES)], at=at)
    arrived = scenario.enter(teller, search, ARRIVE, at=at + DAY)
    scenario.move(teller, search, arrived[:-1], StageKind.SCREEN, at=at + 5 * DAY)
    met = arrived[:MET]
    scenario.move(teller, search, met, StageKind.INTERVIEW, at=at + 8 * DAY)
    scenario.panels(teller, search, met, at=at + 10 * DAY)
    wanted = sorted(met, key=lambda one: -latent_quality.preference(one.person, teller.chance))
    slate = wanted[:SLATE]
    scenario.move(teller, search, slate, StageKind.FINAL, at=at + 16 * DAY)
    scenario.name_slate(teller, search, slate, at=at + 18 * DAY)
    _reject(teller, search, [*wanted[SLATE:], *arrived[MET:]], at=at + 18 * DAY + HOUR)
    bench_history.concerns(teller, search, slate[0], number=number, at=at + 20 * DAY)
    hired = _fill(teller, search, slate, number=number, at=at + 19 * DAY)
    work = at + 60 * DAY
    keepwarm.move(
        teller.session,
        application=hired.application,
        to=search.stages[StageKind.HIRED],
        actor=search.recruiter,
        now=work,
    )
    rest = [one for one in slate if one.application.status == ApplicationStatus.ACTIVE]
    bench_history.promises(teller, search, rest, number=number)
    if number % bench_history.RELEASED_EVERY == 0 or 0 < left < bench_history.LATELY:
        bench_history.release(teller, search, rest, number=number, at=work + DAY)
        bench_history.in_touch(teller, search, rest, number=number, since=work + DAY, now=now or work + DAY)
        return search
    _reject(teller, search, rest, at=work + HOUR, reason="another_finalist")
    bench_history.feedback(teller, search, rest, number=number, at=work + DAY, every=left >= bench_history.LATELY)
    return search


def _reject(teller: Teller, search: Search, runners: list[Runner], *, at: dt.datetime, reason: str = "skills") -> None:
    for one in runners:
        keepwarm.reject(teller.session, application=one.application, said=reason, actor=search.recruiter, now=at)


def _fill(teller: Teller, search: Search, slate: list[Runner], *, number: int, at: dt.datetime) -> Runner:
    """The offer goes out; now and then it is declined, or accepted and not kept, and the next one is put on."""
    first, bench = slate[0], slate[1:]
    middle = phrases.ROLES[number % len(phrases.ROLES)][3]
    base = scenario.hundreds(middle * teller.chance.uniform(0.96, 1.1))
    verdict = band_exceptions.verdict_for(number)
    if verdict is None:
        offer = scenario.offer_out(teller, search, first, base=base, at=at)
    else:
        offer = band_exceptions.offer_out(teller, search, first, verdict=verdict, at=at)
    for place, one in enumerate(bench[:2]):
        contact_services.make_promise(
            teller.session,
            application=one.application,
            what="You will hear how it went",
            due_on=(at + 12 * DAY).date(),
            actor=search.recruiter,
            now=at + 6 * HOUR,
            today=at.date(),
        )
        scenario.touch(teller, search, one, at=at + (2 + place) * DAY)
    if number % DECLINES_EVERY == 1:
        return _promoted(teller, search, slate, phase=Phase.OFFER, reason="accepted_other_offer", at=at + 5 * DAY)
    offers.accept(teller.session, offer=offer, actor=search.recruiter, now=at + 4 * DAY)
    if number % RENEGES_EVERY == 3:  # noqa: PLR2004  # which of ten
        return _promoted(teller, search, slate, phase=Phase.ACCEPTED, reason="accepted_counter_offer", at=at + 17 * DAY)
    return first


def _promoted(
    teller: Teller, search: Search, slate: list[Runner], *, phase: Phase, reason: str, at: dt.datetime
) -> Runner:
    done = promote.promote(
        teller.session,
        requisition=search.requisition,
        phase=phase,
        said=reason,
        actor=search.recruiter,
        now=at,
        today=at.date(),
    )
    pace = PACES[done.promotion.id % len(PACES)]
    offer: Offer = scenario.send(teller, search, done.offer, at=at, pace=pace)
    offers.accept(teller.session, offer=offer, actor=search.recruiter, now=at + 3 * DAY)
    return next(one for one in slate if one.application.id == done.promoted.id)
