"""Moving, ending, reopening, naming finalists."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.pipeline import history_queries, queries, reasons, rules, services
from recruiter.pipeline.models import ApplicationStatus, EndedBy
from recruiter.pipeline.reasons import Reason
from recruiter.requisitions import services as requisitions
from recruiter.requisitions.models import Stage, StageKind
from recruiter.requisitions.rules import BandTerms
from tests import factories
from tests.acts import act_by

STAGES = [Stage(id=n, name=kind.value.title(), kind=kind, position=n) for n, kind in enumerate(StageKind)]


@pytest.mark.parametrize(
    ("start", "to", "asks"), [(0, 1, False), (1, 2, False), (0, 3, True), (3, 1, True), (2, 4, False), (3, 4, False)]
)
def test_going_back_and_skipping_interviews_ask_for_a_reason(start, to, asks):
    assert bool(rules.reason_needed(STAGES, current=STAGES[start], to=STAGES[to])) is asks


@pytest.fixture
def application(session, people, now):
    requisition = factories.requisition(session, people, now)
    return factories.application(session, people, now, requisition, "Ada Ferreira")


def test_the_stage_is_the_last_move(session, people, now, application):
    for name in ("Screen", "Interview", "Screen", "Final"):
        to = next(stage for stage in application.requisition.stages if stage.name == name)
        services.move(session, application=application, to=to, reason="Because", act=act_by(people.ruth, now=now))
    moves = history_queries.moves_among(session, [application.id])
    assert [move.to_stage.name for move in moves] == ["Applied", "Screen", "Interview", "Screen", "Final"]
    assert application.stage.name == moves[-1].to_stage.name


def test_an_ended_application_takes_no_act(session, people, now, application):
    services.end(
        session,
        application=application,
        status=ApplicationStatus.REJECTED,
        reason=Reason("ending", "skills", "Depth", EndedBy.COMPANY),
        act=act_by(people.ruth, now=now),
    )
    with pytest.raises(Conflict):
        services.move(
            session, application=application, to=application.requisition.stages[1], act=act_by(people.ruth, now=now)
        )
    with pytest.raises(Conflict):
        services.end(
            session,
            application=application,
            status=ApplicationStatus.WITHDRAWN,
            reason=Reason("ending", "other", "x", EndedBy.CANDIDATE),
            act=act_by(people.ruth, now=now),
        )
    services.reopen(session, application=application, reason="The card came late", act=act_by(people.ruth, now=now))
    assert (application.status, application.ended_by, application.reason) == (ApplicationStatus.ACTIVE, None, None)
    assert [change.status for change in history_queries.status_changes_among(session, [application.id])] == [
        ApplicationStatus.REJECTED,
        ApplicationStatus.ACTIVE,
    ]


def test_nobody_is_entered_twice(session, people, now, application):
    with pytest.raises(Conflict):
        services.apply(
            session,
            candidate=application.candidate,
            requisition=application.requisition,
            act=act_by(people.ruth, now=now),
        )


def test_finalists_stand_in_their_order(session, people, now):
    requisition = factories.requisition(session, people, now)
    a, b, c = factories.finalists(session, people, now, requisition)
    assert [(f.application_id, f.position) for f in queries.finalists_of(session, requisition)] == [
        (a.id, 1),
        (b.id, 2),
        (c.id, 3),
    ]
    services.name_finalists(
        session, requisition=requisition, order=[(b, "Now first"), (a, "Now second")], act=act_by(people.hana, now=now)
    )
    session.expire_all()
    assert [f.application_id for f in queries.finalists_of(session, requisition)] == [b.id, a.id]


@pytest.mark.parametrize("fault", ["foreign", "twice", "silent", "ended"])
def test_a_slate_that_cannot_be_is_refused(session, people, now, fault):
    requisition = factories.requisition(session, people, now)
    a, b, _ = factories.finalists(session, people, now, requisition)
    other = factories.application(session, people, now, factories.requisition(session, people, now))
    order = {"foreign": [(other, "x")], "twice": [(a, "x"), (a, "y")], "silent": [(a, " ")], "ended": [(b, "x")]}[fault]
    if fault == "ended":
        services.end(
            session,
            application=b,
            status=ApplicationStatus.WITHDRAWN,
            reason=Reason("ending", "other", "x", EndedBy.CANDIDATE),
            act=act_by(people.ruth, now=now),
        )
    with pytest.raises((RuleBroken, Conflict)):
        services.name_finalists(session, requisition=requisition, order=order, act=act_by(people.hana, now=now))
    assert len(queries.finalists_of(session, requisition)) == 3


def test_reasons_by_code_label_or_own_words():
    assert reasons.resolve("decline", "accepted_other_offer").code == "accepted_other_offer"
    assert reasons.resolve("decline", "accepted another offer").ended_by == EndedBy.CANDIDATE
    reason = reasons.resolve("rejection", "Not the depth that we need")
    assert (reason.code, reason.label) == ("other", "Not the depth that we need")
    with pytest.raises(RuleBroken):
        reasons.resolve("rejection", "  ")


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Pacific/Auckland", "2026-11-22T20:30+00:00", "2026-11-23"),
        ("Pacific/Honolulu", "2026-11-23T03:00+00:00", "2026-11-22"),
    ],
)
def test_an_application_is_of_the_companys_day(session, people, now, zone, instant, day):
    requisition = factories.requisition(session, people, now)
    candidate = factories.application(session, people, now, requisition).candidate
    act = act_by(people.ruth, now=dt.datetime.fromisoformat(instant), zone=ZoneInfo(zone))
    seat = factories.requisition(session, people, now)
    application = services.apply(session, candidate=candidate, requisition=seat, act=act)
    assert application.applied_on == dt.date.fromisoformat(day)
    requisitions.change(session, requisition=seat, changes={}, band=BandTerms(6_000_000, 8_000_000, "EUR"), act=act)
    assert seat.band.approved_on == dt.date.fromisoformat(day)
