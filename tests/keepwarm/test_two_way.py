"""Which contacts are of both sides: one definition, in Python and in SQL."""

import datetime as dt
import itertools

from sqlalchemy import select

from recruiter.keepwarm.models.records import Channel, Direction, TouchKind, Touchpoint
from tests import factories


def test_python_and_sql_decide_alike(session, people, now):
    application = factories.application(session, people, now, factories.requisition(session, people, now))
    for number, (direction, channel, kind) in enumerate(itertools.product(Direction, Channel, TouchKind)):
        session.add(
            Touchpoint(
                application_id=application.id,
                direction=direction,
                channel=channel,
                kind=kind,
                text="Hello",
                at=now - dt.timedelta(minutes=number),
                by=people.ruth,
                created_at=now,
            )
        )
    session.flush()
    contacts = session.scalars(select(Touchpoint)).all()
    for rule in ("is_two_way", "reaches_candidate"):
        in_sql = set(session.scalars(select(Touchpoint.id).where(getattr(Touchpoint, rule))))
        assert in_sql == {contact.id for contact in contacts if getattr(contact, rule)}
        assert 0 < len(in_sql) < len(contacts)
