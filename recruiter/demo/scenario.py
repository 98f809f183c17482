"""What every search of the story is told with: opening it, bringing candidates in, panels, the slate, an offer on its way."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recruiter.accounts.models import User
from recruiter.candidates import services as candidates
from recruiter.candidates.rules import CandidateDetails
from recruiter.debriefs import services as debriefs
from recruiter.debriefs.models import Outcome
from recruiter.demo import interview_setup, latent_quality, phrases
from recruiter.demo.acts import act_by
from recruiter.demo.people import Staff
from recruiter.foundation.act import Act
from recruiter.foundation.money import Money
from recruiter.interviews import services as interviews
from recruiter.keepwarm.contacts import contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Direction, Promise, TouchKind
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision, Offer
from recruiter.pipeline import services as pipeline
from recruiter.pipeline import source_credit
from recruiter.pipeline.models import Application
from recruiter.ranking.suggestion import slate_orders
from recruiter.requisitions import rules
from recruiter.requisitions import services as requisitions
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent, Mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def hundreds(amount: float) -> int:
    """An amount in minor units, rounded to whole hundreds of the currency."""
    return round(amount / 10_000) * 10_000


@dataclass
class Scenario:
    """Who tells: the session, the company's people, chance with a seed, and names."""

    session: Session
    staff: Staff
    chance: random.Random
    name: Callable[[], str]
    candidate_count: int = 0


@dataclass
class Applicant:
    """A candidate on a search, with what is true of the person."""

    application: Application
    person: latent_quality.Person


@dataclass
class Search:
    """One requisition of the story as it goes on."""

    story: Scenario
    requisition: Requisition
    recruiter: User
    manager: User
    stages: dict[StageKind, Stage]
    opened: dt.datetime
    applicants: list[Applicant] = field(default_factory=list)

    @property
    def session(self) -> Session:
        """Where the story is written."""
        return self.story.session

    def act(self, at: dt.datetime) -> Act:
        """What its recruiter does at an instant."""
        return act_by(self.recruiter, now=at)

    def manager_act(self, at: dt.datetime) -> Act:
        """What its hiring manager does at an instant."""
        return act_by(self.manager, now=at)


def open_search(
    story: Scenario, *, role: tuple[str, str, str, int], at: dt.datetime, recruiter: User | None = None
) -> Search:
    """Open a requisition with its band, stages and bar."""
    title, team, level, middle = role
    staff = story.staff
    manager = next(user for user in staff.managers if user.team == team)
    band = rules.BandTerms(min=hundreds(middle * 0.88), mid=middle, max=hundreds(middle * 1.12), currency="EUR")
    terms = rules.RequisitionTerms(
        title=title,
        department=team,
        location="Berlin or remote",
        level=level,
        attributes=[rules.AttributeTerms(name, text, weight) for name, text, weight in phrases.ATTRIBUTES],
        band=band,
        bar=3.0,
    )
    chosen = recruiter or story.chance.choice(staff.recruiters)
    requisition = requisitions.create(
        story.session, terms=terms, hiring_manager=manager, recruiters=[chosen], act=act_by(chosen, now=at)
    )
    stages = {stage.kind: stage for stage in requisition.stages}
    interview_setup.write_plan(story.session, requisition, act=act_by(chosen, now=at))
    return Search(story, requisition, chosen, manager, stages, at)


def add_candidates(search: Search, count: int, *, at: dt.datetime) -> list[Applicant]:
    """Candidates arrive, a few hours apart."""
    arrived = []
    for place in range(count):
        search.story.candidate_count += 1
        name = search.story.name()
        person = latent_quality.person(
            search.story.chance, name=name, email=f"candidate{search.story.candidate_count}@example.com"
        )
        when = at + place * 5 * HOUR
        source = search.story.chance.choice(["referral", "website", "website", "agency", "event"])
        record = CandidateDetails(name=person.name, emails=[person.email], headline=person.headline, source=source)
        candidate = candidates.add(search.session, person=record, act=search.act(when))
        application = pipeline.apply(
            search.session, candidate=candidate, requisition=search.requisition, act=search.act(when)
        )
        source_credit.credit(
            search.session, application=application, source=source, credited_to=None, act=search.act(when)
        )
        arrived.append(Applicant(application, person))
    search.applicants += arrived
    return arrived


def move(search: Search, applicants: list[Applicant], kind: StageKind, *, at: dt.datetime, reason: str = "") -> None:
    """Move some candidates on to the stage of a kind."""
    for place, applicant in enumerate(applicants):
        pipeline.move(
            search.session,
            application=applicant.application,
            to=search.stages[kind],
            act=search.act(at + place * dt.timedelta(minutes=11)),
            reason=reason,
        )


