"""Who decides and who sees, and who has read others' scorecards, is after a restore as it had become since the backup."""

import datetime as dt

from sqlalchemy import select

from recruiter.accounts import services as accounts
from recruiter.accounts.models import FailedSignIn, IdempotentAnswer, Role, User
from recruiter.audit import queries as audit
from recruiter.offers.approval import chain_services
from recruiter.offers.approval.chain_services import ChainTerms, GroupTerms
from recruiter.offers.models import ApprovalChain, ApprovalGroup, ApprovalSeat, StandIn
from recruiter.pipeline.models import Application
from recruiter.requisitions import team_services
from recruiter.requisitions.models import Requisition
from recruiter.requisitions.team_services import TeamTerms
from recruiter.scorecards import readings
from recruiter.scorecards.models import CardReading
from recruiter.scorecards.readings import Reading
from tests.acts import act_by, moment
from tests.foundation.test_ended_again import LATER, house  # noqa: F401

APPROVERS = ("arne", "abby", "axel")


def _person(session, name):
    return session.scalars(select(User).where(User.email_key == f"{name}@example.com")).one()


def _chain_terms(session, *names):
    members = tuple(_person(session, name).id for name in names)
    return ChainTerms("Usual", for_offers=True, for_cases=True, groups=(GroupTerms(1, "Finance", 1, members),))


def _begin(now):
    def fill(session):
        for name in APPROVERS[1:]:
            email = f"{name}@example.com"
            accounts.add(session, email=email, name=name.title(), role=Role.APPROVER, pay_view=True, act=moment(now))
        act = act_by(_person(session, "anja"), now=now)
        chain_services.save(session, chain=None, terms=_chain_terms(session, "arne"), act=act)
        unused = ChainTerms("Unused", for_offers=True, for_cases=False, groups=(GroupTerms(1, "Any", 1),))
        chain_services.save(session, chain=None, terms=unused, act=act)
        arne, abby = (_person(session, name) for name in APPROVERS[:2])
        days = {"from_on": now.date(), "until_on": now.date() + dt.timedelta(30)}
        chain_services.stand_in(session, user=arne, deputy=abby, act=act, **days)
        session.add(FailedSignIn(email_key="x@example.com", address="10.0.0.1", device_id=None, at=now))
        answer = {"key": "k", "request_digest": "0" * 64, "status": 201, "body": "secret", "created_at": now}
        session.add(IdempotentAnswer(user_id=arne.id, **answer))

    return fill


def _change(now):
    def change(session):
        act = act_by(_person(session, "anja"), now=now + LATER)
        requisition = session.scalars(select(Requisition).order_by(Requisition.id)).first()
        for name in ("ruth", "henk"):  # one after the other
            terms = TeamTerms(hiring_manager=_person(session, name), confidential=True)
            team_services.change_team(session, requisition=requisition, terms=terms, act=act)
        chains = {chain.name: chain for chain in session.scalars(select(ApprovalChain))}
        for name in ("abby", "axel"):
            chain_services.save(session, chain=chains["Usual"], terms=_chain_terms(session, name), act=act)
        chain_services.retire(session, chain=chains["Unused"], act=act)
        chain_services.end_stand_in(session, stand_in_period=session.scalars(select(StandIn)).one(), act=act)
        application_id = session.scalars(select(Application.id).order_by(Application.id)).first()
        reading = Reading(_person(session, "igor").id, application_id)
        readings.record(session, [reading], act=act)

    return change


def _state(session):
    requisition = session.scalars(select(Requisition).order_by(Requisition.id)).first()
    seats = select(User.name).join(ApprovalSeat, ApprovalSeat.user_id == User.id).join(ApprovalGroup)
    return {
        "manager": requisition.hiring_manager.name,
        "confidential": requisition.confidential,
        "seats": sorted(session.scalars(seats)),
        "chains in use": sorted(session.scalars(select(ApprovalChain.name).where(ApprovalChain.retired_at.is_(None)))),
        "deputies": len(session.scalars(select(StandIn).where(StandIn.ended_at.is_(None))).all()),
        "readings": len(session.scalars(select(CardReading)).all()),
        "of the moment": [len(session.scalars(select(kind)).all()) for kind in (FailedSignIn, IdempotentAnswer)],
    }


BEFORE = {
    "manager": "Hana", "confidential": False, "seats": ["Arne"], "chains in use": ["Unused", "Usual"], "deputies": 1,
    "readings": 0, "of the moment": [1, 1],
}  # fmt: skip
AFTER = {
    "manager": "Henk", "confidential": True, "seats": ["Axel"], "chains in use": ["Usual"], "deputies": 0,
    "readings": 1, "of the moment": [0, 0],
}  # fmt: skip
SENTENCES = (
    "1 hiring manager, 1 requisition open to all, 1 stand-in, 1 approval chain, 1 seat of an approver.",
    "Who had read others\u2019 scorecards after this backup was made is on record again, on 1 application.",
)


def test_managers_sight_approvers_and_readers_are_as_they_had_become(house, now, tmp_path):  # noqa: F811
    house.do(_begin(now))
    assert house.place("backup", tmp_path / "early.zip")[0] == 0
    assert house.do(_state) == BEFORE
    house.do(_change(now))
    assert house.do(_state) == {**AFTER, "of the moment": [1, 1]}
    code, output = house.place("restore", tmp_path / "early.zip", "--replace")
    assert code == 0, output
    assert house.do(_state) == AFTER
    for sentence in SENTENCES:
        assert sentence in output
    assert house.do(audit.verify).whole
