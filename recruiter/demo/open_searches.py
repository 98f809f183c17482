"""Six searches that go on, one in each phase of the story: interviews, debrief, slate, offer out, budget case, a first choice lost."""

from __future__ import annotations

import datetime as dt

from recruiter.accounts.models import User
from recruiter.budget import services as budget
from recruiter.budget.models import BudgetCase, Choice
from recruiter.demo import case_facts, latent_quality, phrases, scenario
from recruiter.demo.acts import moment
from recruiter.demo.scenario import DAY, HOUR, Applicant, Scenario, Search
from recruiter.foundation.calendar import add_working_days
from recruiter.foundation.money import Money
from recruiter.interviews import decision_dates
from recruiter.keepwarm.contacts import concern_services, readiness_services
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.keepwarm.models.records import ConcernKind
from recruiter.offers import competing_processes
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import SourceClass
from recruiter.requisitions.models import StageKind
from recruiter.settings import USUAL_ADDRESS

ARRIVE, MET, SLATE = 14, 6, 4
NEXT_STEP = "You will hear from us how it goes on"


def _open_search(story: Scenario, *, number: int, now: dt.datetime, days: int, recruiter: User) -> Search:
    return scenario.open_search(story, role=phrases.OPEN_ROLES[number], at=now - days * DAY, recruiter=recruiter)


def search_in_interviews(story: Scenario, *, now: dt.datetime, recruiter: User) -> Search:
    """Candidates come in and meet their panels; some cards are in, some are owed, one is late."""
    search = _open_search(story, number=0, now=now, days=13, recruiter=recruiter)
    arrived = scenario.add_candidates(search, ARRIVE, at=search.opened + DAY)
    scenario.move(search, arrived[:9], StageKind.SCREEN, at=now - 8 * DAY)
    interviewed = arrived[:5]
    scenario.move(search, interviewed, StageKind.INTERVIEW, at=now - 6 * DAY)
    decide_on = add_working_days(now.date(), 4)
    decision_dates.set_date(
        search.session, requisition=search.requisition, decide_on=decide_on, act=search.act(now - 5 * DAY)
    )
    own_interviewer, others = story.staff.interviewers[0], story.staff.interviewers[1:]
    for place, applicant in enumerate(interviewed):
        panel = [*story.chance.sample(others, 2), own_interviewer]
        hours = (-50, -28, -6, 20, 44)[place]
        sent = {0: 3, 1: 2, 2: 1}.get(place, 0)
        scenario.hold_interview(
            search,
            applicant,
            name="Work sample panel",
            panel=panel,
            at=now + hours * HOUR,
            sent_by=sent,
            notify=hours > 0,
        )
    return search


def _met(
    story: Scenario, *, number: int, now: dt.datetime, days: int, recruiter: User
) -> tuple[Search, list[Applicant]]:
    search = _open_search(story, number=number, now=now, days=days, recruiter=recruiter)
    arrived = scenario.add_candidates(search, ARRIVE, at=search.opened + DAY)
    scenario.move(search, arrived[:10], StageKind.SCREEN, at=search.opened + 6 * DAY)
    interviewed = arrived[:MET]
    scenario.move(search, interviewed, StageKind.INTERVIEW, at=search.opened + 8 * DAY)
    scenario.hold_panels(search, interviewed, at=search.opened + 9 * DAY)
    return search, sorted(interviewed, key=lambda applicant: -latent_quality.preference(applicant.person, story.chance))


def search_in_debrief(story: Scenario, *, now: dt.datetime, recruiter: User) -> Search:
    """All cards are in; the round table meets today."""
    search, ranked = _met(story, number=1, now=now, days=14, recruiter=recruiter)
    scenario.move(search, ranked[:SLATE], StageKind.FINAL, at=now - 3 * DAY)
    return search


def search_with_slate(
    story: Scenario, *, number: int, now: dt.datetime, days: int, recruiter: User
) -> tuple[Search, list[Applicant]]:
    """Finalists are named, in order, with reasons."""
    search, ranked = _met(story, number=number, now=now, days=days, recruiter=recruiter)
    slate = ranked[:SLATE]
    scenario.move(search, slate, StageKind.FINAL, at=search.opened + 15 * DAY)
    scenario.name_slate(search, slate, at=search.opened + 16 * DAY)
    scenario.log_contact(search, slate[0], at=search.opened + 16 * DAY)
    return search, slate


def _ready(search: Search, applicant: Applicant, *, at: dt.datetime) -> None:
    readiness = readiness_services.ReadinessAnswers(
        interested=True,
        available_from=(at + 45 * DAY).date(),
        expectation_within_band=True,
        references_done_on=at.date(),
    )
    readiness_services.record_readiness(
        search.session, application=applicant.application, answers=readiness, act=search.act(at)
    )


