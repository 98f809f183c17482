"""Finding people."""

from __future__ import annotations

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from recruiter.candidates import rules
from recruiter.candidates.models import Candidate, Contact, ContactKind
from recruiter.foundation import paging, text
from recruiter.foundation.errors import RuleBroken

CLOSE_ENOUGH = 82
NAMES_AT_MOST = 50_000
MOST_MERGES = 50


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def matching(q: str) -> list[object]:
    """Conditions that each word of a search must meet, in any order; accents and case do not matter."""
    return [Candidate.search_key.like(f"%{_escaped(word)}%", escape="\\") for word in text.folded(q).split()[:8]]


def _forgiving(session: Session, *, q: str, within: Select[int]) -> list[int]:
    """Ids of people whose names come close to a mistyped one, best first."""
    from rapidfuzz import fuzz, process  # loaded when a plain search finds nobody

    rows = session.execute(
        select(Candidate.id, Candidate.name_key).where(Candidate.id.in_(within)).limit(NAMES_AT_MOST)
    ).all()
    found = process.extract(
        text.folded(q),
        {row.id: row.name_key for row in rows},
        scorer=fuzz.token_sort_ratio,
        limit=20,
        score_cutoff=CLOSE_ENOUGH,
    )
    return [key for _, _, key in found]


def listed(
    session: Session, *, within: Select[int], limit: int, cursor: str | None, q: str = ""
) -> paging.Page[Candidate]:
    """People within sight by name; with `q` those who match every word, or, where nobody does, those whose names come close."""
    wanted = select(Candidate).where(Candidate.id.in_(within)).options(selectinload(Candidate.contacts))
    after = paging.decode(cursor, length=2)
    if after:
        if not isinstance(after[0], str) or not isinstance(after[1], int):
            raise paging.BadCursor("This is not the address of a next page. Start from the list again.")
        wanted = wanted.where(
            or_(Candidate.name_key > after[0], and_(Candidate.name_key == after[0], Candidate.id > after[1]))
        )
    page = wanted.order_by(Candidate.name_key, Candidate.id).limit(limit + 1)
    if q.strip():
        rows = list(session.scalars(page.where(*matching(q))))  # type: ignore[arg-type]
        if not rows and not after:
            near = _forgiving(session, q=q, within=within)
            people = {one.id: one for one in session.scalars(wanted.where(Candidate.id.in_(near)))}
            return paging.Page([people[key] for key in near if key in people][:limit], None)
    else:
        rows = list(session.scalars(page))
    more = len(rows) > limit
    last = rows[limit - 1] if more else None
    return paging.Page(rows[:limit], paging.encode(last.name_key, last.id) if last else None)


def likely_same(
    session: Session, *, name: str, emails: list[str], phones: list[str], within: Select[int]
) -> list[Candidate]:
    """People who may be the same as a new one: the same address, number or name. Nobody out of sight is hinted at."""
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
    same = [Candidate.name_key == text.folded(name)]
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
