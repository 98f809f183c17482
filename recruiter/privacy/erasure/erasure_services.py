"""Erase a person: nothing here names them any more; figures and past decisions stay."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import Role, User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.models import Attachment, Candidate
from recruiter.foundation import jobs
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.database.committed import once_committed
from recruiter.foundation.endings.ledger import Ending, Endings
from recruiter.foundation.endings.recorder import record_ending
from recruiter.foundation.errors import Conflict
from recruiter.keepwarm.lifecycle import services as lifecycle
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.privacy.erasure import mention_services, outbox, row_services, waiting_services
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import ErasedAddress
from recruiter.privacy.person import person_queries
from recruiter.privacy.person.identity_rules import Identity
from recruiter.privacy.places import Places
from recruiter.privacy.requests import request_services

COMPACT = "database.compact"
WITHDRAWN = "Their data is erased"


@dataclass(frozen=True)
class Erasure:
    """What an erasure did: the records, how many rows of which tables were deleted and changed, and what went besides."""

    candidate_ids: tuple[int, ...]
    deleted: dict[str, int]
    changed: dict[str, int]
    mentions: int
    waiting: int
    files: int


def erased_with(session: Session, *, address: str, places: Places) -> Candidate | None:
    """Whoever had an address and was erased; None where nobody was. Raises RuleBroken where it is no address."""
    query = select(Candidate).join(ErasedAddress, ErasedAddress.candidate_id == Candidate.id)
    return session.scalars(query.where(ErasedAddress.digest == places.digest(address)).order_by(Candidate.id)).first()


def erase(
    session: Session, *, candidate: Candidate, places: Places, act: Moment, despite_hold: bool = False
) -> Erasure:
    """Erase everything that names a person, in every record of theirs; files and mails go when the transaction is committed.

    `despite_hold` is for what a restore brought back: a hold in the backup was lifted before they were erased.
    An application that is still active ends first, as withdrawn. Raises Conflict where they were erased before, or are on legal hold.
    """
    records = person_queries.records_of(session, candidate)
    if all(record.erased_at for record in records):
        raise Conflict("Already erased. Nothing was changed.")
    candidate_ids = [record.id for record in records]
    holds = hold_queries.holds_on(session, candidate_ids=candidate_ids, today=act.today)
    if holds and not despite_hold:
        raise Conflict(
            f"On legal hold until {holds[-1].until:%-d %b %Y}, set by {holds[-1].set_by.name}. Nothing was erased."
        )
    identity = person_queries.identity_of(records)
    digests = {places.digest(contact.value) for record in records for contact in record.contacts if contact.is_email}
    _withdraw(session, candidate_ids, act=act)
    request_services.end_with_erasure(session, candidate_ids, act=act)
    roots = {person_queries.ROOT: candidate_ids}
    ids = {table.name: set(numbers) for _, table, numbers in person_queries.held_rows(session, roots)}
    of_person = Application.id.in_(ids.get("application", ()))
    requisition_ids = list(session.scalars(select(Application.requisition_id).where(of_person).distinct()))
    keys = list(session.scalars(select(Attachment.storage_key).where(Attachment.id.in_(ids.get("attachment", ())))))
    rows = row_services.treat(session, roots)
    waiting = waiting_services.drop(session, identity, {"application": set(), **ids})
    mentions = mention_services.take_out(session, identity, requisition_ids=requisition_ids)
    session.add_all(ErasedAddress(candidate_id=candidate.id, digest=digest) for digest in sorted(digests))
    for record in session.scalars(select(Candidate).where(Candidate.id.in_(candidate_ids))):
        record.erased_at = act.now
        record_ending(session, Ending.ERASURE, record, made_at=record.created_at, act=act)
        audit.record(session, action=AuditAction.PERSON_ERASED, subject=record, act=act, files=len(keys))
    jobs.enqueue(session, COMPACT, payload={}, now=act.now, asked_by_id=act.actor_id)
    once_committed(session, lambda: _remove(places, keys, identity))
    return Erasure(candidate_ids=tuple(candidate_ids), mentions=mentions, waiting=waiting, files=len(keys), **rows)


def erase_again(session: Session, *, endings: Endings, places: Places, act: Moment) -> int:
    """Erase whom a restore has brought back, by the ledger of endings; how many people."""
    again = [
        candidate
        for candidate in session.scalars(select(Candidate).where(Candidate.erased_at.is_(None)).order_by(Candidate.id))
        if endings.when(Ending.ERASURE, candidate, made_at=candidate.created_at)
    ]
    erased = 0
    for candidate in again:
        session.refresh(candidate)
        if candidate.erased_at is None:  # another record of the same person went before
            erase(session, candidate=candidate, places=places, act=act, despite_hold=True)
            erased += 1
    return erased


def _remove(places: Places, keys: list[str], identity: Identity) -> None:
    for key in keys:
        places.files.remove(key)
    for path in outbox.mails_about(places.outbox, identity):
        path.unlink(missing_ok=True)


def _withdraw(session: Session, candidate_ids: list[int], *, act: Moment) -> None:
    """End what is still active: who wants to be forgotten is no candidate any more."""
    active = select(Application).where(
        Application.candidate_id.in_(candidate_ids), Application.status == ApplicationStatus.ACTIVE
    )
    for application in session.scalars(active.order_by(Application.id)).all():
        ending = act if isinstance(act, Act) else act.by(_responsible(session, application))
        lifecycle.withdraw(session, application=application, reason=WITHDRAWN, act=ending)


def _responsible(session: Session, application: Application) -> User:
    """In whose name an application ends where nobody is signed in: an administrator, else who opened the requisition."""
    admins = select(User).where(User.role == Role.ADMIN, User.active).order_by(User.id)
    return session.scalars(admins).first() or session.get_one(User, application.requisition.created_by_id)
