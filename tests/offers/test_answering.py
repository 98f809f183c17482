"""An approver's question on an offer: whoever asked for approval sees it, answers it, and the approver is told."""

import pytest
from sqlalchemy import select

from recruiter.audit.models import AuditEntry
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.jobs import Job
from recruiter.offers.approval import approval_rounds, approval_services
from recruiter.offers.models import Approval, ApprovalDecision, OfferStatus
from tests import factories
from tests.acts import act_by
from tests.offers import arranging


@pytest.fixture
def questioned(session, people, now):
    """An offer of Ruth's that waits for approval; Arne has asked a question."""
    requisition = factories.requisition(session, people, now)
    ada = factories.finalists(session, people, now, requisition)[0]
    offer = arranging.offer(session, people, ada, now, to="pending")
    arranging.approve(session, people, offer, now, decision=ApprovalDecision.QUESTION)
    session.commit()
    return offer


def test_a_question_is_answered_on_the_page_of_the_offer_and_whoever_asked_is_told(browse, session, people, questioned):
    ruth = browse("ruth")
    assert "asks a question on the offer" in ruth.get("/").get_data(as_text=True)
    page = ruth.get(f"/offers/{questioned.id}").get_data(as_text=True)
    assert f'action="/offers/{questioned.id}/answer"' in page
    answer = ruth.post(
        f"/offers/{questioned.id}/answer", data={"version": questioned.version, "answer": "Since the level is L6."}
    )
    assert answer.status_code == 303
    session.expire_all()
    last = session.scalars(select(Approval).order_by(Approval.id.desc())).first()
    assert (last.decision, last.comment, last.by_id) == (
        ApprovalDecision.ANSWER,
        "Since the level is L6.",
        people.ruth.id,
    )
    assert questioned.status == OfferStatus.PENDING_APPROVAL  # an answer decides nothing
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == "offer.answered"
    (notice,) = [job for job in session.scalars(select(Job)) if job.kind == "approval.answer"]
    assert notice.payload["to"] == people.arne.id
    assert "asks a question" not in ruth.get("/").get_data(as_text=True)
    assert "Since the level is L6." in browse("arne").get(f"/offers/{questioned.id}/approval").get_data(as_text=True)


def test_an_answer_without_words_or_on_stale_terms_changes_nothing_and_keeps_what_was_typed(
    browse, session, questioned
):
    ruth = browse("ruth")
    assert (
        ruth.post(f"/offers/{questioned.id}/answer", data={"version": questioned.version, "answer": " "}).status_code
        == 422
    )
    late = ruth.post(
        f"/offers/{questioned.id}/answer", data={"version": questioned.version - 1, "answer": "My long words"}
    )
    assert (late.status_code, "My long words" in late.get_data(as_text=True)) == (409, True)
    assert len(session.scalars(select(Approval)).all()) == 1


def test_nothing_asked_nothing_to_answer(session, people, now, questioned):
    approval_services.answer_question(session, offer=questioned, answer="Here", act=act_by(people.ruth, now=now))
    with pytest.raises(Conflict, match="No question waits"):
        approval_services.answer_question(session, offer=questioned, answer="Again", act=act_by(people.ruth, now=now))


def test_an_approval_takes_ones_own_question_back(session, people, now, questioned):
    arranging.approve(session, people, questioned, now)
    assert approval_rounds.open_questions(questioned) == []
    with pytest.raises((Conflict, RuleBroken)):
        approval_services.answer_question(
            session, offer=questioned, answer="Too late", act=act_by(people.ruth, now=now)
        )


def test_the_api_answers_and_takes_no_answer_for_a_decision(api, questioned):
    assert api.ruth.post(f"/offers/{questioned.id}/answer", {"answer": "Since the level is L6."}).status_code == 200
    assert api.ruth.post(f"/offers/{questioned.id}/answer", {"answer": "Again"}).status_code == 409
    assert api.arne.post(f"/offers/{questioned.id}/approval", {"decision": "answer"}).status_code == 422
    assert api.ines.post(f"/offers/{questioned.id}/answer", {"answer": "Mine"}).status_code == 404


def test_a_refusal_is_on_todays_list_of_who_asked(browse, session, people, now):
    requisition = factories.requisition(session, people, now)
    ada = factories.finalists(session, people, now, requisition)[0]
    offer = arranging.offer(session, people, ada, now, to="pending")
    arranging.approve(session, people, offer, now, decision=ApprovalDecision.REFUSED)
    session.commit()
    assert "refused the offer as it stands" in browse("ruth").get("/").get_data(as_text=True)
    assert "refused the offer" not in browse("rolf").get("/").get_data(as_text=True)
