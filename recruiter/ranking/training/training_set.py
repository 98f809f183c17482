"""The training set: past decisions with what was known at the moment of each, and who of them teaches nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.foundation.database.chunks import chunks
from recruiter.learning.history.history_tables import History
from recruiter.learning.types import Card, PastSlate
from recruiter.ranking import queries, rules, snapshot
from recruiter.ranking.models import PastDecision
from recruiter.requisitions.models import Attribute, Requisition


@dataclass(frozen=True)
class TrainingDecision:
    """One decision that teaches: its slate, and how many of it were left out because they withdrew or asked not to be ranked."""

    decision: PastDecision
    slate: PastSlate
    withdrawn: int = 0
    not_ranked: int = 0


def _weights_of(session: Session, ids: Sequence[int]) -> tuple[dict[int, dict[str, float]], dict[int, float]]:
    weights: dict[int, dict[str, float]] = {}
    shares: dict[int, float] = {}
    for part in chunks(ids):
        for attribute in session.scalars(select(Attribute).where(Attribute.requisition_id.in_(part))):
            weights.setdefault(attribute.requisition_id, {})[attribute.name] = attribute.weight
        rows = session.execute(select(Requisition.id, Requisition.overall_weight).where(Requisition.id.in_(part)))
        shares.update({number: share for number, share in rows})  # noqa: C416  # rows are not pairs to mypy
    return weights, shares


def training_decisions(session: Session, decisions: Sequence[PastDecision]) -> list[TrainingDecision]:
    """Decisions to learn from. Left out: who withdrew without an offer, who asked not to be ranked, slates without a choice."""
    weights, shares = _weights_of(session, [decision.requisition_id for decision in decisions])
    unranked = queries.not_ranked_ids(session)
    usable = []
    for decision in decisions:
        best = max((grade.grade for grade in decision.grades), default=0.0)
        stayed = [
            grade
            for grade in decision.grades
            if rules.counts_for_training(grade.grade, outcome=grade.outcome, imported=decision.imported, best=best)
        ]
        ranked = {grade.application_id: grade.grade for grade in stayed if grade.application_id not in unranked}
        if rules.has_choice(list(ranked.values()), imported=decision.imported):
            usable.append((decision, ranked, len(decision.grades) - len(stayed), len(stayed) - len(ranked)))
    imported = [number for decision, ranked, _, _ in usable if decision.imported for number in ranked]
    cards_by_application: dict[int, list[Card]] = {}
    for row in snapshot.known_ratings(session, imported, at=None):
        cards_by_application.setdefault(row.application_id, []).append(snapshot.card_of(row))
    training = []
    for decision, ranked, withdrawn, not_ranked in usable:
        if decision.imported:
            cards = [card for number in ranked for card in cards_by_application.get(number, ())]
        else:
            cards = list(map(snapshot.card_of, snapshot.known_ratings(session, list(ranked), at=decision.decided_at)))
        slate = PastSlate(
            name=decision.slate,
            cards=cards,
            grades={str(number): grade for number, grade in ranked.items()},
            decided=decision.order_number if decision.order_number is not None else decision.decided_at.timestamp(),
            weights=snapshot.declared_weights(weights.get(decision.requisition_id, {})),
            overall_weight=shares.get(decision.requisition_id, 0.5),
        )
        training.append(TrainingDecision(decision, slate, withdrawn, not_ranked))
    return training


def past_slates(session: Session, decisions: Sequence[PastDecision]) -> list[PastSlate]:
    """The slates that a fit learns from."""
    return [decision.slate for decision in training_decisions(session, decisions)]


def digest_of(slates: Sequence[PastSlate]) -> str:
    """SHA-256 over everything that a fit sees, whatever the order of its rows."""
    rows = sorted(
        json.dumps(
            [
                slate.name,
                slate.decided,
                sorted(slate.grades.items()),
                sorted((c.item, c.rater, c.attribute, c.score, c.scale_min, c.scale_max) for c in slate.cards),
                sorted(slate.weights.items()),
                slate.overall_weight,
            ]
        )
        for slate in slates
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def as_history(slates: Sequence[PastSlate], *, name: str) -> History:
    """The training set as a history, for its own backtest; learning's arrays are loaded only here."""
    from recruiter.learning.history.history_tables import Decisions, Features, History
    from recruiter.learning.rating_table import RatingTable

    names = unique_names(slate.name for slate in slates)
    named_slates = list(zip(names, slates, strict=True))
    decisions = Decisions.of(
        (unique, item, _decided_text(slate.decided), slate.decided, grade, "", "")
        for unique, slate in named_slates
        for item, grade in slate.grades.items()
    )
    ratings = RatingTable.of((unique, card) for unique, slate in named_slates for card in slate.cards)
    return History(name, decisions, ratings, Features.of([]), {})


def unique_names(names: Iterable[str]) -> list[str]:
    """A name for each slate that no other has: an imported one may be called like one of our own."""
    taken: set[str] = set()
    unique = []
    for name in names:
        free, count = name, 1
        while free in taken:
            count += 1
            free = f"{name} ({count})"
        taken.add(free)
        unique.append(free)
    return unique


def _decided_text(decided: float) -> str:
    moment = dt.datetime.fromtimestamp(decided, tz=dt.UTC) if decided > 1e8 else None  # noqa: PLR2004  # numbers below order slates and are no dates
    return f"{moment:%Y-%m-%d}" if moment else f"{decided:g}"
