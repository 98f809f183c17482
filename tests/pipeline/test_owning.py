"""Who looks after an application: given to one who may move it, kept as history, taken back, carried along."""

import pytest

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role
from recruiter.audit.models import AuditEntry
from recruiter.exchange import table_export
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.undo import undo_services
from recruiter.pipeline import candidate_merge, history_queries, ownership, reasons
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import ApplicationStatus, OwnerChange
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Member, MemberKind
from tests import factories
from tests.acts import act_by, moment
from tests.candidates.test_merging import person


@pytest.fixture
def three(session, people, now):
    requisition = factories.requisition(session, people, now)
    applications = [factories.application(session, people, now, requisition) for _ in range(3)]
    session.commit()
    return applications


def among(session, requisition):
    return [user.id for user in session.scalars(scopes.movers(requisition))]


def _hand(session, application, to, people, now):
    return ownership.assign(
        session,
        application=application,
        to=to,
        mover_ids=among(session, application.requisition),
        act=act_by(people.ruth, now=now),
    )


def _rows(session, application):
    return [
        (each.from_owner_id, each.to_owner_id, each.changed_by_id)
        for each in history_queries.owner_changes_among(session, [application.id])
    ]


def test_a_new_one_is_whose_the_search_is_and_nobodys_where_several_share_it(session, people, now, three):
    assert {application.owner_id for application in three} == {people.ruth.id}
    shared = factories.requisition(session, people, now)
    shared.members.append(Member(user=people.rolf, kind=MemberKind.RECRUITER))
    session.flush()
    assert factories.application(session, people, now, shared).owner is None


def test_one_is_given_on_with_history_and_audit(session, people, now, three):
    application = three[0]
    assert _hand(session, application, people.hana, people, now).to_owner_id == people.hana.id
    assert _hand(session, application, people.hana, people, now) is None  # hers already
    _hand(session, application, None, people, now)
    session.commit()
    assert _rows(session, application) == [
        (people.ruth.id, people.hana.id, people.ruth.id),
        (people.hana.id, None, people.ruth.id),
    ]
    entries = [
        each for each in session.query(AuditEntry).order_by(AuditEntry.id) if each.action == "application.handed"
    ]
    assert [each.detail["owner_id"] for each in entries] == [people.hana.id, None]


@pytest.mark.parametrize("name", ["henk", "ines", "arne"])
def test_only_whoever_may_move_it_gets_it(session, people, now, three, name):
    with pytest.raises(RuleBroken, match="may not move"):
        _hand(session, three[0], getattr(people, name), people, now)
    assert three[0].owner_id == people.ruth.id
    assert session.query(OwnerChange).count() == 0


def test_what_has_ended_is_not_handed_over(session, people, now, three):
    reason = reasons.resolve("rejection", "skills")
    status = ApplicationStatus.REJECTED
    pipeline.end(session, application=three[0], status=status, reason=reason, act=act_by(people.ruth, now=now))
    with pytest.raises(Conflict, match="ended"):
        _hand(session, three[0], people.hana, people, now)


def test_many_go_together_or_none_and_come_back(session, people, now, three):
    _hand(session, three[2], people.rolf, people, now)
    session.commit()
    about = {"among": lambda requisition: among(session, requisition), "act": act_by(people.ruth, now=now)}
    with pytest.raises(RuleBroken):
        bulk_actions.hand(session, chosen=three, to=people.henk, **about)
    session.rollback()
    secret = bulk_actions.hand(session, chosen=three, to=people.rolf, **about)
    assert {application.owner_id for application in three} == {people.rolf.id}
    done = undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    assert done.handed
    assert [application.owner_id for application in three] == [people.ruth.id, people.ruth.id, people.rolf.id]
    with pytest.raises(Conflict, match="with Rolf already"):
        bulk_actions.hand(session, chosen=[three[2]], to=people.rolf, **about)
    assert len(_rows(session, three[0])) == 2  # both acts stay in the history


def test_who_went_on_since_keeps_it_from_being_taken_back(session, people, now, three):
    about = {"among": lambda requisition: among(session, requisition)}
    secret = bulk_actions.hand(session, chosen=three, to=people.rolf, act=act_by(people.ruth, now=now), **about)
    bulk_actions.hand(session, chosen=[three[0]], to=people.hana, act=act_by(people.hana, now=now), **about)
    session.commit()
    with pytest.raises(Conflict, match="changed since"):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))
    session.rollback()
    assert three[0].owner_id == people.hana.id


@pytest.mark.parametrize("confidential", [False, True])
def test_the_list_is_exactly_who_may_move_it(session, people, now, confidential):
    accounts.add(session, email="wim@example.com", name="Wim", role=Role.HIRING_MANAGER, act=moment(now))
    former_colleague = accounts.add(session, email="gus@example.com", name="Gus", role=Role.RECRUITER, act=moment(now))
    former_colleague.active = False
    requisition = factories.requisition(session, people, now, confidential=confidential)
    requisition.members.append(Member(user=people.rolf, kind=MemberKind.ACCESS))
    requisition.members.append(Member(user=people.igor, kind=MemberKind.ACCESS))
    session.flush()
    may = [
        user.id
        for user in session.query(type(people.ruth))
        if permits.permits(session, actor=user, permission=Permission.APPLICATION_MOVE, on=requisition)
    ]
    assert sorted(among(session, requisition)) == sorted(may)
    assert people.hana.id in may
    assert people.henk.id not in may


def test_a_merge_and_an_export_carry_the_owner(session, people, now, three):
    _hand(session, three[0], people.hana, people, now)
    survivor = person(session, people, now, "Zo\u00eb Again")
    session.commit()
    candidate_merge.merge(
        session,
        survivor=survivor,
        duplicate=three[0].candidate,
        act=act_by(people.ruth, now=now),
        within=scopes.requisitions(people.ruth),
    )
    session.flush()
    assert (three[0].candidate_id, three[0].owner_id) == (survivor.id, people.hana.id)
    sheet = table_export.applications(session)
    place = sheet.header.index("owner")
    assert [line[place] for line in sheet.lines] == [people.hana.email, people.ruth.email, people.ruth.email]
