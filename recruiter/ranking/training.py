"""The training set: past decisions with what was known at the moment of each."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.learning.suggestion_shapes import Card, PastSlate
from recruiter.ranking.models import PastDecision
from recruiter.requisitions.models import Attribute, Requisition
from recruiter.scorecards.queries import CardRow, cards_for_ranking

if TYPE_CHECKING:
    from recruiter.learning.history_folder import History

NATIVE_OVERALL = (1.0, 4.0)
NATIVE_ATTRIBUTE = (1.0, 5.0)
OVERALL = "overall"
CHUNK = 500


def card_of(row: CardRow) -> Card:
    """A rating as learning takes it: on its own scale, with its rater as a number and never a name."""
    own = NATIVE_OVERALL if row.attribute == OVERALL else NATIVE_ATTRIBUTE
    low, high = (row.scale_min, row.scale_max) if row.scale_min is not None else own
    return Card(
        str(row.application_id), f"person-{row.author_id}", row.attribute, row.score, float(low), float(high or own[1])
    )


def _imported_cards(session: Session, decisions: Sequence[PastDecision]) -> dict[int, list[Card]]:
    ids = [grade.application_id for one in decisions for grade in one.grades]
    found: dict[int, list[Card]] = {}
    for start in range(0, len(ids), CHUNK):
        for row in cards_for_ranking(session, ids[start : start + CHUNK]):
            found.setdefault(row.application_id, []).append(card_of(row))
    return found


def past_slates(session: Session, decisions: Sequence[PastDecision]) -> list[PastSlate]:
    """Decisions as slates to learn from. Cards count in their version before the reveal, and only those sent before the decision."""
    ids = [one.requisition_id for one in decisions]
    weights: dict[int, dict[str, float]] = {}
    shares: dict[int, float] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for said in session.scalars(select(Attribute).where(Attribute.requisition_id.in_(part))):
            weights.setdefault(said.requisition_id, {})[said.name] = said.weight
        rows = session.execute(select(Requisition.id, Requisition.overall_weight).where(Requisition.id.in_(part)))
        shares.update({number: share for number, share in rows})  # noqa: C416  # rows are not pairs to mypy
    imported = _imported_cards(session, [one for one in decisions if one.imported])
    slates = []
    for one in decisions:
        items = [grade.application_id for grade in one.grades]
        if one.imported:
            cards = [card for number in items for card in imported.get(number, ())]
        else:
            cards = [card_of(row) for row in cards_for_ranking(session, items, before=one.decided_at)]
        slates.append(
            PastSlate(
                name=one.slate,
                cards=cards,
                grades={str(grade.application_id): grade.grade for grade in one.grades},
                decided=one.order_number if one.order_number is not None else one.decided_at.timestamp(),
                weights=weights.get(one.requisition_id, {}),
                overall_weight=shares.get(one.requisition_id, 0.5),
            )
        )
    return slates


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
    from recruiter.learning.history_folder import Decisions, Features, History, make_ratings

    rows = [(one, item, grade) for one in slates for item, grade in one.grades.items()]
    decided = Decisions(
        slate=text_array([one.name for one, _, _ in rows]),
        item=text_array([item for _, item, _ in rows]),
        decided_on=text_array([_shown(one.decided) for one, _, _ in rows]),
        order=np.array([one.decided for one, _, _ in rows], dtype=np.float64),
        grade=np.array([grade for _, _, grade in rows], dtype=np.float64),
        job_family=text_array(["" for _ in rows]),
        outcome=text_array(["" for _ in rows]),
    )
    cards = [(one.name, card.item, card.rater, card.attribute, card.score) for one in slates for card in one.cards]
    scales = [(card.scale_min, card.scale_max) for one in slates for card in one.cards]
    empty = text_array([])
    features = Features(empty, empty, empty, np.array([], dtype=np.float64))
    return History(name, decided, make_ratings(cards, scales), features, {})


def _shown(decided: float) -> str:
    moment = dt.datetime.fromtimestamp(decided, tz=dt.UTC) if decided > 1e8 else None  # noqa: PLR2004  # numbers below order slates and are no dates
    return moment.date().isoformat() if moment else f"{decided:g}"
