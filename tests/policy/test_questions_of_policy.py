"""The questions that permissions are made of, each asked for itself."""

from types import SimpleNamespace

import pytest

from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Attachment, Candidate, Note, Task
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.keepwarm.models.records import Concern, Promise
from recruiter.offers.models import Offer, StandIn
from recruiter.policy import approval_predicates, predicates
from recruiter.requisitions.models import Requisition
from tests.rows import AT, ROLES


def who(rows, question, subject=None):
    return {name for name in ROLES if question(predicates.Facts(rows.session, rows.by_name[name], subject))}


@pytest.fixture
def search(rows):
    return rows.add(Requisition, hiring_manager_id=rows.hana.id, created_by_id=rows.anja.id, confidential=True)


@pytest.fixture
def application(rows, search):
    return rows.application("application", search, rows.keep("ada", Candidate))


def test_roles_and_the_sight_of_pay(rows):
    assert who(rows, predicates.is_admin) == {"anja"}
    assert who(rows, predicates.is_recruiter) == {"ruth", "rolf"}
    assert who(rows, predicates.is_manager) == {"hana", "henk"}
    assert who(rows, predicates.is_approver) == {"arne", "bert"}
    rows.ines.pay_view = rows.arne.pay_view = True
    assert who(rows, predicates.sees_pay) == {"ines", "arne"}


def test_a_search_is_that_of_the_thing_or_of_what_it_is_a_part_of(rows, search, application):
    offer = rows.add(Offer, application_id=application.id)
    parts = [
        search,
        application,
        offer,
        rows.add(Interview, application_id=application.id),
        rows.add(BudgetCase, offer_id=offer.id),
        rows.add(Promise, application_id=application.id),
        rows.add(Concern, application_id=application.id),
        *(SimpleNamespace(**{way: application}) for way in ("application", "offer", "interview", "opening", "case")),
        SimpleNamespace(requisition_id=None, application=None, offer=offer),
        SimpleNamespace(requisition_id=search.id, application=SimpleNamespace(requisition_id=search.id + 1)),
    ]
    for part in parts:
        assert who(rows, predicates.sees_requisition, part) == {"anja", "hana"}
        assert who(rows, predicates.runs_the_search, part) == {"anja", "hana"}
    for nothing in (None, rows.ruth, SimpleNamespace(), SimpleNamespace(requisition_id="1")):
        assert who(rows, predicates.sees_requisition, nothing) == set()
    other = rows.add(Requisition, hiring_manager_id=rows.anja.id, created_by_id=rows.anja.id, confidential=True)
    assert who(rows, predicates.sees_requisition, other) == {"anja"}


def test_who_sees_a_search_without_being_staff_does_not_run_it(rows, search, application):
    talk = rows.add(Interview, application_id=application.id)
    rows.add(Panelist, interview_id=talk.id, user_id=rows.ines.id)
    assert who(rows, predicates.sees_requisition, search) == {"anja", "hana", "ines"}
    assert who(rows, predicates.runs_the_search, search) == {"anja", "hana"}


def test_who_meets_an_application_meets_what_hangs_on_it(rows, search, application):
    other = rows.application("other", search, rows.add(Candidate))
    for met, name, status in [
        (application, "ines", InterviewStatus.PLANNED),
        (application, "henk", InterviewStatus.NO_SHOW),
        (application, "arne", InterviewStatus.CANCELLED),
        (other, "igor", InterviewStatus.PLANNED),
    ]:
        talk = rows.add(Interview, application_id=met.id, status=status)
        rows.add(Panelist, interview_id=talk.id, user_id=rows.by_name[name].id)
    offer = rows.add(Offer, application_id=application.id)
    for part in (
        application,
        offer,
        SimpleNamespace(application_id=application.id, offer=other),
        SimpleNamespace(offer=offer, case=other),
        SimpleNamespace(offer=None, case=offer),
        SimpleNamespace(case=SimpleNamespace(offer=offer)),
        rows.add(BudgetCase, offer_id=offer.id),
    ):
        assert who(rows, predicates.meets_application, part) == {"ines", "henk"}
    for nothing in (None, search, SimpleNamespace(application_id="1")):
        assert who(rows, predicates.meets_application, nothing) == set()
    assert who(rows, predicates.on_panel, talk) == {"igor"}
    assert who(rows, predicates.on_panel, SimpleNamespace(panelist=lambda user_id: True)) == set()


