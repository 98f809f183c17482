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
from recruiter.scorecards.card_entry import Aside
from recruiter.scorecards.rules import Mark

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


def hundreds(amount: float) -> int:
    """An amount in minor units, rounded to whole hundreds of the currency."""
    return round(amount / 10_000) * 10_000


@dataclass
class Teller:
    """Who tells: the session, the company's people, chance with a seed, and names."""

    session: Session
    staff: Staff
    chance: random.Random
    name: Callable[[], str]
    told: int = 0


@dataclass
class Runner:
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
    runners: list[Runner] = field(default_factory=list)


def open_search(
    teller: Teller, *, role: tuple[str, str, str, int], at: dt.datetime, recruiter: User | None = None
) -> Search:
    """Open a requisition with its band, stages and bar."""
    title, team, level, middle = role
    staff = teller.staff
    manager = next(one for one in staff.managers if one.team == team)
    band = rules.BandTerms(min=hundreds(middle * 0.88), mid=middle, max=hundreds(middle * 1.12), currency="EUR")
    terms = rules.Terms(
        title=title,
        department=team,
        location="Berlin or remote",
        level=level,
        attributes=[rules.AttributeTerms(name, text, weight) for name, text, weight in phrases.ATTRIBUTES],
        band=band,
        bar=3.0,
    )
    chosen = recruiter or teller.chance.choice(staff.recruiters)
    requisition = requisitions.create(
        teller.session, terms=terms, hiring_manager=manager, recruiters=[chosen], actor=chosen, now=at
    )
    stages = {stage.kind: stage for stage in requisition.stages}
    interview_setup.furnish(teller.session, requisition, recruiter=chosen, at=at)
    return Search(requisition, chosen, manager, stages, at)


def enter(teller: Teller, search: Search, count: int, *, at: dt.datetime) -> list[Runner]:
    """Candidates arrive, a few hours apart."""
    found = []
    for place in range(count):
        teller.told += 1
        name = teller.name()
        person = latent_quality.person(teller.chance, name=name, email=f"candidate{teller.told}@example.com")
        when = at + place * 5 * HOUR
        source = teller.chance.choice(["referral", "website", "website", "agency", "event"])
        record = candidates.Person(name=person.name, emails=[person.email], headline=person.headline, source=source)
        candidate = candidates.add(teller.session, person=record, actor=search.recruiter, now=when)
        one = pipeline.apply(
            teller.session, candidate=candidate, requisition=search.requisition, actor=search.recruiter, now=when
        )
        source_credit.credit(
            teller.session, application=one, source=source, credited_to=None, actor=search.recruiter, now=when
        )
        found.append(Runner(one, person))
    search.runners += found
    return found


def move(
    teller: Teller, search: Search, runners: list[Runner], kind: StageKind, *, at: dt.datetime, reason: str = ""
) -> None:
    """Move some candidates on to the stage of a kind."""
    for place, one in enumerate(runners):
        pipeline.move(
            teller.session,
            application=one.application,
            to=search.stages[kind],
            actor=search.recruiter,
            now=at + place * dt.timedelta(minutes=11),
            reason=reason,
        )


def meet(
    teller: Teller,
    search: Search,
    one: Runner,
    *,
    name: str,
    panel: list[User],
    at: dt.datetime,
    sent_by: int | None = None,
    tell: bool = False,
) -> None:
    """Hold an interview; its first `sent_by` panelists (all where nothing is said) send their cards within a day."""
    seats = [interviews.Seat(user, cross_functional=user.team != search.requisition.department) for user in panel]
    talk = interviews.plan(
        teller.session,
        application=one.application,
        stage=search.stages[StageKind.INTERVIEW],
        name=name,
        starts_at=at,
        ends_at=at + HOUR,
        panel=seats,
        actor=search.recruiter,
        now=at - 2 * DAY,
        tell=tell,
    )
    for user in panel[: len(panel) if sent_by is None else sent_by]:
        rated, overall = latent_quality.ratings(one.person, teller.chance, severity=teller.staff.severity[user.id])
        marks = [
            Mark(attribute, value, teller.chance.choice(phrases.SEEN[value]) if value else "")
            for attribute, value in rated.items()
        ]
        scorecards.submit(
            teller.session,
            interview=talk,
            author=user,
            marks=marks,
            overall=overall,
            summary=phrases.SUMMARY[overall],
            aside=Aside(question=phrases.QUESTIONS[talk.id % len(phrases.QUESTIONS)] if user is panel[0] else ""),
            now=at + HOUR + dt.timedelta(minutes=teller.chance.randint(20, 1200)),
        )


