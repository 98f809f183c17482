"""Requisitions opened, changed, filled and freed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.requisitions import rules
from recruiter.requisitions.models import (
    Attribute,
    Band,
    Member,
    MemberKind,
    Opening,
    OpeningStatus,
    Requisition,
    RequisitionStatus,
    Stage,
)

MANAGERS = {Role.HIRING_MANAGER, Role.ADMIN, Role.RECRUITER}


def _next_key(session: Session, *, prefix: str) -> str:
    taken = session.scalars(select(Requisition.key).where(Requisition.key.like(f"{prefix}-%"))).all()
    numbers = [int(key.rsplit("-", 1)[1]) for key in taken if key.rsplit("-", 1)[1].isdigit()]
    return f"{prefix}-{max([100, *numbers]) + 1}"


def create(
    session: Session,
    *,
    terms: rules.Terms,
    hiring_manager: User,
    actor: User,
    now: dt.datetime,
    recruiters: list[User] | None = None,
    access: list[User] | None = None,
    status: RequisitionStatus = RequisitionStatus.OPEN,
    key: str | None = None,
    imported: bool = False,
) -> Requisition:
    """Open a requisition with its seats, stages, attributes and band. Raises RuleBroken at the field that is not right."""
    rules.check(terms)
    if hiring_manager.role not in MANAGERS:
        raise RuleBroken.at("hiring_manager", f"{hiring_manager.name} does not have the role of a hiring manager.")
    requisition = Requisition(
        key=key or _next_key(session, prefix=rules.prefix_of(terms.department, terms.title)),
        title=terms.title,
        status=status,
        department=terms.department,
        location=terms.location,
        level=terms.level,
        hiring_manager=hiring_manager,
        created_by_id=actor.id,
        confidential=terms.confidential,
        bar=terms.bar,
        imported=imported,
        created_at=now,
    )
    requisition.openings = [Opening(status=OpeningStatus.OPEN, opened_at=now) for _ in range(terms.openings)]
    requisition.stages = [
        Stage(
            name=s.name,
            kind=s.kind,
            position=n,
            exit_list=list(s.exit_list) if s.exit_list is not None else None,
        )
        for n, s in enumerate(terms.stages or rules.DEFAULT_STAGES)
    ]
    requisition.attributes = [
        Attribute(name=a.name, description=a.description, weight=a.weight, position=n)
        for n, a in enumerate(terms.attributes or rules.DEFAULT_ATTRIBUTES)
    ]
    recruiting = recruiters if recruiters is not None else ([actor] if actor.role == Role.RECRUITER else [])
    requisition.members = [
        *(Member(user=one, kind=MemberKind.RECRUITER) for one in dict.fromkeys(recruiting)),
        *(Member(user=one, kind=MemberKind.ACCESS) for one in dict.fromkeys(access or [])),
    ]
    if terms.band:
        requisition.band = _band(terms.band, actor=actor, now=now)
    session.add(requisition)
    session.flush()
    audit.record(
        session, action="requisition.opened", subject=requisition, actor_id=actor.id, at=now, key=requisition.key
    )
    return requisition


def _band(terms: rules.BandTerms, *, actor: User, now: dt.datetime) -> Band:
    return Band(
        min=terms.min,
        mid=terms.mid,
        max=terms.max,
        currency=terms.currency,
        interval=terms.interval,
        approved_on=now.date(),
        approved_by_id=actor.id,
    )


def change(  # noqa: C901  # one branch a field that has a rule
    session: Session,
    *,
    requisition: Requisition,
    changes: dict[str, Any],
    actor: User,
    now: dt.datetime,
    band: rules.BandTerms | None = None,
    attributes: list[rules.AttributeTerms] | None = None,
) -> Requisition:
    """Change title, place, status, bar, weights or band. The bar is fixed once the first interview was planned (Conflict)."""
    if "bar" in changes:
        rules.check_bar(changes["bar"])
        if requisition.bar_fixed_at is not None and changes["bar"] != requisition.bar:
            raise Conflict(
                "The bar was fixed when the first interview was planned. It does not move while people are measured by it."
            )
    if "title" in changes:
        rules.check_title(changes["title"])
    for name, value in changes.items():
        setattr(requisition, name, value)
    if changes.get("status") == RequisitionStatus.CLOSED:
        requisition.closed_at = now
    elif "status" in changes:
        requisition.closed_at = None
    if attributes is not None:
        _reweigh(requisition, attributes)
    if band is not None:
        rules.check_band(band)
        if requisition.band is None:
            requisition.band = _band(band, actor=actor, now=now)
        else:
            for name in ("min", "mid", "max", "currency", "interval"):
                setattr(requisition.band, name, getattr(band, name))
            requisition.band.approved_on, requisition.band.approved_by_id = now.date(), actor.id
    audit.record(
        session,
        action="requisition.changed",
        subject=requisition,
        actor_id=actor.id,
        at=now,
        fields=sorted(changes),
        band=band is not None,
    )
    return requisition


def _reweigh(requisition: Requisition, attributes: list[rules.AttributeTerms]) -> None:
    rules.check_attributes(attributes)
    known = {text.folded(one.name): one for one in requisition.attributes}
    named = {text.folded(one.name) for one in attributes}
    missing = [one.name for key, one in known.items() if key not in named]
    if missing:
        raise RuleBroken.at(
            "attributes", f"{missing[0]} may be on scorecards already. Give it the weight 0 instead of leaving it out."
        )
    for place, terms in enumerate(attributes):
        one = known.get(text.folded(terms.name))
        if one is None:
            requisition.attributes.append(
                Attribute(name=terms.name, description=terms.description, weight=terms.weight, position=place)
            )
        else:
            one.weight, one.position = terms.weight, place
            one.description = terms.description or one.description


def _follow_seats(requisition: Requisition) -> None:
    seats = [one.status for one in requisition.openings]
    requisition.status = rules.status_after(
        requisition.status, seats_open=seats.count(OpeningStatus.OPEN), seats_filled=seats.count(OpeningStatus.FILLED)
    )


def fill(session: Session, *, opening: Opening, application_id: int, actor: User, now: dt.datetime) -> None:
    """A seat is taken by an application whose offer was accepted. Raises Conflict when somebody has it already."""
    if opening.status != OpeningStatus.OPEN:
        raise Conflict("This seat is filled already.")
    opening.status, opening.filled_by_id = OpeningStatus.FILLED, application_id
    _follow_seats(opening.requisition)
    audit.record(
        session, action="opening.filled", subject=opening, actor_id=actor.id, at=now, application_id=application_id
    )


def free(session: Session, *, opening: Opening, actor: User, now: dt.datetime) -> None:
    """A seat is open again, with the band that was approved for it; nothing happens where it never was filled."""
    if opening.status != OpeningStatus.FILLED:
        return
    left = opening.filled_by_id
    opening.status, opening.filled_by_id = OpeningStatus.OPEN, None
    _follow_seats(opening.requisition)
    audit.record(session, action="opening.freed", subject=opening, actor_id=actor.id, at=now, application_id=left)
