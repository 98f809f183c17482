"""Two people at the same moment, each in a session of their own: one act is done, the other is told, and what must hold holds."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from recruiter.foundation.errors import DomainError
from recruiter.keepwarm.models.records import Promotion
from recruiter.offers.models import Offer, OfferStatus
from tests import factories
from tests.invariants import checks
from tests.invariants.acts import Doer

TOLD = (DomainError, StaleDataError, IntegrityError)  # the doors answer each with 4xx


@pytest.fixture
def at_once(session, people, now):
    """`at_once((act, number), (act, number), …)`: all begin together; answers what became of each: `done`, or how it was told."""
    session.commit()

    def run(*pairs):
        session.rollback()  # a reader that stays would hold the writers up
        gate, came = threading.Barrier(len(pairs)), [None] * len(pairs)

        def act_at(place, act, number):
            with Session(session.get_bind(), expire_on_commit=False) as own:
                doer = Doer(own, people, now)
                doer._of(number)  # both have read before either writes
                phase_given = {"phase": doer._plan(number).phase} if act == "promote" else {}
                sqlite = own.get_bind().dialect.name == "sqlite"
                if sqlite:
                    own.rollback()
                    own.expunge_all()
                gate.wait()
                try:
                    if sqlite:  # as the doors begin a change
                        own.connection(execution_options={"write": True})
                        doer = Doer(own, people, now)
                    getattr(doer, act)(number, **phase_given)
                    own.commit()
                    came[place] = "done"
                except TOLD as error:
                    own.rollback()
                    came[place] = type(error).__name__
                except OperationalError as error:  # a deadlock would be a fault
                    came[place] = f"FAULT {error.orig}"

        threads = [threading.Thread(target=act_at, args=(place, *pair)) for place, pair in enumerate(pairs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return came

    return run


@pytest.fixture
def slate(session, people, now):
    requisition = factories.requisition(session, people, now)
    order = factories.finalists(session, people, now, requisition)
    session.commit()
    return [application.id for application in order]


def _bring(session, people, now, number, *acts):
    doer = Doer(session, people, now)
    for act in acts:
        getattr(doer, act)(number)
    session.commit()
    session.expunge_all()


OUT = ("draft", "submit", "approve", "extend")


@pytest.mark.parametrize("times", range(3))
@pytest.mark.parametrize(
    "before",
    [(), ("draft",), OUT, (*OUT, "accept"), (*OUT, "decline"), (*OUT, "accept", "renege"), ("withdraw",)],
    ids="-".join,
)
def test_a_promotion_twice_at_once_happens_once(session, people, now, slate, at_once, before, times):
    _bring(session, people, now, slate[0], *before)
    came = at_once(("promote", slate[0]), ("promote", slate[0]))
    assert "FAULT" not in str(came)
    assert came.count("done") == 1, came
    assert len(session.scalars(select(Promotion.id)).all()) == 1
    assert checks.broken(session) == []


PAIRS = [
    # both on the first choice: what was done before, then the two acts
    (OUT, "accept", "accept"),
    (OUT, "accept", "decline"),
    (OUT, "accept", "withdraw"),
    (OUT, "accept", "rescind"),
    (OUT, "accept", "promote"),
    (OUT, "lapse", "accept"),
    (OUT[:3], "extend", "extend"),
    (OUT[:3], "extend", "withdraw"),
    (OUT[:3], "extend", "reject"),
    (OUT[:2], "approve", "withdraw"),
    ((), "draft", "draft"),
    ((), "draft", "reject"),
    ((), "draft", "withdraw"),
    (OUT[:1], "submit", "withdraw"),
    ((), "promise", "reject"),
    ((), "promise", "withdraw"),
    (("promise",), "keep", "renew"),
    (("promise",), "keep", "keep"),
    (("promise",), "renew", "withdraw"),
    ((), "move", "move"),
    ((), "move", "reject"),
    ((), "reject", "withdraw"),
    ((*OUT, "accept"), "start", "renege"),
    ((*OUT, "accept"), "start", "promote"),
]


@pytest.mark.parametrize("times", range(2))
@pytest.mark.parametrize(
    ("before", "first", "other"), PAIRS, ids=lambda value: value if isinstance(value, str) else "-".join(value)
)
def test_two_acts_at_once_leave_what_must_hold(session, people, now, slate, at_once, before, first, other, times):
    _bring(session, people, now, slate[0], *before)
    came = at_once((first, slate[0]), (other, slate[0]))
    assert "FAULT" not in str(came)
    assert "done" in came, came
    assert checks.broken(session) == []
    if first == other:
        assert came.count("done") == 1, came


def test_one_seat_and_several_offers_at_once_end_in_one_acceptance(session, people, now, slate, at_once):
    for number in slate:
        _bring(session, people, now, number, *OUT[:3])
    came = at_once(*(("extend", number) for number in slate))
    assert came.count("done") == 1, came
    at_once(
        *(
            ("accept", number)
            for number in slate
            if session.scalar(select(Offer.id).where(Offer.application_id == number))
        )
    )
    session.expunge_all()
    taken = session.scalars(select(Offer).where(Offer.status == OfferStatus.ACCEPTED)).all()
    assert len(taken) == 1
    assert checks.broken(session) == []
