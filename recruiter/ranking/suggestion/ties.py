"""Who is tied for first in the suggestion, for a board that says so without saying more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.learning.fitted_model import ModelRefused
from recruiter.ranking import queries
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions.models import Requisition


def tied_for_first(session: Session, requisition: Requisition, application_ids: list[int]) -> frozenset[int]:
    """Those of a slate whom nothing tells apart at the top; nobody where one leads, or where there is no suggestion.

    Callers must have asked `scorecards.queries.owes_on_slate` for their viewer.
    """
    if len(application_ids) < 2 or not requisition.suggestion_on:  # noqa: PLR2004  # nobody is tied alone
        return frozenset()
    on, run = queries.switch_and_active_run(session)
    if not on:
        return frozenset()
    try:
        suggestion = suggested_ranking.compute(session, requisition, application_ids, run=run)
    except ModelRefused:
        return frozenset()
    ranking = suggestion.get("ranking", ())
    return frozenset(row["application_id"] for row in ranking if row["rank"] == 1 and row["tied"])
