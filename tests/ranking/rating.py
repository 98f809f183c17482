"""Interviews with cards, for tests of what is made from them."""

import datetime as dt

from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.requisitions.models import StageKind
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests.acts import act_by


def rated(
    session, people, now, application, marks, panel=("ines", "igor"), attributes=("System design", "Communication")
):
    """An interview with a card of each panelist for whom `marks` has a value: what each gave on everything."""
    stage = next(stage for stage in application.requisition.stages if stage.kind == StageKind.INTERVIEW)
    end = now - dt.timedelta(hours=3)
    talk = interviews.plan(
        session, application=application, stage=stage, name="Panel", starts_at=end - dt.timedelta(hours=1), ends_at=end,
        panel=[Seat(getattr(people, who)) for who in panel], act=act_by(people.ruth, now=now) )  # fmt: skip
    for who, mark in zip(panel, marks, strict=False):
        given = [Mark(called, mark, "CANARY") for called in attributes]
        cards.submit(session, interview=talk, content=CardContent(given, overall=4 if mark >= 4 else 2), act=act_by(getattr(people, who), now=now))  # fmt: skip
    session.commit()
    return talk
