"""Every past decision of this database in the form of a history folder."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from typing import NamedTuple

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from recruiter.accounts.models import User
from recruiter.exchange import rules
from recruiter.learning.arrays import text_array
from recruiter.learning.history.history_folder import Decisions, Features, History, Ratings
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision
from recruiter.requisitions.models import Attribute, Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard, ScorecardVersion

NONE = (math.nan, math.nan)
DIGITS = 12


class Mark(NamedTuple):
    """One rating as a line of ratings.csv."""

    slate: str
    item: str
    rater: str
    attribute: str
    score: float
    scale: tuple[float, float]
    rated_on: str


def history(session: Session) -> History:
    """All decisions, their cards as they were before the reveal, features of imported items, declared weights."""
    statement = select(PastDecision).options(selectinload(PastDecision.grades))
    decisions = [
        decision
        for decision in session.scalars(statement.order_by(PastDecision.decided_at, PastDecision.id))
        if decision.grades
    ]
    names = _names(decisions)
    return History(
        "decisions",
        _decisions(decisions, names),
        _ratings([*_imported_marks(session, names), *_own_marks(session, decisions, names)]),
        _features(session, names),
        _weights(session),
    )


def _names(decisions: list[PastDecision]) -> dict[int, str]:
    """A name for each slate that no other slate has."""
    taken: set[str] = set()
    names = {}
    for decision in sorted(decisions, key=lambda decision: (not decision.imported, decision.id)):
        name, count = decision.slate, 1
        while name in taken:
            count += 1
            name = f"{decision.slate} ({count})"
        taken.add(name)
        names[decision.id] = name
    return names


def _decisions(decisions: list[PastDecision], names: dict[int, str]) -> Decisions:
    """Numbers order the slates where all of them carry one, dates otherwise: a file mixes the two badly."""
    numbered = all(decision.order_number is not None for decision in decisions)
    rows = []
    for decision in decisions:
        day = decision.decided_at.date()
        order = float(decision.order_number or 0) if numbered else float(day.toordinal())
        decided_on = (str(int(order)) if order.is_integer() else repr(order)) if numbered else day.isoformat()
        rows += [(names[decision.id], grade, decided_on, order, decision.job_family) for grade in decision.grades]
    return Decisions(
        text_array([row[0] for row in rows]),
        text_array([_item(row[1]) for row in rows]),
        text_array([row[2] for row in rows]),
        np.array([row[3] for row in rows], dtype=np.float64),
        np.array([row[1].grade for row in rows], dtype=np.float64),
        text_array([row[4] for row in rows]),
        text_array([row[1].outcome for row in rows]),
    )


def _item(grade: DecisionGrade) -> str:
    return grade.item or str(grade.application_id)


def _scale(attribute: str, low: float | None, high: float | None) -> tuple[float, float]:
    if low is not None and high is not None:
        return low, high
    return rules.OVERALL_SCALE if attribute == rules.OVERALL else rules.ATTRIBUTE_SCALE


def _imported_marks(session: Session, names: dict[int, str]) -> list[Mark]:
    statement = (
        select(ScorecardVersion, Scorecard.scale_min, Scorecard.scale_max, User.name, DecisionGrade, PastDecision)
        .join(Scorecard, Scorecard.id == ScorecardVersion.scorecard_id)
        .join(User, User.id == Scorecard.author_id)
        .join(DecisionGrade, DecisionGrade.application_id == Scorecard.application_id)
        .join(PastDecision, PastDecision.id == DecisionGrade.decision_id)
        .where(PastDecision.imported, ScorecardVersion.after_reveal.is_(False))
        .order_by(ScorecardVersion.scorecard_id, ScorecardVersion.number)
    )
    latest = {row[0].scorecard_id: row for row in session.execute(statement)}
    marks = []
    for version, low, high, rater, grade, decision in latest.values():
        undated = version.at == decision.decided_at - rules.UNDATED
        day = "" if undated else version.at.date().isoformat()
        rated = [(mark["attribute"], mark["rating"]) for mark in version.ratings]
        for attribute, score in [*rated, (rules.OVERALL, version.overall)]:
            if score is not None:
                scale = NONE if version.reason == rules.SCALE_SEEN else _scale(attribute, low, high)
                marks.append(Mark(names[decision.id], _item(grade), rater, attribute, float(score), scale, day))
    return marks


def _own_marks(session: Session, decisions: list[PastDecision], names: dict[int, str]) -> list[Mark]:
    """Cards of slates that were decided here, as they were at the decision; who rated is told as a number."""
    marks = []
    for decision in decisions:
        if decision.imported:
            continue
        items = {grade.application_id: _item(grade) for grade in decision.grades}
        for row in scorecards.cards_for_ranking(session, list(items), before=decision.decided_at):
            scale = _scale(row.attribute, row.scale_min, row.scale_max)
            day = row.submitted_at.astimezone(dt.UTC).date().isoformat()
            rater = f"person-{row.author_id}"
            item = items[row.application_id]
            marks.append(Mark(names[decision.id], item, rater, row.attribute, row.score, scale, day))
    return marks


def _ratings(marks: list[Mark]) -> Ratings:
    bounds = np.array([mark.scale for mark in marks], dtype=np.float64).reshape(len(marks), 2)
    return Ratings(
        text_array([mark.slate for mark in marks]),
        text_array([mark.item for mark in marks]),
        text_array([mark.rater for mark in marks]),
        text_array([mark.attribute for mark in marks]),
        np.array([mark.score for mark in marks], dtype=np.float64),
        bounds[:, 0],
        bounds[:, 1],
        text_array([mark.rated_on for mark in marks]),
    )


def _features(session: Session, names: dict[int, str]) -> Features:
    statement = select(ImportedFeature, DecisionGrade).join(DecisionGrade).order_by(ImportedFeature.id)
    rows = session.execute(statement).all()
    return Features(
        text_array([names[grade.decision_id] for _, grade in rows]),
        text_array([_item(grade) for _, grade in rows]),
        text_array([feature.name for feature, _ in rows]),
        np.array([float(feature.value) for feature, _ in rows], dtype=np.float64),
    )


def _weights(session: Session) -> dict[str, float]:
    """The declared weights, averaged over the searches that have an attribute; none where all are the usual ones."""
    statement = (
        select(Requisition.id, Requisition.overall_weight, Attribute.name, Attribute.weight)
        .join(PastDecision, PastDecision.requisition_id == Requisition.id)
        .outerjoin(Attribute, Attribute.requisition_id == Requisition.id)
    )
    shares: dict[int, float] = {}
    totals: dict[int, float] = defaultdict(float)
    weights_by_name: dict[str, list[float]] = defaultdict(list)
    for number, share, name, weight in session.execute(statement):
        shares[number] = share
        if name is not None:
            totals[number] += weight
            weights_by_name[name].append(weight)
    usual = {weight for weights in weights_by_name.values() for weight in weights} <= {1.0} and set(
        shares.values()
    ) <= {0.5}
    if usual:
        return {}
    averages = {name: sum(weights) / len(weights) for name, weights in weights_by_name.items()}
    overall = [
        share / (1.0 - share) * totals[number] if share < 1.0 and totals[number] > 0 else float(share > 0)
        for number, share in shares.items()
    ]
    averages[rules.OVERALL] = sum(overall) / len(overall)
    return {name: round(weight, DIGITS) for name, weight in sorted(averages.items()) if weight > 0}
