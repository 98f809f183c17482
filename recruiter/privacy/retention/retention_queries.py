"""What has reached the end of its keeping time."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate, Consent
from recruiter.foundation import text
from recruiter.foundation.act import Moment
from recruiter.keepwarm.models.records import Touchpoint
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import LegalHold, RetentionPeriod
from recruiter.privacy.places import Places
from recruiter.privacy.retention import leftover_queries, record_queries, retention_rules
from recruiter.privacy.retention.retention_rules import DueItem, PastApplication, PersonFacts, Schedule
from recruiter.requisitions.models import Requisition

GOES_ON = (ApplicationStatus.ACTIVE, ApplicationStatus.HIRED)


def schedule(session: Session, *, only_set: bool = False, with_: RetentionPeriod | None = None) -> Schedule:
    """The keeping times that hold: the last confirmed of each place and purpose; `with_` one that is only proposed."""
    confirmed = select(RetentionPeriod).where(RetentionPeriod.confirmed_at.is_not(None))
    rows = list(session.scalars(confirmed.order_by(RetentionPeriod.confirmed_at, RetentionPeriod.id)))
    rows += [with_] if with_ is not None else []
    return Schedule({(text.folded(row.place), row.purpose): row.length for row in rows}, only_set)


def added_by(
    session: Session,
    *,
    places: Places,
    moment: Moment,
    period: RetentionPeriod | None = None,
    lifted: LegalHold | None = None,
) -> dict[str, int]:
    """What a keeping time that is only proposed, or the end of a hold, would let go the next night and stays otherwise.

    By group, in words: “Candidates who were not hired, Berlin”. What goes anyway is not counted.
    """
    before, after = schedule(session, only_set=True), schedule(session, only_set=True, with_=period)
    now_due = due_items(session, times=before, places=places, moment=moment)
    then_due = due_items(session, times=after, places=places, moment=moment, without=lifted)
    goes_anyway = {item.key for item in now_due if not item.on_hold}
    added = [item for item in then_due if not item.on_hold and item.key not in goes_anyway]
    return dict(sorted(Counter(item.due.group for item in added).items()))


def known_places(session: Session) -> list[str]:
    """Where requisitions are, each place once however it is written, by name."""
    written = session.scalars(select(Requisition.location).where(Requisition.location != "").distinct())
    by_key = {text.folded(place): place for place in sorted(written)}
    return [by_key[key] for key in sorted(by_key)]


def waiting_periods(session: Session, *, user: User) -> list[RetentionPeriod]:
    """What another administrator proposed and somebody has to confirm or refuse, the oldest first."""
    query = select(RetentionPeriod).where(
        RetentionPeriod.confirmed_at.is_(None),
        RetentionPeriod.refused_at.is_(None),
        RetentionPeriod.proposed_by_id != user.id,
    )
    return list(session.scalars(query.options(joinedload(RetentionPeriod.proposed_by)).order_by(RetentionPeriod.id)))


def all_periods(session: Session) -> list[RetentionPeriod]:
    """Every keeping time that was proposed, the newest first."""
    who = RetentionPeriod.proposed_by, RetentionPeriod.confirmed_by, RetentionPeriod.refused_by
    people = [joinedload(each) for each in who]
    return list(session.scalars(select(RetentionPeriod).options(*people).order_by(RetentionPeriod.id.desc())))


def due_items(
    session: Session, *, times: Schedule, places: Places, moment: Moment, without: LegalHold | None = None
) -> list[DueItem]:
    """Everything whose keeping time has ended, the earliest first; the figures that were made of it stay.

    `without` is a hold that is looked away from, to tell what it keeps.
    """
    held_people = hold_queries.held_candidate_ids(session, today=moment.today, without=without)
    held_requisitions = hold_queries.held_requisition_ids(session, today=moment.today, without=without)
    people = [
        DueItem(due, "candidate", facts.candidate_id, facts.candidate_id in held_people)
        for facts in _people(session, moment)
        if (due := retention_rules.due_of(facts, times)) is not None
    ]
    records = record_queries.items(
        session, times=times, moment=moment, held_people=held_people, held_requisitions=held_requisitions
    )
    leftovers = leftover_queries.items(session, times=times, places=places, moment=moment, held_people=held_people)
    over = [item for item in (*people, *records, *leftovers) if item.due.on <= moment.today]
    return sorted(over, key=lambda item: (item.due.on, item.table, item.number, str(item.path)))


def _people(session: Session, moment: Moment) -> list[PersonFacts]:
    """Everybody who is not erased, a person with several records as one."""
    rows = session.execute(
        select(Candidate.id, Candidate.merged_into_id, Candidate.created_at).where(Candidate.erased_at.is_(None))
    ).all()
    into = {row[0]: row[1] for row in rows if row[1] is not None}

    def standing(number: int) -> int:
        while number in into:
            number = into[number]
        return number

    applications: defaultdict[int, list[PastApplication]] = defaultdict(list)
    columns = (
        Application.candidate_id, Application.status, Application.ended_at, Application.created_at, Requisition.location, Requisition.closed_at,
    )  # fmt: skip
    for number, status, ended_at, made_at, place, closed_at in session.execute(select(*columns).join(Requisition)):
        applications[standing(number)].append(
            PastApplication(
                place=place,
                goes_on=status in GOES_ON,
                ended_on=moment.day_of(ended_at or made_at),
                closed_on=moment.day_of(closed_at) if closed_at else None,
            )
        )
    consents = select(Consent.candidate_id, func.max(Consent.ends_on)).where(Consent.withdrawn_at.is_(None))
    consent_until: dict[int, dt.date] = {}
    for number, day in session.execute(consents.group_by(Consent.candidate_id)):
        consent_until[standing(number)] = max(day, consent_until.get(standing(number), day))
    talks = select(Application.candidate_id, func.max(Touchpoint.at)).join(Touchpoint).where(Touchpoint.is_two_way)
    talked_on: dict[int, dt.date] = {}
    for number, at in session.execute(talks.group_by(Application.candidate_id)):
        talked_on[standing(number)] = max(moment.day_of(at), talked_on.get(standing(number), dt.date.min))
    return [
        PersonFacts(
            number,
            entered_on=moment.day_of(created_at),
            applications=tuple(applications[number]),
            consent_until=consent_until.get(number),
            last_talk_on=talked_on.get(number),
        )
        for number, merged_into, created_at in rows
        if merged_into is None
    ]
