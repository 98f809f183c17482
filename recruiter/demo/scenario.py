"""What every search of the story is told with: opening it, bringing candidates in, panels, the slate, an offer on its way."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.candidates import services as candidates
from recruiter.candidates.rules import CandidateDetails
from recruiter.debriefs import services as debriefs
from recruiter.debriefs.models import Outcome
from recruiter.demo import latent_quality, phrases
from recruiter.demo.acts import act_by
from recruiter.demo.people import Staff
from recruiter.foundation.act import Act
from recruiter.foundation.money import Money
from recruiter.interviews import interview_plans
from recruiter.interviews import services as interviews
from recruiter.interviews.models import PlannedTalk
from recruiter.keepwarm.contacts import concern_services, contact_services, promise_services
from recruiter.keepwarm.models.records import Channel, Concern, ConcernKind, Direction, Promise, TouchKind
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision, Offer
from recruiter.pipeline import ownership
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import Application
from recruiter.ranking.suggestion import slate_orders
from recruiter.requisitions import rules
from recruiter.requisitions import services as requisitions
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import anchors
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent, Mark

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
    role: phrases.Role
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

    @property
    def top_of_band(self) -> int:
        """The most that its band allows, in cents."""
        return hundreds(self.role.middle * 1.12)

    def act(self, at: dt.datetime) -> Act:
        """What its recruiter does at an instant."""
        return act_by(self.recruiter, now=at)

    def manager_act(self, at: dt.datetime) -> Act:
        """What its hiring manager does at an instant."""
        return act_by(self.manager, now=at)

    def add_candidates(self, count: int, *, at: dt.datetime) -> list[Applicant]:
        """Candidates arrive, a few hours apart."""
        story, arrived = self.story, []
        for place in range(count):
            story.candidate_count += 1
            email = f"candidate{story.candidate_count}@example.com"
            person = latent_quality.person(story.chance, name=story.name(), email=email)
            act = self.act(at + place * 5 * HOUR)
            source = story.chance.choice(["referral", "website", "website", "agency", "event"])
            details = CandidateDetails(name=person.name, emails=[person.email], headline=person.headline, source=source)
            candidate = candidates.add(self.session, person=details, act=act)
            application = pipeline.apply(self.session, candidate=candidate, requisition=self.requisition, act=act)
            ownership.credit(self.session, application=application, source=source, credited_to=None, act=act)
            arrived.append(Applicant(application, person))
        self.applicants += arrived
        return arrived

    def move(self, applicants: list[Applicant], kind: StageKind, *, at: dt.datetime) -> None:
        """Move some candidates on to the stage of a kind, eleven minutes apart."""
        for place, applicant in enumerate(applicants):
            act = self.act(at + place * dt.timedelta(minutes=11))
            pipeline.move(self.session, application=applicant.application, to=self.stages[kind], act=act, reason="")

    def ranked(self, applicants: list[Applicant]) -> list[Applicant]:
        """Some candidates in the order in which the deciders want them."""
        chance = self.story.chance
        return sorted(applicants, key=lambda applicant: -latent_quality.preference(applicant.person, chance))

    def hold_interview(
        self,
        applicant: Applicant,
        *,
        name: str,
        panel: list[User],
        at: dt.datetime,
        sent_by: int | None = None,
        notify: bool = False,
    ) -> None:
        """Hold an interview; its first `sent_by` panelists (all where nothing is said) send their cards within a day."""
        chance = self.story.chance
        interview = interviews.plan(
            self.session,
            application=applicant.application,
            stage=self.stages[StageKind.INTERVIEW],
            name=name,
            starts_at=at,
            ends_at=at + HOUR,
            panel=[interviews.Seat(user, user.team != self.requisition.department) for user in panel],
            act=self.act(at - 2 * DAY),
            notify=notify,
        )
        for user in panel[:sent_by]:
            severity = self.story.staff.severity[user.id]
            rated, overall = latent_quality.ratings(applicant.person, chance, severity=severity)
            marks = [
                Mark(attribute, rating, chance.choice(phrases.EVIDENCE[rating]) if rating else "")
                for attribute, rating in rated.items()
            ]
            question = phrases.QUESTIONS[interview.id % len(phrases.QUESTIONS)] if user is panel[0] else ""
            content = CardContent(marks, overall=overall, summary=phrases.SUMMARY[overall], question=question)
            act = act_by(user, now=at + HOUR + dt.timedelta(minutes=chance.randint(20, 1200)))
            scorecards.submit(self.session, interview=interview, content=content, act=act)

    def hold_panels(self, applicants: list[Applicant], *, at: dt.datetime) -> None:
        """Two panels for each candidate: three people on the work, four on working together."""
        for place, applicant in enumerate(applicants):
            people = self.story.chance.sample(self.story.staff.interviewers, 7)
            when = at + place * 5 * HOUR
            self.hold_interview(applicant, name="Work sample panel", panel=people[:3], at=when)
            self.hold_interview(applicant, name="Team panel", panel=people[3:], at=when + DAY)

    def name_slate(self, slate: list[Applicant], *, at: dt.datetime) -> None:
        """The round table says whom it wants first; the manager names finalists in order, each with a reason."""
        first = slate[0].application
        debriefs.record(
            self.session,
            requisition=self.requisition,
            decision=f"{first.candidate.name} first, then in the order of the slate",
            outcome=Outcome.GO_ON,
            reason=phrases.FINALIST_REASONS[0],
            first_choice=first,
            act=self.manager_act(at - HOUR),
        )
        applications = [applicant.application for applicant in slate]
        order = list(zip(applications, phrases.FINALIST_REASONS, strict=True))
        slate_orders.save_order(self.session, requisition=self.requisition, order=order, act=self.manager_act(at))

    def record_contact(
        self,
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
        contact_services.record(self.session, application=applicant.application, contact=contact, act=self.act(at))

    def log_contact(self, applicant: Applicant, *, at: dt.datetime, answer: bool = True) -> None:
        """The recruiter writes, and the candidate answers or does not."""
        update, mail = self.story.chance.choice(phrases.UPDATES), Channel.EMAIL
        self.record_contact(applicant, update, at=at, channel=mail)
        if answer:
            reply, kind = self.story.chance.choice(phrases.ANSWERS), TouchKind.CHECK_IN
            self.record_contact(applicant, reply, at=at + HOUR, kind=kind, channel=mail, direction=Direction.FROM)

    def promise(self, applicant: Applicant, what: str, *, at: dt.datetime, due_on: dt.date) -> Promise:
        """The recruiter promises a candidate to be heard from by a day."""
        application, act = applicant.application, self.act(at)
        return promise_services.make_promise(self.session, application=application, what=what, due_on=due_on, act=act)

    def raise_concern(self, applicant: Applicant, kind: ConcernKind, description: str, *, at: dt.datetime) -> Concern:
        """A candidate has a doubt, and the manager is to answer it."""
        application, owner = applicant.application, self.manager
        return concern_services.raise_concern(
            self.session, application=application, kind=kind, description=description, owner=owner, act=self.act(at)
        )

    def draft_offer(
        self, applicant: Applicant, *, base: int, at: dt.datetime, expires: dt.timedelta = 9 * DAY
    ) -> Offer:
        """Move somebody to the offer stage and draft an offer."""
        self.move([applicant], StageKind.OFFER, at=at - HOUR)
        start, expiry = (at + 60 * DAY).date(), (at + expires).date()
        terms = offer_rules.Terms(base=Money(base, "EUR"), start_on=start, expires_on=expiry)
        return offers.draft(self.session, application=applicant.application, terms=terms, act=self.act(at))

    def make_offer(self, applicant: Applicant, *, base: int, at: dt.datetime, expires: dt.timedelta = 9 * DAY) -> Offer:
        """Move somebody to the offer stage, then draft, submit, approve and send an offer within the band."""
        return self.send_offer(self.draft_offer(applicant, base=base, at=at, expires=expires), at=at)

    def send_offer(self, offer: Offer, *, at: dt.datetime, pace: dt.timedelta = HOUR) -> Offer:
        """Submit, approve and send a draft, out after five times the pace."""
        approval_services.submit(self.session, offer=offer, act=self.act(at + pace))
        yes, act = ApprovalDecision.APPROVED, act_by(self.story.staff.approvers[0], now=at + 4 * pace)
        approval_services.approve(self.session, offer=offer, decision=yes, comment="In order", act=act)
        return offers.extend(self.session, offer=offer, act=self.act(at + 5 * pace))


def open_search(story: Scenario, *, role: phrases.Role, at: dt.datetime, recruiter: User | None = None) -> Search:
    """Open a requisition with its band, stages, bar, interview plan and what a 1 to a 5 looks like for each attribute."""
    manager = next(user for user in story.staff.managers if user.team == role.team)
    recruiter = recruiter or story.chance.choice(story.staff.recruiters)
    act, middle = act_by(recruiter, now=at), role.middle
    terms = rules.RequisitionTerms(
        title=role.title,
        department=role.team,
        location="Berlin or remote",
        level=role.level,
        attributes=[rules.AttributeTerms(*attribute) for attribute in phrases.ATTRIBUTES],
        band=rules.BandTerms(min=hundreds(middle * 0.88), mid=middle, max=hundreds(middle * 1.12), currency="EUR"),
        bar=3.0,
    )
    session = story.session
    requisition = requisitions.create(session, terms=terms, hiring_manager=manager, recruiters=[recruiter], act=act)
    stages = {stage.kind: stage for stage in requisition.stages}
    talks = [
        PlannedTalk(stage=stages[StageKind.INTERVIEW], name=name, minutes=60, focus=focus)
        for name, focus in phrases.INTERVIEWS
    ]
    interview_plans.save_plan(session, requisition=requisition, entries=talks, act=act)
    texts = {attribute.id: dict(enumerate(phrases.ANCHORS[attribute.name], 1)) for attribute in requisition.attributes}
    anchors.save_anchors(session, requisition=requisition, anchors=texts, evidence_for_all=False, act=act)
    return Search(story, role, requisition, recruiter, manager, stages, at)
