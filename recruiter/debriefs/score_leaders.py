"""Whom the cards had ahead before a round table met, whom it chose, and how often the two differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.debriefs import queries, rules
from recruiter.debriefs.models import DebriefRecord
from recruiter.foundation.database.scope import Scope
from recruiter.pipeline.models import Application
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class ChangedDecisions:
    """Of the round tables that named a first choice where the cards had one clearly ahead: how many chose another."""

    debriefs: int
    changed: int


def recommendations_of(session: Session, application_ids: Sequence[int]) -> dict[int, list[float]]:
    """The recommendations of native cards on some applications, 1 to 4, as they stood before their authors saw others'; one statement."""
    versions = scorecards.independent_versions(application_ids).where(Scorecard.scale_min.is_(None))
    latest = {card.id: (card.application_id, version.overall) for card, version in session.execute(versions)}
    by_application: dict[int, list[float]] = defaultdict(list)
    for application_id, overall in latest.values():
        if overall is not None:
            by_application[application_id].append(float(overall))
    return by_application


def clear_leader(session: Session, applications: Sequence[Application]) -> Application | None:
    """Whom the cards have clearly ahead by the plain mean of their recommendations; None where they are level."""
    cards = recommendations_of(session, [application.id for application in applications])
    leader_id = rules.clear_leader({application.id: cards[application.id] for application in applications})
    return next((application for application in applications if application.id == leader_id), None)


def changed_decisions(session: Session, *, viewer: User, within: Scope) -> ChangedDecisions:
    """How often the round table chose another than the cards had ahead, by the last record of each search in sight.

    Searches with a debrief that contains somebody on whom the viewer owes a card are left out: their outcome tells of cards that they may not see.
    """
    last = (
        select(func.max(DebriefRecord.id))
        .where(
            DebriefRecord.chosen_id.is_not(None),
            DebriefRecord.leader_id.is_not(None),
            within.contains(DebriefRecord.requisition_id),
            DebriefRecord.requisition_id.not_in(queries.debriefs_owed_by(viewer)),
        )
        .group_by(DebriefRecord.requisition_id)
    )
    choices = select(DebriefRecord.leader_id, DebriefRecord.chosen_id).where(DebriefRecord.id.in_(last))
    rows = session.execute(choices).all()
    return ChangedDecisions(len(rows), sum(ahead != chosen for ahead, chosen in rows))
