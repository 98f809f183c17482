"""Two people who save the same plan, decision date or decision in one instant: one is saved, the other is told."""

import datetime as dt
import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.debriefs import services as deciding_together
from recruiter.debriefs.models import DebriefRecord
from recruiter.foundation.errors import DomainError
from recruiter.interviews import decision_dates, interview_plans
from recruiter.interviews.models import DecisionDate, PlannedTalk
from recruiter.requisitions.models import Requisition
from tests import factories
from tests.acts import act_by


def _plan(own, requisition, about, place):
    line = PlannedTalk(stage=requisition.stages[2], name=f"Talk of {place}", minutes=45, focus=[])
    interview_plans.save_plan(
        own, requisition=requisition, entries=[line], seen=interview_plans.version_mark([]), **about
    )


def _date(own, requisition, about, place):
    today = about["act"].today
    day = today + dt.timedelta(days=place + 1)
    seen = decision_dates.version_mark(None)
    decision_dates.set_date(own, requisition=requisition, decide_on=day, seen=seen, **about)


def _decision(own, requisition, about, place):
    deciding_together.record(own, requisition=requisition, decision=f"Words of {place}", seen=0, **about)


SAVES = {"plan": (_plan, PlannedTalk), "date": (_date, DecisionDate), "decision": (_decision, DebriefRecord)}


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    factories.finalists(session, people, now, requisition)
    session.commit()
    number = requisition.id
    session.rollback()
    return number


def _together(session, people, now, number, save, count=4):
    """All have read that nothing is there yet; then all save."""
    gate, came = threading.Barrier(count), [""] * count

    def act_at(place):
        with Session(session.get_bind(), expire_on_commit=False) as own:
            gate.wait()
            try:
                own.connection(execution_options={"write": True})  # as the doors begin a change
                requisition = own.get_one(Requisition, number)
                save(own, requisition, {"act": act_by(own.get_one(User, people.ruth.id), now=now)}, place)
                own.commit()
                came[place] = "done"
            except DomainError as error:
                own.rollback()
                came[place] = type(error).__name__
            except OperationalError as error:  # a deadlock would be a fault
                came[place] = f"FAULT {error.orig}"

    threads = [threading.Thread(target=act_at, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(came)


@pytest.mark.parametrize("times", range(3))
@pytest.mark.parametrize("what", SAVES)
def test_of_saves_in_one_instant_one_is_kept_and_the_others_are_told(session, people, now, search, what, times):
    save, model = SAVES[what]
    assert _together(session, people, now, search, save) == ["Overtaken", "Overtaken", "Overtaken", "done"]
    assert len(session.scalars(select(model.id)).all()) == 1
    session.rollback()


def test_whoever_has_seen_the_last_decision_goes_on_from_it(session, people, now, search):
    requisition = session.get_one(Requisition, search)
    about = {"requisition": requisition, "act": act_by(people.ruth, now=now)}
    first = deciding_together.record(session, decision="Ada", seen=0, **about)
    deciding_together.record(session, decision="Bela after all", seen=first.id, **about)
    assert session.query(DebriefRecord).count() == 2
