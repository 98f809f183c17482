"""Who was entered twice: the same address, the same number, or a name and an employer that are the same or nearly so."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import CTE, select
from sqlalchemy.orm import Session, aliased, selectinload

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates.matching import record_linkage
from recruiter.candidates.models import Candidate, Contact, ContactKind, SetApart
from recruiter.foundation.act import Act
from recruiter.foundation.database.scope import Scope

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


def duplicate_pairs(session: Session, *, within: Scope, limit: int) -> DuplicatePairs:
    """Pairs of people within sight who may be one; those whom somebody has set apart are left out. Four statements."""
    sight = select(Candidate.id).where(within.contains(Candidate.id)).cte("sight")
    reasons: dict[tuple[int, int], list[str]] = defaultdict(list)
    for first, second, reason in [*_same_contact(session, sight), *_same_employer(session, sight)]:
        if reason not in reasons[first, second]:
            reasons[first, second].append(reason)
    for first, second in session.execute(select(SetApart.first_id, SetApart.second_id)):
        reasons.pop((first, second), None)
    ordered = sorted(reasons.items(), key=lambda entry: (REASON_ORDER[entry[1][0]], -len(entry[1]), entry[0]))
    ids = {number for pair, _ in ordered[:limit] for number in pair}
    query = select(Candidate).where(Candidate.id.in_(ids)).options(selectinload(Candidate.contacts))
    people = {candidate.id: candidate for candidate in session.scalars(query)}
    pairs = [DuplicatePair(people[first], people[second], why) for (first, second), why in ordered[:limit]]
    return DuplicatePairs(pairs, len(ordered))


def duplicate_reasons(first: Candidate, second: Candidate) -> list[str]:
    """What two people have in common, surest first; nothing where only their names are alike."""
    contacts = [{(contact.kind, contact.key) for contact in candidate.contacts} for candidate in (first, second)]
    shared_kinds = {kind for kind, _ in contacts[0] & contacts[1]}
    reasons = [label for kind, label in CONTACT_REASONS.items() if kind in shared_kinds]
    people = [_comparable(each.id, each.name_key, each.headline) for each in (first, second)]
    name_reason = record_linkage.match_reason(*people)
    return [*reasons, name_reason] if name_reason else reasons


def _comparable(number: int, name_key: str, headline: str) -> record_linkage.ComparedPerson:
    name_words, employer = record_linkage.words_of_name(name_key), record_linkage.employer_of(headline)
    return record_linkage.ComparedPerson(number, name_words, employer)


def _same_contact(session: Session, sight: CTE) -> list[tuple[int, int, str]]:
    one_of, other = aliased(Contact), aliased(Contact)
    visible_ids = select(sight.c.id)
    same = (one_of.kind == other.kind) & (one_of.key == other.key) & (one_of.candidate_id < other.candidate_id)
    query = (
        select(one_of.candidate_id, other.candidate_id, one_of.kind)
        .join(other, same)
        .where(one_of.candidate_id.in_(visible_ids), other.candidate_id.in_(visible_ids))
        .order_by(one_of.kind, one_of.candidate_id, other.candidate_id)
        .limit(MOST_PAIRS)
    )
    return [(first, second, CONTACT_REASONS[kind]) for first, second, kind in session.execute(query)]


def _same_employer(session: Session, sight: CTE) -> list[tuple[int, int, str]]:
    visible_ids = select(sight.c.id)
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
        audit.record(session, action=AuditAction.CANDIDATES_SET_APART, subject=first, act=act, other_id=second.id)
    return undo_token_services.issue(session, action=UndoAction.SET_APART, payload={"id": separation.id}, act=act)


def undo_set_apart(session: Session, *, separation: SetApart, act: Act) -> Candidate | None:
    """Take back that two people are not the same. Answers one of them."""
    candidate = session.get(Candidate, separation.first_id)
    if candidate is not None:
        again, other_id = AuditAction.CANDIDATES_LOOKED_AGAIN, separation.second_id
        audit.record(session, action=again, subject=candidate, act=act, other_id=other_id)
    session.delete(separation)
    return candidate
