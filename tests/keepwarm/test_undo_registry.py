"""Every act that hands out an undo has what reverses it; an act that nobody knows is a fault, not a move."""

import pytest

from recruiter.accounts.models import UndoToken
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.foundation import tokens
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.undo import undo_services
from tests.acts import act_by


def test_every_act_has_its_reversal():
    assert set(undo_services.REVERSALS) == set(UndoAction)


def test_an_unknown_act_is_an_error(session, people, now):
    secret = tokens.new()
    session.add(
        UndoToken(
            digest=tokens.digest(secret), user_id=people.ruth.id, action="mvoed", payload={"rows": []}, created_at=now
        )
    )
    session.flush()
    with pytest.raises(ValueError, match="mvoed"):
        undo_services.undo(session, secret=secret, act=act_by(people.ruth, now=now))


def test_a_token_is_used_once(session, people, now):
    act = act_by(people.ruth, now=now)
    secret = bulk_actions.issue_undo(session, action=UndoAction.MOVED, before=[], act=act)
    assert undo_services.undo(session, secret=secret, act=act).applications == []
    with pytest.raises(undo_services.Conflict, match="already"):
        undo_services.undo(session, secret=secret, act=act)
