"""Approval chains and more approvers for tests."""

from __future__ import annotations

from recruiter.accounts import services as accounts
from recruiter.accounts.models import Role
from recruiter.offers.approval import chain_services
from tests.acts import act_by, day_of, moment


def approver(session, name, now):
    """One more approver who sees pay."""
    return accounts.add(
        session,
        email=f"{name}@example.com",
        name=name.title(),
        role=Role.APPROVER,
        pay_view=True,
        act=moment(now),
        password="five green bottles standing",
        memory_kib=8,
    )


def chain(session, people, now, *steps, name="Above the band", **more):
    """A chain of Anja's; each step is a list of (group, needed, members)."""
    groups = [
        chain_services.GroupTerms(number, group, needed, tuple(member.id for member in members))
        for number, step in enumerate(steps, start=1)
        for group, needed, members in step
    ]
    terms = chain_services.ChainTerms(
        **{"name": name, "for_offers": True, "for_cases": True, "answer_days": 2, "groups": tuple(groups), **more}
    )
    made = chain_services.save(session, chain=None, terms=terms, act=act_by(people.anja, now=now))
    session.flush()
    return made


def stands_in(session, people, now, *, away, deputy, days=5):
    """Somebody answers for somebody else from today on."""
    today = day_of(now)
    return chain_services.stand_in(
        session,
        user=away,
        deputy=deputy,
        from_on=today,
        until_on=today.replace(day=today.day + days),
        act=act_by(people.anja, now=now),
    )
