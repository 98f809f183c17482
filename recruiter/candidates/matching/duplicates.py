"""Who was entered twice: the same address, the same number, or a name and an employer that are the same or nearly so."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased, selectinload

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.candidates.matching import record_linkage
from recruiter.candidates.models import Candidate, Contact, ContactKind, SetApart

MOST = 2_000
WHY = {ContactKind.EMAIL: "the same address", ContactKind.PHONE: "the same number"}
ORDER = {why: place for place, why in enumerate([*WHY.values(), *record_linkage.ORDER])}


@dataclass(frozen=True)
class Pair:
    """Two people who may be one, and why; the one entered first comes first."""

    first: Candidate
    second: Candidate
    why: list[str]


@dataclass(frozen=True)
class Found:
    """The pairs to look at now, the surest first, and how many there are."""

    pairs: list[Pair]
    count: int


def found(session: Session, *, within: Select[int], limit: int) -> Found:
    """Pairs of people within sight who may be one; those whom somebody has set apart are left out. Four statements."""
    sight = within.cte("sight")
    reasons: dict[tuple[int, int], list[str]] = {}
    for first, second, why in [*_same_contact(session, sight), *_same_employer(session, sight)]:
        known = reasons.setdefault((first, second), [])
        if why not in known:
            known.append(why)
    for first, second in session.execute(select(SetApart.first_id, SetApart.second_id)):
        reasons.pop((first, second), None)
    ordered = sorted(reasons.items(), key=lambda one: (ORDER[one[1][0]], -len(one[1]), one[0]))
    shown = ordered[:limit]
    wanted = select(Candidate).where(Candidate.id.in_({number for pair, _ in shown for number in pair}))
    people = {one.id: one for one in session.scalars(wanted.options(selectinload(Candidate.contacts)))}
    return Found([Pair(people[pair[0]], people[pair[1]], why) for pair, why in shown], len(ordered))


def why_same(first: Candidate, second: Candidate) -> list[str]:
    """What two people have in common, surest first; nothing where only their names are alike."""
    ways = {(one.kind, one.key) for one in first.contacts} & {(one.kind, one.key) for one in second.contacts}
    out = [words for kind, words in WHY.items() if any(way[0] == kind for way in ways)]
    alike = record_linkage.reason(*(_known(one.id, one.name_key, one.headline) for one in (first, second)))
    return [*out, alike] if alike else out


def _known(number: int, name_key: str, headline: str) -> record_linkage.Known:
    return record_linkage.Known(number, record_linkage.words_of(name_key), record_linkage.employer_of(headline))


def _same_contact(session: Session, sight: object) -> list[tuple[int, int, str]]:
    one, other = aliased(Contact), aliased(Contact)
    seen = select(sight.c.id)  # type: ignore[attr-defined]  # a CTE of ids
    wanted = (
        select(one.candidate_id, other.candidate_id, one.kind)
        .join(other, (one.kind == other.kind) & (one.key == other.key) & (one.candidate_id < other.candidate_id))
        .where(one.candidate_id.in_(seen), other.candidate_id.in_(seen))
        .order_by(one.kind, one.candidate_id, other.candidate_id)
        .limit(MOST)
    )
    return [(first, second, WHY[kind]) for first, second, kind in session.execute(wanted)]


def _same_employer(session: Session, sight: object) -> list[tuple[int, int, str]]:
    seen = select(sight.c.id)  # type: ignore[attr-defined]  # a CTE of ids
    wanted = select(Candidate.id, Candidate.name_key, Candidate.headline)
    rows = session.execute(wanted.where(Candidate.id.in_(seen), Candidate.headline != "").order_by(Candidate.id))
    return list(itertools.islice(record_linkage.pairs(_known(*row) for row in rows), MOST))


def set_apart(session: Session, *, first: Candidate, second: Candidate, actor: User, now: dt.datetime) -> SetApart:
    """Say that two people who look the same are not; the pair is not shown again."""
    low, high = sorted([first.id, second.id])
    known = session.scalars(select(SetApart).where(SetApart.first_id == low, SetApart.second_id == high)).first()
    if known is not None:
        return known
    made = SetApart(first_id=low, second_id=high, by_id=actor.id, at=now)
    session.add(made)
    session.flush()
    audit.record(session, action="candidates.set_apart", subject=first, actor_id=actor.id, at=now, other_id=second.id)
    return made


def look_again(session: Session, *, apart: SetApart, actor: User, now: dt.datetime) -> Candidate | None:
    """Take back that two people are not the same. Answers one of them."""
    person = session.get(Candidate, apart.first_id)
    if person is not None:
        audit.record(
            session, action="candidates.looked_again", subject=person, actor_id=actor.id, at=now,
            other_id=apart.second_id,
        )  # fmt: skip
    session.delete(apart)
    return person
