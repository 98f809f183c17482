"""Notes, follow-ups and tags on those who are in a search, and somebody who was entered twice."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.candidates import services
from recruiter.candidates.records import note_services, task_services
from recruiter.pipeline import ownership, source_credit
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist

if TYPE_CHECKING:
    from recruiter.accounts.models import User

NOTES = (
    "Asked what the on-call looks like. Wants to hear it from somebody who is on it.",
    "Prefers a call after four in the afternoon.",
    "Would like to meet the team once more before deciding.",
    "Read our engineering posts; asked about the migration to event sourcing.",
)
TASKS = (
    "Ask for two references",
    "Send the benefits sheet",
    "Introduce them to the team lead",
    "Confirm the start date",
)
TAGS = ("python", "postgresql", "kafka", "kubernetes", "mentoring", "public speaking")
FEW = 12


def tell(session: Session, *, recruiter: User, now: dt.datetime, seed: int) -> None:
    """Write on the finalists who are in the running what a recruiter would have written by now."""
    chance = random.Random(seed + 1)
    wanted = select(Application).join(Finalist).where(Application.status == ApplicationStatus.ACTIVE)
    slate = list(session.scalars(wanted.order_by(Application.id).limit(FEW)))
    for place, one in enumerate(slate):
        manager = one.requisition.hiring_manager
        about: dict[str, Any] = {"candidate": one.candidate, "application_id": one.id}
        tags = sorted(chance.sample(TAGS, 2))
        services.change(session, candidate=one.candidate, person=services.Person(tags=tags), actor=recruiter, now=now)
        if place % 3 == 0:
            source_credit.credit(
                session, application=one, source="referral", credited_to=manager, actor=recruiter, now=now
            )
        ago = now - dt.timedelta(hours=4 + 5 * place)
        if place % 3 == 1:  # the manager of a search may look after somebody, too
            ownership.hand(session, application=one, to=manager, among=[manager.id], actor=recruiter, now=ago)
        note_services.write(session, words=NOTES[place % len(NOTES)], author=recruiter, now=ago, **about)
        if place % 4 == 1:
            words = "Another team would take them too. Keep this between us."
            note_services.write(
                session, words=words, private=True, readers=[manager], author=recruiter, now=ago, **about
            )
        today = now.date()
        task_services.plan(
            session, what=TASKS[place % len(TASKS)], due_on=today + dt.timedelta(days=place % 4), today=today,
            assignee=recruiter if place % 2 else manager, actor=recruiter, now=now, **about,
        )  # fmt: skip
    if slate:
        _twice(session, slate[0], recruiter=recruiter, now=now)


def _twice(session: Session, one: Application, *, recruiter: User, now: dt.datetime) -> None:
    """The same person, entered again from a fair."""
    person = one.candidate
    again = services.Person(
        name=f"{person.name[0]}. {person.name.split()[-1]}",
        emails=[way.value for way in person.contacts if way.kind.value == "email"],
        headline=person.headline,
        source="career fair",
        tags=["career fair"],
    )
    services.add(session, person=again, actor=recruiter, now=now)