def panels(teller: Teller, search: Search, runners: list[Runner], *, at: dt.datetime) -> None:
    """Two panels for each candidate: three people on the work, four on working together."""
    for place, one in enumerate(runners):
        people = teller.chance.sample(teller.staff.interviewers, 7)
        when = at + place * 5 * HOUR
        meet(teller, search, one, name="Work sample panel", panel=people[:3], at=when)
        meet(teller, search, one, name="Team panel", panel=people[3:], at=when + DAY)


def name_slate(teller: Teller, search: Search, slate: list[Runner], *, at: dt.datetime) -> None:
    """The round table says whom it wants first; the manager names finalists in order, each with a reason."""
    order = [
        (one.application, phrases.FINALIST_REASONS[min(place, len(phrases.FINALIST_REASONS) - 1)])
        for place, one in enumerate(slate)
    ]
    first = slate[0].application
    debriefs.record(
        teller.session,
        requisition=search.requisition,
        decision=f"{first.candidate.name} first, then in the order of the slate",
        outcome=Outcome.GO_ON,
        reason=phrases.FINALIST_REASONS[0],
        first_choice=first,
        actor=search.manager,
        now=at - HOUR,
    )
    slate_orders.name(teller.session, requisition=search.requisition, order=order, actor=search.manager, now=at)


def touch(teller: Teller, search: Search, one: Runner, *, at: dt.datetime, answer: bool = True) -> None:
    """The recruiter writes, and the candidate answers or does not."""
    said = teller.chance.choice(phrases.UPDATES)
    sent = contact_services.Contact(Direction.TO, Channel.EMAIL, TouchKind.UPDATE, said, at)
    contact_services.touch(teller.session, application=one.application, contact=sent, actor=search.recruiter, now=at)
    if answer:
        back = contact_services.Contact(
            Direction.FROM, Channel.EMAIL, TouchKind.CHECK_IN, teller.chance.choice(phrases.ANSWERS), at + HOUR
        )
        contact_services.touch(
            teller.session, application=one.application, contact=back, actor=search.recruiter, now=at + HOUR
        )


def offer_out(
    teller: Teller, search: Search, one: Runner, *, base: int, at: dt.datetime, expires: dt.timedelta = 9 * DAY
) -> Offer:
    """Move somebody to the offer stage, then draft, submit, approve and send an offer within the band."""
    move(teller, search, [one], StageKind.OFFER, at=at - HOUR)
    terms = offer_rules.Terms(
        base=Money(base, "EUR"), start_on=(at + 60 * DAY).date(), expires_on=(at + expires).date()
    )
    offer = offers.draft(teller.session, application=one.application, terms=terms, actor=search.recruiter, now=at)
    return send(teller, search, offer, at=at)


def send(teller: Teller, search: Search, offer: Offer, *, at: dt.datetime, pace: dt.timedelta = HOUR) -> Offer:
    """Submit, approve and send a draft, out after five times the pace."""
    session = teller.session
    offers.submit(session, offer=offer, actor=search.recruiter, now=at + pace)
    offers.approve(
        session,
        offer=offer,
        decision=ApprovalDecision.APPROVED,
        comment="In order",
        actor=teller.staff.approvers[0],
        now=at + 4 * pace,
    )
    return offers.extend(session, offer=offer, actor=search.recruiter, now=at + 5 * pace)
