"""Searches that have come to their end: what the model learns from, with declines, reneges and promotions among them."""

from __future__ import annotations

import datetime as dt

from recruiter.demo import bench_history, budget_cases, phrases, scenario
from recruiter.demo.scenario import DAY, HOUR, Applicant, Scenario, Search
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.keepwarm.models.records import Phase
from recruiter.keepwarm.promotion import promote
from recruiter.offers import services as offers
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import StageKind

ARRIVE, MET, SLATE = 8, 6, 4
DECLINES_EVERY, RENEGES_EVERY = 6, 10
PACES = tuple(dt.timedelta(minutes=minutes) for minutes in (17, 22, 60, 14, 95))  # the offer is out after five of them


def build(story: Scenario, *, number: int, at: dt.datetime, left: int, now: dt.datetime) -> None:
    """One search from its opening to the first day of work, in about nine weeks; `left` are told after it, `now` is today."""
    search = scenario.open_search(story, role=phrases.ROLES[number % len(phrases.ROLES)], at=at)
    arrived = search.add_candidates(ARRIVE, at=at + DAY)
    search.move(arrived[:-1], StageKind.SCREEN, at=at + 5 * DAY)
    met = arrived[:MET]
    search.move(met, StageKind.INTERVIEW, at=at + 8 * DAY)
    search.hold_panels(met, at=at + 10 * DAY)
    ranked = search.ranked(met)
    slate = ranked[:SLATE]
    search.move(slate, StageKind.FINAL, at=at + 16 * DAY)
    search.name_slate(slate, at=at + 18 * DAY)
    _reject(search, [*ranked[SLATE:], *arrived[MET:]], at=at + 18 * DAY + HOUR)
    bench_history.raise_concerns(search, slate[0], number=number, at=at + 20 * DAY)
    hired = _fill(search, slate, number=number, at=at + 19 * DAY).application
    start_day = at + 60 * DAY
    keepwarm.move(search.session, application=hired, to=search.stages[StageKind.HIRED], act=search.act(start_day))
    backups = [applicant for applicant in slate if applicant.application.status == ApplicationStatus.ACTIVE]
    bench_history.settle_promises(search, backups, number=number)
    if number % bench_history.RELEASED_EVERY == 0 or 0 < left < bench_history.LATELY:
        bench_history.release_backups(search, backups, number=number, at=start_day + DAY)
        bench_history.keep_in_touch(search, backups, number=number, since=start_day + DAY, now=now)
        return
    _reject(search, backups, at=start_day + HOUR, reason="another_finalist")
    bench_history.give_feedback(search, backups, number=number, at=start_day + DAY, every=left >= bench_history.LATELY)


def _reject(search: Search, applicants: list[Applicant], *, at: dt.datetime, reason: str = "skills") -> None:
    for applicant in applicants:
        keepwarm.reject(search.session, application=applicant.application, reason=reason, act=search.act(at))


def _fill(search: Search, slate: list[Applicant], *, number: int, at: dt.datetime) -> Applicant:
    """The offer goes out; now and then it is declined, or accepted and not kept, and the next one is put on."""
    first, bench = slate[0], slate[1:]
    base = scenario.hundreds(search.role.middle * search.story.chance.uniform(0.96, 1.1))
    verdict = budget_cases.verdict_for(number)
    if verdict is None:
        offer = search.make_offer(first, base=base, at=at)
    else:
        offer = budget_cases.make_offer(search, first, verdict=verdict, at=at)
    for place, applicant in enumerate(bench[:2]):
        search.promise(applicant, "You will hear how it went", at=at + 6 * HOUR, due_on=(at + 12 * DAY).date())
        search.log_contact(applicant, at=at + (2 + place) * DAY)
    if number % DECLINES_EVERY == 1:
        return _promoted(search, slate, phase=Phase.OFFER, reason="accepted_other_offer", at=at + 5 * DAY)
    offers.accept(search.session, offer=offer, act=search.act(at + 4 * DAY))
    if number % RENEGES_EVERY == 3:  # noqa: PLR2004  # which of ten
        return _promoted(search, slate, phase=Phase.ACCEPTED, reason="accepted_counter_offer", at=at + 17 * DAY)
    return first


def _promoted(search: Search, slate: list[Applicant], *, phase: Phase, reason: str, at: dt.datetime) -> Applicant:
    act, requisition = search.act(at), search.requisition
    result = promote.promote(search.session, requisition=requisition, phase=phase, reason=reason, act=act)
    pace = PACES[result.promotion.id % len(PACES)]
    offer = search.send_offer(result.offer, at=at, pace=pace)
    offers.accept(search.session, offer=offer, act=search.act(at + 3 * DAY))
    return next(applicant for applicant in slate if applicant.application.id == result.promoted.id)
