"""Six searches that go on, one in each phase of the story: interviews, debrief, slate, offer out, budget case, a first choice lost."""

from __future__ import annotations

import datetime as dt

from recruiter.accounts.models import User
from recruiter.budget import services as budget
from recruiter.budget.models import BudgetCase, Choice
from recruiter.demo import case_facts, interview_setup, latent_quality, phrases, scenario
from recruiter.demo.scenario import DAY, HOUR, Runner, Search, Teller
from recruiter.foundation.calendar import add_working_days
from recruiter.foundation.money import Money
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.keepwarm.models.records import ConcernKind
from recruiter.offers import competing_processes
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import SourceClass
from recruiter.requisitions.models import StageKind
from recruiter.settings import USUAL_ADDRESS

ARRIVE, MET, SLATE = 14, 6, 4


def _begun(teller: Teller, *, number: int, now: dt.datetime, days: int, recruiter: User) -> Search:
    return scenario.open_search(teller, role=phrases.GOING_ON[number], at=now - days * DAY, recruiter=recruiter)


def interviewing(teller: Teller, *, now: dt.datetime, recruiter: User) -> Search:
    """Candidates come in and meet their panels; some cards are in, some are owed, one is late."""
    search = _begun(teller, number=0, now=now, days=13, recruiter=recruiter)
    arrived = scenario.enter(teller, search, ARRIVE, at=search.opened + DAY)
    scenario.move(teller, search, arrived[:9], StageKind.SCREEN, at=now - 8 * DAY)
    met = arrived[:5]
    scenario.move(teller, search, met, StageKind.INTERVIEW, at=now - 6 * DAY)
    interview_setup.decide_by(
        teller.session,
        search.requisition,
        decide_on=add_working_days(now.date(), 4),
        recruiter=recruiter,
        at=now - 5 * DAY,
    )
    mine, others = teller.staff.interviewers[0], teller.staff.interviewers[1:]
    for place, one in enumerate(met):
        panel = [*teller.chance.sample(others, 2), mine]
        hours = (-50, -28, -6, 20, 44)[place]
        sent = {0: 3, 1: 2, 2: 1}.get(place, 0)
        scenario.meet(
            teller,
            search,
            one,
            name="Work sample panel",
            panel=panel,
            at=now + hours * HOUR,
            sent_by=sent,
            tell=hours > 0,
        )
    return search


def _met(teller: Teller, *, number: int, now: dt.datetime, days: int, recruiter: User) -> tuple[Search, list[Runner]]:
    search = _begun(teller, number=number, now=now, days=days, recruiter=recruiter)
    arrived = scenario.enter(teller, search, ARRIVE, at=search.opened + DAY)
    scenario.move(teller, search, arrived[:10], StageKind.SCREEN, at=search.opened + 6 * DAY)
    met = arrived[:MET]
    scenario.move(teller, search, met, StageKind.INTERVIEW, at=search.opened + 8 * DAY)
    scenario.panels(teller, search, met, at=search.opened + 9 * DAY)
    return search, sorted(met, key=lambda one: -latent_quality.preference(one.person, teller.chance))


def debriefing(teller: Teller, *, now: dt.datetime, recruiter: User) -> Search:
    """All cards are in; the round table meets today."""
    search, wanted = _met(teller, number=1, now=now, days=14, recruiter=recruiter)
    scenario.move(teller, search, wanted[:SLATE], StageKind.FINAL, at=now - 3 * DAY)
    return search


def slated(teller: Teller, *, number: int, now: dt.datetime, days: int, recruiter: User) -> tuple[Search, list[Runner]]:
    """Finalists are named, in order, with reasons."""
    search, wanted = _met(teller, number=number, now=now, days=days, recruiter=recruiter)
    slate = wanted[:SLATE]
    scenario.move(teller, search, slate, StageKind.FINAL, at=search.opened + 15 * DAY)
    scenario.name_slate(teller, search, slate, at=search.opened + 16 * DAY)
    scenario.touch(teller, search, slate[0], at=search.opened + 16 * DAY)
    return search, slate


def _promise(teller: Teller, search: Search, one: Runner, *, at: dt.datetime, due_on: dt.date) -> None:
    contact_services.make_promise(
        teller.session,
        application=one.application,
        what="You will hear from us how it goes on",
        due_on=due_on,
        actor=search.recruiter,
        now=at,
        today=at.date(),
    )


def _ready(teller: Teller, search: Search, one: Runner, *, at: dt.datetime) -> None:
    asked = contact_services.Asked(
        interested=True,
        available_from=(at + 45 * DAY).date(),
        expectation_within_band=True,
        references_done_on=at.date(),
    )
    contact_services.record_readiness(
        teller.session, application=one.application, asked=asked, actor=search.recruiter, now=at, today=at.date()
    )


