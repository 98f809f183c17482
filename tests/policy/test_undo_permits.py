"""Taking back needs what the act needs at that moment: a role or a search lost since is lost for the undo too."""

import pytest

from recruiter.accounts import undo_token_services
from recruiter.accounts.models import Role, UndoToken
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.candidates.models import Attachment, Note, SetApart, Task
from recruiter.foundation import tokens
from recruiter.foundation.errors import Forbidden, NotFound
from recruiter.keepwarm.promotion import promote
from recruiter.policy import undo_permits
from tests import factories
from tests.acts import act_by


@pytest.fixture
def payload_of(session, people, now):
    """The payload of a token of any act, of things that Ruth may change as a recruiter."""

    def make(action):
        requisition = factories.requisition(session, people, now)
        first, *_ = factories.finalists(session, people, now, requisition)
        other = factories.candidate(session, people, now)
        about = {"candidate_id": first.candidate_id, "created_at": now}
        if action == UndoAction.PROMOTED:
            act = act_by(people.ruth, now=now)
            result = promote.promote(session, requisition=requisition, phase="before_offer", reason="timing", act=act)
            return {"id": result.promotion.id}
        if action == UndoAction.MERGED:
            return {"kept": first.candidate_id, "gone": other.id}
        records = {
            UndoAction.NOTE_REMOVED: lambda: Note(
                **about, text="Said hello", text_key="said hello", author_id=people.ruth.id
            ),
            UndoAction.TASK_DONE: lambda: Task(
                **about, what="Call", due_on=now.date(), assignee_id=people.ruth.id, created_by_id=people.ruth.id
            ),
            UndoAction.FILE_REMOVED: lambda: Attachment(
                **about,
                name="cv.pdf",
                media_type="application/pdf",
                storage_key="k",
                kind="other",
                size=1,
                sha256="0" * 64,
                uploaded_by_id=people.ruth.id,
            ),
            UndoAction.SET_APART: lambda: SetApart(
                first_id=first.candidate_id, second_id=other.id, by_id=people.ruth.id, at=now
            ),
        }
        if action in records:
            record = records[action]()
            session.add(record)
            session.flush()
            return {"id": record.id}
        return {"rows": [{"id": first.id, "version": first.version}], "jobs": []}

    return make


@pytest.mark.parametrize("action", UndoAction)
def test_an_undo_needs_what_its_act_needs_when_it_is_pressed(session, people, now, payload_of, action):
    act = act_by(people.ruth, now=now)
    secret = undo_token_services.issue(session, action=action, payload=payload_of(action), act=act)
    undo_permits.check(session, secret=secret, actor=people.ruth)
    people.ruth.role = Role.APPROVER
    session.flush()
    with pytest.raises((Forbidden, NotFound)):
        undo_permits.check(session, secret=secret, actor=people.ruth)


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_ask(session, people, now, api, browse, door):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    session.commit()
    secret = api.rolf.post(f"/applications/{application.id}/rejection", {"reason": "skills"}).get_json()["undo"]
    rolf = browse("rolf") if door == "page" else None
    people.rolf = session.merge(people.rolf)
    people.rolf.role = Role.INTERVIEWER
    session.commit()
    if rolf is None:
        assert api.rolf.post(f"/undo/{secret}").status_code in {403, 404}
    else:
        rolf.post(f"/undo/{secret}")
    session.expire_all()
    assert application.status == "rejected"
    token = session.query(UndoToken).filter_by(digest=tokens.digest(secret)).one()
    assert token.used_at is None
