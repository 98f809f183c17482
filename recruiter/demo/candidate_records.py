"""Notes, follow-ups and tags on those who are in a search, and somebody who was entered twice."""

from __future__ import annotations

import datetime as dt
import random

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.candidates import services
from recruiter.candidates.records import note_services, task_services
from recruiter.candidates.rules import CandidateDetails
from recruiter.demo import phrases
from recruiter.demo.acts import act_by
from recruiter.pipeline import ownership
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist

FEW = 12


def write_records(session: Session, *, recruiter: User, now: dt.datetime, seed: int) -> None:
    """Write on the finalists who are in the running what a recruiter would have written by now."""
    chance = random.Random(seed + 1)
    statement = select(Application).join(Finalist).where(Application.status == ApplicationStatus.ACTIVE)
    slate = list(session.scalars(statement.order_by(Application.id).limit(FEW)))
    for place, application in enumerate(slate):
        manager, act = application.requisition.hiring_manager, act_by(recruiter, now=now)
        tags = CandidateDetails(tags=sorted(chance.sample(phrases.TAGS, 2)))
        services.change(session, candidate=application.candidate, person=tags, act=act)
        if place % 3 == 0:
            ownership.credit(session, application=application, source="referral", credited_to=manager, act=act)
        earlier = act_by(recruiter, now=now - dt.timedelta(hours=4 + 5 * place))
        if place % 3 == 1:  # the manager of a search may look after somebody, too
            ownership.assign(session, application=application, to=manager, mover_ids=[manager.id], act=earlier)
        note = phrases.NOTES[place % len(phrases.NOTES)]
        note_services.write(session, note_text=note, act=earlier, subject=application)
        if place % 4 == 1:
            note = "Another team would take them too. Keep this between us."
            note_services.write(
                session, note_text=note, private=True, readers=[manager], act=earlier, subject=application
            )
        what, due_on = phrases.TASKS[place % len(phrases.TASKS)], now.date() + dt.timedelta(days=place % 4)
        assignee = recruiter if place % 2 else manager
        task_services.plan(session, what=what, due_on=due_on, assignee=assignee, act=act, subject=application)
    if slate:
        _enter_twice(session, slate[0], recruiter=recruiter, now=now)


def _enter_twice(session: Session, application: Application, *, recruiter: User, now: dt.datetime) -> None:
    """The same person, entered again from a fair."""
    person = application.candidate
    duplicate = CandidateDetails(
        name=f"{person.name[0]}. {person.name.split()[-1]}",
        emails=[contact.value for contact in person.contacts if contact.kind.value == "email"],
        headline=person.headline,
        source="career fair",
        tags=["career fair"],
    )
    services.add(session, person=duplicate, act=act_by(recruiter, now=now))
