"""Offers for tests, in any state that is reached by acting on them."""

from __future__ import annotations

from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money
from recruiter.keepwarm.lifecycle import services as keepwarm
from recruiter.offers import rules, services
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision
from tests.acts import act_by

WITHIN = 7_500_000
ABOVE = 9_000_000


def terms(base=WITHIN, currency="EUR", **more):
    """Terms with a base, in euros unless told."""
    return rules.Terms(base=Money(base, currency), **more)


def offer(session, people, application, now, *, to="draft", base=WITHIN, opening=None, **more):
    """An offer of Ruth's, taken as far as `to`: a draft, pending, approved, extended, accepted, or one of the ends."""
    made = services.draft(
        session,
        application=application,
        terms=terms(base, **more),
        opening_id=opening.id if opening else None,
        act=act_by(people.ruth, now=now),
    )
    on = {
        "pending": [submit],
        "approved": [submit, approve],
        "extended": [submit, approve, extend],
        "accepted": [submit, approve, extend, accept],
        "declined": [submit, approve, extend, decline],
        "lapsed": [submit, approve, extend, lapse],
        "rescinded": [rescind],
        "reneged": [submit, approve, extend, accept, renege],
    }
    for act in on.get(to, []):
        act(session, people, made, now)
    session.flush()
    return made


def submit(session, people, made, now):
    """Ruth asks for approval."""
    approval_services.submit(session, offer=made, act=act_by(people.ruth, now=now))


def approve(session, people, made, now, *, decision=ApprovalDecision.APPROVED, by=None):
    """Arne decides, unless told."""
    approval_services.approve(
        session, offer=made, decision=decision, comment="Fine", act=act_by(by or people.arne, now=now)
    )


def extend(session, people, made, now):
    """The offer goes out."""
    services.extend(session, offer=made, act=act_by(people.ruth, now=now))


def accept(session, people, made, now):
    """The candidate says yes."""
    services.accept(session, offer=made, act=act_by(people.ruth, now=now))


def decline(session, people, made, now):
    """The candidate says no."""
    keepwarm.decline(session, offer=made, reason="accepted_other_offer", act=act_by(people.ruth, now=now))


def renege(session, people, made, now):
    """The candidate had said yes and will not come."""
    keepwarm.renege(session, offer=made, reason="accepted_counter_offer", act=act_by(people.ruth, now=now))


def lapse(session, people, made, now):
    """Nobody answered."""
    keepwarm.lapse(session, offer=made, reason="", act=act_by(people.ruth, now=now))


def rescind(session, people, made, now):
    """The company takes it back."""
    keepwarm.rescind(session, offer=made, reason="budget_withdrawn", act=act_by(people.ruth, now=now))


def everything(session):
    """Every row of every table as the database holds it now, seen through a connection of its own."""
    with session.get_bind().connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select()))) for table in db.metadata.sorted_tables
        }


def counts(session):
    """How many rows each table holds."""
    return {name: len(rows) for name, rows in everything(session).items()}
