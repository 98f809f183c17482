"""What is on record about some finalists: contacts, promises, other employers' dates and the clocks of their searches."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Date, Integer, Row, ScalarSelect, Select, Text, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from recruiter.foundation.act import Moment
from recruiter.foundation.database.db import Instant
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.keepwarm.models.agreements import CadenceRule, Snooze
from recruiter.keepwarm.models.records import Concern, ConcernState, Promise, PromiseState, Touchpoint
from recruiter.keepwarm.schedule.agreement_queries import Ids
from recruiter.keepwarm.schedule.cadence import Cadence, Situation
from recruiter.keepwarm.schedule.next_contact import ContactSummary, Facts, PromiseFact, short_day
from recruiter.offers.models import CompetingProcess, OfferStatus
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition, Stage, StageKind

THANKED_WITHIN = dt.timedelta(days=30)  # an interview that lies longer back asks for more than a thank-you


def final_interview(now: dt.datetime) -> ScalarSelect[Any]:
    """The end of the last final interview of an application that took place, beside a statement about applications."""
    return (
        select(func.max(Interview.ends_at))
        .join(Stage, Stage.id == Interview.stage_id)
        .where(
            Interview.application_id == Application.id,
            Stage.kind == StageKind.FINAL,
            Interview.status == InterviewStatus.PLANNED,
            Interview.ends_at <= now,
            Interview.ends_at >= now - THANKED_WITHIN,
        )
        .correlate(Application)
        .scalar_subquery()
    )


def any_contact() -> ScalarSelect[Any]:
    """When an application was last in touch, either way, beside a statement about applications."""
    of_application = Touchpoint.application_id == Application.id
    return select(func.max(Touchpoint.at)).where(of_application).correlate(Application).scalar_subquery()


COLUMNS: dict[str, TypeEngine[Any]] = {
    "owner_id": Integer(),
    "number": Integer(),
    "text": Text(),
    "day": Date(),
    "state": Text(),
    "zone": Text(),
    "at": Instant(),
    "interview_end": Instant(),
    "last_contact": Instant(),
    "snoozed_at": Instant(),
}


def _branch(fact: str, **columns: Any) -> Select[Any]:
    """One kind of fact among several that are read in one statement; columns that it does not have are null."""
    filled = (columns.get(name, cast(null(), kind)).label(name) for name, kind in COLUMNS.items())
    return select(literal(fact).label("fact"), *filled)


def _contacts(ids: Ids, now: dt.datetime) -> Select[Any]:
    """Last two-way contact, last words, open concerns, the final interview to follow up and the newest snooze of each finalist."""
    of_application = Touchpoint.application_id == Application.id
    latest = select(Touchpoint.id).where(of_application).order_by(Touchpoint.at.desc(), Touchpoint.id.desc()).limit(1)
    newest = latest.correlate(Application).scalar_subquery()  # by when it took place: one is often entered days later
    two_way_at = select(func.max(Touchpoint.at)).where(of_application, Touchpoint.is_two_way).correlate(Application)
    newest_snooze = select(func.max(Snooze.id)).where(Snooze.application_id == Application.id).correlate(Application)
    concern = (Concern.application_id == Application.id) & (Concern.state == ConcernState.OPEN)
    return (
        _branch(
            "contact",
            owner_id=Application.id,
            number=select(func.count(Concern.id)).where(concern).correlate(Application).scalar_subquery(),
            text=Touchpoint.text,
            day=Snooze.until,
            at=two_way_at.scalar_subquery(),
            interview_end=final_interview(now),
            last_contact=any_contact(),
            snoozed_at=Snooze.at,
        )
        .select_from(Application)
        .outerjoin(Touchpoint, Touchpoint.id == newest)
        .outerjoin(Snooze, Snooze.id == newest_snooze.scalar_subquery())
        .where(Application.id.in_(ids))
    )


def _contact_summary(row: Row[Any]) -> ContactSummary:
    followed_up = row.last_contact is not None and row.interview_end and row.last_contact >= row.interview_end
    unfollowed = None if followed_up else row.interview_end
    return ContactSummary(row.at, row.text or "", row.number, unfollowed, row.day, row.snoozed_at)


@dataclass
class BenchFacts:
    """What is on record of some finalists, as lists, boards and mails read it.

    Contacts, promises (oldest first) and the days on which other employers decide are by application, the days that
    searches set for themselves by requisition.
    """

    contacts: dict[int, ContactSummary] = field(default_factory=lambda: defaultdict(ContactSummary))
    promises: dict[int, list[PromiseFact]] = field(default_factory=lambda: defaultdict(list))
    deadlines: dict[int, list[dt.date]] = field(default_factory=lambda: defaultdict(list))
    own_days: dict[int, dict[Situation, int]] = field(default_factory=lambda: defaultdict(dict))

    def rule_facts(
        self,
        application_id: int,
        requisition: Requisition,
        *,
        active: bool,
        named_at: dt.datetime,
        offers: Collection[OfferStatus],
        moment: Moment,
        next_after_loss: bool = False,
        say: Callable[[dt.date], str] = short_day,
    ) -> Facts:
        """What the rule of the next contact is given; `offers` are the states of the live offers of the search."""
        return Facts(
            active=active,
            named_on=moment.day_of(named_at),
            contact=self.contacts[application_id],
            promises=self.promises[application_id],
            decisions_on=self.deadlines[application_id],
            offer_out=OfferStatus.EXTENDED in offers,
            next_after_loss=next_after_loss,
            accepted=OfferStatus.ACCEPTED in offers,
            cadence=Cadence(self.own_days[requisition.id]).of_requisition(requisition),
            say=say,
        )


def load(
    session: Session, ids: Ids, *, requisition_ids: Ids = (), contacts_until: dt.datetime | None = None
) -> BenchFacts:
    """The facts of some finalists, in one statement whatever their number.

    Args:
        session: the database session.
        ids: numbers of applications, or a select of them.
        requisition_ids: the searches whose own days are wanted too.
        contacts_until: the instant at which contacts are summed up; without one they are left out.
    """
    promises = _branch(
        "promise",
        owner_id=Promise.application_id,
        number=Promise.id,
        text=Promise.what,
        day=Promise.due_on,
        state=cast(Promise.state, Text),
        zone=Promise.zone,
        at=Promise.made_at,
    ).where(Promise.application_id.in_(ids))
    process = {"owner_id": CompetingProcess.application_id, "number": CompetingProcess.id}
    deadlines = _branch("deadline", **process, day=CompetingProcess.decision_on).where(
        CompetingProcess.application_id.in_(ids), CompetingProcess.decision_on.is_not(None)
    )
    rule = {"owner_id": CadenceRule.requisition_id, "number": CadenceRule.days}
    own_days = _branch("days", **rule, text=cast(CadenceRule.situation, Text)).where(
        CadenceRule.requisition_id.in_(requisition_ids)
    )
    contacts = [_contacts(ids, contacts_until)] if contacts_until else []
    facts = BenchFacts()
    rows: list[Row[Any]] = list(session.execute(union_all(promises, deadlines, own_days, *contacts)))
    for row in sorted(rows, key=lambda row: row.number):
        if row.fact == "promise":
            promise = PromiseFact(row.text, row.day, PromiseState(row.state), row.at, row.zone)
            facts.promises[row.owner_id].append(promise)
        elif row.fact == "deadline":
            facts.deadlines[row.owner_id].append(row.day)
        elif row.fact == "contact":
            facts.contacts[row.owner_id] = _contact_summary(row)
        else:
            facts.own_days[row.owner_id][Situation(row.text)] = row.number
    return facts
