"""Six searches that go on, one in each phase of the story: interviews, debrief, slate, offer out, budget case, a first choice lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from recruiter.budget import services as budget
from recruiter.budget.models import BudgetCase, Choice
from recruiter.demo import budget_cases, phrases, scenario
from recruiter.demo.acts import moment
from recruiter.demo.scenario import DAY, HOUR, Applicant, Scenario, Search
from recruiter.foundation.calendar import add_working_days
from recruiter.foundation.money import Money
from recruiter.interviews import decision_dates
from recruiter.keepwarm.contacts import readiness_services
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.keepwarm.models.records import ConcernKind
from recruiter.offers import competing_processes
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import SourceClass
from recruiter.requisitions.models import StageKind
from recruiter.settings import USUAL_ADDRESS

ARRIVE, MET, SLATE = 14, 6, 4
NEXT_STEP = "We will tell you the next step"


def _open_search(story: Scenario, *, number: int, now: dt.datetime, days: int) -> Search:
    return scenario.open_search(
        story, role=phrases.OPEN_ROLES[number], at=now - days * DAY, recruiter=story.staff.recruiters[0]
    )


def search_in_interviews(story: Scenario, *, now: dt.datetime) -> Search:
    """Candidates come in and meet their panels; some cards are in, some are owed, one is late."""
    search = _open_search(story, number=0, now=now, days=13)
    arrived = search.add_candidates(ARRIVE, at=search.opened + DAY)
    search.move(arrived[:9], StageKind.SCREEN, at=now - 8 * DAY)
    interviewed = arrived[:5]
    search.move(interviewed, StageKind.INTERVIEW, at=now - 6 * DAY)
    decide_on = add_working_days(now.date(), 4)
    act = search.act(now - 5 * DAY)
    decision_dates.set_date(story.session, requisition=search.requisition, decide_on=decide_on, act=act)
    own_interviewer, others = story.staff.interviewers[0], story.staff.interviewers[1:]
    for place, applicant in enumerate(interviewed):
        panel = [*story.chance.sample(others, 2), own_interviewer]
        hours, sent_by = (-50, -28, -6, 20, 44)[place], (3, 2, 1, 0, 0)[place]
        at, name = now + hours * HOUR, "Work sample panel"
        search.hold_interview(applicant, name=name, panel=panel, at=at, sent_by=sent_by, notify=hours > 0)
    return search


def _met(story: Scenario, *, number: int, now: dt.datetime, days: int) -> tuple[Search, list[Applicant]]:
    search = _open_search(story, number=number, now=now, days=days)
    arrived = search.add_candidates(ARRIVE, at=search.opened + DAY)
    search.move(arrived[:10], StageKind.SCREEN, at=search.opened + 6 * DAY)
    interviewed = arrived[:MET]
    search.move(interviewed, StageKind.INTERVIEW, at=search.opened + 8 * DAY)
    search.hold_panels(interviewed, at=search.opened + 9 * DAY)
    return search, search.ranked(interviewed)


def search_in_debrief(story: Scenario, *, now: dt.datetime) -> Search:
    """All cards are in; the round table meets today."""
    search, ranked = _met(story, number=1, now=now, days=14)
    search.move(ranked[:SLATE], StageKind.FINAL, at=now - 3 * DAY)
    return search


def search_with_slate(story: Scenario, *, number: int, now: dt.datetime, days: int) -> tuple[Search, list[Applicant]]:
    """Finalists are named, in order, with reasons."""
    search, ranked = _met(story, number=number, now=now, days=days)
    slate = ranked[:SLATE]
    search.move(slate, StageKind.FINAL, at=search.opened + 15 * DAY)
    search.name_slate(slate, at=search.opened + 16 * DAY)
    search.log_contact(slate[0], at=search.opened + 16 * DAY)
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
    search.raise_concern(applicant, ConcernKind.COMPENSATION, "The other offer is higher than ours", at=at)


def search_with_offer(story: Scenario, *, now: dt.datetime) -> Search:
    """An offer is out; of the bench one is due today, one is silent, one has a date elsewhere."""
    search, slate = search_with_slate(story, number=3, now=now, days=24)
    search.make_offer(slate[0], base=7_300_000, at=now - 3 * DAY, expires=7 * DAY)
    search.promise(slate[1], NEXT_STEP, at=now - 2 * DAY, due_on=now.date())
    search.log_contact(slate[1], at=now - 2 * DAY)
    _ready(search, slate[1], at=now - 2 * DAY)
    search.log_contact(slate[2], at=now - 6 * DAY, answer=False)
    search.log_contact(slate[3], at=now - DAY)
    until = add_working_days(now.date(), 4)
    _other_offer(search, slate[3], at=now - DAY, until=until, amount=7_900_000)
    search.promise(slate[3], NEXT_STEP, at=now - DAY, due_on=add_working_days(until, 3))
    return search


def search_with_case(
    story: Scenario, *, now: dt.datetime, base_url: str = USUAL_ADDRESS, organisation: str = "us"
) -> BudgetCase:
    """The first choice asks for more than the band; the case has been submitted and waits for its approver."""
    search, slate = search_with_slate(story, number=4, now=now, days=26)
    first, session, top = slate[0], story.session, search.top_of_band
    offer = search.make_offer(first, base=scenario.hundreds(top * 0.97), at=now - 6 * DAY, expires=12 * DAY)
    until = add_working_days(now.date(), 3)
    _other_offer(search, first, at=now - 3 * DAY, until=until, amount=scenario.hundreds(top * 1.09))
    for place, applicant in enumerate(slate[1:3]):
        search.promise(applicant, NEXT_STEP, at=now - 3 * DAY, due_on=add_working_days(now.date(), 2 + place))
        search.log_contact(applicant, at=now - (1 + place) * DAY)
        _ready(search, applicant, at=now - (1 + place) * DAY)
    ask, asked_at, colleague = Money(scenario.hundreds(top * 1.07), "EUR"), now - 2 * DAY, story.staff.managers[1]
    offers.change(session, offer=offer, terms=replace(offer_rules.terms_of(offer), base=ask), act=search.act(asked_at))
    case = budget.open_case(session, offer=offer, ask=ask, needed_by=until, act=search.manager_act(asked_at))
    endorsement, _ = budget.ask_endorsement(
        session,
        case=case,
        email=colleague.email,
        question="Would your team work with this person, and for what?",
        base_url=base_url,
        organisation=organisation,
        act=search.manager_act(asked_at),
    )
    answer = budget.EndorsementAnswer(colleague.name, colleague.team, Choice.YES, **phrases.ENDORSEMENT)
    budget.answer_endorsement(session, endorsement=endorsement, answer=answer, moment=moment(now - 30 * HOUR))
    budget_cases.write_facts(session, case=case, act=search.manager_act(now - 21 * HOUR))
    return budget.submit(session, case=case, act=search.manager_act(now - 20 * HOUR))


def search_with_withdrawal(story: Scenario, *, now: dt.datetime) -> Search:
    """Two weeks after accepting, the first choice has withdrawn this morning; the bench is warm and nobody has been put on yet."""
    search, slate = search_with_slate(story, number=5, now=now, days=48)
    offer = search.make_offer(slate[0], base=7_200_000, at=now - 20 * DAY)
    offers.accept(search.session, offer=offer, act=search.act(now - 15 * DAY))
    for place, applicant in enumerate(slate[1:3]):
        search.log_contact(applicant, at=now - (2 + place) * DAY)
        _ready(search, applicant, at=now - (2 + place) * DAY)
        search.promise(applicant, NEXT_STEP, at=now - 2 * DAY, due_on=add_working_days(now.date(), 2 + place))
    keepwarm.renege(search.session, offer=offer, reason="accepted_counter_offer", act=search.act(now - HOUR))
    return search
