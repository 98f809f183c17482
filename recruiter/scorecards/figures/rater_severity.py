"""How somebody marks beside the others, told to him alone and only from cards that he may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import CardState, Scorecard


@dataclass(frozen=True)
class SeverityReport:
    """How much higher than the others somebody marks, in points of 1 to 5, over how many candidates."""

    difference: float
    candidates: int


def severity_of(session: Session, *, viewer: User) -> SeverityReport | None:
    """How the viewer marks beside the others on the same attributes of the same candidates; None below five candidates.

    Only native cards sent before the reveal count, and only on candidates for whom he owes no card: he may read all of them.
    """
    own_applications = select(Scorecard.application_id).where(
        Scorecard.author_id == viewer.id, Scorecard.state != CardState.DRAFT, Scorecard.scale_min.is_(None)
    )
    application_ids = set(session.scalars(own_applications))
    application_ids -= queries.owed_application_ids(session, viewer=viewer, application_ids=application_ids)
    versions = queries.independent_versions(list(application_ids)).where(Scorecard.scale_min.is_(None))
    latest = {card.id: (card, version) for card, version in session.execute(versions)}
    own: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    others: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for card, version in latest.values():
        into = own if card.author_id == viewer.id else others
        for mark in version.ratings:
            if mark["rating"] is not None:
                into[card.application_id][mark["attribute"]].append(float(mark["rating"]))
    pairs = [
        pair for application_id, marks in own.items() if (pair := _compared(marks, others[application_id])) is not None
    ]
    difference = rules.deviation(pairs)
    return None if difference is None else SeverityReport(difference, len(pairs))


def _compared(own: dict[str, list[float]], others: dict[str, list[float]]) -> tuple[float, float] | None:
    shared = [name for name in own if others.get(name)]
    if not shared:
        return None
    return (
        sum(_mean(own[name]) for name in shared) / len(shared),
        sum(_mean(others[name]) for name in shared) / len(shared),
    )


def _mean(scores: list[float]) -> float:
    return sum(scores) / len(scores)
