"""What every search of the story is told with: opening it, bringing candidates in, panels, the slate, an offer on its way."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recruiter.accounts.models import User
from recruiter.candidates import services as candidates
from recruiter.debriefs import services as debriefs
from recruiter.debriefs.models import Outcome
from recruiter.demo import interview_setup, latent_quality, phrases
from recruiter.demo.acts import act_by
from recruiter.demo.people import Staff
from recruiter.foundation.money import Money
from recruiter.interviews import services as interviews
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.models.records import Channel, Direction, TouchKind
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.models import ApprovalDecision, Offer
from recruiter.pipeline import services as pipeline
from recruiter.pipeline import source_credit
from recruiter.pipeline.models import Application
from recruiter.ranking.suggestion import slate_orders
from recruiter.requisitions import rules
from recruiter.requisitions import services as requisitions
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.card_entry import OptionalParts
from recruiter.scorecards.rules import Mark

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

    requisition: Requisition
    recruiter: User
    manager: User
    stages: dict[StageKind, Stage]
    opened: dt.datetime
    applicants: list[Applicant] = field(default_factory=list)


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
    interview_setup.write_plan(story.session, requisition, recruiter=chosen, at=at)
    return Search(requisition, chosen, manager, stages, at)


def add_candidates(story: Scenario, search: Search, count: int, *, at: dt.datetime) -> list[Applicant]:
    """Candidates arrive, a few hours apart."""
    arrived = []
    for place in range(count):
        story.candidate_count += 1
        name = story.name()
        person = latent_quality.person(story.chance, name=name, email=f"candidate{story.candidate_count}@example.com")
        when = at + place * 5 * HOUR
        source = story.chance.choice(["referral", "website", "website", "agency", "event"])
        record = candidates.CandidateDetails(
            name=person.name, emails=[person.email], headline=person.headline, source=source
        )
        candidate = candidates.add(story.session, person=record, act=act_by(search.recruiter, now=when))
        application = pipeline.apply(
            story.session, candidate=candidate, requisition=search.requisition, act=act_by(search.recruiter, now=when)
        )
        source_credit.credit(
            story.session,
            application=application,
            source=source,
            credited_to=None,
            act=act_by(search.recruiter, now=when),
        )
        arrived.append(Applicant(application, person))
    search.applicants += arrived
    return arrived


def move(
    story: Scenario, search: Search, applicants: list[Applicant], kind: StageKind, *, at: dt.datetime, reason: str = ""
) -> None:
    """Move some candidates on to the stage of a kind."""
    for place, applicant in enumerate(applicants):
        pipeline.move(
            story.session,
            application=applicant.application,
            to=search.stages[kind],
            act=act_by(search.recruiter, now=at + place * dt.timedelta(minutes=11)),
            reason=reason,
        )


def hold_interview(
    story: Scenario,
    search: Search,
    applicant: Applicant,
    *,
    name: str,
    panel: list[User],
    at: dt.datetime,
    sent_by: int | None = None,
    tell: bool = False,
) -> None:
    """Hold an interview; its first `sent_by` panelists (all where nothing is said) send their cards within a day."""
    seats = [interviews.Seat(user, cross_functional=user.team != search.requisition.department) for user in panel]
    interview = interviews.plan(
        story.session,
        application=applicant.application,
        stage=search.stages[StageKind.INTERVIEW],
        name=name,
        starts_at=at,
        ends_at=at + HOUR,
        panel=seats,
        act=act_by(search.recruiter, now=at - 2 * DAY),
        notify=tell,
    )
    for user in panel[: len(panel) if sent_by is None else sent_by]:
        rated, overall = latent_quality.ratings(applicant.person, story.chance, severity=story.staff.severity[user.id])
        marks = [
            Mark(attribute, value, story.chance.choice(phrases.EVIDENCE[value]) if value else "")
            for attribute, value in rated.items()
        ]
        scorecards.submit(
            story.session,
            interview=interview,
            author=user,
            marks=marks,
            overall=overall,
            summary=phrases.SUMMARY[overall],
            optional=OptionalParts(
                question=phrases.QUESTIONS[interview.id % len(phrases.QUESTIONS)] if user is panel[0] else ""
            ),
            now=at + HOUR + dt.timedelta(minutes=story.chance.randint(20, 1200)),
        )


def hold_panels(story: Scenario, search: Search, applicants: list[Applicant], *, at: dt.datetime) -> None:
    """Two panels for each candidate: three people on the work, four on working together."""
    for place, applicant in enumerate(applicants):
        people = story.chance.sample(story.staff.interviewers, 7)
        when = at + place * 5 * HOUR
        hold_interview(story, search, applicant, name="Work sample panel", panel=people[:3], at=when)
        hold_interview(story, search, applicant, name="Team panel", panel=people[3:], at=when + DAY)


def name_slate(story: Scenario, search: Search, slate: list[Applicant], *, at: dt.datetime) -> None:
    """The round table says whom it wants first; the manager names finalists in order, each with a reason."""
    order = [
        (applicant.application, phrases.FINALIST_REASONS[min(place, len(phrases.FINALIST_REASONS) - 1)])
        for place, applicant in enumerate(slate)
    ]
    first = slate[0].application
    debriefs.record(
        story.session,
        requisition=search.requisition,
        decision=f"{first.candidate.name} first, then in the order of the slate",
        outcome=Outcome.GO_ON,
        reason=phrases.FINALIST_REASONS[0],
        first_choice=first,
        act=act_by(search.manager, now=at - HOUR),
    )
    slate_orders.save_order(
        story.session, requisition=search.requisition, order=order, act=act_by(search.manager, now=at)
    )


def log_contact(story: Scenario, search: Search, applicant: Applicant, *, at: dt.datetime, answer: bool = True) -> None:
    """The recruiter writes, and the candidate answers or does not."""
    text = story.chance.choice(phrases.UPDATES)
    sent = contact_services.Contact(Direction.TO, Channel.EMAIL, TouchKind.UPDATE, text, at)
    contact_services.record(
        story.session, application=applicant.application, contact=sent, act=act_by(search.recruiter, now=at)
    )
    if answer:
        reply = contact_services.Contact(
            Direction.FROM, Channel.EMAIL, TouchKind.CHECK_IN, story.chance.choice(phrases.ANSWERS), at + HOUR
        )
        contact_services.record(
            story.session, application=applicant.application, contact=reply, act=act_by(search.recruiter, now=at + HOUR)
        )


def make_offer(
    story: Scenario,
    search: Search,
    applicant: Applicant,
    *,
    base: int,
    at: dt.datetime,
    expires: dt.timedelta = 9 * DAY,
) -> Offer:
    """Move somebody to the offer stage, then draft, submit, approve and send an offer within the band."""
    move(story, search, [applicant], StageKind.OFFER, at=at - HOUR)
    terms = offer_rules.Terms(
        base=Money(base, "EUR"), start_on=(at + 60 * DAY).date(), expires_on=(at + expires).date()
    )
    offer = offers.draft(
        story.session, application=applicant.application, terms=terms, act=act_by(search.recruiter, now=at)
    )
    return send_offer(story, search, offer, at=at)


def send_offer(story: Scenario, search: Search, offer: Offer, *, at: dt.datetime, pace: dt.timedelta = HOUR) -> Offer:
    """Submit, approve and send a draft, out after five times the pace."""
    session = story.session
    offers.submit(session, offer=offer, act=act_by(search.recruiter, now=at + pace))
    offers.approve(
        session,
        offer=offer,
        decision=ApprovalDecision.APPROVED,
        comment="In order",
        act=act_by(story.staff.approvers[0], now=at + 4 * pace),
    )
    return offers.extend(session, offer=offer, act=act_by(search.recruiter, now=at + 5 * pace))
