"""Searches with cards, closed ones among them, and fits: what tests of the ranking stand on."""

from __future__ import annotations

import datetime as dt

from recruiter.interviews import services as interviews
from recruiter.keepwarm.lifecycle import services as acts
from recruiter.ranking import services
from recruiter.requisitions.models import StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by
from tests.offers import arranging

HOUR = dt.timedelta(hours=1)
MARKS = ((5, 4), (4, 4), (3, 2))


def marks_of(application, values):
    names = [attribute.name for attribute in application.requisition.attributes]
    return [Mark(name, value, "Split the exercise into parts") for name, value in zip(names, values, strict=False)]


def talk(session, people, application, author, *, at):
    stage = next(stage for stage in application.requisition.stages if stage.kind == StageKind.INTERVIEW)
    return interviews.plan(
        session, application=application, stage=stage, name="Panel", starts_at=at - 2 * HOUR, ends_at=at - HOUR,
        panel=[interviews.Seat(author, cross_functional=False)], act=act_by(people.ruth, now=at - 3 * HOUR) )  # fmt: skip


def card(session, people, application, author, values, overall, *, at):
    """A card that was sent at a moment."""
    return scorecards.submit(session, interview=talk(session, people, application, author, at=at), content=CardContent(marks_of(application, values), overall=overall, summary="As seen"), act=act_by(author, now=at))  # fmt: skip


def searched(session, people, now, *, cards_at=None, **terms):
    """Three finalists, two cards each, all long sent."""
    at = cards_at or now - 5 * HOUR
    requisition = factories.requisition(session, people, now, **terms)
    slate = factories.finalists(session, people, now, requisition)
    for application, values, overall in zip(slate, MARKS, (4, 3, 2), strict=True):
        for author in (people.ines, people.igor):
            card(session, people, application, author, values, overall, at=at)
    session.commit()
    return requisition, slate


def filled(session, people, slate, now):
    """The first of a slate is offered, accepts and starts."""
    arranging.offer(session, people, slate[0], now, to="accepted")
    to = next(stage for stage in slate[0].requisition.stages if stage.kind == StageKind.HIRED)
    acts.move(session, application=slate[0], to=to, act=act_by(people.ruth, now=now + HOUR))
    session.commit()


def fitted(session, people, now):
    """A fit on one closed search."""
    requisition, slate = searched(session, people, now)
    filled(session, people, slate, now)
    run = services.fit(session, act=act_by(people.ruth, now=now + 2 * HOUR))
    session.commit()
    return run, requisition, slate
