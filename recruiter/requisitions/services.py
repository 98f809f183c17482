"""Requisitions opened, changed, filled and freed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.json_types import JsonObject
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


def _next_key(session: Session, *, prefix: str) -> str:
    taken = session.scalars(
        select(Requisition.key).where(Requisition.key.startswith(f"{prefix}-", autoescape=True))
    ).all()
    numbers = [int(key.rsplit("-", 1)[1]) for key in taken if key.rsplit("-", 1)[1].isdecimal()]
    return f"{prefix}-{max([100, *numbers]) + 1}"


def create(
    session: Session,
    *,
    terms: rules.RequisitionTerms,
    hiring_manager: User,
    act: Act,
    recruiters: list[User] | None = None,
    access: list[User] | None = None,
    status: RequisitionStatus = RequisitionStatus.OPEN,
    key: str | None = None,
    imported: bool = False,
) -> Requisition:
    """Open a requisition with its seats, stages, attributes and band. Raises RuleBroken at the field that is not right."""
    terms = rules.cleaned(terms)
    rules.check(terms)
    if not hiring_manager.is_staff:
        raise RuleBroken.at("hiring_manager", f"{hiring_manager.name} does not have the role of a hiring manager.")
    requisition = Requisition(
        key=key or _next_key(session, prefix=rules.prefix_of(terms.department, terms.title)),
        title=terms.title,
        status=status,
        department=terms.department,
        location=terms.location,
        level=terms.level,
        hiring_manager=hiring_manager,
        created_by_id=act.actor.id,
        confidential=terms.confidential,
        bar=terms.bar,
        imported=imported,
        created_at=act.now,
    )
    requisition.search_key = rules.search_key(requisition.key, requisition.title)
    requisition.openings = [Opening(status=OpeningStatus.OPEN, opened_at=act.now) for _ in range(terms.openings)]
    requisition.stages = [
        Stage(name=stage.name, kind=stage.kind, position=position, exit_list=stage.exit_list)
        for position, stage in enumerate(terms.stages or rules.DEFAULT_STAGES)
    ]
    requisition.attributes = [
        Attribute(name=attribute.name, description=attribute.description, weight=attribute.weight, position=position)
        for position, attribute in enumerate(terms.attributes or rules.DEFAULT_ATTRIBUTES)
    ]
    own = [act.actor] if act.actor.role == Role.RECRUITER else []
    running = dict.fromkeys(own if recruiters is None else recruiters)
    requisition.members = [
        *(Member(user=user, kind=MemberKind.RECRUITER) for user in running),
        *(Member(user=user, kind=MemberKind.ACCESS) for user in dict.fromkeys(access or [])),
    ]
    if terms.band:
        _approve_band(requisition, terms.band, act=act)
    session.add(requisition)
    session.flush()
    detail = {"key": requisition.key, **rules.sight_of(requisition)}
    audit.record(session, action=AuditAction.REQUISITION_OPENED, subject=requisition, act=act, **detail)
    return requisition


def _approve_band(requisition: Requisition, terms: rules.BandTerms, *, act: Act) -> None:
    requisition.band = band = requisition.band or Band()
    band.min, band.mid, band.max = terms.min, terms.mid, terms.max
    band.currency, band.interval = terms.currency, terms.interval
    band.approved_on, band.approved_by_id = act.today, act.actor.id


def change(  # one branch a field that has a rule
    session: Session,
    *,
    requisition: Requisition,
    changes: JsonObject,
    act: Act,
    band: rules.BandTerms | None = None,
    attributes: list[rules.AttributeTerms] | None = None,
) -> Requisition:
    """Change title, place, status, bar, weights or band. The bar is fixed once the first interview was planned (Conflict)."""
    if "bar" in changes:
        rules.check_bar(changes["bar"])
        if requisition.bar_fixed_at is not None and changes["bar"] != requisition.bar:
            fixed = "The bar was fixed when the first interview was planned."
            raise Conflict(f"{fixed} It does not move while people are measured by it.")
    lines = {name: text.one_line(changes[name]) for name in rules.LINES if name in changes}
    if "title" in lines:
        rules.check_title(lines["title"])
    for name, value in (changes | lines).items():
        setattr(requisition, name, value)
    requisition.search_key = rules.search_key(requisition.key, requisition.title)
    if changes.get("status") == RequisitionStatus.CLOSED:
        requisition.closed_at = act.now
    elif "status" in changes:
        requisition.closed_at = None
    if attributes is not None:
        _set_weights(requisition, attributes)
    if band is not None:
        rules.check_band(band)
        _approve_band(requisition, band, act=act)
    changed, fields = AuditAction.REQUISITION_CHANGED, sorted(changes)
    audit.record(session, action=changed, subject=requisition, act=act, fields=fields, band=band is not None)
    return requisition


def _set_weights(requisition: Requisition, attributes: list[rules.AttributeTerms]) -> None:
    attributes = rules.cleaned_attributes(attributes)
    rules.check_attributes(attributes)
    attributes_by_name = {text.folded(attribute.name): attribute for attribute in requisition.attributes}
    given_names = {text.folded(attribute.name) for attribute in attributes}
    missing = [attribute.name for key, attribute in attributes_by_name.items() if key not in given_names]
    if missing:
        advice = f"{missing[0]} may be on scorecards already. Give it the weight 0 instead of leaving it out."
        raise RuleBroken.at("attributes", advice)
    for position, terms in enumerate(attributes):
        attribute = attributes_by_name.get(text.folded(terms.name))
        if attribute is None:
            attribute = Attribute(name=terms.name, description="")
            requisition.attributes.append(attribute)
        attribute.weight, attribute.position = terms.weight, position
        attribute.description = terms.description or attribute.description


def update_status(requisition: Requisition) -> None:
    """Let a requisition be filled when all its seats are, and open again when one is free."""
    opening_statuses = [opening.status for opening in requisition.openings]
    requisition.status = rules.status_after(
        requisition.status,
        seats_open=opening_statuses.count(OpeningStatus.OPEN),
        seats_filled=opening_statuses.count(OpeningStatus.FILLED),
    )


def fill(session: Session, *, opening: Opening, application_id: int, act: Act) -> None:
    """A seat is taken by an application whose offer was accepted. Raises Conflict when somebody has it already."""
    if opening.status != OpeningStatus.OPEN:
        raise Conflict("This seat is filled already.")
    opening.status, opening.filled_by_id = OpeningStatus.FILLED, application_id
    update_status(opening.requisition)
    audit.record(session, action=AuditAction.OPENING_FILLED, subject=opening, act=act, application_id=application_id)


def free(session: Session, *, opening: Opening, act: Moment) -> None:
    """A seat is open again, with the band that was approved for it; nothing happens where it never was filled."""
    if opening.status != OpeningStatus.FILLED:
        return
    application_id = opening.filled_by_id
    opening.status, opening.filled_by_id = OpeningStatus.OPEN, None
    update_status(opening.requisition)
    audit.record(session, action=AuditAction.OPENING_FREED, subject=opening, act=act, application_id=application_id)
