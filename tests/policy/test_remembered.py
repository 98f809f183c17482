"""A page that asks the policy the same thing three times has one answer, until something is changed."""

from __future__ import annotations

from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from tests import factories


def test_the_same_question_is_one_statement_until_something_changes(session, people, now, count_statements):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition)
    session.commit()

    def henk_moves():
        return permits.permits(session, actor=people.henk, permission=Permission.APPLICATION_MOVE, on=application)

    with count_statements() as seen:
        assert not henk_moves()
        assert not henk_moves()
    assert sum("FROM requisition" in statement for statement in seen) == 1
    requisition.hiring_manager_id = people.henk.id
    assert henk_moves()  # what is not flushed yet counts
    session.flush()
    assert henk_moves()
    session.rollback()
    assert not henk_moves()
