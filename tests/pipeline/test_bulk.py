"""Several applications at a time, all or none, and taking it back."""

import datetime as dt

import pytest

from recruiter.foundation.errors import Conflict, DomainError, NotFound, RuleBroken
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.undo import undo_services
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import ApplicationStatus, StageChange
from tests import factories
from tests.acts import act_by


@pytest.fixture
def three(session, people, now):
    requisition = factories.requisition(session, people, now)
    applications = [factories.application(session, people, now, requisition) for _ in range(3)]
    session.commit()
    return applications


def test_many_move_and_all_come_back(session, people, now, three):
    secret = bulk_actions.move(session, chosen=three, to_stage="Screen", reason="", act=act_by(people.ruth, now=now))
    assert {application.stage.name for application in three} == {"Screen"}
    done = undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert {application.stage.name for application in done.applications} == {"Applied"}
    assert session.query(StageChange).filter_by(application_id=three[0].id).count() == 3  # history keeps both


def test_who_comes_back_has_stood_there_all_along(session, people, now, three):
    since = {application.id: application.stage_since for application in three}
    later = now + dt.timedelta(days=9)
    secret = bulk_actions.move(session, chosen=three, to_stage="Screen", reason="", act=act_by(people.ruth, now=later))
    assert {application.stage_since for application in three} == {later}
    undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=later + dt.timedelta(minutes=1)))
    session.commit()
    session.expire_all()
    assert {application.id: application.stage_since for application in three} == since
    assert session.query(StageChange).filter_by(moved_at=later + dt.timedelta(minutes=1)).count() == len(three)


def test_one_that_cannot_is_named_and_stops_all(session, people, now, three):
    pipeline.move(session, application=three[1], to=three[1].requisition.stages[1], act=act_by(people.ruth, now=now))
    session.commit()
    with pytest.raises(DomainError) as error:
        bulk_actions.move(session, chosen=three, to_stage="Screen", reason="", act=act_by(people.ruth, now=now))
    session.rollback()
    assert three[1].candidate.name in error.value.message
    assert [application.stage.name for application in three] == ["Applied", "Screen", "Applied"]


def test_many_are_closed_with_one_reason_and_reopened(session, people, now, three):
    secret = bulk_actions.reject(session, chosen=three, reason="skills", act=act_by(people.ruth, now=now)).undo
    assert {application.status for application in three} == {ApplicationStatus.REJECTED}
    undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert {application.status for application in three} == {ApplicationStatus.ACTIVE}


@pytest.mark.parametrize(("stage", "chosen"), [("Nowhere", True), ("Screen", False)])
def test_nowhere_and_nobody_are_refused(session, people, now, three, stage, chosen):
    with pytest.raises(RuleBroken):
        bulk_actions.move(
            session, chosen=three if chosen else [], to_stage=stage, reason="", act=act_by(people.ruth, now=now)
        )


def _moved(session, people, now, three):
    return bulk_actions.move(session, chosen=three, to_stage="Screen", reason="", act=act_by(people.ruth, now=now))


def test_undo_is_for_whoever_did_it_and_once(session, people, now, three):
    secret = _moved(session, people, now, three)
    with pytest.raises(NotFound):
        undo_services.undo(session, secret=secret, act=act_by(people.rolf, now=now))
    undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    with pytest.raises(Conflict, match="already"):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))


def test_undo_ends_after_half_an_hour(session, people, now, three):
    secret = _moved(session, people, now, three)
    with pytest.raises(Conflict, match="30 minutes"):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now + dt.timedelta(minutes=31)))


def test_undo_loses_nobodys_later_work(session, people, now, three):
    secret = _moved(session, people, now, three)
    to = three[2].requisition.stages[2]
    pipeline.move(session, application=three[2], to=to, act=act_by(people.rolf, now=now))
    session.commit()
    with pytest.raises(Conflict, match=three[2].candidate.name.split()[0]):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    session.rollback()
    assert three[0].stage.name == "Screen"
