"""What taking back asks for, act by act: which permission, and of what."""

import pytest

from recruiter.accounts.models import UndoToken
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.candidates.models import Attachment, Candidate, Note, SetApart, Task
from recruiter.foundation import tokens
from recruiter.foundation.errors import Forbidden, NotFound
from recruiter.keepwarm.models.records import Promotion
from recruiter.policy import undo_permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition

NOWHERE = 4711  # a number that nothing has


@pytest.fixture
def search(rows):
    return rows.add(Requisition, hiring_manager_id=rows.hana.id, created_by_id=rows.hana.id, confidential=True)


@pytest.fixture
def application(rows, search):
    rows.application("somebody else", search, rows.add(Candidate))
    return rows.application("application", search, rows.keep("ada", Candidate))


def questions(rows, action, payload):
    token = rows.add(UndoToken, action=action, payload=payload, user_id=rows.ruth.id)
    return list(undo_permits._asked(rows.session, token))


@pytest.mark.parametrize("action", ["moved", "rejected", "reopened", "handed", "messaged"])
def test_what_was_done_to_applications_is_asked_of_each_of_them(rows, search, application, action):
    other = rows.application("other", search, rows.add(Candidate))
    payload = {"rows": [{"id": application.id, "version": 1}, {"id": other.id}, {"id": NOWHERE}], "jobs": []}
    asked_of = questions(rows, action, payload)
    assert sorted(asked_of, key=lambda pair: pair[1].id) == [
        (Permission.APPLICATION_MOVE, application),
        (Permission.APPLICATION_MOVE, other),
    ]


@pytest.mark.parametrize(
    ("action", "record", "on_candidate", "on_application"),
    [
        (UndoAction.NOTE_REMOVED, Note, Permission.CANDIDATE_NOTE, Permission.APPLICATION_NOTE),
        (UndoAction.FILE_REMOVED, Attachment, Permission.CANDIDATE_FILE, Permission.APPLICATION_FILE),
    ],
)
def test_a_removed_record_is_asked_of_whom_it_was_about(
    rows, application, action, record, on_candidate, on_application
):
    ada = rows.ada
    about_her = rows.add(record, candidate_id=ada.id)
    about_it = rows.add(record, candidate_id=ada.id, application_id=application.id)
    rows.add(Attachment if record is Note else Note, id=about_it.id + 1, candidate_id=ada.id)  # of the other kind
    assert questions(rows, action, {"id": about_her.id}) == [(on_candidate, ada)]
    assert questions(rows, action, {"id": about_it.id}) == [(on_application, application)]
    assert questions(rows, action, {"id": about_it.id + 1}) == []


def test_a_follow_up_a_promotion_and_people_are_asked_for_themselves(rows, search, application):
    ada, eve = rows.ada, rows.add(Candidate)
    task = rows.add(Task, candidate_id=ada.id)
    promotion = rows.add(Promotion, requisition_id=search.id)
    pair = rows.add(SetApart, first_id=ada.id, second_id=eve.id)
    assert questions(rows, UndoAction.TASK_DONE, {"id": task.id}) == [(Permission.TASK_SETTLE, task)]
    assert questions(rows, UndoAction.PROMOTED, {"id": promotion.id}) == [(Permission.PROMOTE, search)]
    assert questions(rows, UndoAction.MERGED, {"kept": ada.id, "gone": eve.id}) == [(Permission.CANDIDATE_EDIT, ada)]
    assert questions(rows, UndoAction.SET_APART, {"id": pair.id}) == [
        (Permission.CANDIDATE_EDIT, ada),
        (Permission.CANDIDATE_EDIT, eve),
    ]


def test_what_is_gone_asks_for_nothing(rows):
    assert questions(rows, UndoAction.PROMOTED, {"id": NOWHERE}) == []
    assert questions(rows, UndoAction.SET_APART, {"id": NOWHERE}) == []


def test_whoever_has_lost_the_search_has_lost_the_undo(rows, search, application):
    payload = {"rows": [{"id": application.id}]}
    for user in (rows.hana, rows.ruth):
        rows.add(UndoToken, action="moved", payload=payload, user_id=user.id, digest=tokens.digest(user.name))
    undo_permits.check(rows.session, secret="Hana", actor=rows.hana)
    for secret, actor in (("Ruth", rows.ruth), ("Ruth", rows.hana), ("Hana", rows.ruth), ("Igor", rows.hana)):
        with pytest.raises(NotFound):
            undo_permits.check(rows.session, secret=secret, actor=actor)


def test_what_is_seen_and_no_longer_allowed_is_refused(rows):
    person = rows.add(Candidate)
    token = {"action": UndoAction.MERGED, "payload": {"kept": person.id, "gone": 0}, "digest": tokens.digest("t")}
    rows.add(UndoToken, user_id=rows.hana.id, **token)
    rows.application("of hana", rows.add(Requisition, hiring_manager_id=rows.hana.id), person)
    with pytest.raises(Forbidden):
        undo_permits.check(rows.session, secret="t", actor=rows.hana)
