"""What lists hold for each role, and who has a seat in a chain of approval."""

import pytest
from sqlalchemy import null, select

from recruiter.accounts.models import Role
from recruiter.budget.models import BudgetCase
from recruiter.candidates.records import task_services
from recruiter.foundation.database.scope import EVERY
from recruiter.interviews.models import InterviewStatus
from recruiter.offers.approval import chain_services
from recruiter.policy import approval_predicates, permits, predicates, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Member, MemberKind
from tests import factories
from tests.acts import act_by, day_of
from tests.budget import arranging
from tests.offers import chaining
from tests.sight import seen_ids

NAMES = ["ruth", "rolf", "hana", "henk", "ines", "igor", "xenia", "arne", "anja"]


def who(people, sees):
    return {name for name in NAMES if sees(getattr(people, name))}


@pytest.fixture
def offer(session, people, now):
    return arranging.ground(session, people, now)


def sees_case(session, case):
    return lambda actor: case.id in seen_ids(session, scopes.cases(actor), BudgetCase)


def test_a_draft_of_a_case_is_for_those_who_run_the_search_and_see_pay(session, people, now, offer):
    case = arranging.opened(session, people, now, offer)
    session.flush()
    assert who(people, sees_case(session, case)) == {"ruth", "hana"}
    people.rolf.pay_view = people.xenia.pay_view = people.henk.pay_view = True
    assert who(people, sees_case(session, case)) == {"ruth", "rolf", "hana"}


def test_a_submitted_case_is_for_approvers_too(session, people, now, offer):
    case = arranging.submitted(session, people, now, offer)
    session.flush()
    assert who(people, sees_case(session, case)) == {"ruth", "hana", "arne"}
    offer.application.requisition.confidential = True
    session.flush()
    assert who(people, sees_case(session, case)) == {"ruth", "hana"}


def test_one_case_does_not_open_another(session, people, now, offer):
    sent = arranging.submitted(session, people, now, offer)
    draft = arranging.opened(session, people, now, arranging.ground(session, people, now))
    session.flush()
    assert seen_ids(session, scopes.cases(people.arne), BudgetCase) == {sent.id}
    assert seen_ids(session, scopes.cases(people.ruth), BudgetCase) == {sent.id, draft.id}


def movers(session, requisition):
    return [user.name for user in session.scalars(scopes.movers(requisition))]


def test_who_may_move_an_application_by_name(session, people, now):
    requisition = factories.requisition(session, people, now)
    session.flush()
    assert movers(session, requisition) == ["Anja", "Hana", "Rolf", "Ruth"]
    for user in (people.henk, people.igor):
        session.add(Member(requisition_id=requisition.id, user_id=user.id, kind=MemberKind.RECRUITER))
    people.rolf.active = False
    session.flush()
    assert movers(session, requisition) == ["Anja", "Hana", "Henk", "Ruth"]
    requisition.confidential = True
    session.flush()
    assert movers(session, requisition) == ["Hana", "Henk", "Ruth"]
    people.hana.role = Role.RECRUITER
    session.add(Member(requisition_id=requisition.id, user_id=people.anja.id, kind=MemberKind.RECRUITER))
    session.flush()
    assert movers(session, requisition) == ["Anja", "Hana", "Henk", "Ruth"]


@pytest.fixture
def bea(session, now):
    return chaining.approver(session, "bea", now)


def decides(session, case):
    return lambda actor: permits.permits(session, actor=actor, permission=Permission.CASE_DECIDE, on=case)