def hold_interview(
    search: Search,
    applicant: Applicant,
    *,
    name: str,
    panel: list[User],
    at: dt.datetime,
    sent_by: int | None = None,
    notify: bool = False,
) -> None:
    """Hold an interview; its first `sent_by` panelists (all where nothing is said) send their cards within a day."""
    seats = [interviews.Seat(user, cross_functional=user.team != search.requisition.department) for user in panel]
    interview = interviews.plan(
        search.session,
        application=applicant.application,
        stage=search.stages[StageKind.INTERVIEW],
        name=name,
        starts_at=at,
        ends_at=at + HOUR,
        panel=seats,
        act=search.act(at - 2 * DAY),
        notify=notify,
    )
    for user in panel[: len(panel) if sent_by is None else sent_by]:
        rated, overall = latent_quality.ratings(
            applicant.person, search.story.chance, severity=search.story.staff.severity[user.id]
        )
        marks = [
            Mark(attribute, value, search.story.chance.choice(phrases.EVIDENCE[value]) if value else "")
            for attribute, value in rated.items()
        ]
        scorecards.submit(
            search.session,
            interview=interview,
            content=CardContent(
                marks,
                overall=overall,
                summary=phrases.SUMMARY[overall],
                question=phrases.QUESTIONS[interview.id % len(phrases.QUESTIONS)] if user is panel[0] else "",
            ),
            act=act_by(user, now=at + HOUR + dt.timedelta(minutes=search.story.chance.randint(20, 1200))),
        )


def hold_panels(search: Search, applicants: list[Applicant], *, at: dt.datetime) -> None:
    """Two panels for each candidate: three people on the work, four on working together."""
    for place, applicant in enumerate(applicants):
        people = search.story.chance.sample(search.story.staff.interviewers, 7)
        when = at + place * 5 * HOUR
        hold_interview(search, applicant, name="Work sample panel", panel=people[:3], at=when)
        hold_interview(search, applicant, name="Team panel", panel=people[3:], at=when + DAY)


def name_slate(search: Search, slate: list[Applicant], *, at: dt.datetime) -> None:
    """The round table says whom it wants first; the manager names finalists in order, each with a reason."""
    order = [
        (applicant.application, phrases.FINALIST_REASONS[min(place, len(phrases.FINALIST_REASONS) - 1)])
        for place, applicant in enumerate(slate)
    ]
    first = slate[0].application
    debriefs.record(
        search.session,
        requisition=search.requisition,
        decision=f"{first.candidate.name} first, then in the order of the slate",
        outcome=Outcome.GO_ON,
        reason=phrases.FINALIST_REASONS[0],
        first_choice=first,
        act=search.manager_act(at - HOUR),
    )
    slate_orders.save_order(search.session, requisition=search.requisition, order=order, act=search.manager_act(at))


def record_contact(
    search: Search,
    applicant: Applicant,
    text: str,
    *,
    at: dt.datetime,
    kind: TouchKind = TouchKind.UPDATE,
    channel: Channel = Channel.PHONE,
    direction: Direction = Direction.TO,
) -> None:
    """The recruiter notes one contact with a candidate."""
    contact = contact_services.Contact(direction, channel, kind, text, at)
    contact_services.record(search.session, application=applicant.application, contact=contact, act=search.act(at))


def log_contact(search: Search, applicant: Applicant, *, at: dt.datetime, answer: bool = True) -> None:
    """The recruiter writes, and the candidate answers or does not."""
    chance, later = search.story.chance, at + HOUR
    record_contact(search, applicant, chance.choice(phrases.UPDATES), at=at, channel=Channel.EMAIL)
    if answer:
        reply = chance.choice(phrases.ANSWERS)
        record_contact(
            search, applicant, reply, at=later, kind=TouchKind.CHECK_IN, channel=Channel.EMAIL, direction=Direction.FROM
        )


def promise(search: Search, applicant: Applicant, what: str, *, at: dt.datetime, due_on: dt.date) -> Promise:
    """The recruiter promises a candidate to be heard from by a day."""
    return promise_services.make_promise(
        search.session, application=applicant.application, what=what, due_on=due_on, act=search.act(at)
    )


def make_offer(
    search: Search, applicant: Applicant, *, base: int, at: dt.datetime, expires: dt.timedelta = 9 * DAY
) -> Offer:
    """Move somebody to the offer stage, then draft, submit, approve and send an offer within the band."""
    move(search, [applicant], StageKind.OFFER, at=at - HOUR)
    terms = offer_rules.Terms(
        base=Money(base, "EUR"), start_on=(at + 60 * DAY).date(), expires_on=(at + expires).date()
    )
    offer = offers.draft(search.session, application=applicant.application, terms=terms, act=search.act(at))
    return send_offer(search, offer, at=at)


def send_offer(search: Search, offer: Offer, *, at: dt.datetime, pace: dt.timedelta = HOUR) -> Offer:
    """Submit, approve and send a draft, out after five times the pace."""
    session = search.session
    approval_services.submit(session, offer=offer, act=search.act(at + pace))
    approval_services.approve(
        session,
        offer=offer,
        decision=ApprovalDecision.APPROVED,
        comment="In order",
        act=act_by(search.story.staff.approvers[0], now=at + 4 * pace),
    )
    return offers.extend(session, offer=offer, act=search.act(at + 5 * pace))