def test_one_person_note_follow_up_or_file_is_asked_about_and_no_other(rows, search, application):
    ada, anja = rows.ada, rows.anja
    eve = rows.add(Candidate)
    secret = {"candidate_id": ada.id, "application_id": application.id}
    everywhere = {"candidate_id": eve.id, "application_id": None}
    searchers = {"anja", "ruth", "rolf"}
    assert who(rows, predicates.sees_candidate, ada) == {"anja", "hana"}
    assert who(rows, predicates.sees_candidate, eve) == searchers
    for place, team in ((secret, {"anja", "hana"}), (everywhere, searchers)):
        note = rows.add(Note, author_id=anja.id, **place)
        task = rows.add(Task, assignee_id=anja.id, created_by_id=rows.ruth.id, **place)
        file = rows.add(Attachment, uploaded_by_id=rows.rolf.id, **place)
        assert who(rows, predicates.reads_note, note) == team
        assert who(rows, predicates.reads_task, task) == team
        assert who(rows, predicates.reads_file, file) == team
        assert who(rows, predicates.wrote_note, note) == {"anja"}
        assert who(rows, predicates.has_task, task) == {"anja", "ruth"}
        assert who(rows, predicates.uploaded_file, file) == {"rolf"}


def test_what_was_sent_for_approval_has_the_moment_of_it():
    def sent(subject):
        return predicates.was_submitted(predicates.Facts(None, None, subject))

    assert sent(SimpleNamespace(submitted_at=AT))
    assert not sent(SimpleNamespace(submitted_at=None))
    assert not sent(SimpleNamespace())
    assert not sent(None)


def plan(*steps):
    groups = [[{"name": f"Group {members}", "needed": 1, "members": members} for members in step] for step in steps]
    return SimpleNamespace(plan={"name": "Pay", "answer_days": 2, "steps": groups})


def test_a_seat_in_any_group_of_any_step_is_a_seat_in_the_chain(rows):
    arne, bert, ruth = rows.arne.id, rows.bert.id, rows.ruth.id
    assert who(rows, approval_predicates.in_chain, plan([[arne]])) == {"arne"}
    assert who(rows, approval_predicates.in_chain, plan([[arne], [bert]])) == {"arne", "bert"}
    assert who(rows, approval_predicates.in_chain, plan([[ruth]], [[arne, bert]])) == {"arne", "bert", "ruth"}
    assert who(rows, approval_predicates.in_chain, plan()) == set()
    assert who(rows, approval_predicates.in_chain, plan([[arne], []])) == set(ROLES)  # a group without names is open
    assert who(rows, approval_predicates.in_chain, SimpleNamespace(plan=None)) == set(ROLES)


def test_what_has_no_plan_of_its_own_goes_by_the_plan_of_its_case(rows):
    arne, bert = rows.arne.id, rows.bert.id
    assert who(rows, approval_predicates.in_chain, SimpleNamespace(case=plan([[arne]]))) == {"arne"}
    own = SimpleNamespace(**vars(plan([[bert]])), case=plan([[arne]]))
    assert who(rows, approval_predicates.in_chain, own) == {"bert"}
    assert who(rows, approval_predicates.in_chain, SimpleNamespace()) == set(ROLES)
    assert who(rows, approval_predicates.in_chain, SimpleNamespace(case=None)) == set(ROLES)


def test_whoever_was_named_for_a_seat_has_it_until_that_is_ended(rows):
    request = plan([[rows.arne.id]])
    stands_in = rows.add(StandIn, user_id=rows.arne.id, deputy_id=rows.bert.id)
    rows.add(StandIn, user_id=rows.ruth.id, deputy_id=rows.ines.id)
    rows.add(StandIn, user_id=rows.arne.id, deputy_id=rows.igor.id, ended_at=AT)
    assert who(rows, approval_predicates.in_chain, request) == {"arne", "bert"}
    assert who(rows, approval_predicates.is_away, stands_in) == {"arne"}
    assert who(rows, approval_predicates.is_away, SimpleNamespace(user_id=rows.arne.id)) == set()


def test_an_approver_lists_what_they_are_asked_and_everybody_else_all(rows):
    of_arne, of_bert, of_all = plan([[rows.arne.id]]), plan([[rows.bert.id]]), plan([[]])
    rows.add(StandIn, user_id=rows.bert.id, deputy_id=rows.arne.id, ended_at=AT)

    def listed(name):
        return approval_predicates.of_own_chains(
            rows.session, actor=rows.by_name[name], requests=(of_arne, of_bert, of_all)
        )

    assert listed("arne") == [of_arne, of_all]
    assert listed("bert") == [of_bert, of_all]
    assert listed("ruth") == [of_arne, of_bert, of_all]
    rows.add(StandIn, user_id=rows.bert.id, deputy_id=rows.arne.id)
    assert listed("arne") == [of_arne, of_bert, of_all]
