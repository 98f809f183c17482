"""What of a case stays hidden from somebody who owes a scorecard on its search; every door asks here."""

from __future__ import annotations

from sqlalchemy.orm import Session

from recruiter.budget.evidence.types import Content, Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import BudgetCase
from recruiter.budget.sections import FROM_SCORECARDS
from recruiter.foundation.act import Act
from recruiter.scorecards import queries as scorecards

HIDDEN = "Hidden until your own scorecard on this search is in."


def redact(section: Content) -> Content:
    """A section of the content without what comes from scorecards: nothing but its name where all of it does, else without what changed there."""
    if section["name"] in FROM_SCORECARDS:
        heading = {"name": section["name"], "title": section["title"]}
        return {**heading, "text": HIDDEN, "written": False, "evidence": [], "figures": []}
    if "changes" not in section:
        return section
    return {**section, "changes": [change for change in section["changes"] if change["section"] not in FROM_SCORECARDS]}


def visible_content(session: Session, case: BudgetCase, *, act: Act, options: Options) -> tuple[Content, bool]:
    """The content of a case as whoever asks may see it, and whether parts stay hidden: they owe a scorecard on its search."""
    content = assembly.displayed_content(session, case, moment=act, options=options)
    hide = scorecards.owes_on(session, viewer=act.actor, requisition=case.offer.application.requisition)
    if hide:
        content = {**content, "sections": [redact(section) for section in content["sections"]]}
    return content, hide
