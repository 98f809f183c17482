"""The training set: past decisions with what was known at the moment of each, and who of them teaches nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.learning.types import Card, PastSlate
from recruiter.ranking import queries, rules, snapshot
from recruiter.ranking.models import PastDecision
from recruiter.requisitions.models import Attribute, Requisition

if TYPE_CHECKING:
    from recruiter.learning.history.history_folder import History

CHUNK = snapshot.CHUNK


@dataclass(frozen=True)
class Taught:
    """One decision that teaches: its slate, and how many of it were left out because they withdrew or asked not to be ranked."""

    decision: PastDecision
    slate: PastSlate
    withdrawn: int = 0
    not_ranked: int = 0


def _declared(session: Session, ids: Sequence[int]) -> tuple[dict[int, dict[str, float]], dict[int, float]]:
    weights: dict[int, dict[str, float]] = {}
    shares: dict[int, float] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for said in session.scalars(select(Attribute).where(Attribute.requisition_id.in_(part))):
            weights.setdefault(said.requisition_id, {})[said.name] = said.weight
        rows = session.execute(select(Requisition.id, Requisition.overall_weight).where(Requisition.id.in_(part)))
        shares.update({number: share for number, share in rows})  # noqa: C416  # rows are not pairs to mypy
    return weights, shares


def taught(session: Session, decisions: Sequence[PastDecision]) -> list[Taught]:
    """Decisions to learn from. Left out: who withdrew without an offer, who asked not to be ranked, slates without a choice."""
    weights, shares = _declared(session, [one.requisition_id for one in decisions])
    unranked = queries.all_not_ranked(session)
    kept = []
    for one in decisions:
        best = max((grade.grade for grade in one.grades), default=0.0)
        stayed = [
            grade
            for grade in one.grades
            if rules.stayed(grade.grade, outcome=grade.outcome, imported=one.imported, best=best)
        ]
        ranked = {grade.application_id: grade.grade for grade in stayed if grade.application_id not in unranked}
        if rules.holds_choice(list(ranked.values()), imported=one.imported):
            kept.append((one, ranked, len(one.grades) - len(stayed), len(stayed) - len(ranked)))
    imported = [number for one, ranked, _, _ in kept if one.imported for number in ranked]
    later: dict[int, list[Card]] = {}
    for row in snapshot.known(session, imported, at=None):
        later.setdefault(row.application_id, []).append(snapshot.card_of(row))
    out = []
    for one, ranked, withdrawn, not_ranked in kept:
        if one.imported:
            cards = [card for number in ranked for card in later.get(number, ())]
        else:
            cards = [snapshot.card_of(row) for row in snapshot.known(session, list(ranked), at=one.decided_at)]
        slate = PastSlate(
            name=one.slate,
            cards=cards,
            grades={str(number): grade for number, grade in ranked.items()},
            decided=one.order_number if one.order_number is not None else one.decided_at.timestamp(),
            weights=snapshot.declared(weights.get(one.requisition_id, {})),
            overall_weight=shares.get(one.requisition_id, 0.5),
        )
        out.append(Taught(one, slate, withdrawn, not_ranked))
    return out


def past_slates(session: Session, decisions: Sequence[PastDecision]) -> list[PastSlate]:
    """The slates that a fit learns from."""
    return [one.slate for one in taught(session, decisions)]


def digest_of(slates: Sequence[PastSlate]) -> str:
    """SHA-256 over everything that a fit sees, whatever the order of its rows."""
    rows = sorted(
        json.dumps(
            [
                one.name,
                one.decided,
                sorted(one.grades.items()),
                sorted((c.item, c.rater, c.attribute, c.score, c.scale_min, c.scale_max) for c in one.cards),
                sorted(one.weights.items()),
                one.overall_weight,
            ]
        )
        for one in slates
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def as_history(slates: Sequence[PastSlate], *, name: str) -> History:
    """The training set as a history, for its own backtest; learning's arrays are loaded only here."""
    import numpy as np

    from recruiter.learning.arrays import text_array
    from recruiter.learning.history.history_folder import Decisions, Features, History, make_ratings

    names = _names(slates)
    rows = [(one, item, grade) for one in slates for item, grade in one.grades.items()]
    decided = Decisions(
        slate=text_array([names[id(one)] for one, _, _ in rows]),
        item=text_array([item for _, item, _ in rows]),
        decided_on=text_array([_shown(one.decided) for one, _, _ in rows]),
        order=np.array([one.decided for one, _, _ in rows], dtype=np.float64),
        grade=np.array([grade for _, _, grade in rows], dtype=np.float64),
        job_family=text_array(["" for _ in rows]),
        outcome=text_array(["" for _ in rows]),
    )
    cards = [
        (names[id(one)], card.item, card.rater, card.attribute, card.score) for one in slates for card in one.cards
    ]
    scales = [(card.scale_min, card.scale_max) for one in slates for card in one.cards]
    empty = text_array([])
    features = Features(empty, empty, empty, np.array([], dtype=np.float64))
    return History(name, decided, make_ratings(cards, scales), features, {})


def _names(slates: Sequence[PastSlate]) -> dict[int, str]:
    """A name for each slate that no other has: an imported one may be called like one of our own."""
    taken: set[str] = set()
    names = {}
    for one in slates:
        name, count = one.name, 1
        while name in taken:
            count += 1
            name = f"{one.name} ({count})"
        taken.add(name)
        names[id(one)] = name
    return names


def _shown(decided: float) -> str:
    moment = dt.datetime.fromtimestamp(decided, tz=dt.UTC) if decided > 1e8 else None  # noqa: PLR2004  # numbers below order slates and are no dates
    return moment.date().isoformat() if moment else f"{decided:g}"
