"""Finding people."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.candidates import rules
from recruiter.candidates.matching import fuzzy_search
from recruiter.candidates.models import Candidate, Contact, ContactKind, Note
from recruiter.foundation import text
from recruiter.foundation.database import paging
from recruiter.foundation.errors import RuleBroken

MOST_NAMES = 50_000
MOST_MERGES = 50
MOST_WORDS = 8
FEWEST_DIGITS = 4


def _contains_pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def search_condition(q: str, *, contacts_too: bool, notes: Select[int] | None) -> ColumnElement[bool]:
    """That somebody has every word of a search, in any order; accents and case do not matter.

    With `contacts_too` headline, place, tags and contacts count, else the name alone; words of the `notes` within sight count too.
    What looks like a phone number is found by its last nine digits.
    """
    key = Candidate.search_key if contacts_too else Candidate.name_key
    conditions = []
    for word in text.folded(q).split()[:MOST_WORDS]:
        word_condition: ColumnElement[bool] = key.like(_contains_pattern(word), escape="\\")
        if notes is not None:
            noted_candidates = select(Note.candidate_id).where(
                Note.text_key.like(_contains_pattern(word), escape="\\"), Note.id.in_(notes)
            )
            word_condition = or_(word_condition, Candidate.id.in_(noted_candidates))
        conditions.append(word_condition)
    condition = and_(true(), *conditions)
    digits = re.sub(r"\D", "", q)
    if contacts_too and len(digits) >= FEWEST_DIGITS and re.fullmatch(r"[\d\s+()./-]+", q.strip()):
        phone_match = Contact.key.like(_contains_pattern(digits[-9:]), escape="\\")
        condition = or_(
            condition,
            Candidate.id.in_(select(Contact.candidate_id).where(Contact.kind == ContactKind.PHONE, phone_match)),
        )
    return condition


def close_matches(
    session: Session, *, within: Select[int], q: str, contacts_too: bool, limit: int, excluding: Iterable[int] = ()
) -> list[Candidate]:
    """People within sight whose words come close to mistyped ones, the closest first, those in `excluding` left out."""
    key = Candidate.search_key if contacts_too else Candidate.name_key
    rows = session.execute(select(Candidate.id, key).where(Candidate.id.in_(within)).limit(MOST_NAMES))
    ids = fuzzy_search.closest(q, {row[0]: row[1] for row in rows}, limit=limit, excluding=frozenset(excluding))
    if not ids:
        return []
    query = select(Candidate).where(Candidate.id.in_(ids)).options(selectinload(Candidate.contacts))
    candidates_by_id = {candidate.id: candidate for candidate in session.scalars(query)}
    return [candidates_by_id[candidate_id] for candidate_id in ids]


def page(
    session: Session,
    *,
    within: Select[int],
    limit: int,
    cursor: str | None,
    q: str = "",
    tag: str = "",
    contacts_too: bool = False,
    notes: Select[int] | None = None,
    fuzzy: bool = True,
) -> paging.Page[Candidate]:
    """People within sight by name; with `q` those who match every word, or, where nobody does, those who come close.

    `contacts_too` and `notes` say what the viewer may search by (see `search_condition`); a search must not tell what a page would not.
    """
    query = select(Candidate).where(Candidate.id.in_(within)).options(selectinload(Candidate.contacts))
    after = paging.decode(cursor, str, int)
    if after:
        query = query.where(
            or_(Candidate.name_key > after[0], and_(Candidate.name_key == after[0], Candidate.id > after[1]))
        )
    if tag and contacts_too:
        query = query.where(
            Candidate.tags_key.like(_contains_pattern(f"|{text.folded(tag).replace('|', ' ')}|"), escape="\\")
        )
    if q.strip():
        query = query.where(search_condition(q, contacts_too=contacts_too, notes=notes))
    rows = list(session.scalars(query.order_by(Candidate.name_key, Candidate.id).limit(limit + 1)))
    if not rows and q.strip() and not after and not tag and fuzzy:
        return paging.Page(
            close_matches(session, within=within, q=q, contacts_too=contacts_too, limit=min(limit, 20)), None
        )
    has_more = len(rows) > limit
    last = rows[limit - 1] if has_more else None
    return paging.Page(rows[:limit], paging.encode(last.name_key, last.id) if last else None)


def possible_duplicates(
    session: Session, *, name: str, emails: list[str], phones: list[str], within: Select[int]
) -> list[Candidate]:
    """People who may be the same as a new one: the same address, number or name, Mueller for Müller too.

    Nobody out of sight is hinted at.
    """
    contact_conditions = []
    for value in emails:
        try:
            contact_conditions.append(and_(Contact.kind == ContactKind.EMAIL, Contact.key == rules.email_key(value)))
        except RuleBroken:
            continue
    for value in phones:
        try:
            contact_conditions.append(and_(Contact.kind == ContactKind.PHONE, Contact.key == rules.phone_key(value)))
        except RuleBroken:
            continue
    key: ColumnElement[str] = Candidate.name_key.expression
    for written, read in text.SPELT:
        key = func.replace(key, written, read)
    conditions = [key == text.respelt(name)]
    if contact_conditions:
        conditions.append(Candidate.id.in_(select(Contact.candidate_id).where(or_(*contact_conditions))))
    query = (
        select(Candidate)
        .where(or_(*conditions), Candidate.id.in_(within))
        .options(selectinload(Candidate.contacts))
        .limit(5)
    )
    return list(session.scalars(query))


def by_email(session: Session, email: str) -> Candidate | None:
    """The person with this address."""
    key = rules.email_key(email)
    query = (
        select(Candidate)
        .join(Contact)
        .where(Contact.kind == ContactKind.EMAIL, Contact.key == key, Candidate.merged_into_id.is_(None))
        .order_by(Candidate.id)
    )
    return session.scalars(query).first()


def merged_into(session: Session, candidate: Candidate) -> list[Candidate]:
    """The records that were found to be this person, with who found it."""
    query = select(Candidate).where(Candidate.merged_into_id == candidate.id).order_by(Candidate.merged_at)
    return list(session.scalars(query.options(joinedload(Candidate.merged_by))))


def surviving_record(session: Session, candidate: Candidate) -> Candidate:
    """The person that a record stands for now: itself, or whom it was merged into."""
    for _ in range(MOST_MERGES):
        if candidate.merged_into_id is None:
            break
        candidate = session.get_one(Candidate, candidate.merged_into_id)
    return candidate
