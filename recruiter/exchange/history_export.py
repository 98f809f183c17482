"""Every past decision of this database in the form of a history folder."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from recruiter.accounts.models import User
from recruiter.exchange import rules
from recruiter.foundation.act import Moment
from recruiter.foundation.database import sound_reading
from recruiter.foundation.database.damage import DamagedRow
from recruiter.learning.history.history_tables import Decisions, Features, History
from recruiter.learning.rating_table import RatingTable
from recruiter.learning.types import OVERALL, Card
from recruiter.ranking.models import DecisionGrade, ImportedFeature, PastDecision
from recruiter.ranking.snapshot import card_of, native_scale
from recruiter.ranking.training import training_set
from recruiter.requisitions.models import Attribute, Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard, ScorecardVersion

UNKNOWN_SCALE = (math.nan, math.nan)
DIGITS = 12


def history(session: Session, *, moment: Moment) -> History:
    """All decisions, their cards as they were before the reveal, features of imported items, declared weights."""
    statement = select(PastDecision).options(selectinload(PastDecision.grades))
    by_date = session.scalars(statement.order_by(PastDecision.decided_at, PastDecision.id))
    decisions = [decision for decision in by_date if decision.grades]
    ordered = sorted(decisions, key=lambda decision: (not decision.imported, decision.id))
    unique_names = training_set.unique_names(decision.slate for decision in ordered)
    names = {decision.id: name for decision, name in zip(ordered, unique_names, strict=True)}
    return History(
        "decisions",
        _decisions(decisions, names, moment),
        RatingTable.of([*_imported_ratings(session, names), *_own_ratings(session, decisions, names, moment)]),
        _features(session, names),
        _weights(session),
    )


def _decisions(decisions: list[PastDecision], names: dict[int, str], moment: Moment) -> Decisions:
    """Numbers order the slates where all of them carry one, dates otherwise: a file mixes the two badly."""
    numbered = all(decision.order_number is not None for decision in decisions)
    rows = []
    for decision in decisions:
        at = decision.decided_at
        day = rules.imported_day(at) if decision.imported else moment.day_of(at)
        order = float(decision.order_number or 0) if numbered else float(day.toordinal())
        decided_on = (str(int(order)) if order.is_integer() else repr(order)) if numbered else day.isoformat()
        rows += [
            (names[decision.id], _item(grade), decided_on, order, grade.grade, decision.job_family, grade.outcome)
            for grade in decision.grades
        ]
    return Decisions.of(rows)


def _item(grade: DecisionGrade) -> str:
    return grade.item or str(grade.application_id)


def _imported_ratings(session: Session, names: dict[int, str]) -> list[tuple[str, Card]]:
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
    ratings = []
    for version, low, high, rater, grade, decision in latest.values():
        undated = version.at == decision.decided_at - rules.UNDATED
        day = "" if undated else rules.imported_day(version.at).isoformat()
        for attribute, score in version.scores:
            if score is not None:
                scale = (low, high) if low is not None and high is not None else native_scale(attribute)
                if version.reason == rules.SCALE_SEEN:
                    scale = UNKNOWN_SCALE
                card = Card(_item(grade), rater, attribute, float(score), *scale, day)
                ratings.append((names[decision.id], card))
    return ratings


def _own_ratings(
    session: Session, decisions: list[PastDecision], names: dict[int, str], moment: Moment
) -> Iterator[tuple[str, Card]]:
    """Ratings of slates that were decided here, as they were at the decision; raters are numbers."""
    for decision in decisions:
        if not decision.imported:
            items = {grade.application_id: _item(grade) for grade in decision.grades}
            for row in scorecards.cards_for_ranking(session, list(items), before=decision.decided_at):
                day = moment.day_of(row.submitted_at).isoformat()
                yield names[decision.id], replace(card_of(row), item=items[row.application_id], rated_on=day)


def _features(session: Session, names: dict[int, str]) -> Features:
    statement = select(ImportedFeature, DecisionGrade).join(DecisionGrade).order_by(ImportedFeature.id)
    rows = []
    for feature, grade in session.execute(statement):
        if grade.decision_id not in names:
            continue
        try:
            rows.append((names[grade.decision_id], _item(grade), feature.name, float(feature.value)))
        except ValueError:
            sound_reading.pass_over(session, DamagedRow(ImportedFeature.__tablename__, feature.id, ("value",)))
    return Features.of(rows)


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
    declared = {weight for weights in weights_by_name.values() for weight in weights}
    if declared <= {1.0} and set(shares.values()) <= {0.5}:  # the usual ones
        return {}
    averages = {name: sum(weights) / len(weights) for name, weights in weights_by_name.items()}
    overall = [
        share / (1.0 - share) * totals[number] if share < 1.0 and totals[number] > 0 else float(share > 0)
        for number, share in shares.items()
    ]
    averages[OVERALL] = sum(overall) / len(overall)
    return {name: round(weight, DIGITS) for name, weight in sorted(averages.items()) if weight > 0}
