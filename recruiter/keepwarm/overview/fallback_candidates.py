"""Nobody is left on the bench: whom the pipeline offers, here and from searches for the same role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from statistics import fmean

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm import queries
from recruiter.pipeline.models import Application, ApplicationStatus, EndedBy, Finalist
from recruiter.requisitions.models import Requisition, Stage, StageKind
from recruiter.scorecards import queries as scorecards

MONTHS_BACK, SHOWN, SECOND = dt.timedelta(days=365), 8, 2
AT_OFFER = "At the offer there"


@dataclass(frozen=True)
class Fallback:
    """Somebody who could be next; `mean` is the mean of the overall recommendations (1 to 4) that the viewer may see."""

    application: Application
    mean: float | None
    cards: int
    position: int | None = None
    named_at: dt.datetime | None = None

    @property
    def busy(self) -> str:
        """What still goes on for them in that search, empty where it is over: who has an offer there is not free."""
        if self.application.status != ApplicationStatus.ACTIVE:
            return ""
        return AT_OFFER if self.application.stage.kind == StageKind.OFFER else "In the running there"


def _rated(session: Session, application: Application, viewer: User) -> tuple[float | None, int]:
    visible = scorecards.visible_to(session, viewer=viewer, application=application)
    cards = () if visible.hidden else visible.cards
    counted = [card for card in cards if card.scale_min is None and not card.after_reveal]
    ratings = [card.overall for card in counted if card.overall is not None]
    return fmean(ratings) if ratings else None, len(ratings)


def in_pipeline(session: Session, requisition: Requisition, *, viewer: User) -> list[Fallback]:
    """Those of this search who are in the running and not on the slate, the furthest first."""
    statement = (
        select(Application)
        .join(Stage, Stage.id == Application.stage_id)
        .outerjoin(Finalist, Finalist.application_id == Application.id)
        .where(
            Application.requisition_id == requisition.id,
            Application.status == ApplicationStatus.ACTIVE,
            Finalist.id.is_(None),
        )
        .order_by(Stage.position.desc(), Application.id)
        .limit(SHOWN)
    )
    applications = session.scalars(
        statement.options(joinedload(Application.candidate), contains_eager(Application.stage))
    )
    return [Fallback(application, *_rated(session, application, viewer)) for application in applications]


def past_runners_up(
    session: Session, requisition: Requisition, *, within: Scope, viewer: User, now: dt.datetime
) -> list[Fallback]:
    """Runners-up of other searches for the same role in the last 12 months, the nearest to the first place and best rated first.

    The same role is the same title, or the same level of the same department. Left out: who was hired, who went of their own
    will, who is in this search already, and searches outside of `within`. Who has come to an offer there stands last.
    """
    in_this_search = select(Application.candidate_id).where(Application.requisition_id == requisition.id)
    same_role = [func.lower(Requisition.title) == requisition.title.lower()]
    if requisition.department and requisition.level:
        same_level = Requisition.department == requisition.department, Requisition.level == requisition.level
        same_role.append(and_(*same_level))
    statement = (
        queries.with_person(select(Finalist))
        .join(Requisition, Requisition.id == Finalist.requisition_id)
        .join(Candidate, Candidate.id == Application.candidate_id)
        .where(
            Finalist.requisition_id != requisition.id,
            within.contains(Finalist.requisition_id),
            Finalist.position >= SECOND,
            Finalist.named_at >= now - MONTHS_BACK,
            or_(*same_role),
            Application.status != ApplicationStatus.HIRED,
            or_(Application.ended_by.is_(None), Application.ended_by != EndedBy.CANDIDATE),
            Application.candidate_id.not_in(in_this_search),
            Candidate.merged_into_id.is_(None),
        )
        .order_by(Finalist.position, Finalist.named_at.desc(), Finalist.id)
        .limit(SHOWN)
    )
    fallbacks = []
    for finalist in session.scalars(statement):
        mean, cards = _rated(session, finalist.application, viewer)
        fallbacks.append(Fallback(finalist.application, mean, cards, finalist.position, finalist.named_at))
    return sorted(fallbacks, key=lambda each: (each.busy == AT_OFFER, each.position or 0, -(each.mean or 0)))