def _other_offer(teller: Teller, search: Search, one: Runner, *, at: dt.datetime, until: dt.date, amount: int) -> None:
    competing_processes.record(
        teller.session,
        application=one.application,
        stage="offer",
        source_class=SourceClass.CREDIBLE,
        employer="",
        decision_on=until,
        amount=Money(amount, "EUR"),
        actor=search.recruiter,
        now=at,
        today=at.date(),
    )
    contact_services.raise_concern(
        teller.session,
        application=one.application,
        kind=ConcernKind.COMPENSATION,
        words="The other offer is higher than ours",
        owner=search.manager,
        actor=search.recruiter,
        now=at,
    )


def offered(teller: Teller, *, now: dt.datetime, recruiter: User) -> Search:
    """An offer is out; of the bench one is due today, one is silent, one has a date elsewhere."""
    search, slate = slated(teller, number=3, now=now, days=24, recruiter=recruiter)
    scenario.offer_out(teller, search, slate[0], base=7_300_000, at=now - 3 * DAY, expires=7 * DAY)
    _promise(teller, search, slate[1], at=now - 2 * DAY, due_on=now.date())
    scenario.touch(teller, search, slate[1], at=now - 2 * DAY)
    _ready(teller, search, slate[1], at=now - 2 * DAY)
    scenario.touch(teller, search, slate[2], at=now - 6 * DAY, answer=False)
    scenario.touch(teller, search, slate[3], at=now - DAY)
    until = add_working_days(now.date(), 4)
    _other_offer(teller, search, slate[3], at=now - DAY, until=until, amount=7_900_000)
    _promise(teller, search, slate[3], at=now - DAY, due_on=add_working_days(until, 3))
    return search


def cased(
    teller: Teller, *, now: dt.datetime, recruiter: User, base_url: str = USUAL_ADDRESS, organisation: str = "us"
) -> BudgetCase:
    """The first choice asks for more than the band; the case has been submitted and waits for its approver."""
    search, slate = slated(teller, number=4, now=now, days=26, recruiter=recruiter)
    first, session = slate[0], teller.session
    band = search.requisition.band
    top = band.max if band else 0
    offer = scenario.offer_out(
        teller, search, first, base=scenario.hundreds(top * 0.97), at=now - 6 * DAY, expires=12 * DAY
    )
    until = add_working_days(now.date(), 3)
    _other_offer(teller, search, first, at=now - 3 * DAY, until=until, amount=scenario.hundreds(top * 1.09))
    for place, one in enumerate(slate[1:3]):
        _promise(teller, search, one, at=now - 3 * DAY, due_on=add_working_days(now.date(), 2 + place))
        scenario.touch(teller, search, one, at=now - (1 + place) * DAY)
        _ready(teller, search, one, at=now - (1 + place) * DAY)
    asked = scenario.hundreds(top * 1.07)
    terms = offers.terms_of(offer)
    more = offer_rules.Terms(base=Money(asked, "EUR"), start_on=terms.start_on, expires_on=terms.expires_on)
    offers.change(session, offer=offer, terms=more, actor=search.recruiter, now=now - 2 * DAY)
    case = budget.open_case(
        session,
        offer=offer,
        ask=Money(asked, "EUR"),
        needed_by=until,
        actor=search.manager,
        now=now - 2 * DAY,
        today=(now - 2 * DAY).date(),
    )
    endorsement, _ = budget.ask_endorsement(
        session,
        case=case,
        email=teller.staff.managers[1].email,
        question="Would your team work with this person, and for what?",
        base_url=base_url,
        organisation=organisation,
        actor=search.manager,
        now=now - 2 * DAY,
    )
    budget.answer(
        session,
        endorsement=endorsement,
        name=teller.staff.managers[1].name,
        team=teller.staff.managers[1].team,
        choice=Choice.YES,
        for_what="The new ingestion of carrier messages",
        by_when="The second quarter",
        words="Yes. Our ingestion needs exactly this work in the second quarter; the questions on back-pressure helped us at once.",
        now=now - 30 * HOUR,
    )
    case_facts.tell(session, case=case, manager=search.manager, now=now - 21 * HOUR)
    return budget.submit(session, case=case, actor=search.manager, now=now - 20 * HOUR)


def lost(teller: Teller, *, now: dt.datetime, recruiter: User) -> Search:
    """Two weeks after accepting, the first choice has withdrawn this morning; the bench is warm and nobody has been put on yet."""
    search, slate = slated(teller, number=5, now=now, days=48, recruiter=recruiter)
    offer = scenario.offer_out(teller, search, slate[0], base=7_200_000, at=now - 20 * DAY)
    offers.accept(teller.session, offer=offer, actor=search.recruiter, now=now - 15 * DAY)
    for place, one in enumerate(slate[1:3]):
        scenario.touch(teller, search, one, at=now - (2 + place) * DAY)
        _ready(teller, search, one, at=now - (2 + place) * DAY)
        _promise(teller, search, one, at=now - 2 * DAY, due_on=add_working_days(now.date(), 2 + place))
    keepwarm.renege(teller.session, offer=offer, said="accepted_counter_offer", actor=search.recruiter, now=now - HOUR)
    return search
