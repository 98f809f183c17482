"""Contacts and promises of several applications at once, for the timeline of a person."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from recruiter.keepwarm.models.records import Promise, Touchpoint


def touchpoints_among(session: Session, application_ids: Sequence[int]) -> list[Touchpoint]:
    """Every contact on some applications, oldest first."""
    statement = select(Touchpoint).where(Touchpoint.application_id.in_(application_ids)).order_by(Touchpoint.id)
    return list(session.scalars(statement.options(joinedload(Touchpoint.by))))


def promises_among(session: Session, application_ids: Sequence[int]) -> list[Promise]:
    """Every promise on some applications, oldest first."""
    statement = select(Promise).where(Promise.application_id.in_(application_ids)).order_by(Promise.id)
    return list(session.scalars(statement.options(joinedload(Promise.made_by))))
