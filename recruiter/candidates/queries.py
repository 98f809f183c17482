"""Finding people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, and_, false, func, or_, select, true, tuple_, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.candidates import rules
from recruiter.candidates.matching import fuzzy_search
from recruiter.candidates.models import Candidate, Contact, ContactKind, Note
from recruiter.foundation import text
from recruiter.foundation.database import paging
from recruiter.foundation.database.chunks import chunks
from recruiter.foundation.database.scope import Scope
from recruiter.foundation.database.word_search import MOST_WORDS, has_word
from recruiter.foundation.errors import RuleBroken

MOST_NAMES = 50_000
MOST_MERGES = 50
FEWEST_DIGITS = 4
CLOSE_MATCHES = 20


@dataclass(frozen=True)
class SearchScope:
    """What somebody may search: the people and notes in sight, and whether by more than names: a search tells no more than a page.

    `aliases` are the people whose other names may be known: those none of whose applications is hidden.
    """

    people: Scope
    notes: Scope | None = None
    aliases: Scope | None = None
    contacts_too: bool = False

    @property
    def key(self) -> ColumnElement[str]:
        """The folded words to look in: headline, place, tags and contacts too, or the name alone."""
        return (Candidate.search_key if self.contacts_too else Candidate.name_key).expression


def _aliases() -> CTE:
    """Under which other names people are known: `id` of the surviving record, `key` and `name` of one that was merged into it."""
    merged = select(Candidate.merged_into_id.label("id"), Candidate.name_key.label("key"), Candidate.name)
    direct = merged.where(Candidate.merged_into_id.is_not(None)).cte("aliases", recursive=True)
    further = select(Candidate.merged_into_id, direct.c.key, direct.c.name).join(direct, Candidate.id == direct.c.id)
    return direct.union(further.where(Candidate.merged_into_id.is_not(None)))


def aliases_of(session: Session, candidate: Candidate) -> list[str]:
    """The other names under which somebody was entered, by records that were merged into theirs."""
    aliases = _aliases()
    names = session.scalars(select(aliases.c.name).where(aliases.c.id == candidate.id).order_by(aliases.c.name))
    return [name for name in dict.fromkeys(names) if name != candidate.name]


def search_condition(q: str, scope: SearchScope) -> ColumnElement[bool]:
    """That somebody has every word of a search, in any order; accents and case do not matter. Words of notes in sight count too.

    What looks like a phone number is found by its last nine digits.
    """
    conditions, aliases = [], _aliases()
    for word in text.folded(q).split()[:MOST_WORDS]:
        condition = has_word(scope.key, word)
        if scope.aliases is not None:
            known_as = select(aliases.c.id).where(has_word(aliases.c.key, word))
            condition = or_(condition, Candidate.id.in_(known_as.where(scope.aliases.contains(aliases.c.id))))
        if scope.notes is not None:
            with_note = select(Note.candidate_id).where(has_word(Note.text_key.expression, word))
            condition = or_(condition, Candidate.id.in_(with_note.where(scope.notes.contains(Note.id))))
        conditions.append(condition)
    digits = re.sub(r"\D", "", q)
    if scope.contacts_too and len(digits) >= FEWEST_DIGITS and re.fullmatch(r"[\d\s+()./-]+", text.folded(q)):
        with_phone = select(Contact.candidate_id).where(Contact.kind == ContactKind.PHONE)
        with_number = with_phone.where(Contact.key.contains(digits[-9:], autoescape=True))
        return or_(and_(true(), *conditions), Candidate.id.in_(with_number))
    return and_(true(), *conditions)


def close_matches(
    session: Session, scope: SearchScope, *, q: str, limit: int, excluding: Iterable[int] = ()
) -> list[Candidate]:
    """People within sight whose words come close to mistyped ones, the closest first, those in `excluding` left out."""
    names = select(Candidate.id, scope.key).where(scope.people.contains(Candidate.id)).limit(MOST_NAMES)
    aliases = _aliases()
    known_as = select(aliases.c.id, aliases.c.key).where(scope.people.contains(aliases.c.id))
    known_as = known_as.where(scope.aliases.contains(aliases.c.id) if scope.aliases is not None else false())
    keys: dict[int, str] = {}
    for candidate_id, key in session.execute(union_all(names.subquery().select(), known_as)):
        keys[candidate_id] = f"{keys.get(candidate_id, '')} {key}"
    ids = fuzzy_search.closest(q, keys, limit=limit, excluding=frozenset(excluding))
    if not ids:
        return []
    query = select(Candidate).where(Candidate.id.in_(ids)).options(selectinload(Candidate.contacts))
    return sorted(session.scalars(query), key=lambda candidate: ids.index(candidate.id))


def page(
    session: Session,
    scope: SearchScope,
    *,
    limit: int,
    cursor: str | None = None,
    q: str = "",
    tag: str = "",
    fuzzy: bool = True,
) -> paging.Page[Candidate]:
    """People within sight by name; with `q` those who match every word, or, if `fuzzy` and nobody does, those who come close."""
    query = select(Candidate).where(scope.people.contains(Candidate.id)).options(selectinload(Candidate.contacts))
    after = paging.decode(cursor, str, int)
    if after:
        query = query.where(tuple_(Candidate.name_key, Candidate.id) > tuple(after))
    if tag and scope.contacts_too:
        query = query.where(Candidate.tags_key.contains(rules.tags_key([tag]), autoescape=True))
    if q.strip():
        query = query.where(search_condition(q, scope))
    rows = list(session.scalars(query.order_by(Candidate.name_key, Candidate.id).limit(limit + 1)))
    if not rows and q.strip() and not after and not tag and fuzzy:
        return paging.Page(close_matches(session, scope, q=q, limit=min(limit, CLOSE_MATCHES)), None)
    return paging.page_of(rows, limit=limit, key=lambda last: (last.name_key, last.id))


def possible_duplicates(
    session: Session, person: rules.CandidateDetails | Candidate, *, within: Scope
) -> list[Candidate]:
    """People who may be the same as a new one: the same address, number or name, Mueller for Müller too.

    Nobody out of sight is hinted at.
    """
    contact_conditions = []
    for kind, values in ((ContactKind.EMAIL, person.emails), (ContactKind.PHONE, person.phones)):
        for value in (values or [])[: rules.MOST_CONTACTS]:  # more are refused before anything is stored
            try:
                contact_conditions.append(and_(Contact.kind == kind, Contact.key == rules.contact_key(kind, value)))
            except RuleBroken:
                continue
    key: ColumnElement[str] = Candidate.name_key.expression
    for written, read in text.SPELT:
        key = func.replace(key, written, read)
    conditions = [key == text.respelt(person.name or "")]
    if contact_conditions:
        conditions.append(Candidate.id.in_(select(Contact.candidate_id).where(or_(*contact_conditions))))
    query = select(Candidate).where(or_(*conditions), within.contains(Candidate.id)).limit(5)
    return list(session.scalars(query.options(selectinload(Candidate.contacts))))


def ids_in_sight(session: Session, ids: Collection[int], *, within: Scope) -> set[int]:
    """The candidates among these who are in sight."""
    return {
        number
        for part in chunks(sorted(ids))
        for number in session.scalars(select(Candidate.id).where(Candidate.id.in_(part), within.contains(Candidate.id)))
    }


def by_email(session: Session, email: str) -> Candidate | None:
    """The person with this address."""
    wanted = Contact.kind == ContactKind.EMAIL, Contact.key == rules.email_key(email)
    query = select(Candidate).join(Contact).where(*wanted, Candidate.merged_into_id.is_(None))
    return session.scalars(query.order_by(Candidate.id)).first()


def merged_into(session: Session, candidate: Candidate) -> list[Candidate]:
    """The records that were found to be this person, with who found it."""
    query = select(Candidate).where(Candidate.merged_into_id == candidate.id).order_by(Candidate.merged_at)
    return list(session.scalars(query.options(joinedload(Candidate.merged_by))))


def surviving_record(session: Session, candidate: Candidate) -> Candidate:
    """The person that a record stands for now: itself, or whom it was merged into."""
    for _ in range(MOST_MERGES):
        if candidate.merged_into_id is None:
            break
        candidate = session.get_one(Candidate, candidate.merged_into_id, options=[joinedload(Candidate.contacts)])
    return candidate
