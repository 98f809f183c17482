"""Talks and cards for tests, through the real services."""

import datetime as dt

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by


def talk(session, people, now, application, *panel, hours=3, name="System design panel", focus=None):
    """An interview that ended some hours ago, or begins later where `hours` is negative."""
    end = now - dt.timedelta(hours=hours)
    made = interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name=name,
        starts_at=end - dt.timedelta(hours=1), ends_at=end,
        panel=[Seat(getattr(people, who)) for who in panel], focus=focus, act=act_by(people.ruth, now=now) )  # fmt: skip
    session.commit()
    return made


def send(session, people, now, application, who, rating, *, overall=3, note="CANARY"):
    """A card as its author sends it."""
    marks = [Mark("System design", rating, f"{note} design"), Mark("Communication", rating, f"{note} talk")]
    made = cards.submit(
        session,
        interview=application,
        content=CardContent(marks, overall=overall, summary=note),
        act=act_by(getattr(people, who), now=now),
    )
    session.commit()
    return made


def seat(session, people, now, name="Ada Ferreira", requisition=None):
    """Somebody who is in interviews."""
    chosen = requisition or factories.requisition(session, people, now)
    return factories.application(session, people, now, chosen, name, stage="interview")
