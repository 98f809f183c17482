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


def _like(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def matching(q: str, *, reach: bool, notes: Select[int] | None) -> ColumnElement[bool]:
    """That somebody has every word of a search, in any order; accents and case do not matter.

    With `reach` headline, place, tags and contacts count, else the name alone; words of the `notes` within sight count too.
    What looks like a phone number is found by its last nine digits.
    """
    key = Candidate.search_key if reach else Candidate.name_key
    conditions = []
    for word in text.folded(q).split()[:MOST_WORDS]:
        here: ColumnElement[bool] = key.like(_like(word), escape="\\")
        if notes is not None:
            said = select(Note.candidate_id).where(Note.text_key.like(_like(word), escape="\\"), Note.id.in_(notes))
            here = or_(here, Candidate.id.in_(said))
        conditions.append(here)
    found = and_(true(), *conditions)
    digits = re.sub(r"\D", "", q)
    if reach and len(digits) >= FEWEST_DIGITS and re.fullmatch(r"[\d\s+()./-]+", q.strip()):
        known = Contact.key.like(_like(digits[-9:]), escape="\\")
        found = or_(
            found, Candidate.id.in_(select(Contact.candidate_id).where(Contact.kind == ContactKind.PHONE, known))
        )
    return found


def near(
    session: Session, *, within: Select[int], q: str, reach: bool, limit: int, but: Iterable[int] = ()
) -> list[Candidate]:
    """People within sight whose words come close to mistyped ones, the closest first, those in `but` left out."""
    key = Candidate.search_key if reach else Candidate.name_key
    rows = session.execute(select(Candidate.id, key).where(Candidate.id.in_(within)).limit(MOST_NAMES))
    ids = fuzzy_search.closest(q, {row[0]: row[1] for row in rows}, limit=limit, but=frozenset(but))
    if not ids:
        return []
    wanted = select(Candidate).where(Candidate.id.in_(ids)).options(selectinload(Candidate.contacts))
    people = {one.id: one for one in session.scalars(wanted)}
    return [people[number] for number in ids]


def listed(
    session: Session,
    *,
    within: Select[int],
    limit: int,
    cursor: str | None,
    q: str = "",
    tag: str = "",
    reach: bool = False,
    notes: Select[int] | None = None,
    forgiving: bool = True,
) -> paging.Page[Candidate]:
    """People within sight by name; with `q` those who match every word, or, where nobody does, those who come close.

    `reach` and `notes` say what the viewer may search by (see `matching`); a search must not tell what a page would not.
    """
    wanted = select(Candidate).where(Candidate.id.in_(within)).options(selectinload(Candidate.contacts))
    after = paging.decode(cursor, str, int)
    if after:
        wanted = wanted.where(
            or_(Candidate.name_key > after[0], and_(Candidate.name_key == after[0], Candidate.id > after[1]))
        )
    if tag and reach:
        wanted = wanted.where(Candidate.tags_key.like(_like(f"|{text.folded(tag).replace('|', ' ')}|"), escape="\\"))
    if q.strip():
        wanted = wanted.where(matching(q, reach=reach, notes=notes))
    rows = list(session.scalars(wanted.order_by(Candidate.name_key, Candidate.id).limit(limit + 1)))
    if not rows and q.strip() and not after and not tag and forgiving:
        return paging.Page(near(session, within=within, q=q, reach=reach, limit=min(limit, 20)), None)
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return paging.Page(rows[:limit], paging.encode(last.name_key, last.id) if last else None)


def likely_same(
    session: Session, *, name: str, emails: list[str], phones: list[str], within: Select[int]
) -> list[Candidate]:
    """People who may be the same as a new one: the same address, number or name, Mueller for Müller too.

    Nobody out of sight is hinted at.
    """
    keys = []
    for value in emails:
        try:
            keys.append(and_(Contact.kind == ContactKind.EMAIL, Contact.key == rules.email_key(value)))
        except RuleBroken:
            continue
    for value in phones:
        try:
            keys.append(and_(Contact.kind == ContactKind.PHONE, Contact.key == rules.phone_key(value)))
        except RuleBroken:
            continue
    key: ColumnElement[str] = Candidate.name_key.expression
    for written, read in text.SPELT:
        key = func.replace(key, written, read)
    same = [key == text.respelt(name)]
    if keys:
        same.append(Candidate.id.in_(select(Contact.candidate_id).where(or_(*keys))))
    wanted = (
        select(Candidate).where(or_(*same), Candidate.id.in_(within)).options(selectinload(Candidate.contacts)).limit(5)
    )
    return list(session.scalars(wanted))


def by_email(session: Session, email: str) -> Candidate | None:
    """The person with this address."""
    key = rules.email_key(email)
    wanted = (
        select(Candidate)
        .join(Contact)
        .where(Contact.kind == ContactKind.EMAIL, Contact.key == key, Candidate.merged_into_id.is_(None))
        .order_by(Candidate.id)
    )
    return session.scalars(wanted).first()


def merged_into(session: Session, candidate: Candidate) -> list[Candidate]:
    """The records that were found to be this person, with who found it."""
    wanted = select(Candidate).where(Candidate.merged_into_id == candidate.id).order_by(Candidate.merged_at)
    return list(session.scalars(wanted.options(joinedload(Candidate.merged_by))))


def current(session: Session, candidate: Candidate) -> Candidate:
    """The person that a record stands for now: itself, or whom it was merged into."""
    for _ in range(MOST_MERGES):
        if candidate.merged_into_id is None:
            break
        candidate = session.get_one(Candidate, candidate.merged_into_id)
    return candidate