def test_only_who_sits_in_the_chain_decides(session, people, now, offer, bea):
    chaining.chain(session, people, now, [("Pay", 1, [bea])])
    case = arranging.submitted(session, people, now, offer)
    session.flush()
    assert decides(session, case)(bea)
    assert who(people, decides(session, case)) == set()
    assert approval_predicates.of_own_chains(session, actor=bea, requests=[case]) == [case]
    assert approval_predicates.of_own_chains(session, actor=people.arne, requests=[case]) == []
    assert approval_predicates.of_own_chains(session, actor=people.ruth, requests=[case]) == [case]
    stand_in = chaining.stands_in(session, people, now, away=bea, deputy=people.arne)
    session.flush()
    assert who(people, decides(session, case)) == {"arne"}
    assert approval_predicates.of_own_chains(session, actor=people.arne, requests=[case]) == [case]
    ends = {"actor": bea, "permission": Permission.STAND_IN_END, "on": stand_in}
    assert permits.permits(session, **ends)
    assert not permits.permits(session, **{**ends, "actor": people.arne})
    assert not permits.permits(session, **{**ends, "on": case})
    chain_services.end_stand_in(session, stand_in_period=stand_in, act=act_by(people.anja, now=now))
    session.flush()
    assert who(people, decides(session, case)) == set()
    assert approval_predicates.of_own_chains(session, actor=people.arne, requests=[case]) == []


def test_a_stand_in_of_somebody_else_opens_nothing(session, people, now, offer, bea):
    other = chaining.approver(session, "cleo", now)
    chaining.chain(session, people, now, [("Pay", 1, [bea])])
    case = arranging.submitted(session, people, now, offer)
    chaining.stands_in(session, people, now, away=other, deputy=people.arne)
    chaining.stands_in(session, people, now, away=bea, deputy=other)
    session.flush()
    assert who(people, decides(session, case)) == set()
    assert decides(session, case)(other)


def test_a_chain_without_names_is_open_to_every_approver(session, people, now, offer):
    case = arranging.submitted(session, people, now, offer)
    session.flush()
    assert who(people, decides(session, case)) == {"arne"}
    assert approval_predicates.of_own_chains(session, actor=people.arne, requests=[case]) == [case]


def test_nobody_decides_on_what_was_never_sent(session, people, now, offer):
    case = arranging.opened(session, people, now, offer)
    session.flush()
    assert who(people, decides(session, case)) == set()


def test_who_meets_a_candidate_meets_what_hangs_on_the_application(session, people, now, offer):
    case = arranging.opened(session, people, now, offer)
    session.flush()
    for subject in (offer.application, offer, case):
        facts = {name: predicates.Facts(session, getattr(people, name), subject) for name in ("ines", "xenia")}
        assert predicates.meets_application(facts["ines"])
        assert not predicates.meets_application(facts["xenia"])
    assert not predicates.meets_application(predicates.Facts(session, people.ines, offer.application.requisition))


def test_a_cancelled_interview_opens_nothing(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    talk = arranging.panel(session, people, now, application, "ines")
    session.flush()

    def sits(actor):
        return predicates.on_panel(predicates.Facts(session, actor, talk))

    assert who(people, sits) == {"ines"}
    assert not predicates.on_panel(predicates.Facts(session, people.ines, application))
    talk.status = InterviewStatus.CANCELLED
    session.flush()
    assert not predicates.meets_application(predicates.Facts(session, people.ines, application))


def test_a_follow_up_is_settled_by_who_has_it_or_asked_for_it(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    task = task_services.plan(
        session,
        subject=application,
        what="Call",
        due_on=day_of(now),
        assignee=people.hana,
        act=act_by(people.ruth, now=now),
    )
    session.flush()
    assert who(people, lambda actor: predicates.has_task(predicates.Facts(session, actor, task))) == {"ruth", "hana"}


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_no_number_nothing_is_in_sight(session, people, now, name):
    factories.application(session, people, now, factories.requisition(session, people, now))
    actor = getattr(people, name)
    for scope in (scopes.requisitions, scopes.searches, scopes.applications, scopes.candidates, scopes.cases):
        assert session.scalar(select(scope(actor).contains(null()))) in {False, None}
    assert not session.scalar(select(EVERY.contains(null())))
