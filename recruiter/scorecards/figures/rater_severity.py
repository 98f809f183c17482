"""How somebody marks beside the others, told to them alone and only from cards that they may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.scorecards import queries, rules
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class SeverityReport:
    """How much higher than the others somebody marks, in points of 1 to 5, over how many candidates."""

    difference: float
    candidates: int


def severity_of(session: Session, *, viewer: User) -> SeverityReport | None:
    """How the viewer marks beside the others on the same attributes of the same candidates; None below five candidates.

    Only native cards sent before the reveal count, and only on candidates for whom they owe no card: they may read all of them.
    """
    own_cards = select(Scorecard.application_id).where(Scorecard.author_id == viewer.id, Scorecard.sent)
    application_ids = set(session.scalars(own_cards.where(Scorecard.scale_min.is_(None))))
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
    pairs = []
    for application_id, marks in own.items():
        shared = marks.keys() & others[application_id].keys()
        if shared:
            pairs.append((_mean_over(marks, shared), _mean_over(others[application_id], shared)))
    difference = rules.deviation(pairs)
    return None if difference is None else SeverityReport(difference, len(pairs))


def _mean_over(marks: dict[str, list[float]], attributes: set[str]) -> float:
    return fmean(fmean(marks[name]) for name in sorted(attributes))
