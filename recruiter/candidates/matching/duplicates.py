"""Who was entered twice: the same address, the same number, or a name and an employer that are the same or nearly so."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased, selectinload

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.matching import record_linkage
from recruiter.candidates.models import Candidate, Contact, ContactKind, SetApart
from recruiter.foundation.act import Act

MOST_PAIRS = 2_000
CONTACT_REASONS = {ContactKind.EMAIL: "the same address", ContactKind.PHONE: "the same number"}
REASON_ORDER = {why: place for place, why in enumerate([*CONTACT_REASONS.values(), *record_linkage.REASON_ORDER])}


@dataclass(frozen=True)
class DuplicatePair:
    """Two people who may be one, and why; the one entered first comes first."""

    first: Candidate
    second: Candidate
    reasons: list[str]


@dataclass(frozen=True)
class DuplicatePairs:
    """The pairs to look at now, the surest first, and how many there are."""

    pairs: list[DuplicatePair]
    count: int


def duplicate_pairs(session: Session, *, within: Select[int], limit: int) -> DuplicatePairs:
    """Pairs of people within sight who may be one; those whom somebody has set apart are left out. Four statements."""
    sight = within.cte("sight")
    reasons: dict[tuple[int, int], list[str]] = {}
    for first, second, reason in [*_same_contact(session, sight), *_same_employer(session, sight)]:
        pair_reasons = reasons.setdefault((first, second), [])
        if reason not in pair_reasons:
            pair_reasons.append(reason)
    for first, second in session.execute(select(SetApart.first_id, SetApart.second_id)):
        reasons.pop((first, second), None)
    ordered = sorted(reasons.items(), key=lambda entry: (REASON_ORDER[entry[1][0]], -len(entry[1]), entry[0]))
    first_pairs = ordered[:limit]
    query = select(Candidate).where(
        Candidate.id.in_({candidate_id for pair, _ in first_pairs for candidate_id in pair})
    )
    candidates_by_id = {
        candidate.id: candidate for candidate in session.scalars(query.options(selectinload(Candidate.contacts)))
    }
    return DuplicatePairs(
        [
            DuplicatePair(candidates_by_id[pair[0]], candidates_by_id[pair[1]], pair_reasons)
            for pair, pair_reasons in first_pairs
        ],
        len(ordered),
    )


def duplicate_reasons(first: Candidate, second: Candidate) -> list[str]:
    """What two people have in common, surest first; nothing where only their names are alike."""
    shared_contacts = {(contact.kind, contact.key) for contact in first.contacts} & {
        (contact.kind, contact.key) for contact in second.contacts
    }
    reasons = [
        label for kind, label in CONTACT_REASONS.items() if any(contact[0] == kind for contact in shared_contacts)
    ]
    name_reason = record_linkage.match_reason(
        *(_comparable(candidate.id, candidate.name_key, candidate.headline) for candidate in (first, second))
    )
    return [*reasons, name_reason] if name_reason else reasons


def _comparable(number: int, name_key: str, headline: str) -> record_linkage.ComparedPerson:
    return record_linkage.ComparedPerson(
        number, record_linkage.words_of_name(name_key), record_linkage.employer_of(headline)
    )


def _same_contact(session: Session, sight: object) -> list[tuple[int, int, str]]:
    contact, other_contact = aliased(Contact), aliased(Contact)
    visible_ids = select(sight.c.id)  # type: ignore[attr-defined]  # a CTE of ids
    query = (
        select(contact.candidate_id, other_contact.candidate_id, contact.kind)
        .join(
            other_contact,
            (contact.kind == other_contact.kind)
            & (contact.key == other_contact.key)
            & (contact.candidate_id < other_contact.candidate_id),
        )
        .where(contact.candidate_id.in_(visible_ids), other_contact.candidate_id.in_(visible_ids))
        .order_by(contact.kind, contact.candidate_id, other_contact.candidate_id)
        .limit(MOST_PAIRS)
    )
    return [(first, second, CONTACT_REASONS[kind]) for first, second, kind in session.execute(query)]


def _same_employer(session: Session, sight: object) -> list[tuple[int, int, str]]:
    visible_ids = select(sight.c.id)  # type: ignore[attr-defined]  # a CTE of ids
    query = select(Candidate.id, Candidate.name_key, Candidate.headline)
    rows = session.execute(query.where(Candidate.id.in_(visible_ids), Candidate.headline != "").order_by(Candidate.id))
    return list(itertools.islice(record_linkage.matching_pairs(_comparable(*row) for row in rows), MOST_PAIRS))


def set_apart(session: Session, *, first: Candidate, second: Candidate, act: Act) -> str:
    """Say that two people who look the same are not; the pair is not shown again. Answers the secret that takes it back."""
    low, high = sorted([first.id, second.id])
    separation = session.scalars(select(SetApart).where(SetApart.first_id == low, SetApart.second_id == high)).first()
    if separation is None:
        separation = SetApart(first_id=low, second_id=high, by_id=act.actor.id, at=act.now)
        session.add(separation)
        session.flush()
        audit.record(session, action=AuditAction.CANDIDATES_SET_APART, subject=first, act=act, other_id=second.id)
    return undo_token_services.issue(session, action=UndoAction.SET_APART, payload={"id": separation.id}, act=act)


def undo_set_apart(session: Session, *, separation: SetApart, act: Act) -> Candidate | None:
    """Take back that two people are not the same. Answers one of them."""
    candidate = session.get(Candidate, separation.first_id)
    if candidate is not None:
        audit.record(
            session, action=AuditAction.CANDIDATES_LOOKED_AGAIN, subject=candidate, act=act, other_id=separation.second_id,
        )  # fmt: skip
    session.delete(separation)
    return candidate
