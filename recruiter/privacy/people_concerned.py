"""Whom a stored text concerns, as far as that is known where it is set: the candidate, and the colleagues of the search."""

from __future__ import annotations

from functools import cache

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, object_session

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase
from recruiter.candidates.models import Candidate, Note
from recruiter.foundation.database.db import Base, Model, db
from recruiter.foundation.lexicon.spared_names import WholeName
from recruiter.interviews.models import Interview, Panelist
from recruiter.keepwarm.models.records import Promise
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.models import Scorecard

LEADS_ON = (Application, BudgetCase, Candidate, Interview, Note, Offer, Promise, Requisition, Scorecard, User)


@cache
def _models() -> dict[str, type[Model]]:
    """What foreign keys lead to, by table."""
    return {model.__tablename__: model for model in LEADS_ON}


def session_of(written: Model) -> Session | None:
    """The session that something is stored in, or will be; None where no application runs."""
    try:
        return object_session(written) or db.session()
    except RuntimeError:
        return None


def _next(session: Session, written: Model) -> list[Model]:
    """What a stored thing hangs on."""
    mapper = inspect(type(written))
    links: list[Model] = [
        linked
        for relationship in mapper.relationships
        if not relationship.uselist and isinstance(linked := written.__dict__.get(relationship.key), LEADS_ON)
    ]
    for column in mapper.columns:
        number = getattr(written, mapper.get_property_by_column(column).key)
        for key in column.foreign_keys:
            model = _models().get(key.column.table.name)
            if number is not None and model is not None and (linked := session.get(model, number)) is not None:
                links.append(linked)
    return links


def _colleagues(session: Session, requisition: Requisition) -> list[str]:
    """The names of who runs a search and of who sits on its panels."""
    panels = (
        select(User.name)
        .join(Panelist, Panelist.user_id == User.id)
        .join(Interview, Interview.id == Panelist.interview_id)
        .join(Application, Application.id == Interview.application_id)
        .where(Application.requisition_id == requisition.id)
        .distinct()
    )
    members = [member.user.name for member in requisition.members]
    return [requisition.hiring_manager.name, *members, *session.scalars(panels)]


def names_around(written: Model) -> tuple[str, ...]:
    """The names of the people whom a text concerns, the title of the job, and those of organisation, teams and places.

    None of them is a finding of the check of words.
    """
    session = session_of(written)
    names: list[str] = []
    seen: list[Base] = []
    if session is None:
        return ()
    with session.no_autoflush:
        waiting = [written]
        while waiting:
            linked = waiting.pop()
            if linked in seen:
                continue
            seen.append(linked)
            if isinstance(linked, (Candidate, User)):
                names.append(linked.name)
            if isinstance(linked, User):
                names.append(WholeName(linked.team))
            if isinstance(linked, Requisition):
                names += [linked.title, WholeName(linked.department), WholeName(linked.location)]
                names += _colleagues(session, linked)
            if not isinstance(linked, User):
                waiting += _next(session, linked)
    return tuple(dict.fromkeys(name for name in names if name))