def _other_offer(search: Search, applicant: Applicant, *, at: dt.datetime, until: dt.date, amount: int) -> None:
    competing_processes.record(
        search.session,
        application=applicant.application,
        stage="offer",
        source_class=SourceClass.CREDIBLE,
        employer="",
        decision_on=until,
        amount=Money(amount, "EUR"),
        act=search.act(at),
    )
    concern_services.raise_concern(
        search.session,
        application=applicant.application,
        kind=ConcernKind.COMPENSATION,
        description="The other offer is higher than ours",
        owner=search.manager,
        act=search.act(at),
    )


def search_with_offer(story: Scenario, *, now: dt.datetime, recruiter: User) -> Search:
    """An offer is out; of the bench one is due today, one is silent, one has a date elsewhere."""
    search, slate = search_with_slate(story, number=3, now=now, days=24, recruiter=recruiter)
    scenario.make_offer(search, slate[0], base=7_300_000, at=now - 3 * DAY, expires=7 * DAY)
    scenario.promise(search, slate[1], NEXT_STEP, at=now - 2 * DAY, due_on=now.date())
    scenario.log_contact(search, slate[1], at=now - 2 * DAY)
    _ready(search, slate[1], at=now - 2 * DAY)
    scenario.log_contact(search, slate[2], at=now - 6 * DAY, answer=False)
    scenario.log_contact(search, slate[3], at=now - DAY)
    until = add_working_days(now.date(), 4)
    _other_offer(search, slate[3], at=now - DAY, until=until, amount=7_900_000)
    scenario.promise(search, slate[3], NEXT_STEP, at=now - DAY, due_on=add_working_days(until, 3))
    return search


def search_with_case(
    story: Scenario, *, now: dt.datetime, recruiter: User, base_url: str = USUAL_ADDRESS, organisation: str = "us"
) -> BudgetCase:
    """The first choice asks for more than the band; the case has been submitted and waits for its approver."""
    search, slate = search_with_slate(story, number=4, now=now, days=26, recruiter=recruiter)
    first, session = slate[0], story.session
    band = search.requisition.band
    top = band.max if band else 0
    offer = scenario.make_offer(search, first, base=scenario.hundreds(top * 0.97), at=now - 6 * DAY, expires=12 * DAY)
    until = add_working_days(now.date(), 3)
    _other_offer(search, first, at=now - 3 * DAY, until=until, amount=scenario.hundreds(top * 1.09))
    for place, applicant in enumerate(slate[1:3]):
        scenario.promise(search, applicant, NEXT_STEP, at=now - 3 * DAY, due_on=add_working_days(now.date(), 2 + place))
        scenario.log_contact(search, applicant, at=now - (1 + place) * DAY)
        _ready(search, applicant, at=now - (1 + place) * DAY)
    asking_amount = scenario.hundreds(top * 1.07)
    terms = offer_rules.terms_of(offer)
    revised_terms = offer_rules.Terms(
        base=Money(asking_amount, "EUR"), start_on=terms.start_on, expires_on=terms.expires_on
    )
    offers.change(session, offer=offer, terms=revised_terms, act=search.act(now - 2 * DAY))
    case = budget.open_case(
        session, offer=offer, ask=Money(asking_amount, "EUR"), needed_by=until, act=search.manager_act(now - 2 * DAY)
    )
    endorsement, _ = budget.ask_endorsement(
        session,
        case=case,
        email=story.staff.managers[1].email,
        question="Would your team work with this person, and for what?",
        base_url=base_url,
        organisation=organisation,
        act=search.manager_act(now - 2 * DAY),
    )
    budget.answer_endorsement(
        session,
        endorsement=endorsement,
        answer=budget.EndorsementAnswer(
            name=story.staff.managers[1].name,
            team=story.staff.managers[1].team,
            choice=Choice.YES,
            for_what="The new ingestion of carrier messages",
            by_when="The second quarter",
            comment="Yes. Our ingestion needs exactly this work in the second quarter; the questions on back-pressure helped us at once.",
        ),
        moment=moment(now - 30 * HOUR),
    )
    case_facts.write_facts(session, case=case, act=search.manager_act(now - 21 * HOUR))
    return budget.submit(session, case=case, act=search.manager_act(now - 20 * HOUR))


def search_with_withdrawal(story: Scenario, *, now: dt.datetime, recruiter: User) -> Search:
    """Two weeks after accepting, the first choice has withdrawn this morning; the bench is warm and nobody has been put on yet."""
    search, slate = search_with_slate(story, number=5, now=now, days=48, recruiter=recruiter)
    offer = scenario.make_offer(search, slate[0], base=7_200_000, at=now - 20 * DAY)
    offers.accept(search.session, offer=offer, act=search.act(now - 15 * DAY))
    for place, applicant in enumerate(slate[1:3]):
        scenario.log_contact(search, applicant, at=now - (2 + place) * DAY)
        _ready(search, applicant, at=now - (2 + place) * DAY)
        scenario.promise(search, applicant, NEXT_STEP, at=now - 2 * DAY, due_on=add_working_days(now.date(), 2 + place))
    keepwarm.renege(search.session, offer=offer, reason="accepted_counter_offer", act=search.act(now - HOUR))
    return search
