"""What of a case stays hidden from somebody who owes a scorecard on somebody in it; every door asks here."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from recruiter.budget.evidence.types import Content, Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase
from recruiter.budget.sections import FROM_SCORECARDS
from recruiter.foundation.act import Act, Actor
from recruiter.foundation.errors import Conflict
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application, Finalist
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings

HIDDEN = "Hidden until your own scorecard on this search is in."


def cases_owed_by(viewer: Actor) -> Select[int]:
    """Ids of the cases that contain an application on which somebody owes a card: the one that it is for, and its slate's."""
    owed = scorecards.owed_by(viewer)
    about = or_(Offer.application_id.in_(owed), Application.requisition_id.in_(scorecards.slates_owed_by(viewer)))
    return (
        select(BudgetCase.id)
        .join(Offer, Offer.id == BudgetCase.offer_id)
        .join(Application, Application.id == Offer.application_id)
        .where(about)
    )


def owes_on_case(session: Session, *, viewer: Actor, case: BudgetCase) -> bool:
    """Whether somebody owes a card on an application that a case contains."""
    return session.scalar(cases_owed_by(viewer).where(BudgetCase.id == case.id)) is not None


def _applications_in(case: BudgetCase) -> Select[int]:
    """Ids of the applications that a case contains: the one that it is for, and its slate's."""
    application = case.offer.application
    slate = select(Finalist.application_id).where(Finalist.requisition_id == application.requisition_id)
    return select(Application.id).where(or_(Application.id == application.id, Application.id.in_(slate)))


def check_owes_none(session: Session, *, viewer: Actor, case: BudgetCase) -> None:
    """Refuse a case as a file, which tells of others' cards, to whoever owes one on somebody in it (Conflict)."""
    if owes_on_case(session, viewer=viewer, case=case):
        raise Conflict("This holds what others wrote on scorecards. Send your own scorecard on this search first.")


def redact(section: Content) -> Content:
    """A section of the content without what comes from scorecards: nothing but its name where all of it does, else without what changed there."""
    if section["name"] in FROM_SCORECARDS:
        heading = {"name": section["name"], "title": section["title"]}
        return {**heading, "text": HIDDEN, "written": False, "evidence": [], "figures": []}
    if "changes" not in section:
        return section
    return {**section, "changes": [change for change in section["changes"] if change["section"] not in FROM_SCORECARDS]}


def visible_content(session: Session, case: BudgetCase, *, act: Act, options: Options) -> tuple[Content, bool]:
    """The content of a case as whoever asks may see it, and reads now, and whether parts stay hidden: they owe a scorecard on somebody in it."""
    content = assembly.displayed_content(session, case, moment=act, options=options)
    hide = owes_on_case(session, viewer=act.actor, case=case)
    if not hide:
        readings.note(session, viewer=act.actor, application_ids=_applications_in(case))
    else:
        content = {**content, "sections": [redact(section) for section in content["sections"]]}
    return content, hide
