"""Whatever is done to a search, in whatever order: what must hold holds after each act, and an act that is refused changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.orm import Session

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, DomainError
from tests import factories
from tests.invariants import checks
from tests.invariants.acts import ACTS, Doer
from tests.offers import arranging

SEATS = st.integers(1, 2)
WHO = st.integers(0, 3)
# a way to an offer takes four acts in a row: said twice, so that histories get as far as acceptance and the first day
OFTEN = [*ACTS, "draft", "submit", "approve", "extend", "accept", "promote", "submit", "approve", "extend", "accept"]


def _empty(session):
    """Forget the search before; the people stay."""
    session.rollback()
    session.expunge_all()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("TRUNCATE requisition, candidate, audit_entry, audit_head CASCADE"))
    else:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in reversed(db.metadata.sorted_tables):
            if table.name != "user":
                session.execute(text(f'DELETE FROM "{table.name}"'))
    session.commit()


def machine(session, people, now):
    """A machine that does one act after the other on a search of its own, each in a transaction."""

    class Search(RuleBasedStateMachine):
        @initialize(openings=SEATS)
        def begin(self, openings):
            _empty(session)
            requisition = factories.requisition(session, people, now, openings=openings)
            names = ("Ada", "Bela", "Chidi", "Dora")
            self.numbers = [
                finalist.id for finalist in factories.finalists(session, people, now, requisition, names=names)
            ]
            session.commit()

        @rule(act=st.sampled_from(OFTEN), who=WHO)
        def act(self, act, who):
            self._do(act, who)

        @rule(who=WHO)
        def offered(self, who):
            for act in ("draft", "submit", "approve", "extend"):
                self._do(act, who)

        @rule(who=WHO)
        def hired(self, who):
            for act in ("accept", "start"):
                self._do(act, who)

        def _do(self, act, who):
            with Session(session.get_bind(), expire_on_commit=False) as own:
                own.connection(execution_options={"write": True})
                try:
                    getattr(Doer(own, people, now), act)(self.numbers[who])
                    own.commit()
                except (DomainError, LookupError):
                    own.rollback()

        @invariant()
        def holds(self):
            assert checks.broken(session) == []

    return Search


def test_what_must_hold_holds_after_any_history(session, people, now):
    kind = machine(session, people, now)
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


ENDED = ("rejected", "withdrawn", "hired")
# a promise may still be answered after the end: whoever was told a date hears from us
STILL = {"keep"}
REOPENED = {"reopen"}


@pytest.mark.parametrize("end", ENDED)
@pytest.mark.parametrize("act", [act for act in ACTS if act not in STILL])
def test_every_act_on_an_ended_application_is_refused(session, people, now, act, end):
    requisition = factories.requisition(session, people, now, openings=2)
    number = factories.finalists(session, people, now, requisition, names=("Ada",))[0].id
    doer = Doer(session, people, now)
    doer.promise(number)
    if end == "hired":
        for step in ("draft", "submit", "approve", "extend", "accept", "start"):
            getattr(doer, step)(number)
    else:
        doer.draft(number)
        {"rejected": doer.reject, "withdrawn": doer.withdraw}[end](number)
    session.commit()
    before = arranging.everything(session)
    if act in REOPENED and end != "hired":
        getattr(doer, act)(number)
        return
    with pytest.raises(Conflict):
        getattr(doer, act)(number)
    session.rollback()
    assert arranging.everything(session) == before
