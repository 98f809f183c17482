"""An account ended, and the work that waits for its person given to whoever goes on with it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.accounts import services as accounts
from recruiter.accounts.models import User
from recruiter.candidates.records import task_services
from recruiter.foundation.act import Moment
from recruiter.handover import queries
from recruiter.handover.rules import Duties
from recruiter.keepwarm.contacts import concern_services


def disable(session: Session, *, user: User, act: Moment) -> Duties:
    """End an account and hand over what waits for its person; answers what there was. Raises Conflict for the last administrator."""
    duties = queries.duties_of(session, user, moment=act)  # before, since it says which searches nobody else reaches
    accounts.disable(session, user=user, act=act)
    _give(session, duties, act=act)
    return duties


def hand_over(session: Session, *, user: User, act: Moment) -> None:
    """Give the follow-ups and concerns of somebody to those who go on with their searches.

    What nobody can take stays theirs, and Today marks it. The turn in an approval is given by an administrator, by name.
    """
    _give(session, queries.duties_of(session, user, moment=act), act=act)


def _give(session: Session, duties: Duties, *, act: Moment) -> None:
    for task, successor in duties.tasks:
        if successor is not None:
            task_services.hand_over(session, task=task, to=successor, act=act)
    for concern, successor in duties.concerns:
        if successor is not None:
            concern_services.hand_over(session, concern=concern, to=successor, act=act)
    session.flush()
